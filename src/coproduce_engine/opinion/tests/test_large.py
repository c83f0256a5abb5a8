"""Votes of many people: the camps that they were made in, whether everybody's pairs are counted or a sample's."""

import numpy as np
import pytest

from bench._synthetic_votes import synthetic
from coproduce_engine.opinion import OpinionMap, Votes, components
from coproduce_engine.opinion.clusters import adjusted_rand


@pytest.mark.parametrize("most_pairs", [components.MOST_PAIRS, 1_000_000])
def test_camps_of_ten_thousand_people_are_found(most_pairs: int, monkeypatch) -> None:
    monkeypatch.setattr(components, "MOST_PAIRS", most_pairs)
    log = synthetic(10_000, 120, 300_000, seed=3)
    analysis = OpinionMap().fit(Votes.from_log(log.person, log.statement, log.vote)).analysis_
    assert ("by lot" in analysis.method) == (most_pairs == 1_000_000)
    placed = analysis.group_of >= 0
    found = adjusted_rand(analysis.group_of[placed], log.camp[placed].astype(int), np.ones(placed.sum()))
    assert len(analysis.groups) == 3
    assert found > 0.5


def test_a_log_made_up_twice_is_the_same() -> None:
    one, again = synthetic(500, 40, 5_000, seed=4), synthetic(500, 40, 5_000, seed=4)
    for row in ("person", "statement", "vote", "camp"):
        assert np.array_equal(getattr(one, row), getattr(again, row))
    assert 4_000 < len(one.person) < 6_000
    assert set(np.unique(one.vote)) == {-1, 0, 1}
