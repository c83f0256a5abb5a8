"""A text from an uploaded file. The file is a stranger's: it is read in a process of its own, with limits."""

import subprocess
import sys
from dataclasses import dataclass, field

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from coproduce.core.findings import Refused, refuse
from coproduce.core.text import BadText, clean

from ..rules.word import child, packing
from ..rules.word.first import is_html, is_package
from ..rules.word.parts import Package, Picture

LARGEST_UPLOAD = 20 * 1024 * 1024
LONGEST_WAIT = 40  # seconds on the clock; processor time is limited in the child
_CANNOT = {
    "other": _lazy("This is not a Word document (.docx). Open it in Word and save it as .docx."),
    "damaged": _lazy("The document is damaged. Open it where it was written, save it again, and try once more."),
    "bomb": _lazy("The file unpacks to far more than a document needs, so it was not opened."),
    "entities": _lazy("The document has parts that are not allowed in it."),
    "deep": _lazy("The document has tables or other parts inside each other, deeper than anyone can read."),
    "too much": _lazy("The document takes too long to read, so it was not opened. Split it, or save it anew."),
}  # fmt: skip
LOST = {
    "drawing": _lazy("Drawings"),
    "picture-files": _lazy("Pictures themselves: only their descriptions are kept"),
    "textbox": _lazy("Text boxes"),
    "comments": _lazy("Comments"),
    "tracked": _lazy("Tracked changes: the text is as if all of them were accepted"),
    "formatting": _lazy("Tracked changes of formatting"),
    "equation": _lazy("Equations"),
    "embedded": _lazy("Embedded files"),
    "edges": _lazy("The words at the top and foot of each page"),
    "endnote": _lazy("Endnotes as such: they are footnotes now"),
    "nested": _lazy("Tables inside tables: their words are kept"),
    "macros": _lazy("Macros: they were not run"),
    "field": _lazy("Fields, such as page numbers and contents: their last words are kept"),
    "contents": _lazy("The table of contents"),
    "symbol": _lazy("Signs of special fonts"),
    "merged": _lazy("Cells that stretch over several rows or columns: their words are kept in the first"),
    "scripts": _lazy("Scripts: they were not run"),
    "form": _lazy("Form fields"),
    "frames": _lazy("Films, sounds and embedded pages"),
}
_TABLES = (".csv", ".tsv", ".xls", ".xlsx", ".ods")


@dataclass(frozen=True)
class Text:
    """What a file says, what it had that the text cannot hold, and its pictures."""

    text: str
    left_out: list[str]
    pictures: list[Picture] = field(default_factory=list)


def read_upload(name: str, content: bytes) -> Text:
    """The text of a Word, OpenDocument, web or Markdown file; refuses anything else in plain words."""
    _refuse_the_large(content)
    if is_package(content) or is_html(name, content):
        made = packing.unpacked_text(_read_apart(content, "first", name[-80:]))
        return Text(_cleaned(made.text), [str(LOST[code]) for code in made.left_out], made.pictures)
    _refuse_other_kinds(name, content)
    try:
        return Text(clean(content.decode("utf-8").removeprefix("\ufeff")), [])
    except (UnicodeDecodeError, BadText):
        raise _refused(_("The file is neither a Word document nor plain text.")) from None


def read_word(name: str, content: bytes) -> Package:
    """All that a Word file says, with its tracked changes and comments."""
    _refuse_the_large(content)
    if not is_package(content):
        raise _refused(_not_word(content))
    return packing.unpacked(_read_apart(content, "word"))


def _cleaned(text: str) -> str:
    try:
        return clean(text)
    except BadText:
        raise _refused(_CANNOT["damaged"]) from None


def _read_apart(content: bytes, *words: str) -> bytes:
    """What the child process makes of the file."""
    command = [sys.executable, "-m", child.__name__, *words]
    try:
        ran = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST_WAIT, check=False)
    except subprocess.TimeoutExpired:
        raise _refused(_CANNOT["too much"]) from None
    answer = ran.stdout
    if ran.returncode or not answer:
        raise _refused(_CANNOT["too much"])
    if answer[:1] == b"!":
        raise _refused(_CANNOT[packing.code_of(answer[1:])])
    return answer[1:]


def _refuse_the_large(content: bytes) -> None:
    if len(content) > LARGEST_UPLOAD:
        raise _refused(_("The file is larger than 20 megabytes. Split it into several documents."))


def _refuse_other_kinds(name: str, content: bytes) -> None:
    if name.lower().endswith((".docx", ".docm", ".doc", ".odt")) or content[:1] in (
        b"%",
        b"\xd0",
        b"\x89",
        b"\xff",
    ):
        raise _refused(_not_word(content))
    if name.lower().endswith(_TABLES):
        raise _refused(_("This is a table, not a text. Upload a Word document (.docx) or a Markdown file."))


def _not_word(content: bytes) -> str:
    found = {".pdf": _("a PDF"), ".doc": _("an old Word document"), ".rtf": _("an RTF document")}.get(
        _guess(content)
    )
    if found:
        words = _("This is %(kind)s, not a Word document (.docx). Open it in Word and save it as .docx.")
        return words % {"kind": found}
    return str(_CANNOT["other"])


def _guess(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content[:65_536]))
    except (puremagic.PureError, ValueError):
        return ""


def _refused(message: object) -> Refused:
    return Refused(refuse("C17", str(message), subject="file"))
