"""Who and what the story has so far, by the short names that it uses."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ..story import Story


@dataclass
class Cast:
    story: Story
    project_id: UUID
    people: dict[str, Any] = field(default_factory=dict)
    seats: dict[str, Any] = field(default_factory=dict)
    barriers: dict[str, Any] = field(default_factory=dict)
    document: Any = None
    sections: dict[int, str] = field(default_factory=dict)
    suggestions: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, Any] = field(default_factory=dict)
    actions: dict[str, Any] = field(default_factory=dict)
    consultation: Any = None
    codes: dict[str, Any] = field(default_factory=dict)
    statements: dict[str, Any] = field(default_factory=dict)
    view: Any = None

    def __getitem__(self, code: str) -> Any:
        """A person by their code, such as P18."""
        return self.people[code]

    @property
    def facilitator(self) -> Any:
        return self["F01"]

    @property
    def manager(self) -> Any:
        return self["P18"]
