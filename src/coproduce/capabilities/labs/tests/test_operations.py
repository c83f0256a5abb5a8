from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from coproduce.capabilities.labs import operations, queries
from coproduce.capabilities.labs.models import Arrangement, HandedOn, Invited, Lab, Turn
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people.terms import GroupKind, Label
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry, Payload

from .factories import DAY, EVENING, House, a_house


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule for finding in refused.value.findings}


def content() -> dict:
    """What the newest entry of the ledger holds."""
    return Payload.objects.order_by("-entry__seq").first().content


def kept() -> set[str]:
    """The rules whose findings stay with the newest entry."""
    return {finding["rule"] for finding in content().get("findings", [])}


# Planning


def test_labs_are_numbered_and_begin_with_ground_rules(house: House) -> None:
    first, second = house.lab(), house.lab(ground_rules=["Be kind"])
    assert [first.code, second.code] == ["L1", "L2"]
    assert len(first.ground_rules) == 7
    assert second.ground_rules == ["Be kind"]
    assert (first.minutes, first.ways, first.ends - first.begins) == (120, ["in person"], timedelta(hours=2))


def test_only_the_facilitator_plans(house: House) -> None:
    for person in (house.manager, house.observer, house.maureen):
        with pytest.raises(NotThere):
            operations.plan_lab(by=person, project_id=house.id, question="X", date=DAY, starts_at=time(9))
    assert not Lab.objects.exists()


def test_a_lab_without_a_question_is_refused(house: House) -> None:
    with pytest.raises(Refused):
        house.lab(question=" ")
    assert not Lab.objects.exists()


def test_R50_the_plan_keeps_the_warning_and_a_round_takes_it_away(house: House) -> None:
    from coproduce.capabilities.rounds import operations as rounds

    house.lab()
    assert "R50" in kept()
    the_round = rounds.draft_round(
        **house.here, title="First thoughts", opens_at=clock.now(), seals_at=clock.now() + timedelta(days=5)
    )
    lab = house.lab(round=the_round)
    assert "R50" not in kept()
    assert lab.has_opening_write
    lab.held_at = clock.now()
    assert not lab.has_opening_write


def test_a_round_of_another_project_opens_no_lab(house: House) -> None:
    from coproduce.capabilities.rounds import operations as rounds

    elsewhere = a_house()
    theirs = rounds.draft_round(
        **elsewhere.here, title="Theirs", opens_at=clock.now(), seals_at=clock.now() + timedelta(days=5)
    )
    with pytest.raises(NotThere):
        house.lab(round=theirs)


def test_a_changed_plan_keeps_what_it_was_and_counts_its_changes(house: House) -> None:
    lab = house.lab()
    changed = operations.change_lab(**house.here, lab_id=lab.pk, changes={"place": "Village hall"})
    assert (changed.place, changed.revision) == ("Village hall", 1)
    assert (content()["before"]["place"], content()["after"]["place"]) == ("", "Village hall")
    with pytest.raises(TypeError):
        operations.change_lab(**house.here, lab_id=lab.pk, changes={"held_at": None})


def test_the_same_request_twice_plans_one_lab(house: House) -> None:
    key = uuid7()
    assert house.lab(key=key) == house.lab(key=key)
    assert Lab.objects.count() == 1


# R104 and inviting


def test_R04_nobody_is_invited_to_a_lab_before_it_is_said_what_can_change(house: House) -> None:
    operations.declare_facilitation(**house.here, changes={"paid_by": "The council"})
    lab = house.lab()
    with pytest.raises(Refused) as refused:
        operations.invite(**house.here, lab_id=lab.pk, seat_ids=[house.seats["Maureen Hallett"].pk])
    assert rules_of(refused) == {"R04"}


def test_R104_nobody_is_invited_before_the_payer_is_declared(house: House) -> None:
    house.open_to_change()
    lab, seats = house.lab(), [seat.pk for seat in house.seats.values()]
    with pytest.raises(Refused) as refused:
        operations.invite(**house.here, lab_id=lab.pk, seat_ids=seats)
    assert rules_of(refused) == {"R104"}
    assert not Invited.objects.exists()
    house.declare()
    operations.invite(**house.here, lab_id=lab.pk, seat_ids=seats)
    assert Invited.objects.count() == 5


def test_inviting_again_sets_the_list_and_keeps_what_it_was(house: House) -> None:
    house.declare()
    lab, seats = house.lab(), house.seats
    both = [seats["Maureen Hallett"].pk, seats["Graham Tully"].pk]
    operations.invite(**house.here, lab_id=lab.pk, seat_ids=both)
    assert kept() == {"R52"}
    operations.invite(**house.here, lab_id=lab.pk, seat_ids=both[:1])
    assert [row.seat_id for row in queries.invited_to(lab)] == both[:1]
    assert content()["before"]["invited"] == ["P01", "P04"]


def test_a_seat_of_another_project_is_not_invited(house: House) -> None:
    house.declare()
    stranger = a_house().seats["Maureen Hallett"]
    with pytest.raises(NotThere):
        operations.invite(**house.here, lab_id=house.lab().pk, seat_ids=[stranger.pk])


# R15 and R16: the access plan


def with_a_need(house: House) -> tuple[Lab, Any]:
    need, lab = house.need(), house.lab()
    house.declare()
    operations.invite(**house.here, lab_id=lab.pk, seat_ids=[house.seats["Maureen Hallett"].pk])
    return lab, need


def test_R15_the_access_plan_has_the_need_and_no_name_or_reason(house: House) -> None:
    lab, need = with_a_need(house)
    house.need("Colin Whitlock", "transport")
    (line,) = queries.access_plan(lab)
    assert (line.id, line.need, line.state) == (need.pk, "Urdu interpreter", "not yet")
    assert "Maureen" not in repr(line)


def test_R16_an_unmet_need_warns_until_it_is_arranged(house: House) -> None:
    lab, need = with_a_need(house)
    figures = queries.figures_of(house.id)
    assert "R16" in {one.rule for one in queries.findings_of(figures, lab, queries.access_plan(lab))}
    operations.arrange(**house.here, lab_id=lab.pk, need_id=need.pk, state="arranged", arranged_by="Yvonne")
    (line,) = queries.access_plan(lab)
    assert (line.state, line.arranged_by) == ("arranged", "Yvonne")
    assert "R16" not in {one.rule for one in queries.findings_of(figures, lab, [line])}


def test_R15_the_ledger_never_holds_what_somebody_needs(house: House) -> None:
    lab, need = with_a_need(house)
    operations.arrange(**house.here, lab_id=lab.pk, need_id=need.pk, state="met", arranged_by="Urdu Services")
    assert not [row for row in Payload.objects.all() if "Urdu" in str(row.content)]


def test_only_needs_of_those_who_are_invited_are_arranged(house: House) -> None:
    lab, _need = with_a_need(house)
    other = house.need("Colin Whitlock", "transport")
    with pytest.raises(NotThere):
        operations.arrange(**house.here, lab_id=lab.pk, need_id=other.pk, state="met")


def test_a_need_that_is_taken_away_takes_its_arrangement_along(house: House) -> None:
    lab, need = with_a_need(house)
    operations.arrange(**house.here, lab_id=lab.pk, need_id=need.pk, state="met")
    people.remove_need(
        by=house.maureen, project_id=house.id, seat_id=house.seats["Maureen Hallett"].pk, need_id=need.pk
    )
    assert not Arrangement.objects.exists()
    assert queries.access_plan(lab) == []


# The agenda


def test_steps_are_added_moved_changed_and_taken_out(house: House) -> None:
    lab = house.lab()
    one, two = (
        operations.add_agenda_item(
            **house.here, lab_id=lab.pk, title=title, minutes=10, owner=house.facilitator
        )
        for title in ("Write", "Talk")
    )
    operations.move_agenda_item(**house.here, lab_id=lab.pk, item_id=two.pk, down=False)
    assert [item.title for item in queries.agenda_of(lab)] == ["Talk", "Write"]
    operations.move_agenda_item(**house.here, lab_id=lab.pk, item_id=two.pk, down=False)
    assert [item.title for item in queries.agenda_of(lab)] == ["Talk", "Write"]
    operations.change_agenda_item(
        **house.here, lab_id=lab.pk, item_id=one.pk, title="Write alone", minutes=15
    )
    operations.remove_agenda_item(**house.here, lab_id=lab.pk, item_id=two.pk)
    assert [(item.title, item.minutes) for item in queries.agenda_of(lab)] == [("Write alone", 15)]
    assert content()["before"]["agenda_item"]["title"] == "Talk"


def test_after_the_lab_no_step_is_taken_out(house: House) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    item = operations.add_agenda_item(**house.here, lab_id=lab.pk, title="Write", minutes=10)
    with pytest.raises(NotThere):
        operations.remove_agenda_item(**house.here, lab_id=lab.pk, item_id=item.pk)


def test_an_owner_is_somebody_of_the_project(house: House) -> None:
    with pytest.raises(NotThere):
        operations.add_agenda_item(
            **house.here, lab_id=house.lab().pk, title="X", minutes=1, owner=a_house().maureen
        )


# Who came


@pytest.mark.parametrize(
    "counts,label",
    [
        ((5, 4, 4, 1, 2), Label.CO_PRODUCTION),
        ((0, 0, 3, 2, 2), Label.COLLABORATION),
        ((3, 2, 0, 0, 0), Label.COMMUNITY_LED),
    ],
)
def test_R51_who_came_decides_what_a_lab_may_be_called(house: House, counts: Any, label: Label) -> None:
    figures = queries.figures(house.held(*counts))
    assert (figures.label, figures.attended) == (label, sum(counts))


def test_seats_alone_are_counted_by_group(house: House) -> None:
    lab = house.lab()
    with clock.at(EVENING):
        operations.attend(**house.here, lab_id=lab.pk, seat_ids=[seat.pk for seat in house.seats.values()])
    assert [line.attended for line in queries.figures(lab).groups] == [1, 1, 1, 1, 1]
    assert len(queries.came_to(lab)) == 5


def test_a_correction_keeps_what_was_written_before(house: House) -> None:
    lab = house.held(5, 4, 4, 1, 2)
    citizens = house.group(GroupKind.CITIZENS)
    with clock.at(EVENING):
        operations.attend(**house.here, lab_id=lab.pk, attended={citizens.pk: 4})
    assert [line.attended for line in queries.figures(lab).groups] == [4, 0, 0, 0, 0]
    assert content()["before"]["counted"] == {"G1": 5, "G2": 4, "G3": 4, "G4": 1, "G5": 2}
    assert content()["after"]["counted"] == {"G1": 4}
    assert house.again(lab).held_at == lab.held_at


def test_more_names_than_people_writes_nothing(house: House) -> None:
    lab, seat = house.lab(), house.seats["Maureen Hallett"]
    with clock.at(EVENING), pytest.raises(Refused):
        operations.attend(**house.here, lab_id=lab.pk, attended={seat.main_group_id: 0}, seat_ids=[seat.pk])
    assert not house.again(lab).is_held


def test_nobody_came_before_the_day(house: House) -> None:
    with pytest.raises(Refused):
        operations.attend(**house.here, lab_id=house.lab().pk, attended={})


def test_R52_is_kept_when_no_leader_came(house: House) -> None:
    lab = house.lab()
    with clock.at(EVENING):
        operations.attend(**house.here, lab_id=lab.pk, attended={house.group(GroupKind.CITIZENS).pk: 3})
    assert {"R50", "R52"} <= kept()


# Turns


def test_R54_the_second_lab_of_the_scenario_and_the_plan_of_the_next(house: House) -> None:
    lab = house.held(5, 4, 4, 2, 2, turns=(21, 18, 24, 22, 11))
    voices = [line.voice for line in queries.figures(lab).groups]
    assert [round(voice or 0, 2) for voice in voices] == [0.74, 0.80, 1.06, 1.95, 0.97]
    assert [one.rule for one in house.findings(lab) if "1.95" in str(one.message)] == ["R54"]
    after = house.lab(date=DAY + timedelta(days=14))
    assert "R54" in kept()
    ahead = [str(one.message) for one in house.findings(after) if one.rule == "R54"]
    assert len(ahead) == 1
    assert "In L1" in ahead[0]


def test_R54_only_the_last_lab_with_a_tally_speaks_to_the_next(house: House) -> None:
    house.held(5, 4, 4, 2, 2, turns=(21, 18, 24, 22, 11))
    house.held(1, 1, 1, 1, 1, turns=(3, 3, 3, 3, 3), date=DAY + timedelta(days=7))
    house.held(1, 1, 1, 1, 1, date=DAY + timedelta(days=9))
    assert not [one for one in house.findings(house.lab(date=DAY + timedelta(days=14))) if one.rule == "R54"]


def press(house: House, lab: Lab, kind: GroupKind, **more: Any) -> Turn:
    return operations.tally_turn(**house.here, lab_id=lab.pk, group_id=house.group(kind).pk, **more)


def turns(house: House, lab: Lab) -> list[int]:
    return [line.turns for line in queries.figures(lab).groups]


def test_each_press_is_a_row_and_an_entry_and_the_last_one_is_taken_back(house: House) -> None:
    lab = house.lab()
    for kind in (GroupKind.CITIZENS, GroupKind.CARERS, GroupKind.CARERS):
        press(house, lab, kind)
    assert turns(house, lab) == [1, 2, 0, 0, 0]
    for left in ([1, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 0]):
        operations.undo_turn(**house.here, lab_id=lab.pk)
        assert turns(house, lab) == left
    with pytest.raises(NotThere):
        operations.undo_turn(**house.here, lab_id=lab.pk)
    assert (Turn.objects.count(), Entry.objects.filter(object_kind="labs.turn").count()) == (6, 6)


def test_a_press_that_is_sent_twice_counts_once(house: House) -> None:
    lab, key = house.lab(), uuid7()
    press(house, lab, GroupKind.CITIZENS, key=key)
    press(house, lab, GroupKind.CITIZENS, key=key)
    assert turns(house, lab) == [1, 0, 0, 0, 0]


def test_turns_never_go_below_none(house: House) -> None:
    lab = house.lab()
    with pytest.raises(Refused):
        press(house, lab, GroupKind.CITIZENS, turns=-1)
    with pytest.raises(Refused):
        operations.tally_sheet(**house.here, lab_id=lab.pk, turns={})


def test_the_database_refuses_to_change_a_turn(house: House) -> None:
    turn = press(house, house.lab(), GroupKind.CITIZENS)
    with pytest.raises(DatabaseError), transaction.atomic():
        Turn.objects.filter(pk=turn.pk).update(turns=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        turn.delete()


# What came of it


def test_what_came_of_a_lab_is_kept_in_its_words(house: House) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    group = house.group(GroupKind.CARERS)
    idea = operations.add_idea(
        **house.here, lab_id=lab.pk, words="A card", group_id=group.pk, person=house.maureen
    )
    operations.add_decision(**house.here, lab_id=lab.pk, words="Try it", how="vote", dissent="Two would wait")
    operations.add_parked(**house.here, lab_id=lab.pk, words="Parking")
    operations.add_jargon(**house.here, lab_id=lab.pk, word="MDT", meaning="Who meets about you")
    assert (idea.group, idea.person) == (group, house.maureen)
    assert queries.decisions_of(house.id).get().dissent == "Two would wait"
    for add, facts in (
        (operations.add_idea, {"words": " "}),
        (operations.add_decision, {"words": "X", "how": "sponsor"}),
        (operations.add_jargon, {"word": "X", "meaning": ""}),
    ):
        with pytest.raises(Refused):
            add(**house.here, lab_id=lab.pk, **facts)


def test_R55_an_idea_decided_elsewhere_has_who_why_and_when(house: House) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    idea = operations.add_idea(**house.here, lab_id=lab.pk, words="One record")
    about = {**house.here, "lab_id": lab.pk, "idea_id": idea.pk}
    for who, why in (("", ""), ("The board", "")):
        with pytest.raises(Refused):
            operations.decided_elsewhere(**about, who=who, why=why)
    operations.decided_elsewhere(**about, who="The board", why="Bought for three counties")
    kept_idea = queries.ideas_of(house.id).get()
    assert (kept_idea.elsewhere_by, kept_idea.elsewhere_on) == ("The board", date(2025, 3, 10))


def test_a_prototype_moves_over_the_board(house: House) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    trial = operations.add_prototype(
        **house.here, lab_id=lab.pk, what="The card", begins=date(2025, 3, 24), ends=date(2025, 4, 18),
        expect="Fewer calls", how_know="Count",
    )  # fmt: skip
    where = [
        str(queries.trial_of(trial, day)) for day in (date(2025, 3, 23), date(2025, 3, 24), date(2025, 4, 19))
    ]
    assert where == ["to come", "running", "waiting"]
    with pytest.raises(Refused):
        operations.tell_result(**house.here, prototype_id=trial.pk, result="Eight of ten", next_step="keep")
    with clock.at(datetime(2025, 4, 22, 9, tzinfo=UTC)):
        operations.tell_result(**house.here, prototype_id=trial.pk, result="Eight of ten", next_step="keep")
        ((column, found),) = queries.board_of(house.id)
    assert (column, [one.ref for one in found]) == ("keep", ["TR1"])


def test_a_prototype_that_ends_before_it_begins_is_refused(house: House) -> None:
    with pytest.raises(Refused) as refused:
        operations.add_prototype(
            **house.here, lab_id=house.lab().pk, what="", begins=DAY, ends=DAY - timedelta(days=1), expect="",
            how_know="",
        )  # fmt: skip
    assert {one.subject for one in refused.value.findings} == {"what", "expect", "how_know", "ends"}


# Facilitation


def test_who_pays_is_declared_and_every_change_is_kept(house: House) -> None:
    house.declare(co_facilitator_id=house.maureen.pk, target_percent=50)
    house.declare(paid_by="The trust")
    declared = queries.facilitation_of(house.id)
    assert (declared.paid_by, declared.co_facilitator, declared.target_percent) == (
        "The trust", house.maureen, 50,
    )  # fmt: skip
    assert content()["before"]["paid_by"] == "The council"
    with pytest.raises(Refused):
        house.declare(target_percent=101)
    with pytest.raises(NotThere):
        house.declare(co_facilitator_id=a_house().maureen.pk)


def test_labs_that_citizens_held_are_counted_among_those_held(house: House) -> None:
    first, _second = house.held(1, 1, 1, 1, 1), house.held(1, 1, 1, 1, 1)
    house.lab()
    operations.note_session(
        **house.here, lab_id=first.pk, changes={"led_by_citizen": True}, facilitators=[house.facilitator]
    )
    share = queries.held_by_citizens(queries.project_labs(house.id))
    assert (share.part, share.whole) == (1, 2)
    assert queries.facilitators_of(first) == [house.facilitator]


def test_energy_has_five_levels(house: House) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    with pytest.raises(Refused):
        operations.note_session(**house.here, lab_id=lab.pk, changes={"energy_in": [1, 2]})


def test_handing_on_goes_from_one_person_to_another(house: House) -> None:
    facts = {**house.here, "from_person": house.facilitator, "to_person": house.maureen}
    operations.hand_on(**facts, what="The opening")
    for wrong in ({"what": ""}, {"what": "X", "to_person": house.facilitator}):
        with pytest.raises(Refused):
            operations.hand_on(**{**facts, **wrong})
    assert HandedOn.objects.count() == 1


def test_a_note_on_a_conflict_is_for_those_who_run_the_project(house: House) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    for person in (house.maureen, house.observer):
        with pytest.raises(NotThere):
            operations.note_conflict(by=person, project_id=house.id, lab_id=lab.pk, words="Loud")
    operations.note_conflict(by=house.manager, project_id=house.id, lab_id=lab.pk, words="Somebody shouted")
    assert not [row for row in Payload.objects.all() if "shouted" in str(row.content)]
    assert "shouted" not in str(queries.rows_for_record(house.id))


# The doors


def test_the_record_is_for_everyone_once_the_lab_was_held(house: House) -> None:
    lab = house.lab()
    with pytest.raises(NotThere):
        queries.lab_record_for(house.maureen, house.id, lab.pk)
    assert queries.lab_record_for(house.facilitator, house.id, lab.pk)
    held = house.held(1, 1, 1, 1, 1)
    for person in (house.maureen, house.manager, house.observer):
        assert queries.lab_record_for(person, house.id, held.pk)


def test_a_lab_of_another_project_is_not_there(house: House) -> None:
    elsewhere = a_house()
    lab = elsewhere.lab()
    with pytest.raises(NotThere):
        queries.lab_for(house.facilitator, house.id, lab.pk, Purpose.READ)
    with pytest.raises(NotThere):
        operations.attend(**house.here, lab_id=lab.pk, attended={})
