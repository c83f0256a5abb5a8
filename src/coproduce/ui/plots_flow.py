"""A picture of what flows from where to where, as bands between two columns (R107 as in `plots`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from .plots import _BAR, _INK, _WIDTH, Plot, Words, _cut, _svg, _text

_LEFT, _RIGHT, _THICK = 0, _WIDTH - 12, 12
_TALL = 260  # units of height for everything that flows
_LABEL, _GAP, _TOP = 20, 12, 26
_LONGEST = 27  # characters that fit beside the label of the other side
MOST = 10


@dataclass(frozen=True)
class FlowWords:
    """What the two columns and the sums are called, and what stands for all beyond the tenth."""

    sources: Words
    targets: Words
    total: Words
    others: Words


def flow(
    title: Words,
    sentence: Words,
    sources: Sequence[Words],
    targets: Sequence[Words],
    counts: Sequence[Sequence[int]],
    *,
    words: FlowWords,
    cells: Sequence[Sequence[Any]] | None = None,
) -> Plot:
    """`counts[i][j]` went from source i to target j; `cells` are the same for the table, such as links, with sums.

    The picture draws the ten largest of each side; the table has all of them.
    """
    rows = cells or [*_with_sums(counts), _sums(counts)]
    table = [(label, *row) for label, row in zip((*sources, words.total), rows, strict=True)]
    head = (words.sources, *targets, words.total)
    drawn = _largest([*sources], [*targets], [list(row) for row in counts], words.others)
    parts, height = _picture(*drawn, words)
    return Plot(title, sentence, head, table, _svg(title, sentence, height, parts))


def _with_sums(counts: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    return [(*row, sum(row)) for row in counts]


def _sums(counts: Sequence[Sequence[int]]) -> tuple[int, ...]:
    sums = [sum(column) for column in zip(*counts, strict=True)]
    return (*sums, sum(sums))


Drawn = tuple[list[Words], list[Words], list[list[int]]]


def _largest(sources: list[Words], targets: list[Words], counts: list[list[int]], others: Words) -> Drawn:
    """At most ten rows and ten columns; the smaller ones are put together as the last."""
    sources, counts = _merged(sources, counts, others)
    targets, turned = _merged(targets, [list(column) for column in zip(*counts, strict=True)], others)
    return sources, targets, [list(row) for row in zip(*turned, strict=True)]


def _merged(labels: list[Words], rows: list[list[int]], others: Words) -> tuple[list[Words], list[list[int]]]:
    if len(labels) <= MOST:
        return labels, rows
    by_size = sorted(range(len(labels)), key=lambda at: -sum(rows[at]))
    kept = sorted(by_size[: MOST - 1])
    rest = [sum(column) for column in zip(*(rows[at] for at in by_size[MOST - 1 :]), strict=True)]
    return [*(labels[at] for at in kept), others], [*(rows[at] for at in kept), rest]


def _picture(
    sources: list[Words], targets: list[Words], counts: list[list[int]], words: FlowWords
) -> tuple[list[str], int]:
    out, into = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    unit = min(_TALL / max(sum(out), 1), 10)
    left, right = _tops(out, unit), _tops(into, unit)
    height = max(left[-1], right[-1])
    parts = [
        _text(_LEFT, 14, _cut(words.sources, 22), bold=True),
        _text(_WIDTH, 14, _cut(words.targets, 22), anchor="end", bold=True),
    ]
    parts += _bands(counts, left, right, unit)
    parts += [_end(_LEFT, left[at], out[at], unit, label) for at, label in enumerate(sources)]
    parts += [_end(_RIGHT, right[at], into[at], unit, label) for at, label in enumerate(targets)]
    return parts, round(height)


def _tops(sizes: Sequence[int], unit: float) -> list[float]:
    """Where each bar begins, below its label; last, where all end."""
    tops, y = [], float(_TOP)
    for size in sizes:
        tops.append(y + _LABEL)
        y += _LABEL + max(unit * size, 4) + _GAP
    return [*tops, y]


def _end(x: int, top: float, size: int, unit: float, label: Words) -> str:
    on_left = x == _LEFT
    bar = f'<rect x="{x}" y="{top:.1f}" width="{_THICK}" height="{max(unit * size, 4):.1f}" fill="{_INK}"/>'
    words = _text(
        _LEFT if on_left else _WIDTH,
        top - 5,
        f"{_cut(label, _LONGEST)} ",
        anchor="start" if on_left else "end",
    )
    number = _text(
        _THICK + 5 if on_left else _RIGHT - 5, top + max(unit * size / 2, 2) + 5, size,
        anchor="start" if on_left else "end", bold=True,
    )  # fmt: skip
    return bar + _over(words) + _over(number)


def _over(text: str) -> str:
    """Words that stay readable where bands pass behind them."""
    return text.replace("<text ", '<text stroke="#fff" stroke-width="4" paint-order="stroke" ', 1)


def _bands(
    counts: Sequence[Sequence[int]], left: Sequence[float], right: Sequence[float], unit: float
) -> list[str]:
    """Leaving in the order of where they go, arriving in the order of whence they come: so they cross least."""
    leaves, arrives = list(left), list(right)
    found = []
    for i, j in product(range(len(counts)), range(len(counts[0]) if counts else 0)):
        wide = unit * counts[i][j]
        if wide:
            found.append(_band(leaves[i] + wide / 2, arrives[j] + wide / 2, wide, j))
            leaves[i] += wide
            arrives[j] += wide
    return found


# Told apart by where they end; dashes would hide how wide a band is.
_SHADES = (_BAR, "#8a3a1c", "#5b686d", "#a9741b", "#3d5a80")


def _band(start: float, end: float, wide: float, target: int) -> str:
    x0, x1 = _LEFT + _THICK, _RIGHT
    middle = (x0 + x1) / 2
    curve = f"M{x0} {start:.1f}C{middle:.0f} {start:.1f} {middle:.0f} {end:.1f} {x1} {end:.1f}"
    colour = _SHADES[target % len(_SHADES)]
    return (
        f'<path d="{curve}" fill="none" stroke="{colour}" stroke-opacity="0.45" stroke-width="{wide:.1f}"/>'
    )
