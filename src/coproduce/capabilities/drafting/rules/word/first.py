"""The first time that a text comes in: what kind of file it is, its words as Markdown, and what they cannot hold."""

import io
import zipfile
from typing import NamedTuple

from . import html, odt, reading
from .accepting import accepted, has_changes
from .opening import CannotRead
from .parts import Package, Picture
from .pictures import type_of
from .source import markdown

WORD, ODT = "word/document.xml", "content.xml"
LARGEST_PICTURES = 12 * 1024 * 1024
_HTML_NAMES = (".html", ".htm", ".xhtml")
_HTML_STARTS = (b"<!doctype html", b"<html")


class Text(NamedTuple):
    """Markdown, the codes of what it cannot hold, and the pictures that it names."""

    text: str
    left_out: list[str]
    pictures: list[Picture]


def is_package(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content))


def is_html(name: str, content: bytes) -> bool:
    return name.lower().endswith(_HTML_NAMES) or content[:512].lstrip(
        b"\xef\xbb\xbf \t\r\n"
    ).lower().startswith(_HTML_STARTS)


def first_reading(name: str, content: bytes) -> Text:
    """The text of a .docx, .odt or web page; raises CannotRead."""
    if not is_package(content):
        return _text(html.read_html(content), [])
    names = _names(content)
    if WORD in names:
        package = reading.read(content)
        return _text(package, _of_word(package))
    if ODT in names:
        return _text(odt.read_odt(content), [])
    raise CannotRead("other")


def _names(content: bytes) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
        raise CannotRead("damaged") from None


def _of_word(package: Package) -> list[str]:
    more = ["tracked"] if has_changes(package) else []
    return more + (["comments"] if package.comments else [])


def _text(package: Package, more: list[str]) -> Text:
    flow, notes = accepted(package)
    kept, size = [], 0
    left_out = [*more, *package.left_out]
    for picture in package.pictures.values():
        size += len(picture.content)
        if type_of(picture.content) and size <= LARGEST_PICTURES:
            kept.append(picture)
        elif "picture-files" not in left_out:
            left_out.append("picture-files")
    return Text(markdown(flow, notes), left_out, kept)
