"""August to October 2025: the action plan, the answers in public, the sign-off."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.feedback import operations as feedback
from coproduce.capabilities.feedback import queries as answers
from coproduce.capabilities.feedback.terms import LetterKind
from coproduce.capabilities.plans import operations as plans
from coproduce.capabilities.plans import queries as plan
from coproduce.capabilities.plans.terms import LinkedKind, LinkTo, Rhythm, Status
from coproduce.capabilities.signoff import operations as signing
from coproduce.core.findings import Refused

from ..story import rows, rows_of_signing
from .calendar import Happening, moment
from .cast import Cast

PLANNED_BY = date(2025, 9, 12)
LOOKED_AT = date(2025, 10, 10)
IN_FORCE, CHECKED = date(2025, 11, 3), date(2026, 4, 15)
AHEAD = timedelta(days=4)
# From outside, and without an account: others type for them.
OUTSIDE = frozenset({"X1", "X2", "X3"})


def actions(cast: Cast) -> Iterator[Happening]:
    """Each is planned some days before it starts, worked on from then, and looked at before sign-off."""
    for told in cast.story.actions:
        planned = min(told.start - AHEAD, PLANNED_BY)
        yield Happening(moment(planned, 16), partial(_add, cast, told))
        if told.status != "not started":
            yield Happening(moment(told.start, 9), partial(_status, cast, told, Status.IN_PROGRESS))
        if told.done_on:
            yield Happening(moment(told.done_on, 16), partial(_finish, cast, told))
        elif told.note:
            yield Happening(moment(LOOKED_AT, 14), partial(_look, cast, told))


def promises_carried(cast: Cast) -> Iterator[Happening]:
    """R64: ten promises have nothing that carries them; four go to actions, six hold from one day onwards."""
    day = cast.story.links_made["on"]
    for suggestion, action in cast.story.links_made["links"].items():
        yield Happening(moment(day, 13), partial(_link, cast, suggestion, action))
    for told in cast.story.commitments:
        yield Happening(moment(day, 14), partial(_commit, cast, told))


def plan_reviews(cast: Cast) -> Iterator[Happening]:
    for told in cast.story.plan_reviews:
        yield Happening(moment(told.on, 11), partial(_review, cast, told))


def suggestions_and_barriers(cast: Cast) -> Iterator[Happening]:
    """An action that carries on both joins them: the suggestion is about the barrier."""
    barriers: dict[str, list[str]] = {}
    for told in cast.story.actions:
        for suggestion in told.suggestions:
            barriers.setdefault(suggestion, []).extend(told.barriers)
    day = cast.story.links_made["on"]
    for suggestion, refs in barriers.items():
        if refs:
            yield Happening(moment(day, 12), partial(_about, cast, suggestion, refs))


def _about(cast: Cast, suggestion: str, refs: list[str]) -> None:
    drafting.link_barriers(
        by=cast.facilitator, project_id=cast.project_id, suggestion_id=cast.suggestions[suggestion].pk,
        barrier_ids=[cast.barriers[ref].pk for ref in refs],
    )  # fmt: skip


def answers_in_public(cast: Cast) -> Iterator[Happening]:
    told = cast.story.feedback
    yield Happening(moment(told.written, 10), partial(_head, cast, told))
    for statement in told.statement:
        yield Happening(moment(told.written, 11), partial(_state, cast, statement))
    yield Happening(moment(told.published, 9), partial(_publish, cast, told))
    yield Happening(moment(told.published, 15), partial(_write_to_everyone, cast, LetterKind.ANSWERS))
    for news in told.update:
        yield Happening(moment(news.on, 12), partial(_say_how_it_stands, cast, news))


def thanks(cast: Cast) -> Iterator[Happening]:
    """Whoever wrote on paper or rang has a receipt on the same day; on the page it is there at once."""
    by_hand = {told.made_on for told in cast.story.suggestions if told.entered_by or told.author in OUTSIDE}
    for day in sorted(by_hand):
        yield Happening(moment(day, 17), partial(_write_to_everyone, cast, LetterKind.THANKS))


def sign_off(cast: Cast) -> Iterator[Happening]:
    """Prepared with the last draft; each who decides says how they considered it; then the manager signs."""
    told = cast.story.sign_off
    yield Happening(moment(told.prepared, 18), partial(_prepare_sign_off, cast, told))
    for maker in told.maker:
        consider = partial(signing.consider, by=cast[maker.person], project_id=cast.project_id)
        yield Happening(moment(maker.on, 17), partial(consider, statement=maker.words))
    sign = partial(signing.sign, by=cast[told.owner], project_id=cast.project_id)
    yield Happening(moment(told.on, 19), sign)


def _add(cast: Cast, told: rows.Action) -> None:
    if told.first_tried_end:
        try:
            _add_with_end(cast, told, told.first_tried_end)
        except Refused as refused:
            if {finding.rule for finding in refused.findings} != {"R60"}:
                raise
        else:
            raise AssertionError(f"{told.ref} was taken with the end “{told.first_tried_end}”")
    _add_with_end(cast, told, told.end)


def _add_with_end(cast: Cast, told: rows.Action, end: date | str) -> None:
    cast.actions[told.ref] = plans.add_action(
        by=cast.facilitator, project_id=cast.project_id, number=int(told.ref[1:]), what=told.what,
        owner=cast[told.owner], co_owners=[cast[code] for code in told.co_owners], start=told.start, end=end,
        specific=told.specific, measure=told.measure, baseline=told.baseline, target=told.target,
        achievable=True, achievable_note=told.achievable, result=told.result,
        links=list(_links(cast, (*told.suggestions, *told.barriers))),
    )  # fmt: skip


def _links(cast: Cast, refs: Iterable[str]) -> Iterator[LinkTo]:
    for ref in refs:
        if ref.startswith("S"):
            yield LinkTo(LinkedKind.SUGGESTION, cast.suggestions[ref].pk, ref)
        else:
            yield LinkTo(LinkedKind.BARRIER, cast.barriers[ref].pk, ref)


def _status(cast: Cast, told: rows.Action, status: Status, reached: int | None = None) -> None:
    plans.set_status(
        by=cast[told.owner], project_id=cast.project_id, action_id=cast.actions[told.ref].pk, status=status,
        reached=reached,
    )  # fmt: skip


def _look(cast: Cast, told: rows.Action) -> None:
    _status(cast, told, Status.IN_PROGRESS, told.reached)
    plans.note_action(
        by=cast[told.owner], project_id=cast.project_id, action_id=cast.actions[told.ref].pk, words=told.note
    )


def _finish(cast: Cast, told: rows.Action) -> None:
    plans.set_status(
        by=cast[told.owner], project_id=cast.project_id, action_id=cast.actions[told.ref].pk,
        status=Status.DONE, reached=100, measure_result=told.measured, evidence=told.evidence,
    )  # fmt: skip


def _review(cast: Cast, told: rows.PlanReview) -> None:
    plans.review_plan(
        by=cast[told.by],
        project_id=cast.project_id,
        rhythm=Rhythm.QUARTERLY,
        words=told.words,
        next_on=told.next,
    )


def _link(cast: Cast, suggestion: str, action: str) -> None:
    row = plan.action_in(cast.project_id, cast.actions[action].pk)
    held = [LinkTo(LinkedKind(one.linked_kind), one.linked_id, one.linked_ref) for one in plan.links_of(row)]
    plans.change_action(
        by=cast[cast.story.links_made["by"]], project_id=cast.project_id, action_id=row.pk, changes={},
        links=[*held, *_links(cast, [suggestion])],
    )  # fmt: skip


def _commit(cast: Cast, told: rows.Commitment) -> None:
    plans.add_commitment(
        by=cast.facilitator, project_id=cast.project_id, number=int(told.ref[1:]), what=told.words,
        in_force_from=IN_FORCE, check_date=CHECKED, checker=cast[told.checker],
        links=list(_links(cast, [told.suggestion])),
    )  # fmt: skip


def _head(cast: Cast, told: rows.Feedback) -> None:
    feedback.set_report(
        by=cast.facilitator, project_id=cast.project_id, document_id=cast.document.pk,
        introduction=told.introduction, asked=told.asked, comments_closed_on=told.comments_closed,
    )  # fmt: skip


def _state(cast: Cast, told: rows.Statement) -> None:
    facts = ("heading", "said", "did", "will", "will_by", "could_not", "reason", "cost", "place", "easy_said",
             "easy_came")  # fmt: skip
    reasons = {one.ref: one.reason for one in cast.story.suggestions}
    cast.statements[told.ref] = feedback.write_statement(
        by=cast.facilitator, project_id=cast.project_id, document_id=cast.document.pk,
        # Whoever waits for a promise hears of it on the promised day, or before.
        facts={name: getattr(told, name) for name in facts} | {"next_update_on": told.will_by},
        suggestion_ids=[cast.suggestions[ref].pk for ref in told.suggestions],
        quotes=[(cast.suggestions[ref].pk, reasons[ref]) for ref in told.quotes],
        together_ids=[cast[code].pk for code in told.together], responsible_id=cast[told.responsible].pk,
    )  # fmt: skip


def _publish(cast: Cast, told: rows.Feedback) -> None:
    feedback.publish(by=cast[told.by], project_id=cast.project_id, document_id=cast.document.pk)


def _write_to_everyone(cast: Cast, kind: str) -> None:
    """Nothing leaves the machine: the story says that the letters went, by the way that each person chose."""
    at = {"by": cast.facilitator, "project_id": cast.project_id}
    feedback.make_letters(**at, document_id=cast.document.pk, kind=kind)
    for letter in answers.emails_waiting(cast.document.pk):
        feedback.take_letter(**at, letter_id=letter.pk)
        feedback.note_sent(**at, letter_id=letter.pk)
    printed = [letter.pk for letter in answers.prints_waiting(cast.document.pk)]
    feedback.hand_over(**at, document_id=cast.document.pk, letter_ids=printed, how="by letter")


def _say_how_it_stands(cast: Cast, told: rows.News) -> None:
    feedback.add_update(
        by=cast[told.by], project_id=cast.project_id, statement_id=cast.statements[told.ref].pk,
        progress=told.progress, words=told.words, next_on=told.next,
    )  # fmt: skip


def _prepare_sign_off(cast: Cast, told: rows_of_signing.SignOff) -> None:
    """Signing gives the text its number 1.0."""
    signing.write_sign_off(
        by=cast[told.facilitator], project_id=cast.project_id, document_id=cast.document.pk,
        maker_ids=[cast[maker.person].pk for maker in told.maker],
        changes={
            "title": told.title, "decision": told.decision, "decided_on": told.on, "meeting": told.meeting,
            "owner_id": cast[told.owner].pk, "facilitator_id": cast[told.facilitator].pk,
            "formats": told.formats, "review_on": told.review,
        },
    )  # fmt: skip
