"""The plain HTML that the Word reader makes, as Markdown that people can read and edit."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

_MARKS = re.compile(r"([\\*`<])")
_STARTS = re.compile(r"^(\d{0,9})(>|[#+.)-](?=#*(?:\s|$)))")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*"}


def from_html(source: str) -> str:
    """Headings, paragraphs, lists, tables, links, bold and italic; everything else as its words."""
    if not source.strip():
        return ""
    root = html.fragment_fromstring(source, create_parent="div")
    return "\n\n".join(block for block in _blocks(root) if block.strip()) + "\n"


def _blocks(parent: Any) -> Iterator[str]:
    for element in parent:
        if element.tag in ("ul", "ol"):
            yield "\n".join(_items(element, ""))
        elif element.tag == "table":
            yield "\n".join(_rows(element))
        elif element.tag in _HEADINGS:
            yield f"{'#' * _HEADINGS[element.tag]} {_line(element)}"
        elif element.tag in ("p", "blockquote", "pre"):
            yield _STARTS.sub(r"\1\\\2", _inline(element).strip())
        else:
            yield from _blocks(element)


def _items(parent: Any, indent: str) -> Iterator[str]:
    for number, item in enumerate(parent.findall("li"), 1):
        mark = f"{number}. " if parent.tag == "ol" else "* "
        yield f"{indent}{mark}{_line(item)}"
        for inner in item:
            if inner.tag in ("ul", "ol"):
                yield from _items(inner, indent + " " * len(mark))


def _rows(table: Any) -> Iterator[str]:
    rows = [[_line(cell).replace("|", "\\|") for cell in row.iter("td", "th")] for row in table.iter("tr")]
    width = max((len(row) for row in rows), default=0)
    for number, row in enumerate(rows):
        yield f"| {' | '.join(row + [''] * (width - len(row)))} |"
        if not number:
            yield "|" + "---|" * width


def _line(element: Any) -> str:
    return " ".join(_inline(element).split())


def _inline(element: Any) -> str:
    """The words of an element with their marks; lists inside it come in lines of their own."""
    parts = [_escaped(element.text)]
    for inner in element:
        if inner.tag not in ("ul", "ol", "img"):
            parts.append(_marked(inner))
        parts.append(_escaped(inner.tail))
    return "".join(parts)


def _marked(element: Any) -> str:
    words = _inline(element)
    bare = words.strip()
    if element.tag == "br":
        return "\n"
    if element.tag == "p":
        return words + " "
    if element.tag in _AROUND and bare:
        mark = _AROUND[element.tag]
        return words.replace(bare, f"{mark}{bare}{mark}", 1)
    target = element.get("href", "") if element.tag == "a" else ""
    if target.startswith(("https://", "http://", "mailto:")) and bare:
        return f"[{bare}]({target.replace(' ', '%20').replace(')', '%29')})"
    return words


def _escaped(text: str | None) -> str:
    return _MARKS.sub(r"\\\1", (text or "").replace("\n", " "))
