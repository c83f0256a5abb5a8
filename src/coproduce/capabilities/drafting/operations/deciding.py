"""Answering a suggestion, and carrying out what was accepted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, Refused, refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries
from ..events import SuggestionDecided
from ..models import Decision, Document, PassedOn, Suggestion
from ..rules import clocks, replies
from ..rules import decisions as rules
from ..rules.credit import WORDS_IN_COMMON, credit
from ..rules.edits import Credited, Edit, credited_ops, edits_to_block, new_block
from ..rules.mapping import Standing
from ..rules.outline import above, in_its_line_ends
from ..rules.replay import TOP, Op, State, replay
from ..terms import TAKEN_IN, Outcome, Status
from .undoing import take_back
from .writing import append, locked_document

_FACTS = (
    "outcome", "reason_code", "reason", "cost_amount", "cost_period", "cost_note", "sent_to", "done_instead",
    "place", "decided_on", "due_on", "imported",
)  # fmt: skip


@dataclass(frozen=True)
class FinalText:
    """The words that the decider writes: for a block, or (with `after`) for a new passage behind a block.

    `after=0` is the top of the document. An empty text takes the block out.
    """

    text: str
    block: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Carried:
    """What accepting makes of the text."""

    ops: list[tuple[Op, bool]] = field(default_factory=list)
    conflicts: int = 0
    said_already: bool = False


@operation
def decide(
    *,
    by: Any,
    project_id: UUID,
    suggestion_id: UUID,
    outcome: str,
    final: Sequence[FinalText] = (),
    seen_seq: int | None = None,
    reason_code: str = "",
    reason: str = "",
    cost_amount: Decimal | None = None,
    cost_period: str = "",
    cost_note: str = "",
    sent_to: str = "",
    done_instead: str = "",
    place: str = "",
    same_as_id: UUID | None = None,
    doing: str = "",
    decided_on: date | None = None,
    due_on: date | None = None,
    imported: bool = False,
    instead_of: UUID | None = None,
    remind_on: date | None = None,
    taking_back: UUID | None = None,
    key: UUID | None = None,
) -> Decision:
    """Answer a suggestion once. Accepting writes its words, or the final words given, into the text.

    `seen_seq` is the text that the writer of the final words had in view; words changed since are not overwritten.
    `instead_of` is the answer that this one comes after, where a refusal is looked at again or asked about again.
    `taking_back` is an acceptance that was a mistake: while no change and no version has come since, it is undone
    first. `remind_on` is the day to ask whoever it was passed on to, when they have not replied.
    """
    visit, _found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.DECIDE)
    suggestion, document, before = locked(suggestion_id, instead_of, taking_back)
    answer = Decision(
        suggestion=suggestion, outcome=outcome, reason_code=reason_code, reason=clean(reason),
        cost_amount=cost_amount, cost_period=cost_period, cost_note=clean(cost_note), sent_to=clean(sent_to),
        done_instead=clean(done_instead), place=clean(place), same_as_id=same_as_id, decided_by=by,
        decided_on=decided_on or clock.today(), due_on=due_on or suggestion.due_on, decided_at=clock.now(),
        supersedes=before, imported=imported,
    )  # fmt: skip
    # What was taken back no longer stands in the text; final words were written for the text without it.
    stands, at = before, document.seq
    if before and before.pk == taking_back:
        take_back(before, document, by=by)
        stands = None
    state = queries.text_now(document)
    _refuse_final_words_for_another_text(document, state, final, changed_after=seen_seq, until=at)
    carried = _carried_out(suggestion, document, state, final, stands) if outcome in TAKEN_IN else Carried()
    if not answer.place:
        answer.place = _place_already(suggestion, document, stands, carried)
    settle(_findings(answer, carried, stands))
    seal = _write(answer, suggestion, document, state, carried, doing)
    wait_for_reply(answer, visit.project.jurisdiction, remind_on)
    record(
        by=by, verb="drafting.decide", thing=answer, project_id=project_id,
        before={"decision": before.pk, "outcome": before.outcome} if before else None,
        after={**{name: getattr(answer, name) for name in _FACTS}, "suggestion": suggestion.ref, **seal},
    )  # fmt: skip
    post(SuggestionDecided(project_id, suggestion.pk, answer.pk))
    return answer


@operation
def tell(
    *,
    by: Any,
    project_id: UUID,
    suggestion_id: UUID,
    how: str,
    on: date | None = None,
    key: UUID | None = None,
) -> Decision:
    """Note that the suggester was told the answer, on what day and how."""
    queries.suggestion_for(by, project_id, suggestion_id, Purpose.DECIDE)
    decision = newest_decision(suggestion_id)
    if decision is None:
        raise Refused(refuse("R83", _("There is no answer to tell yet.")))
    decision.told_on, decision.told_how = on or clock.today(), clean(how)
    decision.save(update_fields=["told_on", "told_how"])
    record(
        by=by, verb="drafting.tell", thing=decision, project_id=project_id,
        after={"told_on": decision.told_on, "told_how": decision.told_how},
    )  # fmt: skip
    return decision


def locked(
    suggestion_id: UUID, instead_of: UUID | None, taking_back: UUID | None = None
) -> tuple[Suggestion, Document, Decision | None]:
    """The suggestion, held against a second decider, or a plain word of how it is decided."""
    document_id = Suggestion.objects.values_list("document_id", flat=True).get(pk=suggestion_id)
    document = locked_document(document_id)
    suggestion = (
        Suggestion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author")
        .get(pk=suggestion_id)
    )
    before = newest_decision(suggestion_id)
    anew = before is not None and _may_be_answered_anew(before, document, instead_of, taking_back)
    if not anew or suggestion.status == Status.WITHDRAWN:
        settle(_decided_already(suggestion, before))
    if before is not None and suggestion.is_open:
        settle(rules.an_answer_is_given_to_what_was_seen(seen=instead_of, newest=before.pk))
    return suggestion, document, before


def _may_be_answered_anew(
    before: Decision, document: Document, instead_of: UUID | None, taking_back: UUID | None
) -> bool:
    if before.outcome in TAKEN_IN:
        return before.pk == taking_back and queries.moment_before(before, document) is not None
    return before.pk == instead_of


def _decided_already(suggestion: Suggestion, before: Decision | None) -> Iterator[Finding]:
    name = before.decided_by.shown_name if before else ""
    answer = str(before.get_outcome_display()) if before else ""
    return rules.an_open_suggestion_is_decided_once(
        status=suggestion.status, decided_by=name, answer=answer, reason=before.reason if before else ""
    )


def wait_for_reply(answer: Decision, jurisdiction: str, remind_on: date | None = None) -> None:
    """What is passed on waits for the reply of whoever it was sent to."""
    if answer.outcome == Outcome.PASSED_ON:
        due = remind_on or clocks.remind_on(answer.decided_on, jurisdiction)
        PassedOn.objects.create(decision=answer, to=answer.sent_to, sent_on=answer.decided_on, remind_on=due)


def _place_already(
    suggestion: Suggestion, document: Document, before: Decision | None, carried: Carried
) -> str:
    """Where the text says it already: in somebody else's words, or in its own after an earlier answer."""
    if carried.said_already:
        return suggestion.section or document.title
    if before is not None and before.outcome in TAKEN_IN and not carried.ops:
        return before.place or suggestion.section or document.title
    return ""


def newest_decision(suggestion_id: UUID) -> Decision | None:
    rows = Decision.objects.filter(suggestion_id=suggestion_id).select_related("decided_by")
    return rows.order_by("-decided_at", "-pk").first()


def _carried_out(
    suggestion: Suggestion,
    document: Document,
    state: State,
    final: Sequence[FinalText],
    before: Decision | None,
) -> Carried:
    """The operations of an acceptance: the suggestion as it stands, but the decider's words where they gave some."""
    places = queries.places_of(document, suggestion.base_seq, queries.edits_of(suggestion.pk), state)
    written = {text.block for text in final} | {text.after for text in final}
    landed = before is not None and before.outcome in TAKEN_IN
    open_places = [place for place in places if place.edit.block not in written and not landed]
    holds = [place.edit for place in open_places if place.standing is Standing.HOLDS]
    ops = credited_ops(holds, state, lambda words: [(words, True)])
    after = replay((op for op, _own in ops), state)
    suggested = " ".join(place.edit.words for place in places)
    least = 1 if places else WORDS_IN_COMMON

    def shared(words: str) -> list[Credited]:
        return credit(words, suggested or suggestion.words, least)

    edits = [edit for text in final for edit in _final_edits(text, after)]
    in_the_way = (Standing.CONFLICT, Standing.REMOVED)
    return Carried(
        ops + credited_ops(edits, after, shared),
        conflicts=sum(place.standing in in_the_way for place in open_places),
        said_already=any(place.standing is Standing.DONE for place in open_places),
    )


def _refuse_final_words_for_another_text(
    document: Document, state: State, final: Sequence[FinalText], *, changed_after: int | None, until: int
) -> None:
    seen = until if changed_after is None else changed_after
    changed = {op.block for op in queries.ops_between(document.pk, seen, until)} if final else set()
    named = {text.block or text.after for text in final}
    gone = {block for block in named if block and not (block in state.blocks and state.blocks[block].alive)}
    settle(rules.words_that_no_longer_fit_are_written_anew(len(gone | (changed & named))))


def _final_edits(final: FinalText, state: State) -> list[Edit]:
    if final.block is None:
        after = final.after or TOP
        standing = state.blocks[after].text if after else ""
        return (
            new_block(after, standing, in_its_line_ends(clean(final.text), standing))
            if final.text.strip()
            else []
        )
    old = state.blocks[final.block].text
    return edits_to_block(
        final.block, above(state, final.block), old, in_its_line_ends(clean(final.text), old)
    )


def _findings(answer: Decision, carried: Carried, before: Decision | None) -> Iterator[Finding]:
    yield from rules.answer_findings(answer)
    yield from replies.an_answer_keeps_what_is_in_the_text(
        before=before.outcome if before else "", outcome=answer.outcome
    )
    yield from rules.words_that_no_longer_fit_are_written_anew(carried.conflicts)
    if not carried.conflicts:
        yield from rules.what_is_accepted_has_a_place(
            outcome=answer.outcome, changes_the_text=bool(carried.ops), place=answer.place
        )


def _write(
    answer: Decision, suggestion: Suggestion, document: Document, state: State, carried: Carried, doing: str
) -> dict[str, Any]:
    """Gives what the ledger keeps of the operations."""
    answer.landed_seq = document.seq + len(carried.ops) if answer.outcome in TAKEN_IN else None
    if answer.supersedes and answer.landed_seq and not carried.ops:
        answer.landed_seq = answer.supersedes.landed_seq or answer.landed_seq
    answer.save(force_insert=True)
    authors = {True: suggestion.author, False: answer.decided_by}
    seal: dict[str, Any] = {}
    if carried.ops:
        steps = ((op, authors[own]) for op, own in carried.ops)
        written = append(
            document, state, steps, day=answer.decided_on, suggestion=suggestion, decision=answer
        )
        seal = written.seal
    suggestion.status, suggestion.doing = answer.outcome, doing or suggestion.doing
    suggestion.save(update_fields=["status", "doing"])
    return seal
