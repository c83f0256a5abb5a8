"""Commitment 8 and the annual review: each hears of the other."""

from datetime import date, timedelta
from typing import Any

import pytest

from coproduce.capabilities.charter import operations, queries
from coproduce.capabilities.charter.terms import Commitment, Miss
from coproduce.capabilities.review import queries as review_queries
from coproduce.capabilities.review import tasks
from coproduce.capabilities.review.tests.factories import DUE, LOOKED, NEXT, OPENS, YearOn, a_year_on
from coproduce.core import clock
from coproduce.core.tasks import Due

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> YearOn:
    return a_year_on()


def row(year: YearOn, today: date) -> Any:
    """The row of the signed document behind commitment 8."""
    (found,) = queries.scorecard_of(year.id, today).tiles[Commitment.REVIEWED - 1].points
    return found


def test_R101_those_who_asked_count_as_invited_once_their_letter_has_gone(year: YearOn) -> None:
    with clock.at(OPENS):
        assert row(year, OPENS.date()).holds
        review = year.open()
        assert row(year, OPENS.date()).misses == (Miss.NOT_INVITED,)
        tasks.send_waiting(Due(OPENS.date(), str(review.pk)))
        assert row(year, OPENS.date()).holds


def test_R101_after_the_review_the_next_date_counts(year: YearOn) -> None:
    after = DUE + timedelta(days=1)
    assert row(year, after).misses == (Miss.OVERDUE,)
    with clock.at(LOOKED):
        year.close(year.write(year.open()))
    found = row(year, after)
    assert (found.first, found.second, found.misses) == (LOOKED.date(), NEXT, ())


def test_the_review_shows_the_charter_once_it_is_public(year: YearOn) -> None:
    def shown() -> list[Any]:
        return [
            one
            for one in review_queries.told_today(year.id, LOOKED.date())
            if str(one.title) == "The charter"
        ]

    with clock.at(OPENS):
        facts = {
            "title": "Our charter", "scope": "The clinic.", "citizens_do": "They say.", "staff_do": "They hear.",
            "conflict": "We talk.", "response_time": "In 20 days.", "review_on": date(2027, 6, 1),
        }  # fmt: skip
        signs = {"organisation": "The council", "person": "Ada", "role": "Leader", "signed_on": OPENS.date()}
        operations.write_charter(by=year.facilitator, project_id=year.id, changes=facts, signatories=[signs])
        assert shown() == []
        operations.publish_charter(by=year.manager, project_id=year.id)
    (told,) = shown()
    score = queries.scorecard_of(year.id, LOOKED.date()).score
    assert told.sentence == f"{score.met} of {score.of} commitments are met."
    assert len(told.rows) == 8
