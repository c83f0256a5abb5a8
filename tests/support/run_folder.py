"""One folder for one run of the tests, shared by its workers and gone at the end."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

FOLDER = "COPRODUCE_TEST_FOLDER"
IN_MEMORY = Path("/dev/shm")
ROOM = 6 * 1024**3


def run_folder() -> Path:
    return Path(os.environ[FOLDER])


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def make_run_folder(config: pytest.Config) -> None:
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="coproduce-test-", dir=_quickest())
    # PostgreSQL may not run as root, and its own user must be able to reach its folder in here.
    run_folder().chmod(0o711)
    config.add_cleanup(_clear_away)


def _quickest() -> Path | None:
    """In memory where there is room: no test cuts the power, and each database keeps the settings of a real one."""
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM
    return IN_MEMORY if roomy and "TMPDIR" not in os.environ else None


def _clear_away() -> None:
    for left in run_folder().glob("*.pid"):
        stop_group(int(left.read_text()))
    shutil.rmtree(run_folder(), ignore_errors=True)


def stop_group(leader: int) -> None:
    """End a server that a test started in a session of its own, with all its children."""
    if leader <= 0:
        return
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass
