"""Sorting what people said: codes stand on their words, and a second person checks a share of them."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse

_END = re.compile(r"[.!?…]+(?=\s)|\n+")


class Stretch(NamedTuple):
    """A piece of what somebody wrote, by its letters."""

    start: int
    end: int
    words: str


def stretches(text: str) -> list[Stretch]:
    """The sentences and lines of a text, each where it stands."""
    ends = [match.end() for match in _END.finditer(text)]
    pieces = zip([0, *ends], [*ends, len(text)], strict=True)
    return [_without_blanks(text, start, end) for start, end in pieces if text[start:end].strip()]


def _without_blanks(text: str, start: int, end: int) -> Stretch:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    words = piece.strip()
    return Stretch(start, start + len(words), words)


def a_code_is_defined(name: str, definition: str, *, taken: bool) -> Iterator[Finding]:
    if not name.strip():
        yield refuse("C16", _("Give the code a name."), "name")
    if not definition.strip():
        yield refuse("C16", _("Say what counts as this, so that two people would sort alike."), "definition")
    if taken:
        yield refuse("C16", _("There is a code of this name already."), "name")


def a_code_is_on_words_of_the_reply(words: str, start: int, end: int) -> Iterator[Finding]:
    """Every code leads back to the words it stands on."""
    if not 0 <= start < end <= len(words) or not words[start:end].strip():
        yield refuse("C16", _("Choose the words that this code stands on."), "stretch")


def a_second_coder_is_another_person(first: Iterable[object], second: object) -> Iterator[Finding]:
    if second in set(first):
        yield refuse("C16", _("Choose someone who has not coded these replies before."), "coder")


def a_share_is_a_share(percent: int) -> Iterator[Finding]:
    if not 1 <= percent <= 100:
        yield refuse("C16", _("The share is between 1 and 100 percent."), "share")


def lot(seed: str, numbers: Iterable[int], percent: int) -> list[int]:
    """The numbers of the replies that are drawn: anyone can draw them again from the seed, and nobody choose them."""
    known = sorted(numbers)
    drawn = sorted(known, key=lambda number: sha256(f"{seed}/{number}".encode()).digest())
    return sorted(drawn[: ceil(len(known) * percent / 100)])


def something_is_chosen(count: int) -> Iterator[Finding]:
    if not count:
        yield refuse("C16", _("Choose the words that this code stands on."), "stretch")


def only_counted_replies_are_coded(*, set_aside: bool) -> Iterator[Finding]:
    if set_aside:
        yield refuse("C16", _("This reply was left out, so it is not coded."))


def a_reply_has_one_first_coder(*, taken: bool) -> Iterator[Finding]:
    if taken:
        yield refuse("C16", _("Someone else codes this reply. To check it, draw a share for a second coder."))


def a_finished_second_coding_stays(*, finished: bool) -> Iterator[Finding]:
    """After it, the second coder sees the first one's codes."""
    if finished:
        yield refuse(
            "C16", _("You have finished this reply, and have seen how it was coded before. It stays.")
        )
