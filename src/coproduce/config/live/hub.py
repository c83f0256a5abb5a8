"""Who listens to which topic, and the newest number of each.

All of it runs on the event loop's thread, but for `publish` and `forget`, which any thread may call. Memory is
bounded: a stream has no queue. It remembers which state it was sent last, so a slow phone hears of the newest state
and of none in between.
"""

import asyncio
import random
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

HEARTBEAT_SECONDS = 20
# A stream that cannot take thirty bytes in this time, with an empty queue before it, is not read by anyone.
PATIENCE_SECONDS = 1.0
# Streams served between two looks at everything else that waits, such as answers that are being posted.
AT_ONCE = 50
QUIET_TOPICS = 4_096
_HEARTBEAT: Message = {"type": "http.response.body", "body": b":\n\n", "more_body": True}
_LAST: Message = {"type": "http.response.body", "body": b"", "more_body": False}


def event(seq: int, *, before: str = "") -> Message:
    """A number as the stream spells it."""
    body = f"{before}id: {seq}\ndata: {seq}\n\n".encode()
    return {"type": "http.response.body", "body": body, "more_body": True}


class Topic:
    """The newest known number, 0 when none is known, and who listens. `turn` counts what was to be sent."""

    __slots__ = ("message", "pump", "seq", "streams", "turn")

    def __init__(self) -> None:
        self.seq = 0
        self.turn = 0
        self.message = event(0)
        self.streams: set[Stream] = set()
        self.pump: asyncio.Task[None] | None = None

    def stands_at(self, seq: int) -> None:
        self.seq, self.turn, self.message = seq, self.turn + 1, event(seq)


class Stream:
    """One open page. `turn` is the one that it was sent last, or none before its first."""

    __slots__ = ("address", "beat", "is_over", "send", "task", "topic", "turn")

    def __init__(self, topic: Topic, address: str, send: Send, beat: int) -> None:
        self.topic, self.address, self.send, self.beat = topic, address, send, beat
        self.turn: int | None = None
        self.task = asyncio.current_task()
        self.is_over = False

    @property
    def is_listening(self) -> bool:
        return self.turn is not None and not self.is_over

    @property
    def is_behind(self) -> bool:
        return self.turn != self.topic.turn and self.is_listening

    async def first(self, start: Message) -> None:
        """The newest number at once, and when to come back after a loss: not all at the same moment."""
        await self.send(start)
        turn, seq = self.topic.turn, self.topic.seq
        await self.send(event(seq, before=f"retry: {random.randint(2_000, 8_000)}\n"))
        self.turn = turn

    async def next(self) -> None:
        turn = self.topic.turn
        await self.send(self.topic.message)
        self.turn = turn

    async def beat_once(self) -> None:
        await self.send(_HEARTBEAT)

    async def close(self) -> None:
        self.is_over = True
        await self.send(_LAST)

    def drop(self) -> None:
        """Nobody reads this one. What it would hear, it hears when it comes back."""
        self.is_over = True
        if self.task is not None:
            self.task.cancel()


class Full(Exception):
    """This topic, or this address, has as many streams as it may."""


class Hub:
    """All open streams of this process."""

    def __init__(self, *, most_per_topic: int, most_per_address: int) -> None:
        self.most_per_topic, self.most_per_address = most_per_topic, most_per_address
        self._loop: asyncio.AbstractEventLoop | None = None
        self._topics: OrderedDict[str, Topic] = OrderedDict()
        self._addresses: Counter[str] = Counter()
        self._beats: list[set[Stream]] = [set() for _ in range(HEARTBEAT_SECONDS)]
        self._heart: asyncio.Task[None] | None = None
        self._admitted = 0
        self.is_ending = False

    # From any thread

    def publish(self, topic: str, seq: int) -> None:
        """Tell everyone who listens to `topic`."""
        self._soon(self._arrived, topic, seq)

    def forget(self) -> None:
        """Something may have been missed: every page asks for the state itself."""
        self._soon(self._all_unknown)

    def _soon(self, what: Callable[..., None], *arguments: Any) -> None:
        # Without a loop nobody listens yet; a loop that has just closed listens no longer.
        if self._loop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(what, *arguments)

    # On the loop

    def begin(self) -> None:
        self._loop, self.is_ending = asyncio.get_running_loop(), False
        self._heart = self._loop.create_task(self._beat())

    async def end(self) -> None:
        """Close every stream, so that the server stops at once. The pages come back by themselves."""
        self.is_ending = True
        if self._heart is not None:
            self._heart.cancel()
        await self._each([one for topic in self._topics.values() for one in topic.streams], Stream.close)
        self._loop = None

    def __len__(self) -> int:
        return self._admitted

    def admit(self, name: str, address: str, send: Send) -> Stream:
        topic = self._topic(name)
        if len(topic.streams) >= self.most_per_topic or self._addresses[address] >= self.most_per_address:
            raise Full
        stream = Stream(topic, address, send, min(range(HEARTBEAT_SECONDS), key=self._listeners_at))
        topic.streams.add(stream)
        self._beats[stream.beat].add(stream)
        self._addresses[address] += 1
        self._admitted += 1
        return stream

    def catch_up(self, stream: Stream) -> None:
        """What came while its first number was under way."""
        if stream.is_behind:
            self._start_pump(stream.topic)

    def leave(self, stream: Stream) -> None:
        stream.topic.streams.discard(stream)
        self._beats[stream.beat].discard(stream)
        self._admitted -= 1
        self._addresses[stream.address] -= 1
        if not self._addresses[stream.address]:
            del self._addresses[stream.address]

    def _listeners_at(self, beat: int) -> int:
        return len(self._beats[beat])

    def _topic(self, name: str) -> Topic:
        """The topic of this name; when there are many, those that nobody listens to are forgotten."""
        topic = self._topics.setdefault(name, Topic())
        self._topics.move_to_end(name)
        while len(self._topics) > QUIET_TOPICS:
            quiet = next((old for old, one in self._topics.items() if not one.streams and old != name), None)
            if quiet is None:
                break
            del self._topics[quiet]
        return topic

    def _arrived(self, name: str, seq: int) -> None:
        topic = self._topic(name)
        if seq > topic.seq:
            topic.stands_at(seq)
            self._start_pump(topic)

    def _all_unknown(self) -> None:
        for topic in self._topics.values():
            topic.stands_at(0)
            self._start_pump(topic)

    def _start_pump(self, topic: Topic) -> None:
        if topic.pump is None and topic.streams and self._loop is not None:
            topic.pump = self._loop.create_task(self._pump(topic))

    async def _pump(self, topic: Topic) -> None:
        try:
            while behind := [stream for stream in topic.streams if stream.is_behind]:
                await self._each(behind, Stream.next)
        finally:
            topic.pump = None

    async def _beat(self) -> None:
        beat = 0
        while True:
            await asyncio.sleep(1)
            beat = (beat + 1) % HEARTBEAT_SECONDS
            await self._each(list(self._beats[beat]), Stream.beat_once)

    async def _each(self, streams: Iterable[Stream], act: Callable[[Stream], Awaitable[None]]) -> None:
        """One after another without a task each: sending waits only where nobody reads, and then not for long."""
        for number, stream in enumerate(streams, 1):
            if stream.is_listening:
                try:
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        await act(stream)
                except Exception:
                    stream.drop()
            if not number % AT_ONCE:
                await asyncio.sleep(0)
