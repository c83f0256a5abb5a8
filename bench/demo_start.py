"""The demo from its command to its first page, cold and again, and the memory of its whole process tree."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.postgres import free_port


def main() -> None:
    home = Path(os.environ["COPRODUCE_HOME"]) / "demo"
    for run in ("first run, makes the example", "second run"):
        seconds, mebibytes = _start(home)
        print(f"  {run}: first page after {seconds:.1f} s, process tree {mebibytes:.0f} MiB (PSS)")


def _start(home: Path) -> tuple[float, float]:
    port = free_port()
    words = ["demo", "--home", str(home), "--port", str(port), "--no-browser"]
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", "from coproduce.config.cli import main; main()", *words],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/demo/people/", began + 120)
        seconds = time.monotonic() - began
        return seconds, _memory_of_group(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_for_page(address: str, deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            urlopen(address, timeout=10).read()
            return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise SystemExit("The demo did not answer.")


def _memory_of_group(leader: int) -> float:
    """Proportional memory of all processes of the session, in MiB, as Linux counts it."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            session = int(status.read_text().rpartition(")")[2].split()[3])
            if session == leader:
                total += _pss(status.parent)
        except (OSError, ValueError):
            continue
    return total / 1024


def _pss(process: Path) -> int:
    lines = (process / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
