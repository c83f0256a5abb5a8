"""An OpenDocument text (.odt) as values."""

import re
from collections.abc import Iterator
from typing import Any

from .opening import CannotRead, Parts
from .parts import OBJECT, PLAIN, Kind, Look, Package, Para, Row, Run
from .reading import keep_picture, picture_source

BODY = "content.xml"
_SPANS = ("table:number-columns-spanned", "table:number-rows-spanned")
DEEPEST = 40
MOST_REPEATED = 200
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = {
    "office": f"{_OASIS}office:1.0", "text": f"{_OASIS}text:1.0", "table": f"{_OASIS}table:1.0",
    "style": f"{_OASIS}style:1.0", "fo": f"{_OASIS}xsl-fo-compatible:1.0", "xlink": "http://www.w3.org/1999/xlink",
    "draw": f"{_OASIS}drawing:1.0", "svg": f"{_OASIS}svg-compatible:1.0", "math": "http://www.w3.org/1998/Math/MathML",
}  # fmt: skip
_KINDS = {
    "Quotations": Kind.QUOTE, "Quote": Kind.QUOTE, "Preformatted_20_Text": Kind.CODE, "Coproduce_20_Code": Kind.CODE,
    "Coproduce_20_Source": Kind.SOURCE, "Coproduce_20_Rule": Kind.RULE, "Horizontal_20_Line": Kind.RULE,
}  # fmt: skip


def n(name: str) -> str:
    """A name such as “text:p”, with its namespace."""
    space, _, own = name.partition(":")
    return f"{{{_NAMES[space]}}}{own}"


def read_odt(content: bytes) -> Package:
    """Everything that an .odt file says; raises CannotRead."""
    return _Reader(Parts(content, BODY)).package()


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self.parts, self.made = parts, Package()
        self.root = parts.xml(BODY)
        self.styles: dict[str, Any] = {}
        self.lists: dict[str, Any] = {}
        self.common = parts.xml("styles.xml")
        for root in (self.common, self.root):
            for style in root.iter(n("style:style")) if root is not None else ():
                self.styles[style.get(n("style:name"), "")] = style
            for style in root.iter(n("text:list-style")) if root is not None else ():
                self.lists[style.get(n("style:name"), "")] = style
        self.tables = 0
        self.last: dict[str, dict[int, int]] = {}

    def package(self) -> Package:
        body = self.root.find(f"{n('office:body')}/{n('office:text')}")
        if body is None:
            raise CannotRead("other")
        self.made.flow = list(self._flow(body, 0))
        self._left_out()
        return self.made

    def _lost(self, code: str) -> None:
        if code not in self.made.left_out:
            self.made.left_out.append(code)

    def _left_out(self) -> None:
        marks = {
            "tracked": "text:changed-region", "comments": "office:annotation", "textbox": "draw:text-box",
            "equation": "math:math", "embedded": "draw:object-ole",
            "drawing": "draw:custom-shape",
        }  # fmt: skip
        for code, name in marks.items():
            if next(self.root.iter(n(name)), None) is not None:
                self._lost(code)
        if any(
            cell.get(n(name), "1") != "1" for cell in self.root.iter(n("table:table-cell")) for name in _SPANS
        ):
            self._lost("merged")
        edges = self.common.iter(n("style:header"), n("style:footer")) if self.common is not None else ()
        if any("".join(one.itertext()).strip() for one in edges):
            self._lost("edges")
        if any(name.startswith(("Basic/", "Scripts/")) for name in self.parts.names):
            self._lost("macros")

    def _flow(self, parent: Any, depth: int) -> Iterator[Para | Row]:
        if depth > DEEPEST:
            raise CannotRead("deep")
        for child in parent:
            if child.tag == n("text:h"):
                level = child.get(n("text:outline-level"), "1")
                yield self._para(child, Para(Kind.HEADING, int(level) if level.isdigit() else 1))
            elif child.tag == n("text:p"):
                yield self._para(child, Para(self._kind(child)))
            elif child.tag == n("text:list"):
                yield from self._list(child, child.get(n("text:style-name"), ""), 0)
            elif child.tag == n("table:table"):
                self.tables += 1
                yield from self._rows(child, self.tables, depth)
            elif child.tag in (n("text:section"), n("text:index-body")):
                yield from self._flow(child, depth + 1)
            elif child.tag == n("text:table-of-content"):
                self._lost("contents")

    def _kind(self, element: Any) -> str:
        style = self.styles.get(element.get(n("text:style-name"), ""))
        names = [element.get(n("text:style-name"), "")]
        names += [style.get(n("style:parent-style-name"), "")] if style is not None else []
        return next((_KINDS[name] for name in names if name in _KINDS), Kind.PARAGRAPH)

    def _list(self, element: Any, style: str, level: int) -> Iterator[Para]:
        ordered = self._has_numbers(style, level)
        goes_on = element.get(n("text:continue-numbering")) == "true" or element.get(n("text:continue-list"))
        number = self.last.get(style, {}).get(level, 0) if goes_on else 0
        for item in element:
            first = True
            for child in item:
                if child.tag == n("text:list"):
                    yield from self._list(child, child.get(n("text:style-name"), style), min(level + 1, 8))
                elif child.tag in (n("text:p"), n("text:h")):
                    number += 1 if first else 0
                    heading = child.tag == n("text:h")
                    depth = child.get(n("text:outline-level"), "1")
                    para = Para(Kind.HEADING, int(depth) if depth.isdigit() else 1) if heading else Para(
                        Kind.ITEM, level, ordered, max(number, 1))  # fmt: skip
                    yield self._para(child, para)
                    first = False
            self.last.setdefault(style, {})[level] = number

    def _has_numbers(self, style: str, level: int) -> bool:
        found = self.lists.get(style)
        if found is None:
            return False
        levels = found.findall(n("text:list-level-style-number"))
        mine = [one for one in levels if one.get(n("text:level")) == str(level + 1)]
        return bool(mine) and bool(mine[0].get(n("style:num-format"), ""))

    def _rows(self, table: Any, number: int, depth: int) -> Iterator[Row]:
        for child in table:
            if child.tag in (n("table:table-header-rows"), n("table:table-rows"), n("table:table-row-group")):
                yield from self._rows(child, number, depth + 1)
            elif child.tag == n("table:table-row"):
                row = Row(table=number)
                for cell in child:
                    if cell.tag in (n("table:table-cell"), n("table:covered-table-cell")):
                        row.cells += [self._cell(cell, depth) for _ in range(_times(cell))]
                yield row

    def _cell(self, cell: Any, depth: int) -> list[Para]:
        paras: list[Para] = []
        for unit in self._flow(cell, depth + 1):
            if isinstance(unit, Row):
                self._lost("nested")
                paras += unit.paras()
            else:
                paras.append(unit)
        return paras or [Para()]

    def _para(self, element: Any, para: Para) -> Para:
        self._inside(element, para, self._look(element, PLAIN) if para.kind != Kind.HEADING else PLAIN, 0)
        return para

    def _look(self, element: Any, look: Look) -> Look:
        style = self.styles.get(element.get(n("text:style-name"), ""))
        props = style.find(n("style:text-properties")) if style is not None else None
        if style is not None and style.get(n("style:name"), "") in (
            "Source_20_Text",
            "Coproduce_20_Code_20_Words",
        ):
            look = look._replace(code=True)
        if props is None or element.tag != n("text:span"):
            return look
        return look._replace(
            bold=look.bold or props.get(n("fo:font-weight")) in ("bold", "700", "800", "900"),
            italic=look.italic or props.get(n("fo:font-style")) in ("italic", "oblique"),
            strike=look.strike or props.get(n("style:text-line-through-style"), "none") != "none",
        )

    def _inside(self, element: Any, para: Para, look: Look, depth: int) -> None:
        if depth > DEEPEST:
            raise CannotRead("deep")
        _put(para, element.text, look)
        for child in element:
            self._child(child, para, look, depth)
            _put(para, child.tail, look)

    def _child(self, child: Any, para: Para, look: Look, depth: int) -> None:
        tag = child.tag
        if tag == n("text:span"):
            self._inside(child, para, self._look(child, look), depth + 1)
        elif tag == n("text:a"):
            self._inside(child, para, look._replace(link=child.get(n("xlink:href"), "")), depth + 1)
        elif tag == n("text:s"):
            count = child.get(n("text:c"), "1")
            _put(para, " " * min(int(count) if count.isdigit() else 1, MOST_REPEATED), look, exact=True)
        elif tag == n("text:tab"):
            _put(para, "\t", look, exact=True)
        elif tag == n("text:line-break"):
            _put(para, "\n", look, exact=True)
        elif tag == n("text:note"):
            self._note(child, para)
        elif tag in (n("draw:frame"), n("draw:a")):
            self._frame(child, para)
        elif tag not in (n("office:annotation"), n("text:note-citation"), n("text:change-start")):
            self._inside(child, para, look, depth + 1)

    def _note(self, element: Any, para: Para) -> None:
        body = element.find(n("text:note-body"))
        label = str(len(self.made.notes) + 1)
        if element.get(n("text:note-class")) == "endnote":
            self._lost("endnote")
        note = Para(Kind.NOTE, label=label)
        self.made.notes.append(note)
        for unit in self._flow(body, 1) if body is not None else ():
            runs = [run for one in (unit.paras() if isinstance(unit, Row) else (unit,)) for run in one.runs]
            note.runs += [Run("\n"), *runs] if note.runs and runs else runs
        para.runs.append(Run(OBJECT, Look(note=label)))

    def _frame(self, frame: Any, para: Para) -> None:
        image = next(frame.iter(n("draw:image")), None)
        name = image.get(n("xlink:href"), "") if image is not None else ""
        if name not in self.parts.names:
            self._lost("drawing" if image is not None else "textbox")
            return
        said = [next(frame.iter(n(one)), None) for one in ("svg:desc", "svg:title")]
        alt = next((one.text for one in said if one is not None and one.text), "")
        own = keep_picture(self.made, self.parts, name, frame.get(n("draw:name"), ""), alt)
        para.runs.append(Run(OBJECT, Look(picture=picture_source(alt, own))))


def _times(cell: Any) -> int:
    count = cell.get(n("table:number-columns-repeated"), "1")
    return min(int(count) if count.isdigit() else 1, MOST_REPEATED)


def _put(para: Para, words: str | None, look: Look, *, exact: bool = False) -> None:
    """In this format a run of spaces and line ends is one space; the others are elements."""
    text = words if exact else re.sub(r"[ \t\r\n]+", " ", words or "")
    if not text:
        return
    last = para.runs[-1] if para.runs else None
    if last and last.look == look and last.text != OBJECT:
        para.runs[-1] = last._replace(text=last.text + text)
    else:
        para.runs.append(Run(text, look))
