"""The sums of pairs are exact: the same to the last digit as counting them one by one, full or sparse."""

import numpy as np
import pytest

from coproduce_engine.opinion import sums
from coproduce_engine.opinion.sums import PairSums, pairs_of
from coproduce_engine.opinion.votes import Votes


def random_table(people: int, statements: int, seen: float, seed: int = 1) -> np.ndarray:
    chance = np.random.default_rng(seed)
    table = chance.integers(-1, 2, (people, statements)).astype(float)
    table[chance.random(table.shape) > seen] = np.nan
    return table


@pytest.mark.parametrize("seen", [0.0, 0.05, 0.3, 0.9, 1.0])
@pytest.mark.parametrize("people,statements", [(40, 13), (1, 1), (3, 40), (0, 4), (50, 1)])
def test_every_pair_is_counted(people: int, statements: int, seen: float) -> None:
    table = random_table(people, statements, seen)
    votes = Votes.from_table(table)
    x, w = np.nan_to_num(table), (~np.isnan(table)).astype(float)
    found = PairSums.of(votes)
    assert np.array_equal(found.g, x.T @ x)
    assert np.array_equal(found.h, x.T @ w)
    assert np.array_equal(found.k, w.T @ w)
    assert np.array_equal(found.seen, w.sum(axis=0))
    assert np.array_equal(found.total, x.sum(axis=0))
    assert pairs_of(votes) == found.k.sum()
    means = found.means()
    centred = (x - means) * w
    assert np.allclose(found.products(means), centred.T @ centred)


@pytest.mark.parametrize("vote", [1, -1])
@pytest.mark.parametrize("seen", [0.02, 1.0])
def test_the_largest_sums_fit_their_bits(vote: int, seen: float) -> None:
    """Everybody of a whole stretch, and of the stretch after it, votes alike."""
    people = sums.SPARSE_PEOPLE + 5
    table = np.where(random_table(people, 3, seen) < 2, float(vote), np.nan)
    table = np.hstack([table, np.full((people, 12 if seen < 1 else 0), np.nan)])
    w = (~np.isnan(table)).astype(np.int64)
    found = PairSums.of(Votes.from_table(table))
    assert np.array_equal(found.k, w.T @ w)
    assert np.array_equal(found.g, found.k)
    assert np.array_equal(found.h, vote * found.k)


def test_the_largest_sums_fit_where_nearly_all_are_seen_by_all_but_pairs_are_few() -> None:
    people = sums.SPARSE_PEOPLE
    table = np.full((people, 30), np.nan)
    table[:, :3] = -1
    votes = Votes.from_table(table)
    assert not sums._is_full(votes)
    found = PairSums.of(votes)
    assert found.g[:3, :3].min() == found.k[:3, :3].min() == people
    assert found.h[:3, :3].max() == -people
    assert not found.k[3:].any()
