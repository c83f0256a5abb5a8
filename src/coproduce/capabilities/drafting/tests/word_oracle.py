"""Accepting and rejecting tracked changes in the XML of a Word file: ten rules, and nothing of our own reader."""

import io
import re
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(content: bytes, *, take: bool | None = None) -> list[str]:
    """The words of every paragraph that has some, a row's cells joined; `take` accepts or rejects all changes."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    if take is not None:
        settle(body, "ins" if take else "del", "del" if take else "ins")
    found = [
        _row(one) if one.tag == W + "tr" else _words(one)
        for one in body.iter(W + "p", W + "tr")
        if _counts(one)
    ]
    return [squeezed(text.strip()) for text in found if text.strip("\n\t |")]


def squeezed(text: str) -> str:
    """Whether a bar stands between two cells or between two words depends on the row above."""
    return re.sub(r"[|\s]+", " ", text).strip() if "|" in text else text


def _counts(element: Any) -> bool:
    return element.tag == W + "tr" or not any(True for _ in element.iterancestors(W + "tr"))


def _row(row: Any) -> str:
    return " | ".join("\n".join(_words(para) for para in cell.iter(W + "p")) for cell in row.iter(W + "tc"))


def _words(para: Any) -> str:
    made = []
    for one in para.iter(W + "t", W + "tab", W + "br", W + "footnoteReference", W + "drawing"):
        signs = {W + "tab": "\t", W + "br": "\n", W + "t": one.text or ""}
        made.append(signs.get(one.tag, "\ufffc"))
    return "".join(made)


def settle(body: Any, stays: str, goes: str) -> None:
    """Everything marked `stays` becomes plain text, everything marked `goes` is gone, ends of paragraphs too."""
    for row in [mark.getparent().getparent() for mark in body.iterfind(f".//{W}trPr/{W}{goes}")]:
        row.getparent().remove(row)
    for para in list(body.iter(W + "p")):
        if para.find(f"{W}pPr/{W}rPr/{W}{goes}") is not None:
            _join(para)
    for element in list(body.iter(W + goes)):
        if element.getparent().tag not in (W + "rPr", W + "trPr"):
            element.getparent().remove(element)
    for words in list(body.iter(W + "delText")):
        words.tag = W + "t"
    for para in list(body.iter(W + "p")):
        if para.getparent().tag == W + "tc" and len(para.getparent().findall(W + "p")) == 1:
            continue


def _join(para: Any) -> None:
    """Without its end a paragraph goes on in the next one."""
    following = para.getnext()
    if following is None or following.tag != W + "p":
        return
    place = 1 if following.find(W + "pPr") is not None else 0
    for child in [child for child in para if child.tag != W + "pPr"]:
        following.insert(place, child)
        place += 1
    para.getparent().remove(para)
