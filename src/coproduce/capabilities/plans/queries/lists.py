"""Actions and standing commitments, and everything about one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from coproduce.capabilities.projects.queries import members_of
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Finding

from .. import rules
from ..models import Action, ActionNote, Check, DateChange, HandedOver, Handover, StandingCommitment
from ..terms import OPEN, Rag, Which


@dataclass(frozen=True)
class Line:
    """An action as the plan shows it on one day."""

    action: Action
    rag: Rag
    overdue: bool
    why: str = ""

    @property
    def rag_words(self) -> str:
        """The colour by its name, and the reason: nobody needs to see it."""
        return f"{self.rag.label}: {self.why}" if self.why else str(self.rag.label)

    @property
    def owners(self) -> list[Any]:
        return [self.action.owner, *self.action.co_owners.all()]

    @property
    def owner_names(self) -> str:
        return ", ".join(person.shown_name for person in self.owners)


def actions_of(project_id: UUID) -> QuerySet[Action]:
    """Actions by number, with owner and co-owners; two queries."""
    rows = Action.objects.filter(project_id=project_id).select_related("owner")
    return rows.prefetch_related("co_owners").order_by("number")


def action_in(project_id: UUID, action_id: UUID) -> Action:
    action = actions_of(project_id).filter(pk=action_id).first()
    if action is None:
        raise NotThere
    return action


def action_by_ref(project_id: UUID, ref: str) -> Action | None:
    """A2, a02 and A02 are the same action."""
    digits = ref.strip().upper().removeprefix("A")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 8):
        return None
    return actions_of(project_id).filter(number=int(digits)).first()


def lines(actions: Iterable[Action], today: date | None = None) -> list[Line]:
    day = today or clock.today()
    return [
        Line(one, rules.rag_of(one, day), rules.is_overdue(one, day), rules.why_this_rag(one, day))
        for one in actions
    ]


def open_actions_of_person(project_id: UUID, person: Any) -> QuerySet[Action]:
    """What this person owns and has not finished, the next end first."""
    mine = actions_of(project_id).filter(owner_id=person.pk, status__in=OPEN)
    return mine.order_by("end", "number")


def shared_actions_of_person(project_id: UUID, person: Any) -> QuerySet[Action]:
    mine = actions_of(project_id).filter(co_owners=person.pk, status__in=OPEN)
    return mine.order_by("end", "number")


def closed_actions_of_person(project_id: UUID, person: Any) -> QuerySet[Action]:
    mine = actions_of(project_id).filter(owner_id=person.pk).exclude(status__in=OPEN)
    return mine.order_by("-closed_on", "number")


def depends_on(action: Action) -> list[Action]:
    """The actions that must come first."""
    return list(action.depends_on.order_by("number"))


def date_changes_of(action: Action) -> QuerySet[DateChange]:
    """R62: every change of a date, oldest first."""
    return DateChange.objects.filter(action=action).select_related("by").order_by("at", "pk")


def moved_findings(actions: Iterable[Action]) -> list[Finding]:
    """R62 for the plan: what has moved twice or more."""
    moved = [action for action in actions if action.status in OPEN]
    return [
        finding
        for action in moved
        for finding in rules.moved_dates_are_shown(action.ref, former=(), times_moved=action.times_moved)
    ]


def former_ends(action: Action) -> list[date]:
    changes = date_changes_of(action).filter(which=Which.END)
    return [change.was for change in changes]


def notes_of(action: Action) -> QuerySet[ActionNote]:
    return ActionNote.objects.filter(action=action).select_related("by").order_by("at", "pk")


def handovers_of(action: Action) -> list[Handover]:
    """R66: every handover of this action, oldest first."""
    rows = HandedOver.objects.filter(action=action).order_by("handover__at", "pk")
    people = ("handover__from_person", "handover__to_person", "handover__by")
    return [row.handover for row in rows.select_related(*people)]


def handovers_touching(project_id: UUID, person: Any) -> QuerySet[Handover]:
    """R66: how both are told, on their own list; newest first."""
    rows = Handover.objects.filter(Q(from_person_id=person.pk) | Q(to_person_id=person.pk))
    rows = rows.filter(project_id=project_id).select_related("from_person", "to_person", "by")
    return rows.order_by("-at", "-pk")


def handed_over_in(handovers: Iterable[Handover]) -> dict[UUID, list[Action]]:
    """The actions of each handover, by the handover's id; one query."""
    found: dict[UUID, list[Action]] = {}
    rows = HandedOver.objects.filter(handover__in=[one.pk for one in handovers]).select_related("action")
    for row in rows.order_by("action__number"):
        found.setdefault(row.handover_id, []).append(row.action)
    return found


def handover(handover_id: UUID) -> Handover:
    """One handover with its people, for the task worker."""
    return Handover.objects.select_related("from_person", "to_person", "by", "project").get(pk=handover_id)


def handed_over_count(one: Handover) -> int:
    return HandedOver.objects.filter(handover=one).count()


def next_action_number(project_id: UUID) -> int:
    highest = Action.objects.filter(project_id=project_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


# Standing commitments


def commitments_of(project_id: UUID) -> QuerySet[StandingCommitment]:
    rows = StandingCommitment.objects.filter(project_id=project_id).select_related("checker")
    return rows.order_by("number")


def commitment_in(project_id: UUID, commitment_id: UUID) -> StandingCommitment:
    commitment = commitments_of(project_id).filter(pk=commitment_id).first()
    if commitment is None:
        raise NotThere
    return commitment


def checks_of(commitment: StandingCommitment) -> QuerySet[Check]:
    return Check.objects.filter(commitment=commitment).select_related("by").order_by("at", "pk")


def commitments_to_check(project_id: UUID, person: Any) -> QuerySet[StandingCommitment]:
    return commitments_of(project_id).filter(checker_id=person.pk).order_by("check_date", "number")


def next_commitment_number(project_id: UUID) -> int:
    rows = StandingCommitment.objects.filter(project_id=project_id)
    return (rows.aggregate(highest=Max("number"))["highest"] or 0) + 1


# People


def members_by_id(project_id: UUID) -> dict[UUID, Any]:
    return {person.pk: person for person in members_of(project_id)}
