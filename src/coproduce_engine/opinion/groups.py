"""Groups of people who stand near each other, their number chosen by how well they separate when drawn again.

For each number from 2 on, k-means on the grid; for each of many resamples (people drawn again with replacement, which
on the grid is one multinomial draw) the number with the best silhouette. The number that most of them choose is taken.
A group smaller than the smallest allowed is none: its people are set aside while the centres are sought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .clusters import QUICK_ROUNDS, adjusted_rand, distances, k_means, lloyd, nearest_of, silhouettes
from .grid import COARSE, REACH, Cells

Numbers = NDArray[np.float64]

STARTS, STARTS_OF_A_RESAMPLE = 10, 2
# How often a group that is too small may turn up and be set aside, before that number of groups is given up.
SET_ASIDE = 8


@dataclass(frozen=True)
class Found:
    """`centres` k × 2, largest group first. `same_number` and `agreement` over the resamples, as in Stability.

    `beyond_one_crowd`: in how many of as many made-up crowds without groups (one normal cloud with the same spread)
    the same cut separates people less well.
    """

    centres: Numbers
    silhouette: float
    beyond_one_crowd: float
    same_number: float
    agreement: float


@dataclass(frozen=True)
class _Candidate:
    centres: Numbers
    labels: NDArray[np.int64]
    counted: NDArray[np.bool_]


def find_groups(
    coarse: Cells, fine: Cells, *, most: int, smallest: int, resamples: int, chance: np.random.Generator
) -> Found | None:
    """None where not even two groups of the smallest size can be made."""
    numbers = range(2, min(most, len(coarse.point), int(coarse.people // max(smallest, 1))) + 1)
    tried = [_candidate(coarse, k, smallest, chance) for k in numbers]
    candidates = [one for one in tried if one is not None]
    if not candidates:
        return None
    apart = distances(coarse.point)
    drawn = chance.multinomial(int(coarse.people), coarse.weight / coarse.people, size=resamples).astype(
        float
    )
    widths, labels = _resampled(coarse, candidates, drawn, apart, chance)
    own = [_width(coarse, one, apart) for one in candidates]
    chosen = widths.argmax(axis=0) if resamples else np.array([int(np.argmax(own))])
    best = int(np.bincount(chosen).argmax())
    agreement = [
        adjusted_rand(candidates[best].labels, labels[place][row], coarse.weight)
        for row, place in enumerate(chosen if resamples else ())
    ]
    return Found(
        _polished(fine, candidates[best]),
        own[best],
        _beyond_one_crowd(coarse, own[best], len(candidates[best].centres), resamples, chance),
        float((chosen == best).mean()) if resamples else 0.0,
        float(np.mean(agreement)) if resamples else 0.0,
    )


def labels_of(positions: Numbers, centres: Numbers) -> NDArray[np.int64]:
    """The place of the nearest centre for each person (people)."""
    return np.asarray(nearest_of(positions, centres[None])[0])


def _candidate(cells: Cells, k: int, smallest: int, chance: np.random.Generator) -> _Candidate | None:
    counted = np.ones(len(cells.weight), dtype=bool)
    for _ in range(SET_ASIDE):
        weights = (cells.weight * counted)[None]
        started, _ = k_means(cells.point, weights, k, STARTS, chance, QUICK_ROUNDS)
        centres, labels = lloyd(cells.point, weights, started)
        sizes = np.bincount(labels[0], weights[0], minlength=k)
        if sizes.min() >= smallest:
            return _Candidate(centres[0], labels[0], counted)
        counted &= (sizes >= smallest)[labels[0]]
        if counted.sum() < k:
            return None
    return None


def _resampled(
    cells: Cells,
    candidates: Sequence[_Candidate],
    drawn: Numbers,
    apart: NDArray[np.float32],
    chance: np.random.Generator,
) -> tuple[Numbers, list[NDArray[np.int64]]]:
    """Silhouettes (candidates × resamples), and for each candidate the labels (resamples × cells)."""
    widths, every = np.zeros((len(candidates), len(drawn))), []
    for place, one in enumerate(candidates):
        k = len(one.centres)
        _, labels = k_means(cells.point, drawn * one.counted, k, STARTS_OF_A_RESAMPLE, chance, QUICK_ROUNDS)
        widths[place] = silhouettes(apart, drawn, labels, k)
        every.append(labels)
    return widths, every


def _width(cells: Cells, one: _Candidate, apart: NDArray[np.float32]) -> float:
    return float(silhouettes(apart, cells.weight[None], one.labels[None], len(one.centres))[0])


def _beyond_one_crowd(cells: Cells, width: float, k: int, draws: int, chance: np.random.Generator) -> float:
    steps = np.linspace(-REACH, REACH, COARSE)
    across = np.stack(np.meshgrid(steps, steps), axis=2).reshape(-1, 2)
    across = across[np.square(across).sum(axis=1) < REACH**2]
    likely = np.exp(-np.square(across).sum(axis=1) / 2)
    drawn = chance.multinomial(int(cells.people), likely / likely.sum(), size=draws).astype(float)
    points = across @ _spread(cells).T
    _, labels = k_means(points, drawn, k, STARTS_OF_A_RESAMPLE, chance, QUICK_ROUNDS)
    return float((silhouettes(distances(points), drawn, labels, k) < width).mean()) if draws else 0.0


def _spread(cells: Cells) -> Numbers:
    """A table that turns a round cloud into one with the spread of the people in the cells (2 × 2)."""
    values, columns = np.linalg.eigh(np.cov(cells.point.T, fweights=cells.weight.astype(int), ddof=0))
    return np.asarray(columns * np.sqrt(np.maximum(values, 0)))


def _polished(fine: Cells, one: _Candidate) -> Numbers:
    """A few more rounds on the fine grid, unless people were set aside: there they would pull again."""
    centres = one.centres[None]
    if one.counted.all():
        centres, _ = lloyd(fine.point, fine.weight[None], centres)
    sizes = np.bincount(nearest_of(fine.point, centres)[0], fine.weight, minlength=len(one.centres))
    return np.asarray(centres[0][np.argsort(-sizes, kind="stable")])
