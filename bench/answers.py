"""Answers that are sealed and acknowledged each second, beside a bare insert of one row through the same server.

Both are posts of a signed-in person through the same middleware to the same process. The answer also has its form, its
door, its rules, encryption, commitment, ledger entry and request key. They take turns, so that whatever else the
machine does meets both.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from tests.support import postgres
from tests.support.postgres import free_port

from ._evening import ANSWER, Posting
from ._machine import ROOT, percentile, processor_seconds, serving, stand_on_the_other_core

AT_ONCE = (8, 32)
TURNS, SECONDS = 3, 4.0
ANY_CORE = None


@dataclass
class Measured:
    each_second: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)


def main() -> None:
    stand_on_the_other_core()
    home = Path(os.environ["COPRODUCE_HOME"])
    print(f"  The disk takes {_fsync_ms(home):.1f} ms to keep four kilobytes")
    _on("SQLite", home / "sqlite", {})
    with tempfile.TemporaryDirectory(prefix="coproduce-bench-pg-") as folder:
        Path(folder).chmod(0o711)
        cluster = postgres.start(Path(folder) / "cluster")
        try:
            _on("PostgreSQL", home / "postgresql", {"DATABASE_URL": cluster.create("bench")})
        finally:
            cluster.stop()


def _on(database: str, home: Path, extra: dict[str, str]) -> None:
    port = free_port()
    ours = {"COPRODUCE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bench._settings", **extra}
    words = [
        "-c",
        "from coproduce.config.cli import main; main()",
        "serve",
        "--port",
        str(port),
        "--no-browser",
    ]
    with serving(words, port, "/health/", core=ANY_CORE, **ours) as pid:
        prepared = json.loads(
            subprocess.run(
                [sys.executable, "-m", "bench._prepare"], cwd=ROOT, env={**os.environ, **ours}, check=True,
                capture_output=True, text=True,
            ).stdout
        )  # fmt: skip
        for lines in AT_ONCE:
            uvloop.run(_in_turn(database, port, pid, prepared, lines))


async def _in_turn(database: str, port: int, pid: int, prepared: Any, lines: int) -> None:
    paths = {"bare insert": "/bench/insert/", "answer": prepared["path"]}
    posting = {name: Posting(port, path, prepared["sessions"], ANSWER, lines) for name, path in paths.items()}
    measured = {name: Measured() for name in paths}
    for one in posting.values():
        await one.flat_out(1)
    for _ in range(TURNS):
        for name, one in posting.items():
            await _turn(one, measured[name], pid)
    refused = [status for one in posting.values() for status in one.refused]
    assert not refused, f"Refused: {refused[:5]}"
    for name, got in measured.items():
        print(
            f"  {database}, {lines} at once, {name:<11} {statistics.median(got.each_second):>7,.0f} a second, "
            f"p99 {statistics.median(got.p99):>5,.0f} ms, {statistics.median(got.processor):>5.1f} ms of processor each"
        )
    bare, ours = (statistics.median(measured[name].each_second) for name in paths)
    print(
        f"  {database}, {lines} at once, answers ÷ bare inserts: {ours / bare:.2f}  (aim: at least 0.5)",
        flush=True,
    )


async def _turn(posting: Posting, measured: Measured, pid: int) -> None:
    posting.taken.clear()
    used = processor_seconds(pid)
    measured.each_second.append(await posting.flat_out(SECONDS))
    measured.processor.append((processor_seconds(pid) - used) * 1_000 / len(posting.taken))
    measured.p99.append(percentile(posting.taken, 0.99) * 1_000)
    await asyncio.sleep(0.2)


def _fsync_ms(folder: Path) -> float:
    taken = []
    with (folder / "probe").open("wb") as probe:
        for _ in range(100):
            probe.write(b"x" * 4096)
            probe.flush()
            began = time.perf_counter()
            os.fsync(probe.fileno())
            taken.append((time.perf_counter() - began) * 1_000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
