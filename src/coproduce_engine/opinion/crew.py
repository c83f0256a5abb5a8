"""Who does the work on shards: this process alone, or workers of a Dask cluster. Both do the same, in the same order.

A piece of work is a pure function of one shard. When a worker dies, its shards are read again by another, and what it
had not given back is done again; nothing that was counted is counted twice.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ._needs import needed
from .shards import Piece, Shards, read

T = TypeVar("T")
Sums = tuple[NDArray[np.integer], ...]
# So many results are added up on a worker at a time, so that the one who asked never holds all of them.
ADDED_AT_ONCE = 4
# A worker takes this much of the machine's memory at most, unless told otherwise.
MEMORY = "2GiB"


class Crew(Protocol):
    """Does work on every shard."""

    shards: Shards

    def each(self, work: Callable[[Piece], T]) -> list[T]:
        """The results, in the order of the shards."""

    def summed(self, work: Callable[[Piece], Sums]) -> Sums:
        """The results added up. They are whole numbers, so that the order of adding does not matter."""


class Alone:
    """Reads one shard after the other, in this process: for a machine with a large disk and little memory."""

    def __init__(self, shards: Shards) -> None:
        self.shards = shards

    def each(self, work: Callable[[Piece], T]) -> list[T]:
        return [work(read(self.shards, number)) for number in range(len(self.shards.shards))]

    def summed(self, work: Callable[[Piece], Sums]) -> Sums:
        total: Sums | None = None
        for number in range(len(self.shards.shards)):
            found = work(read(self.shards, number))
            total = found if total is None else added([total, found])
        assert total is not None, "there is always one shard"
        return total


class Workers:
    """Workers of a Dask cluster. Shards stay in their memory (on their disks when it is full) between the rounds."""

    def __init__(self, client: Any, shards: Shards) -> None:
        self.shards, self._client = shards, client
        self._pieces = client.map(partial(read, shards), range(len(shards.shards)), key="shard", pure=False)

    def each(self, work: Callable[[Piece], T]) -> list[T]:
        found: list[T] = self._client.gather(self._client.map(work, self._pieces, pure=False))
        return found

    def summed(self, work: Callable[[Piece], Sums]) -> Sums:
        waiting = self._client.map(work, self._pieces, pure=False)
        while len(waiting) > 1:
            waiting = [
                self._client.submit(added, waiting[begin : begin + ADDED_AT_ONCE], pure=False)
                for begin in range(0, len(waiting), ADDED_AT_ONCE)
            ]
        found: Sums = self._client.gather(waiting[0])
        return found


def each_of(client: Any) -> Callable[[Callable[[Any], T], Sequence[Any]], list[T]]:
    """For `shuffle.shuffle_log`: the same work on each of some things, by the workers."""

    def run(work: Callable[[Any], T], things: Sequence[Any]) -> list[T]:
        found: list[T] = client.gather(client.map(work, things, pure=False))
        return found

    return run


@contextmanager
def workers_here(workers: int = 2, *, memory: str = MEMORY) -> Iterator[Any]:
    """A client of so many workers on this machine, each a process with one thread; they end with the block."""
    distributed = needed("distributed")
    with (
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            memory_limit=memory,
            dashboard_address=None,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def added(results: Sequence[Sums]) -> Sums:
    first, *others = results
    total = tuple(row.copy() for row in first)
    for other in others:
        for row, more in zip(total, other, strict=True):
            row += more
    return total
