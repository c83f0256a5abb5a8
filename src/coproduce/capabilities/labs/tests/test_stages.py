from datetime import UTC, datetime, timedelta

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.labs import queries
from coproduce.capabilities.labs.queries import StageLine
from coproduce.capabilities.labs.terms import Stage
from coproduce.capabilities.projects import operations as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Override

from .factories import DAY, House


def strip(house: House) -> dict[Stage, StageLine]:
    visit = queries.visit_facilitation(house.observer, house.id, Purpose.READ)
    return {line.stage: line for line in queries.stage_strip(visit)}


def draft(house: House) -> object:
    document = drafting.start_document(
        **house.here, title="The plan", text="# The plan\n\nA card.\n", override=Override("A test.")
    )
    drafting.publish_version(**house.here, document_id=document.pk, number=Number(0, 1), summary="First")
    return document


def suggest(house: House, document: object, author: object) -> None:
    drafting.suggest(
        by=house.facilitator, author=author, project_id=house.id, document_id=document.pk, words="Say when",
        kind="add", said_on=clock.today(),
    )  # fmt: skip


def test_nothing_is_reached_and_nothing_warned_in_an_empty_project(house: House) -> None:
    lines = strip(house)
    assert list(lines) == list(Stage)
    assert not any(line.is_reached for line in lines.values())
    assert not lines[Stage.CUPBOARDS].is_kept
    assert queries.stage_findings(lines.values()) == []


def test_R105_a_foreword_that_citizens_did_not_write_warns(house: House) -> None:
    projects.write_foreword(
        by=house.manager, project_id=house.id,
        changes={"what_can_change": "The hours", "why_now": "Now", "stated_intents": ["fairness"]},
    )  # fmt: skip
    assert not strip(house)[Stage.FOREWORD].is_reached
    projects.share_foreword(by=house.manager, project_id=house.id)
    line = strip(house)[Stage.FOREWORD]
    assert (line.is_reached, line.citizens, line.people) == (True, 0, 1)
    assert [one.rule for one in queries.stage_findings([line])] == ["R105"]


def test_places_at_labs_are_counted_each_time(house: House) -> None:
    house.held(5, 4, 4, 1, 2)
    house.held(0, 0, 3, 2, 2)
    line = strip(house)[Stage.DRAFT]
    assert (line.citizens, line.people) == (9, 23)


def test_R105_suggestions_of_the_public_count_as_citizens_and_those_who_lead_do_not(house: House) -> None:
    from coproduce.capabilities.accounts import operations as accounts

    document = draft(house)
    outsider = accounts.add_person(by=house.facilitator, name="A neighbour", email=None)
    suggest(house, document, house.facilitator)
    line = strip(house)[Stage.CONSULTATION]
    assert (line.is_reached, line.citizens) == (True, 0)
    suggest(house, document, outsider)
    suggest(house, document, house.maureen)
    suggest(house, document, house.maureen)
    assert strip(house)[Stage.CONSULTATION].citizens == 2


def test_R53_an_outline_is_no_finished_draft_and_one_with_suggestions_is(house: House) -> None:
    lab = house.lab()
    document = draft(house)
    assert "R53" not in {one.rule for one in house.findings(lab)}
    suggest(house, document, house.maureen)
    assert "R53" in {one.rule for one in house.findings(lab)}
    with clock.at(datetime(2025, 3, 1, tzinfo=UTC)):
        earlier = house.lab(date=DAY - timedelta(days=15))
    assert "R53" not in {one.rule for one in house.findings(lab)}
    assert "R53" not in {one.rule for one in house.findings(earlier)}
