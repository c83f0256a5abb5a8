"""The tables of listening.md §2.2 and §2.6, and what simulations with a known answer give back."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce_engine.first_voice import Question, first_voice
from coproduce_engine.icc import icc
from coproduce_engine.independence import (
    effective_voices,
    mean_pairwise_correlation,
    scatter_of_independent_people,
    variance_of_mean,
    weight_of_advice,
)
from coproduce_engine.table_effect import interval_when_nothing_shows, table_effect

from .test_noise import SHROUT_FLEISS

RHOS = (0, 0.1, 0.2, 0.3, 0.5, 0.8)


@pytest.mark.parametrize("people,voices", [
    (4, (4, 3.08, 2.50, 2.11, 1.60, 1.18)), (8, (8, 4.71, 3.33, 2.58, 1.78, 1.21)),
    (12, (12, 5.71, 3.75, 2.79, 1.85, 1.22)), (30, (30, 7.69, 4.41, 3.09, 1.94, 1.24)),
])  # fmt: skip
def test_effective_number_of_voices(people: int, voices: tuple[float, ...]) -> None:
    assert tuple(round(effective_voices(people, rho), 2) for rho in RHOS) == voices


@given(st.integers(1, 100), st.floats(0, 1))
def test_voices_lie_between_one_and_all(people: int, rho: float) -> None:
    voices = effective_voices(people, rho)
    assert 1 - 1e-9 <= voices <= people + 1e-9
    assert variance_of_mean(2.0, people, rho) == pytest.approx(2.0 / people * (1 + (people - 1) * rho))


def test_many_alike_people_tend_to_one_over_rho() -> None:
    assert effective_voices(1_000_000, 0.25) == pytest.approx(4, rel=1e-4)


@pytest.mark.parametrize("people,rho", [(0, 0), (5, 1.5), (5, -0.25), (3, -1), (4, float("nan"))])
def test_impossible_correlations_are_refused(people: int, rho: float) -> None:
    with pytest.raises(ValueError):
        effective_voices(people, rho)


@pytest.mark.parametrize("items,low,high", [(6, -0.12, 0.19), (12, -0.09, 0.12), (30, -0.06, 0.07)])
def test_independent_people_still_seem_to_correlate(items: int, low: float, high: float) -> None:
    found = scatter_of_independent_people(8, items, seed=11)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.012), pytest.approx(high, abs=0.012))


def test_mean_pairwise_correlation_is_the_mean_of_the_pairs() -> None:
    ratings = np.random.default_rng(3).normal(size=(5, 9))
    pairs = np.corrcoef(ratings)[np.triu_indices(5, 1)]
    assert mean_pairwise_correlation(ratings) == pytest.approx(pairs.mean())
    with pytest.raises(ValueError, match="same answer"):
        mean_pairwise_correlation([[1, 2, 3], [2, 2, 2]])


def test_weight_of_advice() -> None:
    assert weight_of_advice([1, 1, 1, 1, 3], [5, 5, 5, 1, 1], [1, 3, 6, 2, 4]) == [0, 0.5, 1, None, 0]
    with pytest.raises(ValueError, match="same people"):
        weight_of_advice([1], [1, 2], [1])


# Tables


@pytest.mark.parametrize("tables,people,low,high", [
    (4, 8, -0.10, 0.62), (8, 8, -0.08, 0.29), (20, 8, -0.06, 0.13), (4, 12, -0.06, 0.52), (8, 12, -0.05, 0.21),
])  # fmt: skip
def test_what_one_session_can_rule_out(tables: int, people: int, low: float, high: float) -> None:
    found = interval_when_nothing_shows(tables, people)
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


def test_equal_tables_give_the_one_way_icc() -> None:
    flat = SHROUT_FLEISS.ravel()
    found = table_effect(flat, np.repeat(np.arange(6), 4).tolist(), seed=1, shuffles=99)
    same = icc(SHROUT_FLEISS).one_way
    assert found.usual_size == 4
    assert found.icc == pytest.approx(same.estimate)
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(same.interval.low), pytest.approx(same.interval.high),
    )  # fmt: skip


def test_donners_usual_size_of_unequal_tables() -> None:
    found = table_effect([1, 2, 3, 2, 5, 6], ["a", "a", "a", "b", "b", "c"], seed=1, shuffles=9)
    # (6 − (9 + 4 + 1) ÷ 6) ÷ 2
    assert found.usual_size == pytest.approx((6 - 14 / 6) / 2)
    assert (found.tables, found.people) == (3, 6)


def test_tables_that_copied_are_found_and_tables_that_did_not_are_not() -> None:
    chance = np.random.default_rng(4)
    labels = np.repeat(np.arange(8), 8)
    alone = chance.normal(size=64)
    copied = table_effect(alone + 1.5 * chance.normal(size=8)[labels], labels.tolist(), seed=2)
    assert (copied.p < 0.01, copied.interval.low > 0.2) == (True, True)
    assert table_effect(alone, labels.tolist(), seed=2).p > 0.05


def test_p_of_dealing_is_level_when_nobody_copied() -> None:
    chance = np.random.default_rng(9)
    labels = np.repeat(np.arange(4), 6).tolist()
    found = [
        table_effect(chance.integers(1, 6, 24), labels, seed=seed, shuffles=199).p for seed in range(200)
    ]
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.09


def test_people_who_all_agree_have_no_table_effect() -> None:
    found = table_effect([2, 2, 2, 2], ["a", "a", "b", "b"], seed=1, shuffles=9)
    assert (found.icc, found.interval, found.p) == (None, None, 1.0)


@pytest.mark.parametrize("ratings,tables", [
    ([1, 2, 3], ["a", "a"]), ([1, 2, 3], ["a"] * 3), ([1, 2, 3], ["a", "b", "c"]),
    ([1, 2, float("nan")], ["a", "a", "b"]),
])  # fmt: skip
def test_tables_without_neighbours_are_refused(ratings: list[float], tables: list[str]) -> None:
    with pytest.raises(ValueError):
        table_effect(ratings, tables, seed=1)


# The first voice


def sessions(beta: float, *, count: int, people: int, seed: int) -> list[Question]:
    """Groups whose others move by β towards the first voice, with noise, whatever their mean was."""
    chance = np.random.default_rng(seed)
    made = []
    for _question in range(count):
        before = chance.normal(size=people)
        first = int(chance.integers(people))
        others = np.delete(before, first).mean()
        after = 0.7 * before + 0.4 * chance.normal(size=people)
        after[np.arange(people) != first] += beta * (before[first] - others)
        made.append(Question(before, after, first))
    return made


def test_t_and_beta_by_hand() -> None:
    # f = 5, the others 1, 2, 3 (mean 2) go to 2, 3, 4 (mean 3): T = 1 × 3, β = 3 ÷ 9.
    found = first_voice([Question([5, 1, 2, 3], [5, 2, 3, 4], 0)], seed=1, redraws=99)
    assert (found.pull, found.beta) == (3, pytest.approx(1 / 3))
    assert (found.interval.low, found.interval.high) == (-inf, inf)


def test_a_pull_is_found_and_its_size() -> None:
    found = first_voice(sessions(0.5, count=60, people=8, seed=5), seed=1)
    assert found.p < 0.001
    assert found.beta == pytest.approx(0.5, abs=0.15)
    assert 0.5 in found.interval
    assert found.interval.low > 0


def test_going_back_to_the_mean_is_no_pull() -> None:
    """The trap: people regress towards the mean without any influence. The test stays level at 5 %."""
    found = [
        first_voice(sessions(0, count=6, people=6, seed=seed), seed=seed, redraws=399).p
        for seed in range(300)
    ]
    assert 0.015 <= np.mean(np.array(found) <= 0.05) <= 0.085


def test_the_interval_of_the_pull_holds_the_truth_about_as_often_as_it_says() -> None:
    held = [
        0.3 in first_voice(sessions(0.3, count=10, people=6, seed=seed), seed=seed, redraws=399).interval
        for seed in range(120)
    ]
    assert np.mean(held) >= 0.89


def test_the_lot_is_drawn_again_only_among_those_who_could_come_first() -> None:
    # With two who could be first, the real one pulls and the other would not have: p is near 1 ÷ 2.
    question = Question([5, 1, 2, 3], [5, 2, 3, 4], 0, drawn_from=(0, 2))
    assert first_voice([question], seed=1, redraws=4_000).p == pytest.approx(0.5, abs=0.04)
    with pytest.raises(ValueError, match="cannot have been drawn"):
        first_voice([Question([5, 1, 2, 3], [5, 2, 3, 4], 1, drawn_from=(0, 2))], seed=1)


def test_a_first_voice_at_the_mean_says_nothing() -> None:
    assert first_voice([Question([2, 1, 3], [2, 1, 3], 0)], seed=1, redraws=9).beta is None


@pytest.mark.parametrize("questions", [
    [], [Question([1, 2, 3], [1, 2, 3], 3)], [Question([1, 2], [1, 2], 0)], [Question([1, 2, 3], [1, 2], 0)],
])  # fmt: skip
def test_questions_that_cannot_be_read_are_refused(questions: list[Question]) -> None:
    with pytest.raises(ValueError):
        first_voice(questions, seed=1)
