"""Ten thousand people vote on thirty statements: against the embedded server with SQLite, and against granian with
PostgreSQL. At full speed, at a rate that is offered whatever the server does, and all ten thousand at one moment;
afterwards the table must hold each acknowledged vote, and no other.

`BENCH_VOTES_SECONDS` (default 15) is the length of each part.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvloop

from tests.support import postgres
from tests.support.postgres import free_port

from ._evening import CSRF, Line
from ._machine import ROOT, percentile, processor_seconds, serving, stand_on_the_other_core

LINES = 64
SECONDS = float(os.environ.get("BENCH_VOTES_SECONDS", "15"))
# Of what the server managed at full speed.
OFFERED = 0.6
VALUES = (1, -1, 0)
_CLI = ["-c", "from coproduce.config.cli import main; main()"]


@dataclass
class Crowd:
    """People who vote; each vote is of another person or on another statement, so the order of answers is no matter."""

    port: int
    pid: int
    link: str
    statements: list[str]
    cookies: list[str]
    acknowledged: dict[tuple[int, int], int] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    places: Iterator[int] = field(default_factory=count)

    def next_vote(self) -> tuple[int, int, int]:
        place = next(self.places)
        who, what = place % len(self.cookies), place // len(self.cookies) % len(self.statements)
        return who, what, VALUES[(who * 7 + what) % 3]

    async def vote(self, line: Line, due: float | None = None) -> None:
        who, what, value = self.next_vote()
        body = urlencode({"vote": value, "revision": 1, "csrfmiddlewaretoken": CSRF})
        began = time.perf_counter() if due is None else due
        path = f"/vote/{self.link}/{self.statements[what]}/"
        status = await line.post(path, body, cookies=f"{self.cookies[who]}; csrf={CSRF}")
        self.taken.append(time.perf_counter() - began)
        if status == 302:
            self.acknowledged[who, what] = value
        else:
            self.refused.append(status)

    async def flat_out(self, lines: list[Line], seconds: float) -> float:
        began = time.perf_counter()

        async def go_on(line: Line) -> None:
            while time.perf_counter() < began + seconds:
                await self.vote(line)

        await asyncio.gather(*(go_on(line) for line in lines))
        return len(self.taken) / (time.perf_counter() - began)

    async def at_rate(self, lines: list[Line], rate: float, seconds: float) -> None:
        """Whether or not the last was answered: what waits in a queue counts."""
        free: asyncio.Queue[Line] = asyncio.Queue()
        for line in lines:
            free.put_nowait(line)

        async def one(due: float) -> None:
            line = await free.get()
            await self.vote(line, due)
            free.put_nowait(line)

        began, tasks = time.perf_counter(), []
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(one(due)))
        await asyncio.gather(*tasks)

    async def all_at_once(self) -> float:
        """Everybody has the page open and presses at the same moment; the seconds until the last one is answered."""
        lines = [Line(self.port) for _ in self.cookies]
        for start in range(0, len(lines), 200):
            await asyncio.gather(*(line.open() for line in lines[start : start + 200]))
        began = time.perf_counter()
        await asyncio.gather(*(self.vote(line) for line in lines))
        took = time.perf_counter() - began
        for line in lines:
            line.writer.close()
        return took


def main() -> None:
    stand_on_the_other_core()
    home = Path(os.environ["COPRODUCE_HOME"])
    with _embedded(home / "sqlite") as served:
        _measure("embedded server, SQLite", *served)
    with tempfile.TemporaryDirectory(prefix="coproduce-bench-pg-") as folder:
        Path(folder).chmod(0o711)
        cluster = postgres.start(Path(folder) / "cluster")
        try:
            with _granian(home / "postgresql", cluster.create("bench")) as served:
                _measure("granian WSGI 2 × 4, PostgreSQL", *served)
        finally:
            cluster.stop()


@contextmanager
def _embedded(home: Path) -> Iterator[tuple[int, int, dict[str, str]]]:
    port, ours = free_port(), {"COPRODUCE_HOME": str(home)}
    words = [*_CLI, "serve", "--port", str(port), "--no-browser"]
    with serving(words, port, "/health/", core=None, **ours) as pid:
        yield port, pid, ours


@contextmanager
def _granian(home: Path, database: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    port, ours = free_port(), {"COPRODUCE_HOME": str(home), "DATABASE_URL": database}
    home.mkdir(parents=True)
    _run([*_CLI, "manage", "migrate", "--verbosity", "0"], ours)
    words = [
        "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
        "--blocking-threads", "4", "--no-ws", "--backlog", "16384", "--log-level", "error",
        "coproduce.config.wsgi:application",
    ]  # fmt: skip
    with serving(words, port, "/health/", core=None, **ours) as pid:
        yield port, pid, ours


def _run(words: list[str], ours: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **ours}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def _measure(name: str, port: int, pid: int, ours: dict[str, str]) -> None:
    prepared: Any = json.loads(_run(["-m", "bench._prepare_votes"], ours))
    crowd = Crowd(port, pid, prepared["link"], prepared["statements"], prepared["cookies"])
    uvloop.run(_parts(name, crowd))
    rows = json.loads(_run(["-m", "bench._prepare_votes", "there"], ours))
    kept = {(who, what): value for who, what, value in rows}
    assert len(kept) == len(rows)
    wrong = len(kept.items() ^ crowd.acknowledged.items())
    print(
        f"    {len(crowd.acknowledged):,} votes acknowledged, {len(crowd.refused)} refused, {len(rows):,} in the "
        f"table, {wrong} lost, doubled or changed  (aim: 0)", flush=True,
    )  # fmt: skip
    assert not wrong, "The table does not hold what was acknowledged."


async def _parts(name: str, crowd: Crowd) -> None:
    lines = [Line(crowd.port) for _ in range(LINES)]
    await crowd.flat_out(lines, 2)
    crowd.taken.clear()
    used = _processor(crowd.pid)
    fast = await crowd.flat_out(lines, SECONDS)
    used = (_processor(crowd.pid) - used) * 1_000 / len(crowd.taken)
    print(f"  {name}: {len(crowd.cookies):,} people, {len(crowd.statements)} statements")
    _row(f"full speed, {LINES} at a time", fast, crowd)
    print(f"    {used:.1f} ms of processor in the web server for each vote", flush=True)
    rate = max(fast * OFFERED, 1)
    await crowd.at_rate(lines, rate, SECONDS)
    _row("offered", rate, crowd)
    took = await crowd.all_at_once()
    _row("all at one moment", len(crowd.cookies) / took, crowd)


def _processor(pid: int) -> float:
    """Of the server and of the workers that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return processor_seconds(pid) + sum(_processor(int(child)) for child in children)


def _row(name: str, rate: float, crowd: Crowd) -> None:
    p50, p99 = (percentile(crowd.taken, part) * 1_000 for part in (0.5, 0.99))
    print(f"    {name:<28}{rate:>7,.0f} votes/s   p50 {p50:>8,.1f} ms   p99 {p99:>8,.1f} ms", flush=True)
    crowd.taken.clear()


if __name__ == "__main__":
    main()
