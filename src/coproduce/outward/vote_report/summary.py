"""The summary on the terminal: what a person wants to know first, in lines of plain text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coproduce_engine.opinion.results import Divided, OpinionGroup, Shared

from . import wording
from .as_json import LETTERS
from .found import Found

_MOST = 5


def lines(found: Found) -> Iterator[str]:
    """The summary, a line at a time."""
    conversation, analysis = found.conversation, found.analysis
    yield conversation.topic or _("A conversation without a title")
    yield _("People: %(people)s. Votes: %(votes)s. Statements: %(statements)s, taken out: %(out)s.") % {
        "people": wording.number(analysis.people), "votes": wording.number(analysis.votes),
        "statements": wording.number(len(found.counted)), "out": len(analysis.left_out),
    }  # fmt: skip
    yield from _part(_("Common ground"), wording.of_common_ground(found), _common(found))
    yield from _part(_("What divides"), wording.of_what_divides(found), _divides(found))
    yield from _part(_("Opinion groups"), wording.of_opinion_groups(found), _groups(found))
    yield wording.of_stability(found)
    if conversation.notes:
        yield from _part(_("Odd in the files"), "", list(conversation.notes))
    if found.advice:
        yield from ("", found.advice)
    if conversation.attribution:
        yield from ("", conversation.attribution)


def _part(head: str, sentence: str, rows: list[str]) -> Iterator[str]:
    yield ""
    yield head.upper()
    if sentence:
        yield sentence
    for row in rows:
        yield f"  {row}"


def _common(found: Found) -> list[str]:
    def said(one: Shared) -> str:
        return (
            f"≥{wording.at_least(one.least):>4}  {wording.side(one.side):<8}  {_text(found, one.statement)}"
        )

    return [said(one) for one in (found.common or found.shared)[:_MOST]]


def _divides(found: Found) -> list[str]:
    given = found.analysis.given
    if given is None:
        return [
            f"{wording.per_cent(one.tally.agree / one.tally.seen):>4} / "
            f"{wording.per_cent(one.tally.disagree / one.tally.seen):>4}  {_text(found, one.statement)}"
            for one in found.split[:_MOST]
        ]

    def said(one: Divided) -> str:
        ends = f"{given.names[one.highest_group]} – {given.names[one.lowest_group]}"
        return f"{wording.per_cent(one.difference):>4}  {ends}: {_text(found, one.statement)}"

    return [said(one) for one in given.divided[:_MOST]]


def _groups(found: Found) -> list[str]:
    def said(group: OpinionGroup) -> str:
        letter, people = LETTERS[group.number], wording.number(group.people)
        held = [f"{wording.side(held.side)}: {_text(found, held.statement)}" for held in group.held[:2]] or [
            _("nothing that only they hold")
        ]
        return f"{letter}  {people:>7}  {'; '.join(held)}"

    return [said(group) for group in found.analysis.groups]


def _text(found: Found, statement: int) -> str:
    return wording.quoted(found.text(statement), 90)
