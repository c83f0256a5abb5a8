"""Votes as they come give, to the last digit, what computing everything again gives."""

from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from coproduce_engine.opinion import components, own_votes
from coproduce_engine.opinion.components import share_sampled
from coproduce_engine.opinion.estimator import OpinionMap
from coproduce_engine.opinion.lots import SAMPLED, lots
from coproduce_engine.opinion.streaming import MOST_STATEMENTS, VoteStream
from coproduce_engine.opinion.sums import PairSums, pairs_of
from coproduce_engine.opinion.votes import Votes


def same_votes(one: Votes, other: Votes) -> bool:
    rows = ("indptr", "statement", "value")
    kinds = all(getattr(one, row).dtype == getattr(other, row).dtype for row in rows)
    alike = all(np.array_equal(getattr(one, row), getattr(other, row)) for row in rows)
    return kinds and alike and (one.people, one.statements) == (other.people, other.statements)


def same_sums(one: PairSums, other: PairSums) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in "ghk")


def recomputed(log: list[tuple[int, int, int]], **size: int) -> Votes:
    return Votes.from_log(*(np.array(log, dtype=np.int64).reshape(-1, 3).T), **size)


def sums_of_drawn(votes: Votes) -> PairSums:
    """As `components.plane_of` computes them."""
    share = share_sampled(pairs_of(votes))
    return PairSums.of(
        votes.of_people(lots(0, votes.people, purpose=SAMPLED) < share) if share < 1 else votes
    )


class AnyOrder(RuleBasedStateMachine):
    """Votes, changed votes, people taken out and statements moderated, in any order, beside a plain list of them."""

    def __init__(self) -> None:
        super().__init__()
        self.stream = VoteStream()
        self.log: list[tuple[int, int, int]] = []
        self.left_out: set[int] = set()

    @rule(person=st.integers(0, 6), statement=st.integers(0, 5), value=st.sampled_from([-1, 0, 1]))
    def vote(self, person: int, statement: int, value: int) -> None:
        self.stream.vote(person, statement, value)
        self.log.append((person, statement, value))

    @rule(person=st.integers(0, 6), values=st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=30))
    def vote_a_lot(self, person: int, values: list[int]) -> None:
        votes = [(person, statement, value) for statement, value in enumerate(values)]
        self.stream.take(votes)
        self.log += votes

    @rule(person=st.integers(0, 6))
    def erase(self, person: int) -> None:
        if person < self.stream.people:
            self.stream.erase(person)
        self.log = [row for row in self.log if row[0] != person]

    @rule(statement=st.integers(0, 5), back=st.booleans())
    def moderate(self, statement: int, back: bool) -> None:
        if statement < self.stream.statements:
            (self.stream.take_back if back else self.stream.leave_out)(statement)
            (self.left_out.discard if back else self.left_out.add)(statement)

    @rule()
    def stop_and_go_on(self) -> None:
        """A worker that died builds its stream anew from the votes that are kept, and leaves out what was left out."""
        left_out = self.stream.left_out
        for statement in left_out:
            self.stream.take_back(statement)
        self.stream = VoteStream.of(self.stream.votes())
        for statement in left_out:
            self.stream.leave_out(statement)

    @invariant()
    def is_what_a_recompute_gives(self) -> None:
        whole = recomputed(self.log, people=self.stream.people, statements=self.stream.statements)
        known = whole.without_statements(self.left_out)
        assert same_votes(self.stream.votes(), known)
        assert same_sums(self.stream.sums(), sums_of_drawn(known))
        assert self.stream.count == whole.count


class AnyOrderByLot(AnyOrder):
    """The same where there are so many pairs of votes that those of some people only are counted."""

    def __init__(self) -> None:
        super().__init__()
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(components, "MOST_PAIRS", 60)

    def teardown(self) -> None:
        self._patch.undo()


TestAnyOrder, TestAnyOrderByLot = AnyOrder.TestCase, AnyOrderByLot.TestCase
TestAnyOrder.settings = TestAnyOrderByLot.settings = settings(max_examples=50, stateful_step_count=25)


def many(
    seed: int, people: int = 300, statements: int = 40, votes: int = 6_000
) -> list[tuple[int, int, int]]:
    chance = np.random.default_rng(seed)
    rows = [chance.integers(0, size, votes).tolist() for size in (people, statements, 3)]
    return [(person, statement, value - 1) for person, statement, value in zip(*rows, strict=True)]


@pytest.mark.parametrize("seed", range(3))
def test_thousands_of_votes_with_changes_equal_a_recompute(seed: int) -> None:
    log, stream = many(seed), VoteStream()
    stream.take(log)
    known = recomputed(log)
    assert same_votes(stream.votes(), known)
    assert same_sums(stream.sums(), PairSums.of(known))


def test_going_on_from_votes_already_there_equals_having_streamed_them_all() -> None:
    log = many(7)
    cold = VoteStream.of(recomputed(log[:4_000], people=200_000 // 500, statements=40))
    cold.take(log[4_000:])
    assert same_sums(cold.sums(), PairSums.of(recomputed(log, people=400)))


def test_erasing_a_person_equals_never_having_had_them_and_keeps_nothing_of_them() -> None:
    log, stream = many(3), VoteStream()
    stream.take(log)
    begin, room = stream._own.begin[17], stream._own.room[17]
    stream.erase(17)
    never = recomputed([row for row in log if row[0] != 17], people=300, statements=40)
    assert same_votes(stream.votes(), never)
    assert same_sums(stream.sums(), PairSums.of(never))
    assert not stream._own.cells[begin : begin + room].any()


def test_a_person_who_moved_to_more_room_leaves_no_vote_behind() -> None:
    stream = VoteStream(people=2)
    for statement in range(own_votes.SPARE * 4):
        stream.vote(0, statement, 1)
    stream.erase(0)
    assert not stream._own.cells.any()


def test_votes_on_a_statement_that_is_left_out_are_kept_for_when_it_is_taken_back() -> None:
    stream = VoteStream()
    stream.take([(0, 0, 1), (0, 1, -1), (1, 1, 1)])
    stream.leave_out(1)
    stream.vote(1, 0, 1)
    stream.vote(0, 1, 1)
    assert stream.votes().count == 2
    stream.take_back(1)
    assert same_votes(stream.votes(), recomputed([(0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)]))


def test_votes_that_were_given_are_not_changed() -> None:
    votes = recomputed(many(1))
    kept = [votes.indptr.copy(), votes.statement.copy(), votes.value.copy()]
    stream = VoteStream.of(votes)
    stream.take(many(2))
    stream.erase(5)
    assert all(map(np.array_equal, kept, [votes.indptr, votes.statement, votes.value]))


@pytest.mark.parametrize(("vote", "said"), [
    ((0, 0, 2), "agree"), ((0, 0, float("nan")), "agree"), ((0, 0, None), "agree"), ((-1, 0, 1), "person"),
    ((0, -1, 1), "statement"), ((0, MOST_STATEMENTS, 1), "statement"), ((2**40, 0, 1), "person"),
])  # fmt: skip
def test_a_wrong_vote_is_refused_in_words_and_changes_nothing(vote: Any, said: str) -> None:
    stream = VoteStream()
    stream.vote(0, 0, 1)
    with pytest.raises(ValueError, match=said):
        stream.vote(*vote)
    assert (stream.people, stream.statements, stream.count) == (1, 1, 1)


def test_nobody_and_nothing_can_be_taken_out_that_is_not_there() -> None:
    stream = VoteStream(people=3, statements=2)
    for wrong in (lambda: stream.erase(3), lambda: stream.leave_out(2), lambda: stream.take_back(-1)):
        with pytest.raises(ValueError, match="There is no"):
            wrong()
    stream.erase(2)
    assert stream.votes().count == 0
    assert not stream.sums().k.any()


@pytest.mark.parametrize("most_pairs", [components.MOST_PAIRS, 30_000])
def test_an_analysis_from_the_stream_is_the_one_of_the_votes(
    most_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without going through the votes for the components."""
    monkeypatch.setattr(components, "MOST_PAIRS", most_pairs)
    log, stream = many(11, votes=9_000), VoteStream()
    stream.take(log)
    stream.leave_out(7)
    stream.erase(3)
    votes = recomputed(log).without_person(3)
    known = OpinionMap().fit(votes, left_out=[7]).analysis_
    found = OpinionMap().fit(stream.votes(), left_out=stream.left_out, sums=stream.sums()).analysis_
    assert ("drawn by lot" in known.method) == (most_pairs == 30_000)
    assert found.method == known.method
    for name in ("components", "positions", "group_of", "routing"):
        assert np.array_equal(getattr(found, name), getattr(known, name), equal_nan=True), name
    assert (found.groups, found.stability, found.everybody) == (
        known.groups,
        known.stability,
        known.everybody,
    )


def test_sums_of_other_votes_are_refused() -> None:
    with pytest.raises(ValueError, match="of 2 statements"):
        OpinionMap().fit(Votes.from_log([0], [0], [1]), sums=PairSums.empty(2))
