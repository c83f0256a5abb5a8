"""Where things stand on a row of named steps: a filled circle for what was planned, an open square for what was met."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from .plots import (
    _BAR,
    _INK,
    _RULE,
    _SOFT,
    _WIDTH,
    Plot,
    Words,
    _cut,
    _dot,
    _key,
    _rect,
    _square,
    _svg,
    _text,
)

_TOP, _ROW, _CELL = 62, 84, 26


@dataclass(frozen=True)
class Step:
    """One step of the row, and the band to which it belongs."""

    name: Words
    band: Words


@dataclass(frozen=True)
class OnSpectrum:
    """One row: its name, and the places of what was planned and of what was met, counted from 0."""

    label: Words
    planned: int | None
    met: int | None = None


def spectrum(
    title: Words,
    sentence: Words,
    steps: Sequence[Step],
    rows: Sequence[OnSpectrum],
    *,
    head: Sequence[Words],
    none: Words,
) -> Plot:
    """A bar of steps for each row; `head` names the first column, what was planned and what was met."""
    parts = [_key(head[1], head[2]), _bands(steps)]
    parts += [_bar(_TOP + _ROW * i, row, steps, none) for i, row in enumerate(rows)]
    table = [(row.label, _name(steps, row.planned, none), _name(steps, row.met, none)) for row in rows]
    return Plot(title, sentence, head, table, _svg(title, sentence, _TOP + _ROW * len(rows), parts))


def _name(steps: Sequence[Step], place: int | None, none: Words) -> Words:
    return none if place is None else steps[place].name


def _bands(steps: Sequence[Step]) -> str:
    width, x, parts = _WIDTH / len(steps), 0.0, []
    for band, group in groupby(steps, key=lambda step: str(step.band)):
        span = width * len(list(group))
        parts.append(_text(x + 1, 46, _cut(band, int(span // 7)), size=12, bold=True))
        parts.append(f'<path d="M{x + 1:.1f} 52H{x + span - 3:.1f}" stroke="{_INK}" stroke-width="2"/>')
        x += span
    return "".join(parts)


def _bar(y: int, row: OnSpectrum, steps: Sequence[Step], none: Words) -> str:
    width, line = _WIDTH / len(steps), y + 22
    parts = [_text(0, y + 14, _cut(row.label))]
    for i in range(len(steps)):
        parts.append(_rect(width * i + 1, line, width - 2, _CELL, _SOFT, _RULE))
    same = row.planned is not None and row.planned == row.met
    if row.planned is not None:
        parts.append(_dot(width * (row.planned + (0.3 if same else 0.5)), line + _CELL / 2))
    if row.met is not None:
        parts.append(_square(width * (row.met + (0.72 if same else 0.5)), line + _CELL / 2))
    parts.append(
        _text(1, line + _CELL + 16, _cut(_name(steps, row.planned, none), 20), size=13, fill=_BAR, bold=True)
    )
    if row.met is not None:
        met = _cut(_name(steps, row.met, none), 20)
        parts.append(_text(_WIDTH, line + _CELL + 16, met, size=13, anchor="end", fill="#8a3a1c", bold=True))
    return "".join(parts)
