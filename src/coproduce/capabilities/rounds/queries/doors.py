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
from ..models import Answer, Invitation, Round
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


def own_invitation_to_answer(person: Any, project_id: UUID, round_id: UUID) -> Invitation:
    """The same door for whoever answers: its round is locked for as long as the transaction lasts."""
    projects.must_allow(person, project_id, ROUND, Purpose.CONTRIBUTE)
    # Not the key: whoever writes a row that points at the round checks it last, with the ledger already locked.
    invited = Invitation.objects.select_related("round").select_for_update(no_key=True, of=("round",))
    own = invited.filter(round_id=round_id, round__project_id=project_id, person_id=person.pk)
    for invitation in own.exclude(round__state=State.DRAFT):
        invitation.person = person
        return invitation
    raise NotThere


def seats_to_choose(project_id: UUID) -> list[Any]:
    """Seats that can be invited: everyone's but the facilitators'."""
    leading = {person.pk for person in projects.facilitators_of(project_id)}
    return [seat for seat in people.seats_of(project_id) if seat.person_id not in leading]


def leaders_seated(project_id: UUID) -> int:
    return people.mix_of(project_id).people.get(GroupKind.LEADERS, 0)


def last_revision(invitation: Invitation, part: Part = Part.FIRST) -> Answer | None:
    """The revision that counts, without its body."""
    return Answer.objects.filter(invitation=invitation, part=part).order_by("-revision").first()


def last_place(invitation: Invitation, part: Part = Part.FIRST) -> tuple[int, UUID | None]:
    """The number of the last revision, 0 when there is none, and who entered it for someone."""
    revisions = Answer.objects.filter(invitation=invitation, part=part).order_by("-revision")
    for revision, entered_by in revisions.values_list("revision", "entered_by_id")[:1]:
        return revision, entered_by
    return 0, None


def last_revision_of_each(the_round: Round, part: Part = Part.FIRST) -> list[Answer]:
    """The revision of each invitation that counts, in the order of the root; without its body."""
    revisions = Answer.objects.filter(round=the_round, part=part).select_related("invitation")
    last = {answer.invitation_id: answer for answer in revisions.order_by("revision")}
    return sorted(last.values(), key=lambda answer: answer.commitment)


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
