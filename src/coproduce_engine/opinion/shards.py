"""Votes on disk, cut by person into files (Parquet): each file can be worked on by itself, on any machine.

One row a person, in order of place: `statement` and `vote` are lists of one length, statements ascending; `group` is
the place of the person's given group, or -1. `shards.json` beside them says how many people and statements there are
and which people each file holds. Other programs can read the files as they are.
"""

import json
import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._needs import needed
from .pieces import Piece
from .votes import Votes

CONTENTS = "shards.json"
NO_GROUP = -1


@dataclass(frozen=True)
class Shard:
    """The people from `first` on, `people` of them, with their `votes`, in the file `path`."""

    path: str
    first: int
    people: int
    votes: int


@dataclass(frozen=True)
class Shards:
    """All files of one set of votes, in order of people."""

    folder: str
    people: int
    statements: int
    group_names: tuple[str, ...]
    shards: tuple[Shard, ...]

    @property
    def votes(self) -> int:
        return sum(shard.votes for shard in self.shards)

    @classmethod
    def open(cls, folder: Path | str) -> "Shards":
        """What a folder holds, or ValueError in words."""
        try:
            told = json.loads((Path(folder) / CONTENTS).read_text("utf-8"))
            shards = tuple(Shard(**shard) for shard in told["shards"])
            return cls(str(folder), told["people"], told["statements"], tuple(told["group_names"]), shards)
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise ValueError(
                f"{folder} holds no shards of votes: {CONTENTS} is missing or damaged."
            ) from fault


def write_parquet(
    votes: Votes,
    folder: Path | str,
    shards: int,
    *,
    groups: ArrayLike | None = None,
    group_names: Sequence[str] = (),
) -> Shards:
    """Cut votes by person into so many files with about as many votes each."""
    named = checked_groups(groups, group_names, votes.people)
    place = new_folder(folder)
    written = [
        write(place, number, Piece(begin, votes.between(begin, end), named[begin:end]))
        for number, (begin, end) in enumerate(_edges(votes, shards))
    ]
    return close(place, votes.people, votes.statements, group_names, written)


def read(shards: Shards, number: int) -> Piece:
    """One file of them, or ValueError when it is not what `shards.json` says."""
    shard = shards.shards[number]
    try:
        table = needed("pyarrow.parquet").read_table(Path(shards.folder) / shard.path, memory_map=True)
        statement, vote = (table.column(name).combine_chunks() for name in ("statement", "vote"))
        groups = table.column("group").to_numpy()
    except (OSError, KeyError) as fault:
        raise ValueError(f"{shard.path} is missing or damaged: write the shards again.") from fault
    indptr = statement.offsets.to_numpy().astype(np.int64)
    piece = Votes(
        indptr - indptr[0],
        statement.flatten().to_numpy(),
        vote.flatten().to_numpy(),
        shard.people,
        shards.statements,
    )
    if (len(indptr) - 1, piece.count) != (shard.people, shard.votes):
        raise ValueError(f"{shard.path} does not hold what {CONTENTS} says: write the shards again.")
    return Piece(shard.first, piece, groups)


def erase(shards: Shards, person: int) -> Shards:
    """As if the person had never voted and had no group; only their file is written again. The place stays, empty."""
    if not 0 <= person < shards.people:
        raise ValueError(f"There is no person {person}: places go from 0 to {shards.people - 1}.")
    number = bisect_right(shards.shards, person, key=lambda shard: shard.first) - 1
    piece = read(shards, number)
    place, groups = person - piece.first, piece.groups.copy()
    groups[place] = NO_GROUP
    left = Piece(piece.first, piece.votes.without_person(place), groups)
    written = list(shards.shards)
    written[number] = write(Path(shards.folder), number, left)
    return close(Path(shards.folder), shards.people, shards.statements, shards.group_names, written)


def write(folder: Path, number: int, piece: Piece) -> Shard:
    """The shard's file, in place of the one before, if there was one."""
    arrow = needed("pyarrow")
    votes = piece.votes
    starts = arrow.array(votes.indptr.astype(np.int32))
    columns = [
        arrow.ListArray.from_arrays(starts, arrow.array(votes.statement)),
        arrow.ListArray.from_arrays(starts, arrow.array(votes.value)),
        arrow.array(piece.groups),
    ]
    shard = Shard(f"people-{number:05}.parquet", piece.first, votes.people, votes.count)
    table = arrow.table(columns, names=["statement", "vote", "group"])
    # Statements ascend within a person, so that their differences are small.
    packed = {"statement.list.element": "DELTA_BINARY_PACKED"}
    needed("pyarrow.parquet").write_table(
        table, folder / f"{shard.path}.new", compression="zstd", use_dictionary=False, column_encoding=packed
    )
    os.replace(folder / f"{shard.path}.new", folder / shard.path)
    return shard


def close(
    folder: Path, people: int, statements: int, group_names: Sequence[str], written: Sequence[Shard]
) -> Shards:
    """The list of contents comes last: a folder without it was not finished."""
    made = Shards(str(folder), people, statements, tuple(group_names), tuple(written))
    told = {key: value for key, value in asdict(made).items() if key != "folder"}
    (folder / f"{CONTENTS}.new").write_text(json.dumps(told, indent=1), "utf-8")
    os.replace(folder / f"{CONTENTS}.new", folder / CONTENTS)
    return made


def _edges(votes: Votes, shards: int) -> list[tuple[int, int]]:
    if not shards >= 1:
        raise ValueError(f"There must be at least one shard; {shards} were asked for.")
    if not votes.people:
        return [(0, 0)]
    wanted = np.linspace(0, votes.count, min(shards, votes.people) + 1)[1:-1]
    cuts = np.unique(np.concatenate([[0], np.searchsorted(votes.indptr, wanted), [votes.people]]))
    return [(int(begin), int(end)) for begin, end in zip(cuts[:-1], cuts[1:], strict=True)]


def checked_groups(groups: ArrayLike | None, names: Sequence[str], people: int) -> NDArray[np.int16]:
    if groups is None:
        return np.full(people, NO_GROUP, np.int16)
    found = np.asarray(groups)
    if found.shape != (people,) or found.dtype.kind not in "iu":
        raise ValueError(f"groups must hold one whole number for each of the {people} people.")
    if people and not (found.min() >= NO_GROUP and found.max() < len(names)):
        raise ValueError(f"Each group must be a place in group_names (0 to {len(names) - 1}) or {NO_GROUP}.")
    return found.astype(np.int16)


def new_folder(folder: Path | str) -> Path:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    if any(place.iterdir()):
        raise ValueError(f"{place} is not empty: name a new folder, so that no votes are written over.")
    return place
