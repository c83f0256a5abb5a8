"""Real LibreOffice, without a window: what a colleague does with a file that we made, and what it makes of it.

LibreOffice is driven by the Python that comes with it (`office_session.py`), one command a line.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROGRAM = "soffice"
PYTHONS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python")
SCRIPT = Path(__file__).with_name("office_session.py")


def office_python() -> str | None:
    """A Python that can speak to LibreOffice."""
    return next((one for one in PYTHONS if Path(one).exists() and _speaks(one)), None)


def _speaks(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0


def is_installed() -> bool:
    return bool(shutil.which(PROGRAM)) and office_python() is not None


class Office:
    """One LibreOffice for all tests of a worker; each method is one thing that a person does."""

    def __init__(self, folder: Path, python: str) -> None:
        self._process = subprocess.Popen(
            [python, str(SCRIPT), str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.do("ready")

    def do(self, command: str, /, **how: Any) -> Any:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"do": command, **how}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, f"LibreOffice ended while it was asked to {command}"
        answer = json.loads(line)
        assert "trouble" not in answer, answer["trouble"]
        return answer["made"]

    def open(self, path: Path, author: str = "") -> None:
        """Open a file as this person; the one before is closed."""
        self.do("open", path=str(path), author=author)

    def save(self, path: Path) -> bytes:
        """Save as what the ending of the name says, and give the bytes."""
        self.do("save", path=str(path))
        return path.read_bytes()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()


@pytest.fixture(scope="session")
def _running_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    python = office_python()
    if python is None or not shutil.which(PROGRAM):
        pytest.fail(
            "LibreOffice is not installed here. On Debian or Ubuntu: apt-get install libreoffice-writer python3-uno"
        )
    office = Office(tmp_path_factory.mktemp("office"), python)
    yield office
    office.close()


@pytest.fixture
def office(_running_office: Office) -> Office:
    """LibreOffice Writer, ready to open files."""
    return _running_office
