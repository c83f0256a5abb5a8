"""Where capabilities announce their pages, so that the floors below need not know them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coproduce.core.findings import Finding, Words


@dataclass(frozen=True)
class Item:
    """A page of a project: its place, name, address, and one line on where that link of the chain stands.

    `shown_to(visit)` says whether this person sees it; `summary(visit)` costs one query or none.
    """

    order: int
    label: Words
    url_name: str
    summary: Callable[[Any], Words] | None = None
    shown_to: Callable[[Any], bool] | None = None

    @property
    def section(self) -> str:
        return self.url_name.partition(":")[0]


_items: dict[str, Item] = {}
_banners: list[Callable[[Any], list[Finding]]] = []
_public_banners: list[Callable[[UUID], list[Finding]]] = []


def add_to_project(item: Item) -> None:
    _items[item.url_name] = item


def project_items(visit: Any) -> list[Item]:
    """The pages of a project that this person may open, in the order of the chain."""
    shown = [item for item in _items.values() if item.shown_to is None or item.shown_to(visit)]
    return sorted(shown, key=lambda item: item.order)


def add_banner(banner: Callable[[Any], list[Finding]]) -> None:
    _banners.append(banner)


def project_banners(visit: Any) -> list[Finding]:
    """What every page of the project shows about it, such as what its label must be."""
    return [finding for banner in _banners for finding in banner(visit)]


def add_public_banner(banner: Callable[[UUID], list[Finding]]) -> None:
    """`banner(project_id)` finds what everyone must see who reads of the project, signed in or not; one query."""
    _public_banners.append(banner)


def public_banners(project_id: UUID) -> list[Finding]:
    """What the public pages of a project show about it, such as that its review is overdue."""
    return [finding for banner in _public_banners for finding in banner(project_id)]
