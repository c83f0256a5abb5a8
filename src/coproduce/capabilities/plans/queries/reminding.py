"""Who is to be reminded of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Role

from ..models import Action, DateChange, Reminder, ReminderChoice, StandingCommitment
from ..terms import CHECKS_AHEAD_DAYS, MOVES_TO_RED, OPEN, REMIND_DAYS_BEFORE, Which
from .everywhere import CHECK, Thing, speaks_now, things_of


@dataclass(frozen=True)
class Due:
    """What one e-mail speaks of; `moved` are for a manager: their ends have moved a second time."""

    things: list[Thing]
    moved: list[Action]

    @property
    def count(self) -> int:
        return len(self.things) + len(self.moved)


def wants_reminders(person: Any) -> bool:
    choice = ReminderChoice.objects.filter(person_id=person.pk).first()
    return choice is None or choice.wanted


def last_reminder(person: Any) -> Reminder | None:
    return Reminder.objects.filter(person_id=person.pk).order_by("-day").first()


def was_reminded(person: Any, day: date) -> bool:
    return Reminder.objects.filter(person_id=person.pk, day=day).exists()


def due_for(person: Any, today: date) -> Due:
    """Everything that is due soon or late, but only on a day on which some of it must be said."""
    last = last_reminder(person)
    things = [thing for thing in things_of(person, today=today) if thing.day <= today + _ahead(thing)]
    moved = _moved_for(person, last.at if last else None)
    told = last.day if last else None
    speaks = moved or any(speaks_now(thing, last_told=told, today=today) for thing in things)
    return Due(things, moved) if speaks else Due([], [])


def _ahead(thing: Thing) -> timedelta:
    return timedelta(days=CHECKS_AHEAD_DAYS if thing.kind == CHECK else max(REMIND_DAYS_BEFORE))


def _moved_for(manager: Any, since: datetime | None) -> list[Action]:
    """R62: what moved its end, for the second time or more, since the manager was last told."""
    moves = DateChange.objects.filter(action=OuterRef("pk"), which=Which.END)
    if since:
        moves = moves.filter(at__gt=since)
    rows = Action.objects.filter(project_id__in=projects.managed_by(manager), status__in=OPEN)
    rows = rows.filter(Exists(moves), times_moved__gte=MOVES_TO_RED)
    return list(rows.select_related("owner", "project").order_by("end", "number"))


def people_to_think_of(today: date) -> set[UUID]:
    """Everyone of whom something may be due: a wide net, which `due_for` then sorts; five queries."""
    return set(_people(today + timedelta(days=CHECKS_AHEAD_DAYS)))


def _people(until: date) -> Iterator[UUID]:
    near = Action.objects.filter(status__in=OPEN, end__lte=until)
    yield from near.values_list("owner_id", flat=True).distinct()
    yield from Action.co_owners.through.objects.filter(action__in=near).values_list("person_id", flat=True)
    checks = StandingCommitment.objects.filter(check_date__lte=until)
    yield from checks.values_list("checker_id", flat=True).distinct()
    planned = Action.objects.filter(Q(status__in=OPEN)).values("project_id").distinct()
    yield from projects.people_in_role(Role.MANAGER, planned)
