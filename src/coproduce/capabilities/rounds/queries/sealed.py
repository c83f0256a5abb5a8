"""What may be known of a round that is not sealed: counts, and one's own answer.

`data_key`, `with_bodies` and `reopened` open ciphertext: they are for the operations of this capability alone.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from .. import rules
from ..models import Answer, Invitation, OpenedAnswer, Round
from ..rules import GroupCount, sealing
from ..terms import Channel, Part, Written
from .bodies import in_the_name_of, with_bodies, with_own_body
from .doors import last_revision, last_revision_of_each

__all__ = [
    "Counts",
    "OwnAnswer",
    "counts",
    "data_key",
    "in_the_name_of",
    "last_revisions",
    "not_opened",
    "own_answer",
    "own_second_answer",
    "place_of",
    "reopened",
    "with_bodies",
]


@dataclass(frozen=True)
class Counts:
    """R24: everything that a facilitator learns before the seal."""

    invited: int
    answered: int
    by_group: list[GroupCount]
    by_channel: list[tuple[Any, int]]

    @property
    def missing(self) -> int:
        return self.invited - self.answered


@dataclass(frozen=True)
class OwnAnswer:
    """What someone has answered so far, for their own eyes."""

    written: Written
    answer: Answer


def counts(the_round: Round) -> Counts:
    """How many have answered, by group and by channel; small groups stand together. Two queries."""
    invited = list(Invitation.objects.filter(round=the_round, came_late=False).order_by("group_code"))
    last = _last_channels(the_round)
    groups: dict[str, GroupCount] = {}
    for one in invited:
        so_far = groups.get(one.group_code, GroupCount(one.group_name, 0, 0))
        came = so_far.answered + (one.pk in last)
        groups[one.group_code] = GroupCount(one.group_name, so_far.invited + 1, came)
    channels = Counter(last.values())
    return Counts(
        invited=len(invited),
        answered=len(last),
        by_group=rules.counted_together(list(groups.values()), _("Small groups together")),
        by_channel=[(channel.label, channels[channel]) for channel in Channel if channels[channel]],
    )


def _last_channels(the_round: Round) -> dict[UUID, str]:
    firsts = Answer.objects.filter(round=the_round, part=Part.FIRST, invitation__came_late=False)
    revisions = firsts.order_by("revision")
    return dict(revisions.values_list("invitation_id", "channel"))


def own_answer(the_round: Round, invitation: Invitation, person: Any) -> OwnAnswer | None:
    """One's own last revision, opened for oneself; nobody else's, not even what one has entered for another."""
    if invitation.person_id != person.pk:
        return None
    last = last_revision(invitation)
    if last is None:
        return None
    record, _nonce = reopened(with_own_body(last, person.pk), data_key(the_round))
    return OwnAnswer(Written.from_record(record), last)


def own_second_answer(the_round: Round, invitation: Invitation, person: Any) -> dict[str, Any] | None:
    """One's own sealed second answer (`me`, `around`, `words`), opened for oneself."""
    if invitation.person_id != person.pk:
        return None
    last = last_revision(invitation, Part.SECOND)
    return reopened(with_own_body(last, person.pk), data_key(the_round))[0] if last else None


def place_of(the_round: Round, invitation_id: UUID, revision: int, part: int = Part.FIRST) -> dict[str, Any]:
    """Where an answer stands, as its commitment spells it."""
    return {
        "session": str(the_round.project_id), "prompt": str(the_round.pk), "round": int(part),
        "seat": str(invitation_id), "rev": revision,
    }  # fmt: skip


def data_key(the_round: Round) -> bytes:
    """The key of a round's answers: the only place where it is unwrapped."""
    return sealing.unwrap(
        bytes(the_round.wrapped_key), installation_key=settings.COPRODUCE_SEAL_KEY, round_id=str(the_round.pk)
    )


def reopened(answer: Answer, key: bytes) -> tuple[dict[str, Any], bytes]:
    """The plain record and nonce of a revision whose ciphertext was fetched."""
    place = place_of(answer.round, answer.invitation_id, answer.revision, answer.part)
    return sealing.reopen(bytes(answer.ciphertext), data_key=key, place=place)


def last_revisions(the_round: Round, part: Part = Part.FIRST) -> list[Answer]:
    """What the root covers, for the seal and the close."""
    return last_revision_of_each(the_round, part)


def not_opened(the_round: Round) -> list[Answer]:
    """First answers that nobody could read yet: passed for good, or late."""
    opened = set(OpenedAnswer.objects.filter(round=the_round).values_list("answer_id", flat=True))
    return [answer for answer in last_revisions(the_round) if answer.pk not in opened]
