"""The body, the footnotes and the comments of a Word file as XML."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from .parts import Comment, Flow, Kind, Look, Mark, Para, Picture, Row, Run
from .pictures import size_of

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BOOKMARK = "_cp_"
BULLETS = 1  # the number of the one list with bullets; numbered lists follow
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGNS = re.compile("[&<>\t\n\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAFE_LINK = re.compile("(?:https?://|mailto:)[^\\s\x00-\x1f\ud800-\udfff\ufffe\uffff]+", re.IGNORECASE)
_STYLES = {
    Kind.QUOTE: "Quote", Kind.CODE: "CoproduceCode", Kind.SOURCE: "CoproduceSource", Kind.RULE: "CoproduceRule",
    Kind.ITEM: "ListParagraph", Kind.NOTE: "FootnoteText",
}  # fmt: skip
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1304" w:bottom="1304" '
    'w:left="1304" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
_WIDTH = 9298  # between the margins, in twentieths of a point
_EMU = 9525  # English Metric Units in a pixel
_WIDEST = _WIDTH * 635


class Body:
    """Writes the parts that belong together: they share numbers, links and pictures."""

    def __init__(
        self, flow: Flow, notes: Sequence[Para], comments: Sequence[Comment], pictures: dict[str, Picture]
    ) -> None:
        self.flow, self.comments, self.pictures = flow, comments, pictures
        self.own_notes = {note.label: note for note in notes}
        self.changes = 0
        self.links: dict[str, str] = {}
        self.media: dict[str, tuple[str, Picture]] = {}
        self.lists: list[tuple[int, int]] = []  # each numbered list: its level and its first number
        self.made_notes: list[Para] = []
        self.beside: dict[int, list[int]] = defaultdict(list)
        self.in_note = False

    def document(self) -> str:
        blocks = {unit.block for unit in self.flow} - {0}
        first = next((unit.block for unit in self.flow if unit.block), 0)
        for number, comment in enumerate(self.comments):
            self.beside[comment.block if comment.block in blocks else first].append(number)
        body = "".join(self._units())
        return f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{_PAGE}</w:body></w:document>"

    def footnotes(self) -> str:
        self.in_note = True
        fixed = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{sign}/></w:r></w:p></w:footnote>'
            for number, kind, sign in
            ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
        )  # fmt: skip
        made, number = [], 0
        while number < len(self.made_notes):  # a footnote may have one of its own
            para = self.made_notes[number]
            number += 1
            sign = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            inner = self._para(para, lead=sign + '<w:r><w:t xml:space="preserve"> </w:t></w:r>')
            made.append(f'<w:footnote w:id="{number}">{inner}</w:footnote>')
        return f"{HEAD}<w:footnotes {NAMESPACES}>{fixed}{''.join(made)}</w:footnotes>"

    def _units(self) -> Iterator[str]:
        open_lists: dict[int, int] = {}
        before = 0
        for table, same in groupby(self.flow, key=lambda unit: unit.table if isinstance(unit, Row) else 0):
            if table:
                # Tables that touch would become one.
                yield "<w:p/>" if before else ""
                yield self._table([row for row in same if isinstance(row, Row)])
                open_lists = {}
            else:
                for para in same:
                    if isinstance(para, Para):
                        yield self._para(para, self._number(para, open_lists))
            before = table
        if before or not self.flow:
            yield "<w:p/>"

    def _number(self, para: Para, open_lists: dict[int, int]) -> int:
        """The number of the list that an item is in; a list ends with anything else."""
        if para.kind != Kind.ITEM:
            open_lists.clear()
            return 0
        for level in [level for level in open_lists if level > para.level]:
            del open_lists[level]
        if not para.ordered:
            open_lists.pop(para.level, None)
            return BULLETS
        if para.level not in open_lists:
            self.lists.append((para.level, para.number))
            open_lists[para.level] = BULLETS + len(self.lists)
        return open_lists[para.level]

    def _para(self, para: Para, number: int = 0, lead: str = "") -> str:
        props = self._properties(para, number)
        inner = lead + "".join(self._runs(para.runs))
        if para.block:
            name = f'w:id="{para.block}" w:name="{BOOKMARK}{para.block}"'
            inner = f'<w:bookmarkStart {name}/>{inner}<w:bookmarkEnd w:id="{para.block}"/>'
        if para.block in self.beside and not self.in_note:
            inner = self._commented(para.block, inner)
        return f"<w:p>{props}{inner}</w:p>"

    def _commented(self, block: int, inner: str) -> str:
        numbers = self.beside[block]
        starts = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
        ends = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f'<w:commentReference w:id="{number}"/></w:r>'
            for number in numbers
        )
        return starts + inner + ends

    def _properties(self, para: Para, number: int) -> str:
        style = f"Heading{para.level}" if para.kind == Kind.HEADING else _STYLES.get(para.kind, "")
        made = f'<w:pStyle w:val="{style}"/>' if style else ""
        if number:
            level = min(para.level, 8)
            made += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        if para.ins or para.gone:
            made += f"<w:rPr>{self._end('ins', para.ins)}{self._end('del', para.gone)}</w:rPr>"
        return f"<w:pPr>{made}</w:pPr>" if made else ""

    def _end(self, tag: str, mark: Mark | None) -> str:
        return f"<w:{tag} {self._by(mark)}/>" if mark else ""

    def _by(self, mark: Mark) -> str:
        self.changes += 1
        author = quoteattr(_ILLEGAL.sub("", mark.author))
        return f'w:id="{900_000_000 + self.changes}" w:author={author} w:date="{mark.when}"'

    def _runs(self, runs: Iterable[Run]) -> Iterator[str]:
        for link, some in groupby(runs, key=lambda run: run.look.link):
            inner = "".join(self._run(run) for run in some)
            if link and _SAFE_LINK.fullmatch(link):
                number = self.links.setdefault(link, f"rIdL{len(self.links) + 1}")
                inner = f'<w:hyperlink r:id="{number}">{inner}</w:hyperlink>'
            yield inner

    def _run(self, run: Run) -> str:
        if run.look.note:
            inner = self._note(run.look.note)
        elif run.look.picture:
            inner = self._picture(run.look.picture)
        else:
            inner = _text(run.text, "w:delText" if run.gone else "w:t")
        made = f"<w:r>{_look(run.look)}{inner}</w:r>"
        if run.gone:
            made = f"<w:del {self._by(run.gone)}>{made}</w:del>"
        return f"<w:ins {self._by(run.ins)}>{made}</w:ins>" if run.ins else made

    def _note(self, label: str) -> str:
        """The same footnote a second time is one without words: Word cannot point at one twice."""
        self.made_notes.append(self.own_notes.pop(label, Para(Kind.NOTE)))
        return f'<w:footnoteReference w:id="{len(self.made_notes)}"/>'

    def _picture(self, source: str) -> str:
        alt, name = picture_of(source)
        if name not in self.media:
            self.media[name] = (f"rIdP{len(self.media) + 1}", self.pictures.get(name) or Picture(name))
        id, picture = self.media[name]
        wide, high = (side * _EMU for side in size_of(picture.content))
        if wide > _WIDEST:
            wide, high = _WIDEST, high * _WIDEST // wide
        self.changes += 1
        named = f'id="{self.changes}" name={_attribute(name)} descr={_attribute(alt)}'
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
            f"<wp:docPr {named}/><a:graphic><a:graphicData "
            'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def _table(self, rows: Sequence[Row]) -> str:
        width = max(len(row.cells) for row in rows)
        each = _WIDTH // width
        grid = f'<w:gridCol w:w="{each}"/>' * width
        head = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
        )
        inner = "".join(self._row(row, width, each, first=not number) for number, row in enumerate(rows))
        return f"{head}{inner}</w:tbl>"

    def _row(self, row: Row, width: int, each: int, *, first: bool) -> str:
        props = "<w:tblHeader/>" if first else ""
        props += self._end("ins", row.ins) + self._end("del", row.gone)
        made = f"<w:trPr>{props}</w:trPr>" if props else ""
        for number, cell in enumerate(row.cells, 1):
            spread = width - len(row.cells) + 1 if number == len(row.cells) else 1
            wide = f'<w:tcW w:w="{each * spread}" w:type="dxa"/>'
            wide += f'<w:gridSpan w:val="{spread}"/>' if spread > 1 else ""
            if number == 1:
                cell[0].block = row.block
            inner = "".join(self._para(para) for para in cell)
            made += f"<w:tc><w:tcPr>{wide}</w:tcPr>{inner}</w:tc>"
        return f"<w:tr>{made}</w:tr>"


def picture_of(source: str) -> tuple[str, str]:
    """The words and the name of a picture from its Markdown."""
    found = re.fullmatch(r"!\[(.*)\]\((.*?)(?:[ \t]+\"[^\"\n]*\")?\)", source, re.DOTALL)
    alt, name = (found[1], found[2]) if found else ("", source)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", alt), name


def _attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("", text))


def _look(look: Look) -> str:
    style = (
        "FootnoteReference"
        if look.note
        else "CoproduceCodeWords"
        if look.code
        else "Hyperlink"
        if look.link
        else ""
    )
    made = f'<w:rStyle w:val="{style}"/>' if style else ""
    made += "<w:b/>" if look.bold else ""
    made += "<w:i/>" if look.italic else ""
    made += "<w:strike/>" if look.strike else ""
    return f"<w:rPr>{made}</w:rPr>" if made else ""


def _text(text: str, tag: str) -> str:
    if not _SIGNS.search(text):
        return f'<{tag} xml:space="preserve">{text}</{tag}>'
    made = []
    for piece in re.split("([\t\n])", _ILLEGAL.sub("", text)):
        if piece in "\t\n":
            made.append({"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece, ""))
        else:
            made.append(f'<{tag} xml:space="preserve">{escape(piece)}</{tag}>')
    return "".join(made)


def comments_xml(comments: Sequence[Comment]) -> tuple[str, str]:
    """The comments, and what Word keeps of replies and resolved ones."""
    made, more = [], []
    for number, comment in enumerate(comments):
        author = _attribute(comment.author)
        lines = comment.text.split("\n")
        paras = "".join(
            f'<w:p w14:paraId="{_para_id(number) if at == len(lines) else _para_id(number, at)}"><w:pPr>'
            f'<w:pStyle w:val="CommentText"/></w:pPr><w:r>{_text(line, "w:t")}</w:r></w:p>'
            for at, line in enumerate(lines, 1)
        )
        made.append(
            f'<w:comment w:id="{number}" w:author={author} w:date="{comment.when}" '
            f"w:initials={_attribute(_initials(comment.author))}>{paras}</w:comment>"
        )
        parent = f' w15:paraIdParent="{_para_id(comment.answers)}"' if comment.answers is not None else ""
        done = int(comment.resolved)
        more.append(f'<w15:commentEx w15:paraId="{_para_id(number)}"{parent} w15:done="{done}"/>')
    return (
        f"{HEAD}<w:comments {NAMESPACES}>{''.join(made)}</w:comments>",
        f"{HEAD}<w15:commentsEx {NAMESPACES}>{''.join(more)}</w15:commentsEx>",
    )


def _para_id(number: int, line: int = 0) -> str:
    """Eight hexadecimal digits, below 80000000."""
    return f"{0x10000000 + number * 0x400 + line % 0x3FF:08X}"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalnum())[:3].upper()
