"""What a statement needs so that a vote on it means one thing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from rapidfuzz.fuzz import token_sort_ratio

from coproduce.core.findings import Finding, refuse, warn

from ..terms import ALIKE_FROM, LONG_FROM, MOST_LETTERS, MOST_STATEMENTS, State

_SENTENCE_ENDS = re.compile(r"[.!?…]\s+(?=\w)")
_AND = re.compile(r"\b(?:and|as well as)\b", re.IGNORECASE)
_WORDS = re.compile(r"\w+")


def a_statement_is_short(text: str, *, number_of_statements: int = 0) -> Iterator[Finding]:
    if not text.strip():
        yield refuse("voting", _("Write the statement."), subject="text")
    elif len(text) > MOST_LETTERS:
        yield refuse(
            "voting",
            _("A statement has at most %(most)d letters, so that people read it on a phone.")
            % {"most": MOST_LETTERS},
            subject="text",
        )
    if number_of_statements >= MOST_STATEMENTS:
        yield refuse("voting", _("This ballot is full."), subject="text")


def one_idea_each(text: str) -> Iterator[Finding]:
    """People who agree with one half and not with the other cannot vote."""
    if len(_SENTENCE_ENDS.split(text.strip())) > 1:
        yield warn("voting", _("This is more than one sentence. Does it hold one idea only?"), subject="text")
    if _AND.search(text):
        yield warn("voting", _("It says “and”. Does it hold one idea only?"), subject="text")
    if len(text) > LONG_FROM:
        yield warn(
            "voting",
            _("It is longer than %(most)d letters. Can it be shorter?") % {"most": LONG_FROM},
            subject="text",
        )


def words_stay_once_voted_on(*, has_votes: bool) -> Iterator[Finding]:
    if has_votes:
        yield refuse(
            "voting",
            _("People have voted on these words, so they stay. Replace the statement by a new one instead."),
            subject="text",
        )


def words_are_of_the_page(seen: int, now: int) -> Iterator[Finding]:
    """A vote counts for the words that the voter read, and for no others."""
    if seen != now:
        yield refuse("voting", _("The words were put better while you read them. Please read them again."))


def quotes_need_agreement(*, is_public: bool, is_verbatim: bool, agreed: bool) -> Iterator[Finding]:
    """R20 holds on a ballot too: anyone with its link reads it."""
    if is_public and is_verbatim and not agreed:
        yield refuse(
            "R20",
            _("These are the words of somebody who has not agreed to be quoted. Say it in other words."),
            subject="text",
        )


def statements_can_be_added(state: str, count: int) -> Iterator[Finding]:
    if state == State.CLOSED:
        yield refuse("voting", _("This ballot is closed. Its statements stay as they are."))
    elif not count:
        yield refuse("voting", _("Choose or write at least one statement."))


def from_people_when_asked(*, takes_statements: bool) -> Iterator[Finding]:
    if not takes_statements:
        yield refuse("voting", _("People cannot add statements to this ballot."))


def proposed_from(words: str) -> str:
    """The first sentence of a source, on one line, as far as it fits."""
    line = " ".join(words.split())
    first = _SENTENCE_ENDS.split(line)[0].strip()
    if len(first) < len(line) and first[-1:].isalnum():
        first += "."
    return first if len(first) <= MOST_LETTERS else first[: MOST_LETTERS - 1].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True)
class Alike:
    """Another statement that says nearly the same."""

    number: int
    text: str
    percent: int


def alike(text: str, others: Iterable[tuple[int, str]]) -> list[Alike]:
    """The most alike first; the order of the words and capitals do not matter."""
    mine = _plain(text)
    scored = (Alike(number, other, round(token_sort_ratio(mine, _plain(other)))) for number, other in others)
    return sorted((one for one in scored if one.percent >= ALIKE_FROM), key=lambda one: -one.percent)


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))
