"""Pictures of what people agree on: where they stand in a plane, and where each group stands on each statement.

The caller gives every word (R107 as in `plots`). No group is told by its colour alone: each has a letter, a shape of
its own and its own kind of line. Nothing here knows a person: people come as counts near a place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, floor, hypot, pi, sin, sqrt
from typing import Protocol
from unicodedata import east_asian_width

from .plots import _BAR, _INK, _RULE, _SOFT, _WIDTH, Plot, Words, _cut, _svg, _text

Say = Callable[[float], str]
_OTHER, _QUIET = "#8a3a1c", "#5b686d"
# The engine's own value; its module brings NumPy, which is not for the pages of the web server.
NOT_PLACED = -1


class Spot(Protocol):
    """So many people near one place of the plane, of one group or NOT_PLACED; the engine's spots are such."""

    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def people(self) -> int: ...
    @property
    def group(self) -> int: ...


@dataclass(frozen=True)
class MapGroup:
    """A group of people who voted alike: its letter and what else it is called, its size, its middle."""

    letter: str
    name: Words
    people: int
    x: float
    y: float


@dataclass(frozen=True)
class MapWords:
    """Heads of the table, and what the key calls things. `near` says what being near means, in one short line."""

    group: Words
    people: Words
    share: Words
    everybody: Words
    others: Words
    you: Words
    near: Words
    outline: Words


def opinion_map(
    title: Words,
    sentence: Words,
    spots: Sequence[Spot],
    groups: Sequence[MapGroup],
    *,
    words: MapWords,
    say_share: Say,
    you: tuple[float, float] | None = None,
) -> Plot:
    """People in a plane, near each other when they voted alike. Without groups: one cloud, and the table says so.

    The `group` of a spot counts from 0 in `groups`. A line goes round the four fifths of a group
    that stand nearest to its middle.
    """
    everybody = sum(spot.people for spot in spots)
    rows = [(f"{one.letter} · {one.name}", one.people) for one in groups]
    unplaced = sum(spot.people for spot in spots if spot.group == NOT_PLACED)
    if unplaced or not groups:
        rows.append((str(words.others if groups else words.everybody), unplaced))
    table = [(name, people, say_share(people / (everybody or 1))) for name, people in rows]
    plane = _Plane.round([(spot.x, spot.y) for spot in spots] + ([you] if you else []))
    parts = [_frame(), *_outlines(plane, spots, groups), *_spots(plane, spots), *_letters(plane, groups)]
    if you:
        parts.append(_star(*plane(*you)))
    key, bottom = _map_key(rows, groups, words, is_you_shown=you is not None)
    head = (words.group, words.people, words.share)
    return Plot(title, sentence, head, table, _svg(title, sentence, bottom, [*parts, *key]))


def cut_down(bound: float) -> float:
    """A lower bound in whole per cent. “At least 60 %” must not be said of 59.6 %."""
    return floor(bound * 100 + 1e-9) / 100


@dataclass(frozen=True)
class GroundRow:
    """One statement: the share of each group on `side`, and the lower bound of the group that stands lowest."""

    label: Words
    side: Words
    shares: Sequence[float | None]
    least: float
    lowest: int


@dataclass(frozen=True)
class GroundWords:
    """Heads of the table, and what the key calls the lowest group, the others and the number at the end."""

    statement: Words
    side: Words
    least: Words
    lowest: Words
    others: Words
    number: Words


def common_ground_plot(
    title: Words,
    sentence: Words,
    groups: Sequence[Words],
    rows: Sequence[GroundRow],
    *,
    words: GroundWords,
    say_share: Say,
) -> Plot:
    """For each statement a line from none to all with a point for each group; the lowest is filled.

    The bar runs from the lowest group's share down to where it may lie; the number at the end says that bound.
    """
    table = [
        (
            row.label, row.side, say_share(cut_down(row.least)), groups[row.lowest],
            *("–" if share is None else say_share(share) for share in row.shares),
        )
        for row in rows
    ]  # fmt: skip
    head = (words.statement, words.side, words.least, words.lowest, *groups)
    parts, y = _ground_key(groups, words, say_share)
    for row in rows:
        drawn, y = _ground_row(y, row, say_share)
        parts.append(drawn)
    return Plot(title, sentence, head, table, _svg(title, sentence, round(y) + 4, parts))


@dataclass(frozen=True)
class ApartRow:
    """One statement on which groups stand apart: the share of each group that agrees, and how far apart they are."""

    label: Words
    shares: Sequence[float | None]
    difference: float
    highest: int
    lowest: int


@dataclass(frozen=True)
class ApartWords:
    """Heads of the table, and what the key calls the two ends, the others and the number at the end."""

    statement: Words
    difference: Words
    highest: Words
    lowest: Words
    ends: Words
    others: Words
    number: Words


def dividing_plot(
    title: Words,
    sentence: Words,
    groups: Sequence[Words],
    rows: Sequence[ApartRow],
    *,
    words: ApartWords,
    say_share: Say,
) -> Plot:
    """The same line for what divides: the bar joins the group that agrees least to the one that agrees most."""
    table = [
        (
            row.label, say_share(row.difference), groups[row.highest], groups[row.lowest],
            *("–" if share is None else say_share(share) for share in row.shares),
        )
        for row in rows
    ]  # fmt: skip
    head = (words.statement, words.difference, words.highest, words.lowest, *groups)
    key = GroundWords("", "", "", words.ends, words.others, words.number)
    parts, y = _ground_key(groups, key, say_share)
    for row in rows:
        ends = tuple(row.shares[end] for end in (row.lowest, row.highest))
        drawn, y = _line_row(
            y, row.label, row.shares, (row.lowest, row.highest), ends, say_share(row.difference), ""
        )
        parts.append(drawn)
    return Plot(title, sentence, head, table, _svg(title, sentence, round(y) + 4, parts))


_BOX, _PAD, _MOST = 300, 18, 8.0
_TURNS = 12
# A group's share of people inside its line.
_ROUND = 0.8
_LOOKS = (
    ("#0b5351", "#d3e6e2", ""),
    ("#8a3a1c", "#f6e3da", "7 4"),
    ("#3b3470", "#e4e1f2", "2 4"),
    ("#6b5200", "#f4ecd0", "11 4 2 4"),
    ("#1c2529", "#e6eaea", "1 3 7 3"),
)


@dataclass(frozen=True)
class _Plane:
    """From the numbers of the analysis to the picture, with one scale for both ways."""

    left: float
    top: float
    scale: float

    @classmethod
    def round(cls, points: Sequence[tuple[float, float]]) -> "_Plane":
        xs, ys = [x for x, _y in points] or [0.0], [y for _x, y in points] or [0.0]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        scale = min((_WIDTH - 2 * _PAD) / (wide or 1), (_BOX - 2 * _PAD) / (high or 1))
        return cls(
            _WIDTH / 2 - scale * (min(xs) + max(xs)) / 2, _BOX / 2 + scale * (min(ys) + max(ys)) / 2, scale
        )

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.left + self.scale * x, self.top - self.scale * y


def _frame() -> str:
    return f'<rect x="1.0" y="1.0" width="{_WIDTH - 2}" height="{_BOX - 2}" rx="6" fill="#fff" stroke="{_RULE}"/>'


def _look(group: int) -> tuple[str, str, str]:
    return (_QUIET, "#fff", "") if group == NOT_PLACED else _LOOKS[group % len(_LOOKS)]


def _outlines(plane: _Plane, spots: Sequence[Spot], groups: Sequence[MapGroup]) -> list[str]:
    found = []
    for number, group in enumerate(groups):
        own = sorted(
            (spot for spot in spots if spot.group == number),
            key=lambda spot: hypot(spot.x - group.x, spot.y - group.y),
        )
        most = sum(spot.people for spot in own) * _ROUND
        nearest, so_far = [], 0
        for spot in own:
            if so_far < most:
                nearest.append(plane(spot.x, spot.y))
                so_far += spot.people
        found.append(_outline(nearest or [plane(group.x, group.y)], number))
    return found


def _outline(places: Sequence[tuple[float, float]], group: int) -> str:
    reach = _MOST + 3
    round_each = [
        (x + reach * cos(2 * pi * turn / _TURNS), y + reach * sin(2 * pi * turn / _TURNS))
        for x, y in places
        for turn in range(_TURNS)
    ]
    ink, tint, dashes = _look(group)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in _hull(round_each))
    return (
        f'<polygon points="{points}" fill="{tint}" fill-opacity="0.6" stroke="{ink}" stroke-width="2"'
        f"{_dashed(dashes)}/>"
    )


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The outermost points, in order (monotone chain)."""
    ordered = sorted(set(points))
    return _half(ordered)[:-1] + _half(ordered[::-1])[:-1]


def _half(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for x, y in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], (x, y)) <= 0:
            chain.pop()
        chain.append((x, y))
    return chain


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _spots(plane: _Plane, spots: Sequence[Spot]) -> list[str]:
    """Twice the people, twice the area; the greatest lie lowest."""
    most = max((spot.people for spot in spots), default=1)
    ordered = sorted(spots, key=lambda spot: -spot.people)
    return [
        _shape(*plane(spot.x, spot.y), max(_MOST * sqrt(spot.people / most), 2.0), spot.group)
        for spot in ordered
    ]


def _shape(x: float, y: float, r: float, group: int) -> str:
    ink, _tint, _dashes = _look(group)
    filled = f'fill="{ink}" stroke="#fff" stroke-width="1"'
    hollow = f'fill="#fff" stroke="{ink}" stroke-width="2"'
    if group == NOT_PLACED:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {hollow}/>'
    kind, side = group % len(_LOOKS), r * 0.89
    if kind == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {filled}/>'
    paths = (
        f"M{x - side:.1f} {y - side:.1f}h{2 * side:.1f}v{2 * side:.1f}h{-2 * side:.1f}z",
        f"M{x:.1f} {y - 1.2 * r:.1f}l{1.2 * r:.1f} {2.1 * r:.1f}h{-2.4 * r:.1f}z",
        f"M{x:.1f} {y - 1.25 * r:.1f}l{1.25 * r:.1f} {1.25 * r:.1f}l{-1.25 * r:.1f} {1.25 * r:.1f}"
        f"l{-1.25 * r:.1f} {-1.25 * r:.1f}z",
        f"M{x - r:.1f} {y:.1f}h{2 * r:.1f}M{x:.1f} {y - r:.1f}v{2 * r:.1f}",
    )
    looks = (hollow, filled, hollow, f'fill="none" stroke="{ink}" stroke-width="{max(r / 2, 1.5):.1f}"')
    return f'<path d="{paths[kind - 1]}" {looks[kind - 1]}/>'


def _letters(plane: _Plane, groups: Sequence[MapGroup]) -> list[str]:
    parts = []
    for number, group in enumerate(groups):
        x, y = plane(group.x, group.y)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" fill="#fff" stroke="{_look(number)[0]}" stroke-width="2"/>'
            + _text(x, y + 6, group.letter, size=17, anchor="middle", bold=True)
        )
    return parts


def _star(x: float, y: float, *, size: float = 13) -> str:
    points = " ".join(
        f"{x + r * sin(pi * i / 5):.1f},{y - r * cos(pi * i / 5):.1f}"
        for i, r in enumerate([size, size * 0.42] * 5)
    )
    return f'<polygon points="{points}" fill="#ffdd00" stroke="{_INK}" stroke-width="2"/>'


def _map_key(
    rows: Sequence[tuple[str, int]], groups: Sequence[MapGroup], words: MapWords, *, is_you_shown: bool
) -> tuple[list[str], int]:
    """Under the picture: the shape of each group, its name and its people; then what the rest means."""
    y, parts = _BOX + 22, []
    for number, (name, people) in enumerate(rows):
        parts.append(_shape(12, y - 5, 6.5, number if number < len(groups) else NOT_PLACED))
        parts.append(
            _text(28, y, _wrapped(name, 36, 1)[0]) + _text(_WIDTH, y, people, anchor="end", bold=True)
        )
        y += 24
    if is_you_shown:
        parts.append(_star(12, y - 5, size=10) + _text(28, y, words.you))
        y += 24
    for note in (words.near, *([words.outline] if groups else [])):
        for said in _wrapped(note, 47, 4):
            parts.append(_text(0, y, said, size=13, fill=_QUIET))
            y += 17
    return parts, y


_LEFT, _RIGHT = 14, 272


def _at(share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(max(share, 0), 1)


def _ground_key(groups: Sequence[Words], words: GroundWords, say: Say) -> tuple[list[str], float]:
    """Which number is which group, which mark is which, and what the two ends of the line are."""
    y, parts = 14.0, []
    for number, group in enumerate(groups, start=1):
        parts.append(_text(2, y, number, size=13) + _text(26, y, _wrapped(group, 42, 1)[0]))
        y += 19
    y += 6
    parts.append(_point(10, y - 5, is_marked=True) + _text(26, y, _wrapped(words.lowest, 42, 1)[0]))
    parts.append(_point(10, y + 14, is_marked=False) + _text(26, y + 19, _wrapped(words.others, 42, 1)[0]))
    y += 38
    for said in _wrapped(words.number, 47, 4):
        parts.append(_text(0, y, said, size=13, fill=_QUIET))
        y += 17
    y += 8
    for share in (0.0, 0.5, 1.0):
        parts.append(_text(_at(share), y, say(share), size=13, anchor="middle", fill=_QUIET))
    return parts, y + 8


def _ground_row(y: float, row: GroundRow, say: Say) -> tuple[str, float]:
    bar = (row.least, row.shares[row.lowest])
    return _line_row(y, row.label, row.shares, (row.lowest,), bar, say(cut_down(row.least)), row.side)


def _line_row(
    y: float,
    label: Words,
    shares: Sequence[float | None],
    marked: Sequence[int],
    bar: Sequence[float | None],
    number: str,
    under: Words,
) -> tuple[str, float]:
    parts = [f'<path d="M0 {y:.1f}H{_WIDTH}" stroke="{_RULE}" stroke-width="1"/>']
    y += 20
    for said in _wrapped(label, 42, 3):
        parts.append(_text(0, y, said))
        y += 18
    line = y + 4
    parts.append(f'<path d="M{_LEFT} {line:.1f}H{_RIGHT}" stroke="{_SOFT}" stroke-width="4"/>')
    known = [share for share in bar if share is not None]
    if known:
        ends = (
            f"M{_at(min(known)):.1f} {line - 7:.1f}v14M{_at(min(known)):.1f} {line:.1f}H{_at(max(known)):.1f}"
        )
        parts.append(f'<path d="{ends}" fill="none" stroke="{_OTHER}" stroke-width="4"/>')
    places = sorted((share, group) for group, share in enumerate(shares) if share is not None)
    # What is marked is drawn last, so that it lies on top.
    for share, group in sorted(places, key=lambda place: place[1] in marked):
        parts.append(_point(_at(share), line, is_marked=group in marked))
    for x, (_share, group) in zip(_spaced([_at(share) for share, _group in places]), places, strict=True):
        parts.append(_text(x, line + 24, group + 1, size=13, anchor="middle"))
    parts.append(_text(_WIDTH, line + 5, number, size=16, anchor="end", bold=True))
    parts.append(_text(_WIDTH, line + 24, _cut(under, 10), size=13, anchor="end", fill=_QUIET))
    return "".join(parts), line + 36


def _point(x: float, y: float, *, is_marked: bool) -> str:
    if is_marked:
        return f'<path d="M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z" fill="{_OTHER}" stroke="#fff" stroke-width="1.5"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#fff" stroke="{_BAR}" stroke-width="2.5"/>'


def _spaced(places: Sequence[float]) -> list[float]:
    """The same places in the same order, moved as little as may be so that their numbers do not touch."""
    least = min(16.0, (_RIGHT - _LEFT) / max(len(places), 1))
    heaps: list[tuple[float, int]] = []
    for i, place in enumerate(places):
        mean, count = place - least * i, 1
        # Those that would lie before the ones to their left stand together round their common middle.
        while heaps and heaps[-1][0] >= mean:
            before, many = heaps.pop()
            mean, count = (mean * count + before * many) / (count + many), count + many
        heaps.append((mean, count))
    means = [mean for mean, count in heaps for _ in range(count)]
    beyond = max(means[-1] + least * (len(means) - 1) - _RIGHT - 8, 0) if means else 0
    return [max(mean - beyond, 8.0) + least * i for i, mean in enumerate(means)]


def _wrapped(words: Words, wide: int, most: int) -> list[str]:
    """Lines that fit the width; what does not fit in `most` of them is in the table."""
    lines, line, room = [], "", wide
    for word in _pieces(" ".join(str(words).split())):
        if line and _width(line + word.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
    lines.append(line.rstrip())
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1][:-1].rstrip() + "…"]


def _pieces(text: str) -> list[str]:
    """What may stand on a line of its own: a word, or one wide letter of a script that has no spaces."""
    pieces, piece = [], ""
    for letter in text:
        if _width(letter) > 1 or _width(piece) >= 30:
            pieces.append(piece)
            piece = ""
        piece += letter
        if letter == " " or _width(letter) > 1:
            pieces.append(piece)
            piece = ""
    return [one for one in [*pieces, piece] if one]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
