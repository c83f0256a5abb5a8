from collections.abc import Iterable
from uuid import UUID

from .models import Person
from .terms import TASK_WORKER


def person(person_id: UUID) -> Person:
    return Person.objects.get(pk=person_id)


def person_by_email(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email).first()


def people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The people with these ids, by id."""
    return Person.objects.in_bulk(list(ids))


def is_claimed() -> bool:
    """Whether the installation has an administrator."""
    return Person.objects.filter(is_installation_administrator=True, is_active=True).exists()


def command_line() -> Person | None:
    """The actor of what the command line does."""
    return Person.objects.filter(is_machine=True).exclude(pk=TASK_WORKER).first()


def task_worker() -> Person | None:
    """The actor of what the task worker does."""
    return Person.objects.filter(pk=TASK_WORKER).first()
