"""Words that a change takes from one place to another keep their writers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple, Protocol

from .replay import OpKind, Run, State, cut, merged
from .tokens import count_words, tokens

WORDS_IN_A_ROW = 3  # fewer can be chance
_GRAM = 2 * WORDS_IN_A_ROW - 1  # words with the gaps between them
_TAKING = (OpKind.REPLACE, OpKind.DELETE_BLOCK)
MOST_PLACES = 50  # where the same few words stood that are looked through; boilerplate repeats itself


class AnyEdit(Protocol):
    """What is needed of an edit."""

    @property
    def kind(self) -> str: ...
    @property
    def block(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def quote(self) -> str: ...


class _Found(NamedTuple):
    place: int = 0
    length: int = 0


@dataclass
class TakenOut:
    """The words that one change takes out, each to be given back once."""

    pieces: list[str | None] = field(default_factory=list)
    writers: list[list[Run]] = field(default_factory=list)
    places: dict[tuple[str | None, ...], list[int]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def writers_of(self, words: str, own: int) -> list[Run] | None:
        """Who wrote these words: operation `own`, but for what it only puts back elsewhere; None if all is its own."""
        if not self.places:
            return None
        runs, new, at = list[Run](), tokens(words), 0
        while at < len(new):
            found = self._longest(new, at)
            if found.length:
                runs += self._given_back(found)
            else:
                runs.append(Run(own, len(new[at])))
            at += found.length or 1
        made = merged(runs)
        return made if any(run.seq != own for run in made) else None

    def _longest(self, new: Sequence[str], at: int) -> _Found:
        known = self.places.get(tuple(new[at : at + _GRAM]), [])[:MOST_PLACES]
        reaches = (_Found(place, self._reach(new, at, place)) for place in known)
        best = max(reaches, key=lambda found: found.length, default=_Found())
        return best if count_words(new[at : at + best.length]) >= WORDS_IN_A_ROW else _Found()

    def _reach(self, new: Sequence[str], at: int, place: int) -> int:
        length = 0
        while (
            at + length < len(new)
            and place + length < len(self.pieces)
            and place + length not in self.used
            and self.pieces[place + length] == new[at + length]
        ):
            length += 1
        return length

    def _given_back(self, found: _Found) -> list[Run]:
        taken = range(found.place, found.place + found.length)
        self.used.update(taken)
        return [run for place in taken for run in self.writers[place]]


def taken_out(edits: Iterable[AnyEdit], state: State) -> TakenOut:
    """What these edits of exactly this state take out, with its writers."""
    out = TakenOut()
    for edit in edits:
        if edit.kind in _TAKING and edit.quote:
            _add(out, edit, state.blocks[edit.block].runs)
    for place in range(len(out.pieces) - _GRAM + 1):
        gram = tuple(out.pieces[place : place + _GRAM])
        if None not in gram:
            out.places.setdefault(gram, []).append(place)
    return out


def _add(out: TakenOut, edit: AnyEdit, runs: Sequence[Run]) -> None:
    pieces = tokens(edit.quote)
    for start, piece in zip(accumulate(map(len, pieces), initial=edit.start), pieces, strict=False):
        out.pieces.append(piece)
        out.writers.append(cut(runs, start, start + len(piece)))
    out.pieces.append(None)
    out.writers.append([])
