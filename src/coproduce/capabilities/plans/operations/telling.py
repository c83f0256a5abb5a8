"""E-mails of the task worker. A mail server that does not answer raises, so that the task is tried again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from coproduce.capabilities.accounts import queries as accounts
from coproduce.capabilities.accounts.operations import task_worker
from coproduce.core import clock
from coproduce.core.operations import operation, record

from .. import queries
from ..models import Handover, Reminder
from ..queries import Due

_NOTHING_IS_SENT = "django.core.mail.backends.dummy.EmailBackend"


class MailNotTaken(Exception):
    """The mail server did not take it. What it said stays out of here: it can hold the address."""


def remind(*, person_id: UUID, day: date) -> Reminder | None:
    """One e-mail that lists everything that is due; at most one on a day, and none about yesterday."""
    person = accounts.people([person_id]).get(person_id)
    if (
        day != clock.today()
        or person is None
        or not _can_be_told(person)
        or not queries.wants_reminders(person)
    ):
        return None
    due = queries.due_for(person, day)
    if not due.count or queries.was_reminded(person, day):
        return None
    with override(person.language):
        words = render_to_string("plans/mail/reminder.txt", _facts(person, due, day))
        subject = ngettext("%(count)d thing is due", "%(count)d things are due", due.count)
        _send(person, subject % {"count": due.count}, words)
    return note_reminder(person=person, day=day, things=due.count)


@operation
def note_reminder(*, person: Any, day: date, things: int, key: UUID | None = None) -> Reminder:
    """It went out. The task worker says so, nobody else does."""
    reminder = Reminder(person=person, day=day, things=things, at=clock.now())
    reminder.save(force_insert=True)
    record(
        by=task_worker(), verb="plans.remind", thing=reminder, project_id=None, on_behalf_of=None,
        after={"person": person.pk, "day": day, "things": things},
    )  # fmt: skip
    return reminder


def tell_of_handover(*, handover_id: UUID, giver: bool) -> bool:
    """R66: whoever gave, or whoever took, hears of it by e-mail where they have one."""
    handover = queries.handover(handover_id)
    person = handover.from_person if giver else handover.to_person
    # Whoever did it themselves knows.
    if person.pk == handover.by_id or not _can_be_told(person):
        return False
    with override(person.language):
        facts = {
            "handover": handover,
            "giver": giver,
            "count": queries.handed_over_count(handover),
            **_links(),
        }
        _send(person, _("Actions were handed over"), render_to_string("plans/mail/handover.txt", facts))
    note_told(handover=handover, person=person)
    return True


@operation
def note_told(*, handover: Handover, person: Any, key: UUID | None = None) -> Handover:
    """One of the two has been told."""
    record(
        by=task_worker(), verb="plans.tell_of_handover", thing=handover, project_id=handover.project_id,
        after={"person": person.pk, "how": "e-mail"},
    )  # fmt: skip
    return handover


def _can_be_told(person: Any) -> bool:
    return bool(person.email and person.is_active and settings.EMAIL_BACKEND != _NOTHING_IS_SENT)


def _facts(person: Any, due: Due, day: date) -> dict[str, Any]:
    return {
        "late": [thing for thing in due.things if thing.is_late(day)],
        "soon": [thing for thing in due.things if not thing.is_late(day)],
        "moved": due.moved, **_links(),
    }  # fmt: skip


def _links() -> dict[str, str]:
    site = settings.COPRODUCE_ADDRESS.rstrip("/")
    return {
        "site": site,
        "list_url": site + reverse("plans:my_list"),
        "stop_url": site + reverse("plans:reminders"),
    }


def _send(person: Any, subject: str, words: str) -> None:
    try:
        taken = send_mail(subject, words, None, [person.email])
    except OSError as trouble:
        raise MailNotTaken(type(trouble).__name__) from None
    if not taken:
        raise MailNotTaken
