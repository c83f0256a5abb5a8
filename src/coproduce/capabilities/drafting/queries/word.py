"""What a Word file of a text holds, at any moment: the words, the suggestions on them, their answers, and the names."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.people import queries as people
from coproduce.core import clock

from ..models import (
    Decision,
    Document,
    Picture,
    Reaction,
    SuggestedEdit,
    Suggestion,
    Version,
    WordOrigin,
    WordUpload,
)
from ..rules.edits import Edit
from ..rules.mapping import Standing, place_of
from ..rules.replay import Op, OpKind, State
from ..rules.word import parts
from ..rules.word.board import Remark, Said
from ..rules.word.parts import Mark
from ..rules.word.planning import Plan, planned
from ..terms import TAKEN_IN
from .texts import ops_between, text_at, text_hash, versions_of

_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_NOON = time(12)


@dataclass(frozen=True)
class Sheet:
    """A text with its suggestions, as one file shows it."""

    document: Document
    version: Version | None
    state: State
    said: list[Said]
    plan: Plan
    made_at: datetime

    @property
    def facts(self) -> dict[str, str]:
        """What the file keeps of itself, so that its base is found again."""
        return {
            "CoproduceDocument": str(self.document.pk), "CoproduceVersion": str(self.version or ""),
            "CoproduceOf": str(self.version.pk) if self.version else "", "CoproduceSeq": str(self.state.seq),
            "CoproduceBase": text_hash(self.state.text()), "CoproduceMade": self.made_at.isoformat(),
            "CoproduceSuggestions": "yes" if self.said else "no",
        }  # fmt: skip


def sheet_of(
    document: Document,
    version: Version | None = None,
    *,
    seq: int | None = None,
    until: datetime | None = None,
    with_suggestions: bool = True,
) -> Sheet:
    """The text of a version, or as it stands, with what was said of it `until` then; ten queries at most."""
    until = until or clock.now()
    at = version.at_seq if version else document.seq if seq is None else seq
    state = text_at(document, at)
    said = _said(document, version, state, until) if with_suggestions else []
    return Sheet(document, version, state, said, planned(state, said), until)


def _said(document: Document, version: Version | None, state: State, until: datetime) -> list[Said]:
    rows = Suggestion.objects.filter(document=document, made_at__lte=until).select_related("author")
    rows = rows.exclude(withdrawn_at__lte=until).order_by("made_at", "number")
    answers = _answers(document, until)
    again = _asked_again(document, until) if answers else frozenset()
    ended = {id for id, given in answers.items() if version is not None or given[-1].pk not in again}
    taken_in = {id for id in ended if answers[id][-1].outcome in TAKEN_IN}
    shown = [one for one in rows if _belongs(one, version, state, taken_in)]
    edits = _edits([one.pk for one in shown])
    least = min((one.base_seq for one in shown), default=state.seq) if version is None else state.seq
    later = ops_between(document.pk, least, document.seq)
    writer = _Writer(people.credits_of(document.project_id), state, version, later)
    return [writer.said(one, edits[one.pk], answers.get(one.pk, []), closed=one.pk in ended) for one in shown]


def _belongs(one: Suggestion, version: Version | None, state: State, taken_in: Collection[UUID]) -> bool:
    """On a version: everything said of it. On today's text: what is open, and what was answered without leaving it."""
    if version is not None:
        return one.base_version_id == version.pk
    return one.base_seq <= state.seq and one.pk not in taken_in


def _asked_again(document: Document, until: datetime) -> frozenset[UUID]:
    """The answers that did not satisfy: what they answer was open again; one query."""
    rows = Reaction.objects.filter(decision__suggestion__document=document, asks_again=True, at__lte=until)
    return frozenset(rows.values_list("decision_id", flat=True))


def _answers(document: Document, until: datetime) -> dict[UUID, list[Decision]]:
    rows = Decision.objects.filter(suggestion__document=document, decided_at__lte=until)
    found: dict[UUID, list[Decision]] = defaultdict(list)
    for row in rows.select_related("decided_by").order_by("decided_at", "pk"):
        found[row.suggestion_id].append(row)
    return dict(found)


def _edits(ids: Collection[UUID]) -> dict[UUID, list[Edit]]:
    wanted = set(ids)
    rows = SuggestedEdit.objects.order_by("suggestion", "position")
    if len(wanted) <= MANY:
        rows = rows.filter(suggestion_id__in=wanted)
    found: dict[UUID, list[Edit]] = defaultdict(list)
    for id, kind, block, start, quote, words in rows.values_list("suggestion_id", *Edit._fields):
        if id in wanted:
            found[id].append(Edit(kind, block, start, quote, words))
    return found


MANY = 500


class _Writer:
    """Says each suggestion in the words of a file."""

    def __init__(
        self, names: Mapping[UUID, str], state: State, version: Version | None, later: Iterable[Op]
    ) -> None:
        self.names, self.state, self.version = names, state, version
        self.later: dict[int, list[Op]] = defaultdict(list)
        for op in later:
            self.later[op.block].append(op)

    def said(
        self, one: Suggestion, edits: Sequence[Edit], answers: Sequence[Decision], *, closed: bool
    ) -> Said:
        mark = Mark(self.name(one.author), _moment(one.made_at, one.said_on))
        # What was declined is no change to accept; on a version it shows what was asked for.
        fits = self._fitting(one.base_seq, edits) if self.version or not closed else ()
        return Said(
            one.ref, mark, fits, self._full(one, edits), self._why(one), one.block or 0,
            tuple(self._answer(answer) for answer in answers), closed,
        )  # fmt: skip

    def name(self, person: Any) -> str:
        """As the person chose to be named; never an address."""
        name = self.names.get(person.pk, person.shown_name)
        return _("Someone") if _ADDRESS.search(name) else name

    def _fitting(self, base_seq: int, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """The edits as they stand in this text; none where one of them has lost its place."""
        made = []
        for edit in edits:
            if self.version is not None:
                between = [op for op in self.later[edit.block] if op.seq <= base_seq]
                if between and edit.kind != OpKind.INSERT_BLOCK:
                    return ()
                made.append(edit)
                continue
            since = [op for op in self.later[edit.block] if op.seq <= self.state.seq]
            place = place_of(edit, base_seq, since, self.state)
            if place.standing is not Standing.HOLDS:
                return ()
            made.append(place.edit)
        return tuple(made) if all(self._quotes(edit) for edit in made) else ()

    def _quotes(self, edit: Edit) -> bool:
        if edit.kind == OpKind.INSERT_BLOCK:
            return not edit.block or edit.block in self.state.blocks
        block = self.state.blocks.get(edit.block)
        return block is not None and block.alive and block.text[edit.start : edit.end] == edit.quote

    def _full(self, one: Suggestion, edits: Iterable[Edit]) -> str:
        head = f"{one.ref} · {one.get_kind_display()}"
        lines = [f"“{edit.quote.strip()}” → “{edit.words.strip()}”" for edit in edits]
        return "\n".join(filter(None, [head, *lines, one.words, self._reason(one)]))

    def _why(self, one: Suggestion) -> str:
        return (
            "\n".join(filter(None, [one.ref, one.words, self._reason(one)]))
            if one.words or one.reason
            else ""
        )

    def _reason(self, one: Suggestion) -> str:
        return _("Why: %(reason)s") % {"reason": one.reason} if one.reason and one.reason != one.words else ""

    def _answer(self, answer: Decision) -> Remark:
        who = _("Imported") if answer.imported else self.name(answer.decided_by)
        cost = f"£{answer.cost_amount:,.2f} {answer.get_cost_period_display()}" if answer.cost_amount else ""
        instead = _("Done instead: %(words)s") % {"words": answer.done_instead} if answer.done_instead else ""
        kind = answer.get_outcome_display()
        kind += f" ({answer.get_reason_code_display()})" if answer.reason_code else ""
        words = "\n".join(filter(None, [kind, answer.reason, cost, answer.cost_note, instead]))
        return Remark(Mark(who, _moment(answer.decided_at, answer.decided_on)), words)


def _moment(at: datetime, day: Any) -> str:
    """Word shows the time on the wall; of what was entered later than it was said, the day is known."""
    local = at.astimezone(clock.LONDON)
    known = local if local.date() == day else datetime.combine(day, _NOON)
    return known.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def pictures_of(document: Document) -> dict[str, parts.Picture]:
    """The pictures of a text by their names; one query."""
    rows = Picture.objects.filter(document=document).values_list("name", "content")
    return {name: parts.Picture(name, "", bytes(content)) for name, content in rows}


def picture_names(document_id: UUID) -> list[str]:
    return list(Picture.objects.filter(document_id=document_id).values_list("name", flat=True))


def picture(document_id: UUID, name: str) -> bytes | None:
    found = (
        Picture.objects.filter(document_id=document_id, name=name).values_list("content", flat=True).first()
    )
    return bytes(found) if found is not None else None


@dataclass(frozen=True)
class Origin:
    """The text that a file was made from; `certain` where the file says so itself and is right."""

    sheet: Sheet
    certain: bool


def origin_of(
    document: Document, facts: Mapping[str, str], seen: Callable[[], Collection[str]]
) -> Origin | None:
    """By the version and the fingerprint in the file; without them, the version with the most paragraphs in common.

    None where the file says that it belongs to another document, or has nothing in common with this one.
    """
    if facts.get("CoproduceDocument", str(document.pk)) != str(document.pk):
        return None
    named = _named(document, facts)
    if named is not None:
        return Origin(named, True)
    return _likeliest(document, set(seen()))


def _named(document: Document, facts: Mapping[str, str]) -> Sheet | None:
    seq, made = facts.get("CoproduceSeq", ""), facts.get("CoproduceMade", "")
    if not (seq.isascii() and seq.isdigit() and len(seq) < 10 and int(seq) <= document.seq):
        return None
    state = text_at(document, int(seq))
    if text_hash(state.text()) != facts.get("CoproduceBase"):
        return None
    version = next((one for one in versions_of(document.pk) if str(one.pk) == facts.get("CoproduceOf")), None)
    version = version if version and version.at_seq == int(seq) else None
    until = _instant(made)
    with_them = facts.get("CoproduceSuggestions") == "yes"
    return sheet_of(document, version, seq=int(seq), until=until, with_suggestions=with_them)


def _instant(words: str) -> datetime | None:
    try:
        made = datetime.fromisoformat(words)
    except ValueError:
        return None
    return made if made.tzinfo else made.replace(tzinfo=UTC)


LEAST_IN_COMMON = 0.2
MOST_VERSIONS = 20  # looked through for the one that a file fits best


def _likeliest(document: Document, seen: Collection[str]) -> Origin | None:
    from ..rules.word.showing import layout

    versions: list[Version | None] = [None, *list(reversed(versions_of(document.pk)))[:MOST_VERSIONS]]
    best: tuple[float, Version | None] = (0.0, None)
    for version in versions:
        state = text_at(document, version.at_seq if version else document.seq)
        words = {
            shown.text for _id, _source, shown in layout((id, block.text) for id, block in state.alive())
        }
        score = len(words & set(seen)) / max(1, len(words | set(seen)))
        best = max(best, (score, version), key=lambda one: one[0])
    return Origin(sheet_of(document, best[1]), False) if best[0] >= LEAST_IN_COMMON else None


def upload_in(document_id: UUID, upload_id: UUID) -> WordUpload | None:
    return WordUpload.objects.filter(document_id=document_id, pk=upload_id).select_related("by").first()


def brought_by(upload: WordUpload) -> list[WordOrigin]:
    """What came of an upload, by number; one query."""
    rows = WordOrigin.objects.filter(upload=upload).select_related("suggestion__author", "about")
    return list(rows.order_by("suggestion__number"))
