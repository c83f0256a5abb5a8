import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from coproduce.capabilities.accounts.operations import task_worker
from coproduce.capabilities.barriers.models import Asking
from coproduce.capabilities.barriers.operations import check_back
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people import queries as people_queries
from coproduce.capabilities.review import operations, queries, tasks
from coproduce.capabilities.review.models import Review, Voice, YearLetter
from coproduce.capabilities.signoff import queries as signoff
from coproduce.capabilities.signoff import tasks as signoff_tasks
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Override, Refused
from coproduce.core.ids import uuid7
from coproduce.core.ledger.checking import objects_without_entry, verify_database
from coproduce.core.tasks import Due

from .factories import DUE, LOOKED, NEXT, OPENS, YearOn, a_year_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(db: None) -> YearOn:
    return a_year_on()


@pytest.fixture(autouse=True)
def _thirty_days_before() -> Iterator[None]:
    with clock.at(OPENS):
        yield


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.subject) for finding in refused.value.findings}


def letters(review: Review) -> dict[str, YearLetter]:
    return {one.person.name: one for one in queries.letters_of(review)}


def test_R99_it_opens_by_itself_30_days_before_and_not_a_day_earlier(year: YearOn) -> None:
    tasks.open_what_is_due(Due(date(2026, 9, 14)))
    assert not Review.objects.exists()
    tasks.open_what_is_due(Due(date(2026, 9, 15)))
    tasks.open_what_is_due(Due(date(2026, 9, 15)))
    review = Review.objects.get()
    assert (review.due_on, review.opened_by, review.number) == (DUE, task_worker(), 1)
    assert verify_database(year.id).whole


def test_R99_after_a_machine_was_off_the_review_still_opens(year: YearOn) -> None:
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        tasks.open_what_is_due(Due(date(2026, 12, 1)))
    assert Review.objects.get().due_on == DUE


def test_one_project_that_fails_keeps_no_other_waiting(year: YearOn, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [SimpleNamespace(pk=uuid7(), project_id=uuid7())]
    monkeypatch.setattr(tasks.queries, "to_open", lambda found: [*first, *found])
    with pytest.raises(NotThere):
        tasks.open_what_is_due(Due(date(2026, 9, 15)))
    assert Review.objects.count() == 1


def test_R99_who_opted_in_is_invited_and_who_raised_a_barrier_is_asked_each_by_their_own_way(
    year: YearOn,
) -> None:
    review = year.open()
    found = {name: (one.invites, one.asks, one.route, one.state) for name, one in letters(review).items()}
    assert found == {
        "Aisha Khan": (False, True, "print", "waiting"),
        "Grace Adams": (True, False, "email", "waiting"),
    }


def test_R99_the_worker_sends_the_e_mail_once_and_the_paper_is_noted_when_it_has_gone(year: YearOn) -> None:
    review = year.open()
    for _time in range(2):
        tasks.send_waiting(Due(date(2026, 9, 15), str(review.pk)))
    assert [message.to for message in mail.outbox] == [["grace@example.org"]]
    assert "Home After Hospital" not in mail.outbox[0].subject
    assert f"/reviews/{review.pk}/" in mail.outbox[0].body
    assert not Asking.objects.exists()
    waiting = [one.pk for one in queries.prints_waiting(review)]
    for _time in range(2):
        operations.hand_over(
            by=year.manager, project_id=year.id, review_id=review.pk, letter_ids=waiting, how="by post"
        )
    assert [(one.person, one.by) for one in Asking.objects.all()] == [(year.carer, year.manager)]
    assert {one.state for one in letters(review).values()} == {"sent"}
    assert objects_without_entry() == []


def test_who_took_back_their_wish_gets_no_letter(year: YearOn) -> None:
    review = year.open()
    seat = people_queries.seat_of(year.guest, year.id)
    assert seat is not None
    people.choose(by=year.guest, project_id=year.id, seat_id=seat.pk, changes={"wants_review": False})
    tasks.send_waiting(Due(date(2026, 9, 15)))
    assert mail.outbox == []
    assert letters(review)["Grace Adams"].state == "dropped"


def test_a_letter_that_the_server_refused_is_noted_without_the_address(
    year: YearOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.mail.backends import locmem

    def refuse(self: Any, messages: Any) -> int:
        raise ConnectionRefusedError("grace@example.org")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    review = year.open()
    tasks.send_waiting(Due(date(2026, 9, 15)))
    failed = letters(review)["Grace Adams"]
    assert (failed.state, failed.fault) == ("failed", "ConnectionRefusedError")
    again = operations.try_again(by=year.facilitator, project_id=year.id, letter_id=failed.pk, route="print")
    assert (again.state, again.route) == ("waiting", "print")


def test_it_is_opened_once_and_by_nobody_from_outside(year: YearOn) -> None:
    for person in (year.carer, year.guest):
        with pytest.raises(NotThere):
            year.open(by=person)
    key = uuid7()
    about = {"by": year.manager, "project_id": year.id, "sign_off_id": year.signed.pk, "key": key}
    assert operations.open_review(**about).pk == operations.open_review(**about).pk
    with pytest.raises(Refused, match="open already"):
        year.open()


def test_C20_what_is_missing_is_named_and_a_gap_of_benefits_needs_a_named_reason(year: YearOn) -> None:
    review = year.open()
    with clock.at(LOOKED), pytest.raises(Refused) as refused:
        year.close(review)
    assert rules_of(refused) == {
        ("C20", name) for name in ("still_needed", "did_not_work", "learned", "outcome", "outcome_why", "benefits")
    }  # fmt: skip
    year.write(review)
    operations.write_review(
        by=year.facilitator, project_id=year.id, review_id=review.pk, changes={}, benefits=[]
    )
    with clock.at(LOOKED):
        with pytest.raises(Refused) as refused:
            year.close(review)
        assert rules_of(refused) == {("C20", "benefits")}
        closed = year.close(review, override=Override("The count comes in spring."))
    assert closed.override_reason == "The count comes in spring."


def test_R97_closing_sets_the_next_date_within_a_year_of_the_review(year: YearOn) -> None:
    review = year.write(year.open())
    with clock.at(LOOKED):
        for wrong in (None, date(2027, 10, 2), date(2026, 10, 1)):
            with pytest.raises(Refused, match="R97"):
                year.close(review, next_review_on=wrong)
        closed = year.close(review)
    signed = signoff.latest(year.id)
    assert signed is not None
    assert (closed.state, signed.due_on, signed.reviewed_on) == ("closed", NEXT, date(2026, 10, 1))
    with clock.at(datetime(2027, 8, 31, 9, tzinfo=UTC)):
        tasks.open_what_is_due(Due(date(2027, 8, 31)))
        assert Review.objects.count() == 1
    with clock.at(datetime(2027, 9, 1, 9, tzinfo=UTC)):
        tasks.open_what_is_due(Due(date(2027, 9, 1)))
    assert list(Review.objects.order_by("number").values_list("due_on", flat=True)) == [DUE, NEXT]


def test_what_stops_is_not_looked_at_again(year: YearOn) -> None:
    review = year.write(year.open(), outcome="stop", outcome_why="The need is gone.")
    with clock.at(LOOKED):
        year.close(review, next_review_on=None)
    with clock.at(datetime(2030, 1, 1, tzinfo=UTC)):
        tasks.open_what_is_due(Due(date(2030, 1, 1)))
        assert signoff.overdue_banner(year.id) == []
    assert Review.objects.count() == 1
    with pytest.raises(Refused, match="ended it"):
        year.open()


def test_only_the_manager_closes_and_afterwards_nothing_changes(year: YearOn) -> None:
    review = year.write(year.open())
    with pytest.raises(NotThere):
        operations.close_review(
            by=year.facilitator, project_id=year.id, review_id=review.pk, next_review_on=NEXT
        )
    with clock.at(LOOKED):
        closed = year.close(review)
    for act in (
        lambda: year.write(closed),
        lambda: year.close(closed),
        lambda: operations.say(by=year.carer, project_id=year.id, review_id=closed.pk, words="Later."),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


def test_the_figures_of_the_day_of_closing_stay(year: YearOn) -> None:
    review = year.write(year.open())
    (told,) = queries.told_of(review, clock.today())
    assert str(told.sentence) == "Raisers have said what became of 0 of 1 barriers that have a response."
    with clock.at(LOOKED):
        closed = year.close(review)
    from coproduce.capabilities.barriers.models import Barrier

    check_back(by=year.carer, project_id=year.id, barrier_id=Barrier.objects.get().pk, said="gone")
    assert [str(one.sentence) for one in queries.told_of(closed, clock.today())] == [str(told.sentence)]
    assert "1 of 1" in str(queries.told_today(year.id, clock.today())[0].sentence)


def test_a_section_from_above_joins_the_review(year: YearOn, monkeypatch: pytest.MonkeyPatch) -> None:
    from coproduce.capabilities.review.queries import sections
    from coproduce.capabilities.review.terms import Told

    monkeypatch.setattr(sections, "_sections", dict(sections._sections))
    queries.add_section(
        queries.Section("moon", "The moon", lambda project, day: Told("The moon", "It is full."))
    )
    review = year.write(year.open())
    with clock.at(LOOKED):
        closed = year.close(review)
    assert "It is full." in [one.sentence for one in queries.told_of(closed, clock.today())]


def test_one_year_on_goes_to_everyone_who_opted_in_with_their_own_points(year: YearOn) -> None:
    review = year.write(year.open())
    with clock.at(LOOKED):
        closed = year.close(review)
    told = list(queries.letters_of(closed, "year_on"))
    assert [one.person for one in told] == [year.guest]
    tasks.send_waiting(Due(date(2026, 10, 1)))
    body = mail.outbox[-1].body
    for words in ("Keep it as it is", "before 41%, now 80%", "The night line was busy.", "1 October 2027"):
        assert words in body
    assert f"/reviews/{closed.pk}/report/" in body


def test_one_year_on_tells_a_person_what_became_of_their_own_barrier(year: YearOn) -> None:
    seat = people_queries.seat_of(year.carer, year.id)
    assert seat is not None
    people.choose(by=year.carer, project_id=year.id, seat_id=seat.pk, changes={"wants_outcomes": True})
    review = year.write(year.open())
    with clock.at(LOOKED):
        closed = year.close(review)
    sheets = queries.Sheets(closed)
    mine = {one.person.name: sheets.of(one) for one in queries.letters_of(closed, "year_on")}
    assert [one.barrier.statement for one in mine["Aisha Khan"].barriers] == ["Nobody asked me."]
    assert list(mine["Grace Adams"].barriers) == []


def test_people_say_how_it_is_and_their_words_stay(year: YearOn) -> None:
    review = year.open()
    own = operations.say(by=year.carer, project_id=year.id, review_id=review.pk, words="It is better now.")
    theirs = operations.say(
        by=year.facilitator, project_id=year.id, review_id=review.pk, words="She said: less waiting.",
        on_behalf_of=year.guest,
    )  # fmt: skip
    assert (own.person, theirs.person, theirs.entered_by) == (year.carer, year.guest, year.facilitator)
    with pytest.raises(NotThere):
        operations.say(
            by=year.carer, project_id=year.id, review_id=review.pk, words="Words of another.",
            on_behalf_of=year.guest,
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Voice.objects.filter(pk=own.pk).update(words="It is fine.")


def test_R98_both_are_reminded_by_themselves_on_two_days_and_never_twice(year: YearOn) -> None:
    for person, address in ((year.manager, "m@example.org"), (year.facilitator, "f@example.org")):
        person.email = address
        person.save(update_fields=["email"])

    def on(day: date) -> list[list[str]]:
        mail.outbox.clear()
        with clock.at(datetime(day.year, day.month, day.day, 8, tzinfo=UTC)):
            signoff_tasks.remind(Due(day))
        return sorted(message.to for message in mail.outbox)

    both = [["f@example.org"], ["m@example.org"]]
    assert on(date(2026, 9, 14)) == []
    assert on(date(2026, 9, 15)) == both
    assert on(date(2026, 9, 16)) == []
    assert on(DUE) == both
    assert on(DUE + timedelta(days=1)) == []
    assert all(re.search(r"looked at again by", message.body) for message in mail.outbox)
    assert len(signoff.reminders_of(year.signed)) == 4
    assert verify_database(year.id).whole


def test_R98_who_has_no_address_is_reminded_on_the_page(year: YearOn) -> None:
    signoff_tasks.remind(Due(date(2026, 9, 15)))
    assert mail.outbox == []
    assert {one.state for one in signoff.reminders_of(year.signed)} == {"on_page"}
