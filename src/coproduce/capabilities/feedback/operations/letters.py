"""A letter for each person with their own points: made once, sent once, and what went wrong on the way."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as suggestions
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import LettersMade
from ..models import Letter, Report
from ..terms import LETTER, LetterKind, LetterState, Route
from .reports import saved

_NOT_OUT = (LetterState.WAITING, LetterState.FAILED)
_OPEN = (LetterState.WAITING, LetterState.ON_ITS_WAY, LetterState.FAILED)


@operation
def make_letters(
    *, by: Any, project_id: UUID, document_id: UUID, kind: str, key: UUID | None = None
) -> Report:
    """Make a letter for everyone who has not been told this yet; nothing is sent by it."""
    projects.take_turns(project_id)
    visit, standing = queries.report_for(by, project_id, document_id, Purpose.RUN, LETTER)
    if kind == LetterKind.ANSWERS:
        settle(rules.letters_follow_publication(published=standing.last_published is not None))
    due = queries.Owed(visit, standing).due(kind)
    settle(rules.there_is_somebody_to_write_to(len(due)))
    report = saved(standing.report)
    # A letter of the same kind that has not gone out yet says less than the new one.
    older = Letter.objects.filter(report=report, kind=kind, state__in=_NOT_OUT)
    older.filter(person_id__in=[one.person.pk for one in due]).update(state=LetterState.REPLACED)
    made = Letter.objects.bulk_create(
        Letter(
            report=report, publication=one.publication, person=one.person, kind=kind, route=one.route,
            points=[str(id) for id in one.points], digest=one.digest, made_at=clock.now(),
        )
        for one in due
    )  # fmt: skip
    record(
        by=by, verb="feedback.make_letters", thing=report, project_id=project_id,
        after={"kind": kind, "letters": len(due)},
    )  # fmt: skip
    for letter in made:
        record(
            by=by, verb="feedback.make_letter", thing=letter, project_id=project_id,
            after={"kind": kind, "route": letter.route, "points": letter.points},
        )  # fmt: skip
    post(LettersMade(project_id, document_id))
    return report


@operation
def take_letter(*, by: Any, project_id: UUID, letter_id: UUID, key: UUID | None = None) -> Letter:
    """Take up one letter that waits, so that nobody else sends it meanwhile."""
    _visit, letter = queries.letter_for(by, project_id, letter_id, Purpose.RUN)
    waiting = Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING, route=Route.EMAIL)
    if not waiting.update(state=LetterState.ON_ITS_WAY):
        raise NotThere
    return _noted(by, project_id, letter)


@operation
def note_sent(*, by: Any, project_id: UUID, letter_id: UUID, key: UUID | None = None) -> Letter:
    """The mail server has it: its points are told."""
    _visit, letter = queries.letter_for(by, project_id, letter_id, Purpose.RUN)
    _held(letter).update(state=LetterState.SENT, sent_on=clock.today(), fault="")
    _tell(by, project_id, [letter], str(Route.EMAIL.label), clock.today())
    return _noted(by, project_id, letter)


@operation
def note_failed(*, by: Any, project_id: UUID, letter_id: UUID, fault: str, key: UUID | None = None) -> Letter:
    """The mail server did not take it; `fault` is the kind of failure and nothing of the person."""
    _visit, letter = queries.letter_for(by, project_id, letter_id, Purpose.RUN)
    _held(letter).update(state=LetterState.FAILED, fault=fault[:100])
    return _noted(by, project_id, letter)


@operation
def try_again(*, by: Any, project_id: UUID, letter_id: UUID, route: str, key: UUID | None = None) -> Letter:
    """Let a letter wait again that failed, or of which nobody knows; by e-mail, or now on paper."""
    _visit, letter = queries.letter_for(by, project_id, letter_id, Purpose.RUN)
    settle(rules.a_letter_is_sent_once(letter.state))
    _held(letter).update(state=LetterState.WAITING, route=route, fault="")
    return _noted(by, project_id, letter)


@operation
def hand_over(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    letter_ids: Collection[UUID],
    how: str,
    on: date | None = None,
    key: UUID | None = None,
) -> Report:
    """Note that printed letters were posted or handed over; those that are noted already stay as they are."""
    _visit, standing = queries.report_for(by, project_id, document_id, Purpose.RUN, LETTER)
    printed = Letter.objects.filter(
        report_id=document_id, pk__in=letter_ids, route=Route.PRINT, state__in=_OPEN
    )
    letters, day = list(printed), on or clock.today()
    printed.update(state=LetterState.SENT, sent_on=day, fault="")
    _tell(by, project_id, letters, how, day)
    report = saved(standing.report)
    record(
        by=by, verb="feedback.hand_over", thing=report, project_id=project_id,
        after={"letters": [letter.pk for letter in letters], "how": how, "on": day},
    )  # fmt: skip
    return report


def _held(letter: Letter) -> QuerySet[Letter]:
    return Letter.objects.filter(pk=letter.pk, state__in=_OPEN)


def _noted(by: Any, project_id: UUID, letter: Letter) -> Letter:
    letter.refresh_from_db()
    record(
        by=by, verb="feedback.note_letter", thing=letter, project_id=project_id,
        after={"state": letter.state, "route": letter.route, "sent_on": letter.sent_on, "fault": letter.fault},
    )  # fmt: skip
    return letter


def _tell(by: Any, project_id: UUID, letters: Collection[Letter], how: str, on: date) -> None:
    """Who has the letter knows the answer: the decision says so, unless they were told before."""
    told = [UUID(id) for letter in letters if letter.kind == LetterKind.ANSWERS for id in letter.points]
    for id, decision in suggestions.current_decisions(told).items():
        if decision.told_on is None:
            drafting.tell(by=by, project_id=project_id, suggestion_id=id, how=how, on=on)
