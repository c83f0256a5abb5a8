"""The votes of many people on many statements, kept as three rows of small numbers: about 3 bytes a vote.

A vote is 1 (agree), -1 (disagree) or 0 (pass). People and statements are places, 0, 1, 2 …; whoever gives the votes
knows the names. A place may be empty: a person who never voted, a statement that nobody saw. Nothing given is changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Whole = NDArray[np.integer]

# Places are counted in 31 bits, so that sorting stays in the small kind of index.
MOST_PLACES = 2**31 - 2
# A highest place so far above the number of votes is a mistaken id, not a row of empty places.
EMPTY_PLACES_A_VOTE = 1_000
# Votes worked on at a time where a larger kind of number is needed for a moment.
BLOCK = 4_000_000


@dataclass(frozen=True, eq=False)
class Votes:
    """Current votes by person, statements ascending within a person.

    `indptr` (people + 1): where each person's votes begin in `statement` (int16, or int32 above 32,767 statements)
    and in `value` (one entry a vote each).
    """

    indptr: NDArray[np.int64]
    statement: Whole
    value: NDArray[np.int8]
    people: int
    statements: int

    @classmethod
    def from_log(
        cls,
        person: ArrayLike,
        statement: ArrayLike,
        vote: ArrayLike,
        *,
        people: int | None = None,
        statements: int | None = None,
    ) -> "Votes":
        """A log in the order of time, three rows of one length: the last vote of a person on a statement counts."""
        who, what = _places(person, "person"), _places(statement, "statement")
        value = _vote_values(vote)
        if not len(who) == len(what) == len(value):
            raise ValueError(
                "person, statement and vote must be of one length; "
                f"they have {len(who)}, {len(what)} and {len(value)} entries."
            )
        n = _how_many(who, people, "people")
        m = _how_many(what, statements, "statements")
        return _last_of_each(*_by_person(who, what, value, n, m), n, m)

    @classmethod
    def from_table(cls, table: ArrayLike) -> "Votes":
        """A table of people × statements, with NaN where a person did not see the statement."""
        try:
            cells = np.asarray(table, dtype=np.float64)
        except (TypeError, ValueError) as fault:
            raise ValueError("The table must be numbers: 1, -1, 0, or NaN for not seen.") from fault
        if cells.ndim != 2:
            raise ValueError(f"The table must be people × statements; its shape is {cells.shape}.")
        who, what = np.nonzero(~np.isnan(cells))
        n, m = cells.shape
        value = _vote_values(cells[who, what])
        return cls(_starts(np.bincount(who, minlength=n)), what.astype(_kind(m)), value, n, m)

    @property
    def count(self) -> int:
        return len(self.value)

    @property
    def own(self) -> NDArray[np.int64]:
        """How many votes each person cast (people)."""
        return np.diff(self.indptr)

    def without_person(self, person: int) -> "Votes":
        """As if this person had never voted. The place stays, empty, so that everybody else keeps theirs."""
        if not 0 <= person < self.people:
            raise ValueError(f"There is no person {person}: places go from 0 to {self.people - 1}.")
        begin, end = self.indptr[person], self.indptr[person + 1]
        indptr = self.indptr.copy()
        indptr[person + 1 :] -= end - begin
        statement = np.concatenate([self.statement[:begin], self.statement[end:]])
        value = np.concatenate([self.value[:begin], self.value[end:]])
        return Votes(indptr, statement, value, self.people, self.statements)

    def without_statements(self, places: Iterable[int]) -> "Votes":
        """As if nobody had voted on these statements. Their places stay, empty."""
        left_out = self.statement_mask(places)
        gone = left_out[self.statement]
        if not gone.any():
            return self
        kept = ~gone
        return Votes(
            _shrunk(self.indptr, gone), self.statement[kept], self.value[kept], self.people, self.statements
        )

    def statement_mask(self, places: Iterable[int]) -> NDArray[np.bool_]:
        """True at these places (statements), or ValueError for a place that does not exist."""
        return mask_of(places, self.statements)

    def of_people(self, places: NDArray[np.integer] | NDArray[np.bool_]) -> "Votes":
        """These people only, in this order; their places begin at 0 again. A mask takes them in their own order."""
        rows = np.flatnonzero(places) if places.dtype == np.bool_ else places
        own = self.own[rows]
        indptr = _starts(own)
        taken = np.repeat(self.indptr[rows] - indptr[:-1], own) + np.arange(indptr[-1])
        return Votes(indptr, self.statement[taken], self.value[taken], len(rows), self.statements)

    def slices(self, block: int = BLOCK) -> Iterator[tuple[int, int]]:
        """From which person to which (not included), so that each stretch holds about `block` votes."""
        begin = 0
        while begin < self.people:
            end = int(np.searchsorted(self.indptr, self.indptr[begin] + block, side="right")) - 1
            end = min(max(end, begin + 1), self.people)
            yield begin, end
            begin = end

    def between(self, begin: int, end: int) -> "Votes":
        """A view of the people from `begin` to `end` (not included); their places begin at 0 again."""
        first, last = self.indptr[begin], self.indptr[end]
        indptr = self.indptr[begin : end + 1] - first
        return Votes(indptr, self.statement[first:last], self.value[first:last], end - begin, self.statements)

    def voter_of_each(self) -> NDArray[np.int32]:
        """The person of every vote (votes)."""
        return np.repeat(np.arange(self.people, dtype=np.int32), self.own)

    def matrix(self, values: NDArray[np.generic] | None = None) -> "sparse.csr_array":
        """people × statements, sparse: the votes, or `values` in their places (one a vote)."""
        small = np.int32 if self.count < 2**31 else np.int64
        data = self.value if values is None else values
        made = sparse.csr_array((self.people, self.statements), dtype=data.dtype)
        made.indptr, made.indices = self.indptr.astype(small), self.statement.astype(small)
        made.data = data
        return made

    def one_of_three(self) -> "sparse.csr_array":
        """people × 3 · statements: 1 in column 3 × statement + vote + 1 of every vote."""
        column = self.statement.astype(np.int32) * np.int32(3) + (self.value + np.int32(1))
        small = np.int32 if self.count < 2**31 else np.int64
        made = sparse.csr_array((self.people, 3 * self.statements))
        made.indptr, made.indices = self.indptr.astype(small), column
        made.data = np.ones(len(column))
        return made


def mask_of(places: Iterable[int], statements: int) -> NDArray[np.bool_]:
    """True at these places (statements), or ValueError for a place that does not exist."""
    mask = np.zeros(statements, dtype=bool)
    wanted = _places(np.array(list(places), dtype=np.int64), "statement")
    if len(wanted) and wanted.max() >= statements:
        raise ValueError(f"There is no statement {wanted.max()}: places go from 0 to {statements - 1}.")
    mask[wanted] = True
    return mask


def _places(values: ArrayLike, name: str) -> Whole:
    whole = _whole(values, name, f"{name} must be places: whole numbers from 0")
    if len(whole) and whole.min() < 0:
        raise ValueError(f"{name} must be places from 0; one is {whole.min()}.")
    if len(whole) and whole.max() > MOST_PLACES:
        raise ValueError(f"{name} has the place {whole.max()}: number them 0, 1, 2 …, at most {MOST_PLACES}.")
    return whole


def _vote_values(values: ArrayLike) -> NDArray[np.int8]:
    whole = _whole(values, "vote", "A vote must be 1 (agree), -1 (disagree) or 0 (pass)")
    if len(whole) and (whole.min() < -1 or whole.max() > 1):
        wrong = whole.min() if whole.min() < -1 else whole.max()
        raise ValueError(f"A vote must be 1 (agree), -1 (disagree) or 0 (pass); one is {wrong}.")
    return whole.astype(np.int8, copy=False)


def _whole(values: ArrayLike, name: str, must_be: str) -> Whole:
    try:
        given = np.asarray(values)
    except ValueError as fault:
        raise ValueError(f"{name} must be one row of numbers.") from fault
    if given.ndim != 1:
        raise ValueError(f"{name} must be one row of numbers; its shape is {given.shape}.")
    if given.dtype.kind in "iu":
        return given
    return _from_fractions(given, must_be)


def _from_fractions(given: NDArray[np.generic], must_be: str) -> Whole:
    """Whole numbers that came as fractions (1.0), as they do from a file with gaps."""
    if given.dtype.kind not in "fO" and len(given):
        raise ValueError(f"{must_be}; these are of the kind {given.dtype}.")
    try:
        numbers = given.astype(np.float64)
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{must_be}; one is not a number.") from fault
    odd = ~(np.abs(numbers) <= MOST_PLACES + 1) | (numbers != np.rint(numbers))
    if odd.any():
        raise ValueError(f"{must_be}; one is {numbers[odd][0]}.")
    return numbers.astype(np.int64)


def _how_many(places: Whole, told: int | None, name: str) -> int:
    highest = int(places.max()) if len(places) else -1
    if told is None:
        if highest > EMPTY_PLACES_A_VOTE * (len(places) + EMPTY_PLACES_A_VOTE):
            raise ValueError(
                f"The highest place is {highest} with only {len(places)} votes: number {name} 0, 1, 2 …"
            )
        return highest + 1
    if not 0 <= told <= MOST_PLACES + 1 or told != int(told):
        raise ValueError(f"{name} must be a whole number from 0; it is {told}.")
    if highest >= told:
        raise ValueError(f"A vote names the place {highest}, but there are only {told} {name}.")
    return int(told)


def _by_person(
    who: Whole, what: Whole, value: NDArray[np.int8], people: int, statements: int
) -> tuple[NDArray[np.int64], Whole, NDArray[np.int8]]:
    """Two counting sorts, by statement and then by person: each keeps the order of what it finds equal."""
    log = sparse.coo_array((value, (what, who)), shape=(statements, people), copy=False)
    # Votes said twice are told apart afterwards; scipy would add them up.
    log.has_canonical_format = True
    by_statement = log.tocsr()
    del log
    turned = by_statement.tocsc()
    return turned.indptr.astype(np.int64), turned.indices.astype(_kind(statements)), turned.data


def _last_of_each(
    indptr: NDArray[np.int64], statement: Whole, value: NDArray[np.int8], people: int, statements: int
) -> Votes:
    again = np.zeros(len(statement), dtype=bool)
    np.equal(statement[1:], statement[:-1], out=again[:-1])
    ends = indptr[1:]
    again[ends[ends > 0] - 1] = False
    if again.any():
        kept = ~again
        indptr, statement, value = _shrunk(indptr, again), statement[kept], value[kept]
    return Votes(indptr, statement, value, people, statements)


def _shrunk(indptr: NDArray[np.int64], gone: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Where each person's votes begin when the marked ones are gone."""
    return indptr - np.searchsorted(np.flatnonzero(gone), indptr)


def _starts(own: NDArray[np.integer]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(own, dtype=np.int64)]).astype(np.int64)


def _kind(statements: int) -> type[np.int16] | type[np.int32]:
    return np.int16 if statements <= np.iinfo(np.int16).max else np.int32
