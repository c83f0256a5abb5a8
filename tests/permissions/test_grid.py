"""Every address × every role. An address that nobody thought about is a failure, not a page."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import path, reverse

from coproduce.core.ids import uuid7
from tests.support.databases import kind

from . import checks, grid
from .grid import ANONYMOUS, EVERYONE, STRANGER, Row
from .world import World

ROWS = grid.rows()
SAFE = {"GET", "HEAD"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _refusals_are_expected() -> Iterator[None]:
    logging.disable(logging.WARNING)
    # Wrong codes of one test must not lock the door of the next.
    cache.clear()
    yield
    logging.disable(logging.NOTSET)


def test_every_address_has_a_row() -> None:
    assert not missing(list(grid.addresses()))


def missing(addresses: list[tuple[str, str]]) -> list[str]:
    known = {row.url for row in ROWS}
    return [
        f"{name} ({route})"
        for name, route in addresses
        if name not in known and not route.startswith(tuple(grid.OUTSIDE))
    ]


def test_every_row_has_an_address() -> None:
    names = {name for name, _route in grid.addresses()}
    assert not {row.url for row in ROWS} - names


def test_an_address_without_a_row_is_found() -> None:
    from django.urls import URLResolver
    from django.urls.resolvers import RegexPattern

    forgotten = URLResolver(RegexPattern(r"^/"), [path("back-door/", lambda request: None, name="back_door")])
    assert missing(list(grid.addresses(forgotten)))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_role_gets_what_the_grid_says(row: Row, world: World) -> None:
    kwargs = row.kwargs(world)
    faults = [fault for role in sorted(who_tries(row)) for fault in visit(row, role, kwargs, world)]
    faults += through_another_project(row, kwargs, world)
    assert not faults, "\n".join(["", *faults])


def who_tries(row: Row) -> frozenset[str]:
    """Everyone. On PostgreSQL those who may and a stranger: who is refused is settled above the database."""
    return EVERYONE if kind() == "sqlite" else row.may | {STRANGER}


@pytest.mark.parametrize("row", [row for row in ROWS if row.grow], ids=str)
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(row: Row, world: World) -> None:
    assert row.grow is not None
    role = sorted(row.may - {ANONYMOUS})[0]
    kwargs = row.kwargs(world)
    row.grow(world)
    few = questions(row, role, kwargs, world)
    for _ in range(3):
        row.grow(world)
    assert questions(row, role, kwargs, world) == few


def questions(row: Row, role: str, kwargs: Mapping[str, Any], world: World) -> int:
    client = client_of(role, world)
    ask(row, client, address(row, kwargs), world)
    with checks.listening() as asked:
        ask(row, client, address(row, kwargs), world)
    return asked.count()


def visit(row: Row, role: str, kwargs: Mapping[str, Any], world: World) -> list[str]:
    """What is wrong with what this role got."""
    client, place = client_of(role, world), address(row, kwargs)
    with checks.undone(), checks.listening() as asked:
        response = ask(row, client, place, world)
    faults = checks.header_faults(response, signed_in=role != ANONYMOUS, framed=row.framed)
    if row.method in SAFE:
        faults += [f"a safe method wrote: {sql[:120]}" for sql in asked.writes()]
    if role in row.may:
        faults += welcomed(row, response, asked)
    elif role != ANONYMOUS or row.hidden:
        faults += refused(row, client, kwargs, response, world)
    elif not sent_to_sign_in(response):
        faults.append(f"was not sent to sign in, got {response.status_code}")
    return [f"{row} as {role}: {fault}" for fault in faults]


def through_another_project(row: Row, kwargs: Mapping[str, Any], world: World) -> list[str]:
    """Our things under the address of the project that the stranger leads are not there."""
    if "project_id" not in kwargs or len(kwargs) == 1 or STRANGER in row.may:
        return []
    theirs = address(row, {**kwargs, "project_id": world.elsewhere.pk})
    with checks.undone():
        response = ask(row, client_of(STRANGER, world), theirs, world)
    found = response.status_code
    return [] if found == 404 else [f"{row}: a stranger got {found} under their own project"]


def welcomed(row: Row, response: Any, asked: checks.Asked) -> list[str]:
    if response.status_code not in {200, 204, 301, 302, 303} or sent_to_sign_in(response):
        return [f"is allowed and got {response.status_code}"]
    if row.method in SAFE and asked.count() > row.most_queries:
        return [f"asked the database {asked.count()} questions, more than {row.most_queries}"]
    return []


def refused(row: Row, client: Client, kwargs: Mapping[str, Any], response: Any, world: World) -> list[str]:
    """Refused and absent are the same page, to the byte."""
    if response.status_code != 404:
        return [f"is not allowed and got {response.status_code}"]
    faults = []
    place, nowhere = address(row, kwargs), address(row, absent(kwargs))
    if place != nowhere:
        with checks.undone():
            unknown = ask(row, client, nowhere, world)
        if checks.comparable(response, place) != checks.comparable(unknown, nowhere):
            faults.append("can tell what is refused from what does not exist")
    if row.method == "GET":
        with checks.undone():
            posted = client.post(place)
        if posted.status_code not in {404, 405}:
            faults.append(f"is not allowed and got {posted.status_code} for a POST")
    return faults


def absent(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """The address of nothing: every identifier is a new one."""
    return {name: uuid7() if is_identifier(value) else value for name, value in kwargs.items()}


def is_identifier(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def address(row: Row, kwargs: Mapping[str, Any]) -> str:
    return reverse(row.url, kwargs=dict(kwargs)) + row.query


def ask(row: Row, client: Client, place: str, world: World) -> Any:
    return client.get(place) if row.method == "GET" else client.post(place, dict(row.data(world)))


def client_of(role: str, world: World) -> Client:
    client = Client()
    if role != ANONYMOUS:
        client.force_login(world.people[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response.url.startswith(resolve_url(settings.LOGIN_URL))


def test_the_demos_addresses_do_not_exist_in_a_real_installation(world: World) -> None:
    client = Client()
    assert client.get("/demo/people/").status_code == 404
    assert client.post(f"/demo/people/{world.facilitator.pk}/sign-in/").status_code == 404


def test_the_checks_themselves_can_fail(world: World) -> None:
    bare = HttpResponse("Not for you", status=403)
    row, client = Row("projects:overview", allowed=grid.LEADING), client_of(STRANGER, world)
    assert len(checks.header_faults(bare, signed_in=True)) == 5
    assert refused(row, client, {"project_id": world.project.pk}, bare, world)
    told_apart = HttpResponse("No such project", status=404)
    assert refused(row, client, {"project_id": world.project.pk}, told_apart, world)
    with checks.listening() as asked:
        world.project.save()
    assert asked.writes()
    assert welcomed(row, bare, asked)
