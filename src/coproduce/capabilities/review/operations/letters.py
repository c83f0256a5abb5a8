"""A letter is taken up, sent or handed over, once; who is asked about their barriers is on the barriers' record."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.barriers import operations as barriers
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Review, YearLetter
from ..terms import NOT_SENT, LetterState, Route


@operation
def take_letter(*, by: Any, project_id: UUID, letter_id: UUID, key: UUID | None = None) -> YearLetter:
    """Take up one letter that waits, so that nobody else sends it meanwhile; drop it if it is not wanted now."""
    letter = queries.letter_to_send(by, project_id, letter_id)
    wanted = queries.is_still_wanted(letter)
    waiting = YearLetter.objects.filter(pk=letter.pk, state=LetterState.WAITING, route=Route.EMAIL)
    if not waiting.update(state=LetterState.ON_ITS_WAY if wanted else LetterState.DROPPED):
        raise NotThere
    return _noted(by, project_id, letter)


@operation
def note_sent(*, by: Any, project_id: UUID, letter_id: UUID, key: UUID | None = None) -> YearLetter:
    """The mail server has it."""
    letter = queries.letter_to_send(by, project_id, letter_id)
    _held(letter).update(state=LetterState.SENT, sent_on=clock.today(), fault="")
    _ask(by, project_id, [letter])
    return _noted(by, project_id, letter)


@operation
def note_failed(
    *, by: Any, project_id: UUID, letter_id: UUID, fault: str, key: UUID | None = None
) -> YearLetter:
    """The mail server did not take it; `fault` is the kind of failure and nothing of the person."""
    letter = queries.letter_to_send(by, project_id, letter_id)
    _held(letter).update(state=LetterState.FAILED, fault=fault[:100])
    return _noted(by, project_id, letter)


@operation
def try_again(
    *, by: Any, project_id: UUID, letter_id: UUID, route: str, key: UUID | None = None
) -> YearLetter:
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
    review_id: UUID,
    letter_ids: Collection[UUID],
    how: str,
    on: date | None = None,
    key: UUID | None = None,
) -> Review:
    """Note that printed letters were posted, handed over or read out; those noted already stay as they are."""
    _visit, review = queries.review_for(by, project_id, review_id, Purpose.RUN)
    printed = YearLetter.objects.filter(
        review=review, pk__in=letter_ids, route=Route.PRINT, state__in=NOT_SENT
    )
    letters, day = list(printed.select_related("person")), on or clock.today()
    printed.update(state=LetterState.SENT, sent_on=day, fault="")
    _ask(by, project_id, letters)
    record(
        by=by, verb="review.hand_over", thing=review, project_id=project_id,
        after={"letters": [letter.pk for letter in letters], "how": how, "on": day},
    )  # fmt: skip
    for letter in letters:
        _noted(by, project_id, letter)
    return review


def _held(letter: YearLetter) -> QuerySet[YearLetter]:
    return YearLetter.objects.filter(pk=letter.pk, state__in=NOT_SENT)


def _ask(by: Any, project_id: UUID, letters: Collection[YearLetter]) -> None:
    """Who has the letter is asked what has become of their barriers (R99)."""
    for letter in letters:
        if letter.asks:
            barriers.ask_at_review(by=by, project_id=project_id, person_id=letter.person_id)


def _noted(by: Any, project_id: UUID, letter: YearLetter) -> YearLetter:
    letter.refresh_from_db()
    record(
        by=by, verb="review.note_letter", thing=letter, project_id=project_id,
        after={"state": letter.state, "route": letter.route, "sent_on": letter.sent_on, "fault": letter.fault},
    )  # fmt: skip
    return letter
