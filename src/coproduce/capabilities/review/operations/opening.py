"""A review opens, and everyone who is to have a letter has one waiting."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.tasks import later

from .. import queries, rules
from ..events import ReviewOpened
from ..models import Review, YearLetter
from ..queries import Reader
from ..terms import LetterKind

SEND = "review.send"


@operation
def open_review(*, by: Any, project_id: UUID, sign_off_id: UUID, key: UUID | None = None) -> Review:
    """R99: open the review of what was signed, and make its letters; the task worker does so 30 days before."""
    sign_off = queries.sign_off_to_review(by, project_id, sign_off_id)
    settle(rules.there_is_a_date_to_review(due=sign_off.due_on is not None))
    settle(rules.it_is_opened_once(opened=queries.is_opened(sign_off)))
    review = Review(
        project_id=project_id, sign_off=sign_off, number=queries.next_number(project_id),
        due_on=sign_off.due_on, opened_at=clock.now(), opened_by=by,
    )  # fmt: skip
    review.save(force_insert=True)
    readers = queries.readers_at_opening(project_id)
    record(
        by=by, verb="review.open_review", thing=review, project_id=project_id,
        after={
            "number": review.number, "due_on": review.due_on, "sign_off_id": sign_off_id,
            "invited": sum(one.invites for one in readers), "asked": sum(one.asks for one in readers),
        },
    )  # fmt: skip
    make_letters(by, review, LetterKind.OPENING, readers)
    post(ReviewOpened(project_id, review.pk, review.due_on))
    return review


def make_letters(by: Any, review: Review, kind: LetterKind, readers: Iterable[Reader]) -> None:
    """A letter for each of them, once; those by e-mail go out by the task worker."""
    made = YearLetter.objects.bulk_create(
        YearLetter(
            review=review, person=one.person, kind=kind, route=one.route, invites=one.invites,
            asks=one.asks, made_at=clock.now(),
        )
        for one in readers
    )  # fmt: skip
    for letter in made:
        record(
            by=by, verb="review.make_letter", thing=letter, project_id=review.project_id,
            after={"kind": kind, "route": letter.route, "invites": letter.invites, "asks": letter.asks},
        )  # fmt: skip
    if made:
        later(SEND, review.pk)
