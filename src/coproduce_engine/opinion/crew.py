"""Who does the work on shards: this process, one shard at a time, or workers of a Dask cluster. Both give the same.

A piece of work is a pure function of one shard. When a worker dies, another reads its shards again and does again what
the dead one had not given back; so nothing is lost, and nothing is counted twice.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from ._needs import needed
from .pieces import Held, Sums, added
from .shards import Shards, read

T = TypeVar("T")
# So many results are added up on a worker at a time, so that whoever asked never holds all of them.
ADDED_AT_ONCE = 4
# What a worker may take of the machine's memory, unless told otherwise.
MEMORY = "2GiB"


class _OfShards:
    def __init__(self, shards: Shards) -> None:
        self._shards = shards
        self.people, self.statements = shards.people, shards.statements

    def only(self, held: Held) -> Any | None:
        return None


class Alone(_OfShards):
    """This process, with one shard in memory at a time. It keeps nothing: each round reads the shards again."""

    def pieces(self) -> Held:
        return [partial(read, self._shards, number) for number in range(len(self._shards.shards))]

    def kept(self, work: Callable[[Any], Any], held: Held) -> Held:
        return [partial(_after, work, make) for make in held]

    def each(self, work: Callable[[Any], T], held: Held) -> list[T]:
        return [work(make()) for make in held]

    def summed(self, work: Callable[[Any], Sums], held: Held) -> Sums:
        first, *others = held
        total = work(first())
        for make in others:
            total = added([total, work(make())])
        return total


class Workers(_OfShards):
    """Workers of a Dask cluster. Shards stay in their memory (on their disks when it is full) between the rounds."""

    def __init__(self, client: Any, shards: Shards) -> None:
        super().__init__(shards)
        self._client = client

    def pieces(self) -> Held:
        return self._map(partial(read, self._shards), range(len(self._shards.shards)))

    def kept(self, work: Callable[[Any], Any], held: Held) -> Held:
        return self._map(work, held)

    def each(self, work: Callable[[Any], T], held: Held) -> list[T]:
        found: list[T] = self._client.gather(self._map(work, held))
        return found

    def summed(self, work: Callable[[Any], Sums], held: Held) -> Sums:
        waiting = self._map(work, held)
        while len(waiting) > 1:
            some = range(0, len(waiting), ADDED_AT_ONCE)
            waiting = self._map(added, [waiting[begin : begin + ADDED_AT_ONCE] for begin in some])
        found: Sums = self._client.gather(waiting[0])
        return found

    def _map(self, work: Callable[[Any], Any], things: Sequence[Any]) -> list[Any]:
        made: list[Any] = self._client.map(work, things, pure=False)
        return made


def each_of(client: Any) -> Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]:
    """For `shuffle.shuffle_log`: the same work on each of some things, by the workers."""

    def run(work: Callable[[Any], Any], things: Sequence[Any]) -> list[Any]:
        found: list[Any] = client.gather(client.map(work, things, pure=False))
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


def _after(work: Callable[[Any], Any], make: Callable[[], Any]) -> Any:
    return work(make())
