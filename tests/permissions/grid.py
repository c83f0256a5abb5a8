"""One row for each address: who may. Every capability brings its rows in a file beside this one."""

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from coproduce.core.access import Role

from .world import World

ANONYMOUS, STRANGER = "anonymous", "stranger"
FACILITATOR, MANAGER, PARTICIPANT, OBSERVER = (
    Role.FACILITATOR, Role.MANAGER, Role.PARTICIPANT, Role.OBSERVER,
)  # fmt: skip
ADMINISTRATOR, INSTALLATION = Role.PROJECT_ADMINISTRATOR, Role.INSTALLATION_ADMINISTRATOR

NOBODY: frozenset[str] = frozenset()
LEADING: frozenset[str] = frozenset({FACILITATOR, MANAGER})
IN_PROJECT: frozenset[str] = frozenset({FACILITATOR, MANAGER, PARTICIPANT, OBSERVER, ADMINISTRATOR})
SIGNED_IN: frozenset[str] = IN_PROJECT | {STRANGER, INSTALLATION}
EVERYONE: frozenset[str] = SIGNED_IN | {ANONYMOUS}

Kwargs = Callable[[World], Mapping[str, Any]]


def in_project(world: World) -> Mapping[str, Any]:
    return {"project_id": world.project.pk}


def nothing(world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """What each role gets at one address. Who is not `allowed` must see the page of what does not exist."""

    url: str
    kwargs: Kwargs = in_project
    allowed: Collection[str] = NOBODY
    method: str = "GET"
    data: Kwargs = nothing  # what a POST sends
    query: str = ""  # such as "?format=csv"
    public: bool = False  # open to everyone, signed in or not
    framed: bool = False  # may stand in a frame of other people's websites
    hidden: bool = False  # needs no sign-in, but is not there: anonymous visitors get 404, too
    grow: Callable[[World], object] | None = (
        None  # adds rows to a list: its number of questions must not change
    )
    most_queries: int = 12
    # The page shows each role its own things, so nobody is refused: say why.
    because: str = ""

    @property
    def may(self) -> frozenset[str]:
        return EVERYONE if self.public else frozenset(self.allowed)

    def __str__(self) -> str:
        return f"{self.method} {self.url}{self.query}"


# Addresses without a row, each with the reason.
OUTSIDE = {
    "account/": "allauth's own pages know no project; tests of the accounts capability drive them",
    "demo/": "exists only in the demo, where every visitor may be any example person",
}


def rows() -> list[Row]:
    """All rows of all files beside this one."""
    found: list[Row] = []
    package = importlib.import_module(__package__ or "tests.permissions")
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("test_"):
            found += getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "ROWS", [])
    return found


def addresses(
    resolver: URLResolver | None = None, before: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Every address of the product: its name with the namespace, and its route."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, route, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name or '?'}", route
