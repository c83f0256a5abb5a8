"""The only way to ciphertext. On PostgreSQL the web process may not read that column: the database gives the bodies
out through `rounds_bodies`, to their author, or for a round whose first answers are sealed. SQLite has this way only.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from ..models import Answer, Round

_PERSON, _SEALING = "app.person", "app.sealing"


def with_bodies(the_round: Round, answers: Collection[Answer]) -> list[Answer]:
    """These revisions with their ciphertext, for the moment at which they open."""
    with _claiming(_SEALING, the_round.pk):
        _fetch(answers)
    for answer in answers:
        answer.round = the_round
    return list(answers)


def with_own_body(answer: Answer, person_id: UUID) -> Answer:
    """One revision with its ciphertext, for its author."""
    with in_the_name_of(person_id):
        _fetch([answer])
    return answer


@contextmanager
def in_the_name_of(person_id: UUID) -> Iterator[None]:
    """Tell the database who is asking, until the end of the block: it takes no answer in the name of others."""
    with _claiming(_PERSON, person_id):
        yield


@contextmanager
def _claiming(name: str, value: UUID) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    # Of the transaction and not of the connection, which the next request may get from a pool. Without a savepoint:
    # when something fails in here, the whole operation is undone, and the claim with it.
    with transaction.atomic(savepoint=False):
        _set(name, str(value))
        yield
        _set(name, "")


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _fetch(answers: Collection[Answer]) -> None:
    """Into the rows that came without; one query."""
    waiting = {answer.pk: answer for answer in answers if "ciphertext" in answer.get_deferred_fields()}
    found = (
        _from_postgresql(list(waiting)) if connection.vendor == "postgresql" else _from_table(list(waiting))
    )
    for id, ciphertext in found.items() if waiting else ():
        waiting[id].ciphertext = ciphertext
    if len(found) < len(waiting):
        raise RuntimeError("The database keeps the answers of this round closed.")


def _from_table(ids: list[UUID]) -> dict[UUID, bytes]:
    rows = Answer.objects.defer(None).only("ciphertext").in_bulk(ids)
    return {id: bytes(row.ciphertext) for id, row in rows.items()}


def _from_postgresql(ids: list[UUID]) -> dict[UUID, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ciphertext FROM rounds_bodies(%s::uuid[])", [ids])
        return {id: bytes(ciphertext) for id, ciphertext in cursor.fetchall()}
