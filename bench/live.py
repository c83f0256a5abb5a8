"""Open pages: what one number costs on its way to a thousand and to ten thousand, beside the least that a hub can be
and beside Django's own streams; then an evening, with real answers coming in to the one embedded process.

The server has one core and whoever listens has the other.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvloop

from tests.support.postgres import free_port

from ._crowd import Crowd, publish
from ._evening import ANSWER, Posting
from ._machine import (
    ROOT,
    memory_kib,
    percentile,
    processor_seconds,
    serving,
    stand_on_the_other_core,
    uvicorn,
)

HUBS = {"bare hub": "bench._bare_hub", "our hub": "bench._our_hub", "bare Django": "bench._bare_django"}
ROUNDS = {1_000: 3, 10_000: 1}
BROADCASTS = {1_000: 40, 10_000: 12}
EVENINGS = ((1_000, 100, 20.0), (10_000, 100, 15.0))
# All from one machine and to one topic, which an installation would not let happen.
UNLIMITED: dict[str, Any] = {"COPRODUCE_STREAMS_PER_TOPIC": "20000", "COPRODUCE_STREAMS_PER_ADDRESS": "20000"}


@dataclass
class Told:
    """What the broadcasts of one server to one crowd took."""

    waits: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    missed: int = 0


def main() -> None:
    stand_on_the_other_core()
    began = time.monotonic()
    for streams, rounds in ROUNDS.items():
        _compare(streams, rounds)
    for streams, rate, seconds in EVENINGS:
        _evening(streams, rate, seconds)
    print(f"  (all of it took {time.monotonic() - began:.0f} s)")


def _compare(streams: int, rounds: int) -> None:
    """Each server in turn, several times over, so that whatever else the machine does meets all of them."""
    token = _token()
    told = {name: Told() for name in HUBS}
    for _ in range(rounds):
        for name, module in HUBS.items():
            port = free_port()
            path = f"/live/stream/?t={quote(token)}"
            with serving(uvicorn(module, port), port, "/publish/?0", **UNLIMITED) as pid:
                uvloop.run(_broadcast(Crowd(port, path), pid, streams, told[name]))
    print(f"  {streams:,} open streams, one number to all of them, {BROADCASTS[streams] * rounds} times")
    _row("", "p50 ms", "p99 ms", "CPU µs each", "KiB a stream", "opened/s", "missed")
    for name, one in told.items():
        middle = [statistics.median(values) for values in (one.processor, one.memory, one.opened)]
        figures = (
            _ms(one.waits, 0.5),
            _ms(one.waits, 0.99),
            middle[0] * 1e6,
            middle[1],
            middle[2],
            one.missed,
        )
        _row(name, *(f"{value:,.1f}" for value in figures))
    ours, bare = (statistics.median(told[name].processor) for name in ("our hub", "bare hub"))
    print(f"    our hub ÷ bare hub, CPU for each delivery: {ours / bare:.2f}  (aim: at most 1.3)", flush=True)


async def _broadcast(crowd: Crowd, pid: int, streams: int, told: Told) -> None:
    before, began = memory_kib(pid), time.perf_counter()
    await crowd.open(streams)
    told.opened.append(streams / (time.perf_counter() - began))
    await asyncio.sleep(0.5)
    used = processor_seconds(pid)
    for seq in range(1, BROADCASTS[streams] + 1):
        sent = await publish(crowd.port, f"/publish/?{seq}", seq)
        heard = await crowd.until_heard(seq)
        told.missed += streams - heard
        told.waits += [moment - sent for moment in crowd.arrivals.pop(seq, ())]
        await asyncio.sleep(0.05)
    told.processor.append((processor_seconds(pid) - used) / (streams * BROADCASTS[streams]))
    told.memory.append((memory_kib(pid) - before) / streams)
    crowd.leave(streams)


def _token() -> str:
    words = "import django; django.setup(); from coproduce.core.live import stream_token; print(stream_token('bench'))"
    return subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    ).stdout.strip()


def _evening(streams: int, rate: int, seconds: float) -> None:
    """`coproduce serve` as it is, on SQLite: people answer, and once a second everyone is told of something new."""
    port, home = free_port(), Path(os.environ["COPRODUCE_HOME"]) / f"evening-{streams}"
    ours: dict[str, Any] = {
        "COPRODUCE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "bench._settings",
        **UNLIMITED,
    }
    words = [
        "-c",
        "from coproduce.config.cli import main; main()",
        "serve",
        "--port",
        str(port),
        "--no-browser",
    ]
    with serving(words, port, "/health/", **ours) as pid:
        prepared = json.loads(
            subprocess.run([sys.executable, "-m", "bench._prepare"], cwd=ROOT, env={**os.environ, **ours},
                           capture_output=True, text=True, check=True).stdout
        )  # fmt: skip
        uvloop.run(_live(Evening(port, pid, prepared, streams, rate, seconds)))


@dataclass
class Evening:
    port: int
    pid: int
    prepared: Any
    streams: int
    rate: int
    seconds: float


async def _live(evening: Evening) -> None:
    crowd = Crowd(evening.port, f"/live/stream/?t={quote(evening.prepared['token'])}")
    posting = Posting(evening.port, evening.prepared["path"], evening.prepared["sessions"], ANSWER, lines=64)
    memory = memory_kib(evening.pid)
    await posting.flat_out(2)
    posting.taken.clear()
    memory = memory_kib(evening.pid)
    await crowd.open(evening.streams)
    each = (memory_kib(evening.pid) - memory) / evening.streams
    used, began = processor_seconds(evening.pid), time.perf_counter()
    told = asyncio.create_task(_tell(evening, crowd))
    await posting.at_rate(evening.rate, evening.seconds)
    waits, last = await told
    used = (processor_seconds(evening.pid) - used) / (time.perf_counter() - began)
    await crowd.until_heard(last, 10)
    kept = len(posting.taken) - len(posting.refused)
    print(f"  An evening in one process: {evening.streams:,} open streams, news each second,")
    print(f"    and {evening.rate} answers a second for {evening.seconds:.0f} seconds")
    _row("", "p50 ms", "p99 ms")
    _row("answers", f"{_ms(posting.taken, 0.5):,.1f}", f"{_ms(posting.taken, 0.99):,.1f}")
    _row("news", f"{_ms(waits, 0.5):,.1f}", f"{_ms(waits, 0.99):,.1f}")
    print(
        f"    {kept:,} of {len(posting.taken):,} answers were acknowledged (aim at 1,000: p99 under 150 ms)"
    )
    print(f"    {each:.1f} KiB a stream (aim: at most 20), {used:.0%} of a core")
    print("    A third of the streams was cut while something happened, and came back: ", end="")
    print(f"{crowd.behind(last)} of {len(crowd.listeners):,} missed the newest number (aim: 0)", flush=True)


def _row(name: str, *figures: str) -> None:
    print(f"    {name:<12}" + "".join(f"{figure:>14}" for figure in figures))


async def _tell(evening: Evening, crowd: Crowd) -> tuple[list[float], int]:
    """News once a second; in the middle a third of the phones lose the network while something happens."""
    waits: list[float] = []
    seq, end = 0, time.perf_counter() + evening.seconds
    while time.perf_counter() < end:
        seq += 1
        if seq == 5:
            crowd.leave(evening.streams // 3)
            await asyncio.sleep(0.2)
        sent = await publish(
            evening.port,
            "/bench/tell/",
            seq,
            "Content-Type: application/x-www-form-urlencoded\r\n",
            f"topic=bench&seq={seq}",
        )
        if seq == 5:
            crowd.arrivals.clear()
            await crowd.open(evening.streams - len(crowd.listeners))
            continue
        await crowd.until_heard(seq, 5)
        waits += [moment - sent for moment in crowd.arrivals.pop(seq, ())]
        await asyncio.sleep(max(0, sent + 1 - time.perf_counter()))
    return waits, seq


def _ms(values: list[float], part: float) -> float:
    return percentile(values, part) * 1_000 if values else float("nan")


if __name__ == "__main__":
    main()
