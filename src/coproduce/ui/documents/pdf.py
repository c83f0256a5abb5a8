"""A document as PDF/UA-1 by typst: tagged, titled, in its language, with the heads of its tables."""

import json
import logging
from pathlib import Path
from typing import Any, Literal

from coproduce.core import clock

from .content import Bullets, Document, Facts, Grid, Heading, as_grid, paragraphs_of, said

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "document.typ"
_STANDARD: Literal["ua-1"] = "ua-1"
_log = logging.getLogger(__name__)


def as_pdf(document: Document) -> bytes:
    """typst keeps the standard itself: it gives no file that breaks what a machine can check of it.

    Only a letter that no font of this machine has, it refuses; then the tags are made and the claim is left out.
    """
    import typst

    facts = {"document": json.dumps(_plain(document), ensure_ascii=False)}
    try:
        return _compiled(facts, _STANDARD)
    except typst.TypstError:
        # Its message may hold somebody's words.
        _log.warning("A document was made without the mark of %s.", _STANDARD)
        return _compiled(facts, None)


def _compiled(facts: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    import typst

    return typst.compile(
        str(_TEMPLATE), root=str(_HERE), font_paths=[str(_HERE / "fonts")], sys_inputs=facts, format="pdf",
        pdf_standards=standard, timestamp=int(clock.now().timestamp()),
    )  # fmt: skip


def _plain(document: Document) -> dict[str, Any]:
    """Everything goes in as data, so that no words of people are ever read as typst's own."""
    language, _dash, region = document.language.partition("-")
    return {
        "title": said(document.title), "subtitle": said(document.subtitle) if document.subtitle else "",
        "language": language.lower(), "region": region.lower(), "landscape": document.landscape,
        "date": clock.today().isoformat(), "blocks": [_block(block) for block in document.blocks],
    }  # fmt: skip


def _block(block: Any) -> dict[str, Any]:
    match block:
        case Heading():
            return {"is": "heading", "text": said(block.text), "level": block.level}
        case Bullets():
            return {"is": "bullets", "items": [said(item) for item in block.items]}
        case Facts():
            return _grid(as_grid(block))
        case Grid():
            return _grid(block)
        case _:
            return {"is": "paragraph", "parts": paragraphs_of(block.text), "lead": block.lead}


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "is": "grid", "caption": said(grid.caption), "head": [said(one) for one in grid.head],
        "rows": [[said(value) for value in row] for row in grid.rows],
        "widths": list(grid.widths) or [1] * len(grid.head),
    }  # fmt: skip
