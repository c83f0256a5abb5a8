"""k-means of weighted points, many runs side by side; and how well a clustering separates (silhouettes).

Lloyd (1982, IEEE Trans. Inf. Theory 28:129–137), starts by k-means++ (Arthur and Vassilvitskii 2007, SODA), silhouettes
by Rousseeuw (1987, J. Comput. Appl. Math. 20:53–65), with a point of weight w counted as w people in one place.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

ROUNDS = 40
# Runs that are only compared with each other need not stand quite still.
QUICK_ROUNDS = 8


def k_means(
    points: Numbers, weights: Numbers, k: int, starts: int, chance: np.random.Generator, rounds: int = ROUNDS
) -> tuple[Numbers, Labels]:
    """For each row of `weights` (runs × points) the best of several starts.

    Centres runs × k × 2, labels runs × points.
    """
    runs = len(weights)
    every = np.repeat(weights, starts, axis=0)
    centres, labels = lloyd(points, every, _plus_plus(points, every, k, chance), rounds)
    inertia = _spread(points, every, centres, labels).reshape(runs, starts)
    best = np.arange(runs) * starts + inertia.argmin(axis=1)
    return centres[best], labels[best]


def lloyd(
    points: Numbers, weights: Numbers, centres: Numbers, rounds: int = ROUNDS
) -> tuple[Numbers, Labels]:
    """Nearest centre and new mean in turn, for all runs at once, until nobody moves. A centre left alone stays."""
    x, y = points.astype(np.float32).T
    flat, summed = np.stack([-x, -y, np.ones_like(x)]), np.column_stack([np.ones(len(points)), points])
    labels = _nearest(flat, centres)
    for _ in range(rounds):
        centres = _means(weights, summed, labels, centres)
        moved = _nearest(flat, centres)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return centres, labels.astype(np.int64)


def _nearest(flat: NDArray[np.float32], centres: Numbers) -> NDArray[np.integer]:
    """As nearest_of, of all runs by one product. `flat`: −x, −y and 1 of each point (3 × points).

    A product may round otherwise for a part of the points than for all: enough on a grid, which is never in parts.
    """
    runs, k, _ = centres.shape
    small = centres.astype(np.float32)
    own = np.square(small).sum(axis=2, keepdims=True) / 2
    apart = (np.concatenate([small, own], axis=2).reshape(-1, 3) @ flat).reshape(runs, k, flat.shape[1])
    best = apart[:, 0]
    label = np.zeros(best.shape, dtype=np.min_scalar_type(k))
    for place in range(1, k):
        np.putmask(label, apart[:, place] < best, place)
        best = np.minimum(best, apart[:, place])
    return label


def nearest_of(points: Numbers, centres: Numbers) -> Labels:
    """The place of the nearest centre (runs × points) for centres runs × k × 2; of two as near, the first."""
    runs, k, _ = centres.shape
    label = np.zeros((runs, len(points)), dtype=np.int64)
    best = _apart(points, centres[:, 0])
    for place in range(1, k):
        apart = _apart(points, centres[:, place])
        np.copyto(label, place, where=apart < best)
        np.minimum(best, apart, out=best)
    return label


def _apart(points: Numbers, centre: Numbers) -> Numbers:
    """Half the squared distance, less the point's own part, which is the same for every centre (runs × points)."""
    x, y = centre[:, :1], centre[:, 1:]
    apart = x * -points[:, 0]
    apart -= y * points[:, 1]
    apart += (x * x + y * y) / 2
    return np.asarray(apart)


def silhouettes(apart: NDArray[np.float32], weights: Numbers, labels: Labels, k: int) -> Numbers:
    """The mean over people for each run (runs), from the distances between points (points × points)."""
    runs, points = labels.shape
    held = np.zeros((runs, k, points))
    np.put_along_axis(held, labels[:, None, :], weights[:, None, :], axis=1)
    sizes = held.sum(axis=2)
    far = (held.reshape(-1, points).astype(apart.dtype) @ apart).reshape(runs, k, points)
    own_size = np.take_along_axis(sizes, labels, axis=1)
    own = np.take_along_axis(far, labels[:, None, :], axis=1)[:, 0] / np.maximum(own_size - 1, 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        others = np.where(sizes[:, :, None] > 0, far / sizes[:, :, None], np.inf)
    np.put_along_axis(others, labels[:, None, :], np.inf, axis=1)
    return _mean_width(own, others.min(axis=1), own_size > 1, weights)


def distances(points: Numbers) -> NDArray[np.float32]:
    """points × points, in small numbers: they are only averaged."""
    x, y = points.astype(np.float32).T
    across, up = x[:, None] - x, y[:, None] - y
    across *= across
    across += np.multiply(up, up, out=up)
    return np.asarray(np.sqrt(across, out=across))


def adjusted_rand(one: Labels, other: Labels, weights: Numbers) -> float:
    """How far two labellings of the same people agree: 1 the same, 0 as chance would (Hubert and Arabie 1985)."""
    size = one.max(initial=0) + 1, other.max(initial=0) + 1
    flat = np.bincount(one * size[1] + other, weights, minlength=size[0] * size[1])
    table: Numbers = flat.reshape(size)
    together, rows, columns, everybody = (
        _pairs(part).sum() for part in (table, table.sum(axis=1), table.sum(axis=0), table.sum())
    )
    by_chance = rows * columns / everybody if everybody else 0.0
    most = (rows + columns) / 2
    return float((together - by_chance) / (most - by_chance)) if most > by_chance else 1.0


def _pairs(people: Numbers) -> Numbers:
    return np.asarray(people * (people - 1) / 2)


def _mean_width(own: Numbers, other: Numbers, counts: NDArray[np.bool_], weights: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        width = np.where(np.isfinite(other), (other - own) / np.maximum(own, other), 0.0)
    width = np.where(counts, np.nan_to_num(width), 0.0)
    return np.asarray((width * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-12))


def _plus_plus(points: Numbers, weights: Numbers, k: int, chance: np.random.Generator) -> Numbers:
    centres = np.empty((len(weights), k, 2))
    nearest = np.full(weights.shape, 1.0)
    for place in range(k):
        centres[:, place] = points[_drawn(weights * nearest, weights, chance)]
        apart = _squared(points, centres[:, place, :1], centres[:, place, 1:])
        nearest = apart if place == 0 else np.minimum(nearest, apart)
    return centres


def _drawn(likely: Numbers, otherwise: Numbers, chance: np.random.Generator) -> Labels:
    """One point a run, as likely as its number; by weight alone where nothing is left that stands apart."""
    so_far = likely.cumsum(axis=1)
    nowhere = so_far[:, -1] <= 0
    so_far[nowhere] = otherwise[nowhere].cumsum(axis=1)
    wanted = chance.random((len(likely), 1)) * so_far[:, -1:]
    passed = so_far > wanted
    passed[:, -1] = True
    return np.asarray(passed.argmax(axis=1))


def _means(weights: Numbers, summed: Numbers, labels: NDArray[np.integer], centres: Numbers) -> Numbers:
    """`summed`: 1, x and y of each point (points × 3)."""
    found = np.stack([(weights * (labels == place)) @ summed for place in range(centres.shape[1])], axis=1)
    held = found[:, :, :1]
    return np.where(held > 0, found[:, :, 1:] / np.maximum(held, 1e-12), centres)


def _spread(points: Numbers, weights: Numbers, centres: Numbers, labels: Labels) -> Numbers:
    """The sum of squares about the own centre, for each run (runs)."""
    x, y = (np.take_along_axis(centres[:, :, way], labels, axis=1) for way in (0, 1))
    return np.asarray((weights * _squared(points, x, y)).sum(axis=1))


def _squared(points: Numbers, x: Numbers, y: Numbers) -> Numbers:
    """The squared distance of each point from a place of its run (runs × points)."""
    across, up = points[:, 0] - x, points[:, 1] - y
    return np.asarray(across * across + up * up)
