"""Coming in: by code without an account, signed in, on paper; coming back; being recognised; being shown out."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people import queries as seats
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Place, Session
from ..terms import Device
from .planning import locked, moved, running


def join(*, code: str, name: str, group_id: UUID, phrase: str, key: UUID) -> Place:
    """Ask for a new place with the code of the room. The same `key` gives the same place.

    Nobody acts but the one who comes in, so a repeat is known by its key, which only their own form holds.
    """
    return _joined_before(key) or _new_place(
        code=code, name=name, group_id=group_id, phrase=phrase, join_key=key
    )


def _new_place(*, join_key: UUID, **facts: Any) -> Place:
    try:
        return _come_in(join_key=join_key, **facts)
    except IntegrityError:
        # The same form twice at the same moment: one of them has made the place.
        before = _joined_before(join_key)
        if before is None:
            raise
        return before


def _joined_before(key: UUID) -> Place | None:
    before = queries.place_joined_with(key)
    if before:
        settle(rules.a_place_that_was_taken_back_stays_so(is_removed=before.removed_at is not None))
    return before


@operation
def _come_in(*, code: str, name: str, group_id: UUID, phrase: str, join_key: UUID) -> Place:
    session = locked(queries.session_with_code(code).pk)
    settle([
        *rules.the_lobby_is_open(is_open=session.is_lobby_open),
        *rules.there_is_room(queries.places_of(session).count()),
        *rules.a_name_is_given(name, anonymous=session.is_anonymous),
    ])  # fmt: skip
    number = queries.next_number(session)
    called = _("Seat %(number)s") % {"number": number} if session.is_anonymous else name
    person = accounts.add_person(by=None, name=called)
    seat = people.seat_by_code(by=person, project_id=session.project_id, main_group_id=group_id)
    return _sit_down(person, session, seat, number=number, phrase=phrase, join_key=join_key)


@operation
def take_place(*, by: Any, project_id: UUID, session_id: UUID, phrase: str, key: UUID | None = None) -> Place:
    """Someone who is signed in and has a seat in the project sits down in the room."""
    queries.session_for(by, project_id, session_id, Purpose.CONTRIBUTE)
    session = locked(session_id)
    settle(rules.the_session_is_running(has_ended=session.has_ended))
    seat = seats.seat_of(by, project_id)
    if seat is None:
        raise NotThere
    before = queries.place_of_person(session, by)
    if before:
        return _handed_on(by, session, before, phrase)
    settle(rules.the_lobby_is_open(is_open=session.is_lobby_open))
    return _sit_down(by, session, seat, number=queries.next_number(session), phrase=phrase)


@operation
def set_a_place(
    *,
    by: Any,
    project_id: UUID,
    session_id: UUID,
    device: str,
    invitation_id: UUID | None = None,
    name: str = "",
    group_id: UUID | None = None,
    key: UUID | None = None,
) -> Place:
    """A place for someone without a device: one of the invited people, or someone new by name and group."""
    session = running(by, project_id, session_id)
    if invitation_id:
        seat = round_queries.invitation_in(session.round, invitation_id).seat
    else:
        settle(rules.a_name_is_given(name, anonymous=False))
        seat = people.add_seat(by=by, project_id=project_id, main_group_id=group_id or UUID(int=0), name=name)
    return _sit_down(by, session, seat, number=queries.next_number(session), device=Device(device))


@operation
def hand_on(
    *, by: Any, project_id: UUID, session_id: UUID, place_id: UUID, phrase: str, key: UUID | None = None
) -> Place:
    """A new phrase for someone whose phone died; what the old phone holds is worth nothing from now on."""
    session = running(by, project_id, session_id)
    return _handed_on(by, session, queries.place_in(session, place_id), phrase)


@operation
def come_back(*, by: Any, place_id: UUID, words: str, phrase: str, key: UUID | None = None) -> Place:
    """Someone sits down again on another device with their four words; `phrase` are the next ones."""
    session = locked(queries.own_place(by, place_id).session_id)
    settle(rules.the_session_is_running(has_ended=session.has_ended))
    # Two phones with the same words at the same moment: the words are worth one seat.
    place = queries.own_place(by, place_id)
    fit = place.phrase_digest == queries.digest_of_phrase(session.pk, words)
    settle(rules.words_open_a_place_once(fit=fit))
    return _handed_on(by, session, place, phrase)


@operation
def recognise(
    *,
    by: Any,
    project_id: UUID,
    session_id: UUID,
    place_id: UUID,
    invitation_id: UUID,
    key: UUID | None = None,
) -> Place:
    """“This is Priya, whom we expected”: the place takes over her invitation, and the double goes."""
    session = running(by, project_id, session_id)
    place = queries.place_in(session, place_id)
    expected = round_queries.invitation_in(session.round, invitation_id)
    has_place = queries.place_of_person(session, expected.person) is not None
    settle(rules.only_an_expected_person_is_recognised(has_place=has_place))
    double, why = place.invitation, _("Joined twice: the person was expected")
    place.invitation, place.person = expected, expected.person
    place.save(update_fields=["invitation", "person"])
    moved(session)
    record(
        by=by, verb="live.recognise", thing=place, project_id=project_id,
        after={"number": place.number, "person": expected.person_id},
    )  # fmt: skip
    _take_back(by, session, double, why)
    return place


@operation
def show_out(
    *, by: Any, project_id: UUID, session_id: UUID, place_id: UUID, why: str, key: UUID | None = None
) -> Place:
    """Take a place back. If nobody has answered from it, the invitation and the seat made with it go, too."""
    session = running(by, project_id, session_id)
    place = queries.place_in(session, place_id)
    invitation, place.removed_at = place.invitation, clock.now()
    place.save(update_fields=["removed_at"])
    moved(session)
    record(
        by=by, verb="live.show_out", thing=place, project_id=project_id,
        before={"number": place.number, "person": place.person_id}, after={"why": why},
    )  # fmt: skip
    if place.join_key and invitation and not round_queries.has_answered(invitation):
        _take_back(by, session, invitation, why)
    return place


def _sit_down(
    by: Any,
    session: Session,
    seat: Any,
    *,
    number: int,
    phrase: str = "",
    device: Device = Device.PHONE,
    join_key: UUID | None = None,
) -> Place:
    place = Place(
        session=session, person=seat.person, number=number, device=device, join_key=join_key,
        phrase_digest=queries.digest_of_phrase(session.pk, phrase) if phrase else "", joined_at=clock.now(),
    )  # fmt: skip
    place.invitation = rounds.invite_by_code(
        by=by, project_id=session.project_id, round_id=session.round_id, seat=seat
    )
    place.save(force_insert=True)
    record(
        by=by, verb="live.sit_down", thing=place, project_id=session.project_id,
        on_behalf_of=seat.person if seat.person_id != by.pk else None,
        after={"session": session.pk, "number": number, "device": device},
    )  # fmt: skip
    moved(session)
    return place


def _handed_on(by: Any, session: Session, place: Place, phrase: str) -> Place:
    place.epoch += 1
    place.phrase_digest = queries.digest_of_phrase(session.pk, phrase)
    place.save(update_fields=["epoch", "phrase_digest"])
    record(
        by=by, verb="live.hand_on", thing=place, project_id=session.project_id,
        on_behalf_of=place.person if place.person_id != by.pk else None, after={"epoch": place.epoch},
    )  # fmt: skip
    return place


def _take_back(by: Any, session: Session, invitation: Any, why: str) -> None:
    """What the join made: the invitation first, then the seat and its role."""
    where = {"by": by, "project_id": session.project_id}
    seat_id = invitation.seat_id
    rounds.take_back_invitation(**where, round_id=session.round_id, invitation_id=invitation.pk, why=why)
    people.unseat(**where, seat_id=seat_id, why=why)
