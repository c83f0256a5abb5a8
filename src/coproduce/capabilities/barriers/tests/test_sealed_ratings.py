"""R34 by every way in: what others gave changes nothing that is shown to somebody who has yet to give their own."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.barriers import operations
from coproduce.capabilities.barriers.terms import Given

from .factories import Table

LISTS = [
    "barriers", "barriers?q=rota", "barriers?sort=importance", "barriers?sort=-ease", "barriers?zone=do_now",
    "barriers?important=yes", "barriers?gap=contested", "barriers?gap=close", "barriers?format=csv", "on_paper",
    "on_paper?gap=contested", "gaps", "gaps?gap=contested", "gaps?sort=-gap", "gaps?format=csv", "zones",
    "zones?seen_by=all", "zones?seen_by=G1", "zones?seen_by=G2", "views", "to_action", "to_action?format=csv", "rate",
    "rate?page=1", "rate?page=end", "mine", "check_backs",
]  # fmt: skip
_CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|request_key)"[^>]*|value="[0-9a-f-]{36}"|(plot|points|message)-\d+'
)


@pytest.fixture
def others(table: Table) -> Any:
    """Rob's barrier, on which Desmond's rating is about to change; Maureen has yet to say something of it."""
    return table.barrier("Travel time is not in the rota", by=table.rob, importance=4, ease=4)


def desmond_gives(table: Table, barrier: Any, given: Given) -> None:
    operations.rate_barriers(by=table.desmond, project_id=table.id, ratings={barrier.pk: given})


def shown(table: Table, person: Any, barrier: Any, place: str) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    name, _mark, query = place.partition("?")
    args = [table.id, barrier.pk] if name in {"barrier", "check_back"} else [table.id]
    response = client.get(f"{reverse(f'barriers:{name}', args=args)}?{query}")
    assert response.status_code == 200, place
    return _CHANGING.sub("", response.content.decode())


def both(table: Table, person: Any, barrier: Any, place: str) -> tuple[str, str]:
    """The same page under two ratings of somebody else."""
    desmond_gives(table, barrier, Given(1, 1))
    first = shown(table, person, barrier, place)
    desmond_gives(table, barrier, Given(5, 5))
    return first, shown(table, person, barrier, place)


@pytest.mark.parametrize("place", [*LISTS, "barrier"])
def test_R34_nothing_that_maureen_sees_depends_on_what_others_gave(
    table: Table, others: Any, place: str
) -> None:
    first, second = both(table, table.maureen, others, place)
    assert first == second


@pytest.mark.parametrize(
    "place",
    ["barriers?format=csv", "barriers?gap=contested", "gaps", "zones?seen_by=G1", "barrier", "on_paper"],
)
def test_R34_once_she_has_given_her_own_it_does(table: Table, others: Any, place: str) -> None:
    operations.rate_barriers(by=table.maureen, project_id=table.id, ratings={others.pk: Given(1, 1)})
    first, second = both(table, table.maureen, others, place)
    assert first != second


def test_R34_the_excel_file_is_the_same_too(table: Table, others: Any) -> None:
    sheets = []
    for given in (Given(1, 1), Given(5, 5)):
        desmond_gives(table, others, given)
        client = Client()
        client.force_login(table.maureen, backend="django.contrib.auth.backends.ModelBackend")
        found = client.get(reverse("barriers:barriers", args=[table.id]) + "?format=xlsx").content
        with zipfile.ZipFile(io.BytesIO(found)) as book:
            sheets.append([book.read(name) for name in book.namelist() if name.startswith("xl/")])
    assert sheets[0] == sheets[1]


def test_R34_what_the_raiser_gave_is_covered_too_while_people_rate(table: Table, others: Any) -> None:
    assert "Rate it first" not in shown(table, table.maureen, others, "barriers")
    desmond_gives(table, others, Given(1, 1))
    page = shown(table, table.maureen, others, "barriers?format=csv")
    assert "Rate it first" in page
    assert "Do now" not in page
    assert "4 of 5" not in shown(table, table.maureen, others, "barrier")
    assert "4 of 5" in shown(table, table.rob, others, "barrier")


def test_R34_R36_does_not_tell_that_a_sealed_barrier_is_important(table: Table, others: Any) -> None:
    assert "R36" in shown(table, table.maureen, others, "barrier")
    desmond_gives(table, others, Given(1, 1))
    assert "R36" not in shown(table, table.maureen, others, "barrier")
    assert "rota" not in shown(table, table.maureen, others, "views")
    assert "R36" in shown(table, table.rob, others, "barrier")


def test_R34_a_filter_by_zone_does_not_tell_it_either(table: Table, others: Any) -> None:
    desmond_gives(table, others, Given(1, 1))
    for query in ("zone=do_now", "important=yes"):
        assert "rota" not in shown(table, table.maureen, others, f"barriers?{query}")
        assert "rota" in shown(table, table.rob, others, f"barriers?{query}")
