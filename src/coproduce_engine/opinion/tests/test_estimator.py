"""The whole analysis: scikit-learn's contract, and an answer or a clear error whatever the votes are."""

import subprocess
import sys
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score

import coproduce_engine.opinion
from coproduce_engine.opinion import Analysis, OpinionMap, Votes
from coproduce_engine.opinion.place import nearest, position
from coproduce_engine.opinion.results import NOT_PLACED

from .conversations import camps

METHODS = ("available-case", "polis")
PEOPLE, STATEMENTS = 24, 6
tables = st.lists(
    st.lists(st.sampled_from([-1.0, 0.0, 1.0, np.nan]), min_size=STATEMENTS, max_size=STATEMENTS),
    min_size=1,
    max_size=PEOPLE,
).map(np.array)
quick = settings(max_examples=40, deadline=None)


def fitted(votes: Votes, groups: Any = None, **parameters: Any) -> Analysis:
    left_out = parameters.pop("left_out", ())
    return OpinionMap(**{"resamples": 4, **parameters}).fit(votes, groups, left_out=left_out).analysis_


def same(one: Analysis, other: Analysis) -> bool:
    for field in fields(Analysis):
        mine, yours = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            if not np.array_equal(mine, yours, equal_nan=mine.dtype.kind == "f"):
                return False
        elif mine != yours:
            return False
    return True


def log_of(table: np.ndarray) -> list[np.ndarray]:
    who, what = np.nonzero(~np.isnan(table))
    return [who, what, table[who, what].astype(int)]


@quick
@given(tables, st.randoms(use_true_random=False), st.sampled_from(METHODS))
def test_the_order_of_votes_does_not_matter(table: np.ndarray, chance: Any, method: str) -> None:
    log = log_of(table)
    order = list(range(len(log[0])))
    chance.shuffle(order)
    sizes = {"people": len(table), "statements": STATEMENTS}
    shuffled = Votes.from_log(*(row[order] for row in log), **sizes)
    groups = np.arange(len(table)) % 2
    assert same(
        fitted(Votes.from_log(*log, **sizes), groups, method=method), fitted(shuffled, groups, method=method)
    )


@quick
@given(tables, st.integers(0, PEOPLE - 1), st.sampled_from(METHODS))
def test_erasing_a_person_is_never_having_had_them(table: np.ndarray, person: int, method: str) -> None:
    person %= len(table)
    votes, groups = Votes.from_table(table), np.arange(len(table)) % 3
    without = table.copy()
    without[person] = np.nan
    erased = fitted(votes.without_person(person), groups, method=method)
    assert same(erased, fitted(Votes.from_table(without), groups, method=method))
    assert erased.votes == votes.count - votes.own[person]
    assert erased.group_of[person] == NOT_PLACED


@quick
@given(tables, st.sampled_from(METHODS))
def test_what_was_given_is_not_changed(table: np.ndarray, method: str) -> None:
    votes, groups, left_out = Votes.from_table(table), np.arange(len(table)) % 3 - 1, [1]
    before = [row.copy() for row in (votes.indptr, votes.statement, votes.value, groups)]
    OpinionMap(method, resamples=2).fit(votes, groups, left_out=left_out)
    after = (votes.indptr, votes.statement, votes.value, groups)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    assert left_out == [1]


@quick
@given(tables, st.sampled_from(METHODS), st.sets(st.integers(0, STATEMENTS - 1)))
def test_any_votes_have_an_answer(table: np.ndarray, method: str, left_out: set[int]) -> None:
    analysis = fitted(Votes.from_table(table), method=method, left_out=left_out)
    assert len(analysis.everybody) == len(analysis.routing) == len(analysis.group_aware) == STATEMENTS
    assert analysis.components.shape == (2, STATEMENTS)
    assert np.isfinite(analysis.components).all()
    assert np.isfinite(analysis.routing).all()
    stands = ~np.isnan(analysis.positions[:, 0])
    counted = np.delete(table, list(left_out), axis=1)
    assert np.array_equal(stands, (~np.isnan(counted)).any(axis=1))
    assert analysis.placed == int(
        ((~np.isnan(counted)).sum(axis=1) >= max(1, min(7, counted.shape[1]))).sum()
    )
    assert len(analysis.groups) != 1


def _full(value: float) -> np.ndarray:
    return np.full((30, 12), value)


ODD: dict[str, np.ndarray] = {
    "no people": np.zeros((0, 4)),
    "no statements": np.zeros((4, 0)),
    "nothing at all": np.zeros((0, 0)),
    "no votes": _full(np.nan),
    "one vote": np.where(np.arange(360).reshape(30, 12) == 5, 1.0, np.nan),
    "one statement": np.sign(np.random.default_rng(1).normal(size=(40, 1))),
    "one person": np.array([[1.0, -1.0, 0.0, 1.0]]),
    "all agree": _full(1),
    "all pass": _full(0),
    "full of noise": np.sign(np.random.default_rng(1).normal(size=(60, 15))),
    "one of each kind again and again": np.repeat([[1.0] * 9, [-1.0] * 9], 40, axis=0),
    "everybody alike in two ways": np.repeat([[1.0] * 9, [1.0] * 8 + [-1.0]], [70, 3], axis=0),
    "more statements than people": np.sign(np.random.default_rng(2).normal(size=(8, 200))),
}


@pytest.mark.parametrize("table", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize("method", METHODS)
def test_odd_votes_have_an_answer(table: np.ndarray, method: str) -> None:
    groups = np.arange(len(table)) % 2
    analysis = fitted(Votes.from_table(table), groups, method=method)
    assert analysis.votes == (~np.isnan(table)).sum()
    assert np.isfinite(analysis.components).all()
    assert analysis.given is not None


@pytest.mark.parametrize("method", METHODS)
def test_two_kinds_of_people_are_two_groups(method: str) -> None:
    analysis = fitted(Votes.from_table(ODD["one of each kind again and again"]), method=method)
    assert [group.people for group in analysis.groups] == [40, 40]
    assert {held.side.value for group in analysis.groups for held in group.held} == {"agree", "disagree"}


def test_people_who_only_pass_and_people_said_twice_change_no_direction() -> None:
    votes, _ = camps(150, 30, 0.6)
    table = np.full((150, 30), np.nan)
    table[votes.voter_of_each(), votes.statement] = votes.value
    once, twice = fitted(votes, method="polis"), fitted(
        Votes.from_table(np.vstack([table, table])), method="polis"
    )  # fmt: skip
    assert np.allclose(once.components, twice.components, atol=1e-6)
    assert np.allclose(once.positions, twice.positions[150:], atol=1e-4)
    passing = fitted(Votes.from_table(np.vstack([table, np.zeros((30, 30))])))
    assert np.allclose(passing.positions[150:], passing.positions[150])
    assert len(set(passing.group_of[150:])) == 1


def test_empty_statements_move_nobody() -> None:
    votes, camp = camps(300, 30, 0.6)
    wider = Votes(votes.indptr, votes.statement, votes.value, votes.people, 40)
    one, other = fitted(votes), fitted(wider, left_out=range(30, 40))
    assert np.allclose(one.positions, other.positions, equal_nan=True)
    assert adjusted_rand_score(one.group_of, other.group_of) == 1
    assert np.isfinite(fitted(wider).routing).all()


def test_camps_are_found_and_hold_what_they_were_made_to_hold() -> None:
    votes, camp = camps(600, 40, 0.5)
    analysis = OpinionMap().fit(votes, camp, group_names=["a", "b", "c"]).analysis_
    placed = analysis.group_of != NOT_PLACED
    assert adjusted_rand_score(analysis.group_of[placed], camp[placed]) > 0.9
    assert analysis.stability.is_clear
    assert sum(len(group.held) for group in analysis.groups) > 6
    # Every third statement was made to be held by everybody.
    assert not {held.statement % 3 for group in analysis.groups for held in group.held} & {0}
    assert analysis.given is not None
    assert analysis.given.names == ("a", "b", "c")
    common = [one.statement for one in analysis.given.common]
    assert set(range(0, 40, 3)) <= set(common)
    assert {one.statement % 3 for one in analysis.given.divided} == {1, 2}


def test_where_am_i_is_where_the_analysis_has_the_person() -> None:
    votes, _ = camps(200, 30, 0.6)
    analysis = fitted(votes, left_out=[4])
    for person in range(0, 200, 20):
        begin, end = votes.indptr[person], votes.indptr[person + 1]
        own = dict(zip(votes.statement[begin:end].tolist(), votes.value[begin:end].tolist(), strict=True))
        own.pop(4, None)
        here = position(analysis.components, analysis.means, own, 29)
        assert np.allclose(here, analysis.positions[person])
        group = nearest(here, analysis.groups)
        if analysis.group_of[person] != NOT_PLACED:
            assert group is not None
            assert group.number == analysis.group_of[person]


def test_it_can_be_cloned_and_set_and_shown_as_scikit_learns_can() -> None:
    analysis = OpinionMap("polis", most_groups=3, random_state=4)
    copy = clone(analysis)
    assert copy is not analysis
    assert copy.get_params() == analysis.get_params()
    assert copy.set_params(most_groups=4) is copy
    assert (copy.most_groups, analysis.most_groups) == (4, 3)
    assert repr(analysis) == "OpinionMap(method='polis', most_groups=3, random_state=4)"
    assert repr(OpinionMap()) == "OpinionMap()"
    with pytest.raises(ValueError, match="no parameter"):
        copy.set_params(colour="blue")


def test_the_constructor_only_stores_and_fit_keeps_the_parameters() -> None:
    wrong = OpinionMap("colour", least_votes=-3, shrinkage=7)
    assert (wrong.method, wrong.least_votes, wrong.shrinkage) == ("colour", -3, 7)
    estimator = OpinionMap(resamples=2)
    before = estimator.get_params()
    votes, _ = camps(60, 12, 0.8)
    assert estimator.fit(votes) is estimator
    assert estimator.get_params() == before
    assert np.array_equal(estimator.labels_, estimator.analysis_.group_of)
    assert np.array_equal(estimator.components_, estimator.analysis_.components)
    assert np.array_equal(estimator.positions_, estimator.analysis_.positions, equal_nan=True)


@pytest.mark.parametrize(
    "parameters,words",
    [
        ({"method": "colour"}, "method must be one of"),
        ({"least_votes": 0}, "least_votes"),
        ({"most_groups": 1}, "most_groups"),
        ({"most_groups": 2.5}, "most_groups"),
        ({"resamples": -1}, "resamples"),
        ({"smallest_group": 1}, "smallest_group"),
        ({"least_to_show": True}, "least_to_show"),
        ({"shrinkage": float("nan")}, "shrinkage"),
        ({"shrinkage": "much"}, "shrinkage"),
        ({"random_state": None}, "random_state"),
    ],
)
def test_parameters_that_cannot_be_are_refused(parameters: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        OpinionMap(**parameters).fit(Votes.from_table(np.ones((4, 4))))


@pytest.mark.parametrize(
    "groups,names,words",
    [
        ([0, 1], None, "for each of 4 people"),
        ([0, 1, -2, 0], None, "one is -2"),
        ([0, 1, 2, 0], ["a", "b"], "only 2 names"),
        ([0.0, 1.0, np.nan, 0.0], None, "whole numbers"),
        (["a", "b", "a", "b"], None, "whole numbers"),
        ([0, 1, 10**9, 0], None, "number groups"),
        (None, ["a"], "group_names were given"),
        ([[0], [1, 2]], None, "one row"),
    ],
)
def test_groups_that_cannot_be_are_refused(groups: Any, names: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        OpinionMap(resamples=0).fit(Votes.from_table(np.ones((4, 4))), groups, group_names=names)


def test_other_things_than_votes_and_places_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="fit takes Votes"):
        OpinionMap().fit(np.ones((4, 4)))  # type: ignore[arg-type]
    for place in (-1, 4):
        with pytest.raises(ValueError, match="statement"):
            OpinionMap().fit(Votes.from_table(np.ones((4, 4))), left_out=[place])


def test_whoever_reads_a_result_or_places_one_person_loads_no_scipy() -> None:
    words = "import sys, coproduce_engine.opinion.place; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    with pytest.raises(AttributeError, match="no attribute"):
        coproduce_engine.opinion.colour  # noqa: B018
