from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import uuid4

from coproduce.capabilities.people.operations import add_group, add_seat
from coproduce.capabilities.voting import operations, queries
from coproduce.capabilities.voting.operations import Draft
from coproduce.capabilities.voting.terms import Standing

from .grid import FACILITATOR, IN_PROJECT, MANAGER, PARTICIPANT, Row
from .world import World

RUN = {FACILITATOR}
VOTERS = {PARTICIPANT, MANAGER}
_number = count(1)


def _lead(world: World) -> dict[str, Any]:
    return {"by": world.facilitator, "project_id": world.project.pk}


def a_draft(world: World, **settings: Any) -> Mapping[str, Any]:
    ballot = operations.make_ballot(**_lead(world), title=f"What matters ({next(_number)})", **settings)
    drafts = [Draft("The ward rings before noon."), Draft("Villages are served too.")]
    operations.add_statements(**_lead(world), ballot_id=ballot.pk, drafts=drafts)
    return {"project_id": world.project.pk, "ballot_id": ballot.pk}


def an_open_ballot(world: World, **settings: Any) -> Mapping[str, Any]:
    """Somebody has voted; a statement waits, one was replaced, and the log has entries."""
    place = a_draft(world, takes_statements=True, **settings)
    ballot = operations.open_ballot(**_lead(world), ballot_id=place["ballot_id"])
    first, second = queries.statements_to_vote_on(ballot)
    for person in (world.participant, world.manager):
        key = queries.key_of_person(ballot.pk, person.pk)
        for one in (first, second):
            operations.cast(ballot_id=ballot.pk, statement_id=one.pk, key=key, value=1, revision=one.revision)
    mine = operations.add_own_statement(by=world.participant, ballot_id=ballot.pk, text="Parking is free.")
    operations.add_own_statement(by=world.participant, ballot_id=ballot.pk, text="The parking is free.")
    operations.moderate(
        **_lead(world), ballot_id=ballot.pk, statement_ids=[mine.pk], standing=Standing.DECLINED,
        reason="off topic",
    )  # fmt: skip
    operations.replace_statement(
        **_lead(world), ballot_id=ballot.pk, statement_id=first.pk, text="The ward rings by noon.", why="Unclear",
    )  # fmt: skip
    return place


def a_closed_ballot(world: World) -> Mapping[str, Any]:
    place = an_open_ballot(world)
    operations.close_ballot(**_lead(world), ballot_id=place["ballot_id"])
    return place


def _ballot(place: Mapping[str, Any]) -> Any:
    return queries.ballot_in(place["project_id"], place["ballot_id"])


def kind_of(kind: str) -> Any:
    return lambda world: {**a_draft(world), "kind": kind}


def a_statement(world: World) -> Mapping[str, Any]:
    place = a_draft(world)
    return {**place, "statement_id": queries.statements_to_vote_on(_ballot(place)).first().pk}


def a_voted_statement(world: World) -> Mapping[str, Any]:
    place = an_open_ballot(world)
    return {**place, "statement_id": queries.statements_to_vote_on(_ballot(place)).first().pk}


def a_log_row(world: World) -> Mapping[str, Any]:
    place = an_open_ballot(world)
    row = next(row for row in queries.log_of(_ballot(place)) if row.standing == Standing.DECLINED)
    return {**place, "moderation_id": row.pk}


def with_people(world: World) -> Mapping[str, Any]:
    place = an_open_ballot(world)
    group = add_group(**_lead(world), name="People who use it", kind="citizens")
    add_seat(**_lead(world), main_group_id=group.pk, name="Aisha Malik")
    return place


def _link(place: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"link": _ballot(place).link}


def for_the_project(world: World) -> Mapping[str, Any]:
    return _link(an_open_ballot(world))


def for_anyone(world: World) -> Mapping[str, Any]:
    return _link(an_open_ballot(world, who="link"))


def a_closed_one(world: World) -> Mapping[str, Any]:
    return _link(a_closed_ballot(world))


def nowhere(world: World) -> Mapping[str, Any]:
    return {"link": uuid4().hex[:16]}


def _of_statement(make: Any) -> Any:
    def kwargs(world: World) -> Mapping[str, Any]:
        place = make(world)
        ballot = queries.ballot_with_link(place["link"])
        assert ballot
        return {**place, "statement_id": queries.statements_to_vote_on(ballot).first().pk}

    return kwargs


def a_vote(world: World) -> Mapping[str, Any]:
    return {"vote": "1", "revision": "1"}


ROWS = [
    Row("voting:ballots", allowed=IN_PROJECT, grow=a_closed_ballot),
    Row("voting:ballots", allowed=IN_PROJECT, query="?format=csv"),
    Row("voting:new_ballot", allowed=RUN),
    Row("voting:new_ballot", allowed=RUN, method="POST"),
    # A draft is for whoever runs the project alone.
    Row("voting:ballot", kwargs=a_draft, allowed=RUN, most_queries=14),
    Row("voting:ballot", kwargs=an_open_ballot, allowed=IN_PROJECT, most_queries=14),
    Row("voting:ballot", kwargs=a_closed_ballot, allowed=IN_PROJECT, most_queries=14),
    *(
        Row(f"voting:{page}", kwargs=a_draft, allowed=RUN, method=method)
        for page in ("edit_ballot", "open_ballot", "write")
        for method in ("GET", "POST")
    ),
    Row("voting:close_ballot", kwargs=an_open_ballot, allowed=RUN),
    Row("voting:close_ballot", kwargs=an_open_ballot, allowed=RUN, method="POST"),
    Row("voting:statements", kwargs=an_open_ballot, allowed=RUN),
    Row("voting:statements", kwargs=an_open_ballot, allowed=RUN, query="?format=csv"),
    *(Row("voting:choose", kwargs=kind_of(kind), allowed=RUN) for kind in ("barriers", "suggestions")),
    Row("voting:choose", kwargs=kind_of("nonsense")),
    Row("voting:word", kwargs=kind_of("barriers"), allowed=RUN),
    Row("voting:word", kwargs=kind_of("suggestions"), allowed=RUN, method="POST"),
    Row("voting:reword", kwargs=a_statement, allowed=RUN),
    Row("voting:reword", kwargs=a_statement, allowed=RUN, method="POST"),
    Row("voting:replace", kwargs=a_voted_statement, allowed=RUN),
    Row("voting:replace", kwargs=a_voted_statement, allowed=RUN, method="POST"),
    Row("voting:queue", kwargs=an_open_ballot, allowed=RUN),
    Row("voting:queue", kwargs=an_open_ballot, allowed=RUN, query="?standing=declined"),
    Row("voting:queue", kwargs=an_open_ballot, allowed=RUN, method="POST"),
    Row("voting:log", kwargs=an_open_ballot, allowed=IN_PROJECT),
    Row("voting:log", kwargs=an_open_ballot, allowed=IN_PROJECT, query="?format=xlsx"),
    Row("voting:undo", kwargs=a_log_row, allowed=RUN),
    Row("voting:undo", kwargs=a_log_row, allowed=RUN, method="POST"),
    Row("voting:papers", kwargs=with_people, allowed=RUN),
    Row("voting:papers", kwargs=a_draft, allowed=RUN, query="?count=3&large=yes"),
    Row("voting:enter_paper", kwargs=with_people, allowed=RUN),
    Row("voting:enter_paper", kwargs=with_people, allowed=RUN, method="POST"),
    Row("voting:enter_phone", kwargs=with_people, allowed=RUN),
    Row("voting:enter_phone", kwargs=with_people, allowed=RUN, method="POST"),
    # Whoever may vote: people of the project, or anyone with the link.
    *(
        Row(f"voting:{page}", kwargs=for_the_project, allowed=VOTERS)
        for page in ("start", "next", "mine", "erase", "add")
    ),
    *(
        Row(f"voting:{page}", kwargs=for_anyone, public=True)
        for page in ("start", "next", "mine", "erase", "add")
    ),
    Row("voting:start", kwargs=a_closed_one, allowed=VOTERS),
    Row("voting:mine", kwargs=a_closed_one, allowed=VOTERS),
    Row("voting:start", kwargs=nowhere),
    *(
        Row(f"voting:{page}", kwargs=for_the_project, allowed=VOTERS, method="POST")
        for page in ("start", "erase", "add")
    ),
    Row("voting:start", kwargs=for_anyone, public=True, method="POST"),
    Row("voting:statement", kwargs=_of_statement(for_the_project), allowed=VOTERS),
    Row(
        "voting:statement", kwargs=_of_statement(for_the_project), allowed=VOTERS, method="POST", data=a_vote
    ),
    Row("voting:statement", kwargs=_of_statement(for_anyone), public=True),
    Row("voting:statement", kwargs=_of_statement(for_anyone), public=True, method="POST", data=a_vote),
]
