"""What a document can hold. Text is text: nothing in it is read as a mark of Word or typst."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

Words = str | Promise
# XML, and so Word, has no place for these.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Heading:
    """A heading below the title: level 1 to 3."""

    text: Words
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Some words; an empty line in them begins a new paragraph. `lead` is larger, for the first."""

    text: Words
    lead: bool = False


@dataclass(frozen=True)
class Bullets:
    items: Sequence[Any]


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is, as a table of two columns with its own heads."""

    caption: Words
    rows: Sequence[tuple[Words, Any]]


@dataclass(frozen=True)
class Grid:
    """A table. `widths` weighs its columns; without it all are alike."""

    caption: Words
    head: Sequence[Words]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[int] = ()


Block = Heading | Paragraph | Bullets | Facts | Grid


@dataclass(frozen=True)
class Document:
    """A whole document; `language` is that of its words, such as "en-GB" or "cy"."""

    title: Words
    blocks: Sequence[Block]
    language: str = "en-GB"
    landscape: bool = False
    subtitle: Words = ""


def said(value: Any) -> str:
    """Any value as words: dates in full, yes and no, and a dash where there is nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        value = localtime(value).date()
    if isinstance(value, date):
        return date_format(value, "j F Y")
    text = strip_tags(value).strip() if isinstance(value, SafeString) else str(value)
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def paragraphs_of(text: Any) -> list[str]:
    """The paragraphs of some words."""
    return [part.strip() for part in re.split(r"\n\s*\n", said(text)) if part.strip()]


def as_grid(facts: Facts) -> Grid:
    return Grid(facts.caption, (_("What"), _("Answer")), facts.rows, (1, 3))


def check(document: Document) -> None:
    """A mistake of the program is found before anybody has the file."""
    if not str(document.title).strip():
        raise ValueError("A document needs a title.")
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if block.level > level + 1:
                raise ValueError(f"The heading “{block.text}” leaves out a level.")
            level = block.level
        if isinstance(block, Grid) and any(len(row) != len(block.head) for row in block.rows):
            raise ValueError(f"The table “{block.caption}” has a row that does not fit its head.")
