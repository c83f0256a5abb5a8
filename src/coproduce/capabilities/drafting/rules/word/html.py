"""A web page as values: its words, headings, lists, tables, links and pictures' descriptions; nothing that runs."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree, html

from .opening import CannotRead
from .parts import OBJECT, PLAIN, Kind, Look, Package, Para, Row, Run
from .reading import picture_source

DEEPEST = 100
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = {"script", "style", "head", "template", "noscript", "svg", "select", "option", "datalist"}
_LOST = {
    "script": "scripts", "form": "form", "input": "form", "textarea": "form", "iframe": "frames", "object": "frames",
    "embed": "frames", "video": "frames", "audio": "frames", "canvas": "frames", "svg": "drawing", "math": "equation",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "body", "html", "figure",
    "figcaption", "ul", "ol", "li", "table", "blockquote", "pre", "hr", "dl", "dt", "dd", "address", "details",
    "summary", "form", "fieldset", *_HEADINGS,
}  # fmt: skip
_LOOKS: dict[str, Callable[[Look], Look]] = {
    **dict.fromkeys(("b", "strong"), lambda look: look._replace(bold=True)),
    **dict.fromkeys(("i", "em", "cite"), lambda look: look._replace(italic=True)),
    **dict.fromkeys(("s", "del", "strike"), lambda look: look._replace(strike=True)),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), lambda look: look._replace(code=True)),
}


def read_html(content: bytes) -> Package:
    """Everything that a web page says; raises CannotRead."""
    parser = html.HTMLParser(encoding=_encoding(content), no_network=True, remove_comments=True, remove_pis=True,
                             huge_tree=False)  # fmt: skip
    try:
        root = html.document_fromstring(content, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise CannotRead("damaged") from None
    return _Reader().package(root)


def _encoding(content: bytes) -> str:
    """As it says itself, or UTF-8 where it is that."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        found = re.search(rb"charset=[\"']?([A-Za-z0-9_-]{2,20})", content[:2048])
        return found[1].decode("ascii") if found else "windows-1252"
    return "utf-8"


class _Reader:
    def __init__(self) -> None:
        self.made = Package()
        self.tables = 0

    def package(self, root: Any) -> Package:
        for element in root.iter():
            code = _LOST.get(element.tag) if isinstance(element.tag, str) else None
            if code and code not in self.made.left_out:
                self.made.left_out.append(code)
        if any(
            cell.get(name, "1") != "1" for cell in root.iter("td", "th") for name in ("colspan", "rowspan")
        ):
            self.made.left_out.append("merged")
        self.made.flow = [unit for unit in self._flow(root, 0) if isinstance(unit, Row) or unit.text.strip() or
                          unit.kind == Kind.RULE]  # fmt: skip
        return self.made

    def _flow(self, parent: Any, depth: int, kind: str = Kind.PARAGRAPH) -> Iterator[Para | Row]:
        """The blocks inside an element; words between them are paragraphs."""
        if depth > DEEPEST:
            raise CannotRead("deep")
        held = Para(kind)
        _put(held, parent.text, PLAIN)
        for child in parent:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _BLOCKS:
                yield _trimmed(held)
                held = Para(kind)
                yield from self._block(child, tag, depth + 1, kind)
            elif tag not in _SKIPPED and tag:
                self._inline(child, held, PLAIN, depth + 1)
            _put(held, child.tail, PLAIN)
        yield _trimmed(held)

    def _block(self, element: Any, tag: str, depth: int, kind: str) -> Iterator[Para | Row]:
        if tag in _HEADINGS:
            yield self._para(element, Para(Kind.HEADING, _HEADINGS[tag]), depth)
        elif tag in ("ul", "ol"):
            yield from self._list(element, 0, depth)
        elif tag == "table":
            self.tables += 1
            yield from self._table(element, self.tables, depth)
        elif tag == "hr":
            yield Para(Kind.RULE)
        elif tag == "pre":
            yield Para(Kind.CODE, runs=[Run("".join(element.itertext()).strip("\n"))])
        else:
            yield from self._flow(element, depth, Kind.QUOTE if tag == "blockquote" else kind)

    def _list(self, element: Any, level: int, depth: int) -> Iterator[Para | Row]:
        start = element.get("start", "1")
        number = int(start) if start.isdigit() and len(start) < 9 else 1
        for item in element.iterchildren("li", "ul", "ol"):
            if item.tag != "li":  # some programs put the inner list beside the item, not into it
                yield from self._list(item, level + 1, depth + 1)
                continue
            para = Para(Kind.ITEM, min(level, 8), element.tag == "ol", number)
            number += 1
            inner: list[Any] = []
            self._item(item, para, inner, depth)
            yield _trimmed(para)
            for child in inner:
                yield from self._list(child, level + 1, depth + 1)

    def _item(self, element: Any, para: Para, inner: list[Any], depth: int) -> None:
        """The words of an item, whatever they are wrapped in; lists in it come after them."""
        if depth > DEEPEST:
            raise CannotRead("deep")
        _put(para, element.text, PLAIN)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in ("ul", "ol"):
                inner.append(child)
            elif tag in _BLOCKS:
                _put(para, " ", PLAIN)
                self._item(child, para, inner, depth + 1)
            elif tag not in _SKIPPED and tag:
                self._inline(child, para, PLAIN, depth + 1)
            _put(para, child.tail, PLAIN)

    def _table(self, table: Any, number: int, depth: int) -> Iterator[Row]:
        for tr in table.iter("tr"):
            if next(tr.iterancestors("table")) is not table:
                if "nested" not in self.made.left_out:
                    self.made.left_out.append("nested")
                continue
            cells = [self._cell(cell, depth) for cell in tr.iterchildren("td", "th")]
            if cells:
                yield Row(cells, number)

    def _cell(self, cell: Any, depth: int) -> list[Para]:
        paras = [para for unit in self._flow(cell, depth + 1)
                 for para in (unit.paras() if isinstance(unit, Row) else (unit,)) if para.text.strip()]  # fmt: skip
        return paras or [Para()]

    def _para(self, element: Any, para: Para, depth: int) -> Para:
        self._inline(element, para, PLAIN, depth)
        return _trimmed(para)

    def _inline(self, element: Any, para: Para, look: Look, depth: int) -> None:
        if depth > DEEPEST:
            raise CannotRead("deep")
        tag = element.tag
        if tag == "br":
            para.runs.append(Run("\n", look))
            return
        if tag == "img":
            name = (element.get("src") or "picture").split("?")[0]
            name = "picture" if name.startswith("data:") else name
            para.runs.append(Run(OBJECT, Look(picture=picture_source(element.get("alt") or "", name))))
            self.made.left_out += [] if "picture-files" in self.made.left_out else ["picture-files"]
            return
        if tag in _LOOKS:
            look = _LOOKS[tag](look)
        elif tag == "a" and element.get("href"):
            look = look._replace(link=element.get("href"))
        _put(para, element.text, look)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._inline(child, para, look, depth + 1)
            _put(para, child.tail, look)


def _put(para: Para, words: str | None, look: Look) -> None:
    text = re.sub(r"[ \t\r\n\f]+", " ", words or "")
    last = para.runs[-1] if para.runs else None
    if text.startswith(" ") and (last is None or last.text.endswith((" ", "\n"))):
        text = text[1:]
    if not text:
        return
    if last and last.look == look and last.text != OBJECT:
        para.runs[-1] = last._replace(text=last.text + text)
    else:
        para.runs.append(Run(text, look))


def _trimmed(para: Para) -> Para:
    if para.runs and para.runs[-1].text != OBJECT:
        last = para.runs[-1]
        para.runs[-1] = last._replace(text=last.text.rstrip(" "))
        para.runs = [run for run in para.runs if run.text]
    return para
