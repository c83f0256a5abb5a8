"""Each person's current votes in one flat row of small numbers, with room for more, so that one vote is put in place.

A vote is one cell: 3 × statement + vote + 1, so 2 bytes. A person's cells lie together, in ascending order.
"""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from .votes import Votes

NONE = -1
# What a person may add before their cells must move, and the empty end that moving draws on.
SPARE, SPARE_PART, TAIL = 8, 4, 4_096


class OwnVotes:
    """`put` and `clear` in place; `votes` as everybody stands. `end - begin` cells of a person are used, of `room`."""

    def __init__(self) -> None:
        self._lay_out(np.zeros(0, np.int64), np.zeros(0, np.int16))

    @classmethod
    def of(cls, votes: Votes) -> "OwnVotes":
        made = cls()
        made._lay_out(
            votes.own.astype(np.int64), 3 * votes.statement.astype(np.int16) + votes.value + np.int16(1)
        )
        return made

    @property
    def people(self) -> int:
        return len(self._begin)

    @property
    def pairs(self) -> int:
        """As `sums.pairs_of` counts them."""
        return int(((self._end - self._begin) ** 2).sum())

    @property
    def count(self) -> int:
        return int((self._end - self._begin).sum())

    def of_person(self, person: int) -> NDArray[np.int16]:
        """A view, good until the next vote."""
        return self.cells[self.begin[person] : self.end[person]]

    def put(self, person: int, statement: int, cell: int) -> int:
        """Keep this cell for the statement; gives back the cell that stood there, or NONE."""
        begin, end, cells = self.begin[person], self.end[person], self.seen
        low = 3 * statement
        at = bisect_left(cells, low, begin, end)
        if at < end and cells[at] < low + 3:
            old: int = cells[at]
            cells[at] = cell
            return old
        if end - begin == self.room[person]:
            at += self._move(person) - begin
            end, cells = self.end[person], self.seen
        cells[at + 1 : end + 1] = cells[at:end]
        cells[at] = cell
        self.end[person] = end + 1
        return NONE

    def clear(self, person: int) -> None:
        """Nothing of the person stays, also not in the room behind their last vote."""
        begin = self.begin[person]
        self.cells[begin : begin + self.room[person]] = 0
        self.end[person] = begin

    def add_people(self, people: int) -> None:
        """So many people in all; new ones have no vote and no room yet."""
        more = max(people - self.people, 0)
        self._place(
            *(np.concatenate([row, np.zeros(more, np.int64)]) for row in (self._begin, self._end, self._room))
        )

    def votes(self, people: int, statements: int, left_out: NDArray[np.bool_]) -> Votes:
        """Everybody's votes, without those on the statements marked in `left_out` (statements)."""
        own, cells = self._packed(people)
        if left_out.any():
            kept = ~left_out[cells // 3]
            own = np.bincount(np.repeat(np.arange(people), own)[kept], minlength=people)
            cells = cells[kept]
        statement = cells // np.int16(3)
        value = (cells - np.int16(3) * statement - np.int16(1)).astype(np.int8)
        starts = np.concatenate([[0], np.cumsum(own)]).astype(np.int64)
        return Votes(starts, statement, value, people, statements)

    def _packed(self, people: int) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        own = (self._end - self._begin)[:people]
        starts = np.cumsum(own) - own
        return own, self.cells[np.repeat(self._begin[:people] - starts, own) + np.arange(own.sum())]

    def _move(self, person: int) -> int:
        """To the end of the row, with more room; where the person's cells begin now."""
        begin, end = self.begin[person], self.end[person]
        room = (end - begin) * (SPARE_PART + 1) // SPARE_PART + SPARE
        if self._tail + room > len(self.cells):
            self._lay_out(*self._packed(self.people))
            return self.begin[person]
        self.cells[self._tail : self._tail + end - begin] = self.cells[begin:end]
        self.cells[begin:end] = 0
        self.begin[person], self.end[person], self.room[person] = self._tail, self._tail + end - begin, room
        self._tail += room
        return self.begin[person]

    def _lay_out(self, own: NDArray[np.int64], packed: NDArray[np.int16]) -> None:
        """All cells anew, everybody with room behind their own, and an end for those who need still more."""
        room = own + own // SPARE_PART + SPARE
        begin = np.cumsum(room) - room
        self._tail = int(room.sum())
        self.cells = np.zeros(self._tail + self._tail // SPARE_PART + TAIL, np.int16)
        self.cells[np.repeat(begin - (np.cumsum(own) - own), own) + np.arange(len(packed))] = packed
        self.seen: memoryview[int] = self.cells.data
        self._place(begin, begin + own, room)

    def _place(self, begin: NDArray[np.int64], end: NDArray[np.int64], room: NDArray[np.int64]) -> None:
        """Kept twice: as arrays for all at once, and as views of them, which give one number much faster."""
        self._begin, self._end, self._room = begin, end, room
        self.begin: memoryview[int] = begin.data
        self.end: memoryview[int] = end.data
        self.room: memoryview[int] = room.data
