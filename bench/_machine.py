"""Servers on one core, whoever asks them on the other; what a process has used, as Linux counts it."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
SERVER_CORE, CLIENT_CORE = 0, max(os.sched_getaffinity(0))


def stand_on_the_other_core() -> None:
    os.sched_setaffinity(0, {CLIENT_CORE})
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def serving(
    words: list[str], port: int, path: str = "/", *, core: int | None = SERVER_CORE, **extra: str
) -> Iterator[int]:
    """The process number of a server that answers on this port, stopped at the end."""

    def settle() -> None:
        os.sched_setaffinity(0, {core} if core is not None else set(range(os.cpu_count() or 1)))

    environment = {**os.environ, "PYTHONPATH": str(ROOT), **extra}
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=environment, preexec_fn=settle, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=None,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}{path}", process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def uvicorn(application: str, port: int) -> list[str]:
    return ["-m", "bench._uvicorn", application, str(port)]


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(address, timeout=10).read()
            return
        except HTTPError:
            return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise SystemExit(f"Nothing answered at {address}.")


def processor_seconds(pid: int) -> float:
    """Time on a processor of all threads, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def memory_kib(pid: int) -> int:
    """The process's own share of memory (PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
