"""A letter for each person with their own points: who gets one, by which way, and never twice."""

import logging
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.feedback import operations, queries, rules
from coproduce.capabilities.feedback.models import Letter
from coproduce.capabilities.feedback.terms import LetterState, Route
from coproduce.capabilities.people import operations as people
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused, Strength
from coproduce.core.models import Payload
from tests.permissions import checks

from .factories import make_answered

FRIDAY = date(2025, 5, 16)


def arrived(ref, day, thanked_on=None):
    return SimpleNamespace(ref=ref, arrived_on=day, thanked_on=thanked_on)


@pytest.mark.parametrize(
    "today, warned",
    [(FRIDAY, False), (date(2025, 5, 19), False), (date(2025, 5, 20), True)],
)
def test_R89_a_receipt_not_sent_within_one_working_day_warns(today, warned):
    found = list(rules.a_receipt_goes_out_within_one_working_day([arrived("S01", FRIDAY)], today, "england"))
    assert [(one.rule, one.strength) for one in found] == ([("R89", Strength.WARN)] if warned else [])


def test_R89_a_bank_holiday_is_no_working_day():
    before = date(2025, 5, 23)
    tuesday, wednesday = date(2025, 5, 27), date(2025, 5, 28)
    point = arrived("S01", before)
    assert not rules.receipt_is_late(point, tuesday, "england")
    assert rules.receipt_is_late(point, wednesday, "england")


def test_R89_who_has_a_receipt_no_longer_waits():
    points = [arrived("S01", FRIDAY, thanked_on=date(2025, 6, 30))]
    assert not list(rules.a_receipt_goes_out_within_one_working_day(points, date(2025, 7, 1), "england"))


def test_by_email_goes_who_has_an_address_and_wants_it():
    assert rules.route_of(has_email=True, wants_email=True) is Route.EMAIL
    assert rules.route_of(has_email=True, wants_email=False) is Route.PRINT
    assert rules.route_of(has_email=False, wants_email=True) is Route.PRINT


# What people do


@pytest.fixture
def told(db):
    """Published: Priya's four points, who has an address, and one of Len's, who has none and said it on paper."""
    answered = make_answered(contact_route="email")
    answered.draft.citizen.email = "priya@example.org"
    answered.draft.citizen.save()
    answered.len = add_person(by=None, name="Len Bartram")
    answered.paper = answered.suggest(
        "A visit within two hours", "declined", by=answered.draft.facilitator, author=answered.len,
        channel="paper", reason="I sat in the cold.",
    )  # fmt: skip
    answered.state(*answered.suggestions)
    answered.state(answered.paper, facts={"heading": "First visit", "did": "It is tried out."})
    operations.publish(by=answered.draft.manager, **answered.at)
    return answered


def make(answered, kind="answers", **more):
    return operations.make_letters(by=answered.draft.facilitator, **answered.at, kind=kind, **more)


def client_of(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(answered, kind="answers", by=None):
    at = reverse("feedback:send_letters", args=[answered.draft.project.pk, answered.draft.document.pk])
    return client_of(by or answered.draft.facilitator).post(at, {"kind": kind}, follow=True).content.decode()


def page(answered, name, *rest, by=None, **query):
    at = reverse(f"feedback:{name}", args=[answered.draft.project.pk, *rest])
    return client_of(by or answered.draft.facilitator).get(at, query).content.decode()


def test_each_author_gets_one_letter_with_all_of_their_points(told):
    make(told)
    found = {
        one.person.name: (one.route, len(one.points)) for one in queries.letters_of(told.draft.document.pk)
    }
    assert found == {told.draft.citizen.name: ("email", 4), "Len Bartram": ("print", 1)}


def test_making_them_again_makes_none(told):
    make(told)
    with pytest.raises(Refused, match="Nothing has changed"):
        make(told)
    assert Letter.objects.count() == 2


def test_letters_wait_for_the_signature(db):
    answered = make_answered()
    with pytest.raises(Refused, match="Publish the answers first"):
        make(answered)


def test_the_database_tells_nobody_the_same_twice(told):
    make(told)
    copied = ("report_id", "person_id", "kind", "route", "digest", "made_at")
    twin = Letter(**Letter.objects.values(*copied)[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_no_letter_is_deleted(told):
    make(told)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.all().delete()


def test_an_update_is_news_for_those_whose_point_it_answers_and_for_nobody_else(told):
    facts = {"will": "Print it.", "will_by": clock.today() + timedelta(days=9)}
    statement = queries.statements_of(told.draft.document.pk).first()
    told.state(*told.suggestions, statement_id=statement.pk, facts=facts)
    operations.publish(by=told.draft.manager, **told.at)
    make(told)
    operations.add_update(
        by=told.draft.facilitator, project_id=told.draft.project.pk, statement_id=statement.pk,
        progress="done", words="It is printed.",
    )  # fmt: skip
    make(told)
    waiting = queries.letters_of(told.draft.document.pk).filter(state=LetterState.WAITING)
    assert sorted((one.person.name, one.route) for one in waiting) == [
        ("Len Bartram", "print"), (told.draft.citizen.name, "email"),
    ]  # fmt: skip
    # The first one to her had not gone out yet: the newer one takes its place.
    assert Letter.objects.filter(state=LetterState.REPLACED).count() == 1


def test_publishing_again_without_a_change_is_no_news(told):
    make(told)
    operations.publish(by=told.draft.manager, **told.at)
    with pytest.raises(Refused, match="Nothing has changed"):
        make(told)


def test_who_asked_to_be_told_gets_a_letter_without_points(told):
    runs = {"by": told.draft.facilitator, "project_id": told.draft.project.pk}
    group = people.add_group(**runs, name="Neighbours", kind="residents")
    people.add_seat(**runs, main_group_id=group.pk, name="Ada Byrne", wants_outcomes=True)
    make(told)
    (letter,) = queries.letters_of(told.draft.document.pk).filter(person__name="Ada Byrne")
    assert letter.points == []
    assert "How the whole work is going" in page(told, "letter", letter.pk)


def test_one_press_sends_every_email_and_a_second_one_none(told, smtp_inbox):
    assert "1 letter is sent by e-mail." in press(told)
    assert "Everybody has their letter" in press(told)
    (message,) = smtp_inbox.messages
    assert told.draft.citizen.email in str(message["X-Envelope-To"])
    text = message.get_content()
    for words in ("S01", "Words about accepted", "Declined", "The law says so.", "Nights are in."):
        assert words in text
    assert "two hours" not in text


def test_the_subject_names_neither_person_nor_project_nor_point(told, smtp_inbox):
    press(told)
    subject = str(smtp_inbox.messages[0]["Subject"])
    for words in (told.draft.citizen.name, told.draft.project.title, "S01", "Words"):
        assert words not in subject


def test_who_has_the_letter_knows_the_answer(told, smtp_inbox):
    press(told)
    decisions = drafting.current_decisions(one.pk for one in told.suggestions)
    assert {one.told_on for one in decisions.values()} == {clock.today()}
    assert drafting.current_decisions([told.paper.pk])[told.paper.pk].told_on is None


def test_a_mail_server_that_is_not_there_loses_nothing_and_names_nobody(told, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with caplog.at_level(logging.DEBUG):
        shown = press(told)
    assert "1 letter could not be sent. It is listed below." in shown
    (letter,) = Letter.objects.filter(route=Route.EMAIL)
    assert (letter.state, letter.fault) == (LetterState.FAILED, "ConnectionRefusedError")
    assert told.draft.citizen.email not in caplog.text
    assert "Words about" not in caplog.text


def test_a_failed_letter_is_sent_when_it_is_let_wait_again(told, settings, smtp_inbox):
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    settings.EMAIL_PORT = 9
    press(told)
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    press(told)
    assert not smtp_inbox.messages
    (letter,) = Letter.objects.filter(route=Route.EMAIL)
    again(told, letter, "email")
    press(told)
    assert len(smtp_inbox.messages) == 1


def again(answered, letter, route):
    at = reverse("feedback:letter_again", args=[answered.draft.project.pk, letter.pk])
    return client_of(answered.draft.facilitator).post(at, {"route": route})


def test_one_refused_address_does_not_stop_the_others(told, smtp_inbox):
    second = add_person(by=None, name="Zoe Last", email="zoe@example.org")
    point = told.suggest(
        "From outside", "accepted", by=told.draft.facilitator, author=second, channel="phone"
    )
    told.state(point)
    operations.publish(by=told.draft.manager, **told.at)

    async def refuses(server, session, envelope, address, options):
        if address == told.draft.citizen.email:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    smtp_inbox.handle_RCPT = refuses
    shown = press(told)
    assert "1 letter is sent by e-mail." in shown
    assert "1 letter could not be sent." in shown
    assert [str(message["X-Envelope-To"]) for message in smtp_inbox.messages] == ["zoe@example.org"]
    assert Letter.objects.get(state=LetterState.FAILED).fault == "the address was refused"


def test_a_letter_of_which_nothing_was_heard_is_not_sent_again_unasked(told, smtp_inbox):
    make(told)
    (letter,) = queries.emails_waiting(told.draft.document.pk)
    at = {"by": told.draft.facilitator, "project_id": told.draft.project.pk, "letter_id": letter.pk}
    operations.take_letter(**at)
    with pytest.raises(NotThere):
        operations.take_letter(**at)
    press(told)
    assert not smtp_inbox.messages
    assert "of 1 letter we do not know whether it arrived" in page(told, "letters", told.draft.document.pk)


def test_what_takes_too_long_waits_for_the_next_press(told, smtp_inbox):
    make(told)
    write = {"write": lambda letter: operations.Mail("A subject", "Words")}
    at = {"by": told.draft.facilitator, **told.at}
    assert operations.send_waiting(**at, **write, seconds=0).left == 1
    assert operations.send_waiting(**at, **write).sent == 1
    assert len(smtp_inbox.messages) == 1


def test_letters_on_paper_are_printed_and_noted_once(told):
    make(told)
    document = told.draft.document.pk
    shown = page(told, "print_letters", document)
    for words in ("Len Bartram", "A visit within two hours", "I sat in the cold.", "It is tried out."):
        assert words in shown
    assert "Words about accepted" not in shown
    (letter,) = queries.prints_waiting(document)
    at = reverse("feedback:hand_over", args=[told.draft.project.pk, document])
    for _ in range(2):
        client_of(told.draft.facilitator).post(at, {"letter": str(letter.pk), "how": "by letter"})
    letter.refresh_from_db()
    assert (letter.state, letter.sent_on) == (LetterState.SENT, clock.today())
    assert drafting.current_decisions([told.paper.pk])[told.paper.pk].told_how == "by letter"
    assert "Nothing to print" in page(told, "print_letters", document)


def test_a_sent_letter_is_not_sent_again(told):
    make(told)
    (letter,) = queries.prints_waiting(told.draft.document.pk)
    operations.hand_over(
        by=told.draft.facilitator, **told.at, letter_ids=[letter.pk], how="in person", on=clock.today()
    )
    with pytest.raises(Refused, match="sent already"):
        operations.try_again(
            by=told.draft.facilitator, project_id=told.draft.project.pk, letter_id=letter.pk, route="print"
        )


def test_an_email_that_failed_goes_on_paper(told, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    press(told)
    again(told, Letter.objects.get(state=LetterState.FAILED), "print")
    assert len(queries.prints_waiting(told.draft.document.pk)) == 2


def test_thanks_go_to_those_for_whom_somebody_else_typed(told, smtp_inbox):
    press(told, "thanks")
    (letter,) = Letter.objects.filter(kind="thanks")
    assert (letter.person, letter.points) == (told.len, [str(told.paper.pk)])
    assert "We have your suggestion. Thank you for it." in page(told, "letter", letter.pk)


def test_R89_the_page_warns_of_receipts_that_are_late(told):
    later = clock.now() + timedelta(days=5)
    with clock.at(later):
        shown = page(told, "letters", told.draft.document.pk)
        assert f"No receipt yet after one working day: {told.paper.ref}" in shown
        assert "No receipt yet" in page(told, "statements")
        make(told, "thanks")
        (letter,) = queries.prints_waiting(told.draft.document.pk)
        operations.hand_over(by=told.draft.facilitator, **told.at, letter_ids=[letter.pk], how="by letter")
        assert "No receipt yet" not in page(told, "letters", told.draft.document.pk)


def test_everyone_reads_their_own_points_and_nobody_elses(told):
    shown = page(told, "my_letter", by=told.draft.citizen)
    assert "Words about accepted" in shown
    assert "two hours" not in shown
    assert "You have made no suggestion here" in page(told, "my_letter", by=told.draft.manager)


def test_what_has_no_answer_in_public_yet_is_named(told):
    later = told.suggest("One more thing")
    shown = page(told, "my_letter", by=told.draft.citizen)
    assert "Still waiting for an answer in public" in shown
    assert later.words in shown


def test_a_participant_reaches_no_letter_of_others(told):
    make(told)
    letter = Letter.objects.first()
    with pytest.raises(NotThere):
        queries.letter_for(told.draft.citizen, told.draft.project.pk, letter.pk, Purpose.RUN)


def test_no_address_and_no_words_of_a_person_are_in_the_ledger_of_letters(told, smtp_inbox):
    press(told)
    said = Payload.objects.filter(entry__verb__in=["feedback.make_letters", "feedback.note_letter"])
    words = " ".join(str(payload.content) for payload in said)
    assert said.count() >= 3
    assert told.draft.citizen.email not in words
    assert "Words about" not in words


def test_the_record_leaves_out_how_people_are_reached(told):
    make(told)
    rows = queries.rows_for_record(told.draft.project.pk)["letters"]
    assert len(rows) == 2
    assert all("route" not in row and "fault" not in row for row in rows)


def test_a_hundred_letters_ask_no_more_of_the_database(told):
    def asked():
        client = client_of(told.draft.facilitator)
        for name in ("letters", "print_letters"):
            at = reverse(f"feedback:{name}", args=[told.draft.project.pk, told.draft.document.pk])
            client.get(at)
            with checks.listening() as found:
                client.get(at)
            yield found.count()

    make(told)
    few = list(asked())
    for number in range(20):
        person = add_person(by=None, name=f"Neighbour {number}")
        point = told.suggest(
            f"Idea {number}", "accepted", by=told.draft.facilitator, author=person, channel="phone"
        )
        told.state(point)
    operations.publish(by=told.draft.manager, **told.at)
    make(told)
    assert list(asked()) == few
    assert max(few) <= 12
