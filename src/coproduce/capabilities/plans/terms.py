"""The words of the action plan."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ACTION = "plans.action"
COMMITMENT = "plans.commitment"

# The tasks of the plan.
REMINDERS, REMINDER = "plans.reminders", "plans.reminder"
TELL_GIVER, TELL_TAKER = "plans.tell_giver", "plans.tell_taker"
FORGET_UPLOADS = "plans.forget_uploads"
DAYS_OF_AN_UPLOAD = 7

MONTHS_AHEAD = 24
MONTHS_TO_CHECK = 12
NEAR_THE_END_DAYS = 14
HALF = 50
MOVES_TO_RED = 2


class Status(TextChoices):
    """R61: these and no others; a thing that never ends is a standing commitment."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})


class Rag(TextChoices):
    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")
    RED = "red", _("Red")
    CLOSED = "closed", _("Closed")


# The worst first, for lists in order of it.
RAG_ORDER = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.CLOSED)


class Which(TextChoices):
    START = "start", _("Start")
    END = "end", _("End")


class LinkedKind(TextChoices):
    SUGGESTION = "drafting.suggestion", _("Suggestion")
    BARRIER = "barriers.barrier", _("Barrier")


@dataclass(frozen=True)
class LinkTo:
    """Something that an action or a standing commitment carries on."""

    kind: LinkedKind
    id: UUID
    ref: str


class CheckResult(TextChoices):
    KEPT = "kept", _("Kept")
    PARTLY = "partly", _("Partly kept")
    NOT_KEPT = "not_kept", _("Not kept")


class Rhythm(TextChoices):
    """How often a manager reviews the plan."""

    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")


MONTHS_OF = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}
# A review may be some days late without breaking its rhythm.
DAYS_OF_GRACE = 7

# Reminders: this long before an end, then on the day after it and each week that it is late.
REMIND_DAYS_BEFORE = (7, 1)
REMIND_AGAIN_DAYS = 7
CHECKS_AHEAD_DAYS = 14


class ImportState(TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Imported")
    UNDONE = "undone", _("Undone")


@dataclass(frozen=True)
class Counts:
    """Where the plan stands."""

    by_status: Counter[Status]
    overdue: int
    by_rag: Counter[Rag]
    citizen_owned: int
    partner_owned: int
    moved: int

    @property
    def total(self) -> int:
        return self.by_status.total()

    @property
    def done(self) -> int:
        return self.by_status[Status.DONE]

    @property
    def in_progress(self) -> int:
        return self.by_status[Status.IN_PROGRESS]

    @property
    def not_started(self) -> int:
        return self.by_status[Status.NOT_STARTED]


def action_ref(number: int) -> str:
    """The short name that people use in a meeting: A01."""
    return f"A{number:02}"


def commitment_ref(number: int) -> str:
    return f"C{number:02}"


def months_after(day: date, months: int) -> date:
    """The same day of a later month; the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def as_date(typed: date | str | None) -> date | None:
    """The date, if it is one: imports and the command line give text."""
    if isinstance(typed, str):
        return date.fromisoformat(typed.strip()) if _is_iso(typed.strip()) else None
    return typed


def settled_date(typed: date | str | None) -> date:
    """The date, where the rules have made sure that it is one."""
    day = as_date(typed)
    if day is None:
        raise ValueError(typed)
    return day


def _is_iso(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
