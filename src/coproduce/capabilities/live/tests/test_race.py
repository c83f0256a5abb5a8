"""What happens at the same moment in one room: one step for one press, one place for one person, no answer lost."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import close_old_connections

from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.live.models import Place
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.models import Answer, Invitation, OpenedAnswer, Turn
from coproduce.capabilities.rounds.rules import sealing
from coproduce.capabilities.rounds.terms import Rated, State, Written
from coproduce.capabilities.rounds.tests.test_race import at_once
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Override, Refused
from coproduce.core.ledger import checking

from .factories import OPENS, Room, a_room

pytestmark = pytest.mark.django_db(transaction=True)
WHY = Override("Everyone in the room is done.")
Work = Callable[[], Any]


def a_room_of(*names: str, answered: bool = True) -> Room:
    room = a_room()
    for name in names:
        room.join(name)
    room.lead(operations.start_writing)
    for name in names if answered else ():
        room.answer(name)
    return room


def pressing(room: Room, verb: Any, by: Any = None, **more: Any) -> Work:
    """One facilitator presses a button on the page that they see now."""
    seen = queries.point_of(room.again())

    def press() -> Any:
        with clock.at(OPENS):
            return verb(by=by or room.table.facilitator, **room.about, seen=seen, key=uuid4(), **more)

    return press


def answering(room: Room, name: str, text: str = "again") -> Work:
    place = room.places[name]

    def answer() -> Any:
        try:
            with clock.at(OPENS):
                return rounds.answer_round(
                    by=place.person, project_id=room.session.project_id, round_id=room.session.round_id,
                    written=Written(me=Rated(text, 1)), key=uuid4(),
                )  # fmt: skip
        except NotThere as gone:
            return gone

    return answer


def refusals(results: list[Any]) -> list[Refused]:
    return [one for one in results if isinstance(one, Refused)]


def assert_whole() -> None:
    close_old_connections()
    assert not checking.verify_database().wrong


def test_answers_that_meet_the_seal_of_the_console_are_on_time_or_late_and_none_is_lost() -> None:
    names = [f"Person {number}" for number in range(6)]
    room = a_room_of(*names, answered=False)
    press = pressing(room, operations.seal, override=WHY)
    results = at_once(press, *(answering(room, name, f"of {name}") for name in names))
    assert not refusals(results)
    assert Answer.objects.count() == len(names)
    on_time = sorted(Answer.objects.filter(is_late=False).values_list("commitment", flat=True))
    assert room.again().round.root == sealing.root(bytes.fromhex(one) for one in on_time).hex()
    assert not OpenedAnswer.objects.exists()
    room.read_all()
    assert OpenedAnswer.objects.count() == len(names)
    assert_whole()


@pytest.mark.parametrize("verb", [operations.seal, operations.start_writing])
def test_two_facilitators_press_the_same_step_and_it_happens_once(verb: Any) -> None:
    room = a_room_of("Maureen", "Priya") if verb is operations.seal else a_room()
    room.join("Len")
    second = room.another_facilitator()
    more = {"override": WHY}
    results = at_once(pressing(room, verb, **more), pressing(room, verb, second, **more))
    assert len(refusals(results)) == 1
    assert "moved on" in str(refusals(results)[0].findings[0].message)
    assert room.again().round.state == (State.SEALED if verb is operations.seal else State.OPEN)


def test_two_facilitators_press_next_person_and_nobody_is_skipped() -> None:
    room = a_room_of("Maureen", "Priya", "Len", "Ola")
    room.lead(operations.seal, override=WHY)
    room.lead(operations.begin_reading)
    second = room.another_facilitator()
    for _turn in range(4):
        results = at_once(pressing(room, operations.show_turn), pressing(room, operations.show_turn, second))
        assert len(refusals(results)) == 1
        results = at_once(pressing(room, operations.end_turn), pressing(room, operations.end_turn, second))
        assert len(refusals(results)) == 1
    assert room.again().round.state == State.DISCUSSION
    assert set(Turn.objects.values_list("state", "passes")) == {("read", 0)}
    assert_whole()


def test_the_reader_and_the_facilitator_end_the_same_turn_and_the_next_person_keeps_theirs() -> None:
    room = a_room_of("Maureen", "Priya", "Len")
    room.lead(operations.seal, override=WHY)
    room.lead(operations.begin_reading)
    room.lead(operations.show_turn)
    seen = queries.point_of(room.again())
    reader = round_queries.current_turn(room.session.round).answer.invitation.person_id
    mine = next(place for place in room.places.values() if place.person_id == reader)
    results = at_once(
        lambda: operations.end_own_turn(by=mine.person, place=mine, seen=seen),
        pressing(room, operations.end_turn),
    )
    assert len(refusals(results)) == 1
    turns = list(Turn.objects.order_by("place").values_list("state", flat=True))
    assert turns == ["read", "called", "waiting"]


def test_without_the_guard_a_stale_console_skips_a_turn() -> None:
    """Without this, the tests above might be green for another reason."""
    room = a_room_of("Maureen", "Priya", "Len")
    room.lead(operations.seal, override=WHY)
    room.lead(operations.begin_reading)
    room.lead(operations.show_turn)
    for _facilitator in range(2):
        room.lead(operations.end_turn)
    assert Turn.objects.filter(passes=1).count() == 1


def test_one_press_that_arrives_five_times_is_one_step() -> None:
    room = a_room_of("Maureen", "Priya", "Len")
    room.lead(operations.seal, override=WHY)
    room.lead(operations.begin_reading)
    room.lead(operations.show_turn)
    seen, key, before = queries.point_of(room.again()), uuid4(), room.session.seq
    press = {"by": room.table.facilitator, **room.about, "seen": seen, "key": key}
    results = at_once(*[lambda: operations.end_turn(**press)] * 5)
    assert not refusals(results)
    assert room.again().seq == before + 1


def test_one_join_form_that_arrives_five_times_gives_one_place() -> None:
    room, key = a_room(), uuid4()
    group_id = queries.groups_to_choose(room.session)[0].pk
    form = {"code": room.session.join_code, "name": "Maureen", "group_id": group_id, "phrase": "a b c d"}
    places = at_once(*[lambda: operations.join(**form, key=key)] * 5)
    assert len({place.pk for place in places}) == 1
    assert Place.objects.count() == Invitation.objects.count() == 1


def test_many_come_in_at_once_and_no_two_get_the_same_number() -> None:
    room = a_room()
    group_id = queries.groups_to_choose(room.session)[0].pk
    code = room.session.join_code
    form = {"code": code, "group_id": group_id, "phrase": "a b c d"}
    at_once(*[lambda: operations.join(**form, name="Someone", key=uuid4())] * 8)
    assert sorted(Place.objects.values_list("number", flat=True)) == list(range(1, 9))
    assert_whole()


def test_at_the_moment_when_the_door_closes_each_is_in_or_told() -> None:
    room = a_room()
    group_id = queries.groups_to_choose(room.session)[0].pk
    form = {"code": room.session.join_code, "group_id": group_id, "phrase": "a b c d", "name": "Someone"}
    results = at_once(
        lambda: operations.set_door(by=room.table.facilitator, **room.about, is_open=False),
        *[lambda: operations.join(**form, key=uuid4())] * 5,
    )
    came_in = [one for one in results if isinstance(one, Place)]
    assert len(came_in) + len(refusals(results)) == 5
    assert Place.objects.count() == Invitation.objects.count() == len(came_in)
    assert not room.again().is_lobby_open


def test_two_phones_with_the_same_four_words_and_one_gets_the_seat() -> None:
    room = a_room()
    place = room.join("Maureen", phrase="acorn amber anchor apple")
    words = {"words": "acorn amber anchor apple"}
    back = {"by": place.person, "place_id": place.pk, **words}
    results = at_once(
        *(
            (lambda phrase=phrase: operations.come_back(**back, phrase=phrase, key=uuid4()))
            for phrase in ("one one one one", "two two two two")
        )
    )
    [came] = [one for one in results if isinstance(one, Place)]
    assert len(refusals(results)) == 1
    assert queries.place_held_by(queries.token_of(came), room.session.pk) == place


def test_someone_signed_in_sits_down_on_two_devices_and_the_later_one_holds_the_place() -> None:
    room = a_room()
    person = room.table.person("P01")
    take = {"by": person, **room.about, "phrase": "a b c d"}
    places = at_once(*[lambda: operations.take_place(**take, key=uuid4())] * 2)
    assert sorted(place.epoch for place in places) == [1, 2]
    assert Place.objects.count() == 1


def test_being_recognised_while_answering_leaves_one_answer_of_one_person() -> None:
    for _round in range(3):
        room = a_room()
        room.table.invite(["P01"])
        room.join("P one")
        room.lead(operations.start_writing)
        double, expected = room.places["P one"], room.table.invitation("P01")
        answer, recognised = at_once(
            answering(room, "P one"),
            lambda room=room, double=double, expected=expected: operations.recognise(
                by=room.table.facilitator, **room.about, place_id=double.pk, invitation_id=expected.pk
            ),
        )
        held = queries.place_held_by(queries.token_of(double), room.session.pk)
        if isinstance(recognised, Refused):
            assert (answer.invitation_id, held.person_id) == (double.invitation_id, double.person_id)
        else:
            assert isinstance(answer, NotThere)
            assert held.person_id == expected.person_id
        assert Answer.objects.filter(round=room.session.round).count() == isinstance(answer, Answer)
    assert_whole()


def test_being_shown_out_while_answering_keeps_the_answer_or_says_so() -> None:
    for _round in range(3):
        room = a_room_of("Maureen", "Stray", answered=False)
        stray = room.places["Stray"]
        answer, out = at_once(
            answering(room, "Stray"),
            lambda room=room, stray=stray: operations.show_out(
                by=room.table.facilitator, **room.about, place_id=stray.pk, why="Nobody knows them."
            ),
        )
        assert out.removed_at
        kept = Answer.objects.filter(round=room.session.round).count()
        assert kept == isinstance(answer, Answer)
        seated = people.seat_of(stray.person, room.session.project_id) is not None
        assert seated == bool(kept)
    assert_whole()


def test_private_wishes_and_answers_do_not_wait_for_each_other_for_ever() -> None:
    room = a_room_of("Maureen", "Priya", "Len", answered=False)
    wishes: list[Work] = [
        lambda place=place: operations.ask_for_double_time(by=place.person, place=place, wanted=True)
        for place in room.places.values()
    ]
    results = at_once(*wishes, *(answering(room, name) for name in room.places))
    assert not refusals(results)
    assert Invitation.objects.filter(double_time=True).count() == Answer.objects.count() == 3
