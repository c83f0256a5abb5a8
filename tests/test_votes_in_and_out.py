"""Votes through the command line: in as a closed ballot, only once, and out again to the last vote."""

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest

from coproduce_engine.opinion.polis_files import read
from tests.support.servers import command, environment

REAL = Path(__file__).parents[2] / "shared/data/polis/brexit-consensus"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.exists(), reason="../shared/data does not stand beside this checkout"),
]


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*words), capture_output=True, text=True, env=environment(), timeout=500, check=False
    )


def rows(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "coproduce.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("votes") / "home"


@pytest.fixture(scope="module")
def made(home: Path) -> dict[str, str]:
    done = run("import", "votes", str(REAL), "--home", str(home), "--json")
    assert done.returncode == 0, done.stderr
    assert "Votes that people gave again later: 9." in done.stderr
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


def test_the_same_votes_once_more_write_nothing(home: Path, made: dict[str, str]) -> None:
    before = rows(home)
    assert before["voting_vote"] == 5303
    again = run("import", "votes", str(REAL), "--home", str(home), "--json")
    assert json.loads(again.stdout) == made
    assert rows(home) == before


def test_every_vote_comes_out_again(home: Path, made: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("export", "votes", made["project"], made["ballot"], str(out), "--home", str(home))
    assert done.returncode == 0, done.stderr
    came, went = read(REAL), read(out)
    assert [one.text for one in came.statements] == [one.text for one in went.statements]
    assert came.votes.count == went.votes.count
    assert sorted(votes_of(came)) == sorted(votes_of(went))
    # Places of people are dealt anew.
    assert votes_of(came) != votes_of(went)
    assert any(group is not None for group in went.opinion_group_of)
    again = run("export", "votes", made["project"], made["ballot"], str(out), "--home", str(home))
    assert (again.returncode, "is there already" in again.stderr) == (1, True)


def votes_of(conversation) -> list[tuple[tuple[int, int], ...]]:  # type: ignore[no-untyped-def]
    """What each person said, in the order of people."""
    votes = conversation.votes
    return [
        tuple(zip(votes.statement[begin:end].tolist(), votes.value[begin:end].tolist(), strict=True))
        for begin, end in zip(votes.indptr[:-1], votes.indptr[1:], strict=True)
    ]


def test_into_a_project_that_is_there_only_by_somebody_who_runs_it(home: Path, made: dict[str, str]) -> None:
    words = ("import", "votes", str(REAL), "--project", made["project"], "--home", str(home))
    nobody = run(*words)
    assert (nobody.returncode, "Say with --by" in nobody.stderr) == (1, True)
    absent = run(*words[:-4], "--project", made["ballot"], "--home", str(home))
    assert (absent.returncode, "There is no project" in absent.stderr) == (1, True)


def test_damaged_votes_leave_no_trace(home: Path, made: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    for file in REAL.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "comments.csv").write_bytes((folder / "comments.csv").read_bytes() + b'9,x,77,0,0,0,1,""\n')
    before = rows(home)
    done = run("import", "votes", str(folder), "--home", str(home))
    assert done.returncode == 1
    assert "the statement 77 has no words" in done.stderr
    assert rows(home) == before
