"""What everyone may read after the seal."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Length

from coproduce.capabilities.people.terms import GroupKind
from coproduce.core.access import NotThere
from coproduce.core.findings import Finding

from .. import rules
from ..models import Answer, Invitation, OpenedAnswer, OpenedBarrier, Round, SecondAnswer
from ..rules import sealing
from .doors import fixed_by_the_root, last_revision_of_each, must_be_all_open


@dataclass(frozen=True)
class Reader:
    """An opened answer in its place of the reading."""

    opened: OpenedAnswer
    second: SecondAnswer | None = None

    @property
    def invitation(self) -> Invitation:
        return self.opened.invitation

    @property
    def lot(self) -> str:
        return self.opened.answer.commitment

    @property
    def is_leader(self) -> bool:
        return self.invitation.group_kind == GroupKind.LEADERS


@dataclass(frozen=True)
class Reading:
    """R28: the answers in the order drawn by lot, the late ones after them, and what the rule says."""

    order: list[Reader]
    late: list[Reader]
    seed: str
    findings: list[Finding]


def opened_answers(the_round: Round) -> QuerySet[OpenedAnswer]:
    """R23: every answer in plain words, late ones included; nothing before the seal. One query."""
    must_be_all_open(the_round)
    return (
        OpenedAnswer.objects.filter(round=the_round)
        .select_related("invitation__person", "invitation__group", "answer", "answer__entered_by")
        .defer("answer__ciphertext")
        .order_by(Length("invitation__seat__code"), "invitation__seat__code")
    )


def opened_barriers(the_round: Round) -> QuerySet[OpenedBarrier]:
    """R23: every barrier in its raiser's words: `words level importance ease built_on person group opened`."""
    must_be_all_open(the_round)
    return (
        OpenedBarrier.objects.filter(round=the_round)
        .select_related("round", "opened__answer", "opened__invitation__person", "opened__invitation__group")
        .defer("opened__answer__ciphertext")
        .order_by(Length("opened__invitation__seat__code"), "opened__invitation__seat__code", "place")
    )


def opened_answer(opened_answer_id: UUID) -> OpenedAnswer:
    """One opened answer, as `LateAnswerOpened` names it."""
    return OpenedAnswer.objects.select_related("round", "invitation__person", "invitation__group").get(
        pk=opened_answer_id
    )


def round_of_event(round_id: UUID) -> Round:
    """The round that an event names."""
    return Round.objects.select_related("project").get(pk=round_id)


def second_answers(the_round: Round) -> dict[UUID, SecondAnswer]:
    """The second answer that counts, by invitation; one query."""
    given = SecondAnswer.objects.filter(round=the_round).select_related("entered_by").order_by("revision")
    return {answer.invitation_id: answer for answer in given}


def second_answer_of(invitation: Invitation) -> SecondAnswer | None:
    return SecondAnswer.objects.filter(invitation=invitation).order_by("-revision").first()


def reading(the_round: Round) -> Reading:
    """The answers in the order in which they are read; two queries."""
    second = second_answers(the_round)
    readers = [Reader(one, second.get(one.invitation_id)) for one in opened_answers(the_round)]
    seed = sealing.order_seed(bytes.fromhex(the_round.root), str(the_round.pk))
    order = rules.reading_order(seed, (reader for reader in readers if not reader.opened.is_late))
    late = [reader for reader in readers if reader.opened.is_late]
    return Reading(order, late, seed.hex(), list(rules.the_order_is_random(seed, order)))


def short_root(the_round: Round) -> str:
    """The first letters of the root, short enough to read aloud and write down; nothing before the seal."""
    return sealing.receipt(bytes.fromhex(the_round.root)) if the_round.root else ""


def own_opened(invitation: Invitation) -> OpenedAnswer | None:
    """One's own first answer, once it is open."""
    return OpenedAnswer.objects.filter(invitation=invitation).first()


def receipts(the_round: Round) -> list[Answer]:
    """The commitments that the root covers, in its order; they tell nothing of the words."""
    if not the_round.is_sealed:
        raise NotThere
    return fixed_by_the_root(the_round, last_revision_of_each(the_round))
