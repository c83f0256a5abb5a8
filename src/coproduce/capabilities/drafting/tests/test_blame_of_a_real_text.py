"""Who wrote each word of a real policy, by us and by git: the same texts, one word a line, `git blame`.

Where the two differ, nothing was lost by either: words that stand in both texts can be paired in several ways. Each
difference falls under one of two heads, and there is a bound on how many there may be:

* moved: we keep the writer of words that only change their place, git names whoever moved them;
* a choice: the word stood in the text before, and one of the two pairs it with the new place, the other does not.
"""

import csv
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coproduce.capabilities.accounts.operations import add_command_line
from coproduce.capabilities.drafting import queries
from coproduce.capabilities.drafting.operations import import_history
from coproduce.capabilities.drafting.rules.tokens import count_words, tokens

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[6] / "shared" / "data" / "nhsx-open-source-policy"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real history does not stand at {REAL}")


def words_of(text: str) -> list[str]:
    return [piece for piece in tokens(text) if count_words([piece])]


def changes() -> Iterator[tuple[str, list[str]]]:
    with (REAL / "changes.csv").open(newline="") as sheet:
        for row in csv.DictReader(sheet):
            yield row["n"], words_of((REAL / row["text"]).read_bytes().decode())


def ours(machine: Any) -> list[tuple[str, str]]:
    """Each word of the last version with the number of the change that brought it."""
    document = queries.documents_of(import_history(machine, REAL)).get()
    found = queries.blame(document, queries.text_now(document))
    stretches = [(one.text, _change_of(one.cause)) for row in found.values() for one in row]
    assert "".join(text for text, _ in stretches) == queries.text_now(document).text()
    return [(word, change) for text, change in stretches for word in words_of(text)]


def _change_of(cause: Any) -> str:
    """Every word has a suggestion, and the nth suggestion is the nth change; its author is that of the change."""
    return str(cause.suggestion.number)


def gits(place: Path) -> list[tuple[str, str]]:
    """The same from a history of one word a line."""
    quiet = {
        **os.environ, "HOME": str(place), "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_EMAIL": "x",
        "GIT_COMMITTER_EMAIL": "x", "GIT_COMMITTER_NAME": "x",
    }  # fmt: skip

    def git(*arguments: str, **more: str) -> str:
        words = ["git", *arguments]
        return subprocess.run(
            words, cwd=place, env={**quiet, **more}, check=True, capture_output=True, text=True
        ).stdout

    git("init", "-q")
    for number, words in changes():
        (place / "policy").write_text("".join(f"{word}\n" for word in words))
        git("add", "policy")
        git("commit", "-q", "--allow-empty", "-m", number, GIT_AUTHOR_NAME=number)
    lines = git("blame", "--line-porcelain", "policy").splitlines()
    authors = [line.removeprefix("author ") for line in lines if line.startswith("author ")]
    return list(zip((line[1:] for line in lines if line.startswith("\t")), authors, strict=True))


@pytest.fixture(scope="module")
def contributors() -> dict[str, str]:
    with (REAL / "changes.csv").open(newline="") as sheet:
        return {row["n"]: row["contributor"] for row in csv.DictReader(sheet)}


@needs_real
def test_every_word_of_the_last_version_has_the_writer_that_git_finds(
    tmp_path: Path, contributors: dict[str, str]
) -> None:
    mine, theirs = ours(add_command_line()), gits(tmp_path)

    assert [word for word, _ in mine] == [word for word, _ in theirs]
    differing = [n for n, (one, other) in enumerate(zip(mine, theirs, strict=True)) if one != other]
    by_change = dict(changes())
    moved = [n for n in differing if _only_moved(n, mine, theirs[n][1], by_change)]
    chosen = [n for n in differing if n not in moved and _stood_before(n, mine, theirs[n][1], by_change)]
    figures = (
        f"{len(mine)} words, {len(differing)} with another writer: {len(moved)} moved, {len(chosen)} a choice"
    )
    assert len(moved) + len(chosen) == len(differing), figures
    assert len(differing) < len(mine) * 0.03, figures
    assert len(chosen) <= 10, figures
    assert {contributors[change] for _, change in mine} <= set(contributors.values())


def _only_moved(n: int, mine: list[tuple[str, str]], moved_by: str, by_change: dict[str, list[str]]) -> bool:
    """Whether three words in a row with this one stood in the text already before the change that git names."""
    ours = mine[n][1]
    before = by_change.get(str(int(moved_by) - 1), [])
    known = set(zip(before, before[1:], before[2:], strict=False))
    around = [tuple(word for word, _ in mine[at : at + 3]) for at in (n - 2, n - 1, n) if at >= 0]
    return int(ours) < int(moved_by) and any(words in known for words in around)


def _stood_before(n: int, mine: list[tuple[str, str]], theirs: str, by_change: dict[str, list[str]]) -> bool:
    """Whether the word stood in the text before the later of the two changes, so that either may be said to keep it."""
    word, ours = mine[n]
    return word in by_change[str(max(int(ours), int(theirs)) - 1)]
