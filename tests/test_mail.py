"""The product's e-mail, over a real mail server: what arrives, to whom, and what it gives away."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.operations import add_person
from tests.support.mail import Inbox

pytestmark = pytest.mark.django_db


def _ask_for_a_code(client: Client, address: str) -> None:
    response = client.post(reverse("account_request_login_code"), {"email": address})
    assert response.status_code == 302


def test_someone_signs_in_with_the_code_from_their_inbox(client: Client, smtp_inbox: Inbox) -> None:
    add_person(by=None, name="Ada Byrne", email="ada@example.org")
    _ask_for_a_code(client, "ada@example.org")
    [message] = smtp_inbox.to("ada@example.org")
    code = _code_in(smtp_inbox.words())
    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert response.status_code == 302
    assert client.get(reverse("home")).status_code == 200
    assert "Ada" not in str(message["Subject"])
    assert code not in str(message["Subject"])


def test_an_unknown_address_gets_the_same_answer(client: Client, smtp_inbox: Inbox) -> None:
    add_person(by=None, name="Ada Byrne", email="ada@example.org")
    known = client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_wrong_code_signs_nobody_in(client: Client, smtp_inbox: Inbox) -> None:
    add_person(by=None, name="Ada Byrne", email="ada@example.org")
    _ask_for_a_code(client, "ada@example.org")
    client.post(reverse("account_confirm_login_code"), {"code": "WRONGCODE"})
    assert client.get(reverse("home")).status_code == 302


def _code_in(words: str) -> str:
    """The code stands alone on a line, or after a colon."""
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", words, re.MULTILINE)
    assert found, words
    return found[1]
