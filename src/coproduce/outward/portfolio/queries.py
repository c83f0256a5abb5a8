"""What a manager sees over all their projects: one table of figures that are kept, so a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from coproduce.capabilities.charter import queries as charter
from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Role

LEADING = (Role.MANAGER, Role.FACILITATOR)


@dataclass(frozen=True)
class Summary:
    """How many projects there are, in how many something is late, and of when the oldest figure is."""

    held: int
    measured: int
    late: int
    without_citizens: int
    oldest: datetime | None

    @property
    def waiting(self) -> int:
        """Those that were started a moment ago."""
        return self.held - self.measured


def held_by(person: Any) -> QuerySet[Any]:
    """The figures of every project that this person leads."""
    return charter.standings_of(projects.projects_held_by(person, LEADING))


def summary_of(person: Any) -> Summary:
    """Two queries."""
    found = held_by(person).order_by().aggregate(
        measured=Count("pk"), late=Count("pk", filter=Q(late__gt=0)), oldest=Min("measured_at"),
        without_citizens=Count("pk", filter=Q(absent__gt=0)),
    )  # fmt: skip
    return Summary(held=projects.projects_held_by(person, LEADING).count(), **found)


def manages_several(person: Any) -> bool:
    """Whether somebody is the manager of more than one project; one query."""
    return len(projects.projects_held_by(person, [Role.MANAGER])[:2]) > 1
