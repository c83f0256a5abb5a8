from typing import Any

import pytest


@pytest.fixture
def table(db: None) -> Any:
    # Django is set up only after this file is read.
    from .factories import a_table

    return a_table()
