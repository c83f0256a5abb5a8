"""A record shows one moment, and nobody waits while it is read."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from coproduce.core.models import Chain

from ..record import export_record
from ..snapshot import one_moment
from ..verify import WHOLE, run_verify

pytestmark = pytest.mark.django_db(transaction=True)


def write_elsewhere(name: str) -> None:
    """By another connection, as another visitor would."""

    def write() -> None:
        Chain.objects.create(name=name, head="0" * 64)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    writer.join(timeout=15)
    assert not writer.is_alive(), "the writer had to wait for the reader"


def test_what_others_write_meanwhile_is_not_seen_and_does_not_wait() -> None:
    with one_moment():
        before = Chain.objects.count()
        write_elsewhere("meanwhile")
        assert Chain.objects.count() == before
    assert Chain.objects.count() == before + 1


def test_reading_goes_on_after_an_error_inside() -> None:
    def fail() -> None:
        with one_moment():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    write_elsewhere("afterwards")
    assert Chain.objects.filter(name="afterwards").exists()


def test_a_record_outside_a_transaction_is_whole(tmp_path: Path) -> None:
    from coproduce.capabilities.signoff.tests.factories import a_desk

    made = export_record(a_desk().id, tmp_path / "record.zip")
    assert run_verify(made.file).exit_code == WHOLE
