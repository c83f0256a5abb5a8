"""Pictures of points: a plane in four zones, and how far groups stand apart. With table and sentence, as every plot."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from math import ceil, floor
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .plots import Plot, Words

Point = tuple[str, float, float]  # its short name, how far along, how far up
Show = Callable[[float], str]

_INK, _DOT, _RULE, _SOFT = "#1c2529", "#0b5351", "#5b6b6e", "#c9d3d1"
_TINTS = ("#eef4f3", "#d3e6e2", "#ffffff", "#f4f6f6")
_EDGE, _LINE, _ROOM, _BAND = 26, 16, 54, 62
_MOST_LINES, _SHORT = 8, 3
_unique = count(1)


def _plain(number: float) -> str:
    return f"{number:g}"


def scatter(
    title: Words,
    sentence: Words,
    points: Sequence[Point],
    *,
    head: Sequence[Words],
    corners: Sequence[Words],
    cut: float,
    scale: tuple[int, int] = (1, 5),
    table_rows: Sequence[Sequence[Any]] = (),
    show: Show = _plain,
) -> Plot:
    """Points on two scales, cut into four zones.

    `head` names the table's columns: the name, the number along, the number up; `corners` names the zones: low along
    and high up, high and high, low and low, high along and low up. Points at the same place share one circle with
    their count in it, and their names stand below it; rows of the picture grow with what lies in them.
    """
    plane = _Plane(points, cut, scale, show)
    rows = table_rows or [(name, show(along), show(up)) for name, along, up in points]
    svg = _svg(title, sentence, plane.width, plane.height, [*plane.draw(corners, head)])
    return Plot(title, sentence, head, rows, svg)


@dataclass(frozen=True)
class _Plane:
    """Where everything stands. A number belongs to the band of the whole number below it."""

    points: Sequence[Point]
    cut: float
    scale: tuple[int, int]
    show: Show

    @cached_property
    def places(self) -> Mapping[tuple[float, float], list[str]]:
        found: dict[tuple[float, float], list[str]] = defaultdict(list)
        for name, along, up in self.points:
            found[along, up].append(name)
        return found

    @cached_property
    def across(self) -> list[float]:
        """The numbers along that have a band: the whole ones, and those between that occur."""
        return _steps(self.scale, (along for _name, along, _up in self.points))

    @cached_property
    def upwards(self) -> list[float]:
        return _steps(self.scale, (up for _name, _along, up in self.points))

    @property
    def width(self) -> int:
        return _EDGE + _BAND * len(self.across) + 4

    @cached_property
    def tops(self) -> dict[float, float]:
        """The upper edge of each band, the highest number first."""
        top, found = 26.0, {}
        for up in reversed(self.upwards):
            found[up] = top
            top += self._depth(up)
        return found

    @property
    def height(self) -> int:
        return int(self._bottom) + 46

    @property
    def _bottom(self) -> float:
        lowest = self.upwards[0]
        return self.tops[lowest] + self._depth(lowest)

    def _depth(self, up: float) -> float:
        lines = max(
            (len(_lines(names)) for (_along, at), names in self.places.items() if at == up), default=0
        )
        return _ROOM + _LINE * lines if lines else _ROOM - 14

    def _left(self, along: float) -> float:
        return _EDGE + _BAND * self.across.index(along)

    def draw(self, corners: Sequence[Words], head: Sequence[Words]) -> list[str]:
        return [*self._zones(corners), *self._axes(head), *map(self._place, self.places)]

    def _zones(self, corners: Sequence[Words]) -> list[str]:
        middle = _EDGE + _BAND * sum(along <= self.cut for along in self.across)
        ups = [up for up in self.upwards if up <= self.cut]
        level = self.tops[ups[-1]] if ups else self._bottom
        boxes = (
            (_EDGE, 26, middle, level), (middle, 26, self.width - 4, level),
            (_EDGE, level, middle, self._bottom), (middle, level, self.width - 4, self._bottom),
        )  # fmt: skip
        return [
            _rect(box, tint) + _text(box[0] + 6, box[1] + 15, words, size=14, bold=True, fill=_RULE)
            for box, tint, words in zip(boxes, _TINTS, corners, strict=True)
            if box[2] > box[0] and box[3] > box[1]
        ]

    def _axes(self, head: Sequence[Words]) -> list[str]:
        numbers = [
            _text(self._left(along) + _BAND / 2, self._bottom + 18, self.show(along), anchor="middle")
            for along in self.across
        ]
        numbers += [
            _text(_EDGE - 8, self.tops[up] + self._depth(up) / 2 + 5, self.show(up), anchor="end")
            for up in self.upwards
        ]
        along = _text(self.width - 4, self._bottom + 38, f"{head[1]} →", anchor="end", bold=True)
        return [*numbers, along, _text(0, 15, f"↑ {head[2]}", bold=True)]

    def _place(self, at: tuple[float, float]) -> str:
        names = self.places[at]
        x, y = self._left(at[0]) + 17, self.tops[at[1]] + 33
        parts = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" fill="{_DOT}"/>']
        parts.append(_text(x, y + 5, len(names), anchor="middle", fill="#ffffff", bold=True))
        for i, line in enumerate(_lines(names)):
            parts += [
                _text(x - 13 + 29 * k, y + 28 + _LINE * i, name, size=13) for k, name in enumerate(line)
            ]
        return "".join(parts)


def _steps(scale: tuple[int, int], used: Any) -> list[float]:
    whole = {float(number) for number in range(scale[0], scale[1] + 1)}
    return sorted(whole | {float(number) for number in used})


def _lines(names: Sequence[str]) -> list[Sequence[str]]:
    """Two short names a line; more than fit are counted, and the table has them."""
    side_by_side = 2 if max(map(len, names)) <= _SHORT else 1
    lines = [names[i : i + side_by_side] for i in range(0, len(names), side_by_side)]
    if len(lines) <= _MOST_LINES:
        return lines
    kept = lines[: _MOST_LINES - 1]
    return [*kept, [f"+{len(names) - side_by_side * len(kept)}"]]


@dataclass(frozen=True)
class Row:
    """One line of a picture of groups: its label, and what each group says, by the group's short name."""

    label: Words
    values: Mapping[str, float | None]
    more: Sequence[Any] = field(default_factory=tuple)  # further cells of its row in the table

    @property
    def known(self) -> dict[str, float]:
        return {name: value for name, value in self.values.items() if value is not None}


def apart(
    title: Words,
    sentence: Words,
    rows: Sequence[Row],
    *,
    corner: Words,
    more: Sequence[Words] = (),
    scale: tuple[int, int] = (1, 5),
    show: Show = _plain,
) -> Plot:
    """For each row a line from the lowest group to the highest; the groups are named at their points."""
    columns = list(dict.fromkeys(name for row in rows for name in row.values))
    table = [
        (row.label, *("–" if row.values.get(name) is None else show(row.values[name]) for name in columns), *row.more)  # type: ignore[arg-type]
        for row in rows
    ]  # fmt: skip
    parts = [_ticks(scale, show)]
    parts += [_apart(24 + 68 * i, row, scale, show) for i, row in enumerate(rows)]
    svg = _svg(title, sentence, 340, 68 * len(rows) + 28, parts)
    return Plot(title, sentence, (corner, *columns, *more), table, svg)


def _along(value: float, scale: tuple[int, int]) -> float:
    low, high = scale
    return 40 + 260 * (min(max(value, low), high) - low) / ((high - low) or 1)


def _ticks(scale: tuple[int, int], show: Show) -> str:
    low, high = floor(scale[0]), ceil(scale[1])
    return "".join(
        _text(_along(number, scale), 14, show(number), size=13, anchor="middle", fill=_RULE)
        for number in range(low, high + 1)
    )


def _apart(y: int, row: Row, scale: tuple[int, int], show: Show) -> str:
    line = y + 34
    parts = [
        _text(0, y + 16, _cut(row.label), bold=True),
        f'<path d="M40 {line}H300" stroke="{_SOFT}" stroke-width="2"/>',
    ]
    known = row.known
    if known:
        low, high = (_along(end, scale) for end in (min(known.values()), max(known.values())))
        parts.append(f'<path d="M{low:.1f} {line}H{high:.1f}" stroke="{_DOT}" stroke-width="5"/>')
    by_value: dict[float, list[str]] = defaultdict(list)
    for name, value in known.items():
        by_value[value].append(name)
    ends = {min(by_value, default=0), max(by_value, default=0)}
    parts += [_named(value, names, line, scale, value in ends) for value, names in by_value.items()]
    return "".join(parts)


def _named(value: float, names: Sequence[str], line: int, scale: tuple[int, int], is_end: bool) -> str:
    x = _along(value, scale)
    fill = f'fill="{_DOT}" stroke="#fff"' if is_end else f'fill="#fff" stroke="{_DOT}"'
    return f'<circle cx="{x:.1f}" cy="{line}" r="7" {fill} stroke-width="2"/>' + _text(
        x, line + 22, " ".join(names), size=13, anchor="middle"
    )


def _cut(words: Words, most: int = 44) -> str:
    text = str(words)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _rect(box: tuple[float, float, float, float], fill: str) -> str:
    left, top, right, bottom = box
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" '
        f'fill="{fill}" stroke="{_RULE}" stroke-width="1"/>'
    )


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


def _svg(title: Words, sentence: Words, width: int, height: int, parts: Sequence[str]) -> SafeString:
    number = next(_unique)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="app-svg" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="points-{}-title points-{}-desc" focusable="false"><title id="points-{}-title">{}</title>'
        '<desc id="points-{}-desc">{}</desc>{}</svg>',
        width, height, number, number, number, title, number, sentence, mark_safe("".join(parts)),  # noqa: S308
    )  # fmt: skip
