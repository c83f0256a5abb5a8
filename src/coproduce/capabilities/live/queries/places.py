"""Places in the room and the cookie that holds one: signed, without an account, worth nothing after a new epoch."""

import hmac
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from coproduce.core.access import NotThere

from ..models import Place, Session
from ..terms import PHRASE_LIST, PHRASE_WORDS


def token_of(place: Place) -> str:
    """What the browser keeps: the place, its epoch, and a signature over both and the session."""
    return f"{place.pk.hex}.{place.epoch}.{_signature(place.pk, place.session_id, place.epoch)}"


def place_held_by(token: str, session_id: UUID) -> Place:
    """The door of the room: one query. Raises NotThere for a forged, outdated or foreign token."""
    place_id, epoch = _read(token, session_id)
    places = Place.objects.select_related(
        "person", "session__round", "session__project", "invitation__group", "invitation__seat"
    )
    place = places.filter(
        pk=place_id, session_id=session_id, epoch=epoch, removed_at__isnull=True, invitation__isnull=False
    ).first()
    if place is None:
        raise NotThere
    assert place.invitation is not None
    place.invitation.round, place.invitation.person = place.session.round, place.person
    return place


def place_held_in(token: str, round_id: UUID) -> Place | None:
    """The place that this token holds in a running session of a round; at most one query."""
    place_id = token.partition(".")[0]
    if len(place_id) != 32 or not place_id.isalnum():
        return None
    places = Place.objects.select_related("person", "session").filter(
        session__round_id=round_id, session__ended_at__isnull=True
    )
    try:
        place = places.filter(pk=UUID(place_id), removed_at__isnull=True).first()
        fits = place is not None and _read(token, place.session_id) == (place.pk, place.epoch)
    except (ValueError, NotThere):
        return None
    return place if fits else None


def _read(token: str, session_id: UUID) -> tuple[UUID, int]:
    try:
        hexed, number, signature = token.split(".")
        place_id, epoch = UUID(hexed), int(number)
    except ValueError:
        raise NotThere from None
    # As bytes: a cookie may hold letters that a comparison of strings refuses.
    if not hmac.compare_digest(signature.encode(), _signature(place_id, session_id, epoch).encode()):
        raise NotThere
    return place_id, epoch


def _signature(place_id: UUID, session_id: UUID, epoch: int) -> str:
    return _keyed("coproduce/live/place", f"{place_id}|{session_id}|{epoch}")


def _keyed(use: str, words: str) -> str:
    key = sha256(f"{use}|{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, words.encode(), sha256).hexdigest()


def phrase_of(key: UUID | None) -> str:
    """Four plain words, with which someone comes back on another phone; the same for a repeat of the same form."""
    drawn = bytes.fromhex(_keyed("coproduce/live/words", str(key)))
    pairs = [int.from_bytes(drawn[2 * i : 2 * i + 2]) for i in range(PHRASE_WORDS)]
    return " ".join(PHRASE_LIST[pair % len(PHRASE_LIST)] for pair in pairs)


def digest_of_phrase(session_id: UUID, phrase: str) -> str:
    return _keyed("coproduce/live/phrase", f"{session_id}|{' '.join(phrase.lower().split())}")


def places_of(session: Session) -> QuerySet[Place]:
    """Everyone in the room, by number, with group and device; never whether they have answered."""
    places = Place.objects.filter(session=session, removed_at__isnull=True)
    return places.select_related("person", "invitation__group").order_by("number")


def place_in(session: Session, place_id: UUID) -> Place:
    place = places_of(session).filter(pk=place_id).first()
    if place is None:
        raise NotThere
    place.session = session
    return place


def place_with_phrase(session_id: UUID, phrase: str) -> Place | None:
    places = Place.objects.filter(
        session_id=session_id, session__ended_at__isnull=True, removed_at__isnull=True
    )
    return places.select_related("person").filter(phrase_digest=digest_of_phrase(session_id, phrase)).first()


def place_joined_with(key: UUID | None) -> Place | None:
    """What an earlier sending of the same form made, taken back or not."""
    if key is None:
        return None
    return Place.objects.select_related("session").filter(join_key=key).first()


def own_place(person: Any, place_id: UUID) -> Place:
    places = Place.objects.select_related("person", "session")
    place = places.filter(pk=place_id, person_id=person.pk, removed_at__isnull=True).first()
    if place is None:
        raise NotThere
    return place


def place_of_person(session: Session, person: Any) -> Place | None:
    return places_of(session).filter(person_id=person.pk).first()


def next_number(session: Session) -> int:
    last = Place.objects.filter(session=session).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1
