import pytest

from coproduce.capabilities.accounts import operations, queries
from coproduce.core.findings import Refused
from coproduce.core.models import Entry, Payload

pytestmark = pytest.mark.django_db
ADA = {"name": "Ada Keeper", "email": "Ada@Example.org"}


def test_an_installation_is_claimed_once_with_the_right_token() -> None:
    with pytest.raises(Refused, match="does not work"):
        operations.claim_installation(token="guess", right_token="secret", **ADA)
    ada = operations.claim_installation(token="secret", right_token="secret", **ADA)
    assert ada.is_installation_administrator
    assert queries.is_claimed()
    with pytest.raises(Refused, match="does not work"):
        operations.claim_installation(
            token="secret", right_token="secret", name="Eve", email="eve@example.org"
        )


def test_an_empty_token_claims_nothing() -> None:
    with pytest.raises(Refused):
        operations.claim_installation(token="", right_token="", **ADA)


def test_two_people_cannot_share_an_address_in_another_spelling() -> None:
    ada = operations.add_person(by=None, **ADA)
    with pytest.raises(Refused, match="already uses"):
        operations.add_person(by=ada, name="Another", email="ADA@example.ORG")


def test_people_without_an_address_are_as_many_as_they_are() -> None:
    ada = operations.add_person(by=None, **ADA)
    len_, joyce = (operations.add_person(by=ada, name=name) for name in ("Len", "Joyce"))
    assert len_.email is None
    assert joyce.email is None
    assert not len_.has_usable_password()


@pytest.mark.parametrize("name", ["", "   ", "Len\u202egnp"])
def test_a_name_that_says_nothing_or_misleads_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        operations.add_person(by=None, name=name)


def test_the_ledger_holds_ids_and_no_names() -> None:
    operations.add_person(by=None, **ADA)
    [payload] = Payload.objects.filter(entry__verb="accounts.add_person")
    assert "Ada" not in str(payload.content)
    assert "example.org" not in str(payload.content).lower()


def test_the_command_line_is_one_person_and_is_added_once() -> None:
    first = operations.command_line()
    entries = Entry.objects.count()
    assert operations.command_line() == first
    assert Entry.objects.count() == entries
    assert not queries.is_claimed()
