"""The product as its users start it: a process of its own, a data folder of its own, a free port."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from .postgres import free_port
from .run_folder import run_folder, stop_group

ROOT = Path(__file__).parents[2]
OURS = ("DATABASE_URL", "COPRODUCE_", "DJANGO_", "PYTEST_")


@dataclass(frozen=True)
class Server:
    url: str
    home: Path
    leader: int

    @property
    def log(self) -> Path:
        return self.home.with_name(f"{self.home.name}.log")

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        """End the whole process group; kill it when it does not go by itself."""
        if self.leader <= 0:
            # Nought would mean our own group: the run would kill itself.
            return
        try:
            os.killpg(self.leader, with_signal)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + 10
        while _is_running(self.leader) and time.monotonic() < deadline:
            time.sleep(0.02)
        stop_group(self.leader)
        _reap(self.leader)


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from coproduce.config.cli import main; main()", *words]


def environment(**extra: str) -> dict[str, str]:
    """Ours without what the tests set for themselves: a server must find its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**clean, "PYTHONUNBUFFERED": "1", **extra}


def start(
    verb: str, home: Path, *options: str, seconds: float = 240, port: int | None = None, fresh: bool = False,
    **extra: str,
) -> Server:  # fmt: skip
    """`coproduce demo` or `coproduce serve`, waited for until it answers a page; on a free port, or on this one.

    Unless it is to be `fresh`, it begins with what a first start makes, made once in a run and copied.
    """
    if not fresh and "DATABASE_URL" not in extra:
        _begin_with_what_a_first_start_makes(verb, home)
    return _started(verb, home, *options, seconds=seconds, port=port or free_port(), **extra)


def _begin_with_what_a_first_start_makes(verb: str, home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        return
    made = run_folder() / f"first-{verb}"
    with _one_at_a_time(made.with_suffix(".lock")):
        if not made.exists():
            making = made.with_suffix(".making")
            _started(verb, making, seconds=240, port=free_port(), COPRODUCE_WORKER="off").stop()
            making.rename(made)
    # What belongs to one installation alone is made anew; the demo's people were sealed under its own keys.
    left_out = () if verb == "demo" else ("*.key", "*claim*")
    shutil.copytree(made, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*left_out))


def _started(
    verb: str, home: Path, *options: str, seconds: float, port: int, **extra: str
) -> Server:  # fmt: skip
    log = home.with_name(f"{home.name}.log")
    words = command(verb, "--home", str(home), "--port", str(port), "--no-browser", *options)
    with log.open("ab") as out:
        process = subprocess.Popen(
            words, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True,
            env=environment(**extra),
        )  # fmt: skip
    server = Server(f"http://127.0.0.1:{port}", home, process.pid)
    _wait_until_it_answers(server, process, seconds)
    return server


def run_beside(server: Server, module: str, given: Any = None, **extra: str) -> Any:
    """A module of the tests, in a process that sees the server's data; what it reads and prints is JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module], input=json.dumps(given), capture_output=True, text=True, cwd=ROOT,
        env=environment(COPRODUCE_HOME=str(server.home), **extra),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _wait_until_it_answers(server: Server, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if httpx.get(server.url, timeout=5).status_code < 500:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    server.stop(signal.SIGKILL)
    raise RuntimeError(f"The server did not answer:\n{server.log.read_text(errors='replace')[-4000:]}")


def _is_running(leader: int) -> bool:
    _reap(leader)
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True


def _reap(child: int) -> None:
    try:
        os.waitpid(child, os.WNOHANG)
    except ChildProcessError:
        pass


def shared(folder: Path, name: str, make: Callable[[], Server]) -> Server:
    """One server for all workers of a run: the first makes it, the end of the run stops it."""
    with _one_at_a_time(folder / f"{name}.lock"):
        known = folder / f"{name}.json"
        if not known.exists():
            server = make()
            (folder / f"{name}.pid").write_text(str(server.leader))
            known.write_text(
                json.dumps({"url": server.url, "home": str(server.home), "leader": server.leader})
            )
        found = json.loads(known.read_text())
    return Server(found["url"], Path(found["home"]), found["leader"])


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    import fcntl

    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
