"""The demo, made once for all its tests and taken back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The example project; each test takes back what it changes."""
    with made(django_db_blocker) as project:
        yield project


@contextmanager
def made(django_db_blocker: Any) -> Iterator[Any]:
    """The example project in the database. Listeners hear of everything once it stands."""
    from django.db import transaction
    from django.test import TestCase

    from coproduce.capabilities.projects import queries as projects
    from coproduce.config.demo import seed

    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert seed.make(lambda words: None)
        yield projects.first_project()
        transaction.set_rollback(True)
