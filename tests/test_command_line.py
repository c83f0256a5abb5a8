"""The command line, as other people's scripts use it: standard output, exit codes, nothing changed twice."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.support.servers import command, environment

REAL = Path(__file__).parents[2] / "shared" / "data" / "nhsx-open-source-policy"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.exists(), reason="../shared/data does not stand beside this checkout"),
]


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command(*words), capture_output=True, text=True, env=environment(), timeout=120)


def rows(home: Path) -> dict[str, int]:
    """How many rows each table holds."""
    with sqlite3.connect(home / "coproduce.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("imported") / "home"


@pytest.fixture(scope="module")
def project(home: Path) -> str:
    done = run("import", "history", str(REAL), "--home", str(home))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_import_prints_the_project_and_again_changes_nothing(home: Path, project: str) -> None:
    before = rows(home)
    again = run("import", "history", str(REAL), "--home", str(home), "--json")
    assert json.loads(again.stdout) == {"project": project}
    assert rows(home) == before


def test_the_versions_come_back_byte_for_byte(home: Path, project: str, tmp_path: Path) -> None:
    done = run("export", "versions", project, str(tmp_path / "out"), "--home", str(home))
    assert done.returncode == 0, done.stderr
    out, real = sorted((tmp_path / "out").iterdir()), sorted((REAL / "versions").iterdir())
    assert [file.read_bytes() for file in out] == [file.read_bytes() for file in real]


def test_a_damaged_row_is_named_and_nothing_is_imported(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(REAL, folder)
    folder.chmod(0o755)
    (folder / "changes.csv").chmod(0o644)
    listed = (folder / "changes.csv").read_text(encoding="utf-8")
    (folder / "changes.csv").write_text(listed.replace("2022-03-01T12:14:48+00:00", "the first of March"))
    done = run("import", "history", str(folder), "--home", str(tmp_path / "home"))
    assert done.returncode == 1
    assert "row 9" in done.stderr
    kept = rows(tmp_path / "home")
    assert not any(
        kept[name] for name in kept if name.startswith(("core_", "projects_", "drafting_", "accounts_"))
    )


def test_suggestions_on_one_text_come_in_once_and_a_bad_one_is_named(
    home: Path, project: str, tmp_path: Path
) -> None:
    folder, base = tmp_path / "answers", REAL / "versions" / "006.md"
    folder.mkdir()
    (folder / "ada.md").write_bytes(base.read_bytes().replace(b"open source", b"open-source", 2))
    (folder / "who.csv").write_text("file,name,date\nada.md,Ada,2022-03-01\n")
    words = ("import", "suggestions", str(folder), "--base", str(base), "--home", str(home))
    first = run(*words, "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["suggestions"] == ["S01", "S02"]
    before = rows(home)

    again = run(*words)
    assert again.stdout.strip() == json.loads(first.stdout)["project"]
    assert rows(home) == before

    (folder / "who.csv").write_text("file,name,date\nada.md,Ada,tomorrow\n")
    bad = run(*words)
    assert (bad.returncode, "row 1: “tomorrow” is not a date" in bad.stderr) == (1, True)
    assert rows(home) == before


def test_a_record_is_whole_broken_or_none_by_its_exit_code(home: Path, project: str, tmp_path: Path) -> None:
    file = tmp_path / "record.zip"
    assert run("export", "record", project, str(file), "--home", str(home)).returncode == 0
    assert run("verify", str(file)).returncode == 0
    content = bytearray(file.read_bytes())
    content[content.find(b'"verb":"drafting.decide"') + 9] ^= 1
    file.write_bytes(content)
    broken = run("verify", str(file), "--json")
    assert broken.returncode == 1
    assert any("Entry" in problem["where"] for problem in json.loads(broken.stdout)["problems"])
    file.write_text("a letter")
    assert run("verify", str(file)).returncode == 2


def test_a_project_that_is_not_there_is_said_plainly(home: Path, project: str, tmp_path: Path) -> None:
    absent = project[:-1] + ("0" if project[-1] != "0" else "1")
    done = run("export", "record", absent, str(tmp_path / "none.zip"), "--home", str(home))
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no project" in done.stderr
    assert not (tmp_path / "none.zip").exists()
