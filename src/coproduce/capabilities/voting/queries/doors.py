"""The access doors of ballots."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from coproduce.capabilities.accounts.terms import TASK_WORKER
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.core.prepared import Prepared

from ..models import Ballot, Moderation, Statement
from ..terms import BALLOT, State, Who

Row = TypeVar("Row", bound=Model)


_FIELDS = [field.attname for field in Ballot._meta.concrete_fields]


def _with_link(link: str) -> QuerySet[Any, Any]:
    return Ballot.objects.filter(link=link).values_list(*_FIELDS)


_linked = Prepared(_with_link)


def visit_ballots(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, BALLOT, purpose)


def ballot_for(person: Any, project_id: UUID, ballot_id: UUID, purpose: Purpose) -> tuple[Visit, Ballot]:
    visit = visit_ballots(person, project_id, purpose)
    ballot = ballot_in(project_id, ballot_id)
    if ballot.is_draft and not visit.may(BALLOT, Purpose.RUN):
        raise NotThere
    return visit, ballot


def may_go_by_date(by: Any, project_id: UUID) -> None:
    """The facilitator by hand, or the task worker on the day."""
    if by.pk != TASK_WORKER:
        visit_ballots(by, project_id, Purpose.RUN)


def ballot_in(project_id: UUID, ballot_id: UUID) -> Ballot:
    ballots = Ballot.objects.select_related("project", "made_by")
    return _one(ballots.filter(project_id=project_id, pk=ballot_id))


def locked(project_id: UUID, ballot_id: UUID, *, against_votes: bool = False) -> Ballot:
    """Until the transaction ends nobody else changes it; votes go on, unless they are to wait, too."""
    rows = Ballot.objects.select_for_update(no_key=not against_votes)
    return _one(rows.filter(project_id=project_id, pk=ballot_id))


def locked_by_id(ballot_id: UUID) -> Ballot:
    return _one(Ballot.objects.select_for_update(no_key=True).filter(pk=ballot_id).exclude(state=State.DRAFT))


def statement_locked(ballot: Ballot, statement_id: UUID) -> Statement:
    """Votes on it wait until the transaction ends."""
    return _one(Statement.objects.select_for_update().filter(ballot=ballot, pk=statement_id))


def statement_in(ballot: Ballot, statement_id: UUID) -> Statement:
    statement = _one(Statement.objects.select_related("author").filter(ballot=ballot, pk=statement_id))
    statement.ballot = ballot
    return statement


def moderation_in(ballot: Ballot, moderation_id: UUID) -> Moderation:
    rows = Moderation.objects.select_related("statement")
    return _one(rows.filter(statement__ballot=ballot, pk=moderation_id))


def ballot_with_link(link: str) -> Ballot | None:
    """What voters see of a ballot: nothing before it opens. One query, ready made: each vote begins with it."""
    for row in _linked.rows(link=link):
        ballot = Ballot.from_db(DEFAULT_DB_ALIAS, _FIELDS, row)
        return None if ballot.is_draft else ballot
    return None


def voter_door(person: Any, ballot: Ballot) -> None:
    """Anyone with the link, or whoever may vote in the project. One query at most."""
    if ballot.who == Who.PROJECT:
        projects.visit(person, ballot.project_id, BALLOT, Purpose.CONTRIBUTE)


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise NotThere
    return found
