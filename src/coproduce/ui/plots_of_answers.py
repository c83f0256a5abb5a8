"""Pictures of answers: how they lie on a scale, how people moved along it, what was named (R107 as in `plots`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from .plots import _BAR, _INK, _RULE, _SOFT, _WIDTH, Plot, Words, _cut, _rect, _scale, _svg, _text

# A middle half of one point is still seen behind its diamond.
_BEYOND = 12
_OTHER, _QUIET = "#8a3a1c", "#5b686d"
Say = Callable[[float], str]


@dataclass(frozen=True)
class MiddleWords:
    """What the key and the table call the middle answer and the middle half, and how a range is said."""

    middle: Words
    half: Words
    from_to: Callable[[str, str], str]


@dataclass(frozen=True)
class MoveWords:
    """What the key of the lines says; one for each way to move, then what a line or a band is."""

    higher: Words
    same: Words
    lower: Words
    line: Words
    band: Words


def columns(
    title: Words,
    sentence: Words,
    counts: Mapping[int, int],
    *,
    head: Sequence[Words],
    say: Say,
    words: MiddleWords,
    middle: float | None = None,
    half: tuple[float, float] | None = None,
) -> Plot:
    """One column for each point of the scale, its number above; under it the middle answer and the middle half."""
    rows: list[tuple[Any, ...]] = [(say(point), count) for point, count in counts.items()]
    if middle is not None and half is not None:
        rows += [(words.middle, say(middle)), (words.half, words.from_to(say(half[0]), say(half[1])))]
    top, points = max(counts.values(), default=0) or 1, list(counts)
    across = _across(points)
    parts = [_column(across(point), counts[point] / top, counts[point], say(point)) for point in points]
    height = 152
    if middle is not None and half is not None:
        parts += [_half(half, across, 164), _diamond(across(middle), 164), _key_of_middle(196, words)]
        height = 206
    return Plot(title, sentence, head, rows, _svg(title, sentence, height, parts))


def ranges(
    title: Words,
    sentence: Words,
    values: Sequence[tuple[Words, tuple[float, float, float] | None]],
    *,
    head: Sequence[Words],
    more: Sequence[Sequence[Any]] = (),
    silence: Words,
    words: MiddleWords,
    least: float,
    most: float,
    say: Say,
) -> Plot:
    """For each label the middle half as a bar and the middle as a diamond; `silence` where there are too few.

    `more` adds cells to each row of the table, with their heads at the end of `head`.
    """
    extra = more or [()] * len(values)
    rows = [
        (label, *_cells(found, silence, words, say), *cells)
        for (label, found), cells in zip(values, extra, strict=True)
    ]
    scale = _scale(least, most)
    parts = [_key_of_middle(12, words), *_axis(44, (least, most), scale, say)]
    parts += [
        _range(54 + 50 * i, label, found, scale, silence, say) for i, (label, found) in enumerate(values)
    ]
    return Plot(title, sentence, head, rows, _svg(title, sentence, 50 * len(values) + 60, parts))


def slopes(
    title: Words,
    sentence: Words,
    points: Sequence[int],
    counts: Sequence[Sequence[int]],
    *,
    corner: Words,
    total: Words,
    ends: tuple[Words, Words],
    words: MoveWords,
    say: Say,
) -> Plot:
    """A line for each person from the first answer (left) to the second (right); the table has each pair counted.

    `counts[i][j]`: people who went from `points[i]` to `points[j]`.
    """
    used = [i for i in range(len(points)) if sum(counts[i]) or sum(row[i] for row in counts)]
    shown = [points[i] for i in used]
    kept = [[counts[i][j] for j in used] for i in used]
    sums = [sum(column) for column in zip(*kept, strict=True)]
    rows: list[tuple[Any, ...]] = [
        (say(point), *row, sum(row)) for point, row in zip(shown, kept, strict=True)
    ]
    rows.append((total, *sums, sum(sums)))
    head = (corner, *(say(point) for point in shown), total)
    parts, height = _slopes(shown, kept, ends, total, words, say)
    return Plot(title, sentence, head, rows, _svg(title, sentence, height, parts))


def marked_bars(
    title: Words,
    sentence: Words,
    values: Sequence[tuple[Words, int, bool]],
    *,
    head: Sequence[Words],
    marked: Words,
    unmarked: Words,
) -> Plot:
    """A bar for each label: filled and ticked where it is marked, an empty frame where it is not."""
    top = max((value for _label, value, _is_marked in values), default=0) or 1
    rows = [(label, value, marked if is_marked else unmarked) for label, value, is_marked in values]
    parts = [
        _tick(2, 2) + _text(26, 14, marked) + _frame(_WIDTH / 2, 2, 16) + _text(_WIDTH / 2 + 24, 14, unmarked)
    ]
    parts += [_marked_bar(34 + 46 * i, *value, top) for i, value in enumerate(values)]
    return Plot(title, sentence, head, rows, _svg(title, sentence, 46 * len(values) + 38, parts))


def _marked_bar(y: int, label: Words, value: int, is_marked: bool, top: int) -> str:
    length = (_WIDTH - 64) * value / top
    bar = _rect(24, y + 20, length, 16, _BAR) if is_marked else _frame(24, y + 20, length)
    sign = _tick(0, y + 20) if is_marked else ""
    return _text(0, y + 14, _cut(label)) + sign + bar + _text(_WIDTH, y + 33, value, anchor="end", bold=True)


def _frame(x: float, y: float, width: float) -> str:
    """Empty, with a dashed edge."""
    if not width:
        return ""
    place = f'x="{x + 1:.1f}" y="{y + 1:.1f}" width="{max(width - 2, 1):.1f}" height="14"'
    return f'<rect {place} fill="#fff" stroke="{_OTHER}" stroke-width="2" stroke-dasharray="5 3"/>'


def _tick(x: float, y: float) -> str:
    return f'<path d="M{x + 2:.1f} {y + 8:.1f}l5 5l9 -11" fill="none" stroke="{_BAR}" stroke-width="3"/>'


def _across(points: Sequence[float]) -> Callable[[float], float]:
    low, step = points[0], _WIDTH / len(points)
    return lambda value: step * (value - low + 0.5)


def _column(x: float, share: float, count: int, label: str) -> str:
    tall = 96 * share
    return (
        _rect(x - 16, 24, 32, 96, _SOFT)
        + _rect(x - 16, 120 - tall, 32, round(tall, 1), _BAR)
        + _text(x, 16, count, anchor="middle", bold=True)
        + _text(x, 140, label, anchor="middle")
    )


def _half(half: tuple[float, float], across: Callable[[float], float], y: float) -> str:
    low, high = across(half[0]), across(half[1])
    return _rect(low - _BEYOND, y - 6, high - low + 2 * _BEYOND, 12, "#a9d0cb", _BAR)


def _diamond(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y - 8}l8 8l-8 8l-8 -8z" fill="{_INK}" stroke="#fff" stroke-width="1.5"/>'


def _key_of_middle(y: float, words: MiddleWords) -> str:
    return (
        _diamond(10, y - 5) + _text(26, y, words.middle)
        + _rect(_WIDTH / 2 - 6, y - 10, 26, 10, "#a9d0cb", _BAR) + _text(_WIDTH / 2 + 28, y, words.half)
    )  # fmt: skip


def _axis(y: float, ends: tuple[float, float], scale: Callable[[float], float], say: Say) -> list[str]:
    """What the two ends of each line mean, and its middle."""
    points = (ends[0], sum(ends) / 2, ends[1])
    return [_text(scale(point), y, say(point), anchor="middle", fill=_QUIET) for point in points]


def _cells(
    found: tuple[float, float, float] | None, silence: Words, words: MiddleWords, say: Say
) -> tuple[Any, Any]:
    return (
        (silence, silence) if found is None else (say(found[1]), words.from_to(say(found[0]), say(found[2])))
    )


def _range(
    y: int,
    label: Words,
    found: tuple[float, float, float] | None,
    scale: Callable[[float], float],
    silence: Words,
    say: Say,
) -> str:
    line = y + 32
    parts = [_text(0, y + 14, _cut(label))]
    if found is None:
        return "".join([*parts, _text(0, line + 5, silence, fill=_QUIET)])
    low, middle, high = found
    parts.append(f'<path d="M24 {line}H{_WIDTH - 24}" stroke="{_RULE}" stroke-width="2"/>')
    parts += [_half((low, high), scale, line), _diamond(scale(middle), line)]
    parts += [_text(_WIDTH, y + 14, say(middle), anchor="end", bold=True)]
    return "".join(parts)


_LEFT, _RIGHT, _STEP = 96, 244, 6
# Above this, one band for each pair of answers in place of a line for each person.
_MOST_LINES = 60


def _slopes(
    points: Sequence[int],
    counts: Sequence[Sequence[int]],
    ends: tuple[Words, Words],
    total: Words,
    words: MoveWords,
    say: Say,
) -> tuple[list[str], int]:
    """The highest point on top; each as tall as its people need, so that no two lines begin or end together."""
    left, right = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    room = min(_STEP, 240 / max(left + right))
    tops, bottom = _tops(left, right, room)
    parts = [
        _text(x, 14, _cut(end, 20), anchor="middle") for x, end in zip((_LEFT, _RIGHT), ends, strict=True)
    ]
    parts += [_text(0, 14, _cut(total, 7)), _text(_WIDTH, 14, _cut(total, 7), anchor="end")]
    for i, point in enumerate(points):
        parts.append(_end(_LEFT, tops[i], left[i], room, say(point)))
        parts.append(_end(_RIGHT, tops[i], right[i], room, say(point)))
    as_bands = sum(left) > _MOST_LINES
    parts += _lines(counts, tops, room, as_bands=as_bands)
    parts.append(_key_of_lines(bottom + 14, words, words.band if as_bands else words.line))
    return parts, round(bottom + 64)


def _tops(left: Sequence[int], right: Sequence[int], room: float) -> tuple[list[float], float]:
    tops, y = [0.0] * len(left), 28.0
    for i in reversed(range(len(left))):
        tops[i] = y
        y += max(room * max(left[i], right[i]), 16) + 12
    return tops, y


def _end(x: float, top: float, people: int, room: float, label: str) -> str:
    on_left = x == _LEFT
    tall = max(room * people, 2)
    words = _text(x - 12 if on_left else x + 12, top + 13, label, anchor="end" if on_left else "start")
    number = _text(
        0 if on_left else _WIDTH, top + 13, people, anchor="start" if on_left else "end", bold=True
    )
    return _rect(x - 4, top, 8, round(tall, 1), _INK) + words + number


def _lines(
    counts: Sequence[Sequence[int]], tops: Sequence[float], room: float, *, as_bands: bool
) -> list[str]:
    """Leaving in the order of where they go, arriving in the order of whence they come: so they cross least."""
    size = range(len(counts))
    out = {(i, j): sum(counts[i][k] for k in size if k > j) for i in size for j in size}
    come = {(i, j): sum(counts[k][j] for k in size if k > i) for i in size for j in size}
    found = []
    for i, j in product(size, size):
        each = counts[i][j] if as_bands else 1
        for nth in range(0, counts[i][j], each or 1):
            start, end = (
                tops[i] + room * (out[i, j] + nth + each / 2),
                tops[j] + room * (come[i, j] + nth + each / 2),
            )
            found.append(_line(start, end, j - i, room * each if as_bands else None))
    return found


def _line(start: float, end: float, moved: int, width: float | None) -> str:
    stroke, own_width, dashes = _LOOKS[(moved > 0) - (moved < 0)]
    return (
        f'<path d="M{_LEFT + 4} {start:.1f}L{_RIGHT - 4} {end:.1f}" stroke="{stroke}"{dashes} '
        f'stroke-width="{max(width or own_width, 1):.1f}"/>'
    )


# Told apart by kind of line as well as by colour.
_LOOKS = {1: (_BAR, 3, ""), -1: (_OTHER, 3, ' stroke-dasharray="8 5"'), 0: (_QUIET, 1.2, "")}


def _key_of_lines(y: float, words: MoveWords, note: Words) -> str:
    kinds = ((0, 1, words.higher), (112, 0, words.same), (236, -1, words.lower))
    key = ""
    for x, way, said in kinds:
        stroke, width, dashes = _LOOKS[way]
        key += f'<path d="M{x} {y + 10:.1f}h30" stroke="{stroke}" stroke-width="{width}"{dashes}/>'
        key += _text(x + 36, y + 15, said)
    return key + _text(0, y + 40, note)
