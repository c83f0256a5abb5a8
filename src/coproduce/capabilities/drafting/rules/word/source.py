"""From what stands in a Word file back to Markdown: whole texts, single paragraphs, and words inside a block."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..blocks import parts
from .inline import Span
from .parts import BREAK, CELL, PLAIN, Kind, Look, Para, Row, Run
from .showing import Shown, show

_VERBATIM = {Kind.CODE, Kind.SOURCE}
_MARKS = re.compile(r"[\\*`]|<(?=[A-Za-z/!?])|~(?=~)|!?\[(?=[^\]]*\]\(|\^)|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
_STARTS = re.compile(r"^(\d{0,9})(>|[#+.)-](?=[#+.)-]*(?:\s|$))|\||=+$|~~~)|^(-)(?=[ -]*$)")
_EVERY_SIGN = re.compile(r"[!-/:-@\[-`{-~]")


class Splice(NamedTuple):
    """The source from `start` to `end` gives way to other words."""

    start: int
    end: int
    words: str


def words_of(runs: Iterable[Run], kind: str = Kind.PARAGRAPH, around: Look = PLAIN) -> str:
    """The Markdown of some runs that stand inside marks of the look `around`."""
    runs = list(runs)
    if kind in _VERBATIM:
        return "".join(run.text for run in runs)
    made = []
    for link, some in groupby(runs, key=lambda run: run.look.link):
        inner = "".join(_marked(run._replace(look=_less(run.look, around)), kind) for run in some)
        target = re.sub(r"[\s()<>]", lambda sign: f"%{ord(sign[0]):02X}", link)
        made.append(f"[{inner}]({target})" if link and link != around.link and inner.strip() else inner)
    return "".join(made)


def splice(source: str, shown: Shown, start: int, end: int, runs: Sequence[Run]) -> Splice | None:
    """The change of the source that puts `runs` in the place of the visible characters from `start` to `end`.

    None where no Markdown says it (for example a break in a heading below a line).
    """
    if start == 0 and shown.kind not in _VERBATIM:
        # Markdown has no gap at the beginning of a passage; there it would mean something else.
        runs = _without_lead(runs)
        while not runs and end < len(shown.text) and shown.text[end] in " \t":
            end += 1
    wanted = shown.text[:start] + "".join(run.text for run in runs) + shown.text[end:]
    plain = [Run(run.text, PLAIN._replace(picture=run.look.picture, note=run.look.note)) for run in runs]
    for tried, careful in ((runs, False), (plain, False), (plain, True)):
        made = _splice(source, shown, start, end, tried, careful=careful)
        after = show(source[: made.start] + made.words + source[made.end :], in_table=shown.kind == Kind.ROW)
        if after and _bare(after.text) == _bare(wanted) and after.shape == shown.shape:
            return made
        if after is None and not wanted.strip():
            return made
    return _rewritten(source, shown, wanted, [*shown.runs(0, start), *runs, *shown.runs(end)])


def _rewritten(source: str, shown: Shown, wanted: str, runs: Sequence[Run]) -> Splice | None:
    """The whole words of a block anew, where marks and new words do not go together."""
    if not shown.starts:
        return None
    first = min([shown.starts[0], *(span.opening[0] for span in shown.spans if span.start == 0)])
    last = max([shown.ends[-1], *(span.closing[1] for span in shown.spans if span.end == len(shown.text))])
    for words in (words_of(runs, shown.kind), _careful(runs)):
        made = Splice(first, last, words.replace(CELL, " | "))
        after = show(source[:first] + made.words + source[last:], in_table=shown.kind == Kind.ROW)
        if after and _bare(after.text) == _bare(wanted) and after.shape == shown.shape:
            return made
    return None


def _bare(text: str) -> list[str]:
    """The words without gaps at the edges of a passage or cell, which Markdown does not keep."""
    return [cell.strip() for cell in text.split(CELL)]


def _without_lead(runs: Sequence[Run]) -> list[Run]:
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept = kept[1:]
    return [kept[0]._replace(text=kept[0].text.lstrip()), *kept[1:]] if kept else []


def _splice(source: str, shown: Shown, start: int, end: int, runs: Sequence[Run], *, careful: bool) -> Splice:
    inside = _container(shown, start, end, runs)
    words = _careful(runs) if careful else words_of(runs, shown.kind, inside.look if inside else PLAIN)
    if start == end:
        at = _point(source, shown, start, inside)
        return Splice(at, at, words)
    whole = [span for span in shown.spans if start <= span.start and span.end <= end and span != inside]
    first = min([shown.starts[start], *(span.opening[0] for span in whole if span.start == start)])
    last = max([shown.ends[end - 1], *(span.closing[1] for span in whole if span.end == end)])
    closers, openers = _kept_marks(source, shown, whole, first, last)
    before = not start or not runs or shown.look(start) == runs[0].look
    return Splice(first, last, words + closers + openers if before else closers + words + openers)


def _kept_marks(source: str, shown: Shown, whole: Sequence[Span], first: int, last: int) -> tuple[str, str]:
    """The marks in a stretch whose partners stand outside it."""
    others = [span for span in shown.spans if span not in whole]
    closers = sorted(span.closing for span in others if first <= span.closing[0] and span.closing[1] <= last)
    openers = sorted(span.opening for span in others if first <= span.opening[0] and span.opening[1] <= last)
    return tuple("".join(source[a:b] for a, b in marks) for marks in (closers, openers))  # type: ignore[return-value]


def _container(shown: Shown, start: int, end: int, runs: Sequence[Run]) -> Span | None:
    """The innermost marks that new words come to stand in."""
    around = [span for span in shown.spans if span.start <= start and end <= span.end]
    if start < end:
        around = [span for span in around if (span.start, span.end) != (start, end)]
    else:
        look = runs[0].look if runs else PLAIN
        around = [span for span in around if span.start < start < span.end or
                  (span.end == start and span.look == look)]  # fmt: skip
    return min(around, key=lambda span: span.end - span.start, default=None)


def _point(source: str, shown: Shown, at: int, inside: Span | None) -> int:
    """Where in the source new words go that stand before the visible character `at`."""
    if at == 0:
        openings = [span.opening[0] for span in shown.spans if span.start == 0]
        return min([shown.starts[0], *openings]) if shown.starts else _end_of_words(source)
    closed = [span.closing[1] for span in shown.spans if span.end == at and span.start < at]
    if inside and inside.end == at:
        closed = [end for end in closed if end <= inside.closing[0]]
    return max([shown.ends[at - 1], *closed])


def _end_of_words(source: str) -> int:
    head, words, _tail = parts(source)
    return len(head) + len(words)


def _less(look: Look, around: Look) -> Look:
    return look._replace(
        bold=look.bold and not around.bold, italic=look.italic and not around.italic,
        strike=look.strike and not around.strike, code=look.code and not around.code,
    )  # fmt: skip


def _marked(run: Run, kind: str) -> str:
    look, bare = run.look, run.text.strip()
    if look.picture:
        return look.picture
    if look.note:
        return f"[^{look.note}]"
    if not bare or look == PLAIN or look == PLAIN._replace(link=look.link):
        return _escaped(run.text, kind)
    words = f"`{bare}`" if look.code and "`" not in bare else _escaped(bare, kind)
    for wanted, mark in ((look.strike, "~~"), (look.italic, "*"), (look.bold, "**")):
        words = f"{mark}{words}{mark}" if wanted and not look.code else words
    lead = run.text[: len(run.text) - len(run.text.lstrip())]
    return f"{_escaped(lead, kind)}{words}{_escaped(run.text[len(lead) + len(bare) :], kind)}"


def _escaped(text: str, kind: str) -> str:
    words = _MARKS.sub(r"\\\g<0>", text).replace(BREAK, "<br>")
    return words.replace("|", "\\|") if kind == Kind.ROW else words


def _careful(runs: Iterable[Run]) -> str:
    words = (run.look.picture or (run.look.note and f"[^{run.look.note}]") or
             _EVERY_SIGN.sub(r"\\\g<0>", run.text).replace(BREAK, "<br>") for run in runs)  # fmt: skip
    return "".join(words)


def block_of(para: Para, indent: str = "") -> str:
    """One paragraph as a block of its own, without the gap after it."""
    words = words_of(para.runs, para.kind)
    if para.kind == Kind.CODE:
        fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall(r"`+", words) or ["``"]))
        return f"{fence}\n{words}\n{fence}"
    if para.kind == Kind.SOURCE:
        return words
    if para.kind == Kind.RULE:
        return "---"
    line = " ".join(words.split("\n")).strip()
    starts = {
        Kind.HEADING: "#" * max(1, min(para.level, 6)) + " ", Kind.QUOTE: "> ", Kind.NOTE: f"[^{para.label}]: ",
        Kind.ITEM: f"{indent}{f'{para.number}.' if para.ordered else '*'} ",
    }  # fmt: skip
    return starts.get(para.kind, "") + (_STARTS.sub(r"\1\\\2\3", line) if para.kind != Kind.HEADING else line)


def row_of(row: Row, width: int = 0) -> str:
    """A row of a table on one line."""
    cells = [_cell(cell) for cell in row.cells]
    return f"| {' | '.join(cells + [''] * (width - len(cells)))} |"


def _cell(paras: Iterable[Para]) -> str:
    return "<br>".join(filter(None, (words_of(para.runs, Kind.ROW).strip() for para in paras)))


def rule_of(width: int) -> str:
    """The line under the head of a table."""
    return "|" + "---|" * width


def markdown(flow: Iterable[Para | Row], notes: Iterable[Para] = ()) -> str:
    """A whole text; the items of a list stand close together, everything else has an empty line around it."""
    made: list[str] = []
    before = ""
    for kind, words, starts in _blocks([*flow, *notes]):
        if words.strip():
            close = kind == before == Kind.ITEM and not starts
            made.append(("\n" if close else "\n\n") + words if made else words)
            before = kind
    return "".join(made) + "\n" if made else ""


def _blocks(flow: Sequence[Para | Row]) -> Iterator[tuple[str, str, bool]]:
    """Each block with its kind, and whether it starts a list; items are set in by the marks they stand under."""
    indents, ordered = [""], False
    for table, same in groupby(flow, key=lambda one: one.table if isinstance(one, Row) else 0):
        if table:
            indents = [""]
            yield Kind.ROW, table_of([one for one in same if isinstance(one, Row)]), True
            continue
        for para in same:
            assert isinstance(para, Para)
            if para.kind != Kind.ITEM:
                indents = [""]
                yield para.kind, block_of(para), True
                continue
            level = min(para.level, len(indents) - 1)
            mark = f"{para.number}. " if para.ordered else "* "
            indents = [*indents[: level + 1], indents[level] + " " * len(mark)]
            starts = not level and para.ordered != ordered
            ordered = ordered if level else para.ordered
            yield para.kind, block_of(para, indents[level]), starts


def table_of(rows: Sequence[Row]) -> str:
    """The rows of one table, the first one being its head."""
    width = max((len(row.cells) for row in rows), default=0)
    lines = [row_of(row, width) for row in rows]
    lines[1:1] = [rule_of(width)]
    return "\n".join(lines)
