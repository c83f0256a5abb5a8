"""Votes as they come: each changes the pair sums of `sums` exactly, so that nothing is ever computed again to be right.

A new or changed vote of a person meets each of their other votes once; taking a person out takes their pairs out.
What is counted are pairs of cells (3 × statement + vote + 1): how many people hold both. G, H and K follow from that.

Where there are so many pairs that an analysis counts those of some people only, drawn by lot (`components`), the stream
counts those of the same people. The share halves as votes come; then the sums of those who stay are computed once.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .components import share_sampled
from .lots import SAMPLED, lots
from .own_votes import NONE, OwnVotes
from .sums import PairSums, pairs_of
from .votes import Votes, mask_of

# Pairs of cells take 36 bytes × statements²: 324 MB here. Above, components come from the votes themselves.
MOST_STATEMENTS = 3_000
MOST_PEOPLE = 2**31 - 2
VOTES = (-1, 0, 1)


class VoteStream:
    """Current votes and their pair sums. People and statements are places (0, 1, 2 …) and come into being as named."""

    def __init__(self, *, people: int = 0, statements: int = 0) -> None:
        self._begin_with(OwnVotes(), people, statements)

    @classmethod
    def of(cls, votes: Votes) -> "VoteStream":
        """Goes on from votes that are there already: their sums are computed once."""
        made = cls.__new__(cls)
        _checked(max(votes.statements - 1, 0), MOST_STATEMENTS, "statement")
        made._begin_with(OwnVotes.of(votes), votes.people, votes.statements)
        made._count_anew(share_sampled(pairs_of(votes)))
        return made

    def vote(self, person: int, statement: int, value: int) -> None:
        """One vote: new, or in place of the person's last one on the statement. 1 agree, -1 disagree, 0 pass."""
        if value not in VOTES:
            raise ValueError(f"A vote must be 1 (agree), -1 (disagree) or 0 (pass); this is {value}.")
        if not (0 <= person < self.people and 0 <= statement < self.statements):
            self._make_room(person, statement)
        cell = 3 * statement + int(value) + 1
        old = self._own.put(person, statement, cell)
        if old == cell or (self._share < 1 and not self._drawn[person]):
            return
        others = self._own.of_person(person)
        if old != NONE:
            self._take_out(old, others, cell)
        row = self._pairs[cell]
        row[others] += 1

    def take(self, log: Iterable[tuple[int, int, int]]) -> None:
        """Person, statement and vote, one after the other, in the order of time."""
        for person, statement, value in log:
            self.vote(person, statement, value)

    def erase(self, person: int) -> None:
        """As if the person had never voted; the place stays, empty."""
        _checked(person, self.people, "person")
        if self._share >= 1 or self._drawn[person]:
            own = self._own.of_person(person).astype(np.int64)
            self._pairs[own[:, None], own] -= np.triu(np.ones((len(own), len(own)), np.int32))
        self._own.clear(person)

    def leave_out(self, statement: int) -> None:
        """The statement counts in nothing, until it is taken back. Votes on it may still come, and are kept."""
        self._left_out.add(_checked(statement, self.statements, "statement"))

    def take_back(self, statement: int) -> None:
        """The statement counts again, with every vote on it."""
        self._left_out.discard(_checked(statement, self.statements, "statement"))

    @property
    def left_out(self) -> tuple[int, ...]:
        return tuple(sorted(self._left_out))

    @property
    def count(self) -> int:
        """Current votes, those on statements that are left out among them."""
        return self._own.count

    def votes(self) -> Votes:
        """What counts now: current votes without those on statements that are left out."""
        return self._own.votes(self.people, self.statements, mask_of(self._left_out, self.statements))

    def sums(self) -> PairSums:
        """The pair sums of `votes()` (of those drawn, where there are so many), to the last digit."""
        if (share := self._share_now()) != self._share:
            self._count_anew(share)
        size, before = self.statements, self._before
        pairs = self._pairs[: 3 * size, : 3 * size].reshape(size, 3, size, 3)
        row, column = (pairs[:, 2] - pairs[:, 0]), (pairs[..., 2] - pairs[..., 0])
        found = PairSums(
            before.g + _both_ways(row[..., 2] - row[..., 0]),
            before.h + _both_ways(row.sum(axis=2, dtype=np.int32), column.sum(axis=1, dtype=np.int32)),
            before.k + _both_ways(pairs.sum(axis=(1, 3), dtype=np.int32)),
        )
        gone = list(self._left_out)
        for sums in (found.g, found.h, found.k):
            sums[gone, :] = 0
            sums[:, gone] = 0
        return found

    def _begin_with(self, own: OwnVotes, people: int, statements: int) -> None:
        self.people = self.statements = 0
        self._own, self._before, self._left_out = own, PairSums.empty(statements), set[int]()
        self._pairs, self._share = np.zeros((0, 0), np.int32), 1.0
        self._draw_lots()
        self._grow(people, statements)

    def _share_now(self) -> float:
        """Of the pairs that count; only when there are very many is it worth while to look which do."""
        share = share_sampled(self._own.pairs)
        return share_sampled(pairs_of(self.votes())) if share < 1 and self._left_out else share

    def _count_anew(self, share: float) -> None:
        """The pairs of this share of people, from their votes as they stand; later ones are added to these."""
        self._share = share
        self._draw_lots()
        everything = self._own.votes(self.people, self.statements, mask_of((), self.statements))
        drawn = np.asarray(self._drawn)[: self.people]
        self._before = PairSums.of(everything if share >= 1 else everything.of_people(drawn))
        self._pairs[:] = 0

    def _draw_lots(self) -> None:
        self._drawn: memoryview[int] = (lots(0, self._own.people, purpose=SAMPLED) < self._share).data

    def _take_out(self, old: int, others: NDArray[np.int16], cell: int) -> None:
        """The pairs of the vote that was changed: with every other vote of the person, and with itself."""
        row = self._pairs[old]
        row[others] -= 1
        row[cell] += 1
        row[old] -= 1

    def _make_room(self, person: int, statement: int) -> None:
        _checked(person, MOST_PEOPLE, "person")
        _checked(statement, MOST_STATEMENTS, "statement")
        self._grow(max(self.people, person + 1), max(self.statements, statement + 1))

    def _grow(self, people: int, statements: int) -> None:
        if people > self._own.people:
            self._own.add_people(max(people, self._own.people * 5 // 4))
            self._draw_lots()
        if 3 * statements > len(self._pairs):
            room = 3 * min(max(statements, statements * 5 // 4), MOST_STATEMENTS)
            self._pairs = _wider(self._pairs, room)
        if statements > len(self._before.g):
            old = self._before
            self._before = PairSums(*(_wider(sums, statements) for sums in (old.g, old.h, old.k)))
        self.people, self.statements = people, statements


def _both_ways(half: NDArray[np.int32], other: NDArray[np.int32] | None = None) -> NDArray[np.int32]:
    """Each pair was counted in one of its two orders, a cell with itself once."""
    other = half if other is None else other
    both = half + other.T
    np.fill_diagonal(both, half.diagonal())
    return both


def _wider(square: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    made = np.zeros((size, size), np.int32)
    made[: len(square), : len(square)] = square
    return made


def _checked(place: int, places: int, name: str) -> int:
    if not 0 <= place < places:
        raise ValueError(f"There is no {name} {place}: places go from 0 to {places - 1}.")
    return place
