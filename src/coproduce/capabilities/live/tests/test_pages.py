"""The pages of the room, as a browser without JavaScript gets them."""

from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.live.models import Place, Session
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.models import Comment, Invitation, Turn
from coproduce.capabilities.rounds.terms import State
from coproduce.core import clock
from coproduce.core.findings import Override

from .factories import OPENS, Room, a_room, a_writing_room

pytestmark = pytest.mark.django_db
WHY = "Everyone in the room is done."


@pytest.fixture(autouse=True)
def _in_the_evening() -> Any:
    cache.clear()
    with clock.at(OPENS):
        yield


def leader(room: Room) -> Client:
    client = Client()
    client.force_login(room.table.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def guest(room: Room, name: str = "Maureen") -> Client:
    client = Client()
    client.cookies["place"] = queries.token_of(room.places[name])
    return client


def at(room: Room, name: str, **more: Any) -> str:
    about = {"session_id": room.session.pk, **more}
    of_room = {"room", "welcome", "turn", "double_time", "comment", "themes", "state", "come_back"}
    if name not in of_room:
        about["project_id"] = room.session.project_id
    return reverse(f"live:{name}", kwargs=about)


def words_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def press(client: Client, page: str, button: str, **typed: str) -> Any:
    """Press a button as a browser does: all that its form holds goes along."""
    found = BeautifulSoup(client.get(page).content, "html.parser").find_all("button")
    [it, *_more] = [one for one in found if " ".join(one.get_text().split()) == button]
    form = it.find_parent("form")
    values = {
        one["name"]: one.get("value", "")
        for one in form.select("input[name]:not([type=radio], [type=checkbox])")
    } | typed
    if it.get("name"):
        values[it["name"]] = it["value"]
    return client.post(form.get("action") or page, values)


def a_sealed_room(*names: str) -> Room:
    room = a_writing_room(*names)
    for name in room.places:
        room.answer(name)
    room.lead(operations.seal, override=Override(WHY))
    return room


def test_somebody_comes_in_writes_the_words_down_and_comes_back_on_another_phone() -> None:
    room, phone = a_room(), Client()
    code = room.session.join_code
    assert phone.post(reverse("live:enter_code"), {"code": f"{code[:3].lower()} {code[3:]}"}).url.endswith(
        f"{code}/"
    )
    page = reverse("live:join", args=[code])
    group = str(queries.groups_to_choose(room.session)[0].pk)
    refused = press(phone, page, "Come in", name="Maureen O’Hara")
    assert "Choose your group" in words_of(refused)
    assert "Maureen O’Hara" in refused.content.decode()
    welcome = press(phone, page, "Come in", name="Maureen O’Hara", group=group)
    shown = BeautifulSoup(phone.get(welcome.url).content, "html.parser").select_one(".app-words")
    assert shown
    assert phone.get(page).url == at(room, "room")
    other = Client()
    back = press(other, at(room, "come_back"), "Come back", phrase=shown.get_text().upper())
    assert "Seat 1" in words_of(other.get(back.url))
    assert phone.get(at(room, "room")).status_code == 404
    assert Place.objects.count() == 1


def test_the_lobby_counts_and_more_time_can_be_asked_for_in_it() -> None:
    room = a_room()
    room.join("Maureen")
    assert "1 person is here" in words_of(guest(room).get(at(room, "room")))
    assert press(guest(room), at(room, "room"), "Give me more time").status_code == 302
    assert "You have asked for more time" in words_of(guest(room).get(at(room, "room")))
    press(guest(room), at(room, "room"), "I no longer need it")
    assert not Invitation.objects.filter(double_time=True).exists()


def test_the_evening_by_its_buttons() -> None:
    room = a_room()
    for name in ("Maureen", "Priya", "Len"):
        room.join(name)
    console, page = leader(room), at(room, "console")
    press(console, page, "Start writing")
    assert "Write my answer" in words_of(guest(room).get(at(room, "room")))
    for name in room.places:
        room.answer(name)
    assert "Your receipt" in words_of(guest(room).get(at(room, "room")))
    press(console, page, "Seal the answers")
    room.again()
    root = round_queries.short_root(room.session.round)
    assert root in words_of(guest(room).get(at(room, "room")))
    assert root in words_of(console.get(at(room, "screen")))
    press(console, page, "Begin the reading")
    while room.again().round.is_being_read:
        press(console, page, "Show their words")
        press(console, page, "Next person")
    assert "Now we talk" in words_of(guest(room).get(at(room, "room")))
    press(guest(room), at(room, "room"), "Send to the room", words="Thank you all.")
    assert "Thank you all." in words_of(guest(room, "Len").get(at(room, "room")))
    press(console, page, "Add the theme", name="Getting there")
    assert guest(room).get(at(room, "themes")).status_code == 200
    press(console, page, "Ask for second answers")
    assert "Give my second answer" in words_of(guest(room).get(at(room, "room")))
    press(console, page, "Close the round")
    assert "Your receipt" in words_of(guest(room).get(at(room, "room")))
    press(console, page, "End the session")
    assert "This session has ended" in words_of(console.get(page))
    assert set(Turn.objects.values_list("state", flat=True)) == {"read"}


def test_a_reader_shows_their_words_and_others_have_no_such_button() -> None:
    room = a_sealed_room("Maureen", "Priya", "Len")
    room.lead(operations.begin_reading)
    reader = round_queries.current_turn(room.session.round).answer.invitation.person.name
    other = next(name for name in room.places if name != reader)
    assert "It is your turn" not in words_of(guest(room, other).get(at(room, "room")))
    assert f"words of {reader}" not in words_of(guest(room, other).get(at(room, "room")))
    press(guest(room, reader), at(room, "room"), "Show my words to all")
    assert f"words of {reader}" in words_of(guest(room, other).get(at(room, "room")))
    press(guest(room, reader), at(room, "room"), "I have read it")
    assert Turn.objects.filter(state="read").count() == 1


def test_a_press_on_an_old_page_changes_nothing_and_says_so() -> None:
    room = a_sealed_room("Maureen", "Priya", "Len")
    old = {"action": "begin", "seen": "open", "request_key": str(uuid4())}
    answer = leader(room).post(at(room, "console"), old)
    assert "The room had moved on" in words_of(answer)
    assert room.again().round.state == State.SEALED
    # And the button on the page that says so works.
    fresh = BeautifulSoup(answer.content, "html.parser").select_one("input[name=seen]")
    assert fresh
    assert fresh["value"] == "sealed"
    room.lead(operations.begin_reading)
    seen = queries.point_of(room.session)
    reader = round_queries.current_turn(room.session.round).answer.invitation.person.name
    room.lead(operations.show_turn)
    room.lead(operations.end_turn)
    for client, page in ((leader(room), "console"), (guest(room, reader), "turn")):
        press_again = client.post(
            at(room, page), {"action": "next" if page == "console" else "done", "seen": seen}
        )
        assert "The room had moved on" in words_of(press_again)
    assert not Turn.objects.filter(passes__gt=0).exists()


def test_a_press_without_what_its_page_showed_does_nothing() -> None:
    room = a_sealed_room("Maureen", "Priya", "Len")
    leader(room).post(at(room, "console"), {"action": "begin"})
    assert room.again().round.state == State.SEALED
    room.lead(operations.begin_reading)
    assert guest(room).post(at(room, "turn"), {"action": "elsewhere"}).status_code == 404
    assert leader(room).post(at(room, "console"), {"action": "elsewhere"}).status_code == 404


def test_sealing_early_asks_for_a_reason_and_keeps_it() -> None:
    room = a_writing_room("Maureen", "Priya")
    room.answer("Priya")
    page = at(room, "console")
    assert "has not answered" in words_of(press(leader(room), page, "Seal the answers"))
    refused = press(leader(room), page, "Seal the answers", override_reason=f"{WHY}\x07")
    assert WHY in refused.content.decode()
    assert room.again().round.is_open
    press(leader(room), page, "Seal the answers", override_reason=WHY)
    assert room.again().round.state == State.SEALED


def test_ending_the_reading_early_asks_for_a_reason_and_an_old_page_keeps_it() -> None:
    room = a_sealed_room("Maureen", "Priya", "Len")
    room.lead(operations.begin_reading)
    page, seen = at(room, "console"), queries.point_of(room.session)
    refused = press(leader(room), page, "Open all answers")
    assert "Say why the reading ends here" in words_of(refused)
    spoilt = press(leader(room), page, "Open all answers", override_reason=f"{WHY}\x07")
    assert "a character that cannot be kept" in words_of(spoilt)
    assert WHY in spoilt.content.decode()
    room.lead(operations.end_turn)
    old = {"action": "pass_the_rest", "seen": seen, "override_reason": "The caretaker locks up."}
    refused = leader(room).post(page, old)
    assert "The room had moved on" in words_of(refused)
    assert "The caretaker locks up." in refused.content.decode()
    press(leader(room), page, "Open all answers", override_reason="The caretaker locks up.")
    assert room.again().round.state == State.DISCUSSION


def test_a_session_does_not_end_while_answers_are_sealed() -> None:
    room = a_sealed_room("Maureen", "Priya", "Len")
    answer = leader(room).post(at(room, "console"), {"action": "end", "seen": "sealed"})
    assert "Close the round first" in words_of(answer)
    assert not room.again().has_ended


def test_small_forms_of_the_console_keep_what_is_wrong_with_them() -> None:
    room = a_writing_room("Maureen")
    for name, field, typed in (("heads", "heads", "many"), ("turn_seconds", "seconds", "3")):
        answer = leader(room).post(at(room, name), {field: typed})
        assert answer.status_code == 422
        assert f'value="{typed}"' in answer.content.decode()
    door = leader(room)
    press(door, at(room, "console"), "Close the door")
    assert not room.again().is_lobby_open
    press(door, at(room, "console"), "Open the door")
    assert room.again().is_lobby_open


def test_help_for_someone_in_the_list_of_places() -> None:
    room = a_room()
    room.join("Maureen")
    place = room.places["Maureen"]
    helper = leader(room)
    refused = press(helper, at(room, "set_a_place"), "Add them", name="Len", device="paper")
    assert "Choose the group of the new person" in words_of(refused)
    assert "Len" in refused.content.decode()
    group = str(queries.groups_to_choose(room.session)[0].pk)
    press(helper, at(room, "set_a_place"), "Add them", name="Len", device="paper", group=group)
    assert "Len" in words_of(helper.get(at(room, "places")))
    words = press(helper, at(room, "hand_on", place_id=place.pk), "Make new words")
    assert BeautifulSoup(words.content, "html.parser").select_one(".app-words")
    assert "Answer the question" in words_of(
        press(helper, at(room, "show_out", place_id=place.pk), "Take it back")
    ) or (Place.objects.filter(removed_at__isnull=True).count() == 2)
    press(helper, at(room, "show_out", place_id=place.pk), "Take it back", why="Joined twice.")
    assert Place.objects.filter(removed_at__isnull=True).count() == 1


def test_someone_who_gave_only_a_second_answer_is_shown_out_and_it_stays() -> None:
    from coproduce.capabilities.rounds import operations as rounds

    room = a_sealed_room("Maureen", "Priya", "Len")
    late = room.join("Straggler")
    room.read_all()
    room.lead(operations.open_second_answers)
    rounds.seal_second_answer(
        by=late.person, project_id=room.session.project_id, round_id=room.session.round_id, me_rating=1
    )
    press(leader(room), at(room, "show_out", place_id=late.pk), "Take it back", why="Had to go.")
    assert Place.objects.get(pk=late.pk).removed_at
    assert round_queries.second_count(room.session.round) == 1


def test_a_comment_that_comes_too_late_is_not_lost_on_the_way() -> None:
    room = a_sealed_room("Maureen", "Priya", "Len")
    answer = guest(room).post(at(room, "comment"), {"words": "But the bus!"})
    assert answer.status_code == 422
    assert "Listen first" in words_of(answer)
    assert "But the bus!" in answer.content.decode()
    assert not Comment.objects.exists()


# Whatever is typed is stored or refused with a sentence

ODD = st.one_of(
    st.text(max_size=200), st.text(alphabet="\x00\x07\u202e\ufeff\ud800a ", max_size=20),
    st.sampled_from(["", " ", "=1+1", "<script>", "A" * 5000, "\u0661\u0662", "ＡＢＣＤＥＦ", "%s %(x)s {x}", "null"]),
)  # fmt: skip
ODDLY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def sendable(text: str) -> str:
    """What a browser could send: half a character becomes a question mark on the way."""
    return text.encode("utf-8", "replace").decode()


@pytest.fixture
def talking() -> Room:
    room = a_sealed_room("Maureen", "Priya", "Len")
    room.read_all()
    return room


@given(text=ODD)
@ODDLY
def test_any_code_name_words_or_comment_is_kept_or_refused(talking: Room, text: str) -> None:
    cache.clear()
    text, room, somebody = sendable(text), talking, guest(talking)
    group = str(queries.groups_to_choose(room.session)[0].pk)
    posts = [
        (Client(), reverse("live:enter_code"), {"code": text}),
        (Client(), reverse("live:join", args=[room.session.join_code]), {"name": text, "group": group}),
        (Client(), reverse("live:join", args=[room.session.join_code]), {"name": "Bo", "group": text}),
        (Client(), at(room, "come_back"), {"phrase": text, "request_key": text}),
        (somebody, at(room, "comment"), {"words": text}),
        (somebody, at(room, "themes"), {"barrier": text, "theme": text}),
        (somebody, at(room, "turn"), {"action": text, "seen": text}),
        (leader(room), at(room, "console"), {"action": "close", "seen": text, "override_reason": text}),
        (leader(room), at(room, "add_theme"), {"name": text}),
        (leader(room), at(room, "heads"), {"heads": text}),
        (leader(room), at(room, "set_a_place"), {"name": text, "group": group, "device": "paper"}),
    ]
    said = Comment.objects.count()
    for client, place, form in posts:
        answer = client.post(place, form)
        assert answer.status_code in {200, 302, 404, 422}, (place, form)
        if place == at(room, "comment"):
            assert (Comment.objects.count() == said + 1) == (answer.status_code == 302)
    assert Session.objects.get().round.state == State.DISCUSSION


@given(token=ODD)
@ODDLY
def test_any_cookie_is_a_place_or_none(talking: Room, token: str) -> None:
    client = Client()
    client.cookies["place"] = sendable(token).encode().decode("latin-1")
    assert client.get(at(talking, "room")).status_code == 404
