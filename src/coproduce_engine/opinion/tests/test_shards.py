"""Votes cut by person into files, and an unsorted log dealt out to them."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coproduce_engine.opinion.pieces import Piece
from coproduce_engine.opinion.shards import Shards, erase, read, write_parquet
from coproduce_engine.opinion.shuffle import shuffle_log
from coproduce_engine.opinion.votes import Votes

PEOPLE, STATEMENTS = 211, 17


def log(seed: int, rows: int = 3_000, people: int = PEOPLE) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    return (
        chance.integers(0, people, rows),
        chance.integers(0, STATEMENTS, rows),
        chance.integers(-1, 2, rows),
    )


def votes(seed: int = 1) -> Votes:
    return Votes.from_log(*log(seed), people=PEOPLE, statements=STATEMENTS)


def pieces(shards: Shards) -> list[Piece]:
    return [read(shards, number) for number in range(len(shards.shards))]


def together(shards: Shards) -> Votes:
    """All shards side by side again."""
    parts = pieces(shards)
    who = np.concatenate([part.votes.voter_of_each() + part.first for part in parts])
    what, value = (
        np.concatenate([getattr(part.votes, row) for part in parts]) for row in ("statement", "value")
    )
    return Votes.from_log(who, what, value, people=shards.people, statements=shards.statements)


def same(one: Votes, other: Votes) -> bool:
    return (one.people, one.statements) == (other.people, other.statements) and all(
        np.array_equal(getattr(one, row), getattr(other, row)) for row in ("indptr", "statement", "value")
    )


@pytest.mark.parametrize("shards", [1, 3, 16, 500])
def test_shards_hold_every_vote_once_and_every_person_in_one_file(tmp_path: Path, shards: int) -> None:
    made = write_parquet(votes(), tmp_path / "new", shards)
    assert Shards.open(tmp_path / "new") == made
    assert same(together(made), votes())
    assert sum(shard.people for shard in made.shards) == PEOPLE
    assert made.votes == votes().count


def test_shards_have_about_as_many_votes_each(tmp_path: Path) -> None:
    made = write_parquet(votes(), tmp_path / "new", 4)
    assert len(made.shards) == 4
    assert max(shard.votes for shard in made.shards) < 1.2 * made.votes / 4


def test_given_groups_go_with_their_people(tmp_path: Path) -> None:
    groups = np.arange(PEOPLE) % 4 - 1
    made = write_parquet(
        votes(), tmp_path / "new", 5, groups=groups, group_names=["citizens", "carers", "staff"]
    )
    assert np.array_equal(np.concatenate([piece.groups for piece in pieces(made)]), groups)
    assert Shards.open(tmp_path / "new").group_names == ("citizens", "carers", "staff")


@pytest.mark.parametrize("person", [0, 97, PEOPLE - 1])
def test_erasing_a_person_equals_never_having_had_them(tmp_path: Path, person: int) -> None:
    groups = np.arange(PEOPLE) % 3
    made = write_parquet(
        votes(), tmp_path / "new", 5, groups=groups, group_names=["citizens", "carers", "staff"]
    )
    left = erase(made, person)
    assert left == Shards.open(tmp_path / "new")
    groups[person] = -1
    never = write_parquet(
        votes().without_person(person), tmp_path / "never", 5, groups=groups, group_names=made.group_names
    )
    assert same(together(left), together(never))
    assert np.array_equal(np.concatenate([piece.groups for piece in pieces(left)]), groups)
    with pytest.raises(ValueError, match="There is no person"):
        erase(left, PEOPLE)


def test_no_votes_and_nobody_make_shards_too(tmp_path: Path) -> None:
    nobody = Votes.from_log([], [], [], people=0, statements=0)
    assert together(write_parquet(nobody, tmp_path / "none", 3)).people == 0
    silent = Votes.from_log([], [], [], people=7, statements=2)
    assert same(together(write_parquet(silent, tmp_path / "silent", 3)), silent)


@pytest.mark.parametrize("shards", [1, 4, 300])
def test_an_unsorted_log_in_several_files_gives_the_shards_of_its_last_votes(
    tmp_path: Path, shards: int
) -> None:
    rows, files = log(5, rows=4_001), []
    for number, begin in enumerate(range(0, 4_001, 900)):
        files.append(tmp_path / f"log-{number}.parquet")
        columns = [row[begin : begin + 900] for row in rows]
        pq.write_table(pa.table(columns, names=["person", "statement", "vote"]), files[-1])
    made = shuffle_log(files, tmp_path / "new", shards, people=PEOPLE, statements=STATEMENTS)
    assert same(together(made), Votes.from_log(*rows, people=PEOPLE, statements=STATEMENTS))
    assert not (tmp_path / "new" / "parts").exists()


def test_a_log_that_is_wrong_is_refused_in_words(tmp_path: Path) -> None:
    for name, columns, names, said in (
        ("a", [[9], [0], [1]], ["person", "statement", "vote"], "person outside 0 to 4"),
        ("b", [[0], [0], [7]], ["person", "statement", "vote"], "agree"),
        ("c", [[0], [0]], ["person", "vote"], "no column statement"),
    ):
        pq.write_table(pa.table(columns, names=names), tmp_path / f"{name}.parquet")
        with pytest.raises(ValueError, match=said):
            shuffle_log([tmp_path / f"{name}.parquet"], tmp_path / name, 2, people=5, statements=3)


def test_votes_are_never_written_over(tmp_path: Path) -> None:
    write_parquet(votes(), tmp_path, 2)
    with pytest.raises(ValueError, match="not empty"):
        write_parquet(votes(), tmp_path, 2)


def test_damaged_or_missing_shards_are_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no shards"):
        Shards.open(tmp_path)
    made = write_parquet(votes(), tmp_path / "new", 2)
    (tmp_path / "new" / made.shards[1].path).write_bytes(b"not votes")
    with pytest.raises(ValueError, match="damaged"):
        read(made, 1)
    other = write_parquet(votes(9), tmp_path / "other", 2)
    (tmp_path / "new" / made.shards[1].path).write_bytes(
        (tmp_path / "other" / other.shards[0].path).read_bytes()
    )
    with pytest.raises(ValueError, match="does not hold"):
        read(made, 1)


@pytest.mark.parametrize(("groups", "said"), [([0], "each of the"), ([5] * PEOPLE, "place in group_names")])
def test_wrong_groups_are_refused(tmp_path: Path, groups: list[int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        write_parquet(votes(), tmp_path, 2, groups=groups, group_names=["citizens"])
