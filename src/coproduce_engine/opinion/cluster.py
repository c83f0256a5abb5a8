"""The same analysis past one machine: over votes cut by person into files, by workers of a Dask cluster.

Every step is the one that `OpinionMap` takes on votes in memory, and the sums that workers send are exact, so the
groups are the same to the person. What is sent in each round (counts, pair sums, a grid) grows with the number of
statements, never with the number of people. It needs `pip install 'coproduce[cluster]'`.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ._needs import needed
from .checked import checked_parameters
from .crew import Alone, Workers
from .estimator import OpinionMap
from .pieces import Crew, Held
from .rounds import Sorted
from .shards import Shards, new_folder
from .steps import analyse_pieces

# Measured (bench/opinion_cluster.py): one machine takes about 20 bytes of memory a vote while it sorts a log. So up to
# here that is 2 GiB; reading the file that the votes come from takes as much again, and a machine has 8 at least.
MOST_VOTES_HERE = 100_000_000
# A person takes about 130 bytes besides: where they stand, by all statements and by each half, and their group.
MOST_PEOPLE_HERE = 10_000_000


def switch_advice(people: int, votes: int) -> str | None:
    """What to say to somebody whose votes are too many for one machine; None while they are not."""
    if votes <= MOST_VOTES_HERE and people <= MOST_PEOPLE_HERE:
        return None
    return (
        f"{people:,} people and {votes:,} votes are more than one machine should hold: the limits are "
        f"{MOST_PEOPLE_HERE:,} people and {MOST_VOTES_HERE:,} votes, which take about 4 GiB. Cut the votes into shards "
        "and let several workers do it: the result is the same. See docs/how-to/analyse-many-votes.md."
    )


class ClusterMap(OpinionMap):
    """`OpinionMap` over shards: the same parameters, the same result."""

    def fit(  # type: ignore[override]
        self,
        shards: Shards,
        client: Any = None,
        *,
        left_out: Iterable[int] = (),
        people_in: Path | str | None = None,
    ) -> Self:
        """`client` is a `distributed.Client`; without one, this process takes one shard after the other.

        Given groups are those in the shards. `people_in` names a new folder, reached by every worker, for one file a
        shard of where people stand and their groups; they do not come back then, and `positions` has no row.
        """
        crew: Crew = Alone(shards) if client is None else Workers(client, shards)
        people = None if people_in is None else partial(_people_to, str(new_folder(people_in)))
        self.analysis_ = analyse_pieces(
            crew, checked_parameters(self.get_params()), shards.group_names or None, left_out, people=people
        )
        self.components_ = self.analysis_.components
        self.positions_ = self.analysis_.positions
        self.labels_ = self.analysis_.group_of
        return self


def _people_to(folder: str, crew: Crew, held: Held) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    crew.each(partial(write_people, folder), held)
    return np.zeros((0, 2)), np.zeros(0, np.int64)


def write_people(folder: str, sorted: Sorted) -> None:
    """One file for a shard: the place of each person, x and y, and the group (-1: not placed)."""
    piece = sorted.standing.piece
    place = np.arange(piece.first, piece.first + piece.votes.people)
    columns = [place, *sorted.standing.positions.T, sorted.label]
    table = needed("pyarrow").table(columns, names=["person", "x", "y", "group"])
    needed("pyarrow.parquet").write_table(table, Path(folder) / f"people-from-{piece.first:012}.parquet")
