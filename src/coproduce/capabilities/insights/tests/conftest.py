from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def house(db: None) -> Iterator[Any]:
    """A project with five groups, on 10 March 2025."""
    # Django is set up only after this file is read.
    from coproduce.capabilities.labs.tests.factories import NOW, a_house
    from coproduce.core import clock

    with clock.at(NOW):
        yield a_house()
