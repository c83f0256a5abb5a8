"""An unsorted log of votes, too long for memory, dealt out once to the shard of each person.

Two rounds of work that can be done anywhere, in any order, and again after a worker died: each file of the log is
dealt out into one part for each shard; then each shard puts its parts together, in order of time.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._needs import needed
from .pieces import Piece
from .shards import Shard, Shards, checked_groups, close, new_folder, write
from .votes import Votes

T = TypeVar("T")
# Does the same work on each of some things, and gives back the results in their order.
Each = Callable[[Callable[[Any], T], Sequence[Any]], list[T]]
Rows = tuple[NDArray[Any], ...]
COLUMNS = ("person", "statement", "vote")
# Rows of a log that are held at a time while it is dealt out.
AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Plan:
    """Which people go to which shard: shard i holds the people from `edges[i]` to `edges[i + 1]`, not included."""

    folder: str
    edges: tuple[int, ...]
    statements: int
    files: int


def shuffle_log(
    log: Sequence[Path | str], folder: Path | str, shards: int, *, people: int, statements: int,
    groups: ArrayLike | None = None, group_names: Sequence[str] = (), each: Each[Any] | None = None,
) -> Shards:  # fmt: skip
    """Parquet files with the columns person, statement and vote (places, 1/-1/0), in order of time, made into shards.

    A later file is later in time. `each` does the work on several workers: `crew.each_of`.
    """
    named = checked_groups(groups, group_names, people)
    place = new_folder(folder)
    parts = place / "parts"
    parts.mkdir()
    edges = np.linspace(0, people, min(shards, max(people, 1)) + 1).astype(int)
    plan = Plan(str(parts), tuple(edges.tolist()), statements, len(log))
    run = each or _one_by_one
    run(partial(deal_out, plan), list(enumerate(map(str, log))))
    between = zip(edges[:-1], edges[1:], strict=True)
    written = run(
        partial(put_together, plan, str(place)), [(i, named[a:b]) for i, (a, b) in enumerate(between)]
    )
    shutil.rmtree(parts)
    return close(place, people, statements, group_names, written)


def deal_out(plan: Plan, numbered: tuple[int, str]) -> None:
    """One file of the log into a part for each shard. Doing it twice gives the same parts."""
    number, path = numbered
    arrow = needed("pyarrow")
    writers = [_Part(plan, number, shard) for shard in range(len(plan.edges) - 1)]
    for rows in _batches(path):
        who = rows[0]
        if len(who) and (who.min() < 0 or who.max() >= plan.edges[-1]):
            raise ValueError(f"{path} names a person outside 0 to {plan.edges[-1] - 1}.")
        shard = np.searchsorted(plan.edges, who, side="right") - 1
        order = np.argsort(shard.astype(np.int16), kind="stable")
        ends = np.searchsorted(shard[order], np.arange(len(plan.edges)))
        for writer, begin, end in zip(writers, ends[:-1], ends[1:], strict=True):
            if begin < end:
                writer.add(arrow.table([row[order[begin:end]] for row in rows], names=COLUMNS))
    for writer in writers:
        writer.close()


def put_together(plan: Plan, folder: str, numbered: tuple[int, NDArray[np.int16]]) -> Shard:
    """The parts of one shard, in order of time, as the shard's file."""
    number, groups = numbered
    first, people = plan.edges[number], plan.edges[number + 1] - plan.edges[number]
    paths = [part for file in range(plan.files) if (part := _part(plan, file, number)).exists()]
    rows = [row for path in paths for row in _part_batches(path)]
    who, what, vote = (np.concatenate([np.zeros(0, np.int8), *(row[i] for row in rows)]) for i in range(3))
    votes = Votes.from_log(
        who.astype(np.int64) - first, what, vote, people=people, statements=plan.statements
    )
    return write(Path(folder), number, Piece(first, votes, groups))


class _Part:
    """Written under another name and moved in place at the end, so that half a part is never taken for one."""

    def __init__(self, plan: Plan, file: int, shard: int) -> None:
        self._path = _part(plan, file, shard)
        self._now = self._path.with_suffix(f".{os.getpid()}")
        self._writer: Any = None

    def add(self, table: Any) -> None:
        if self._writer is None:
            self._writer = needed("pyarrow").ipc.new_file(self._now, table.schema)
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            os.replace(self._now, self._path)


def _part(plan: Plan, file: int, shard: int) -> Path:
    return Path(plan.folder) / f"{file:05}-{shard:05}.arrow"


def _part_batches(path: Path) -> Iterator[Rows]:
    with needed("pyarrow").ipc.open_file(path) as file:
        for number in range(file.num_record_batches):
            yield _rows(file.get_batch(number))


def _batches(path: str) -> Iterator[Rows]:
    file = needed("pyarrow.parquet").ParquetFile(path)
    if missing := set(COLUMNS) - set(file.schema_arrow.names):
        raise ValueError(f"{path} has no column {', '.join(sorted(missing))}.")
    for batch in file.iter_batches(AT_ONCE, columns=list(COLUMNS)):
        yield _rows(batch)


def _rows(batch: Any) -> Rows:
    return tuple(batch.column(name).to_numpy(zero_copy_only=False) for name in COLUMNS)


def _one_by_one(work: Callable[[Any], T], things: Sequence[Any]) -> list[T]:
    return [work(thing) for thing in things]
