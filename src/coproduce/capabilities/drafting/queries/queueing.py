"""What waits for those who lead: an answer, a reply from others, a word to the suggester; each with its clock."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from ..models import BundleVoice, Decision, PassedOn, Reaction, Receipt, Suggestion, Support
from ..rules.clocks import Clock, soon_until
from ..terms import Channel, Status
from .lists import suggestions_on

ANSWER, REPLY, TELL, RECEIPT, AGAIN = "answer", "reply", "tell", "receipt", "again"
_DECIDED = (Status.ACCEPTED, Status.IN_PART, Status.DECLINED, Status.PASSED_ON)


def queue_on(document_id: UUID) -> QuerySet[Suggestion]:
    """Every suggestion on a document that waits for something, with what and until when."""
    rows = suggestions_on(document_id).select_related("author", "group")
    newest = Decision.objects.filter(suggestion=OuterRef("pk")).order_by("-decided_at", "-pk")
    waiting = PassedOn.objects.filter(decision__suggestion=OuterRef("pk"), replied_on=None)
    rows = rows.annotate(
        asked_again=Exists(Reaction.objects.filter(suggestion=OuterRef("pk"), asks_again=True)),
        received=Exists(Receipt.objects.filter(suggestion=OuterRef("pk"))),
        waits_for_reply=Exists(waiting),
        told_on=Subquery(newest.values("told_on")[:1]),
        by_import=Coalesce(
            Subquery(newest.values("imported")[:1], output_field=BooleanField()), Value(False)
        ),
        supporters=supporters(),
        bundle_id=_bundle("bundle_id"),
        clock_on=Case(
            When(status=Status.OPEN, then=F("due_on")),
            When(status=Status.PASSED_ON, then=Subquery(waiting.values("remind_on")[:1])),
            output_field=DateField(),
        ),
    )
    return rows.filter(waiting_for(ANSWER) | waiting_for(REPLY) | waiting_for(TELL))


def waiting_for(what: str) -> Q:
    """The condition on rows of `queue_on` of one thing that they wait for."""
    to_answer = Q(status=Status.OPEN)
    return {
        ANSWER: to_answer,
        AGAIN: to_answer & Q(asked_again=True),
        REPLY: Q(status=Status.PASSED_ON, waits_for_reply=True),
        TELL: Q(status__in=_DECIDED, told_on=None, by_import=False),
        RECEIPT: to_answer & Q(received=False) & ~Q(channel=Channel.IMPORT),
    }[what]


def by_clock(clock: str, today: date, jurisdiction: str) -> Q:
    """The condition of one clock, for the database to count and filter by."""
    soon = soon_until(today, jurisdiction)
    return {
        Clock.LATE: Q(clock_on__lt=today),
        Clock.SOON: Q(clock_on__gte=today, clock_on__lte=soon),
        Clock.LATER: Q(clock_on__gt=soon),
        Clock.NO_DATE: Q(clock_on=None),
    }[Clock(clock)]


def queue_counts(rows: QuerySet[Suggestion], today: date, jurisdiction: str) -> Mapping[str, int]:
    """How many wait for what, and how many answers are late or nearly due; one query."""
    open = Q(status=Status.OPEN)
    counted = {what: Count("pk", filter=waiting_for(what)) for what in (ANSWER, AGAIN, REPLY, TELL, RECEIPT)}
    for clock in (Clock.LATE, Clock.SOON):
        counted[clock] = Count("pk", filter=open & by_clock(clock, today, jurisdiction))
    remind = waiting_for(REPLY) & Q(clock_on__lte=today)
    return rows.aggregate(**counted, remind=Count("pk", filter=remind))


def supporters() -> Coalesce:
    """How many people stand behind a suggestion, as a column."""
    standing = Support.objects.filter(suggestion=OuterRef("pk"), taken_back_at=None).order_by()
    counted = standing.values("suggestion").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _bundle(column: str) -> Subquery:
    return Subquery(BundleVoice.objects.filter(suggestion=OuterRef("pk")).values(column)[:1])
