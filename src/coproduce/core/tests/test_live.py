"""Announcements: after the commit, to every transport, and never in the way of the operation."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import transaction

from coproduce.core import live

Heard = list[tuple[str, int]]


@pytest.fixture
def heard() -> Iterator[Heard]:
    told: Heard = []

    def transport(topic: str, seq: int) -> None:
        told.append((topic, seq))

    live.carry(transport)
    live.carry(transport)
    yield told
    live.stop_carrying(transport)


@pytest.mark.django_db(transaction=True)
def test_an_announcement_waits_for_the_commit_and_goes_out_once(heard: Heard) -> None:
    with transaction.atomic():
        live.announce("evening:1", 7)
        assert heard == []
    assert heard == [("evening:1", 7)]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_announced(heard: Heard) -> None:
    with pytest.raises(ValueError), transaction.atomic():
        live.announce("evening:1", 8)
        raise ValueError
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_transport_that_fails_stops_neither_the_operation_nor_the_others(
    heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(topic: str, seq: int) -> None:
        raise ConnectionError("no line")

    with patch.object(live, "_transports", [broken, *live._transports]), transaction.atomic():
        live.announce("evening:1", 9)
    assert heard == [("evening:1", 9)]
    assert "An announcement of evening:1 was not carried." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_without_a_transport_nobody_is_told_and_nothing_fails() -> None:
    with patch.object(live, "_transports", []):
        live.announce("evening:1", 10)


def test_a_token_names_its_topic() -> None:
    assert live.topic_of(live.stream_token("evening:0193:x")) == "evening:0193:x"


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "a" + t, lambda t: "", lambda t: "\x00", lambda t: "ü:1:2"]
)
def test_a_token_that_was_changed_names_none(spoil: object) -> None:
    assert live.topic_of(spoil(live.stream_token("evening:1"))) is None  # type: ignore[operator]


def test_a_token_of_something_else_names_none() -> None:
    from django.core.signing import TimestampSigner

    assert live.topic_of(TimestampSigner(salt="another").sign("evening:1")) is None


def test_a_token_lasts_twelve_hours() -> None:
    token = live.stream_token("evening:1")
    from time import time

    later = time() + live.HOURS_OF_A_TOKEN * 3600
    with patch("django.core.signing.time.time", return_value=later - 60):
        assert live.topic_of(token) == "evening:1"
    with patch("django.core.signing.time.time", return_value=later + 60):
        assert live.topic_of(token) is None
