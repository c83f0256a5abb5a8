"""A log or a table becomes the same votes; whatever is wrong with them is said in plain words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce_engine.opinion.votes import Votes

PEOPLE, STATEMENTS = 7, 5
Row = tuple[int, int, int]
logs = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, STATEMENTS - 1), st.integers(-1, 1)), max_size=60
)


def votes_of(log: list[Row], **sizes: int) -> Votes:
    person, statement, vote = np.array(log, dtype=int).reshape(-1, 3).T
    return Votes.from_log(person, statement, vote, **{"people": PEOPLE, "statements": STATEMENTS, **sizes})


def table_of(log: list[Row]) -> np.ndarray:
    table = np.full((PEOPLE, STATEMENTS), np.nan)
    for person, statement, vote in log:
        table[person, statement] = vote
    return table


def same(one: Votes, other: Votes) -> bool:
    return (one.people, one.statements) == (other.people, other.statements) and all(
        np.array_equal(getattr(one, row), getattr(other, row)) for row in ("indptr", "statement", "value")
    )


@given(logs)
def test_a_log_and_its_table_are_the_same_votes_and_the_last_one_wins(log: list[Row]) -> None:
    table = table_of(log)
    votes = votes_of(log)
    assert same(votes, Votes.from_table(table))
    assert votes.count == (~np.isnan(table)).sum() == votes.own.sum()
    dense = np.full_like(table, np.nan)
    dense[votes.voter_of_each(), votes.statement] = votes.value
    assert np.array_equal(dense, table, equal_nan=True)
    assert np.array_equal(votes.matrix().toarray(), np.nan_to_num(table))


@given(logs, st.integers(0, PEOPLE - 1), st.sets(st.integers(0, STATEMENTS - 1)))
def test_what_is_taken_out_was_never_there(log: list[Row], person: int, statements: set[int]) -> None:
    votes = votes_of(log)
    assert same(votes.without_person(person), votes_of([row for row in log if row[0] != person]))
    assert same(votes.without_statements(statements), votes_of([r for r in log if r[1] not in statements]))


@given(logs, st.lists(st.integers(0, PEOPLE - 1), unique=True))
def test_some_people_only(log: list[Row], places: list[int]) -> None:
    votes, table = votes_of(log), table_of(log)
    assert same(
        votes.of_people(np.array(places, dtype=int)),
        Votes.from_table(table[places].reshape(-1, STATEMENTS)),
    )
    mask = np.isin(np.arange(PEOPLE), places)
    assert same(votes.of_people(mask), Votes.from_table(table[mask]))


@given(logs, st.integers(1, 9))
def test_stretches_of_people_hold_every_vote_once(log: list[Row], block: int) -> None:
    votes = votes_of(log)
    stretches = list(votes.slices(block))
    assert [place for a, b in stretches for place in range(a, b)] == list(range(PEOPLE))
    parts = [votes.between(a, b) for a, b in stretches]
    assert np.array_equal(np.concatenate([part.value for part in parts]), votes.value)
    assert all(part.count <= block or part.people == 1 for part in parts)


@given(logs)
def test_what_was_given_is_not_changed(log: list[Row]) -> None:
    given_rows = np.array(log, dtype=np.int64).reshape(-1, 3).T.copy()
    before = given_rows.copy()
    votes = Votes.from_log(*given_rows, people=PEOPLE, statements=STATEMENTS)
    kept = votes.value.copy()
    votes.without_person(0)
    votes.without_statements([0])
    assert np.array_equal(given_rows, before)
    assert np.array_equal(votes.value, kept)


def test_sizes_are_taken_from_the_votes_or_told() -> None:
    votes = Votes.from_log([2, 0], [1, 3], [1.0, -1.0])
    assert (votes.people, votes.statements) == (3, 4)
    assert (votes_of([]).count, Votes.from_log([], [], []).people) == (0, 0)
    assert Votes.from_log([0], [40_000], [1]).statement.dtype == np.int32
    assert Votes.from_log([0], [400], [1]).statement.dtype == np.int16


@pytest.mark.parametrize(
    "person,statement,vote,sizes,words",
    [
        ([0, 1], [0, 1], [1], {}, "of one length"),
        ([0], [0], [2], {}, "one is 2"),
        ([0], [0], [-9], {}, "one is -9"),
        ([0], [0], [float("nan")], {}, "one is nan"),
        ([0], [0], [0.5], {}, "one is 0.5"),
        ([0], [0], [None], {}, "A vote must be 1"),
        ([0], [0], ["agree"], {}, "A vote must be 1"),
        ([0], [0], [True], {}, "of the kind bool"),
        ([-1], [0], [1], {}, "one is -1"),
        ([0], [-3], [1], {}, "statement must be places"),
        ([float("inf")], [0], [1], {}, "one is inf"),
        ([2**40], [0], [1], {}, "number them 0, 1, 2"),
        ([2_000_000_000], [0], [1], {}, "with only 1 votes"),
        ([3], [0], [1], {"people": 3}, "only 3 people"),
        ([0], [8], [1], {"statements": 8}, "only 8 statements"),
        ([0], [0], [1], {"people": -1}, "from 0"),
        ([[0]], [0], [1], {}, "one row of numbers"),
        ([[0], [1, 2]], [0], [1], {}, "one row of numbers"),
    ],
)
def test_what_is_wrong_is_said(person, statement, vote, sizes, words) -> None:
    with pytest.raises(ValueError, match=words):
        Votes.from_log(person, statement, vote, **sizes)


@pytest.mark.parametrize("table", [[1, 0], [["yes"]], [[2.0]], [[0.5]], [[float("inf")]], [[1], [1, 2]]])
def test_a_table_that_is_none_is_refused(table) -> None:
    with pytest.raises(ValueError, match=r"[Tt]able|vote"):
        Votes.from_table(table)


@pytest.mark.parametrize("place", [-1, PEOPLE])
def test_a_place_that_does_not_exist_is_refused(place: int) -> None:
    votes = votes_of([(0, 0, 1)])
    with pytest.raises(ValueError, match="There is no person"):
        votes.without_person(place)
    with pytest.raises(ValueError, match="statement"):
        votes.without_statements([place])
