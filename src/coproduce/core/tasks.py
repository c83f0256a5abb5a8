"""Work that no page waits for: done later by the task worker, tried again when it fails, and never lost in a crash.

A capability keeps its tasks in `tasks.py` and names them in `apps.py`: `daily(…)` for what is due once a day,
`task(…)` for what an operation asks for with `later(…)`. Each task asks for itself what is due on its day, so that
nothing is missed after a machine was off. It may run again after a crash, so what it did before must not harm.
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from . import clock
from .models import Task

TRIES = 6
FIRST_WAIT = timedelta(minutes=1)
LONGER_EACH_TIME = 4
# A worker that has not said in this time that it is done has died.
LEASE = timedelta(minutes=10)
KEPT_DAYS = 30
MORNING = time(7)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """What a task is told: the day it is for, and the id that it is about, if any."""

    day: date
    about: str = ""


@dataclass(frozen=True)
class Ran:
    """What one look at the tasks came to."""

    done: int = 0
    failed: int = 0


Work = Callable[[Due], None]
_work: dict[str, Work] = {}
_daily: dict[str, time] = {}
_each_look: dict[str, Callable[[], object]] = {}


def task(name: str, work: Work) -> None:
    """From now on, `later(name, …)` has somebody to do it."""
    _work[name] = work


def daily(name: str, work: Work, *, at: time = MORNING) -> None:
    """Do it once on each day, from that time of the United Kingdom's clock on."""
    task(name, work)
    _daily[name] = at


def each_look(name: str, work: Callable[[], object]) -> None:
    """Do it at each look, a small piece at a time: for what follows the records, and is made anew at any time."""
    _each_look[name] = work


def later(name: str, about: object = "", *, on: date | None = None) -> None:
    """Do it once the transaction is safe, outside any page; a second call for the same day changes nothing."""
    if name not in _work:
        raise LookupError(name)
    facts = {"due_at": clock.now(), "made_at": clock.now()}
    Task.objects.get_or_create(name=name, about=str(about), day=on or clock.today(), defaults=facts)


def run_due() -> Ran:
    """Do everything that is due now, once; several workers may do this at the same time."""
    _put_down_the_days()
    done, failed = 0, sum(not _follow(name) for name in _each_look)
    while mine := _take_one():
        if _do(mine):
            done += 1
        else:
            failed += 1
    return Ran(done, failed)


def _follow(name: str) -> bool:
    """What fails here is tried again at the next look."""
    try:
        _each_look[name]()
    except Exception as trouble:
        if connection.in_atomic_block and connection.needs_rollback:
            raise
        _log.warning("The task %s failed: %s at %s", name, type(trouble).__name__, _place())
        return False
    return True


def given_up() -> list[str]:
    """The tasks that failed to the last try, for whoever looks after the machine."""
    rows = Task.objects.filter(state=Task.State.GIVEN_UP).order_by("day", "name")
    return [f"{row.name} of {row.day.isoformat()} ({row.trouble})" for row in rows]


def forget_old(due: Due) -> None:
    """What was done a month ago is of no use to anybody."""
    Task.objects.filter(state=Task.State.DONE, day__lt=due.day - timedelta(days=KEPT_DAYS)).delete()


def _put_down_the_days() -> None:
    local = clock.now().astimezone(clock.LONDON)
    due = {name for name, at in _daily.items() if local.time() >= at}
    known = Task.objects.filter(name__in=due, about="", day=local.date()).values_list("name", flat=True)
    for name in sorted(due - set(known)):
        later(name, on=local.date())


def _waiting(now: datetime) -> QuerySet[Task]:
    free = Q(state=Task.State.WAITING, due_at__lte=now) | Q(state=Task.State.RUNNING, lease_ends__lte=now)
    return Task.objects.filter(free, name__in=_work).order_by("due_at", "made_at", "pk")


def _take_one() -> Task | None:
    # A look that finds nothing takes no turn of the writers.
    if not _waiting(clock.now()).exists():
        return None
    with transaction.atomic():
        found = _waiting(clock.now()).select_for_update(skip_locked=True).first()
        if found is not None:
            found.state, found.lease_ends = Task.State.RUNNING, clock.now() + LEASE
            found.tries += 1
            found.save(update_fields=["state", "lease_ends", "tries"])
    return found


def _do(mine: Task) -> bool:
    try:
        if mine.tries > TRIES:
            # It took its worker with it each time.
            raise TimeoutError
        _work[mine.name](Due(mine.day, mine.about))
    except Exception as trouble:
        _failed(mine, trouble)
        return False
    _finish(mine, state=Task.State.DONE, trouble="")
    return True


def _failed(mine: Task, trouble: Exception) -> None:
    # Its message may hold somebody's words, so only its kind and its place are kept.
    kind = type(trouble).__name__
    _log.warning(
        "The task %s of %s failed at try %s: %s at %s", mine.name, mine.day, mine.tries, kind, _place()
    )
    if connection.in_atomic_block and connection.needs_rollback:
        raise trouble
    if mine.tries >= TRIES:
        _finish(mine, state=Task.State.GIVEN_UP, trouble=kind)
        return
    wait = FIRST_WAIT * LONGER_EACH_TIME ** (mine.tries - 1)
    _finish(mine, state=Task.State.WAITING, trouble=kind, due_at=clock.now() + wait)


def _finish(mine: Task, **facts: object) -> None:
    # Whose lease ran out has lost the task to another worker, and says nothing of it any more.
    Task.objects.filter(pk=mine.pk, state=Task.State.RUNNING, tries=mine.tries).update(**facts)


def _place() -> str:
    frame = sys.exc_info()[2]
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_qualname}:{frame.tb_lineno}" if frame else ""
