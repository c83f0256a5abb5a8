"""Changes as plain sentences: where, whose suggestion, which words, on what day. On the page and in files alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from coproduce.ui.tables import Column
from coproduce.ui.templatetags.govuk import day

from ..models import Document
from ..queries import NO_NAME, Credit, Difference
from ..rules.compare import Mark
from ..rules.hunks import Hunk, Way, hunks
from ..rules.places import Place
from ..rules.plain import one_line, plain
from .marking import Crediting, Where
from .wheres import label, where

LONGEST = 300  # characters of words in a sentence on the page; files have them whole


@dataclass(frozen=True)
class Line:
    """One change of a comparison."""

    hunk: Hunk
    place: Place | None
    was: Place | None
    credit: Credit
    writers: list[tuple[str, str]]
    document: Document

    @property
    def label(self) -> str:
        return label(self.place)

    @property
    def removed(self) -> str:
        return (
            "" if self.hunk.way in (Way.ADDED, Way.NEW, Way.MOVED) else _words(self.hunk, self.hunk.removed)
        )

    @property
    def added(self) -> str:
        return "" if self.hunk.way in (Way.REMOVED, Way.GONE) else _words(self.hunk, self.hunk.added)

    @property
    def written_by(self) -> str:
        """Who wrote the new words, or took the old ones out; each with their own words where there are several."""
        if len({name for name, _words in self.writers}) < 2:
            return next((name for name, _words in self.writers), self.credit.by)
        return "; ".join(f"{name}: {words}" for name, words in self.writers)

    @property
    def others(self) -> str:
        """Who wrote the new words of a suggestion, where it is not the suggester alone."""
        more = {name for name, _words in self.writers} - {self.credit.suggested_by}
        return self.written_by if more and self.added and self.credit.cause.key else ""

    @property
    def answer(self) -> str:
        return answer(self.credit)

    def __str__(self) -> str:
        """The sentence in plain words, whole."""
        return _sentence(self.hunk.way).format(**_facts(self, None))

    def html(self) -> Any:
        """The same for the page, with a link to the suggestion."""
        return format_html(_sentence(self.hunk.way), **_facts(self, LONGEST))


def lines(difference: Difference, document: Document, places: Where, credit: Crediting) -> Iterator[Line]:
    """Every change between two moments, in reading order."""
    for hunk in hunks(difference.comparison, lambda seq: difference.causes[seq].key):
        place, was = places.of(hunk.block), places.of(-hunk.block)
        yield Line(hunk, place, was, credit(hunk.seq), list(_writers(hunk, credit)), document)


def _writers(hunk: Hunk, credit: Crediting) -> Iterator[tuple[str, str]]:
    """Who wrote which of the new words; where there are none, who took the others out."""
    wanted = Mark.REMOVED if hunk.way in (Way.REMOVED, Way.GONE) else Mark.ADDED
    for piece in hunk.pieces:
        if piece.mark is wanted and piece.text.strip():
            yield credit(piece.seq).by, one_line(piece.text)


def _words(hunk: Hunk, words: str) -> str:
    return plain(words) if hunk.way in (Way.NEW, Way.GONE, Way.MOVED) else one_line(words)


def _facts(line: Line, most: int | None) -> dict[str, Any]:
    """What goes into the sentence: plain and whole, or shortened and with a link for the page."""
    old, new = (_quoted(words, most) for words in (line.removed, line.added))
    return {
        "where": where(line.place), "was": label(line.was), "here": line.label,
        "who": _who(line, on_page=most is not None),
        "old": old, "new": new, "day": day(line.credit.cause.day),
    }  # fmt: skip


def _quoted(words: str, most: int | None) -> Any:
    return words if most is None else format_html("<bdi>{}</bdi>", Truncator(words).chars(most))


def _who(line: Line, *, on_page: bool) -> Any:
    """“Amina Yusuf’s suggestion S12”, or a name alone."""
    credit = line.credit
    if credit.cause.key is None:
        return format_html("<bdi>{}</bdi>", credit.by) if on_page else credit.by
    unnamed = credit.suggested_by == str(NO_NAME)
    words = _("suggestion {ref} (no name given)") if unnamed else _("{name}’s suggestion {ref}")
    if not on_page:
        return words.format(name=credit.suggested_by, ref=credit.ref)
    href = reverse("drafting:suggestion", args=[line.document.project_id, credit.cause.key])
    ref = format_html('<a class="govuk-link" href="{}">{}</a>', href, credit.ref)
    return format_html(words, name=format_html("<bdi>{}</bdi>", credit.suggested_by), ref=ref)


def _sentence(way: Way) -> str:
    return {
        Way.REPLACED: _("{where}, {who} replaced “{old}” by “{new}” on {day}."),
        Way.ADDED: _("{where}, {who} added “{new}” on {day}."),
        Way.REMOVED: _("{where}, {who} took out “{old}” on {day}."),
        Way.NEW: _("{where} is new: {who} added “{new}” on {day}."),
        Way.GONE: _("{where} is gone: {who} took out “{old}” on {day}."),
        Way.MOVED: _("From {was}, {who} moved “{new}” to {here} on {day}."),
    }[way]


def answer(credit: Credit) -> str:
    """Who decided, what and when, and why where it was not taken whole."""
    decision = credit.cause.decision
    if decision is None:
        return ""
    if decision.imported:
        return _("Imported: the source does not say who decided.")
    words = {
        "outcome": decision.get_outcome_display(), "person": credit.decided_by, "day": day(decision.decided_on),
        "reason": one_line(decision.reason),
    }  # fmt: skip
    if words["reason"]:
        return _("%(outcome)s by %(person)s, %(day)s: %(reason)s") % words
    return _("%(outcome)s by %(person)s, %(day)s.") % words


COLUMNS = [
    Column("where", _("Where"), value=lambda line: line.label),
    Column("change", _("Change"), value=lambda line: _ways()[line.hunk.way]),
    Column("removed", _("Words taken out"), value=lambda line: line.removed),
    Column("added", _("Words put in"), value=lambda line: line.added),
    Column("suggestion", _("Suggestion"), value=lambda line: line.credit.ref),
    Column("suggested_by", _("Suggested by"), value=lambda line: line.credit.suggested_by),
    Column("group", _("Group"), value=lambda line: line.credit.group),
    Column("said_on", _("Said on"), value="credit.cause.suggestion.said_on"),
    Column("written_by", _("Written by"), value=lambda line: line.written_by),
    Column("changed_on", _("Changed on"), value="credit.cause.day"),
    Column("answer", _("Answer"), value="credit.cause.decision.get_outcome_display"),
    Column("decided_by", _("Decided by"), value=lambda line: line.credit.decided_by),
    Column("decided_on", _("Decided on"), value="credit.cause.decision.decided_on"),
    Column("reason", _("Reason"), value="credit.cause.decision.reason"),
    Column("version", _("First version"), value=lambda line: str(line.credit.cause.version or "")),
    Column("sentence", _("In a sentence"), value=str),
]


def _ways() -> dict[Way, str]:
    return {
        Way.REPLACED: _("Replaced"), Way.ADDED: _("Added"), Way.REMOVED: _("Taken out"),
        Way.NEW: _("New passage"), Way.GONE: _("Passage taken out"), Way.MOVED: _("Moved"),
    }  # fmt: skip
