"""The example's whole year, day by day, from its sign-off to its review: only the clock moves, never a row.

Each morning at nine the task worker does what is due, as it does beside the pages. The demo's records are made once.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.operations import task_worker
from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.review import operations, queries
from coproduce.capabilities.review.models import Review
from coproduce.capabilities.signoff import queries as signoff
from coproduce.config.demo.tests.conftest import made
from coproduce.core import clock
from coproduce.core.ledger.checking import verify_database
from coproduce.core.tasks import given_up, run_due

SIGNED, CHECKED = date(2025, 10, 15), date(2026, 4, 15)
OPENS, DUE = date(2026, 9, 15), date(2026, 10, 15)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(900)]


def at(day: date, hour: int = 9, minute: int = 0) -> Any:
    return clock.at(datetime.combine(day, time(hour, minute), clock.LONDON))


@dataclass
class Year:
    """What happened on which day: the letters that left the machine, and the tasks that failed."""

    project: Any
    mails: dict[date, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[date, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    reviews: dict[date, int] = field(default_factory=dict)
    failed: int = 0

    def live(self, first: date, last: date) -> None:
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            mail.outbox = []
            with at(day):
                self.failed += run_due().failed
            self.mails[day] += [(message.to[0], message.subject) for message in mail.outbox]
            self.bodies[day] += [(message.to[0], message.body) for message in mail.outbox]
            self.reviews[day] = Review.objects.count()


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[Year]:
    """From the day of the signature to the day on which the review opens."""
    with made(django_db_blocker) as project:
        lived = Year(project)
        lived.live(SIGNED, OPENS)
        yield lived


@pytest.fixture
def review(year: Year) -> Review:
    return queries.reviews_of(year.project.pk).get()


def test_nothing_failed_and_the_ledger_is_whole(year: Year) -> None:
    assert year.failed == 0
    assert given_up() == []
    assert verify_database(year.project.pk).whole


def test_R99_the_review_opens_by_itself_on_15_september_and_on_no_day_before(
    year: Year, review: Review
) -> None:
    assert [day for day, count in year.reviews.items() if count][0] == OPENS
    assert (clock.day_of(review.opened_at), review.opened_by, review.due_on) == (OPENS, task_worker(), DUE)
    assert review.is_open


def test_R99_exactly_those_who_opted_in_are_invited_each_by_their_own_way(year: Year, review: Review) -> None:
    seats = {seat.person_id: seat for seat in people.seats_of(year.project.pk)}
    letters = list(queries.letters_of(review))
    invited = {one.person_id for one in letters if one.invites}
    assert invited == {id for id, seat in seats.items() if seat.wants_review}
    assert len(invited) == 23
    assert {seats[id].code for id in set(seats) - invited} == {"P10"}
    by_mail = {one.person_id for one in letters if one.route == "email"}
    assert by_mail == {id for id, seat in seats.items() if seat.contact_route == "email"}
    assert {one.state for one in letters if one.person_id in by_mail} == {"sent"}
    assert {one.state for one in letters if one.person_id not in by_mail} == {"waiting"}


def test_R99_everyone_who_raised_a_barrier_is_asked_and_each_about_their_own(
    year: Year, review: Review
) -> None:
    raised = defaultdict(set)
    for one in barriers.barriers_of(year.project.pk):
        raised[one.raised_by_id].add(one.ref)
    sheets = queries.Sheets(review)
    asked = {
        one.person_id: {mine.barrier.ref for mine in sheets.of(one).barriers}
        for one in queries.letters_of(review)
        if one.asks
    }
    assert asked == raised
    assert sum(len(refs) for refs in asked.values()) == 60


def test_R99_the_e_mails_left_on_that_day_once_and_the_paper_when_the_facilitator_says_so(
    year: Year, review: Review
) -> None:
    invitations = [to for to, subject in year.mails[OPENS] if subject.startswith("A year on")]
    letters = list(queries.letters_of(review))
    assert sorted(invitations) == sorted(str(one.person.email) for one in letters if one.route == "email")
    with at(OPENS + timedelta(days=1), 14):
        operations.hand_over(
            by=review.sign_off.facilitator, project_id=year.project.pk, review_id=review.pk,
            letter_ids=[one.pk for one in queries.prints_waiting(review)], how="by post",
        )  # fmt: skip
    raisers = barriers.raisers_to_ask(year.project.pk)
    days = {one.asked_on for one in raisers}
    assert days == {OPENS, OPENS + timedelta(days=1)}
    assert {one.state for one in queries.letters_of(review)} == {"sent"}


def test_R98_manager_and_facilitator_were_reminded_by_themselves(year: Year, review: Review) -> None:
    reminded = {one.person for one in signoff.reminders_of(review.sign_off)}
    assert reminded == {review.sign_off.owner, review.sign_off.facilitator}
    told = [
        (day, to) for day, sent in year.mails.items() for to, subject in sent if subject == "A review is due"
    ]
    assert sorted(told) == sorted(
        (OPENS, str(person.email)) for person in (review.sign_off.owner, review.sign_off.facilitator)
    )


def test_the_check_of_15_april_reminds_whoever_checks_within_the_two_weeks_before(year: Year) -> None:
    weeks = [CHECKED - timedelta(days=n) for n in range(15)]
    told = [(to, body) for day in weeks for to, body in year.bodies[day]]
    checkers = [one for one in plans.commitments_of(year.project.pk) if one.checker.email]
    assert len(checkers) >= 5
    for one in checkers:
        assert any(to == one.checker.email and one.ref in body for to, body in told), one.ref


def test_the_six_standing_commitments_were_due_on_15_april_and_the_review_says_what_is_late(
    year: Year, review: Review
) -> None:
    found = list(plans.commitments_of(year.project.pk))
    assert {one.check_date for one in found} == {CHECKED}
    with at(OPENS):
        told = {str(one.title): dict(one.rows) for one in queries.told_of(review, clock.today())}
    assert told["Standing commitments"]["Check is late"] == "C01, C02, C03, C04, C05, C06"
    assert told["Actions, and which are late"]["Late"].split(", ") == [
        one.ref for one in plans.actions_of(year.project.pk) if one.status != "done" and one.ref != "A15"
    ]  # fmt: skip


def test_R100_it_is_public_from_the_day_after_15_october_2026_and_by_no_job(year: Year) -> None:
    page = reverse("feedback:page", args=[year.project.pk])
    words = "Overdue: this should have been looked at again by 15 October 2026."
    with at(DUE, 23, 59):
        assert words not in Client().get(page).content.decode()
    with at(DUE + timedelta(days=1), 0, 1):
        assert words in Client().get(page).content.decode()
        assert words in Client().get(reverse("feedback:easy_read", args=[year.project.pk])).content.decode()


def test_a_review_that_is_closed_in_time_is_never_overdue(year: Year, review: Review) -> None:
    owner, day = review.sign_off.owner, date(2026, 10, 14)
    with at(day):
        operations.write_review(
            by=owner, project_id=year.project.pk, review_id=review.pk,
            changes={
                "still_needed": "yes", "did_not_work": "Villages still wait.", "learned": "Ask carers first.",
                "outcome": "keep", "outcome_why": "It helps people home.",
            },
            benefits=[{"indicator": "I knew who was coming", "baseline": "41%", "target": "85%", "now": "83%"}],
        )  # fmt: skip
        operations.close_review(
            by=owner, project_id=year.project.pk, review_id=review.pk, next_review_on=date(2027, 10, 14)
        )
    told = {one.person_id for one in queries.letters_of(review, "year_on")}
    wanted = people.seats_of(year.project.pk).filter(wants_review=True) | people.seats_of(
        year.project.pk
    ).filter(wants_outcomes=True)
    assert told == {seat.person_id for seat in wanted}
    with at(DUE + timedelta(days=1)):
        page = Client().get(reverse("feedback:page", args=[year.project.pk])).content.decode()
        assert "Overdue: this should have been looked at" not in page
    year.live(date(2027, 9, 13), date(2027, 9, 14))
    assert (year.reviews[date(2027, 9, 13)], year.reviews[date(2027, 9, 14)]) == (1, 2)
