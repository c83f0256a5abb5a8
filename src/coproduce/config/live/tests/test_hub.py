"""The hub: the newest number at once, only the newest after that, and nobody who does not listen is waited for."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

import pytest

from coproduce.core.live import HOURS_OF_A_TOKEN, stream_token

from .. import hub as module
from ..hub import Hub
from ..streams import Streams, not_there
from .listening import Ear

TOPIC = "evening:1"


def on_a_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        # In a thread of its own: a browser test that ran before may have left this one with a running loop.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, asyncio.wait_for(test(*args, **kwargs), 30)).result()

    return run


@asynccontextmanager
async def running(**limits: int) -> AsyncIterator[tuple[Hub, Streams]]:
    hub = Hub(**{"most_per_topic": 100, "most_per_address": 100, **limits})
    hub.begin()
    yield hub, Streams(hub, not_there)
    await hub.end()


@on_a_loop
async def test_the_first_event_is_the_newest_number_or_nought() -> None:
    async with running() as (hub, app):
        unknown = Ear(app, stream_token(TOPIC))
        await unknown.until(0)
        hub.publish(TOPIC, 4)
        await unknown.until(0, 4)
        known = Ear(app, stream_token(TOPIC))
        await known.until(4)
        assert known.body.endswith(b"id: 4\ndata: 4\n\n")


@on_a_loop
async def test_what_the_stream_says_of_itself() -> None:
    async with running() as (_hub, app):
        ears = [Ear(app, stream_token(TOPIC)) for _ in range(20)]
        for ear in ears:
            await ear.until(0)
        assert ears[0].status == 200
        assert ears[0].headers["content-type"] == "text/event-stream; charset=utf-8"
        assert ears[0].headers["cache-control"] == "no-store"
        assert ears[0].headers["x-accel-buffering"] == "no"
        assert ears[0].headers["x-content-type-options"] == "nosniff"
        pauses = {int(re.findall(rb"^retry: (\d+)$", ear.body, re.MULTILINE)[0]) for ear in ears}
        assert all(2_000 <= pause <= 8_000 for pause in pauses)
        assert len(pauses) > 10


@on_a_loop
async def test_only_those_who_listen_to_a_topic_hear_of_it() -> None:
    async with running() as (hub, app):
        one, other = Ear(app, stream_token(TOPIC)), Ear(app, stream_token("evening:2"))
        await other.until(0)
        hub.publish(TOPIC, 1)
        await one.until(0, 1)
        assert other.seqs == [0]


@on_a_loop
async def test_a_number_that_is_not_newer_is_not_sent() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        await ear.until(0)
        for seq in (5, 5, 3, 6):
            hub.publish(TOPIC, seq)
            await asyncio.sleep(0.01)
        await ear.until(0, 5, 6)


@on_a_loop
async def test_of_many_numbers_at_once_the_newest_is_sent() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        await ear.until(0)
        for seq in range(1, 500):
            hub.publish(TOPIC, seq)
        await ear.until(0, 499)


@on_a_loop
async def test_numbers_come_in_from_other_threads() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        await ear.until(0)
        await asyncio.to_thread(hub.publish, TOPIC, 9)
        await ear.until(0, 9)


@on_a_loop
async def test_after_a_loss_every_page_is_told_to_ask() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        hub.publish(TOPIC, 4)
        await ear.until(0, 4)
        hub.forget()
        await ear.until(0, 4, 0)
        hub.publish(TOPIC, 4)
        await ear.until(0, 4, 0, 4)


@on_a_loop
async def test_one_who_takes_nothing_in_is_dropped_and_the_others_hear() -> None:
    async with running() as (hub, app):
        with patch.object(module, "PATIENCE_SECONDS", 0.05):
            deaf = Ear(app, stream_token(TOPIC), is_deaf=True)
            ears = [Ear(app, stream_token(TOPIC)) for _ in range(5)]
            for ear in ears:
                await ear.until(0)
            hub.publish(TOPIC, 1)
            for ear in ears:
                await ear.until(0, 1)
            await deaf.until_ended()
        assert len(hub) == 5


@on_a_loop
async def test_one_whose_line_breaks_is_dropped_and_the_others_hear() -> None:
    async with running() as (hub, app):
        broken, ear = Ear(app, stream_token(TOPIC)), Ear(app, stream_token(TOPIC))
        await ear.until(0)

        async def fails(message: Any) -> None:
            raise OSError("reset")

        next(one for one in hub._topics[TOPIC].streams if one.task is broken.task).send = fails
        hub.publish(TOPIC, 1)
        await ear.until(0, 1)
        await broken.until_ended()
        assert len(hub) == 1


@on_a_loop
async def test_a_number_that_comes_while_the_first_is_under_way_is_heard() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        taken = ear._send

        async def slowly(message: Any) -> None:
            await asyncio.sleep(0.02)
            await taken(message)

        ear._send = slowly  # type: ignore[method-assign]
        await asyncio.sleep(0.03)
        hub.publish(TOPIC, 3)
        async with asyncio.timeout(5):
            while ear.seqs[-1:] != [3]:
                await asyncio.sleep(0.01)


@on_a_loop
async def test_who_hangs_up_leaves_nothing_behind() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        await ear.until(0)
        ear.hang_up()
        await ear.until_ended()
        assert (len(hub), hub._addresses, sum(map(len, hub._beats))) == (0, {}, 0)


@on_a_loop
async def test_topics_that_nobody_listens_to_are_forgotten_when_there_are_many() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        await ear.until(0)
        with patch.object(module, "QUIET_TOPICS", 10):
            for number in range(50):
                hub._arrived(f"quiet:{number}", 1)
        assert len(hub._topics) == 10
        hub.publish(TOPIC, 1)
        await ear.until(0, 1)


@on_a_loop
async def test_every_stream_gets_a_sign_of_life() -> None:
    async with running() as (hub, app):
        ears = [Ear(app, stream_token(TOPIC)) for _ in range(30)]
        for ear in ears:
            await ear.until(0)
        assert max(map(len, hub._beats)) == 2
        for beat in hub._beats:
            await hub._each(list(beat), module.Stream.beat_once)
        assert all(ear.body.endswith(b"\n\n:\n\n") for ear in ears)


@on_a_loop
async def test_the_heart_beats_by_itself() -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC))
        await ear.until(0)
        hub._beats[1].update(hub._beats[0])
        await asyncio.sleep(1.2)
        assert b":\n\n" in ear.body


@on_a_loop
async def test_the_end_of_the_server_ends_every_stream_at_once() -> None:
    async with running() as (hub, app):
        ears = [Ear(app, stream_token(TOPIC)) for _ in range(120 - 20)]
        for ear in ears:
            await ear.until(0)
        await hub.end()
        for ear in ears:
            await ear.until_ended()
        late = Ear(app, stream_token(TOPIC))
        await late.until_ended()
        assert (len(hub), late.status) == (0, 503)


@pytest.mark.parametrize(
    "limits,addresses", [({"most_per_topic": 2}, "abc"), ({"most_per_address": 2}, "aaa")]
)
@on_a_loop
async def test_more_streams_than_the_limit_are_refused(limits: dict[str, int], addresses: str) -> None:
    async with running(**limits) as (_hub, app):
        ears = [Ear(app, stream_token(TOPIC), address=address) for address in addresses]
        for ear in ears[:2]:
            await ear.until(0)
        await ears[2].until_ended()
        assert (ears[2].status, ears[2].headers["retry-after"]) == (503, "30")
        ears[0].hang_up()
        await ears[0].until_ended()
        again = Ear(app, stream_token(TOPIC), address=addresses[0])
        await again.until(0)


@pytest.mark.parametrize("token", ["", "evening:1", "x" * 5_000, "evening:1:abc:def"])
@on_a_loop
async def test_a_wrong_token_is_answered_like_an_address_that_is_not_there(token: str) -> None:
    async with running() as (_hub, app):
        wrong, absent = Ear(app, token), Ear(app, token, path="/live/nothing/")
        await wrong.until_ended()
        await absent.until_ended()
        assert wrong.status == absent.status == 404
        assert (wrong.headers, wrong.body) == (absent.headers, absent.body)


@on_a_loop
async def test_an_old_token_is_answered_likewise() -> None:
    from time import time

    token = stream_token(TOPIC)
    async with running() as (_hub, app):
        with patch("django.core.signing.time.time", return_value=time() + HOURS_OF_A_TOKEN * 3600 + 5):
            old = Ear(app, token)
            await old.until_ended()
        assert old.status == 404


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@on_a_loop
async def test_only_GET_is_answered(method: str) -> None:
    async with running() as (hub, app):
        ear = Ear(app, stream_token(TOPIC), method=method)
        await ear.until_ended()
        assert (ear.status, ear.headers["allow"], len(hub)) == (405, "GET", 0)


def test_without_a_loop_and_after_its_end_nobody_listens_and_nothing_fails() -> None:
    hub = Hub(most_per_topic=1, most_per_address=1)
    hub.publish(TOPIC, 1)

    @on_a_loop
    async def life() -> None:
        hub.begin()
        await hub.end()

    life()
    hub.publish(TOPIC, 2)
    hub.forget()
