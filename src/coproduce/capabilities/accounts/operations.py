from hmac import compare_digest
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.findings import refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import BadText, clean_name

from . import queries, rules
from .models import Person
from .terms import TASK_WORKER


@operation
def add_person(
    *,
    by: Any,
    name: str,
    email: str | None = None,
    language: str = "en-gb",
    key: UUID | None = None,
) -> Person:
    """Add someone who can be given a place in projects; with nobody acting they add themselves."""
    name, email = _named(name), (email or "").strip().lower() or None
    settle(rules.a_name_is_given(name))
    settle(rules.an_address_is_free(taken=bool(email and queries.person_by_email(email))))
    person = Person(name=name, email=email, language=language, added_at=clock.now())
    person.set_unusable_password()
    person.save(force_insert=True)
    # The ledger keeps the id: names stay where they can be erased.
    record(
        by=by or person,
        verb="accounts.add_person",
        thing=person,
        project_id=None,
        after={"person": person.pk},
    )
    return person


@operation
def add_command_line(*, key: UUID | None = None) -> Person:
    """The actor of what the command line does; one for the installation."""
    machine = queries.command_line()
    made = machine is None
    if machine is None:
        machine = Person.objects.create(is_machine=True, name="Command line", added_at=clock.now())
        machine.set_unusable_password()
        machine.save(update_fields=["password"])
    record(by=machine, verb="accounts.add_command_line", thing=machine, project_id=None, after={"made": made})
    return machine


def command_line() -> Person:
    """The actor of what the command line does; adds it the first time, and then writes nothing."""
    return queries.command_line() or add_command_line()


@operation
def add_task_worker(*, key: UUID | None = None) -> Person:
    """The actor of what the task worker does; one for the installation."""
    facts = {"name": "Task worker", "is_machine": True, "added_at": clock.now()}
    machine, made = Person.objects.get_or_create(pk=TASK_WORKER, defaults=facts)
    if made:
        machine.set_unusable_password()
        machine.save(update_fields=["password"])
    record(by=machine, verb="accounts.add_task_worker", thing=machine, project_id=None, after={"made": made})
    return machine


def task_worker() -> Person:
    """The actor of what the task worker does; adds it the first time, and then writes nothing."""
    return queries.task_worker() or add_task_worker()


@operation
def claim_installation(
    *, token: str, right_token: str, name: str, email: str, key: UUID | None = None
) -> Person:
    """Make the first person, who may do everything that keeps the installation running."""
    fits = bool(right_token) and compare_digest(token.encode(), right_token.encode())
    settle(rules.an_installation_is_claimed_once(claimed=queries.is_claimed(), token_fits=fits))
    person = add_person(by=None, name=name, email=email)
    person.is_installation_administrator = True
    person.save(update_fields=["is_installation_administrator"])
    record(
        by=person, verb="accounts.claim_installation", thing=person, project_id=None,
        after={"installation_administrator": True},
    )  # fmt: skip
    return person


@operation
def change_own_details(
    *, by: Person, name: str, display_name: str, language: str, key: UUID | None = None
) -> Person:
    """Change how one is named and spoken to."""
    name = _named(name)
    settle(rules.a_name_is_given(name))
    by.name, by.display_name, by.language = name, _named(display_name, "display_name"), language
    by.save(update_fields=["name", "display_name", "language"])
    record(by=by, verb="accounts.change_own_details", thing=by, project_id=None, after={"language": language})
    return by


def _named(name: str, field: str = "name") -> str:
    try:
        return clean_name(name)
    except BadText as bad:
        settle([refuse("name", bad.args[0], subject=field)])
        raise
