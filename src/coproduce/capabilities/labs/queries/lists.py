"""Labs and everything that was written down about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.db.models.functions import Length

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock

from ..models import (
    AgendaItem,
    Arrangement,
    Came,
    ConflictNote,
    Facilitation,
    HandedOn,
    Idea,
    Invited,
    Jargon,
    Lab,
    LabDecision,
    ParkedItem,
    Prototype,
    Turn,
)
from ..terms import Met, Next, Trial


def project_labs(project_id: UUID) -> QuerySet[Lab]:
    """The labs of a project by date, with their round."""
    return (
        Lab.objects.filter(project_id=project_id).select_related("round").order_by("date", "starts_at", "pk")
    )


def lab_opened_by(round_id: UUID) -> Lab | None:
    """The lab whose opening independent write this round is."""
    return Lab.objects.filter(round_id=round_id).order_by("date", "pk").first()


def labs_of(visit: Visit) -> QuerySet[Lab]:
    """What a person who is inside the project sees: all of them."""
    return project_labs(visit.project.pk)


def next_number(project_id: UUID) -> int:
    codes = Lab.objects.filter(project_id=project_id).values_list("code", flat=True)
    return max((int(code[1:]) for code in codes if code[1:].isdecimal()), default=0) + 1


def facilitators_of(lab: Lab) -> list[Any]:
    return list(lab.facilitators.order_by("name", "pk"))


def agenda_of(lab: Lab) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(lab=lab).select_related("owner").order_by("place", "pk")


# Who is asked, and who came


def invited_to(lab: Lab) -> QuerySet[Invited]:
    """Everyone who is invited, by seat, with person and group; one query."""
    rows = Invited.objects.filter(lab=lab).select_related("seat__person", "seat__main_group")
    return rows.order_by(Length("seat__code"), "seat__code")


def is_invited(lab: Lab, person: Any) -> bool:
    return Invited.objects.filter(lab=lab, seat__person_id=person.pk).exists()


def came_to(lab: Lab) -> set[UUID]:
    """The seats of those who are known by name to have been there."""
    return set(Came.objects.filter(lab=lab).values_list("seat_id", flat=True))


# Access needs


@dataclass
class NeedLine:
    """One need of somebody who is invited: what it is and how far it is looked after, and nothing more (R15)."""

    id: UUID
    need: str
    kind: str
    share_with_venue: bool
    recorded_on: date
    state: Met
    arranged_by: str

    @property
    def is_open(self) -> bool:
        return self.state == Met.NOT_YET


def access_plan(lab: Lab) -> list[NeedLine]:
    """The needs of everyone who is invited; two queries. Callers have come through `access_plan_for`."""
    return _lines(lab, Invited.objects.filter(lab=lab).values("seat_id"))


def own_needs(lab: Lab, seat: Any) -> list[NeedLine]:
    """What the person themselves needs, and how far this lab has seen to it."""
    return _lines(lab, [seat.pk]) if seat else []


def _lines(lab: Lab, seats: Iterable[Any]) -> list[NeedLine]:
    made = {one.need_id: one for one in Arrangement.objects.filter(lab=lab)}
    needs = people.needs_of(lab.project_id).filter(seat_id__in=seats)
    return [_line(need, made.get(need.pk)) for need in needs]


def _line(need: Any, made: Arrangement | None) -> NeedLine:
    return NeedLine(
        id=need.pk,
        need=need.need,
        kind=need.get_kind_display(),
        share_with_venue=need.share_with_venue,
        recorded_on=need.recorded_on,
        state=Met(made.state) if made else Met.NOT_YET,
        arranged_by=made.arranged_by if made else "",
    )


# What came of a lab


def ideas_of(project_id: UUID) -> QuerySet[Idea]:
    rows = Idea.objects.filter(lab__project_id=project_id).select_related("lab", "group", "person")
    return rows.order_by("lab__date", "noted_at", "pk")


def decisions_of(project_id: UUID) -> QuerySet[LabDecision]:
    rows = LabDecision.objects.filter(lab__project_id=project_id).select_related("lab")
    return rows.order_by("lab__date", "noted_at", "pk")


def parked_in(project_id: UUID) -> QuerySet[ParkedItem]:
    rows = ParkedItem.objects.filter(lab__project_id=project_id).select_related("lab")
    return rows.order_by("lab__date", "noted_at", "pk")


def jargon_of(project_id: UUID) -> QuerySet[Jargon]:
    return Jargon.objects.filter(lab__project_id=project_id).select_related("lab").order_by("word", "pk")


def prototypes_of(project_id: UUID) -> QuerySet[Prototype]:
    return Prototype.objects.filter(lab__project_id=project_id).select_related("lab").order_by("number")


def next_prototype_number(project_id: UUID) -> int:
    highest = Prototype.objects.filter(lab__project_id=project_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def trial_of(prototype: Prototype, today: date | None = None) -> Trial:
    """Where it stands on the board today."""
    day = today or clock.today()
    if prototype.next_step:
        return Trial(Next(prototype.next_step).value)
    if prototype.begins > day:
        return Trial.TO_COME
    return Trial.RUNNING if prototype.ends >= day else Trial.WAITING


def board_of(project_id: UUID) -> list[tuple[Trial, list[Prototype]]]:
    """The prototypes of labs that were held, in the columns of the board, empty ones left out; one query."""
    held = prototypes_of(project_id).filter(lab__held_at__isnull=False)
    rows = [(trial_of(one), one) for one in held]
    columns = [(trial, [one for where, one in rows if where == trial]) for trial in Trial]
    return [(trial, found) for trial, found in columns if found]


# The tally


def last_turn(lab: Lab) -> Turn | None:
    """What “Take the last one back” takes back: the newest count that was not taken back yet."""
    counted = Turn.objects.filter(lab=lab, undoes__isnull=True).select_related("group")
    undone = Turn.objects.filter(lab=lab, undoes__isnull=False).values("undoes_id")
    return counted.exclude(pk__in=undone).order_by("-at", "-pk").first()


# Facilitation


def facilitation_of(project_id: UUID) -> Facilitation:
    """What is declared; an empty declaration when nobody has made one yet."""
    found = Facilitation.objects.select_related("co_facilitator").filter(pk=project_id).first()
    return found or Facilitation(project_id=project_id)


def handovers_of(project_id: UUID) -> QuerySet[HandedOn]:
    rows = HandedOn.objects.filter(project_id=project_id).select_related("from_person", "to_person", "by")
    return rows.order_by("-at", "-pk")


def conflict_notes_of(lab: Lab) -> QuerySet[ConflictNote]:
    return ConflictNote.objects.filter(lab=lab).select_related("by").order_by("at", "pk")
