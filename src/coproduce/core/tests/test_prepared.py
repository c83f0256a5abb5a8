"""A prepared query gives what its queryset gives, for any values, on every connection."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from coproduce.capabilities.accounts.models import Person
from coproduce.core.clock import now
from coproduce.core.ids import uuid7
from coproduce.core.prepared import Prepared, PreparedInsert, in_one_go

pytestmark = pytest.mark.django_db(transaction=True)


def by_id(person_id: UUID) -> Any:
    return Person.objects.filter(pk=person_id, is_machine=False).values_list("pk", "name", "added_at")


def by_name(name: str) -> Any:
    return Person.objects.filter(name=name).exclude(language="cy").values_list("pk", "is_active")


def people() -> list[Person]:
    return [Person.objects.create(name=name, added_at=now()) for name in ("Ada", "Bo", "O’Neill %s")]


def test_it_gives_the_rows_of_its_queryset_in_the_types_of_the_fields() -> None:
    prepared = Prepared(by_id)
    for one in people():
        assert [tuple(row) for row in prepared.rows(person_id=one.pk)] == list(by_id(one.pk))


def test_nothing_fits_gives_nothing() -> None:
    people()
    assert Prepared(by_id).rows(person_id=uuid7()) == []


def test_text_is_a_value_and_never_part_of_the_query() -> None:
    prepared = Prepared(by_name)
    for one in people():
        assert [tuple(row) for row in prepared.rows(name=one.name)] == [(one.pk, True)]
    assert prepared.rows(name="' OR 1=1 --") == []


def test_each_thread_asks_for_its_own_values() -> None:
    prepared, found = Prepared(by_id), people()

    def ask(one: Person) -> bool:
        try:
            return all(prepared.rows(person_id=one.pk)[0][1] == one.name for _ in range(50))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(ask, found))


def test_it_asks_one_question_and_puts_it_together_once(django_assert_num_queries: Any) -> None:
    built: list[UUID] = []

    def build(person_id: UUID) -> Any:
        built.append(person_id)
        return by_id(person_id)

    prepared, [one, other, _third] = Prepared(build), people()
    with django_assert_num_queries(2):
        prepared.rows(person_id=one.pk)
        prepared.rows(person_id=other.pk)
    assert len(built) == 1
    assert not set(built) & {one.pk, other.pk}


def test_an_insert_writes_what_save_would_write() -> None:
    prepared = PreparedInsert(Person)
    for name in ("Ada", "Bo", "O’Neill %s"):
        made = Person(name=name, added_at=now(), password="!")
        prepared.write(made)
        assert not made._state.adding
        kept, fields = Person.objects.get(pk=made.pk), Person._meta.concrete_fields
        assert [getattr(kept, one.attname) for one in fields] == [
            getattr(made, one.attname) for one in fields
        ]


def test_an_insert_that_a_constraint_refuses_is_told_as_django_tells_it() -> None:
    made = Person(name="Ada", added_at=now(), password="!")
    with transaction.atomic():
        PreparedInsert(Person).write(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedInsert(Person).write(made)
    with pytest.raises(IntegrityError), transaction.atomic(), in_one_go():
        PreparedInsert(Person).write(made)
    assert Person.objects.filter(pk=made.pk).count() == 1


def test_what_is_sent_in_one_go_is_undone_as_one() -> None:
    try:
        with transaction.atomic(), in_one_go():
            PreparedInsert(Person).write(Person(name="Ada", added_at=now(), password="!"))
            raise DatabaseError
    except DatabaseError:
        assert not Person.objects.filter(name="Ada").exists()
    with transaction.atomic(), in_one_go():
        PreparedInsert(Person).write(Person(name="Bo", added_at=now(), password="!"))
    assert Person.objects.filter(name="Bo").exists()
