"""Invitations of people who come in by a join code: whoever calls these has kept the door."""

from typing import Any
from uuid import UUID

from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Invitation, Round
from .running import invitation_for, locked


@operation
def invite_by_code(
    *, by: Any, project_id: UUID, round_id: UUID, seat: Any, key: UUID | None = None
) -> Invitation:
    """Let whoever sits on this seat answer; after the seal they came late and are in no figure of independence."""
    the_round = locked(round_id)
    settle(rules.latecomers_join_until_the_close(the_round.state))
    before = queries.invitation_of(the_round, seat.person)
    invitation = before or invitation_for(the_round, seat)
    if before is None:
        invitation.came_late = the_round.is_sealed
        invitation.save(force_insert=True)
    record(
        by=by, verb="rounds.invite_by_code", thing=invitation, project_id=project_id,
        after={"round": round_id, "person": seat.person_id, "came_late": invitation.came_late},
    )  # fmt: skip
    return invitation


@operation
def take_back_invitation(
    *, by: Any, project_id: UUID, round_id: UUID, invitation_id: UUID, why: str, key: UUID | None = None
) -> Round:
    """Take back an invitation that nobody has used: a double, or somebody who strayed in."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round = locked(round_id)
    invitation = queries.invitation_in(the_round, invitation_id)
    settle(rules.only_an_unused_invitation_is_taken_back(has_answered=queries.has_answered(invitation)))
    record(
        by=by, verb="rounds.take_back_invitation", thing=the_round, project_id=project_id,
        before={"person": invitation.person_id}, after={"why": why},
    )  # fmt: skip
    invitation.delete()
    return the_round


@operation
def give_double_time(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    invitation: Invitation,
    wanted: bool,
    key: UUID | None = None,
) -> Invitation:
    """As `ask_for_double_time`, for who waits in the room before the round is there for them."""
    locked(round_id)
    invitation.double_time = wanted
    invitation.save(update_fields=["double_time"])
    record(by=by, verb="rounds.ask_for_double_time", thing=invitation, project_id=project_id)
    return invitation
