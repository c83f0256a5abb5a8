"""The life of a room, on the database."""

from typing import Any
from uuid import uuid4

import pytest

from coproduce.capabilities.accounts.queries import person as person_by_id
from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.live.models import Place, Session
from coproduce.capabilities.live.terms import CODE_LETTERS, Device
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.models import Invitation, OpenedAnswer
from coproduce.capabilities.rounds.terms import Rated, State, Written
from coproduce.core.access import NotThere, Role
from coproduce.core.findings import Override, Refused

from .factories import Room, a_room, a_writing_room

pytestmark = pytest.mark.django_db
WHY = Override("Everyone in the room is done.")


def test_a_code_has_six_letters_that_cannot_be_mistaken() -> None:
    code = a_room().session.join_code
    assert len(code) == 6
    assert set(code) <= set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("IOL0125S8B") - {"B", "S"}


def test_people_type_the_code_as_they_like() -> None:
    code = a_room().session.join_code
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    assert queries.session_with_code(typed).join_code == code


def test_who_joins_gets_a_seat_an_invitation_and_the_role_of_a_participant() -> None:
    room = a_room()
    place = room.join("Maureen")
    seat = people.seat_of(place.person, room.session.project_id)
    assert seat is not None
    assert (seat.main_group.code, place.number) == ("G1", 1)
    assert round_queries.invitation_of(room.session.round, place.person) == place.invitation
    assert place.person.email is None


def test_the_same_form_sent_twice_gives_one_place() -> None:
    room, key = a_room(), uuid4()
    first, again = room.join("Maureen", key=key), room.join("Maureen", key=key)
    assert first == again
    assert Place.objects.count() == Invitation.objects.count() == 1


def test_without_names_none_is_kept() -> None:
    room = a_room(is_anonymous=True)
    place = room.join("")
    assert place.person.name == "Seat 1"


def test_with_names_one_is_asked_for() -> None:
    with pytest.raises(Refused):
        a_room().join(" ")


def test_a_closed_door_lets_nobody_in() -> None:
    room = a_room()
    room.lead(operations.set_door, is_open=False)
    with pytest.raises(Refused):
        room.join("Maureen")


def test_three_people_without_names_begin_only_with_a_reason() -> None:
    room = a_room(is_anonymous=True)
    for _ in range(3):
        room.join("")
    with pytest.raises(Refused):
        room.lead(operations.start_writing)
    room.lead(operations.start_writing, override=Override("All three agreed."))
    assert room.session.round.is_open


def test_a_place_too_many_is_pointed_out() -> None:
    room = a_room()
    for name in ("Maureen", "Priya"):
        room.join(name)
    room.lead(operations.count_heads, heads=1)
    assert "twice" in str([str(one.message) for one in operations.what_starting_finds(room.session)])


def test_the_cookie_opens_one_place_in_one_room_and_no_other() -> None:
    room, other = a_room(), a_room()
    place = room.join("Maureen")
    token = queries.token_of(place)
    assert queries.place_held_by(token, room.session.pk) == place
    for wrong in ("", "x", token[:-1], token + "0", token.replace(".1.", ".2.")):
        with pytest.raises(NotThere):
            queries.place_held_by(wrong, room.session.pk)
    with pytest.raises(NotThere):
        queries.place_held_by(token, other.session.pk)


def test_a_new_phone_takes_the_place_over_and_the_old_one_holds_nothing() -> None:
    room = a_room()
    place = room.join("Maureen", phrase="acorn amber anchor apple")
    old = queries.token_of(place)
    assert queries.place_with_phrase(room.session.pk, "wrong words these are") is None
    found = queries.place_with_phrase(room.session.pk, "  Acorn amber anchor APPLE ")
    assert found == place
    words = "acorn amber anchor apple"
    back = operations.come_back(
        by=place.person, place_id=place.pk, words=words, phrase="badge baker basket beacon"
    )
    assert queries.place_held_by(queries.token_of(back), room.session.pk) == place
    with pytest.raises(NotThere):
        queries.place_held_by(old, room.session.pk)
    assert queries.place_with_phrase(room.session.pk, "acorn amber anchor apple") is None


def test_the_facilitator_gives_new_words_when_a_phone_died() -> None:
    room = a_room()
    place = room.join("Maureen")
    old = queries.token_of(place)
    room.lead(operations.hand_on, place_id=place.pk, phrase="badge baker basket beacon")
    with pytest.raises(NotThere):
        queries.place_held_by(old, room.session.pk)


def test_who_is_signed_in_sits_down_with_one_press_and_again_on_another_device() -> None:
    room = a_room()
    person = room.table.person("P01")
    first = operations.take_place(by=person, **room.about, phrase="one two three four")
    again = operations.take_place(by=person, **room.about, phrase="five six seven eight")
    assert first.pk == again.pk
    assert again.epoch == 2
    with pytest.raises(NotThere):
        operations.take_place(by=room.table.facilitator, **room.about, phrase="x")


def test_somebody_without_a_phone_gets_a_place_and_the_facilitator_writes_for_them() -> None:
    room = a_room()
    place = room.lead(operations.set_a_place, device=Device.PAPER, name="Len",
                      group_id=room.table.seats["P01"].main_group_id)  # fmt: skip
    room.lead(operations.start_writing)
    answer = rounds.answer_round(
        by=room.table.facilitator, project_id=room.session.project_id, round_id=room.session.round_id,
        invitation_id=place.invitation_id, channel="paper", read_back=True, written=Written(me=Rated("x", 1)),
    )  # fmt: skip
    assert (answer.channel, answer.entered_by) == ("paper", room.table.facilitator)


def test_someone_who_was_expected_is_recognised_and_counted_once() -> None:
    room = a_room()
    room.table.invite(["P01"])
    room.join("P one")
    expected = room.table.invitation("P01")
    double = room.places["P one"].person
    place = room.lead(operations.recognise, place_id=room.places["P one"].pk, invitation_id=expected.pk)
    assert (place.person, place.invitation) == (room.table.person("P01"), expected)
    assert round_queries.invitations_of(room.session.round).count() == 1
    assert people.seat_of(double, room.session.project_id) is None
    # The phone goes on holding the place, now as the person who was expected.
    assert queries.place_held_by(queries.token_of(place), room.session.pk).person == room.table.person("P01")


def test_who_has_answered_already_is_not_taken_for_somebody_else() -> None:
    room = a_room()
    room.table.invite(["P01"])
    room.join("P one")
    room.lead(operations.start_writing)
    room.answer("P one")
    with pytest.raises(Refused):
        room.lead(
            operations.recognise, place_id=room.places["P one"].pk,
            invitation_id=room.table.invitation("P01").pk,
        )  # fmt: skip
    assert queries.places_of(room.session).get().person == room.places["P one"].person


def test_a_stray_is_shown_out_and_leaves_no_trace_among_the_invited() -> None:
    room = a_room()
    place = room.join("Nuisance")
    room.lead(operations.show_out, place_id=place.pk, why="Nobody by that name is here.")
    assert not queries.places_of(room.session)
    assert not Invitation.objects.exists()
    with pytest.raises(NotThere):
        queries.place_held_by(queries.token_of(place), room.session.pk)


def test_an_answer_stays_when_its_place_is_taken_back() -> None:
    room = a_writing_room()
    room.answer("Len")
    room.lead(operations.show_out, place_id=room.places["Len"].pk, why="Left early.")
    assert round_queries.counts(room.session.round).answered == 1


def test_the_evening_goes_through_its_steps_and_each_step_moves_the_number() -> None:
    room = a_writing_room()
    seen = [room.session.seq]
    for name in room.places:
        room.answer(name)

    def step(verb: Any, **more: Any) -> None:
        room.lead(verb, **more)
        seen.append(room.session.seq)

    step(operations.seal, override=WHY)
    assert room.session.round.state == State.SEALED
    assert not OpenedAnswer.objects.exists()
    step(operations.begin_reading)
    while room.session.round.is_being_read:
        step(operations.show_turn)
        step(operations.end_turn)
    step(operations.open_second_answers)
    step(operations.close)
    step(operations.end_session)
    assert seen == sorted(set(seen))
    assert room.session.has_ended


def test_a_reader_shows_and_ends_their_own_turn() -> None:
    room = a_writing_room()
    for name in room.places:
        room.answer(name)
    room.lead(operations.seal, override=WHY)
    room.lead(operations.begin_reading)
    reader = round_queries.current_turn(room.session.round).answer.invitation.person_id
    mine = next(place for place in room.places.values() if place.person_id == reader)
    other = next(place for place in room.places.values() if place.person_id != reader)
    with pytest.raises(Refused):
        operations.show_own_turn(by=other.person, place=other)
    operations.show_own_turn(by=mine.person, place=mine)
    operations.end_own_turn(by=mine.person, place=mine)
    assert round_queries.progress(room.session.round).done == 1


def test_R29_nobody_comments_from_the_room_before_every_turn_is_done() -> None:
    room = a_writing_room()
    for name in room.places:
        room.answer(name)
    room.lead(operations.seal, override=WHY)
    room.lead(operations.begin_reading)
    maureen = room.places["Maureen"]
    with pytest.raises(Refused, match="R29"):
        operations.say(by=maureen.person, place=maureen, words="But …")
    while room.session.round.is_being_read:
        room.lead(operations.show_turn)
        room.lead(operations.end_turn)
    operations.say(by=maureen.person, place=maureen, words="Thank you.")
    assert round_queries.comments_of(room.session.round).count() == 1


def test_the_same_press_twice_is_one_step() -> None:
    room, key = a_writing_room(), uuid4()
    for _ in range(2):
        room.lead(operations.seal, override=WHY, key=key)
    before = room.session.seq
    key = uuid4()
    for _ in range(2):
        room.lead(operations.begin_reading, key=key)
    assert room.session.seq == before + 1


def test_the_hour_that_was_planned_makes_nobody_late_in_the_room() -> None:
    room = a_room()
    room.join("Maureen")
    planned = room.session.round.seals_at
    from datetime import timedelta

    from coproduce.core import clock

    with clock.at(planned - timedelta(minutes=5)):
        operations.start_writing(by=room.table.facilitator, **room.about)
    room.again()
    assert room.session.round.seals_at > planned


def test_who_joins_after_the_seal_answers_late_and_counts_in_no_figure_of_independence() -> None:
    room = a_writing_room()
    for name in room.places:
        room.answer(name)
    room.lead(operations.seal, override=WHY)
    late = room.join("Straggler")
    assert late.invitation is not None
    assert late.invitation.came_late
    room.answer("Straggler")
    room.read_all()
    found = round_queries.summary(room.session.round)
    assert (found.independence.part, found.independence.whole, found.late) == (3, 3, 1)


def test_barriers_are_put_into_themes_together_and_their_words_stay() -> None:
    from coproduce.capabilities.barriers import operations as barriers
    from coproduce.capabilities.barriers import queries as register
    from coproduce.capabilities.rounds.terms import RaisedBarrier

    room = a_writing_room()
    maureen = room.places["Maureen"]
    rounds.answer_round(
        by=maureen.person, project_id=room.session.project_id, round_id=room.session.round_id,
        written=Written(me=Rated("x", 1), barriers=(RaisedBarrier("No bus after six", 1),)),
    )  # fmt: skip
    room.lead(operations.seal, override=WHY)
    room.read_all()
    where = {"project_id": room.session.project_id, "round_id": room.session.round_id}
    if not register.barriers_of_round(**where):
        barriers.bring_in_from_round(by=room.table.facilitator, **where)
    room.lead(operations.add_theme, name="Getting there")
    theme = register.themes_of(room.session.project_id).get()
    barrier = register.barriers_of_round(**where).get()
    priya = room.places["Priya"]
    operations.put_in_theme(by=priya.person, place=priya, barrier_id=barrier.pk, theme_id=theme.pk)
    barrier.refresh_from_db()
    assert (barrier.theme, barrier.statement) == (theme, "No bus after six")


def test_a_round_has_one_room_at_a_time_and_a_sealed_one_none() -> None:
    room = a_writing_room()
    again = {"by": room.table.facilitator, "project_id": room.session.project_id, "title": "Again"}
    with pytest.raises(Refused):
        operations.plan_session(**again, round_id=room.session.round_id)
    room.lead(operations.seal, override=WHY)
    with pytest.raises(Refused):
        room.lead(operations.end_session)
    room.read_all()
    room.lead(operations.close)
    room.lead(operations.end_session)
    with pytest.raises(Refused):
        operations.plan_session(**again, round_id=room.session.round_id)


def test_an_ended_session_lets_nobody_do_anything() -> None:
    room = a_writing_room()
    room.lead(operations.end_session)
    for verb in (operations.start_writing, operations.seal, operations.begin_reading, operations.end_session):
        with pytest.raises(Refused):
            room.lead(verb)
    with pytest.raises(NotThere):
        queries.session_with_code(room.session.join_code)


def test_another_facilitator_takes_the_console_over() -> None:
    from coproduce.capabilities.accounts.operations import add_person
    from coproduce.capabilities.projects.operations import give_role

    room = a_writing_room()
    second = add_person(by=None, name="Bo Facilitator")
    give_role(
        by=room.table.facilitator, project_id=room.session.project_id, person=second, role=Role.FACILITATOR
    )
    operations.seal(by=second, **room.about, override=WHY)
    assert room.again().round.state == State.SEALED


def test_a_participant_leads_nothing() -> None:
    room = a_writing_room()
    for verb in (operations.seal, operations.end_session, operations.start_writing):
        with pytest.raises(NotThere):
            verb(by=room.places["Maureen"].person, **room.about)


def test_open_pages_are_told_of_each_step(django_capture_on_commit_callbacks: Any) -> None:
    from coproduce.core import live

    told: list[tuple[str, int]] = []

    def transport(topic: str, seq: int) -> None:
        told.append((topic, seq))

    room = a_writing_room()
    live.carry(transport)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            room.lead(operations.seal, override=WHY)
    finally:
        live.stop_carrying(transport)
    assert told == [(room.session.topic, room.session.seq)]


def test_the_rows_for_the_record_hold_no_code_and_no_cookie() -> None:
    room: Room = a_writing_room()
    rows = queries.rows_for_record(room.session.project_id)
    assert room.session.join_code not in str(rows)
    assert [row["id"] for row in rows["live_sessions"]] == [room.session.pk]
    assert Session.objects.count() == 1
    assert person_by_id(room.places["Maureen"].person_id)


def test_a_round_that_is_held_in_a_room_is_not_opened_from_elsewhere() -> None:
    room = a_writing_room()
    room.answer("Len")
    with pytest.raises(Refused, match="console"):
        rounds.seal_round(
            by=room.table.facilitator, project_id=room.session.project_id, round_id=room.session.round_id,
            override=WHY,
        )  # fmt: skip
    assert room.again().round.is_open
