from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people import queries as people_queries
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.terms import Rated, Written
from coproduce.core import clock
from coproduce.core.access import Purpose

from .grid import FACILITATOR, IN_PROJECT, MANAGER, PARTICIPANT, Row, nothing
from .world import World

_number = count(1)
_MAY_ANSWER = {PARTICIPANT, MANAGER}
_MAY_READ_WORDS = {FACILITATOR, MANAGER, PARTICIPANT}
Kwargs = Mapping[str, Any]


def _about(world: World, round_id: Any) -> dict[str, Any]:
    return {"project_id": world.project.pk, "round_id": round_id}


def a_draft(world: World) -> Kwargs:
    now = clock.now()
    made = operations.draft_round(
        by=world.facilitator, project_id=world.project.pk, title=f"What would change? ({next(_number)})",
        opens_at=now, seals_at=now + timedelta(days=14),
    )  # fmt: skip
    return _about(world, made.pk)


def an_open_round(world: World) -> Kwargs:
    """With the participant and the manager invited, and somebody who answers on paper."""
    about = a_draft(world)
    by = world.facilitator
    projects.write_foreword(
        by=by, project_id=world.project.pk, changes={"what_can_change": "The hours."}, why_changed="A test."
    )
    operations.invite(by=by, **about, seat_ids=[seat.pk for seat in _seats(world)])
    operations.open_round(by=by, **about)
    return about


def _seats(world: World) -> list[Any]:
    found = list(people_queries.seats_of(world.project.pk))
    if found:
        return found
    group = people.add_group(by=world.facilitator, project_id=world.project.pk, name="Carers", kind="carers")
    about = {"by": world.facilitator, "project_id": world.project.pk, "main_group_id": group.pk}
    return [
        people.add_seat(**about, person=world.participant),
        people.add_seat(**about, person=world.manager),
        people.add_seat(**about, name="Len on paper"),
    ]


def an_answered_round(world: World) -> Kwargs:
    about = an_open_round(world)
    for person in (world.participant, world.manager):
        operations.answer_round(by=person, **about, written=Written(me=Rated("a marker sentence", 1)))
    return about


def a_sealed_round(world: World) -> Kwargs:
    about = an_answered_round(world)
    with clock.at(clock.now() + timedelta(days=15)):
        operations.seal_round(by=world.facilitator, **about)
    return about


def _of_len(world: World, about: Kwargs) -> Kwargs:
    _visit, the_round = queries.round_for(
        world.facilitator, world.project.pk, about["round_id"], Purpose.READ
    )
    [len_] = [one for one in queries.invitations_of(the_round) if one.person.name == "Len on paper"]
    return {**about, "invitation_id": len_.pk}


def for_someone(world: World) -> Kwargs:
    return _of_len(world, an_open_round(world))


def late_for_someone(world: World) -> Kwargs:
    return _of_len(world, a_sealed_round(world))


def supported(world: World) -> Kwargs:
    """The manager helps Len on paper to answer."""
    kwargs = for_someone(world)
    operations.name_supporter(by=world.facilitator, **kwargs, person_id=world.manager.pk)
    return kwargs


def in_welsh(world: World) -> Kwargs:
    return {**a_draft(world), "tag": "cy"}


def entered_for_someone(world: World) -> Kwargs:
    kwargs = for_someone(world)
    operations.answer_round(by=world.facilitator, **kwargs, written=Written(), read_back=True)
    return kwargs


ROWS = [
    Row("rounds:rounds", allowed=IN_PROJECT, grow=a_draft),
    Row("rounds:rounds", allowed=IN_PROJECT, query="?format=csv"),
    Row("rounds:rounds", allowed=IN_PROJECT, query="?format=xlsx"),
    Row("rounds:rounds", allowed=IN_PROJECT, query="?q=what&state=open&kind=premortem&sort=-title"),
    Row("rounds:new_round", allowed={FACILITATOR}),
    Row("rounds:new_round", allowed={FACILITATOR}, query="?kind=re-rating"),
    Row("rounds:new_round", allowed={FACILITATOR}, method="POST"),
    Row("rounds:round", kwargs=a_draft, allowed={FACILITATOR}),
    Row("rounds:round", kwargs=an_open_round, allowed=IN_PROJECT),
    Row("rounds:round", kwargs=a_sealed_round, allowed=IN_PROJECT),
    Row("rounds:edit_round", kwargs=a_draft, allowed={FACILITATOR}),
    Row("rounds:edit_round", kwargs=a_draft, allowed={FACILITATOR}, method="POST"),
    Row("rounds:invite", kwargs=an_open_round, allowed={FACILITATOR}),
    Row("rounds:invite", kwargs=a_draft, allowed={FACILITATOR}, method="POST"),
    Row("rounds:open_round", kwargs=a_draft, allowed={FACILITATOR}),
    Row("rounds:open_round", kwargs=a_draft, allowed={FACILITATOR}, method="POST"),
    Row("rounds:more_time", kwargs=an_open_round, allowed={FACILITATOR}),
    Row("rounds:more_time", kwargs=an_open_round, allowed={FACILITATOR}, method="POST"),
    Row("rounds:seal_round", kwargs=an_answered_round, allowed={FACILITATOR}),
    Row("rounds:seal_round", kwargs=an_answered_round, allowed={FACILITATOR}, method="POST"),
    Row("rounds:paper", kwargs=an_open_round, allowed=IN_PROJECT),
    Row("rounds:paper", kwargs=an_open_round, allowed=IN_PROJECT, query="?look=easy&lang=cy"),
    Row("rounds:paper_for_each", kwargs=an_open_round, allowed={FACILITATOR}),
    Row("rounds:paper_for_each", kwargs=an_open_round, allowed={FACILITATOR}, query="?look=large&names=no"),
    Row("rounds:languages", kwargs=a_draft, allowed={FACILITATOR}),
    Row("rounds:languages", kwargs=a_draft, allowed={FACILITATOR}, method="POST"),
    Row("rounds:languages", kwargs=an_open_round, allowed={FACILITATOR}),
    Row("rounds:language", kwargs=in_welsh, allowed={FACILITATOR}),
    Row("rounds:language", kwargs=in_welsh, allowed={FACILITATOR}, method="POST"),
    Row("rounds:quick_entry", kwargs=an_answered_round, allowed={FACILITATOR}),
    Row("rounds:quick_entry", kwargs=an_answered_round, allowed={FACILITATOR}, method="POST"),
    Row("rounds:quick_entry", kwargs=a_sealed_round, allowed={FACILITATOR}),
    Row("rounds:quick_entry", kwargs=a_draft),
    Row("rounds:supporter", kwargs=for_someone, allowed={FACILITATOR}),
    Row("rounds:supporter", kwargs=for_someone, allowed={FACILITATOR}, method="POST"),
    # Only who is invited has an answer, and only their own: the words of others are not behind these addresses.
    Row("rounds:answer", kwargs=an_answered_round, allowed=_MAY_ANSWER),
    Row("rounds:answer", kwargs=an_open_round, allowed=_MAY_ANSWER, method="POST"),
    Row("rounds:receipt", kwargs=an_answered_round, allowed=_MAY_ANSWER),
    Row("rounds:on_behalf", kwargs=an_open_round, allowed={FACILITATOR}),
    Row("rounds:on_behalf", kwargs=a_sealed_round, allowed={FACILITATOR}),
    Row("rounds:enter_answer", kwargs=for_someone, allowed={FACILITATOR}),
    Row("rounds:enter_answer", kwargs=for_someone, allowed={FACILITATOR}, method="POST"),
    Row("rounds:enter_answer", kwargs=late_for_someone, allowed={FACILITATOR}),
    Row("rounds:enter_answer", kwargs=supported, allowed={FACILITATOR, MANAGER}),
    Row("rounds:enter_answer", kwargs=supported, allowed={FACILITATOR, MANAGER}, method="POST"),
    Row("rounds:entered", kwargs=entered_for_someone, allowed={FACILITATOR}),
    Row("rounds:enter_second", kwargs=late_for_someone, allowed={FACILITATOR}),
    Row("rounds:enter_second", kwargs=late_for_someone, allowed={FACILITATOR}, method="POST"),
    Row("rounds:second_answer", kwargs=a_sealed_round, allowed=_MAY_ANSWER),
    Row("rounds:second_answer", kwargs=a_sealed_round, allowed=_MAY_ANSWER, method="POST"),
    # R23: before the seal there is nothing here for anybody, whatever the role.
    Row("rounds:summary", kwargs=an_answered_round),
    Row("rounds:answers", kwargs=an_answered_round),
    Row("rounds:answers", kwargs=an_answered_round, query="?format=csv"),
    Row("rounds:reading_pack", kwargs=an_answered_round),
    Row("rounds:receipts", kwargs=an_answered_round),
    Row("rounds:second_answer", kwargs=an_answered_round),
    Row("rounds:summary", kwargs=a_sealed_round, allowed=IN_PROJECT),
    Row("rounds:summary", kwargs=a_sealed_round, allowed=IN_PROJECT, query="?format=csv"),
    Row("rounds:summary", kwargs=a_sealed_round, allowed=IN_PROJECT, query="?format=xlsx"),
    Row("rounds:answers", kwargs=a_sealed_round, allowed=_MAY_READ_WORDS),
    Row("rounds:answers", kwargs=a_sealed_round, allowed=_MAY_READ_WORDS, query="?format=csv"),
    Row("rounds:answers", kwargs=a_sealed_round, allowed=_MAY_READ_WORDS, query="?format=xlsx"),
    Row("rounds:reading_pack", kwargs=a_sealed_round, allowed=_MAY_READ_WORDS),
    Row("rounds:reading_pack", kwargs=a_sealed_round, allowed=_MAY_READ_WORDS, query="?layout=continuous"),
    Row("rounds:receipts", kwargs=a_sealed_round, allowed=IN_PROJECT),
    Row("rounds:receipts", kwargs=a_sealed_round, allowed=IN_PROJECT, query="?format=csv&q=a"),
    Row("rounds:evidence", kwargs=an_answered_round),
    Row("rounds:evidence", kwargs=a_sealed_round, allowed=IN_PROJECT),
    Row("rounds:sealing_sheet", kwargs=an_answered_round),
    Row("rounds:sealing_sheet", kwargs=a_sealed_round, allowed=_MAY_READ_WORDS),
    # No project and no person: a receipt that nobody knows is not there, for everyone alike.
    Row("rounds:verify", kwargs=nothing, public=True),
    Row("rounds:verify", kwargs=nothing, public=True, method="POST"),
]
