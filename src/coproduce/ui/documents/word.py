"""A document as Word: real headings, lists and heads of tables, so that a screen reader finds its way."""

import io
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from coproduce.core import clock

from .content import Bullets, Document, Facts, Grid, Heading, as_grid, paragraphs_of, said

_FONT = "Arial"
_INK = RGBColor(0x1C, 0x25, 0x29)
_SIZES = {"Normal": 12, "Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 12}


def as_word(document: Document) -> bytes:
    made = docx.Document()
    _set_up(made, document)
    made.add_heading(said(document.title), 0)
    if document.subtitle:
        _large(made.add_paragraph(said(document.subtitle)))
    for block in document.blocks:
        _add(made, block)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _set_up(made: Any, document: Document) -> None:
    facts = made.core_properties
    facts.title, facts.language, facts.author, facts.comments = (
        said(document.title),
        document.language,
        "",
        "",
    )
    facts.created = facts.modified = clock.now().replace(tzinfo=None)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    for name, size in _SIZES.items():
        _style(made.styles[name], size)
    _speak(made.styles["Normal"], document.language)
    _add_page_number(section.footer.paragraphs[0], said(document.title))


def _style(style: Any, size: int) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
    # The style of a heading names a theme's font, which would win.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:hAnsi"), _FONT)
    fonts.set(qn("w:cs"), _FONT)


def _speak(style: Any, language: str) -> None:
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(spoken)


def _add_page_number(paragraph: Any, title: str) -> None:
    paragraph.text = f"{title} – "
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)


def _add(made: Any, block: Any) -> None:
    match block:
        case Heading():
            made.add_heading(said(block.text), block.level)
        case Bullets():
            for item in block.items:
                made.add_paragraph(said(item), style="List Bullet")
        case Facts():
            _add_grid(made, as_grid(block))
        case Grid():
            _add_grid(made, block)
        case _:
            for part in paragraphs_of(block.text):
                paragraph = made.add_paragraph(part)
                if block.lead:
                    _large(paragraph)


def _add_grid(made: Any, grid: Grid) -> None:
    if grid.caption:
        caption = made.add_paragraph()
        caption.add_run(said(grid.caption)).bold = True
        caption.paragraph_format.keep_with_next = True
    table = made.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    table.autofit = False
    _name(table, said(grid.caption))
    head = _add_row(table, grid.head)
    for cell in head.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    # Repeated on each page, and read aloud as the head of its column.
    _mark(head, "w:tblHeader")
    for row in grid.rows:
        _mark(_add_row(table, row), "w:cantSplit")
    _set_widths(made, table, grid)
    made.add_paragraph()


def _name(table: Any, words: str) -> None:
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)


def _add_row(table: Any, values: Any) -> Any:
    row = table.add_row()
    for cell, value in zip(row.cells, values, strict=True):
        cell.text = said(value)
    return row


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _set_widths(made: Any, table: Any, grid: Grid) -> None:
    section = made.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    weights = list(grid.widths) or [1] * len(grid.head)
    for column, weight in zip(table.columns, weights, strict=True):
        column.width = int(room * weight / sum(weights))
        for cell in column.cells:
            cell.width = column.width


def _large(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.size = Pt(14)
