"""The figures of domain.md §3.3 come out of the product, from 24 invitations to the summary."""

import pytest

from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import queries
from coproduce.capabilities.rounds.terms import Channel
from coproduce.core.findings import Strength

from .worked import BEDS, CARE, SAVE, worked_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> object:
    return worked_round()


def test_the_worked_round_gives_the_figures_of_the_worked_round(table) -> None:  # type: ignore[no-untyped-def]
    found = queries.summary(table.round)
    assert (found.independence.part, found.independence.whole, found.independence.percent) == (22, 24, 91.7)
    assert found.late == 1
    assert {line.code: (line.response.part, line.response.whole) for line in found.groups} == {
        "G1": (7, 7), "G2": (5, 5), "G3": (5, 5), "G4": (2, 3), "G5": (3, 4),
    }  # fmt: skip
    assert [round(line.me, 2) for line in found.groups] == [0.00, -0.80, 0.20, 1.50, 1.00]
    assert [round(line.around, 2) for line in found.groups] == [-1.00, -1.00, -0.40, 1.50, -0.33]
    assert (round(found.me, 2), round(found.around, 2)) == (0.14, -0.55)
    assert (found.contrast.lower, found.contrast.equal, found.contrast.higher) == (13, 7, 2)
    assert {line.intent: (line.people, line.is_stated) for line in found.intents} == {
        SAVE: (10, True), CARE: (5, True), BEDS: (5, False),
    }  # fmt: skip
    assert found.dont_know_people == 2
    assert (found.match.part, found.match.whole, found.match.percent) == (15, 22, 68.2)
    assert [line.intent for line in found.seen_not_stated] == [BEDS]
    shift = found.shift
    assert (shift.people, shift.up, shift.down) == (22, 6, 2)
    assert (round(shift.mean_before, 2), round(shift.mean_after, 2)) == (0.14, 0.32)
    assert (round(shift.sd_before, 2), round(shift.sd_after, 2)) == (1.32, 1.02)
    assert round(shift.convergence, 2) == 0.23
    # R31: two leaders answered.
    assert [(one.rule, one.strength, one.subject) for one in found.findings] == [
        ("R31", Strength.WARN, "Group G4")
    ]


def test_the_channels_are_thirteen_five_three_and_one(table) -> None:  # type: ignore[no-untyped-def]
    channels = dict(queries.counts(table.round).by_channel)
    late_one_online = 1
    assert channels[Channel.ONLINE.label] - late_one_online == 13
    assert [channels[one.label] for one in (Channel.PAPER, Channel.PHONE, Channel.EASY_READ)] == [5, 3, 1]


def test_the_reading_has_twenty_two_and_the_late_answer_after_them(table) -> None:  # type: ignore[no-untyped-def]
    reading = queries.reading(table.round)
    assert len(reading.order) == 22
    assert [one.invitation.seat_id for one in reading.late] == [table.seats["P21"].pk]
    assert queries.opened_barriers(table.round).count() == 23


def test_an_aim_that_is_stated_later_changes_no_figure_of_the_round(table) -> None:  # type: ignore[no-untyped-def]
    projects.write_foreword(
        by=table.facilitator,
        project_id=table.round.project_id,
        changes={"stated_intents": [SAVE, CARE, BEDS]},
    )
    assert [line.intent for line in queries.summary(table.round).seen_not_stated] == [BEDS]
