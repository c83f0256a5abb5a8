"""One whole edited text comes apart into suggestions, each of which can be decided alone."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from .edits import Edit
from .moving import says_something
from .replay import TOP, OpKind, State
from .tokens import count_words, tokens


class _Span(NamedTuple):
    """The characters of the whole text that an edit takes the place of."""

    start: int
    end: int


def parted(edits: Sequence[Edit], state: State) -> list[list[Edit]]:
    """Edits of exactly this state, in order, in the smallest groups that make sense alone.

    Edits with no untouched word between them belong together, as where a paragraph is parted in two; so do the two
    ends of a passage that moved, which would else be lost or stand twice.
    """
    text = state.text()
    groups: list[list[Edit]] = []
    end = 0
    for edit, span in zip(edits, _spans(edits, state), strict=True):
        if groups and not count_words(tokens(text[end : span.start])):
            groups[-1].append(edit)
        else:
            groups.append([edit])
        end = max(end, span.end)
    return _with_both_ends(groups)


def _spans(edits: Iterable[Edit], state: State) -> Iterable[_Span]:
    blocks = [(id, block.text) for id, block in state.alive()]
    starts = accumulate((len(text) for _, text in blocks), initial=0)
    known = {id: _Span(start, start + len(text)) for (id, text), start in zip(blocks, starts, strict=False)}
    for edit in edits:
        block = known.get(edit.block, _Span(0, 0)) if edit.block != TOP else _Span(0, 0)
        if edit.kind == OpKind.INSERT_BLOCK:
            yield _Span(block.end, block.end)
        else:
            yield _Span(block.start + edit.start, block.start + edit.end)


def _with_both_ends(groups: list[list[Edit]]) -> list[list[Edit]]:
    gone = _places_of(groups, OpKind.DELETE_BLOCK)
    come = _places_of(groups, OpKind.INSERT_BLOCK)
    home = list(range(len(groups)))
    for words in gone.keys() & come.keys():
        ends = {home[gone[words]], home[come[words]]}
        home = [min(ends) if place in ends else place for place in home]
    together: dict[int, list[Edit]] = {}
    for place, group in zip(home, groups, strict=True):
        together.setdefault(place, []).extend(group)
    return list(together.values())


def _places_of(groups: Sequence[Sequence[Edit]], kind: OpKind) -> dict[str, int]:
    """Which group takes whole passages out, or puts them in, by their words."""
    found = ((edit, place) for place, group in enumerate(groups) for edit in group if edit.kind == kind)
    return {words: place for edit, place in found if says_something(words := edit.quote or edit.words)}
