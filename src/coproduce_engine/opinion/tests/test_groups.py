"""k-means, silhouettes and agreement against scikit-learn; the number of groups against crowds that are known."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from coproduce_engine.opinion.clusters import adjusted_rand, distances, k_means, nearest_of, silhouettes
from coproduce_engine.opinion.grid import (
    FINE,
    Cells,
    coarse_cells,
    edges_of,
    fine_cells,
    histogram_of,
    moments_of,
)
from coproduce_engine.opinion.groups import Found, find_groups, labels_of

CENTRES = np.array([[4.0, 0.0], [-4.0, 3.0], [-4.0, -4.0]])


def cloud(people: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    camp = chance.choice(3, people, p=[0.5, 0.3, 0.2])
    return CENTRES[camp] + chance.normal(size=(people, 2)), camp


def one_crowd(people: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(people, 2)) * (1.6, 1.0)


def grids(positions: np.ndarray) -> tuple[Cells, Cells]:
    histogram = histogram_of(positions, edges_of(moments_of(positions)))
    return coarse_cells(histogram), fine_cells(histogram)


def found(positions: np.ndarray, smallest: int = 5, seed: int = 0, resamples: int = 20) -> Found | None:
    coarse, fine = grids(positions)
    chance = np.random.default_rng(seed)
    return find_groups(coarse, fine, most=5, smallest=smallest, resamples=resamples, chance=chance)


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_k_means_is_as_good_as_the_oracle(k: int) -> None:
    points, _ = cloud(800)
    weights = np.random.default_rng(2).integers(1, 9, 800).astype(float)
    centres, labels = k_means(points, weights[None], k, 10, np.random.default_rng(0))
    ours = (weights * np.square(points - centres[0][labels[0]]).sum(axis=1)).sum()
    oracle = KMeans(k, n_init=10, random_state=0).fit(points, sample_weight=weights)
    assert ours <= oracle.inertia_ * 1.01
    assert np.array_equal(labels[0], nearest_of(points, centres)[0])


def test_many_runs_at_once_are_the_runs_one_by_one() -> None:
    points, _ = cloud(300)
    weights = np.random.default_rng(2).integers(0, 5, (4, 300)).astype(float)
    centres, labels = k_means(points, weights, 3, 8, np.random.default_rng(0))
    for run in range(4):
        alone = KMeans(3, n_init=8, random_state=0).fit(points, sample_weight=weights[run])
        counted = weights[run] > 0
        assert adjusted_rand_score(alone.labels_[counted], labels[run][counted]) > 0.99
        assert np.allclose(np.sort(centres[run][:, 0]), np.sort(alone.cluster_centers_[:, 0]), atol=0.1)


@pytest.mark.parametrize("k", [2, 3, 4])
def test_silhouettes_are_those_of_the_oracle_person_by_person(k: int) -> None:
    points, _ = cloud(150)
    weights = np.random.default_rng(3).integers(1, 4, 150)
    _, labels = k_means(points, weights[None].astype(float), k, 5, np.random.default_rng(0))
    every = np.repeat(np.arange(150), weights)
    oracle = silhouette_score(points[every], labels[0][every])
    ours = silhouettes(distances(points), weights[None].astype(float), labels, k)
    assert ours[0] == pytest.approx(oracle, abs=1e-5)


def test_agreement_is_that_of_the_oracle() -> None:
    chance = np.random.default_rng(4)
    one, other = chance.integers(0, 3, 200), chance.integers(0, 4, 200)
    other[:120] = one[:120]
    assert adjusted_rand(one, other, np.ones(200)) == pytest.approx(adjusted_rand_score(one, other))
    assert adjusted_rand(one, one, np.ones(200)) == 1


def test_the_grid_adds_up_over_shards_and_loses_nobody() -> None:
    positions, _ = cloud(5_000)
    positions[7] = (900, -900)
    whole, parts = moments_of(positions), [moments_of(part) for part in np.array_split(positions, 3)]
    assert np.allclose(sum(parts), whole)
    edges = edges_of(whole)
    histogram = histogram_of(positions, edges)
    assert np.allclose(sum(histogram_of(part, edges) for part in np.array_split(positions, 3)), histogram)
    assert histogram.shape == (FINE**2, 3)
    for cells in (coarse_cells(histogram), fine_cells(histogram)):
        assert cells.people == 5_000
        assert np.allclose((cells.point * cells.weight[:, None]).sum(axis=0), positions.sum(axis=0))


def test_three_camps_are_found_the_largest_first_and_stable() -> None:
    positions, camp = cloud(3_000)
    groups = found(positions)
    assert groups is not None
    label = labels_of(positions, groups.centres)
    assert adjusted_rand_score(label, camp) > 0.98
    assert np.array_equal(label, camp)
    assert (groups.same_number, groups.beyond_one_crowd) == (1, 1)
    assert groups.agreement > 0.98


def test_what_the_grid_finds_is_what_the_oracle_finds_person_by_person() -> None:
    positions = CENTRES[cloud(4_000)[1]] * 0.4 + np.random.default_rng(8).normal(size=(4_000, 2))
    groups = found(positions)
    assert groups is not None
    label = labels_of(positions, groups.centres)
    oracle = KMeans(len(groups.centres), n_init=10, random_state=0).fit(positions)
    assert adjusted_rand_score(label, oracle.labels_) > 0.97


def test_a_crowd_of_one_is_seldom_taken_for_groups() -> None:
    groups = [found(one_crowd(2_000, seed), seed=seed) for seed in range(20)]
    assert sum(one is not None and one.beyond_one_crowd >= 0.95 for one in groups) <= 4


def test_people_far_away_are_set_aside_and_then_belong_to_the_nearest() -> None:
    positions, camp = cloud(600)
    positions[:2] = [(60, 60), (70, -50)]
    groups = found(positions)
    assert groups is not None
    assert len(groups.centres) == 3
    label = labels_of(positions, groups.centres)
    assert np.bincount(label).min() > 50
    assert adjusted_rand_score(label[2:], camp[2:]) > 0.95


@pytest.mark.parametrize("people", [0, 1, 2, 9])
def test_too_few_people_for_two_groups_have_none(people: int) -> None:
    assert found(cloud(people)[0]) is None


def test_people_who_all_stand_in_one_place_have_no_groups() -> None:
    assert found(np.ones((50, 2))) is None


def test_ten_people_in_two_places_are_two_groups() -> None:
    groups = found(np.repeat([[0.0, 0.0], [1.0, 1.0]], 5, axis=0))
    assert groups is not None
    assert len(groups.centres) == 2


def test_the_same_seed_gives_the_same_groups() -> None:
    positions, _ = cloud(400)
    one, again = found(positions, seed=3), found(positions, seed=3)
    assert one is not None
    assert again is not None
    assert np.array_equal(one.centres, again.centres)
    assert one.agreement == again.agreement
