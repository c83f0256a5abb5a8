"""The door and the few facts that an arriving answer needs: asked for each person in a hall, so prepared once."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import NotThere, Purpose
from coproduce.core.prepared import Prepared

from ..models import Answer, Invitation, Round
from ..terms import ROUND, Part, State

_ROUND = tuple(field.attname for field in Round._meta.concrete_fields)


def _asked(round_id: UUID, project_id: UUID) -> QuerySet[Any, Any]:
    rounds = Round.objects.filter(pk=round_id, project_id=project_id).exclude(state=State.DRAFT)
    return rounds.values_list(*_ROUND)


def _own(person_id: UUID, project_id: UUID, round_id: UUID) -> QuerySet[Any, Any]:
    mine = Invitation.objects.filter(person_id=person_id, round_id=round_id, round__project_id=project_id)
    contributes = projects.has_role_for(person_id, project_id, ROUND, Purpose.CONTRIBUTE)
    known = mine.filter(contributes).exclude(round__state=State.DRAFT).order_by("pk")
    return known.values_list("pk", *(f"round__{name}" for name in _ROUND))


# Answers of different people do not wait for each other; those of one person do, and the seal waits for them all.
# Not the keys: whoever writes a row that points at these checks them last, with the ledger already locked.
# The round first, as everywhere.
_HOLD = f"FOR SHARE OF {Round._meta.db_table} FOR NO KEY UPDATE OF {Invitation._meta.db_table}"


def _last(part: Part) -> Any:
    def build(invitation_id: UUID) -> QuerySet[Any, Any]:
        revisions = Answer.objects.filter(invitation=OuterRef("pk"), part=part).order_by("-revision")
        newest = [Subquery(revisions.values(name)[:1]) for name in ("revision", "entered_by")]
        return Invitation.objects.filter(pk=invitation_id).values_list(*newest)

    return build


_asked_prepared, _own_prepared = Prepared(_asked), Prepared(_own, locks=_HOLD)
_last_prepared = {part: Prepared(_last(part)) for part in Part}


def shape_of(project_id: UUID, round_id: UUID) -> Round:
    """What a round asks, to read a form that was sent: who may send it, the operation's own door says."""
    for row in _asked_prepared.rows(round_id=round_id, project_id=project_id):
        return Round.from_db("default", _ROUND, row)
    raise NotThere


def own_invitation_to_answer(person: Any, project_id: UUID, round_id: UUID) -> Invitation:
    """The door of whoever answers: until the transaction ends, their round stays as it is. One query."""
    for own, *row in _own_prepared.rows(person_id=person.pk, project_id=project_id, round_id=round_id):
        invitation = Invitation.from_db(
            "default", ("id", "person_id", "round_id"), (own, person.pk, round_id)
        )
        invitation.person, invitation.round = person, Round.from_db("default", _ROUND, row)
        return invitation
    raise NotThere


def last_place(invitation: Invitation, part: Part = Part.FIRST) -> tuple[int, UUID | None]:
    """The number of the last revision, 0 when there is none, and who entered it for someone.

    Raises NotThere when the invitation was taken back while this waited for its turn.
    """
    for number, entered_by in _last_prepared[part].rows(invitation_id=invitation.pk):
        return number or 0, entered_by
    raise NotThere
