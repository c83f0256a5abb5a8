"""Noise from ratings with gaps and repeats, and what moved after sharing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce_engine.mean_squares import mean_squares
from coproduce_engine.noise import noise_components, occasion_noise
from coproduce_engine.opinion.ratings import Ratings, effects, rating_noise
from coproduce_engine.opinion.sharing import after_sharing
from coproduce_engine.shift import mean_shift
from coproduce_engine.what_may_be_said import SharedObject

TEAM = SharedObject.TEAM
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)


def full(*tables: np.ndarray) -> Ratings:
    """Cases × judges, one table a reading."""
    case, judge = (place.ravel() for place in np.indices(tables[0].shape))
    times = len(tables)
    return Ratings.from_log(
        np.tile(judge, times), np.tile(case, times), np.concatenate([table.ravel() for table in tables])
    )


def invented(
    judges: int, cases: int, each: int, seed: int, *, level: float = 0.7, pattern: float = 0.5
) -> Ratings:
    chance = np.random.default_rng(seed)
    who = np.repeat(np.arange(judges), each)
    what = np.concatenate([chance.choice(cases, each, replace=False) for _ in range(judges)])
    value = (
        4.0 + chance.normal(0, level, judges)[who] + chance.normal(0, 1, cases)[what]
        + chance.normal(0, pattern, len(who))
    )  # fmt: skip
    return Ratings.from_log(who, what, value, judges=judges, cases=cases)


def test_a_full_table_gives_the_figures_of_the_published_example() -> None:
    found, known = rating_noise(full(SHROUT_FLEISS), of=TEAM), noise_components(SHROUT_FLEISS, of=TEAM)
    assert [found.system, found.level, found.pattern] == pytest.approx(
        [known.system, known.level, known.pattern]
    )
    assert round(found.level_sd, 4) == 2.2901


def test_level_noise_0_7_and_pattern_noise_0_5_are_found_again_from_ratings_with_gaps() -> None:
    found = rating_noise(invented(4_000, 300, 20, seed=1), of=TEAM)
    assert found.level_sd == pytest.approx(0.7, abs=0.02)
    assert found.pattern_sd == pytest.approx(0.5, abs=0.01)
    assert found.system == pytest.approx(found.level + found.pattern)


def test_few_ratings_each_bias_neither_level_nor_pattern() -> None:
    """With three cases a judge the plain variance of judges' means would be far too large."""
    runs = [rating_noise(invented(150, 25, 3, seed), of=TEAM) for seed in range(60)]
    assert np.mean([run.level for run in runs]) == pytest.approx(0.49, abs=0.03)
    assert np.mean([run.pattern for run in runs]) == pytest.approx(0.25, abs=0.015)


def test_without_repeats_occasion_noise_is_not_told() -> None:
    found = rating_noise(full(SHROUT_FLEISS), of=TEAM)
    assert found.occasion is None
    assert found.rated_twice == 0


def test_with_everything_rated_twice_occasion_noise_is_that_of_two_full_tables() -> None:
    second = SHROUT_FLEISS + np.random.default_rng(3).normal(0, 1, SHROUT_FLEISS.shape)
    found = rating_noise(full(SHROUT_FLEISS, second), of=TEAM)
    assert found.occasion is not None
    known = occasion_noise(SHROUT_FLEISS, second, of=TEAM)
    assert found.occasion.occasion == pytest.approx(known.occasion)
    assert found.occasion.stable_pattern == pytest.approx(known.stable_pattern)
    assert found.rated_twice == SHROUT_FLEISS.size
    assert found.pattern == pytest.approx(mean_squares(SHROUT_FLEISS).error), (
        "the second reading is no first one"
    )


def test_occasion_noise_comes_from_the_share_that_was_rated_twice() -> None:
    chance = np.random.default_rng(5)
    base = invented(500, 60, 15, seed=4, pattern=0.4)
    again = chance.random(len(base.value)) < 0.2
    true = base.value
    found = rating_noise(
        Ratings.from_log(
            np.concatenate([base.judge, base.judge[again]]),
            np.concatenate([base.case, base.case[again]]),
            np.concatenate([true, true[again]]) + chance.normal(0, 0.3, len(true) + again.sum()),
        ),
        of=TEAM,
    )
    assert found.occasion is not None
    assert found.occasion.occasion == pytest.approx(0.09, abs=0.01)
    assert found.occasion.stable_pattern == pytest.approx(0.16, abs=0.015)


@given(st.integers(2, 7), st.integers(2, 7), st.integers(0, 2**32 - 1))
def test_alternating_means_are_least_squares(judges: int, cases: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    keep = chance.random((judges, cases)) < 0.8
    keep[0, :] = keep[:, 0] = True
    judge, case = np.nonzero(keep)
    value = chance.normal(0, 3, len(judge))
    found = effects(Ratings.from_log(judge, case, value))
    design = np.zeros((len(judge), judges + cases))
    design[np.arange(len(judge)), judge] = design[np.arange(len(judge)), judges + case] = 1
    best, *_ = np.linalg.lstsq(design, value, rcond=None)
    assert found.left == pytest.approx(float(((value - design @ best) ** 2).sum()), abs=1e-6)
    assert found.parts == 1


def test_judges_who_share_no_case_with_the_others_are_a_part_of_their_own() -> None:
    found = effects(Ratings.from_log([0, 0, 1, 1, 3], [0, 1, 0, 1, 3], [1.0, 2, 2, 3, 9]))
    assert found.parts == 2
    assert np.isnan(found.judge[2])
    assert found.left == pytest.approx(0)


def test_the_order_of_judges_and_cases_does_not_matter_to_the_figures() -> None:
    one = invented(80, 20, 6, seed=8)
    shuffled = np.random.default_rng(1).permutation(len(one.value))
    other = Ratings.from_log(one.judge[shuffled], one.case[shuffled], one.value[shuffled])
    assert rating_noise(one, of=TEAM).level == rating_noise(other, of=TEAM).level


@pytest.mark.parametrize(("judge", "case", "value", "said"), [
    ([0, 1], [0, 0], [1.0, float("nan")], "missing"), ([0], [0, 1], [1.0, 2.0], "same length"),
    ([-1, 0], [0, 0], [1.0, 2.0], "between"), ([0.5, 1.0], [0, 0], [1.0, 2.0], "whole numbers"),
    ([], [], [], "value"),
])  # fmt: skip
def test_bad_ratings_are_refused_in_words(judge: list, case: list, value: list, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Ratings.from_log(judge, case, value)


def test_one_judge_alone_has_no_noise() -> None:
    with pytest.raises(ValueError, match="Too few"):
        rating_noise(Ratings.from_log([0, 0, 0], [0, 1, 2], [1.0, 2, 3]), of=TEAM)


def test_judges_who_come_half_way_to_what_was_shown_are_seen_to() -> None:
    before = invented(60, 12, 6, seed=9)
    shown = np.bincount(before.case, before.value) / np.bincount(before.case)
    after = Ratings.from_log(before.judge, before.case, (before.value + shown[before.case]) / 2)
    found = after_sharing(before, after, seed=1)
    assert found.of_the_way == pytest.approx(0.5)
    assert found.towards.p < 0.01
    assert found.spread.ratio == pytest.approx(0.5)
    assert found.spread.p is not None
    assert found.spread.p < 0.01
    assert (found.judges, found.cases, found.pairs) == (60, 12, 360)


def test_ratings_that_only_waver_are_said_to_have_moved_about_as_often_as_p_allows() -> None:
    chance, low = np.random.default_rng(2), 0
    for run in range(40):
        base = invented(14, 6, 4, seed=run)
        one, two = (
            Ratings.from_log(base.judge, base.case, base.value + chance.normal(0, 0.3, len(base.value)))
            for _ in range(2)
        )
        shown = np.bincount(base.case, base.value, minlength=6) / np.bincount(base.case, minlength=6).clip(1)
        found = after_sharing(one, two, seed=run, shown=shown)
        low += (found.moved.p < 0.1) + (found.towards.p < 0.1) + (found.spread.p < 0.1)
    assert low <= 24, "of 120 tests at one in ten"


def test_with_one_case_the_mean_move_is_the_one_of_paired_answers() -> None:
    one, two = np.array([1.0, 2, 3, 4, 5, 2, 7, 3, 1]), np.array([2.0, 2, 4, 4, 6, 5, 7, 3, 0])
    who, what = np.arange(9), np.zeros(9, dtype=int)
    found = after_sharing(Ratings.from_log(who, what, one), Ratings.from_log(who, what, two), seed=1)
    assert found.moved == mean_shift(one, two, seed=1)


def test_sharing_between_other_people_is_refused() -> None:
    with pytest.raises(ValueError, match="same judges"):
        after_sharing(invented(5, 4, 2, seed=1), invented(6, 4, 2, seed=1), seed=1)
    with pytest.raises(ValueError, match="Too few"):
        after_sharing(
            Ratings.from_log([0, 1], [0, 0], [1.0, 2], cases=2),
            Ratings.from_log([0, 1], [1, 1], [1.0, 2], cases=2),
            seed=1,
        )
