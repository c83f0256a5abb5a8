"""One person's things over all their projects, and one manager's people: always as many queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.accounts import queries as accounts
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Words

from .. import rules
from ..models import Action, Handover, StandingCommitment
from ..terms import CHECKS_AHEAD_DAYS, MOVES_TO_RED, OPEN
from .lists import Line, lines
from .reviews import review_dates

MOST_HANDOVERS = 20
ACTION, CHECK, REVIEW = "action", "check", "review"
KINDS: dict[str, Words] = {ACTION: _("Action"), CHECK: _("Check"), REVIEW: _("Review of the plan")}


@dataclass(frozen=True)
class Thing:
    """Something with a day on which a person must have done it."""

    kind: str
    id: UUID
    project: Any
    ref: str
    words: Words
    day: date
    made_at: datetime | None = None
    line: Line | None = None
    owned: bool = True
    sequence: int = 0

    @property
    def label(self) -> Words:
        return KINDS[self.kind]

    @property
    def href(self) -> str:
        if self.kind == REVIEW:
            return reverse("plans:reviews", args=[self.project.pk])
        return reverse(
            "plans:action" if self.kind == ACTION else "plans:commitment", args=[self.project.pk, self.id]
        )

    def is_late(self, today: date) -> bool:
        return self.day < today


def things_of(person: Any, *, within: Iterable[UUID] | None = None, today: date | None = None) -> list[Thing]:
    """Open actions that a person owns or shares, checks and reviews, the next end first; six queries.

    `within` keeps to some of their projects.
    """
    day = today or clock.today()
    mine = {one.pk: one for one in projects.projects_of(person)}
    if within is not None:
        wanted = set(within)
        mine = {pk: one for pk, one in mine.items() if pk in wanted}
    managed = [pk for pk in projects.managed_by(person) if pk in mine]
    found = [*_actions(person, mine, day), *_checks(person, mine), *_reviews(mine, managed)]
    return sorted(found, key=lambda thing: (thing.day, thing.project.title, thing.ref))


def _actions(person: Any, mine: dict[UUID, Any], today: date) -> Iterator[Thing]:
    shared = Action.co_owners.through.objects.filter(person_id=person.pk).values("action_id")
    rows = Action.objects.filter(
        Q(owner_id=person.pk) | Q(pk__in=shared), status__in=OPEN, project_id__in=mine
    )
    for line in lines(rows.select_related("owner").prefetch_related("co_owners"), today):
        one = line.action
        yield Thing(
            ACTION, one.pk, mine[one.project_id], one.ref, one.what, one.end, one.added_at, line,
            one.owner_id == person.pk, one.times_moved,
        )  # fmt: skip


def _checks(person: Any, mine: dict[UUID, Any]) -> Iterator[Thing]:
    for one in StandingCommitment.objects.filter(checker_id=person.pk, project_id__in=mine):
        yield Thing(CHECK, one.pk, mine[one.project_id], one.ref, one.what, one.check_date, one.added_at)


def _reviews(mine: dict[UUID, Any], managed: list[UUID]) -> Iterator[Thing]:
    for project_id, day in review_dates(managed).items():
        project = mine[project_id]
        yield Thing(REVIEW, project_id, project, "", _("Review the action plan"), day, project.started_at)


def handovers_of_person(person: Any) -> QuerySet[Handover]:
    """R66: what was passed to or from a person, over all projects, the newest first."""
    rows = Handover.objects.filter(Q(from_person_id=person.pk) | Q(to_person_id=person.pk))
    people = ("from_person", "to_person", "by", "project")
    return rows.select_related(*people).order_by("-at", "-pk")[:MOST_HANDOVERS]


@dataclass
class Load:
    """What one person carries in the projects of a manager."""

    person: Any
    open: int = 0
    late: int = 0
    moved_twice: int = 0
    soon: int = 0
    checks_due: int = 0
    checks_late: int = 0


@dataclass(frozen=True)
class Managed:
    """A manager's one page: who carries how much, and which plans are to be reviewed, the next first."""

    loads: list[Load]
    reviews: list[Thing]
    projects: list[Any] = field(default_factory=list)


def managed_by(manager: Any, today: date | None = None) -> Managed:
    """Six queries, however many people and projects."""
    day = today or clock.today()
    mine = {one.pk: one for one in projects.projects_of(manager)}
    managed = [pk for pk in projects.managed_by(manager) if pk in mine]
    return Managed(_loads(managed, day), _next_first(mine, managed), [mine[pk] for pk in managed])


def plans_to_review(manager: Any) -> list[Thing]:
    """Of all projects that somebody manages, the next first; three queries."""
    mine = {one.pk: one for one in projects.projects_of(manager)}
    return _next_first(mine, [pk for pk in projects.managed_by(manager) if pk in mine])


def _next_first(mine: dict[UUID, Any], managed: list[UUID]) -> list[Thing]:
    return sorted(_reviews(mine, managed), key=lambda thing: (thing.day, thing.project.title))


def _loads(managed: list[UUID], today: date) -> list[Load]:
    soon = today + timedelta(days=CHECKS_AHEAD_DAYS)
    owned = Action.objects.filter(project_id__in=managed, status__in=OPEN).values("owner_id").annotate(
        open=Count("pk"), late=Count("pk", filter=Q(end__lt=today)),
        moved_twice=Count("pk", filter=Q(times_moved__gte=MOVES_TO_RED)),
        soon=Count("pk", filter=Q(end__gte=today, end__lte=soon)),
    )  # fmt: skip
    checked = StandingCommitment.objects.filter(project_id__in=managed).values("checker_id").annotate(
        checks_due=Count("pk", filter=Q(check_date__lte=soon)),
        checks_late=Count("pk", filter=Q(check_date__lt=today)),
    )  # fmt: skip
    found: dict[UUID, dict[str, int]] = {}
    sides: tuple[tuple[Any, str], ...] = ((owned, "owner_id"), (checked, "checker_id"))
    for rows, who in sides:
        for row in rows:
            found.setdefault(row.pop(who), {}).update(row)
    people = accounts.people(found)
    loads = [Load(people[pk], **facts) for pk, facts in found.items()]
    return sorted(loads, key=lambda load: (-load.late, -load.open, load.person.shown_name.casefold()))


def things_of_person_for(manager: Any, person_id: UUID) -> tuple[Any, list[Thing]]:
    """What somebody carries in the projects that this manager manages; nothing shows of other projects."""
    managed = set(projects.managed_by(manager))
    person = accounts.people([person_id]).get(person_id)
    if person is None or managed.isdisjoint(one.pk for one in projects.projects_of(person)):
        raise NotThere
    things = things_of(person, within=managed)
    return person, [thing for thing in things if thing.kind != REVIEW]


def late(things: Iterable[Thing], today: date) -> int:
    return sum(thing.is_late(today) for thing in things)


def speaks_now(thing: Thing, *, last_told: date | None, today: date) -> bool:
    return rules.time_to_remind(thing.day, last_told=last_told, today=today)
