"""What the styles and lists of a Word file mean: headings, items, quotes, code; bold and italic."""

import re
from typing import Any

from .parts import Kind, Look, Para

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_KINDS = {
    "quote": Kind.QUOTE, "intense quote": Kind.QUOTE, "quotations": Kind.QUOTE, "block text": Kind.QUOTE,
    "coproduce code": Kind.CODE, "html preformatted": Kind.CODE, "preformatted text": Kind.CODE,
    "source code": Kind.CODE, "coproduce source": Kind.SOURCE, "coproduce rule": Kind.RULE,
    "horizontal line": Kind.RULE, "footnote text": Kind.NOTE,
}  # fmt: skip
_CODE_WORDS = {"coproduce code words", "html code", "verbatim char", "source text"}
_OFF = {"0", "false", "off", "none"}


def w(name: str) -> str:
    """A name of Word's own."""
    return _W + name


_VAL, _STYLE_ID = w("val"), w("styleId")
_P_STYLE, _R_STYLE, _NUM_PR, _NUM_ID, _LEVEL = w("pStyle"), w("rStyle"), w("numPr"), w("numId"), w("ilvl")
_BOLD, _ITALIC, _STRIKE = w("b"), w("i"), w("strike")


class _Style:
    """A style with what it takes from the one it is based on."""

    def __init__(self, element: Any) -> None:
        name = element.find(w("name"))
        based = element.find(w("basedOn"))
        self.name = (name.get(_VAL) or "").lower() if name is not None else ""
        self.based = based.get(_VAL, "") if based is not None else ""
        self.number = element.find(f"{w('pPr')}/{_NUM_PR}")
        outline = element.find(f"{w('pPr')}/{w('outlineLvl')}")
        self.outline = (
            int(outline.get(_VAL)) if outline is not None and outline.get(_VAL, "").isdigit() else None
        )


class Styles:
    """Gives paragraphs their kind and runs their look."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        found = styles.iter(w("style")) if styles is not None else ()
        self.styles = {one.get(_STYLE_ID, ""): _Style(one) for one in found}
        self.ordered = _ordered(numbering)
        self.starts = _starts(numbering)
        self.patterns = _patterns(numbering)
        self.counts: dict[tuple[str, int], int] = {}
        self.kinds: dict[str, tuple[str, int, Any]] = {}

    def give(self, para: Para, props: Any) -> None:
        """Kind, level and number of a paragraph."""
        style = props.find(_P_STYLE)
        kind, level, number = (
            self._kind(style.get(_VAL, "")) if style is not None else (Kind.PARAGRAPH, 0, None)
        )
        para.kind, para.level = kind, level
        own = props.find(_NUM_PR)
        if own is not None:
            number = own
        if kind in (Kind.PARAGRAPH, Kind.ITEM) and number is not None:
            self._item(para, number)
        elif kind == Kind.ITEM:
            para.kind = Kind.PARAGRAPH

    def _item(self, para: Para, number: Any) -> None:
        id, level = number.find(_NUM_ID), number.find(_LEVEL)
        name = id.get(_VAL, "") if id is not None else ""
        depth = int(level.get(_VAL)) if level is not None and level.get(_VAL, "").isdigit() else 0
        if name in ("", "0"):
            return
        para.kind, para.level = Kind.ITEM, min(depth, 8)
        para.ordered = self.ordered.get((name, depth), False)
        para.number = self._next(name, depth)

    def _next(self, name: str, depth: int) -> int:
        """Lists of one pattern count on from each other, unless one says where it begins."""
        pattern = self.patterns.get(name, name)
        key = (pattern, depth)
        if (name, depth) in self.starts:
            self.counts[key] = self.starts.pop((name, depth)) - 1
        self.counts[key] = self.counts.get(key, 0) + 1
        for other in [other for other in self.counts if other[0] == pattern and other[1] > depth]:
            del self.counts[other]
        return self.counts[key]

    def _kind(self, id: str) -> tuple[str, int, Any]:
        if id not in self.kinds:
            self.kinds[id] = self._found(id)
        return self.kinds[id]

    def _found(self, id: str) -> tuple[str, int, Any]:
        seen: set[str] = set()
        number = None
        while id in self.styles and id not in seen:
            seen.add(id)
            style = self.styles[id]
            number = style.number if number is None else number
            heading = _HEADING.fullmatch(style.name)
            if style.name == "title" or heading:
                return Kind.HEADING, int(heading[1]) if heading else 1, None
            if style.name in _KINDS:
                return _KINDS[style.name], 0, None
            id = style.based
        return (Kind.ITEM if number is not None else Kind.PARAGRAPH), 0, number

    def look(self, props: Any, link: str) -> Look:
        style = props.find(_R_STYLE)
        name = (
            self.styles[style.get(_VAL)].name if style is not None and style.get(_VAL) in self.styles else ""
        )
        return Look(
            _on(props, _BOLD) or name == "strong", _on(props, _ITALIC) or name == "emphasis", _on(props, _STRIKE),
            name in _CODE_WORDS, link,
        )  # fmt: skip


def _on(props: Any, tag: str) -> bool:
    found = props.find(tag)
    return found is not None and found.get(_VAL, "1") not in _OFF


def _ordered(numbering: Any) -> dict[tuple[str, int], bool]:
    """Whether each level of each list has numbers."""
    made: dict[tuple[str, int], bool] = {}
    for id, levels in _lists(numbering):
        for level in levels:
            form = level.find(w("numFmt"))
            depth = level.get(_LEVEL, "")
            if depth.isdigit():
                made[id, int(depth)] = form is not None and form.get(_VAL) not in ("bullet", "none")
    return made


def _patterns(numbering: Any) -> dict[str, str]:
    """The pattern that each list follows."""
    made: dict[str, str] = {}
    for num in numbering.iter(w("num")) if numbering is not None else ():
        to = num.find(w("abstractNumId"))
        made[num.get(_NUM_ID, "")] = to.get(_VAL, "") if to is not None else ""
    return made


def _starts(numbering: Any) -> dict[tuple[str, int], int]:
    made: dict[tuple[str, int], int] = {}
    for num in numbering.iter(w("num")) if numbering is not None else ():
        for change in num.iter(w("lvlOverride")):
            start = change.find(w("startOverride"))
            depth = change.get(_LEVEL, "")
            if start is not None and depth.isdigit() and start.get(_VAL, "").isdigit():
                made[num.get(_NUM_ID, ""), int(depth)] = int(start.get(_VAL))
    return made


def _lists(numbering: Any) -> list[tuple[str, list[Any]]]:
    if numbering is None:
        return []
    abstract = {one.get(w("abstractNumId"), ""): one for one in numbering.iter(w("abstractNum"))}
    made = []
    for num in numbering.iter(w("num")):
        to = num.find(w("abstractNumId"))
        base = abstract.get(to.get(_VAL, "")) if to is not None else None
        if base is not None:
            made.append((num.get(_NUM_ID, ""), base.findall(w("lvl"))))
    return made
