"""The same analysis past one machine: over votes cut by person into files, by workers of a Dask cluster.

Every step is the one that `OpinionMap` takes on votes in memory, and the sums that workers send are exact, so the
groups are the same to the person. Sent are, per round, counts, pair sums, a grid: their size depends on the number of
statements, never on the number of people. It needs `pip install 'coproduce[cluster]'`.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from . import rounds
from ._needs import needed
from .checked import checked_parameters
from .crew import Alone, Workers
from .estimator import OpinionMap
from .pieces import Crew
from .results import Analysis
from .shards import Shards
from .steps import analyse_pieces

# Measured (bench/opinion_cluster.py): one machine takes about 32 bytes of memory a vote while it sorts a log, and 20
# seconds of one core for 100 million votes. So up to here 8 GiB of memory are enough, beside everything else on it.
MOST_VOTES_HERE = 100_000_000
# A person takes about 150 bytes besides: where they stand, by all statements and by each half, and their group.
MOST_PEOPLE_HERE = 10_000_000


def switch_advice(people: int, votes: int) -> str | None:
    """What to say to somebody whose votes are too many for one machine; None while they are not."""
    if votes <= MOST_VOTES_HERE and people <= MOST_PEOPLE_HERE:
        return None
    return (
        f"{people:,} people and {votes:,} votes are more than one machine should hold: up to {MOST_PEOPLE_HERE:,} people "
        f"and {MOST_VOTES_HERE:,} votes it needs no more than 4 GiB. Cut the votes into shards and let several workers "
        "do it; the result is the same. How: docs/how-to/analyse-many-votes.md"
    )


class ClusterMap(OpinionMap):
    """`OpinionMap` over shards: the same parameters, the same result.

    `client` is a `distributed.Client`, or None: then this process does it, one shard at a time.
    """
