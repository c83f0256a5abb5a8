"""Votes of a made-up public, as many as wanted: three camps, two quarrels, a fifth of the statements not disputed.

People vote a log-normal number of times; some statements are seen far more than others; some votes are changed.
`python -m bench._synthetic_votes PEOPLE STATEMENTS VOTES SEED FOLDER` keeps a log for another process.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CAMPS = np.array([0.5, 0.3, 0.2])
CENTRES = np.array([[1.0, 0.0], [-0.8, 0.9], [-0.7, -1.1]])
WITHIN = 0.5
NOT_DISPUTED = 0.2
CHANGED = 0.02
STRETCH = 2_000_000


@dataclass(frozen=True)
class Log:
    """Rows in the order of time, and the camp that each person was made in."""

    person: NDArray[np.int32]
    statement: NDArray[np.int16]
    vote: NDArray[np.int8]
    camp: NDArray[np.int8]
    people: int
    statements: int

    def keep(self, folder: Path) -> None:
        for name in ("person", "statement", "vote", "camp"):
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def kept(cls, folder: Path, people: int, statements: int) -> "Log":
        person, statement, vote, camp = (
            np.load(folder / f"{name}.npy") for name in ("person", "statement", "vote", "camp")
        )
        return cls(person, statement, vote, camp, people, statements)


def synthetic(people: int, statements: int, votes: int, *, seed: int = 1, in_order: bool = False) -> Log:
    """About `votes` rows (a little less where people would see a statement twice); `in_order`: by person."""
    chance = np.random.default_rng(seed)
    camp = chance.choice(3, people, p=CAMPS).astype(np.int8)
    stance = (CENTRES[camp] + WITHIN * chance.normal(size=(people, 2))).astype(np.float32)
    pull, lean = _statements(chance, statements)
    own = _votes_a_person(chance, people, statements, votes)
    seen = np.cumsum(chance.lognormal(0, 0.8, statements))
    parts = [_some(chance, stance[a:b], own[a:b], seen / seen[-1], pull, lean, a) for a, b in _stretches(own)]
    person, statement, vote = (np.concatenate([part[i] for part in parts]) for i in range(3))
    if not in_order:
        order = chance.permutation(np.arange(len(person), dtype=np.int32))
        person, statement, vote = person[order], statement[order], vote[order]
    return Log(person, statement, vote, camp, people, statements)


def _statements(
    chance: np.random.Generator, statements: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How each statement pulls the two quarrels, and how all lean on it."""
    pull = chance.normal(size=(statements, 2)) * chance.gamma(2, 0.5, (statements, 1))
    lean = chance.normal(0.1, 0.6, statements)
    calm = chance.random(statements) < NOT_DISPUTED
    pull[calm] *= 0.1
    lean[calm] = chance.choice([1.6, -1.6], calm.sum(), p=[0.8, 0.2])
    return pull.astype(np.float32), lean.astype(np.float32)


def _votes_a_person(
    chance: np.random.Generator, people: int, statements: int, votes: int
) -> NDArray[np.int64]:
    wanted = chance.lognormal(0, 1, people)
    low, high = 0.0, float(votes)
    # The many who stop at every statement leave fewer for the mean, so the scale is sought.
    for _ in range(50):
        middle = (low + high) / 2
        enough = np.clip(wanted * middle, 1, 0.8 * statements).sum() > votes
        low, high = (low, middle) if enough else (middle, high)
    return np.maximum(1, np.clip(wanted * high, 1, 0.8 * statements)).astype(np.int64)


def _stretches(own: NDArray[np.int64]) -> list[tuple[int, int]]:
    ends = np.cumsum(own)
    cuts = np.searchsorted(ends, np.arange(STRETCH, ends[-1], STRETCH))
    edges = np.unique(np.concatenate([[0], cuts, [len(own)]]))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _some(
    chance: np.random.Generator,
    stance: NDArray[np.float32],
    own: NDArray[np.int64],
    seen: NDArray[np.float64],
    pull: NDArray[np.float32],
    lean: NDArray[np.float32],
    first: int,
) -> tuple[NDArray[np.int32], NDArray[np.int16], NDArray[np.int8]]:
    """The votes of a stretch of people: drawn a third too many, each statement once, cut to the wanted number."""
    who = np.repeat(np.arange(len(own), dtype=np.int32), np.ceil(own * 1.3).astype(np.int64))
    what = np.searchsorted(seen, chance.random(len(who), dtype=np.float32)).clip(max=len(lean) - 1)
    once = np.sort(who * np.int64(len(lean)) + what)
    who, what = np.divmod(once[np.diff(once, prepend=-1) > 0], len(lean))
    kept = chance.random(len(who), dtype=np.float32) * np.bincount(who, minlength=len(own))[who] < own[who]
    who, what = who[kept], what[kept]
    vote = _vote(chance, stance, who.astype(np.int64), what, pull, lean)
    again = chance.random(len(who), dtype=np.float32) < CHANGED
    who, what = (np.concatenate([row, row[again]]) for row in (who, what))
    vote = np.concatenate([vote, chance.integers(-1, 2, again.sum(), dtype=np.int8)])
    return (who + first).astype(np.int32), what.astype(np.int16), vote


def _vote(
    chance: np.random.Generator,
    stance: NDArray[np.float32],
    who: NDArray[np.int64],
    what: NDArray[np.int64],
    pull: NDArray[np.float32],
    lean: NDArray[np.float32],
) -> NDArray[np.int8]:
    felt = lean[what] + chance.standard_normal(len(who), dtype=np.float32)
    for way in (0, 1):
        felt += stance[who, way] * pull[what, way]
    return np.asarray((felt > 0.3).astype(np.int8) - (felt < -0.3).astype(np.int8))


def main(people: int, statements: int, votes: int, seed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    synthetic(people, statements, votes, seed=seed).keep(folder)


if __name__ == "__main__":
    people, statements, votes, seed = map(int, sys.argv[1:5])
    main(people, statements, votes, seed, Path(sys.argv[5]))
