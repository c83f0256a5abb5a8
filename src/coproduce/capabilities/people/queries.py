"""Every read of groups, seats, consents and access needs, and their access doors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, Words

from . import rules
from .models import AccessNeed, Group, Seat
from .terms import GROUP, SEAT, Acknowledgement, GroupKind, Label, Mix
from .terms import label_of as label_of_kinds

_BY_CODE = (Length("code"), "code")


@dataclass(frozen=True)
class Places:
    """One group with how many of its places are taken."""

    group: Group
    filled: int

    @property
    def wanted(self) -> int:
        return self.group.places_wanted

    @property
    def empty(self) -> int:
        return max(0, self.wanted - self.filled)


# The doors


def group_for(person: Any, project_id: UUID, group_id: UUID, purpose: Purpose) -> tuple[Visit, Group]:
    visit = projects.visit(person, project_id, GROUP, purpose)
    return visit, group_in(project_id, group_id)


def seat_to_change(person: Any, project_id: UUID, seat_id: UUID) -> tuple[Visit, Seat]:
    """Whoever runs the project, and the person whose seat it is."""
    visit = projects.visit(person, project_id, SEAT, Purpose.READ)
    seat = seats_of(project_id).filter(pk=seat_id).first()
    if seat is None or not (seat.person_id == person.pk or visit.may(SEAT, Purpose.RUN)):
        raise NotThere
    return visit, seat


# Groups


def groups_of(project_id: UUID) -> QuerySet[Group]:
    return Group.objects.filter(project_id=project_id).order_by(*_BY_CODE)


def group_in(project_id: UUID, group_id: UUID) -> Group:
    group = Group.objects.filter(project_id=project_id, pk=group_id).first()
    if group is None:
        raise NotThere
    return group


def places_of(project_id: UUID) -> list[Places]:
    """The groups with places wanted and filled, by code; one query."""
    return [Places(group, group.filled) for group in groups_of(project_id).annotate(filled=_filled())]


def empty_chairs(project_id: UUID) -> list[Places]:
    """Groups with a place to fill, or with somebody missing."""
    return [places for places in places_of(project_id) if places.empty or places.group.missing]


def mix_of(project_id: UUID) -> Mix:
    """How many people sit for each kind of group; one query."""
    return mix_from(places_of(project_id))


def mix_from(places: Iterable[Places]) -> Mix:
    counts: dict[GroupKind, int] = {}
    for at in places:
        counts[GroupKind(at.group.kind)] = counts.get(GroupKind(at.group.kind), 0) + at.filled
    return Mix(counts)


def label_of(project_id: UUID) -> Label:
    """Co-production, collaboration or community-led action, from who is at the table; one query."""
    kinds = Seat.objects.filter(project_id=project_id).values_list("main_group__kind", flat=True).distinct()
    return label_of_kinds(GroupKind(kind) for kind in kinds.order_by())


def banners(visit: Visit) -> list[Finding]:
    """What every page of the project says about who is at the table; one query."""
    return list(rules.table_findings(mix_of(visit.project.pk)))


def summary(visit: Visit) -> Words:
    """Where the table stands, in one line; one query."""
    mix = mix_of(visit.project.pk)
    if not mix.total:
        return mix.label.label
    words = {"label": mix.label.label, "people": _people(mix.total), "citizens": mix.citizens}
    return _("%(label)s: %(people)s, %(citizens)d of them citizens") % words


def mix_sentence(mix: Mix) -> str:
    """“24 people are at the table. 12 of them (50%) are citizens.”"""
    if not mix.total:
        return _("Nobody is at the table yet.")
    are = ngettext("%(count)d person is at the table.", "%(count)d people are at the table.", mix.total)
    share = _("%(citizens)d of them (%(share)s) are citizens.")
    numbers = {"citizens": mix.citizens, "share": f"{mix.citizen_share:.0%}"}
    return f"{are % {'count': mix.total}} {share % numbers}"


def _people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


# Seats


def seats_of(project_id: UUID) -> QuerySet[Seat]:
    """Seats by code, with person and groups; two queries."""
    return (
        Seat.objects.filter(project_id=project_id)
        .select_related("person", "main_group")
        .prefetch_related("other_groups")
        .order_by(*_BY_CODE)
    )


def seats_in(group: Group) -> QuerySet[Seat]:
    """The seats whose main group this is."""
    return seats_of(group.project_id).filter(main_group=group)


def seat_of(person: Any, project_id: UUID) -> Seat | None:
    seats = Seat.objects.select_related("person", "main_group")
    return seats.filter(project_id=project_id, person_id=person.pk).first()


def group_of(person: Any, project_id: UUID) -> Group | None:
    """The main group of a person; none for facilitators and others without a seat."""
    seat = seat_of(person, project_id)
    return seat.main_group if seat else None


def groups_by_person(project_id: UUID) -> dict[UUID, Group]:
    """The main group of everyone with a seat, by the person's id; one query."""
    seats = Seat.objects.filter(project_id=project_id).select_related("main_group")
    return {seat.person_id: seat.main_group for seat in seats}


def seated_ids(project_id: UUID) -> set[UUID]:
    return set(Seat.objects.filter(project_id=project_id).values_list("person_id", flat=True))


def people_without_seat(project_id: UUID) -> list[Any]:
    """People with a role in the project and no seat, such as its manager."""
    seated = seated_ids(project_id)
    held = projects.roles_in(project_id).exclude(person__is_machine=True)
    return list({role.person_id: role.person for role in held if role.person_id not in seated}.values())


# Credit and consent


def credit_line(seat: Seat) -> str:
    """The person's name as they chose to be credited in public."""
    match seat.acknowledgement:
        case Acknowledgement.NAMED:
            return seat.person.shown_name
        case Acknowledgement.FIRST_NAME:
            return seat.person.shown_name.split()[0]
        case Acknowledgement.ORGANISATION if seat.organisation:
            return seat.organisation
        case _:
            return _("Anonymous")


def credits_of(project_id: UUID) -> dict[UUID, str]:
    """The credit line of everyone with a seat, by the person's id; one query."""
    seats = Seat.objects.filter(project_id=project_id).select_related("person")
    return {seat.person_id: credit_line(seat) for seat in seats}


@dataclass(frozen=True)
class Voices:
    """How the people with a seat may be named and quoted in public today, by their ids."""

    names: dict[UUID, str]
    quotable: frozenset[UUID]
    seated: frozenset[UUID]

    def may_quote(self, person_id: UUID, *, agreed_there: bool) -> bool:
        """R20: who has a seat agrees there, and may take it back; others agreed with what they said, or not."""
        return person_id in self.quotable or (person_id not in self.seated and agreed_there)


def voices_of(project_id: UUID) -> Voices:
    """One query; those who chose no name are left out of the names."""
    seats = list(Seat.objects.filter(project_id=project_id).select_related("person"))
    named = (seat for seat in seats if seat.acknowledgement != Acknowledgement.ANONYMOUS)
    return Voices(
        {seat.person_id: credit_line(seat) for seat in named},
        frozenset(seat.person_id for seat in seats if seat.quotable),
        frozenset(seat.person_id for seat in seats),
    )


def may_quote(person: Any, project_id: UUID) -> bool:
    """R20: whether the person's words may be shown in public at this moment."""
    seat = Seat.objects.filter(project_id=project_id, person_id=person.pk).first()
    return seat is not None and rules.may_quote(seat)


def quotable_ids(project_id: UUID) -> frozenset[UUID]:
    """R20 for everyone: the ids of the people whose words may be shown in public; one query."""
    seats = Seat.objects.filter(
        project_id=project_id, quotes_agreed_on__isnull=False, quotes_withdrawn_on__isnull=True
    )
    return frozenset(seats.values_list("person_id", flat=True))


def who_wants_outcomes(project_id: UUID) -> QuerySet[Seat]:
    return seats_of(project_id).filter(wants_outcomes=True)


def who_wants_review(project_id: UUID) -> QuerySet[Seat]:
    return seats_of(project_id).filter(wants_review=True)


# Access needs: for the person and whoever runs the project


def needs_of_seat(seat: Seat) -> QuerySet[AccessNeed]:
    return AccessNeed.objects.filter(seat=seat).order_by("pk")


def need_in(seat: Seat, need_id: UUID) -> AccessNeed:
    need = needs_of_seat(seat).filter(pk=need_id).first()
    if need is None:
        raise NotThere
    return need


def needs_of(project_id: UUID) -> QuerySet[AccessNeed]:
    """The needs of everyone in the project; callers ask for SEAT and Purpose.RUN first."""
    return AccessNeed.objects.filter(seat__project_id=project_id).order_by("kind", "need", "pk")


# The record


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Groups and seats, people as each chose to be named; access needs and ways to reach people stay out."""
    return {
        "groups": [dict(row) for row in groups_of(project_id).values()],
        "seats": [_seat_row(seat) for seat in seats_of(project_id)],
    }


def _seat_row(seat: Seat) -> dict[str, Any]:
    return {
        "id": seat.pk, "code": seat.code, "person_id": seat.person_id, "credit": credit_line(seat),
        "main_group": seat.main_group.code, "other_groups": _codes(seat.other_groups.all()),
        "capacity": seat.capacity, "organisation": seat.organisation, "acknowledgement": seat.acknowledgement,
        "quotes_agreed_on": seat.quotes_agreed_on, "quotes_withdrawn_on": seat.quotes_withdrawn_on,
        "wants_outcomes": seat.wants_outcomes, "wants_review": seat.wants_review, "added_at": seat.added_at,
    }  # fmt: skip


def _codes(groups: Iterable[Group]) -> list[str]:
    return sorted(group.code for group in groups)


def _filled() -> Coalesce:
    seats = Seat.objects.filter(main_group=OuterRef("pk")).order_by().values("main_group")
    count = seats.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)
