from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def plan(db: None) -> Iterator[Any]:
    """The plan, on 15 October 2025."""
    # Django is set up only after this file is read.
    from coproduce.core import clock

    from .factories import NOW, a_plan

    with clock.at(NOW):
        yield a_plan()
