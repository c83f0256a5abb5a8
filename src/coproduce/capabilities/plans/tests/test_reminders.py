"""The task worker writes to people, by a real mail server. Time is moved by the test's clock, not by editing rows."""

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from coproduce.capabilities.accounts import queries as accounts
from coproduce.capabilities.plans import operations, queries, rules
from coproduce.capabilities.plans.models import Reminder
from coproduce.core import clock, tasks
from coproduce.core.models import Entry, Task
from tests.support.mail import Inbox

from .factories import Plan

SEVEN = datetime(2025, 10, 15, 6, 30, tzinfo=UTC)
ADDRESS = "ruth@example.org"


@pytest.fixture
def mailed(plan: Plan, smtp_inbox: Inbox) -> Plan:
    for person, address in ((plan.worker, ADDRESS), (plan.manager, "helen@example.org")):
        person.email = address
        person.save()
    return plan


def morning(day: date) -> tasks.Ran:
    with clock.at(datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=8)):
        return tasks.run_due()


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_an_owner_hears_a_week_and_a_day_before_the_day_after_and_each_week(
    mailed: Plan, smtp_inbox: Inbox
) -> None:
    mailed.action("Print the card", end=date(2025, 11, 28))
    heard = []
    for day in days(date(2025, 11, 1), date(2025, 12, 14)):
        morning(day)
        if len(smtp_inbox.to(ADDRESS)) > len(heard):
            heard.append(day)
    assert heard == [
        date(2025, 11, 21), date(2025, 11, 27), date(2025, 11, 29), date(2025, 12, 6), date(2025, 12, 13),
    ]  # fmt: skip
    told = smtp_inbox.to(ADDRESS)
    assert "28 November 2025" in told[0].get_content()
    assert "Late:" in told[2].get_content()
    assert all(str(mail["Subject"]) == "1 thing is due" for mail in told)


def test_one_email_a_day_lists_everything_and_its_subject_says_nothing_of_anybody(
    mailed: Plan, smtp_inbox: Inbox
) -> None:
    mailed.action("Print the card", end=date(2025, 11, 28))
    mailed.action("Ring the ward", end=date(2025, 11, 25))
    mailed.commitment(check_date=date(2025, 12, 1))
    for _again in range(3):
        morning(date(2025, 11, 21))
    (mail,) = smtp_inbox.to(ADDRESS)
    assert all(words in mail.get_content() for words in ("A01", "A02", "C01", "/my-actions/"))
    assert str(mail["Subject"]) == "3 things are due"
    assert Reminder.objects.get(person=mailed.worker).things == 3


def test_the_ledger_says_that_the_task_worker_wrote(mailed: Plan) -> None:
    mailed.action(end=date(2025, 11, 28))
    morning(date(2025, 11, 21))
    entry = Entry.objects.get(verb="plans.remind")
    worker = accounts.task_worker()
    assert worker is not None
    assert entry.actor == worker.pk


def test_who_does_not_want_them_or_has_no_address_gets_none(mailed: Plan, smtp_inbox: Inbox) -> None:
    mailed.action(end=date(2025, 11, 28))
    mailed.action(end=date(2025, 11, 28), owner=mailed.citizen)
    operations.choose_reminders(by=mailed.worker, wanted=False)
    morning(date(2025, 11, 21))
    assert smtp_inbox.messages == []
    operations.choose_reminders(by=mailed.worker, wanted=True)
    morning(date(2025, 11, 27))
    assert len(smtp_inbox.messages) == 1


def test_R62_the_second_move_is_told_to_the_manager_once(mailed: Plan, smtp_inbox: Inbox) -> None:
    action = mailed.action(end=date(2025, 11, 28))
    with clock.at(SEVEN + timedelta(hours=1)):
        mailed.move(action, date(2025, 12, 12))
    morning(date(2025, 10, 16))
    assert smtp_inbox.to("helen@example.org") == []
    with clock.at(SEVEN + timedelta(days=1, hours=6)):
        mailed.move(action, date(2025, 12, 19))
    for day in days(date(2025, 10, 17), date(2025, 10, 20)):
        morning(day)
    (mail,) = smtp_inbox.to("helen@example.org")
    assert "moved 2 times, now 19 December 2025" in mail.get_content()


def test_a_review_that_is_due_reminds_the_manager(mailed: Plan, smtp_inbox: Inbox) -> None:
    mailed.action(end=date(2026, 9, 1))
    for day in days(date(2026, 1, 6), date(2026, 1, 9)):
        morning(day)
    (mail,) = smtp_inbox.to("helen@example.org")
    assert "Review the action plan" in mail.get_content()


def test_mail_that_fails_is_tried_again_and_nothing_is_lost(
    mailed: Plan, smtp_inbox: Inbox, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    mailed.action(end=date(2025, 11, 28))
    working, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    start = datetime(2025, 11, 21, 8, tzinfo=UTC)
    with clock.at(start):
        assert tasks.run_due().failed == 1
    assert not Reminder.objects.exists()
    settings.EMAIL_PORT = working
    with clock.at(start + timedelta(minutes=2)):
        assert tasks.run_due().done == 1
    assert len(smtp_inbox.to(ADDRESS)) == 1
    assert ADDRESS not in caplog.text


def test_a_week_without_power_is_caught_up_with_one_email(mailed: Plan, smtp_inbox: Inbox) -> None:
    mailed.action(end=date(2025, 11, 28))
    morning(date(2025, 11, 20))
    morning(date(2025, 11, 24))
    assert len(smtp_inbox.to(ADDRESS)) == 1


def test_a_retry_of_yesterday_says_nothing_today(mailed: Plan, smtp_inbox: Inbox) -> None:
    mailed.action(end=date(2025, 11, 28))
    with clock.at(datetime(2025, 11, 22, 8, tzinfo=UTC)):
        assert operations.remind(person_id=mailed.worker.pk, day=date(2025, 11, 21)) is None
    assert smtp_inbox.messages == []


def test_R66_both_are_told_of_a_handover_by_email_and_on_their_list(mailed: Plan, smtp_inbox: Inbox) -> None:
    mailed.citizen.email = "joyce@example.org"
    mailed.citizen.save()
    mailed.action("Print the card")
    operations.hand_over(
        by=mailed.facilitator, project_id=mailed.id, from_person=mailed.worker, to_person=mailed.citizen,
        note="Ward 4 knows",
    )  # fmt: skip
    tasks.run_due()
    (given,), (taken,) = smtp_inbox.to(ADDRESS), smtp_inbox.to("joyce@example.org")
    assert str(given["Subject"]) == str(taken["Subject"]) == "Actions were handed over"
    assert "handed over to Joyce Penhale" in given.get_content()
    assert "from Ruth Llewellyn" in taken.get_content()
    assert "Ward 4" not in smtp_inbox.words()
    for person in (mailed.worker, mailed.citizen):
        (handover,) = queries.handovers_of_person(person)
        assert handover.note == "Ward 4 knows"
    assert Entry.objects.filter(verb="plans.tell_of_handover").count() == 2


def test_a_handover_that_is_rolled_back_tells_nobody(mailed: Plan) -> None:
    from django.db import transaction

    mailed.action()
    before = Task.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        operations.hand_over(
            by=mailed.facilitator,
            project_id=mailed.id,
            from_person=mailed.worker,
            to_person=mailed.citizen,
            note="x",
        )
        raise ZeroDivisionError
    assert Task.objects.count() == before


@pytest.mark.parametrize(
    ("told", "today", "speaks"),
    [
        (None, date(2025, 11, 20), False), (None, date(2025, 11, 21), True),
        (date(2025, 11, 21), date(2025, 11, 26), False),
        (date(2025, 11, 20), date(2025, 11, 24), True), (date(2025, 11, 27), date(2025, 11, 28), False),
        (date(2025, 11, 28), date(2025, 11, 29), True), (date(2025, 11, 29), date(2025, 12, 5), False),
    ],
)  # fmt: skip
def test_the_days_on_which_something_is_said(told: date | None, today: date, speaks: bool) -> None:
    assert rules.time_to_remind(date(2025, 11, 28), last_told=told, today=today) is speaks
