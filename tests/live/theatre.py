"""The stage as the tests drive it: started, killed, started again on the same port, and changed."""

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.support.postgres import free_port
from tests.support.servers import ROOT, environment


@dataclass
class Theatre:
    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> "Theatre":
        words = [sys.executable, "-m", "tests.live.stage", str(self.port), str(self.folder / "shown.json")]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=environment(COPRODUCE_HOME=str(self.folder / "home")), start_new_session=True
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.seen()
                return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError("The stage did not open.")

    def close(self, with_signal: int = signal.SIGTERM) -> float:
        """Seconds until it was gone."""
        assert self.process is not None
        began = time.monotonic()
        try:
            self.process.send_signal(with_signal)
            self.process.wait(20)
        finally:
            self.process.kill()
        return time.monotonic() - began

    def seen(self) -> Any:
        return httpx.get(f"{self.url}/seen/", timeout=5).json()

    def set(self, **changes: Any) -> None:
        """`told=False` changes it without telling anyone; `broken=n` lets the next n fetches fail."""
        httpx.post(f"{self.url}/set/", json=changes, timeout=5).raise_for_status()

    def until(self, **seen: int) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            found = self.seen()
            if all(found[name] == value for name, value in seen.items()):
                return
            time.sleep(0.05)
        raise AssertionError(f"Wanted {seen}, saw {found}")
