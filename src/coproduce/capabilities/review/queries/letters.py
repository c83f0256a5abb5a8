"""Who is written to, by which way, and how their letters stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import ContactRoute

from .. import rules
from ..models import Review, YearLetter
from ..terms import LetterKind, LetterState, Route, State


@dataclass(frozen=True)
class Reader:
    """Somebody to write to, and why."""

    person: Any
    route: Route
    invites: bool = False
    asks: bool = False


def readers_at_opening(project_id: UUID) -> list[Reader]:
    """R99: everyone who asked to be invited, and everyone who raised a barrier; each once, by name."""
    seats = _seats(project_id)
    invited = {id: seat.person for id, seat in seats.items() if seat.wants_review}
    raisers = {one.person.pk: one.person for one in barriers.raisers_to_ask(project_id)}
    found = [
        Reader(person, _route(person, seats.get(id)), invites=id in invited, asks=id in raisers)
        for id, person in {**raisers, **invited}.items()
        if _can_be_reached(person)
    ]
    return _by_name(found)


def readers_a_year_on(project_id: UUID) -> list[Reader]:
    """Everyone who asked to be invited to the review, or to hear what became of it."""
    seats = _seats(project_id)
    found = [
        Reader(seat.person, _route(seat.person, seat), invites=seat.wants_review)
        for seat in seats.values()
        if (seat.wants_review or seat.wants_outcomes) and _can_be_reached(seat.person)
    ]
    return _by_name(found)


def letters_of(review: Review, kind: str = "") -> QuerySet[YearLetter]:
    rows = YearLetter.objects.filter(review=review).select_related("person")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.order_by("-made_at", "person__name", "pk")


def emails_waiting(review_id: UUID | None = None) -> list[YearLetter]:
    """Of one review, or of all of them for the task worker."""
    rows = YearLetter.objects.filter(state=LetterState.WAITING, route=Route.EMAIL)
    rows = rows.filter(review_id=review_id) if review_id else rows
    return list(rows.select_related("person", "review__sign_off").order_by("made_at", "pk"))


def prints_waiting(review: Review) -> list[YearLetter]:
    rows = letters_of(review).filter(state=LetterState.WAITING, route=Route.PRINT)
    return list(rows.order_by("kind", "person__name", "pk"))


def is_still_wanted(letter: YearLetter) -> bool:
    """Whoever took back their wish since gets no letter; a raiser is still asked."""
    seat = people.seat_of(letter.person, letter.review.project_id)
    if not _can_be_reached(letter.person):
        return False
    if letter.kind == LetterKind.YEAR_ON:
        return bool(seat and (seat.wants_review or seat.wants_outcomes))
    return letter.asks or bool(seat and seat.wants_review)


def not_yet_invited(project_id: UUID) -> frozenset[UUID]:
    """The sign-offs whose review is open, and whose invitation has not gone to all who asked for it."""
    opened = dict(
        Review.objects.filter(project_id=project_id, state=State.OPEN).values_list("pk", "sign_off_id")
    )
    if not opened:
        return frozenset()
    wanted = {one.person.pk for one in readers_at_opening(project_id) if one.invites}
    gone = YearLetter.objects.filter(
        review__in=opened, kind=LetterKind.OPENING, invites=True, state=LetterState.SENT
    )
    invited = set(gone.values_list("review_id", "person_id"))
    return frozenset(
        sign_off for pk, sign_off in opened.items() if any((pk, person) not in invited for person in wanted)
    )


def raisers_who_owe_an_answer(project_id: UUID) -> int:
    return sum(bool(one.waiting) for one in barriers.raisers_to_ask(project_id))


def _seats(project_id: UUID) -> dict[UUID, Any]:
    return {seat.person_id: seat for seat in people.seats_of(project_id).prefetch_related(None)}


def _route(person: Any, seat: Any) -> Route:
    wants_email = seat is None or seat.contact_route == ContactRoute.EMAIL
    return rules.route_of(has_email=bool(person.email), wants_email=wants_email)


def _can_be_reached(person: Any) -> bool:
    return bool(person.is_active and not person.is_machine)


def _by_name(found: Iterable[Reader]) -> list[Reader]:
    return sorted(found, key=lambda one: str(one.person.name).casefold())
