from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from coproduce.capabilities.equality import operations, queries
from coproduce.capabilities.equality.models import Reading, Version
from coproduce.capabilities.plans import operations as plans
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused, Strength
from coproduce.core.ids import uuid7
from coproduce.core.ledger.checking import verify_database
from coproduce.core.models import Entry

from .factories import NOW, TODAY, House, a_house, rows

pytestmark = pytest.mark.django_db
DECIDED = date(2025, 10, 15)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def house() -> House:
    return a_house()


def refusals(refused: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.subject) for finding in refused.value.findings}


def at_sign_off(house: House) -> list[tuple[str, Strength]]:
    return [(one.rule, one.strength) for one in queries.findings_at_sign_off(house.id, DECIDED)]


def test_it_begins_with_fourteen_rows_and_once(house: House) -> None:
    operations.begin(**house.lead)
    assert [row.place for row in rows(house.id)] == list(range(1, 15))
    with pytest.raises(Refused):
        operations.begin(**house.lead)
    assert Entry.objects.filter(verb="equality.add_row").count() == 14


def test_the_same_request_twice_begins_once(house: House) -> None:
    key = uuid7()
    first, second = operations.begin(**house.lead, key=key), operations.begin(**house.lead, key=key)
    assert first.pk == second.pk


def test_R90_a_consultation_needs_an_assessment_that_is_begun(house: House) -> None:
    assert [one.rule for one in queries.findings_at_opening(house.id)] == ["R90"]
    house.begin()
    assert queries.findings_at_opening(house.id) == []


def test_R90_to_R94_a_finished_assessment_stands_in_nobodys_way(house: House) -> None:
    assert at_sign_off(house) == [("R90", Strength.REFUSE)]
    house.finish()
    assert at_sign_off(house) == []
    assert verify_database(house.id).whole


def test_R90_final_after_the_decision_is_refused(house: House) -> None:
    house.finish()
    early = queries.findings_at_sign_off(house.id, date(2025, 10, 5))
    # It was also read after that day.
    assert [one.rule for one in early] == ["R90", "R94"]


def test_R90_what_changed_after_the_final_version_must_be_made_final_again(house: House) -> None:
    house.finish()
    house.write("age", know="71% are over 75.")
    assert at_sign_off(house) == [("R90", Strength.REFUSE)]
    operations.save_version(**house.lead, kind="final", note="With the figure.")
    # Nobody has read this one.
    assert at_sign_off(house) == [("R94", Strength.REFUSE)]


def test_R91_a_final_version_leaves_no_row_blank(house: House) -> None:
    house.begin("rural")
    with pytest.raises(Refused) as refused:
        operations.save_version(**house.lead, kind="final", note="Done.")
    assert {rule for rule, _subject in refusals(refused)} == {"C19", "R91"}
    assert not Version.objects.exists()
    assert operations.save_version(**house.lead, kind="draft", note="So far.").number == 1


def test_R92_rural_negative_with_no_action_stands_in_the_way_until_one_is_linked(house: House) -> None:
    house.finish()
    operations.add_row(**house.lead, characteristic="rural")
    house.write(know="31% live in villages.", impacts=["negative"], size=3, likelihood=3)
    assert ("R92", Strength.REFUSE) in at_sign_off(house)
    action = house.action()
    house.link("do", action)
    assert "R92" not in {rule for rule, _strength in at_sign_off(house)}
    plans.set_status(**house.lead, action_id=action.pk, status="stopped", why="No money")
    assert ("R92", Strength.REFUSE) in at_sign_off(house)
    house.write(can_do="Nothing more can be done: the road is what it is.")
    assert "R92" not in {rule for rule, _strength in at_sign_off(house)}


def test_R92_a_barrier_is_no_answer_to_a_negative_impact(house: House) -> None:
    house.begin("rural")
    house.link("told", house.barrier())
    house.link("do", house.barrier("There is no bus."))
    house.write(know="31%", impacts=["negative"], size=1, likelihood=1)
    assert "R92" in {rule for rule, _strength in at_sign_off(house)}
    assert [one.ref for one in queries.linked_to(house.row())["told"]] == ["B01"]


def test_R94_only_the_decision_maker_confirms_and_only_the_text_that_stands(house: House) -> None:
    house.finish()
    final = operations.save_version(**house.lead, kind="final", note="Once more.")
    for somebody in (house.facilitator, house.manager, house.citizen):
        with pytest.raises(Refused) as refused:
            operations.confirm_reading(by=somebody, project_id=house.id, version_id=final.pk)
        assert refusals(refused) == {("R94", "read")}
    house.write("age", know="Other figures.")
    with pytest.raises(Refused) as refused:
        operations.confirm_reading(by=house.councillor, project_id=house.id, version_id=final.pk)
    assert refusals(refused) == {("R94", "read")}
    newest = operations.save_version(**house.lead, kind="final", note="With other figures.")
    reading = operations.confirm_reading(by=house.councillor, project_id=house.id, version_id=newest.pk)
    assert (reading.person, reading.day) == (house.councillor, TODAY)


def test_R94_another_decision_maker_must_read_it_too(house: House) -> None:
    house.finish()
    operations.write_about(**house.lead, changes={"decision_maker_id": house.manager.pk, "reviewer_id": None})
    assert ("R94", Strength.REFUSE) in at_sign_off(house)


def test_two_people_at_one_row_the_second_is_told_and_nothing_is_lost(house: House) -> None:
    house.begin("rural")
    row = house.row()
    operations.write_row(
        **house.lead, row_id=row.pk, changes={"know": "31% live in villages."}, seen=row.revision
    )
    with pytest.raises(Refused) as refused:
        operations.write_row(
            by=house.manager,
            project_id=house.id,
            row_id=row.pk,
            changes={"know": "A third."},
            seen=row.revision,
        )
    assert refusals(refused) == {("C19", "seen")}
    assert "Owen Pritchard" in str(refused.value.findings[0].message)
    assert house.row().know == "31% live in villages."
    again = house.row()
    operations.write_row(
        by=house.manager,
        project_id=house.id,
        row_id=row.pk,
        changes={"know": "31%, a third."},
        seen=again.revision,
    )
    assert house.row().know == "31%, a third."


def test_marriage_takes_no_other_aim_than_discrimination(house: House) -> None:
    house.begin()
    with pytest.raises(Refused) as refused:
        house.write("marriage", aims=["equality"])
    assert refusals(refused) == {("C19", "aims")}
    assert house.write("marriage", aims=["discrimination"]).aims == ["discrimination"]


def test_versions_and_readings_are_kept_by_the_database(house: House) -> None:
    house.finish()
    for change in (
        lambda: Version.objects.update(note="Other"),
        lambda: Reading.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_version_holds_refs_of_what_people_said_and_never_their_words(house: House) -> None:
    house.begin("rural")
    barrier = house.barrier("The bus comes twice a day.")
    house.link("told", barrier)
    made = operations.save_version(**house.lead, kind="draft", note="So far.")
    rural = next(row for row in made.content["rows"] if row["characteristic"] == "rural")
    assert [one["ref"] for one in rural["heard"]] == ["B01"]
    assert "The bus comes" not in str(made.content)


def test_publishing_needs_a_final_version(house: House) -> None:
    house.begin()
    with pytest.raises(Refused):
        operations.publish(**house.lead)
    with pytest.raises(NotThere):
        queries.published_version(house.id)


def test_those_who_take_part_change_nothing(house: House) -> None:
    house.begin("rural")
    mine = {"by": house.citizen, "project_id": house.id}
    for refused in (
        lambda: operations.screen(**mine, affects=True, why="So."),
        lambda: operations.write_row(**mine, row_id=house.row().pk, changes={}, seen=0),
        lambda: operations.save_version(**mine, kind="draft", note="Mine."),
    ):
        with pytest.raises(NotThere):
            refused()


def test_the_update_after_the_consultation_has_its_day_by_itself(house: House) -> None:
    house.begin()
    with clock.at(datetime(2025, 10, 8, 9, tzinfo=UTC)):
        made = operations.write_about(**house.lead, changes={"after_consultation": "Two rows changed."})
    assert made.after_consultation_on == date(2025, 10, 8)


def test_a_gap_without_a_plan_is_refused_and_strangers_cannot_be_named(house: House) -> None:
    house.begin()
    with pytest.raises(Refused) as refused:
        operations.write_about(
            **house.lead, changes={"gaps": [{"what": "Who is offline", "plan": "", "by": ""}]}
        )
    assert refusals(refused) == {("C19", "gaps")}
    with pytest.raises(NotThere):
        operations.write_about(**house.lead, changes={"decision_maker_id": a_house().councillor.pk})
