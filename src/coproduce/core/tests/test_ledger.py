from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from coproduce.capabilities.accounts.operations import add_command_line, add_person
from coproduce.capabilities.projects import operations as projects
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ledger.chain import GENESIS, entry_hash, payload_digest
from coproduce.core.ledger.writing import append, facts_of, plain
from coproduce.core.models import Chain, Entry, Payload
from coproduce.core.operations import NothingRecorded, operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine() -> Any:
    return add_command_line()


@pytest.fixture
def project(machine: Any) -> Any:
    return projects.start_project(by=machine, title="Home", summary="Better days.")


def entries(project: Any) -> list[Entry]:
    return list(Entry.objects.filter(chain=str(project.pk)).order_by("seq"))


def test_each_entry_follows_the_one_before(project: Any) -> None:
    kept = entries(project)
    assert [entry.seq for entry in kept] == list(range(1, len(kept) + 1))
    assert [entry.previous for entry in kept] == [GENESIS, *(entry.hash for entry in kept[:-1])]
    assert all(entry.hash == entry_hash(facts_of(entry)) for entry in kept)
    assert Chain.objects.get(pk=str(project.pk)).head == kept[-1].hash


def test_the_hash_covers_the_words_by_a_keyed_digest(project: Any) -> None:
    payload = Payload.objects.get(entry=entries(project)[0])
    assert payload.content["after"]["title"] == "Home"
    assert payload_digest(bytes(payload.key), payload.content) == entries(project)[0].payload_digest


def test_the_chain_holds_when_the_words_are_erased(project: Any) -> None:
    Payload.objects.filter(entry=entries(project)[0]).delete()
    fresh = Entry.objects.get(pk=entries(project)[0].pk)
    assert fresh.hash == entry_hash(facts_of(fresh))


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(project: Any, change: str) -> None:
    rows = Entry.objects.filter(chain=str(project.pk))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(verb="x") if change == "update" else rows._raw_delete(rows.db)


def test_the_database_refuses_to_rewrite_the_words_of_an_entry(project: Any) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Payload.objects.filter(entry=entries(project)[0]).update(content={})


def test_an_entry_needs_the_transaction_of_its_change(machine: Any) -> None:
    from django.db import connection

    if connection.in_atomic_block:
        connection.in_atomic_block = False
        try:
            with pytest.raises(RuntimeError, match="transaction"):
                append(chain="x", actor=machine.pk, verb="v", thing=machine, payload={})
        finally:
            connection.in_atomic_block = True


def test_the_order_never_comes_from_the_clock(project: Any, machine: Any) -> None:
    with clock.at(datetime.now(UTC) - timedelta(days=400)):
        projects.write_foreword(by=machine, project_id=project.pk, changes={"why_now": "Because."})
    kept = entries(project)
    assert kept[-1].at < kept[0].at
    assert kept[-1].previous == kept[-2].hash


def test_the_same_request_twice_writes_once_and_gives_the_same(machine: Any) -> None:
    key = uuid4()
    made = [projects.start_project(by=machine, title="T", summary="S", key=key) for _time in range(5)]
    assert len({project.pk for project in made}) == 1
    assert len(entries(made[0])) == 2


def test_somebody_elses_request_key_opens_nothing(machine: Any) -> None:
    key = uuid4()
    projects.start_project(by=machine, title="T", summary="S", key=key)
    stranger = add_person(by=machine, name="Stranger")
    with pytest.raises(NotThere):
        projects.start_project(by=stranger, title="T", summary="S", key=key)


def test_a_refused_operation_leaves_nothing_behind(machine: Any) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        projects.start_project(by=machine, title="T", summary="")
    assert Entry.objects.count() == before


def test_an_operation_that_tells_the_ledger_nothing_is_undone(machine: Any) -> None:
    @operation
    def silent(*, by: Any) -> Any:
        return add_person_quietly()

    def add_person_quietly() -> Any:
        from coproduce.capabilities.accounts.models import Person

        return Person.objects.create(name="Ghost", added_at=clock.now())

    with pytest.raises(NothingRecorded):
        silent(by=machine)
    from coproduce.capabilities.accounts.models import Person

    assert not Person.objects.filter(name="Ghost").exists()


def test_the_ledger_refuses_what_json_cannot_say() -> None:
    with pytest.raises(TypeError):
        plain({"seen": object()})
