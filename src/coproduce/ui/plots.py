"""Pictures of numbers, made on the server; none without its table and one sentence (R107)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Strength, declare

declare("R107", when=_("A plot has no table or no sentence"), strength=Strength.REFUSE, kept_by=__name__)
Words = str | Promise


@dataclass(frozen=True)
class Plot:
    """A figure that is never alone: its numbers as a table, its meaning in one sentence."""

    title: Words
    sentence: Words
    table_head: Sequence[Words]
    table_rows: Sequence[Sequence[Any]]
    svg: SafeString

    def __post_init__(self) -> None:
        if not str(self.sentence).strip():
            raise ValueError("R107: a plot needs one sentence that says what it shows.")
        if not self.table_head or not self.table_rows:
            raise ValueError("R107: a plot needs its numbers as a table.")


_WIDTH = 340
_INK, _BAR, _RULE, _SOFT = "#1c2529", "#0b5351", "#c9d3d1", "#e3ecea"
_unique = count(1)


def bars(
    title: Words,
    sentence: Words,
    values: Sequence[tuple[Words, float | None]],
    *,
    head: Sequence[Words],
    most: float | None = None,
    show: Callable[[float], str] = lambda number: f"{number:g}",
) -> Plot:
    """One bar for each label, with its number written at the end."""
    top = most or max((value or 0 for _label, value in values), default=0) or 1
    rows = [(label, _say(value, show)) for label, value in values]
    parts = [_bar(44 * i, label, value, top, show) for i, (label, value) in enumerate(values)]
    return Plot(title, sentence, head, rows, _svg(title, sentence, 44 * len(values) + 4, parts))


def dumbbell(
    title: Words,
    sentence: Words,
    values: Sequence[tuple[Words, float | None, float | None]],
    *,
    head: Sequence[Words],
    least: float = 0,
    most: float = 10,
    show: Callable[[float], str] = lambda number: f"{number:g}",
) -> Plot:
    """Two points for each label, joined: a filled circle for the first, an open square for the second."""
    rows = [(label, _say(first, show), _say(second, show)) for label, first, second in values]
    scale = _scale(least, most)
    parts = [_key(head[1], head[2])]
    parts += [_pair(30 + 50 * i, *value, scale, show) for i, value in enumerate(values)]
    return Plot(title, sentence, head, rows, _svg(title, sentence, 50 * len(values) + 34, parts))


def heat_map(
    title: Words,
    sentence: Words,
    columns: Sequence[Words],
    rows: Sequence[tuple[Words, Sequence[float | None]]],
    *,
    corner: Words = "",
    most: float | None = None,
    show: Callable[[float], str] = lambda number: f"{number:g}",
) -> Plot:
    """A cell for each row and column; the number is written in it, and the darker the more."""
    top = most or max((value or 0 for _label, cells in rows for value in cells), default=0) or 1
    parts = [_columns(columns)]
    parts += [_heat_row(26 + 56 * i, label, cells, top, show) for i, (label, cells) in enumerate(rows)]
    table = [(label, *(_say(value, show) for value in cells)) for label, cells in rows]
    return Plot(title, sentence, (corner, *columns), table, _svg(title, sentence, 56 * len(rows) + 30, parts))


def _say(value: float | None, show: Callable[[float], str]) -> str:
    return "–" if value is None else show(value)


def _svg(title: Words, sentence: Words, height: int, parts: Sequence[str]) -> SafeString:
    number = next(_unique)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="app-svg" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="plot-{}-title plot-{}-desc" focusable="false"><title id="plot-{}-title">{}</title>'
        '<desc id="plot-{}-desc">{}</desc>{}</svg>',
        _WIDTH, height, number, number, number, title, number, sentence, mark_safe("".join(parts)),  # noqa: S308
    )  # fmt: skip


def _text(
    x: float,
    y: float,
    words: Any,
    *,
    size: int = 14,
    anchor: str = "start",
    fill: str = _INK,
    bold: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{conditional_escape(words)}</text>"
    )


def _cut(words: Words, most: int = 46) -> str:
    """A label that fits the width; the table has it whole."""
    text = str(words)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _rect(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height}" rx="2" fill="{fill}" '
        f'stroke="{stroke}"/>'
    )


def _bar(y: int, label: Words, value: float | None, top: float, show: Callable[[float], str]) -> str:
    room = _WIDTH - 64
    length = room * min(max(value or 0, 0) / top, 1)
    return (
        _text(0, y + 14, _cut(label))
        + _rect(0, y + 20, room, 16, _SOFT)
        + _rect(0, y + 20, length, 16, _BAR)
        + _text(_WIDTH, y + 33, _say(value, show), anchor="end", bold=True)
    )


def _scale(least: float, most: float) -> Callable[[float], float]:
    span = (most - least) or 1
    return lambda value: 24 + (_WIDTH - 48) * (min(max(value, least), most) - least) / span


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{_BAR}" stroke="#fff" stroke-width="1.5"/>'


def _square(x: float, y: float) -> str:
    place = f'x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12"'
    return f'<rect {place} fill="#fff" stroke="#8a3a1c" stroke-width="3"/>'


def _key(first: Words, second: Words) -> str:
    return (
        _dot(8, 10) + _text(20, 15, _cut(first, 20)) + _square(_WIDTH / 2 + 8, 10)
        + _text(_WIDTH / 2 + 22, 15, _cut(second, 20))
    )  # fmt: skip


def _pair(
    y: int, label: Words, first: float | None, second: float | None,
    scale: Callable[[float], float], show: Callable[[float], str],
) -> str:  # fmt: skip
    line = y + 32
    parts = [
        _text(0, y + 14, _cut(label)),
        f'<path d="M24 {line}H{_WIDTH - 24}" stroke="{_RULE}" stroke-width="2"/>',
    ]
    if first is not None and second is not None:
        ends = f"M{scale(first):.1f} {line}H{scale(second):.1f}"
        parts.append(f'<path d="{ends}" stroke="{_BAR}" stroke-width="4"/>')
    if first is not None:
        parts += [_dot(scale(first), line), _number_beside(first, second, line, scale, show)]
    if second is not None:
        parts += [_square(scale(second), line), _number_beside(second, first, line, scale, show)]
    return "".join(parts)


def _number_beside(
    value: float,
    other: float | None,
    line: int,
    scale: Callable[[float], float],
    show: Callable[[float], str],
) -> str:
    """The number of a point, on the side away from the other point."""
    right = other is None or value >= other
    return _text(
        scale(value) + (12 if right else -12),
        line + 5,
        show(value),
        anchor="start" if right else "end",
        bold=True,
    )


def _columns(columns: Sequence[Words]) -> str:
    width = _WIDTH / max(len(columns), 1)
    most = int(width // 8)
    return "".join(
        _text(width * (i + 0.5), 14, _cut(words, most), size=13, anchor="middle", bold=True)
        for i, words in enumerate(columns)
    )


def _heat_row(
    y: int, label: Words, cells: Sequence[float | None], top: float, show: Callable[[float], str]
) -> str:
    width = _WIDTH / max(len(cells), 1)
    parts = [_text(0, y + 14, _cut(label))]
    for i, value in enumerate(cells):
        fill, ink = _shade(value, top)
        parts.append(_rect(width * i + 1, y + 20, width - 2, 28, fill, _RULE))
        parts.append(
            _text(width * (i + 0.5), y + 39, _say(value, show), anchor="middle", fill=ink, bold=True)
        )
    return "".join(parts)


# Five steps of lightness; no step lies where neither dark nor white words could be read on it.
_STEPS = (
    ("#ffffff", _INK),
    ("#dcebe8", _INK),
    ("#a9d0cb", _INK),
    ("#2a7673", "#ffffff"),
    ("#0b4644", "#ffffff"),
)


def _shade(value: float | None, top: float) -> tuple[str, str]:
    if not value or value <= 0:
        return _STEPS[0]
    return _STEPS[min(1 + int(4 * min(value / top, 1) - 1e-9), 4)]
