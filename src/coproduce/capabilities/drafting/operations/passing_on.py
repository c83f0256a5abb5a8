"""What was passed on, until its reply is here: reminders, and the reply with its day and words."""

from datetime import date
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries
from ..models import Decision, PassedOn
from ..rules import clocks
from ..rules import replies as rules


@operation
def note_reminder(*, by: Any, project_id: UUID, suggestion_id: UUID, key: UUID | None = None) -> PassedOn:
    """They were asked again today; the next reminder falls due as long after it as the first one did."""
    visit, _found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.DECIDE)
    waiting = _waiting(suggestion_id)
    settle(
        rules.only_what_was_passed_on_waits(waiting.decision.outcome, replied=waiting.replied_on is not None)
    )
    waiting.reminded_on, waiting.reminders = clock.today(), waiting.reminders + 1
    waiting.remind_on = clocks.remind_on(clock.today(), visit.project.jurisdiction)
    waiting.save(update_fields=["reminded_on", "reminders", "remind_on"])
    record(
        by=by, verb="drafting.note_reminder", thing=waiting, project_id=project_id,
        after={"reminded_on": waiting.reminded_on, "remind_on": waiting.remind_on, "reminders": waiting.reminders},
    )  # fmt: skip
    return waiting


@operation
def record_reply(
    *,
    by: Any,
    project_id: UUID,
    suggestion_id: UUID,
    reply: str,
    replied_on: date | None,
    key: UUID | None = None,
) -> PassedOn:
    """What they replied, in their words, and when. Whoever was answered together with this one has it, too."""
    queries.suggestion_for(by, project_id, suggestion_id, Purpose.DECIDE)
    waiting = _waiting(suggestion_id)
    settle(
        [
            *rules.only_what_was_passed_on_waits(
                waiting.decision.outcome, replied=waiting.replied_on is not None
            ),
            *rules.a_reply_from_others_is_dated(
                reply=reply, on=replied_on, sent_on=waiting.sent_on, today=clock.today()
            ),
        ]
    )
    facts = {"reply": clean(reply), "replied_on": replied_on, "entered_by": by}
    together = Decision.objects.filter(same_as_id=suggestion_id).values("pk")
    PassedOn.objects.filter(decision__in=together, replied_on=None).update(**facts)
    PassedOn.objects.filter(pk=waiting.pk).update(**facts)
    record(
        by=by, verb="drafting.record_reply", thing=waiting, project_id=project_id,
        after={"reply": facts["reply"], "replied_on": replied_on},
    )  # fmt: skip
    waiting.refresh_from_db()
    return waiting


def _waiting(suggestion_id: UUID) -> PassedOn:
    """The newest passing-on of a suggestion, held."""
    rows = PassedOn.objects.select_for_update(of=("self",), no_key=True).select_related("decision")
    waiting = rows.filter(decision__suggestion_id=suggestion_id).order_by("-decision__decided_at").first()
    if waiting is None:
        raise NotThere
    return waiting
