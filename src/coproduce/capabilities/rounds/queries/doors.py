"""The access doors, and the rows of a round that tell nothing about what anybody answered."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length
from django.utils.translation import gettext as _

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Words

from .. import rules
from ..models import Answer, Invitation, Round, Support
from ..rules import sealing
from ..terms import AFTER_THE_READING, ANSWERS, ROUND, Part, State


def round_for(
    person: Any, project_id: UUID, round_id: UUID, purpose: Purpose, kind: str = ROUND
) -> tuple[Visit, Round]:
    """The door of every page of a round; a draft is there only for those who run it."""
    visit = projects.visit(person, project_id, kind, purpose)
    return visit, _seen(visit, round_id)


def opened_round_for(person: Any, project_id: UUID, round_id: UUID) -> tuple[Visit, Round]:
    """R23: the door to words of others. Before they are open there is nothing behind it, whoever asks."""
    visit, the_round = round_for(person, project_id, round_id, Purpose.READ, ANSWERS)
    must_be_all_open(the_round)
    return visit, the_round


def must_be_all_open(the_round: Round) -> None:
    """R23: refused and absent look the same. While a round is read in turns, `turns.py` is the door."""
    if any(rules.others_answers_stay_closed(the_round.state, the_round.in_turns)):
        raise NotThere


ALL_OPEN = Q(state__in=AFTER_THE_READING) | Q(state=State.SEALED, in_turns=False)


def open_rounds(project_id: UUID) -> QuerySet[Round]:
    """The rounds of a project whose first answers all may read."""
    return project_rounds(project_id).filter(ALL_OPEN)


def _seen(visit: Visit, round_id: UUID) -> Round:
    the_round = rounds_of(visit).filter(pk=round_id).first()
    if the_round is None:
        raise NotThere
    return the_round


def rounds_of(visit: Visit) -> QuerySet[Round]:
    """The rounds that this person may know of, in their order."""
    rounds = Round.objects.filter(project_id=visit.project.pk)
    if not visit.may(ROUND, Purpose.RUN):
        rounds = rounds.exclude(state=State.DRAFT)
    return rounds.order_by(Length("code"), "code")


def rounds_with_counts(visit: Visit) -> QuerySet[Any]:
    """`rounds_of` with `invited` and `answered`; one query."""
    answers = Answer.objects.filter(invitation=OuterRef("pk"), part=Part.FIRST)
    came = Exists(answers)
    in_time_to_answer = Invitation.objects.filter(round=OuterRef("pk"), came_late=False)
    counted = in_time_to_answer.order_by().values("round")
    invited = counted.annotate(n=Count("pk")).values("n")
    answered = counted.annotate(n=Count("pk", filter=Q(came))).values("n")
    on_time = Exists(answers.filter(is_late=False))
    in_time = counted.annotate(n=Count("pk", filter=Q(on_time))).values("n")
    return rounds_of(visit).annotate(
        invited=_or_nought(invited), answered=_or_nought(answered), on_time=_or_nought(in_time)
    )


def project_rounds(project_id: UUID) -> QuerySet[Round]:
    """Every round of a project, for other capabilities and the export; pages go through the doors."""
    return Round.objects.filter(project_id=project_id).order_by(Length("code"), "code")


def may_be_followed(project_id: UUID, round_id: UUID | None) -> bool:
    """Whether all may read the answers of this earlier round of the same project."""
    return round_id is not None and open_rounds(project_id).filter(pk=round_id).exists()


def next_code(project_id: UUID) -> str:
    return f"R{Round.objects.filter(project_id=project_id).count() + 1}"


# Invitations


def invitations_of(the_round: Round) -> QuerySet[Invitation]:
    """Who is invited, in the order of their seats."""
    return (
        Invitation.objects.filter(round=the_round)
        .select_related("person", "group", "seat")
        .order_by(Length("seat__code"), "seat__code")
    )


def invitation_in(the_round: Round, invitation_id: UUID) -> Invitation:
    invitation = invitations_of(the_round).filter(pk=invitation_id).first()
    if invitation is None:
        raise NotThere
    return invitation


def invitation_of(the_round: Round, person: Any) -> Invitation | None:
    return invitations_of(the_round).filter(person_id=person.pk).first()


def own_invitation(person: Any, project_id: UUID, round_id: UUID) -> tuple[Visit, Round, Invitation]:
    """The door of one's own answer: only people who are invited have one."""
    visit, the_round = round_for(person, project_id, round_id, Purpose.CONTRIBUTE)
    invitation = invitation_of(the_round, person)
    if invitation is None or the_round.is_draft:
        raise NotThere
    return visit, the_round, invitation


def for_someone(
    person: Any, project_id: UUID, round_id: UUID, invitation_id: UUID
) -> tuple[Visit, Round, Invitation]:
    """The door of an answer that is written down for somebody: for facilitators, and for that person's supporter."""
    visit, the_round = round_for(person, project_id, round_id, Purpose.READ)
    invitation = invitation_in(the_round, invitation_id)
    if not (visit.may(ROUND, Purpose.RUN) or supports(person, invitation)):
        raise NotThere
    return visit, the_round, invitation


def supports(person: Any, invitation: Invitation) -> bool:
    return Support.objects.filter(invitation=invitation, person_id=person.pk).exists()


def supported_by(person: Any, the_round: Round) -> list[Invitation]:
    """The people whom this person helps to answer in this round."""
    helped = Support.objects.filter(person_id=person.pk, invitation__round=the_round).values("invitation_id")
    return list(invitations_of(the_round).filter(pk__in=helped))


def supporters_of(invitation: Invitation) -> QuerySet[Support]:
    return Support.objects.filter(invitation=invitation).select_related("person").order_by("pk")


def seats_to_choose(project_id: UUID) -> list[Any]:
    """Seats that can be invited: everyone's but the facilitators'."""
    leading = {person.pk for person in projects.facilitators_of(project_id)}
    return [seat for seat in people.seats_of(project_id) if seat.person_id not in leading]


def leaders_seated(project_id: UUID) -> int:
    return people.mix_of(project_id).people.get(GroupKind.LEADERS, 0)


def last_revision(invitation: Invitation, part: Part = Part.FIRST) -> Answer | None:
    """The revision that counts, without its body."""
    return Answer.objects.filter(invitation=invitation, part=part).order_by("-revision").first()


def last_revision_of_each(the_round: Round, part: Part = Part.FIRST) -> list[Answer]:
    """The revision of each invitation that counts, in the order of the root; without its body."""
    revisions = Answer.objects.filter(round=the_round, part=part).select_related("invitation")
    last = {answer.invitation_id: answer for answer in revisions.order_by("revision")}
    return sorted(last.values(), key=lambda answer: answer.commitment)


def fixed_by_the_root(the_round: Round, answers: list[Answer]) -> list[Answer]:
    """Those of the answers that give the root: all that were on time, and what came late but before the seal.

    Found by the root itself: a clock that was set back would put a later answer before the seal.
    """
    on_time = [one for one in answers if not one.is_late]
    late = sorted((one for one in answers if one.is_late), key=lambda one: (one.submitted_at, one.pk))
    for count in range(len(late) + 1):
        chosen = sorted([*on_time, *late[:count]], key=lambda one: one.commitment)
        if sealing.root(bytes.fromhex(one.commitment) for one in chosen).hex() == the_round.root:
            return chosen
    # None gives it: then whoever checks is to see that.
    return sorted(on_time, key=lambda one: one.commitment)


def has_answered(invitation: Invitation) -> bool:
    """Whether there is any answer, first or second."""
    return Answer.objects.filter(invitation=invitation).exists()


def summary_line(visit: Visit) -> Words:
    """One line for the overview of the project; one query."""
    rounds = list(rounds_with_counts(visit))
    if not rounds:
        return _("No round yet")
    newest = rounds[-1]
    numbers = {"on_time": newest.on_time, "invited": newest.invited}
    match newest.state:
        case State.DRAFT:
            return _("Being prepared")
        case State.OPEN:
            return _("Open: %(answered)s of %(invited)s have answered") % (
                numbers | {"answered": newest.answered}
            )
        case _sealed:
            return _("%(on_time)s of %(invited)s sealed on time") % numbers


def _or_nought(count: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)
