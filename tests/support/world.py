"""A small world for the grid tests: one project, one person in each role, one stranger."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def world(db: None) -> Any:
    from tests.permissions.world import make_world

    return make_world()


@pytest.fixture
def absent() -> Callable[[], str]:
    """An identifier of nothing."""
    from coproduce.core.ids import uuid7

    return lambda: str(uuid7())
