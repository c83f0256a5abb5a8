"""The ballot of the example project: everybody votes, and nobody's vote can be told."""

from typing import Any

import pytest

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.barriers.terms import BARRIER
from coproduce.capabilities.voting import queries
from coproduce.config.demo.story.voting import ballot as told
from coproduce.ui.onward import onward_from

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def ballot(demo: Any) -> Any:
    [one] = queries.project_ballots(demo.pk)
    return one


def test_all_24_people_voted_before_the_draft(ballot: Any) -> None:
    seen = 24 * len(told().statements) - len(told().left_early) * 5
    assert (ballot.state, ballot.people_at_close, ballot.votes_at_close) == ("closed", 24, seen)
    assert queries.votes_count(ballot) == seen


def test_the_replaced_statement_keeps_the_votes_that_it_had(ballot: Any) -> None:
    found = queries.votes_of(ballot)
    numbers = [one.number for one in found.statements]
    counts = {number: int((found.votes.statement == place).sum()) for place, number in enumerate(numbers)}
    assert numbers == list(range(1, 16))
    assert counts[13] + counts[15] >= 20
    assert min(counts[13], counts[15]) >= 8


def test_barriers_lead_to_their_statements(demo: Any, ballot: Any) -> None:
    barrier = barriers.barrier_by_ref(demo.pk, "B27")
    assert barrier
    links = [one for one in onward_from(BARRIER, demo.pk, barrier.pk) if one.ref.startswith("V1.")]
    assert [one.words for one in links] == [told().statements[1].text]


def test_what_most_agree_on_is_agreed_by_every_group(ballot: Any) -> None:
    found = queries.votes_of(ballot)
    assert found.votes.people == 24
    first = found.votes.value[found.votes.statement == 0]
    assert (first == 1).mean() > 0.8
    assert sorted(set(found.group_of_person.tolist())) == [0, 1, 2, 3, 4]
