"""A Word file as values: each paragraph in runs with their history, each end of a paragraph with its own."""

import re
from collections.abc import Iterator
from typing import Any

from .opening import CannotRead, Parts
from .parts import OBJECT, PLAIN, Comment, Flow, Kind, Look, Mark, Package, Para, Picture, Row, Run
from .pictures import own_name
from .styles import Styles, w
from .xml import BOOKMARK

BODY = "word/document.xml"
DEEPEST = 40  # tables inside tables
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W16 = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_DOC_PROPS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OWN = re.compile(rf"{BOOKMARK}(\d{{1,9}})")
_GONE = {w("del"), w("moveFrom")}
_COME = {w("ins"), w("moveTo")}
_THROUGH = {w("smartTag"), w("sdt"), w("sdtContent"), w("fldSimple"), w("customXml"), w("dir"), w("bdo")}
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("ptab"): "\t"}
(T, DEL_TEXT, R, P, TBL, TR, TC, P_PR, R_PR, HYPERLINK, START, RANGE, FIELD, FOOTNOTE, ENDNOTE, DRAWING, PICT) = map(
    w, ["t", "delText", "r", "p", "tbl", "tr", "tc", "pPr", "rPr", "hyperlink", "bookmarkStart", "commentRangeStart",
        "fldChar", "footnoteReference", "endnoteReference", "drawing", "pict"],
)  # fmt: skip
AUTHOR, DATE, ID, VAL = w("author"), w("date"), w("id"), w("val")
_LOST = {
    "textbox": (w("txbxContent"),), "equation": ("{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",),
    "embedded": (w("object"),), "formatting": (w("rPrChange"), w("pPrChange")), "field": (w("instrText"),),
    "symbol": (w("sym"),), "merged": (w("gridSpan"), w("vMerge")),
    "drawing": ("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",),
}  # fmt: skip


def read(content: bytes) -> Package:
    """Everything that a .docx file says; raises CannotRead."""
    parts = Parts(content, BODY)
    return _Reader(parts).package()


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self.parts, self.made = parts, Package()
        self.styles = Styles(parts.xml("word/styles.xml"), parts.xml("word/numbering.xml"))
        self.links, self.media = _relations(parts, "word/_rels/document.xml.rels")
        self.tables = 0
        self.note_ids: list[str] = []
        self.anchors: dict[str, int] = {}
        self.field: list[bool] = []

    def package(self) -> Package:
        root = self.parts.xml(BODY)
        body = root.find(w("body")) if root is not None else None
        if body is None:
            raise CannotRead("damaged")
        self.made.flow = list(self._flow(body, 0))
        self._notes()
        self._comments()
        self.made.properties = _properties(self.parts.xml("docProps/custom.xml"))
        self.made.left_out = list(dict.fromkeys([*_left_out(self.parts, root), *self.made.left_out]))
        return self.made

    def _flow(self, parent: Any, depth: int) -> Iterator[Para | Row]:
        for child in parent:
            tag = child.tag
            if tag == P:
                yield self._para(child)
            elif tag == TBL:
                self.tables += 1
                yield from self._rows(child, self.tables, depth)
            elif tag in _THROUGH or tag in _COME or tag in _GONE:
                yield from self._flow(child, depth)

    def _rows(self, table: Any, number: int, depth: int) -> Iterator[Row]:
        if depth > DEEPEST:
            raise CannotRead("deep")
        for tr in table.iter(TR):
            if next(tr.iterancestors(TBL)) is not table:
                continue
            props = tr.find(w("trPr"))
            row = Row(table=number, ins=_mark_in(props, "ins"), gone=_mark_in(props, "del"))
            for cell in tr.iter(TC):
                if next(cell.iterancestors(TR)) is tr:
                    row.cells.append(self._cell(cell, depth))
            row.block = next((para.block for para in row.paras() if para.block), 0)
            yield row

    def _cell(self, cell: Any, depth: int) -> list[Para]:
        """The paragraphs of a cell; a table in it gives its words."""
        paras: list[Para] = []
        for unit in self._flow(cell, depth + 1):
            if isinstance(unit, Row):
                self._lost("nested")
                paras += unit.paras()
            else:
                paras.append(unit)
        return paras

    def _lost(self, code: str) -> None:
        if code not in self.made.left_out:
            self.made.left_out.append(code)

    def _para(self, element: Any) -> Para:
        para = Para()
        self.field.clear()
        props = element.find(P_PR)
        if props is not None:
            self.styles.give(para, props)
            own = props.find(R_PR)
            if own is not None:
                para.ins = _mark_in(own, "ins") or _mark_in(own, "moveTo")
                para.gone = _mark_in(own, "del") or _mark_in(own, "moveFrom")
        self._inside(element, para, None, None, "")
        return para

    def _inside(self, parent: Any, para: Para, ins: Mark | None, gone: Mark | None, link: str) -> None:
        for child in parent:
            tag = child.tag
            if tag == R:
                self._run(child, para, ins, gone, link)
            elif tag in _COME:
                self._inside(child, para, _mark(child), gone, link)
            elif tag in _GONE:
                self._inside(child, para, ins, _mark(child), link)
            elif tag == HYPERLINK:
                self._inside(child, para, ins, gone, self.links.get(child.get(f"{_REL}id", ""), ""))
            elif tag in _THROUGH:
                self._inside(child, para, ins, gone, link)
            elif tag == START:
                own = _OWN.fullmatch(child.get(w("name"), ""))
                para.block = int(own[1]) if own and not para.block else para.block
            elif tag == RANGE:
                self.anchors[child.get(ID, "")] = len(para.notes)
                para.notes.append(int(child.get(ID)) if child.get(ID, "").isdigit() else -1)

    def _run(self, run: Any, para: Para, ins: Mark | None, gone: Mark | None, link: str) -> None:
        words = []
        for child in run:
            tag = child.tag
            if tag in (T, DEL_TEXT):
                words.append(child.text or "")
            elif tag in _SIGNS:
                words.append("" if child.get(w("type")) == "page" else _SIGNS[tag])
            elif tag == FIELD:
                self._field(child.get(w("fldCharType"), ""))
            elif tag in (FOOTNOTE, ENDNOTE, DRAWING, PICT):
                self._put(para, words, run, link, ins, gone)
                words = []
                self._object(child, para, ins, gone)
        if words and not any(self.field):
            self._put(para, words, run, link, ins, gone)

    def _put(
        self, para: Para, words: list[str], run: Any, link: str, ins: Mark | None, gone: Mark | None
    ) -> None:
        if words:
            props = run.find(R_PR)
            look = self.styles.look(props, link) if props is not None else Look(link=link) if link else PLAIN
            _put(para, "".join(words), look, ins, gone)

    def _field(self, kind: str) -> None:
        """Between its beginning and its middle a field has instructions, no words."""
        if kind == "begin":
            self.field.append(True)
        elif self.field:
            self.field[-1:] = [False] if kind == "separate" else []

    def _object(self, element: Any, para: Para, ins: Mark | None, gone: Mark | None) -> None:
        if element.tag in (FOOTNOTE, ENDNOTE):
            self.note_ids.append(("e" if element.tag == ENDNOTE else "f") + element.get(ID, ""))
            look = Look(note=str(len(self.note_ids)))
        else:
            look = Look(picture=self._picture(element))
        if look.note or look.picture:
            para.runs.append(Run(OBJECT, look, ins, gone))

    def _picture(self, element: Any) -> str:
        blip = next(element.iter(_DRAWN), None)
        target = self.media.get(blip.get(f"{_REL}embed", ""), "") if blip is not None else ""
        if not target:
            self._lost("drawing")
            return ""
        named = next(element.iter(_DOC_PROPS), None)
        alt = (named.get("descr") or "") if named is not None else ""
        name = (named.get("name") or "") if named is not None else ""
        return picture_source(alt, keep_picture(self.made, self.parts, target, name, alt))

    def _notes(self) -> None:
        roots = {"f": self.parts.xml("word/footnotes.xml"), "e": self.parts.xml("word/endnotes.xml")}
        found = {
            kind + note.get(ID, ""): note for kind, root in roots.items() if root is not None for note in root
        }
        if "e" in {id[0] for id in self.note_ids}:
            self._lost("endnote")
        number = 0
        while number < len(self.note_ids):
            id = self.note_ids[number]
            number += 1
            units = list(self._flow(found[id], 0)) if id in found else []
            self.made.notes.append(_one_note(units, str(number)))

    def _comments(self) -> None:
        root = self.parts.xml("word/comments.xml")
        if root is None:
            return
        more = self.parts.xml("word/commentsExtended.xml")
        states = {one.get(f"{_W15}paraId"): one for one in more} if more is not None else {}
        at: dict[str, int] = {}
        blocks = {number: para.block for para in _paras(self.made.flow) for number in para.notes}
        held = []
        for element in root.iter(w("comment")):
            paras = element.findall(P)
            lines = (self._para(para).text for para in paras)
            mark = _mark(element)
            id = paras[-1].get(f"{_W14}paraId", "") if paras else ""
            state = states.get(id)
            number = element.get(ID, "")
            block = blocks.get(int(number), 0) if number.isdigit() else 0
            done = state is not None and state.get(f"{_W15}done") == "1"
            at[id] = len(self.made.comments)
            held.append(state.get(f"{_W15}paraIdParent", "") if state is not None else "")
            self.made.comments.append(Comment(*mark, "\n".join(lines), None, done, block))
        for comment, parent in zip(self.made.comments, held, strict=True):
            comment.answers = at.get(parent) if parent else None


def _paras(flow: Flow) -> Iterator[Para]:
    for unit in flow:
        yield from unit.paras() if isinstance(unit, Row) else (unit,)


def _put(para: Para, words: str, look: Look, ins: Mark | None, gone: Mark | None) -> None:
    """Add words; what looks the same and has the same history as the run before is one run with it."""
    if not words:
        return
    last = para.runs[-1] if para.runs else None
    if last and last[1:] == (look, ins, gone) and last.text != OBJECT:
        para.runs[-1] = last._replace(text=last.text + words)
    else:
        para.runs.append(Run(words, look, ins, gone))


def _one_note(units: list[Para | Row], label: str) -> Para:
    """A footnote as one paragraph."""
    note = Para(Kind.NOTE, label=label)
    for para in _paras(units):
        note.block = note.block or para.block
        note.runs += [Run("\n"), *para.runs] if note.runs and para.runs else para.runs
    if note.runs and note.runs[0].text[:1] == " ":
        note.runs[0] = note.runs[0]._replace(text=note.runs[0].text[1:])
    note.runs = [run for run in note.runs if run.text]
    return note


def _mark(element: Any) -> Mark:
    """The true time where Word gives it; what it calls UTC beside that is the time on somebody's wall."""
    return Mark(element.get(AUTHOR, ""), element.get(f"{_W16}dateUtc") or element.get(DATE, ""))


def _mark_in(parent: Any, name: str) -> Mark | None:
    found = parent.find(w(name)) if parent is not None else None
    return _mark(found) if found is not None else None


def keep_picture(made: Package, parts: Parts, target: str, name: str, alt: str) -> str:
    """Take a picture out of the package once; gives the name that it has from now on."""
    if target not in made.pictures:
        content = parts.bytes(target)
        taken = {one.name for one in made.pictures.values()}
        made.pictures[target] = Picture(own_name(name, target, content, taken), alt, content)
    return made.pictures[target].name


def picture_source(alt: str, name: str) -> str:
    """A picture as Markdown."""
    words = re.sub(r"([\\\[\]])", r"\\\1", " ".join(alt.split()))
    return f"![{words}]({re.sub(r'[^A-Za-z0-9_./:%-]', '-', name)})"


def _relations(parts: Parts, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """The links to other places, and the pictures in the package, by their numbers."""
    root = parts.xml(name)
    links: dict[str, str] = {}
    media: dict[str, str] = {}
    for one in root if root is not None else ():
        id, target = one.get("Id", ""), one.get("Target", "")
        if one.get("TargetMode") == "External":
            links[id] = target
        elif one.get("Type", "").endswith("/image"):
            path = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            if path in parts.names:
                media[id] = path
    return links, media


def _properties(root: Any) -> dict[str, str]:
    if root is None:
        return {}
    return {one.get("name", ""): "".join(one.itertext()).strip() for one in root}


def _left_out(parts: Parts, root: Any) -> list[str]:
    """What a file has and a master copy does not, by codes."""
    found = [code for code, tags in _LOST.items() if next(root.iter(*tags), None) is not None]
    edges = [name for name in parts.names if re.fullmatch(r"word/(header|footer)\d*\.xml", name)]
    if any(_says_something(parts.xml(name)) for name in edges):
        found.append("edges")
    if any(name.lower().endswith("vbaproject.bin") for name in parts.names):
        found.append("macros")
    return found


def _says_something(root: Any) -> bool:
    return any((text.text or "").strip() for text in root.iter(T))
