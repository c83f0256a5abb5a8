"""A small world for the grid tests: one project, one person in each role, one stranger."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest


@pytest.fixture(scope="module")
def _made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    from django.db import transaction

    from tests.permissions.world import make_world

    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_made_once: Any, db: None) -> Any:
    """Each test has it fresh: what the one before did to it was taken back."""
    return deepcopy(_made_once)
