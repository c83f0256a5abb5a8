"""R98: manager and facilitator are reminded of the review by themselves, each once for each day."""

from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coproduce.capabilities.feedback.operations import Connection, Mail, fault_in_sending, sends_nothing
from coproduce.core import clock
from coproduce.core.operations import operation, record

from .. import queries
from ..models import Reminder
from ..terms import ReminderState, given


@operation
def take_reminder(
    *, by: Any, sign_off_id: UUID, person: Any, days_before: int, key: UUID | None = None
) -> Reminder:
    """Put it down before it is sent, so that it is sent once; without an address it stands on the page only."""
    sign_off = queries.sign_off_to_remind_of(by, sign_off_id)
    by_mail = bool(person.email) and not sends_nothing()
    due_on = given(sign_off.due_on)
    reminder = queries.reminder_before(sign_off.pk, person.pk, due_on, days_before) or Reminder(
        sign_off=sign_off, person=person, due_on=due_on, days_before=days_before
    )
    reminder.state = ReminderState.ON_ITS_WAY if by_mail else ReminderState.ON_PAGE
    reminder.at, reminder.fault = clock.now(), ""
    reminder.save()
    record(
        by=by, verb="signoff.remind", thing=reminder, project_id=sign_off.project_id,
        after={
            "person_id": person.pk, "due_on": reminder.due_on, "days_before": days_before,
            "state": reminder.state,
        },
    )  # fmt: skip
    return reminder


@operation
def note_reminder(*, by: Any, reminder_id: UUID, fault: str, key: UUID | None = None) -> Reminder:
    """Whether the mail server took it; `fault` is the kind of failure and nothing of the person."""
    reminder = queries.reminder_to_note(by, reminder_id)
    reminder.state = ReminderState.FAILED if fault else ReminderState.SENT
    reminder.fault = fault[:100]
    reminder.save(update_fields=["state", "fault"])
    record(
        by=by, verb="signoff.note_reminder", thing=reminder, project_id=reminder.sign_off.project_id,
        after={"state": reminder.state, "fault": reminder.fault},
    )  # fmt: skip
    return reminder


def send_reminder(*, by: Any, one: queries.ToRemind, site: str) -> None:
    """Take it, send it, and note how it went; one that failed is tried again on the next day."""
    reminder = take_reminder(
        by=by, sign_off_id=one.sign_off.pk, person=one.person, days_before=one.days_before
    )
    if reminder.state == ReminderState.ON_ITS_WAY:
        with Connection() as connection:
            fault = fault_in_sending(_mail(one, site), str(one.person.email), connection)
        note_reminder(by=by, reminder_id=reminder.pk, fault=fault)


def _mail(one: queries.ToRemind, site: str) -> Mail:
    """In the person's language. Subjects travel in the clear: nothing of the person or the project."""
    page = reverse("signoff:signed", args=[one.sign_off.project_id, one.sign_off.pk])
    with override(one.person.language):
        words = {"person": one.person, "sign_off": one.sign_off, "address": f"{site.rstrip('/')}{page}"}
        return Mail(_("A review is due"), render_to_string("signoff/mail/reminder.txt", words))
