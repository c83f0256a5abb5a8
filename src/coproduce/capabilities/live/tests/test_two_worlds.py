"""I-12: the same people answer as often, with other words. What everyone else gets is the same to the byte."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds.models import Answer
from coproduce.capabilities.rounds.terms import Intention, RaisedBarrier, Rated, Written
from coproduce.core import clock
from coproduce.core.findings import Override
from tests.permissions.checks import undone

from .factories import OPENS, Room, a_writing_room

pytestmark = pytest.mark.django_db
WHY = Override("Everyone in the room is done.")
SHORT = Written(me=Rated("No", -3), around=Rated("", 1))
LONG = Written(
    me=Rated("Because of the bus. " * 100, 3), around=Rated("All of them. " * 50, -2), question="When? " * 30,
    intention=Intention(("save_money",), words="It says so. " * 40),
    barriers=tuple(RaisedBarrier(f"Barrier {number} " * 10, 1, 5, 1) for number in range(8)),
)  # fmt: skip
# What differs at every request; and the codes that fix the answers, which have a fixed length and tell nothing.
CHANCE = re.compile(
    rb'value="[A-Za-z0-9]{64}"|value="[0-9a-f-]{36}"|\?t=[\w:.-]+|data-server-now="[^"]*"|[A-Z2-7]{10}(?=[<.])|plot-\d+'
)


@pytest.fixture
def room() -> Room:
    return a_writing_room("Maureen", "Priya", "Len", "Onlooker")


def what_others_get(room: Room) -> dict[str, bytes]:
    """The console, the list of places, the room screen, the states, and the room of someone who wrote nothing."""
    about = room.about
    leader, onlooker = Client(), Client()
    leader.force_login(room.table.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    onlooker.cookies["place"] = queries.token_of(room.places["Onlooker"])
    names = ("console", "places", "screen", "console_state", "sessions")
    pages = {name: leader.get(reverse(f"live:{name}", kwargs=about if name != "sessions" else _project(about)))
             for name in names}  # fmt: skip
    pages |= {
        name: onlooker.get(reverse(f"live:{name}", args=[room.session.pk])) for name in ("room", "state")
    }
    pages["round"] = leader.get(
        reverse("rounds:round", kwargs={**_project(about), "round_id": room.session.round_id})
    )
    pages["places.csv"] = leader.get(reverse("live:places", kwargs=about) + "?format=csv")
    assert {page.status_code for page in pages.values()} == {200}
    return {name: CHANCE.sub(b"*", b"".join(page) if page.streaming else page.content)
            for name, page in pages.items()}  # fmt: skip


def _project(about: dict[str, Any]) -> dict[str, Any]:
    return {"project_id": about["project_id"]}


def in_a_world(room: Room, live: Callable[[], None]) -> tuple[dict[str, bytes], set[int]]:
    """What others get, and how long the sealed answers are, in a world that is then undone."""
    with undone(), clock.at(OPENS):
        live()
        room.again()
        sizes = {len(bytes(one.ciphertext)) for one in Answer.objects.defer(None)}
        found = what_others_get(room), sizes
    room.again()
    return found


def differing(
    one: tuple[dict[str, bytes], set[int]], other: tuple[dict[str, bytes], set[int]]
) -> list[tuple[str, bytes, bytes]]:
    """Each page that differs, with where it begins to."""
    found = [] if one[1] == other[1] else [("sizes", repr(one[1]).encode(), repr(other[1]).encode())]
    for name, page in one[0].items():
        if page != other[0][name]:
            pairs = zip(page, other[0][name], strict=False)
            at = next((at for at, (a, b) in enumerate(pairs) if a != b), 0)
            found.append((name, page[at - 60 : at + 60], other[0][name][at - 60 : at + 60]))
    return found


def all_write(room: Room, written: Written) -> None:
    for name in ("Maureen", "Priya", "Len"):
        place = room.places[name]
        rounds.answer_round(
            by=place.person, project_id=room.session.project_id, round_id=room.session.round_id,
            written=written,
        )  # fmt: skip


def test_while_people_write_the_words_change_nothing_for_others(room: Room) -> None:
    short, long = (
        in_a_world(room, lambda written=written: all_write(room, written)) for written in (SHORT, LONG)
    )
    assert not differing(short, long)


def test_once_sealed_the_words_change_nothing_for_others(room: Room) -> None:
    def sealed(written: Written) -> None:
        all_write(room, written)
        operations.seal(by=room.table.facilitator, **room.about, override=WHY)

    short, long = (in_a_world(room, lambda written=written: sealed(written)) for written in (SHORT, LONG))
    assert not differing(short, long)


@pytest.mark.parametrize("rating", [-3, 3])
def test_second_answers_change_nothing_for_others_until_the_close(room: Room, rating: int) -> None:
    all_write(room, SHORT)
    room.lead(operations.seal, override=WHY)
    room.read_all()
    room.lead(operations.open_second_answers)

    def again(me: int | None, words: str) -> None:
        for name in ("Maureen", "Priya"):
            rounds.seal_second_answer(
                by=room.places[name].person, project_id=room.session.project_id,
                round_id=room.session.round_id, me_rating=me, words=words,
            )  # fmt: skip

    first = in_a_world(room, lambda: again(rating, "Yes"))
    assert not differing(first, in_a_world(room, lambda: again(None, "I heard them. " * 60)))


def test_another_number_of_answers_is_seen() -> None:
    """Without this, the tests above might compare nothing."""
    room = a_writing_room("Maureen", "Priya", "Len", "Onlooker")
    three, _sizes = in_a_world(room, lambda: all_write(room, SHORT))
    none, _sizes = in_a_world(room, lambda: None)
    assert {name for name in three if three[name] != none[name]} >= {"console", "screen", "console_state"}


def test_an_answer_that_is_longer_than_its_size_would_be_seen(room: Room) -> None:
    huge = Written(me=Rated("word " * 4000, 1))
    assert (
        in_a_world(room, lambda: all_write(room, huge))[1]
        != in_a_world(room, lambda: all_write(room, SHORT))[1]
    )
