"""What several pages share: names for blocks, addresses, and the order of the chapters shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose

from .. import queries
from ..models import Document
from ..rules.blocks import body
from ..rules.outline import Chapter, chapters, outline
from ..rules.replay import State
from ..terms import SUGGESTION

WHOLE = 60_000  # characters; a longer document is shown a chapter at a time


@dataclass(frozen=True)
class Reading:
    """The part of a document that one page shows."""

    chapters: list[Chapter]
    number: int
    blocks: list[int]

    @property
    def is_whole(self) -> bool:
        return len(self.chapters) < 2

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < len(self.chapters) else None


def reading(state: State, asked: str, block: str = "") -> Reading:
    """The whole of a short document, or the chapter asked for (or the one with a certain block)."""
    alive = [id for id, _ in state.alive()]
    if sum(len(text.text) for _, text in state.alive()) <= WHOLE:
        return Reading([], 1, alive)
    found = chapters(state, outline(state))
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    if block.isascii() and block.isdigit():
        number = next((n for n, one in enumerate(found, 1) if int(block) in one.blocks), number)
    number = min(max(number, 1), len(found))
    return Reading(found, number, found[number - 1].blocks)


def short(source: str, length: int = 60) -> str:
    """The first words of a block, to name it by."""
    return Truncator(" ".join(body(source).lstrip("#>*-+| \t").split())).chars(length)


def page_of(visit: Visit, document: Document, tab: str, **more: Any) -> dict[str, Any]:
    """The context of a page of a document."""
    runs = visit.may(SUGGESTION, Purpose.RUN)
    return {"visit": visit, "section": "drafting", "document": document, "tab": tab, "runs": runs, **more}


def address(name: str, *args: Any, anchor: str = "", **query: Any) -> str:
    asked = urlencode({key: value for key, value in query.items() if value not in (None, "")})
    return (
        reverse(f"drafting:{name}", args=args)
        + (f"?{asked}" if asked else "")
        + (f"#{anchor}" if anchor else "")
    )


def picture_addresses(document: Document, blocks: Sequence[tuple[int, str]]) -> dict[str, str]:
    """Where the pictures of these blocks are; asks for them only if there are any."""
    if not any("![" in text for _id, text in blocks):
        return {}
    names = queries.picture_names(document.pk)
    return {
        name: reverse("drafting:picture", args=[document.project_id, document.pk, name]) for name in names
    }
