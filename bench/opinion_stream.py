"""One vote arriving: what an exact update of the current votes and of all pair sums costs, beside computing them again.

And ratings with gaps: what one sweep of the alternating means costs.
"""

import resource
import time
from collections.abc import Callable
from itertools import islice
from typing import TypeVar

import numpy as np

from bench._house import figure
from bench._synthetic_votes import Log, synthetic
from coproduce_engine.opinion.components import share_sampled
from coproduce_engine.opinion.estimator import OpinionMap
from coproduce_engine.opinion.lots import SAMPLED, lots
from coproduce_engine.opinion.ratings import Ratings, effects
from coproduce_engine.opinion.streaming import VoteStream
from coproduce_engine.opinion.sums import PairSums, pairs_of
from coproduce_engine.opinion.votes import Votes

T = TypeVar("T")
SIZES = ((33_422, 783, 2_000_000), (100_000, 1_000, 5_400_000), (1_000_000, 1_000, 51_000_000))
STREAMED = 200_000
MOST_US = 10.0
RATINGS = 20_000_000


def main() -> None:
    for people, statements, votes in SIZES:
        _stream(synthetic(people, statements, votes, seed=3))
    _ratings()
    figure("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")


def _stream(log: Log) -> None:
    print(f"  {log.people:,} people, {log.statements:,} statements, {len(log.person):,} votes in the log")
    known = len(log.person) - STREAMED
    rows = (log.person, log.statement, log.vote)
    size = {"people": log.people, "statements": log.statements}
    stream = VoteStream.of(Votes.from_log(*(row[:known] for row in rows), **size))
    others = np.mean(stream.votes().own[log.person[known:]])
    coming = zip(*(row[known:].tolist() for row in rows), strict=True)
    taken = sorted(
        _seconds(stream, list(islice(coming, STREAMED // 8))) / (STREAMED // 8) * 1e6 for _ in range(8)
    )
    late = "" if taken[4] < MOST_US else "  TOO MUCH"
    figure(
        f"one vote of a person with {others:.0f} others (at most {MOST_US:.0f} us){late}", taken[4], "us CPU"
    )
    figure("  slowest of 8 stretches", taken[-1], "us CPU")
    sums = _timed("pair sums as they stand, from the stream", stream.sums)
    streamed = _timed("current votes as they stand, from the stream", stream.votes)
    votes = _timed("  the same votes from the log again", lambda: Votes.from_log(*rows, **size))
    again = _timed("  the same pair sums computed again", lambda: PairSums.of(_drawn(votes)))
    assert all(np.array_equal(getattr(sums, name), getattr(again, name)) for name in "ghk")
    found = _timed("analysis, from the stream", lambda: OpinionMap().fit(streamed, sums=sums))
    usual = _timed("  the same analysis of the votes", lambda: OpinionMap().fit(votes))
    assert np.array_equal(found.labels_, usual.labels_)
    _erase(stream, votes)


def _drawn(votes: Votes) -> Votes:
    share = share_sampled(pairs_of(votes))
    return votes if share >= 1 else votes.of_people(lots(0, votes.people, purpose=SAMPLED) < share)


def _timed(words: str, work: Callable[[], T]) -> T:
    begun = time.process_time()
    made = work()
    figure(words, (time.process_time() - begun) * 1e3, "ms CPU")
    return made


def _seconds(stream: VoteStream, votes: list[tuple[int, int, int]]) -> float:
    begun = time.process_time()
    stream.take(votes)
    return time.process_time() - begun


def _erase(stream: VoteStream, votes: Votes) -> None:
    gone = np.flatnonzero(votes.own)[:100].tolist()
    begun = time.process_time()
    for person in gone:
        stream.erase(person)
    figure("a person taken out", (time.process_time() - begun) / len(gone) * 1e6, "us CPU")


def _ratings() -> None:
    chance = np.random.default_rng(1)
    judges, cases = 1_000_000, 1_000
    who, what = (chance.integers(0, size, RATINGS, dtype=np.int32) for size in (judges, cases))
    value = chance.normal(0, 0.7, judges)[who] + chance.normal(0, 1, cases)[what]
    value += chance.normal(0, 0.5, RATINGS)
    ratings = Ratings.from_log(who, what, value, judges=judges, cases=cases)
    begun = time.process_time()
    found = effects(ratings)
    taken = time.process_time() - begun
    level, pattern = float(np.nanstd(found.judge)), (found.left / RATINGS) ** 0.5
    print(
        f"  {RATINGS:,} ratings: {found.sweeps} sweeps; raw spread of judges {level:.3f}, left {pattern:.3f}"
    )
    figure("ratings: one sweep of the alternating means", taken / found.sweeps, "s CPU")


if __name__ == "__main__":
    main()
