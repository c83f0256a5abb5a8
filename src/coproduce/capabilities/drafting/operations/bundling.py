"""Suggestions that say the same: put together by a person, each with its own voice, and answered at one stroke."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import refuse, settle
from coproduce.core.operations import operation, record

from .. import queries
from ..events import SuggestionDecided
from ..models import Bundle, BundleVoice, Decision, Suggestion
from ..rules import decisions as rules
from ..rules.alike import likeness
from ..terms import SUGGESTION, TAKEN_IN, Status
from .deciding import decide, newest_decision, wait_for_reply
from .writing import locked_document

_ANSWER = (
    "outcome", "reason_code", "reason", "cost_amount", "cost_period", "cost_note", "sent_to", "done_instead",
    "decided_on", "decided_by", "imported",
)  # fmt: skip


@operation
def bundle(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    lead_id: UUID,
    suggestion_ids: Sequence[UUID],
    key: UUID | None = None,
) -> Bundle:
    """Confirm that these say what the lead says; further ones may join later. Nobody's words are joined."""
    queries.document_for(by, project_id, document_id, Purpose.RUN, SUGGESTION)
    document = locked_document(document_id)
    lead = _in_document(document_id, [lead_id])[0]
    others = _in_document(document_id, [id for id in suggestion_ids if id != lead_id])
    settle(_findings(lead, others))
    made, _new = Bundle.objects.get_or_create(
        lead=lead, defaults={"document": document, "confirmed_by": by, "confirmed_at": clock.now()}
    )
    words = queries.words_of([lead.pk, *(one.pk for one in others)])
    BundleVoice.objects.bulk_create(
        (
            BundleVoice(
                bundle=made, suggestion=one, likeness=round(100 * likeness(words[lead.pk], words[one.pk]))
            )
            for one in [lead, *others]
        ),
        ignore_conflicts=True,
    )
    record(
        by=by, verb="drafting.bundle", thing=made, project_id=project_id,
        after={"lead": lead.ref, "voices": [one.ref for one in others]},
    )  # fmt: skip
    return made


@operation
def unbundle(
    *, by: Any, project_id: UUID, bundle_id: UUID, suggestion_id: UUID, key: UUID | None = None
) -> Suggestion:
    """Take one suggestion out again; a bundle of one is none, and taking out the lead takes it apart."""
    _visit, found = queries.bundle_for(by, project_id, bundle_id, Purpose.RUN)
    locked_document(found.document_id)
    voices = BundleVoice.objects.filter(bundle=found)
    suggestion = Suggestion.objects.get(pk=suggestion_id, project_id=project_id)
    voices.filter(suggestion=suggestion).delete()
    if suggestion.pk == found.lead_id or voices.count() < 2:
        found.delete()
    record(
        by=by, verb="drafting.unbundle", thing=suggestion, project_id=project_id,
        before={"bundled_with": found.lead.ref},
    )  # fmt: skip
    return suggestion


@operation
def answer_bundle(
    *, by: Any, project_id: UUID, bundle_id: UUID, key: UUID | None = None, **answer: Any
) -> Decision:
    """Answer the lead, as `decide` does, and with it each of the others that still waits. All or nothing."""
    visit, found = queries.bundle_for(by, project_id, bundle_id, Purpose.DECIDE)
    made = decide(by=by, project_id=project_id, suggestion_id=found.lead_id, **answer)
    lead = found.lead
    waiting = (
        Suggestion.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=BundleVoice.objects.filter(bundle=found).values("suggestion_id"), status=Status.OPEN)
        .exclude(pk=lead.pk)
        .order_by("number")
    )
    for one in waiting:
        theirs = _the_same(made, one, lead)
        wait_for_reply(theirs, visit.project.jurisdiction)
        one.status, one.doing = made.outcome, answer.get("doing") or one.doing
        one.save(update_fields=["status", "doing"])
        record(
            by=by, verb="drafting.decide", thing=theirs, project_id=project_id,
            after={name: getattr(theirs, name) for name in _ANSWER if name != "decided_by"}
            | {"suggestion": one.ref, "together_with": lead.ref},
        )  # fmt: skip
        post(SuggestionDecided(project_id, one.pk, theirs.pk))
    return made


def _the_same(made: Decision, suggestion: Suggestion, lead: Suggestion) -> Decision:
    """The answer of the lead for another voice; its own promised day stays."""
    place = made.place or lead.section or str(lead.ref)
    theirs = Decision(
        suggestion=suggestion, same_as=lead, place=place if made.outcome in TAKEN_IN else "",
        landed_seq=made.landed_seq, due_on=suggestion.due_on or made.due_on, decided_at=clock.now(),
        supersedes=newest_decision(suggestion.pk), **{name: getattr(made, name) for name in _ANSWER},
    )  # fmt: skip
    settle(rules.answer_findings(theirs))
    theirs.save(force_insert=True)
    return theirs


def _in_document(document_id: UUID, ids: Sequence[UUID]) -> list[Suggestion]:
    return list(Suggestion.objects.filter(document_id=document_id, pk__in=ids).order_by("number"))


def _findings(lead: Suggestion, others: Sequence[Suggestion]) -> list[Any]:
    """Only what waits for an answer can be answered together, and each belongs to one bundle."""
    found = []
    if not others:
        found.append(refuse("C17", _("Choose at least one suggestion that says the same.")))
    closed = [one.ref for one in [lead, *others] if not one.is_open]
    if closed:
        words = _("These are answered or withdrawn already: %(refs)s.")
        found.append(refuse("C17", words % {"refs": ", ".join(closed)}))
    elsewhere = BundleVoice.objects.filter(suggestion__in=[lead, *others]).exclude(bundle__lead=lead)
    if elsewhere.exists():
        found.append(refuse("C17", _("One of these belongs to another bundle. Take it out there first.")))
    return found
