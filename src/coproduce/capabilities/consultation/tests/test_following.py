"""“Tell me what happened”: asked, confirmed, left; over a real mail server."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.consultation import operations, queries
from coproduce.capabilities.consultation.models import Follower
from coproduce.core import clock
from tests.support.mail import Inbox

from .factories import AFTER, DURING, Asking, make_asking

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "maureen@example.org"


@pytest.fixture
def opened() -> Asking:
    cache.clear()
    return make_asking(opened=True)


def ask(asking: Asking, address: str = ADDRESS, **more: Any) -> Any:
    with clock.at(DURING):
        path = reverse("consultation:follow", args=[asking.consultation.pk])
        return Client().post(path, {"email": address, **more})


def link(words: str, kind: str) -> str:
    found = re.search(rf"http://testserver(/consultations/follow/{kind}/\S+)", words)
    assert found
    return found[1]


def test_an_address_is_written_to_only_after_its_owner_confirms(opened: Asking, smtp_inbox: Inbox) -> None:
    assert ask(opened).status_code == 302
    [mail] = smtp_inbox.to(ADDRESS)
    assert not queries.followers_of(opened.consultation).exists()
    confirm = link(str(mail.get_content()), "confirm")
    # A mail program that opens every link must not confirm for them.
    assert Client().get(confirm).status_code == 200
    assert not queries.followers_of(opened.consultation).exists()
    Client().post(confirm)
    Client().post(confirm)
    assert queries.followers_of(opened.consultation).count() == 1


def test_the_subject_and_the_ledger_hold_nothing_of_the_person(opened: Asking, smtp_inbox: Inbox) -> None:
    from coproduce.core.models import Payload

    ask(opened)
    [mail] = smtp_inbox.to(ADDRESS)
    assert opened.consultation.title not in str(mail["Subject"])
    assert not any(ADDRESS in str(one.content) for one in Payload.objects.all())


def test_asking_again_tells_nobody_whether_the_address_is_known(opened: Asking, smtp_inbox: Inbox) -> None:
    first = ask(opened)
    Client().post(link(str(smtp_inbox.to(ADDRESS)[0].get_content()), "confirm"))
    again = ask(opened, ADDRESS.upper())
    assert (first.status_code, first.url) == (again.status_code, again.url)
    assert len(smtp_inbox.to(ADDRESS)) == Follower.objects.count() == 1


def test_whoever_leaves_is_forgotten(opened: Asking, smtp_inbox: Inbox) -> None:
    ask(opened)
    words = str(smtp_inbox.to(ADDRESS)[0].get_content())
    Client().post(link(words, "confirm"))
    Client().post(link(words, "leave"))
    Client().post(link(words, "leave"))
    [left] = Follower.objects.all()
    assert (left.email, left.left_at is not None) == ("", True)
    assert not queries.followers_of(opened.consultation).exists()


def test_a_wrong_link_is_not_there(opened: Asking) -> None:
    for token in ("nonsense", f"{opened.consultation.pk}:abc"):
        assert Client().get(reverse("consultation:confirm", args=[token])).status_code == 404
        assert Client().post(reverse("consultation:leave", args=[token])).status_code == 404


def test_the_link_to_leave_does_not_confirm(opened: Asking, smtp_inbox: Inbox) -> None:
    ask(opened)
    token = link(str(smtp_inbox.to(ADDRESS)[0].get_content()), "leave").split("/")[-2]
    assert Client().post(reverse("consultation:confirm", args=[token])).status_code == 404


def test_the_report_goes_out_to_those_who_confirmed_once(opened: Asking, smtp_inbox: Inbox) -> None:
    ask(opened)
    ask(opened, "colin@example.org")
    Client().post(link(str(smtp_inbox.to(ADDRESS)[0].get_content()), "confirm"))
    opened.close()
    operations.write_report(**opened.lead, said_words="", decided_words="Agreed.", connect_words="")
    with clock.at(AFTER):
        operations.publish_report(**opened.lead, site="http://testserver")
        operations.publish_report(**opened.lead, site="http://testserver")
    _question, report = smtp_inbox.to(ADDRESS)
    assert f"http://testserver/consultations/{opened.consultation.pk}/report/" in str(report.get_content())
    assert link(str(report.get_content()), "leave")
    assert len(smtp_inbox.to("colin@example.org")) == 1


def test_a_mail_server_that_does_not_answer_loses_no_reply(opened: Asking, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert ask(opened).status_code == 302
    assert Follower.objects.get().confirmed_at is None


def test_a_program_that_fills_every_box_and_a_flood_are_held_back(opened: Asking, smtp_inbox: Inbox) -> None:
    assert ask(opened, website="http://spam.example").status_code == 200
    assert not smtp_inbox.messages
    for number in range(10):
        ask(opened, f"someone{number}@example.org")
    assert len(smtp_inbox.messages) == 6
