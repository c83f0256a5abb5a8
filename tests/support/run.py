"""`make test` and `make test-quick`: the runs one after the other, and one line at the end for all."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import machine
from .databases import KIND
from .totals import FILE, OUTCOMES

WORKERS = ("-n", "2")
NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Run:
    title: str
    database: str
    options: tuple[str, ...] = ()


RUNS = {
    "all": (
        Run("SQLite, e-mail and browser", "sqlite"),
        Run("PostgreSQL", "postgresql", ("-m", "not browser")),
    ),
    "quick": (Run("SQLite, no browser", "sqlite", ("-m", "not browser and not slow")),),
}


def main(arguments: list[str]) -> int:
    which, *extra = arguments
    if which == "all" and machine.prepare():
        return 1
    started = time.monotonic()
    codes, totals = [], dict.fromkeys(OUTCOMES, 0)
    for run in RUNS[which]:
        code, counts = _one(run, extra)
        codes.append(code)
        totals = {name: totals[name] + counts.get(name, 0) for name in OUTCOMES}
    print(closing_line(totals, time.monotonic() - started), flush=True)
    return max(codes)


def _one(run: Run, extra: list[str]) -> tuple[int, dict[str, int]]:
    print(f"\n{run.title}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "totals.json"
        environment = {**os.environ, KIND: run.database, FILE: str(report)}
        command = [sys.executable, "-m", "pytest", *WORKERS, *run.options, *extra]
        code = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode
        counts = json.loads(report.read_text()) if report.exists() else {"error": 1}
    return (0 if code == NOTHING_COLLECTED and extra else code), counts


def closing_line(totals: dict[str, int], seconds: float) -> str:
    """As pytest writes it."""
    words = [f"{totals[name]} {'errors' if name == 'error' else name}" for name in OUTCOMES
             if totals.get(name) and name != "deselected"]  # fmt: skip
    return f" {', '.join(words) or 'no tests ran'} in {seconds:.2f}s ".center(80, "=")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
