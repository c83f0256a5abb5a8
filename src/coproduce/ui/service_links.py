"""The links at the top of every page; a capability adds its own from its apps.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """A link of the service navigation; `where` is a URL name or a path, `who` says who sees it."""

    text: Words
    where: str
    who: Callable[[Any], bool]
    order: int


_entries: dict[str, Entry] = {}


def entry(
    text: Words, where: str, *, who: Callable[[Any], bool] = lambda user: True, order: int = 50
) -> None:
    """Add a link. It shows only where its page exists."""
    _entries[where] = Entry(text, where, who, order)


entry(_("Projects"), "home", who=lambda user: bool(user and user.is_authenticated), order=10)
entry(_("The rules"), "rules", order=90)


def links(user: Any, path: str) -> list[dict[str, Any]]:
    """The links that this person sees, the present one marked."""
    found = [(one, _address(one.where)) for one in sorted(_entries.values(), key=lambda one: one.order)]
    return [_link(one, address, path) for one, address in found if address and one.who(user)]


def page_exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _link(one: Entry, address: str, path: str) -> dict[str, Any]:
    inside = path.startswith(address) and address != "/"
    return {
        "text": one.text,
        "href": address,
        "current": path == address,
        "active": inside and path != address,
    }


def _address(where: str) -> str:
    if where.startswith("/"):
        return where if page_exists(where) else ""
    try:
        return reverse(where)
    except NoReverseMatch:
        return ""
