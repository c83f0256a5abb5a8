"""A text from an uploaded file: Markdown as it is, a Word document turned into Markdown."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import mammoth
import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from coproduce.core.findings import Refused, refuse
from coproduce.core.text import BadText, clean

from .markdown import from_html

LARGEST_UPLOAD = 20 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024  # of XML, which takes many times its size in memory
MOST_FILES = 2_000
_BODY = "word/document.xml"
_EDGES = re.compile(r"word/(header|footer)\d*\.xml")
_LOST = (
    ((b"<w:drawing", b"<w:pict"), _lazy("Pictures and drawings")),
    ((b"<w:txbxContent",), _lazy("Text boxes")),
    ((b"<w:commentReference",), _lazy("Comments")),
    ((b"<w:ins ", b"<w:del "), _lazy("Tracked changes: the text is as if all of them were accepted")),
    (
        (b"<w:footnoteReference", b"<w:endnoteReference"),
        _lazy("Footnotes in their place: they stand at the end"),
    ),
    ((b"<m:oMath",), _lazy("Equations")),
    ((b"<w:object",), _lazy("Embedded files")),
)
_TABLES = (".csv", ".tsv", ".xls", ".xlsx", ".ods")
_TEXT = re.compile(rb"<w:t[ >][^<]*[^<\s]")


@dataclass(frozen=True)
class Text:
    """What a file says, and what it had that the text cannot hold."""

    text: str
    left_out: list[str]


def read_upload(name: str, content: bytes) -> Text:
    """The text of a Word or Markdown file; refuses anything else in plain words."""
    if len(content) > LARGEST_UPLOAD:
        raise _refused(_("The file is larger than 20 megabytes. Split it into several documents."))
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _from_word(content)
    if name.lower().endswith((".docx", ".docm", ".doc")) or content[:1] in (b"%", b"\xd0", b"\x89", b"\xff"):
        raise _refused(_not_word(content))
    if name.lower().endswith(_TABLES):
        raise _refused(_("This is a table, not a text. Upload a Word document (.docx) or a Markdown file."))
    try:
        return Text(clean(content.decode("utf-8").removeprefix("\ufeff")), [])
    except (UnicodeDecodeError, BadText):
        raise _refused(_("The file is neither a Word document nor plain text.")) from None


def _not_word(content: bytes) -> str:
    found = {".pdf": _("a PDF"), ".doc": _("an old Word document"), ".rtf": _("an RTF document")}.get(
        _guess(content)
    )
    if found:
        words = _("This is %(kind)s, not a Word document (.docx). Open it in Word and save it as .docx.")
        return words % {"kind": found}
    return _("This is not a Word document (.docx). Open it in Word and save it as .docx.")


def _guess(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content[:65_536]))
    except (puremagic.PureError, ValueError):
        return ""


def _from_word(content: bytes) -> Text:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_a_bomb(package.infolist())
            left_out = _left_out(package)
        made = mammoth.convert_to_html(
            io.BytesIO(content), convert_image=mammoth.images.img_element(_no_image)
        )
        return Text(clean(from_html(made.value)), left_out)
    except Refused:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError, BadText, SyntaxError, EOFError):
        raise _refused(
            _("The Word document is damaged. Open it in Word, save it again, and try once more.")
        ) from None
    except Exception as unknown:
        # The reader of Word files raises many kinds; none of them may become a page that says "server error".
        if type(unknown).__module__.startswith(("mammoth", "xml", "zlib", "lxml")):
            raise _refused(_("The Word document is damaged, or has parts that cannot be read.")) from unknown
        raise


def _refuse_a_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """By the sizes that the package declares; unpacking stops at a declared size, so lying does not help."""
    names = {entry.filename for entry in entries}
    if _BODY not in names:
        raise _refused(_("This is not a Word document (.docx). Open it in Word and save it as .docx."))
    parts = [entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES or unpacked > LARGEST_UNPACKED or sum(parts) > LARGEST_PART:
        raise _refused(_("The file unpacks to far more than a document needs, so it was not opened."))


def _left_out(package: zipfile.ZipFile) -> list[str]:
    """What the document has and its text here will not have, in words for the person who brought it."""
    for entry in package.infolist():
        if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(entry)[:4096].upper():
            raise _refused(_("The Word document has parts that are not allowed in it."))
    body = package.read(_BODY)
    found = [str(words) for marks, words in _LOST if any(mark in body for mark in marks)]
    if any(_EDGES.fullmatch(name) and _TEXT.search(package.read(name)) for name in package.namelist()):
        found.append(_("The words at the top and foot of each page"))
    return found


def _no_image(image: Any) -> dict[str, str]:
    return {"src": "", "alt": image.alt_text or ""}


def _refused(message: str) -> Refused:
    return Refused(refuse("C17", message, subject="file"))
