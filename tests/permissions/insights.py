from collections.abc import Mapping
from itertools import count
from typing import Any

from coproduce.capabilities.barriers.operations import add_barrier
from coproduce.capabilities.insights import operations, queries
from coproduce.capabilities.insights.models import Evidence
from coproduce.capabilities.insights.tests import factories
from coproduce.capabilities.people.operations import add_group
from coproduce.capabilities.people.queries import groups_of
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.voting.queries import ballot_in

from .grid import IN_PROJECT, LEADING, Row
from .world import World

Kwargs = Mapping[str, Any]
_number = count(1)


def a_result(world: World) -> Kwargs:
    """Of a vote that has closed, with two groups."""
    lead = {"by": world.facilitator, "project_id": world.project.pk}
    if not groups_of(world.project.pk):
        for kind in (GroupKind.CITIZENS, GroupKind.FRONTLINE):
            add_group(**lead, name=str(kind.label), kind=kind)
    groups = list(groups_of(world.project.pk))[:2]
    ballot, _result = factories.a_result(
        world.project, world.facilitator, groups, title=f"Vote {next(_number)}", who="link"
    )
    return {"project_id": world.project.pk, "ballot_id": ballot.pk}


def its_link(world: World) -> Kwargs:
    return {"link": ballot_in(**a_result(world)).link}


def its_group(world: World) -> Kwargs:
    return {**a_result(world), "place": 0}


def its_public_group(world: World) -> Kwargs:
    return {**its_link(world), "place": 1}


def a_statement(world: World) -> Kwargs:
    where = a_result(world)
    return {**where, "statement_id": factories.statement(ballot_in(**where)).pk}


def used(world: World) -> Kwargs:
    """A statement whose result is evidence for a barrier."""
    where = a_statement(world)
    barrier = add_barrier(by=world.participant, project_id=world.project.pk, statement="Nobody rings")
    linked = queries.linked_by_value(world.project.pk, [f"barriers.barrier:{barrier.pk}"])
    operations.use_as_evidence(by=world.facilitator, linked=linked, **where)
    return where


def evidence(world: World) -> Kwargs:
    where = used(world)
    found = Evidence.objects.get(statement_id=where["statement_id"])
    return {"project_id": world.project.pk, "evidence_id": found.pk}


ROWS = [
    Row("insights:results", allowed=IN_PROJECT, grow=a_result),
    Row("insights:results", allowed=IN_PROJECT, query="?format=csv"),
    Row("insights:results", allowed=IN_PROJECT, query="?format=xlsx"),
    Row("insights:result", kwargs=a_result, allowed=IN_PROJECT),
    Row("insights:result", kwargs=a_result, allowed=IN_PROJECT, query="?format=docx"),
    Row("insights:result", kwargs=a_result, allowed=IN_PROJECT, query="?format=pdf"),
    Row("insights:statements", kwargs=a_result, allowed=IN_PROJECT),
    Row("insights:statements", kwargs=a_result, allowed=IN_PROJECT, query="?format=csv"),
    Row("insights:statements", kwargs=a_result, allowed=IN_PROJECT, query="?format=xlsx"),
    Row("insights:group", kwargs=its_group, allowed=IN_PROJECT),
    Row("insights:group", kwargs=its_group, allowed=IN_PROJECT, query="?format=csv"),
    Row("insights:where_am_i", kwargs=a_result, allowed=IN_PROJECT,
        because="each reader sees their own place; who did not vote is told so"),
    Row("insights:statement", kwargs=used, allowed=IN_PROJECT, grow=used),
    Row("insights:use", kwargs=a_statement, allowed=LEADING, grow=used),
    Row("insights:use", kwargs=a_statement, allowed=LEADING, method="POST"),
    Row("insights:evidence", allowed=IN_PROJECT, grow=used),
    Row("insights:evidence", allowed=IN_PROJECT, query="?format=csv"),
    Row("insights:evidence", allowed=IN_PROJECT, query="?format=xlsx"),
    Row("insights:take_back", kwargs=evidence, allowed=LEADING),
    Row("insights:take_back", kwargs=evidence, allowed=LEADING, method="POST"),
    Row("insights:public_result", kwargs=its_link, public=True),
    Row("insights:public_result", kwargs=its_link, public=True, query="?format=pdf"),
    Row("insights:public_statements", kwargs=its_link, public=True),
    Row("insights:public_statements", kwargs=its_link, public=True, query="?format=csv"),
    Row("insights:public_group", kwargs=its_public_group, public=True),
    Row("insights:public_where_am_i", kwargs=its_link, public=True),
]  # fmt: skip
