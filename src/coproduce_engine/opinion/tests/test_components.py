"""The plane: what the formulas say, by plain dense arithmetic, and how well each way foretells votes kept back."""

import numpy as np
import pytest

from coproduce_engine.opinion import components
from coproduce_engine.opinion.components import AVAILABLE_CASE, POLIS, Plane, plane_of
from coproduce_engine.opinion.lots import lots
from coproduce_engine.opinion.place import nearest, position
from coproduce_engine.opinion.positions import positions_of
from coproduce_engine.opinion.results import OpinionGroup
from coproduce_engine.opinion.tallies import everybody_of, means_of
from coproduce_engine.opinion.votes import Votes

from .conversations import NAMES, camps, conversation, real

SIZES = [(300, 80, 0.3), (90, 12, 0.8), (40, 100, 0.5), (30, 1, 1.0), (2, 30, 0.5), (500, 200, 1.0)]


def table_of(votes: Votes) -> np.ndarray:
    table = np.full((votes.people, votes.statements), np.nan)
    table[votes.voter_of_each(), votes.statement] = votes.value
    return table


def means(votes: Votes) -> np.ndarray:
    return means_of(everybody_of(votes))


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """The cosine of two directions without their signs; 1 for two that are nought."""
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return abs(one @ other) / lengths if lengths else float(not one.any() and not other.any())


@pytest.mark.parametrize("people,statements,seen", SIZES)
def test_the_published_plane_is_that_of_the_table_filled_with_means(
    people: int, statements: int, seen: float
) -> None:
    votes, _ = camps(people, statements, seen)
    table, m = table_of(votes), means(votes)
    filled = np.where(np.isnan(table), m, table) - m
    _, lengths, rows = np.linalg.svd(filled, full_matrices=False)
    plane = plane_of(votes, m, method=POLIS)
    for place in range(min(2, len(rows))):
        if lengths[place] > 1e-6:
            assert alike(plane.vectors[place], rows[place]) > 0.999999
            assert plane.explained[place] == pytest.approx(lengths[place] ** 2 / (lengths**2).sum())
    assert plane.method == POLIS


@pytest.mark.parametrize("people,statements,seen", SIZES)
def test_the_available_case_plane_is_that_of_the_pairs_that_were_seen(
    people: int, statements: int, seen: float
) -> None:
    votes, _ = camps(people, statements, seen)
    table, m = table_of(votes), means(votes)
    there = ~np.isnan(table)
    centred = np.where(there, table - m, 0)
    covariance = (centred.T @ centred) / (there.T.astype(float) @ there + 20)
    values, columns = np.linalg.eigh(covariance)
    plane = plane_of(votes, m)
    for place in range(min(2, statements)):
        if values[-1 - place] > 1e-9:
            assert alike(plane.vectors[place], columns[:, -1 - place]) > 0.999999
    assert plane.method == AVAILABLE_CASE


@pytest.mark.parametrize("method", [POLIS, AVAILABLE_CASE])
def test_the_largest_entry_is_positive_and_the_length_is_one(method: str) -> None:
    votes, _ = camps(300, 80, 0.3)
    plane = plane_of(votes, means(votes), method=method)
    for vector in plane.vectors:
        assert np.linalg.norm(vector) == pytest.approx(1)
        assert vector[np.abs(vector).argmax()] > 0


@pytest.mark.parametrize("method", [POLIS, AVAILABLE_CASE])
def test_where_nobody_differs_there_is_no_direction(method: str) -> None:
    votes = Votes.from_table(np.ones((100, 90)))
    plane = plane_of(votes, means(votes), method=method)
    assert not plane.vectors.any()
    assert plane.explained == (0, 0)


def test_above_the_most_statements_the_published_way_is_taken_and_said(monkeypatch) -> None:
    votes, _ = camps(300, 80, 0.3)
    monkeypatch.setattr(components, "MOST_STATEMENTS", 79)
    plane = plane_of(votes, means(votes))
    assert plane.method == "polis, as there are more than 79 statements"
    assert alike(plane.vectors[0], plane_of(votes, means(votes), method=POLIS).vectors[0]) > 0.999999


def test_a_sample_of_people_gives_nearly_the_same_plane_and_says_so(monkeypatch) -> None:
    votes, _ = camps(20_000, 60, 0.3)
    whole = plane_of(votes, means(votes))
    monkeypatch.setattr(components, "MOST_PAIRS", components.pairs_of(votes) // 4 + 1)
    part = plane_of(votes, means(votes))
    assert "drawn by lot" in part.method
    assert min(alike(*pair) for pair in zip(whole.vectors, part.vectors, strict=True)) > 0.995
    assert np.array_equal(part.means, whole.means)


def test_lots_are_even_and_the_same_wherever_they_are_drawn() -> None:
    drawn = lots(0, 100_000, purpose=1)
    assert np.array_equal(drawn[500:900], lots(500, 900, purpose=1))
    assert abs(drawn.mean() - 0.5) < 0.005
    assert np.allclose(np.histogram(drawn, 10, (0, 1))[0], 10_000, atol=400)
    assert abs(np.corrcoef(drawn, lots(0, 100_000, purpose=2))[0, 1]) < 0.02


def test_everybody_stands_where_the_formula_says() -> None:
    votes, _ = camps(200, 30, 0.3)
    m = means(votes)
    vectors = plane_of(votes, m).vectors
    found = positions_of(votes, vectors, m, 30)
    for person, row in enumerate(table_of(votes)):
        seen = np.flatnonzero(~np.isnan(row))
        if len(seen):
            place = np.sqrt(30 / len(seen)) * (vectors[:, seen] @ (row[seen] - m[seen]))
            assert np.allclose(found[person], place)
            assert np.allclose(position(vectors, m, {int(j): int(row[j]) for j in seen}, 30), place)
        else:
            assert np.isnan(found[person]).all()


@pytest.mark.parametrize("own", [{}, {99: 1}, {-1: 1}, {0: 2}])
def test_where_am_i_refuses_what_is_no_vote(own: dict[int, int]) -> None:
    with pytest.raises(ValueError):
        position(np.ones((2, 3)), np.zeros(3), own, 3)


def test_the_nearest_group() -> None:
    groups = [OpinionGroup(n, 5, centre, ()) for n, centre in enumerate([(0.0, 0.0), (3.0, 0.0)])]
    assert nearest((2.0, 1.0), groups) is groups[1]
    assert nearest((2.0, 1.0), []) is None


def foretold(train: Votes, plane: Plane, who: np.ndarray, what: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Votes kept back, from the mean and the person's place: least squares, held back by `ridge` votes."""
    v = plane.vectors * np.sqrt(train.statements)
    there = train.matrix(np.ones(train.count)).toarray()
    apart = train.matrix(train.value - plane.means[train.statement]).toarray()
    within = np.einsum("ij,aj,bj->iab", there, v, v) + ridge * np.eye(2)
    place = np.linalg.solve(within, (apart @ v.T)[:, :, None])[:, :, 0]
    return plane.means[what] + (place[who] * v[:, what].T).sum(axis=1)


@real
@pytest.mark.parametrize("name", NAMES)
def test_votes_kept_back_are_foretold_at_least_as_well_as_by_filling_in_means(name: str) -> None:
    """A tenth of the votes, 16 times. The ridge is one vote for both ways, not sought on the votes kept back."""
    votes, left_out = conversation(name)
    votes = votes.without_statements(left_out)
    who, chance, errors = votes.voter_of_each(), np.random.default_rng(1), {POLIS: 0.0, AVAILABLE_CASE: 0.0}
    for _ in range(16):
        back = chance.random(votes.count) < 0.1
        train = Votes.from_log(
            who[~back], votes.statement[~back], votes.value[~back], people=votes.people,
            statements=votes.statements,
        )  # fmt: skip
        for method in errors:
            plane = plane_of(train, means(train), method=method)
            told = foretold(train, plane, who[back], votes.statement[back])
            errors[method] += float(np.square(votes.value[back] - told).mean())
    assert errors[AVAILABLE_CASE] <= errors[POLIS]
