"""Things of a project that those below may cite; a capability above registers how to find its own."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from coproduce.core.findings import Words


@dataclass(frozen=True)
class Source:
    """Something that can be cited: its kind ("drafting.document"), its short name, its title and its page."""

    kind: str
    id: UUID
    ref: str
    title: str
    href: str

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.id}"

    @property
    def label(self) -> Words:
        return f"{self.ref} {self.title}"


Finder = Callable[[UUID], list[Source]]
_finders: list[Finder] = []


def add_sources(finder: Finder) -> None:
    """`finder(project_id)` gives everything of one kind that a project has; one query."""
    _finders.append(finder)


def sources_of(project_id: UUID) -> list[Source]:
    return [source for finder in _finders for source in finder(project_id)]


def cited_as(value: str, project_id: UUID) -> Source | None:
    """The thing of this project that a form named so."""
    return next((source for source in sources_of(project_id) if source.value == value), None)
