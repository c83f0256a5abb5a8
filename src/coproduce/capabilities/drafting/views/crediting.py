"""Whose words final words will be, before they are saved: kept from the suggester, or the decider's own."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..operations import FinalText
from ..queries import Shown
from ..rules.credit import WORDS_IN_COMMON, credit
from ..rules.edits import edits_to_block
from ..rules.outline import above, in_its_line_ends


class ShareOfWords(NamedTuple):
    """A run of words that goes in or out; `whose` is "kept", "own" or "out"."""

    whose: str
    words: str


def shares(found: Any, shown: Shown, place: FinalText, typed: str) -> Iterator[ShareOfWords]:
    """Word by word, as accepting would credit them."""
    suggested = " ".join(edit.words for edit in shown.edits)
    least = 1 if shown.edits else WORDS_IN_COMMON
    if place.block is None:
        yield from _credited(typed, suggested or found.words, least)
        return
    state = shown.today
    old = state.blocks[place.block].text
    for edit in edits_to_block(place.block, above(state, place.block), old, in_its_line_ends(typed, old)):
        if edit.quote.strip():
            yield ShareOfWords("out", edit.quote.strip())
        yield from _credited(edit.words, suggested or found.words, least)


def _credited(words: str, suggested: str, least: int) -> Iterator[ShareOfWords]:
    for text, kept in credit(words, suggested, least):
        if text.strip():
            yield ShareOfWords("kept" if kept else "own", text.strip())
