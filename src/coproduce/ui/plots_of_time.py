"""Pieces of work along the days, with today and the ends that were promised before (R107 as in `plots`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format

from .plots import _BAR, _INK, _RULE, _SOFT, _WIDTH, Plot, Words, _cut, _rect, _svg, _text

_ROW, _TOP = 42, 34
_OTHER = "#8a3a1c"
_MOST_MARKS = 6


@dataclass(frozen=True)
class Piece:
    """One piece of work: from when to when, how much is done, and every end that it had before."""

    label: Words
    start: date
    end: date
    former: Sequence[date] = ()
    done: float = 0
    closed: bool = False


@dataclass(frozen=True)
class TimeWords:
    today: Words
    former: Words


def gantt(
    title: Words,
    sentence: Words,
    pieces: Sequence[Piece],
    *,
    head: Sequence[Words],
    rows: Sequence[Sequence[Any]],
    today: date,
    words: TimeWords,
) -> Plot:
    """A bar a piece, filled as far as it is done; a stroke for each former end; a line for today.

    The caller gives the table, which has every piece and every date.
    """
    days = [day for piece in pieces for day in (piece.start, piece.end, *piece.former)]
    scale = _Days(min([*days, today]), max([*days, today]))
    height = _TOP + _ROW * len(pieces) + 42
    # The lines lie under the words.
    parts = [_months(scale, height), _today(scale, today, height, words)]
    parts += [*(_piece(at, piece, scale) for at, piece in enumerate(pieces)), _key(height, words)]
    return Plot(title, sentence, head, rows, _svg(title, sentence, height, parts))


@dataclass(frozen=True)
class _Days:
    first: date
    last: date

    def __call__(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return 4 + (_WIDTH - 8) * (day - self.first).days / span


def _months(scale: _Days, height: int) -> str:
    """The first of some months, as many as can be read."""
    firsts = _firsts(scale)
    step = -(-len(firsts) // _MOST_MARKS) or 1
    return "".join(_month(day, scale, height) for day in firsts[::step] if scale(day) < _WIDTH - 48)


def _firsts(scale: _Days) -> list[date]:
    day, found = scale.first.replace(day=1), []
    while day <= scale.last:
        if day >= scale.first:
            found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _month(day: date, scale: _Days, height: int) -> str:
    x = scale(day)
    line = f'<path d="M{x:.1f} {_TOP - 14}V{height - 42}" stroke="{_RULE}" stroke-width="1"/>'
    return line + _text(x, _TOP - 20, date_format(day, "M y"), size=12)


def _piece(at: int, piece: Piece, scale: _Days) -> str:
    y = _TOP + _ROW * at
    left, right = scale(piece.start), scale(piece.end)
    width = max(right - left, 3)
    done = 1.0 if piece.closed else min(max(piece.done, 0), 1)
    bar = _rect(left, y + 16, width, 14, _SOFT, _BAR) + _rect(left, y + 16, width * done, 14, _BAR)
    marks = "".join(
        f'<path d="M{scale(day):.1f} {y + 13}V{y + 33}" stroke="{_OTHER}" stroke-width="3"/>'
        for day in piece.former
    )
    ground = _rect(0, y - 2, min(_WIDTH, 7.2 * len(_cut(piece.label, 48))), 16, "#fff")
    return ground + _text(0, y + 10, _cut(piece.label, 48), size=13) + bar + marks


def _today(scale: _Days, today: date, height: int, words: TimeWords) -> str:
    x = scale(today)
    line = f'<path d="M{x:.1f} {_TOP - 8}V{height - 42}" stroke="{_INK}" stroke-width="1.5" stroke-dasharray="4 3"/>'
    anchor = "end" if x > _WIDTH / 2 else "start"
    return line + _text(x, height - 28, words.today, size=12, anchor=anchor, bold=True)


def _key(height: int, words: TimeWords) -> str:
    y = height - 4
    mark = f'<path d="M2 {y - 10}V{y}" stroke="{_OTHER}" stroke-width="3"/>'
    return mark + _text(8, y, words.former, size=12)
