"""The door of the room: the code and its limits, the cookie that holds a place, the four words."""

import logging
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.live.models import Place
from coproduce.capabilities.live.terms import CODE_LETTERS, MOST_TRIES_OF_ALL, TRIES
from coproduce.capabilities.rounds.models import Answer
from coproduce.core.access import NotThere

from .factories import Room, a_room, a_writing_room

pytestmark = pytest.mark.django_db
ANSWER = {
    "me_rating": "1",
    "around_rating": "skip",
    "intents": "fairness",
    "channel": "online",
    "barriers-count": "0",
}


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> Any:
    cache.clear()
    yield
    cache.clear()


def typed(code: str, address: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=address).post(reverse("live:enter_code"), {"code": code})


def wrong_code(room: Room) -> str:
    code = room.session.join_code
    return code[:-1] + next(letter for letter in CODE_LETTERS if letter != code[-1])


def joining(room: Room, name: str = "Maureen", client: Client | None = None, **extra: Any) -> Any:
    group = queries.groups_to_choose(room.session)[0]
    form = {"name": name, "group": str(group.pk), "request_key": str(uuid4())}
    return (client or Client()).post(reverse("live:join", args=[room.session.join_code]), form, **extra)


def guest(room: Room, name: str = "Maureen") -> Client:
    client = Client()
    client.cookies["place"] = queries.token_of(room.places[name])
    return client


def the_room(room: Room, name: str = "room") -> str:
    return reverse(f"live:{name}", args=[room.session.pk])


# Codes


def test_after_ten_wrong_codes_from_one_address_it_waits_and_others_do_not() -> None:
    room = a_room()
    for _try in range(TRIES):
        assert "No open room" in typed(wrong_code(room)).content.decode()
    assert "Too many wrong codes" in typed(room.session.join_code).content.decode()
    assert (
        Client(REMOTE_ADDR="192.0.2.1").get(reverse("live:join", args=[room.session.join_code])).status_code
        == 404
    )
    assert typed(room.session.join_code, "192.0.2.2").status_code == 302


def test_wrong_addresses_of_the_poster_and_wrong_words_count_like_wrong_codes() -> None:
    room = a_room()
    client = Client(REMOTE_ADDR="192.0.2.1")
    for _try in range(TRIES // 2):
        client.get(reverse("live:join", args=[wrong_code(room)]))
        client.post(the_room(room, "come_back"), {"phrase": "no such words here"})
    assert "Too many wrong codes" in typed(room.session.join_code).content.decode()
    again = client.post(the_room(room, "come_back"), {"phrase": "no such words here"})
    assert "Too many wrong tries" in again.content.decode()


def test_many_addresses_together_have_a_ceiling() -> None:
    room = a_room()
    cache.set("live-tries", MOST_TRIES_OF_ALL - 1, 60)
    assert "No open room" in typed(wrong_code(room), "192.0.2.9").content.decode()
    assert "Too many wrong codes" in typed(room.session.join_code, "192.0.2.8").content.decode()


def test_sixty_people_behind_one_address_come_in() -> None:
    room = a_room()
    for number in range(60):
        assert joining(room, f"Person {number}", REMOTE_ADDR="192.0.2.1").status_code == 302
    assert Place.objects.count() == 60


def test_a_count_that_runs_out_meanwhile_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *args: True)
    assert typed("AAAAAA").status_code == 200


def test_a_wrong_code_and_a_closed_door_look_the_same() -> None:
    from tests.permissions.checks import comparable

    room = a_room()
    room.lead(operations.set_door, is_open=False)
    closed, wrong = (reverse("live:join", args=[code]) for code in (room.session.join_code, wrong_code(room)))
    pages = [comparable(Client().get(place), place) for place in (closed, wrong)]
    assert pages[0] == pages[1]


# The cookie


def test_the_cookie_is_for_this_browser_alone(settings: Any) -> None:
    [place, words] = [joining(a_room()).cookies[name] for name in ("place", "place-words")]
    for cookie in (place, words):
        assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    settings.SESSION_COOKIE_SECURE = True
    answer = joining(a_room(), secure=True)
    cookie = answer.cookies["__Host-place"]
    assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["httponly"]) == (True, "/", "", True)
    assert answer.cookies["place-words"]["secure"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: "", lambda token: "x.y.z", lambda token: token[:-1], lambda token: f"{token}0",
        lambda token: token.replace(".1.", ".2."), lambda token: f"{uuid4().hex}{token[32:]}",
        lambda token: "\N{SNOWMAN}".encode().decode("latin-1"), lambda token: f"{token.rpartition('.')[0]}.\u00e9",
        lambda token: token.replace(".1.", f".{'9' * 5000}."),
    ],
)  # fmt: skip
def test_a_forged_cookie_opens_nothing(spoil: Any) -> None:
    room = a_writing_room("Maureen")
    client = Client()
    client.cookies["place"] = spoil(queries.token_of(room.places["Maureen"]))
    about = {"project_id": room.session.project_id, "round_id": room.session.round_id}
    assert client.get(the_room(room)).status_code == 404
    assert client.get(reverse("rounds:answer", kwargs=about)).status_code == 302


def test_a_cookie_is_worth_nothing_in_another_room_of_an_older_phone_and_once_taken_back() -> None:
    room, other = a_writing_room("Maureen", "Priya"), a_writing_room("Len")
    assert guest(room).get(the_room(room)).status_code == 200
    assert guest(room).get(the_room(other)).status_code == 404
    old = guest(room)
    room.lead(operations.hand_on, place_id=room.places["Maureen"].pk, phrase="badge baker basket beacon")
    assert old.get(the_room(room)).status_code == 404
    room.lead(operations.show_out, place_id=room.places["Priya"].pk, why="Left.")
    assert guest(room, "Priya").get(the_room(room)).status_code == 404


def test_another_signing_key_closes_every_door(settings: Any) -> None:
    room = a_writing_room("Maureen")
    client = guest(room)
    settings.SECRET_KEY = "another"
    assert client.get(the_room(room)).status_code == 404
    assert queries.place_with_phrase(room.session.pk, "words of Maureen") is None


def test_after_the_end_a_place_reads_and_changes_nothing() -> None:
    room = a_writing_room("Maureen", "Priya", "Len", "Ola")
    about = {"project_id": room.session.project_id, "round_id": room.session.round_id}
    receipt = room.answer("Maureen").receipt
    room.lead(operations.end_session)
    maureen = guest(room)
    page = maureen.get(the_room(room)).content.decode()
    assert "This session has ended" in page
    assert receipt in page
    assert maureen.get(reverse("rounds:answer", kwargs=about)).status_code == 302
    assert maureen.post(reverse("rounds:answer", kwargs=about), ANSWER).url.startswith("/account/")
    assert maureen.post(the_room(room, "double_time"), {"wanted": "yes"}).status_code == 409
    assert maureen.post(the_room(room, "comment"), {"words": "Too late"}).status_code == 422
    assert Answer.objects.count() == 1


# The four words


def test_a_form_with_the_four_words_that_arrives_twice_gives_the_same_seat() -> None:
    room = a_room()
    room.join("Maureen", phrase="acorn amber anchor apple")
    form = {"phrase": "Acorn  amber anchor apple", "request_key": str(uuid4())}
    first, again = (Client().post(the_room(room, "come_back"), form) for _time in range(2))
    assert first.cookies["place"].value == again.cookies["place"].value
    other = Client().post(the_room(room, "come_back"), {**form, "request_key": str(uuid4())})
    assert "fit no place" in other.content.decode()


def test_words_of_one_room_open_no_other() -> None:
    room, other = a_room(), a_room()
    room.join("Maureen", phrase="acorn amber anchor apple")
    answer = Client().post(the_room(other, "come_back"), {"phrase": "acorn amber anchor apple"})
    assert answer.status_code == 200


def test_no_place_stands_in_an_address_of_the_room_or_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    room = a_room()
    client = Client()
    welcome = joining(room, client=client).url
    place = Place.objects.get()
    client.get(welcome)
    page = client.get(the_room(room)).content.decode()
    client.get(the_room(room) + "nowhere/")
    token = client.cookies["place"].value
    for secret in (str(place.pk), place.pk.hex, token.rpartition(".")[2]):
        assert secret not in welcome + page + caplog.text
    assert room.session.join_code not in page


def test_a_joined_form_that_is_sent_again_after_being_shown_out_says_so() -> None:
    room, client, key = a_room(), Client(), str(uuid4())
    form = {"name": "Stray", "group": str(queries.groups_to_choose(room.session)[0].pk), "request_key": key}
    where = reverse("live:join", args=[room.session.join_code])
    client.post(where, form)
    room.lead(operations.show_out, place_id=Place.objects.get().pk, why="Nobody knows them.")
    assert "Your place was taken back" in client.post(where, form).content.decode()


def test_the_limits_are_told_where_an_installation_is_run() -> None:
    told = (Path(__file__).parents[5] / "docs/how-to/run.md").read_text()
    assert "wrong codes" in told


def test_who_holds_no_place_is_told_nothing_about_the_room() -> None:
    room = a_writing_room("Maureen")
    for name in ("room", "welcome", "state", "themes"):
        assert Client().get(the_room(room, name)).status_code == 404
    with pytest.raises(NotThere):
        queries.place_held_by("", room.session.pk)
