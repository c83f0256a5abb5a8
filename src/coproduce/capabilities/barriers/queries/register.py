"""The register itself: doors, lists, and everything about one barrier."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Max, PositiveSmallIntegerField, Q, QuerySet, Value, When

from coproduce.capabilities.accounts.terms import TASK_WORKER
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core.access import NotThere, Purpose

from .. import rules
from ..models import Barrier, Intake, Merge, Note, Said, Theme
from ..terms import BARRIER, IMPORTANT_FROM, THEME, ZONE_CUT, Zone

_SHOWN = ("group", "theme", "raised_by", "owner", "merged_into")
_LEAST_HIGH = int(ZONE_CUT) + 1

# The doors


def visit_register(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, BARRIER, purpose)


def visit_to_ask(by: Any, project_id: UUID) -> None:
    """Those who lead may ask raisers, and the task worker, which writes to them at the annual review."""
    if by.pk != TASK_WORKER:
        visit_register(by, project_id, Purpose.DECIDE)


def visit_themes(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, THEME, purpose)


def barrier_for(person: Any, project_id: UUID, barrier_id: UUID, purpose: Purpose) -> tuple[Visit, Barrier]:
    visit = visit_register(person, project_id, purpose)
    return visit, barrier_in(project_id, barrier_id)


def barrier_to_check_back(
    person: Any, project_id: UUID, barrier_id: UUID
) -> tuple[Visit, Barrier, "rules.Raisers"]:
    """For whoever raised it, their group, and the facilitator who writes down what they say."""
    visit, barrier = barrier_for(person, project_id, barrier_id, Purpose.CONTRIBUTE)
    raisers = raisers_of(barrier)
    if not (visit.may(BARRIER, Purpose.RUN) or raisers.include(person.pk, group_ids_of(person, project_id))):
        raise NotThere
    return visit, barrier, raisers


# Lists


def barriers_of(project_id: UUID) -> QuerySet[Barrier]:
    """All barriers by number, with what a list shows; one query."""
    return Barrier.objects.filter(project_id=project_id).select_related(*_SHOWN).order_by("number")


def barriers_in_short(project_id: UUID) -> QuerySet[Barrier]:
    """All barriers by number with theme and group, and without words: for figures and for the choices of a list."""
    rows = Barrier.objects.filter(project_id=project_id).select_related("group", "theme").order_by("number")
    return rows.defer("statement", "response_words", "lets_people", "early_sign", "felt_by")


def barrier_in(project_id: UUID, barrier_id: UUID) -> Barrier:
    barrier = barriers_of(project_id).filter(pk=barrier_id).first()
    if barrier is None:
        raise NotThere
    return barrier


def barrier_by_ref(project_id: UUID, ref: str) -> Barrier | None:
    """B7, b07 and B07 are the same barrier."""
    digits = ref.strip().upper().removeprefix("B")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 8):
        return None
    return barriers_of(project_id).filter(number=int(digits)).first()


def barriers_with(ids: Iterable[UUID]) -> dict[UUID, Barrier]:
    """The barriers with these ids, by id; one query."""
    return Barrier.objects.in_bulk(list(ids))


def in_zone(barriers: QuerySet[Barrier], zone: str) -> QuerySet[Barrier]:
    matters, easy = Q(importance__gte=_LEAST_HIGH), Q(ease__gte=_LEAST_HIGH)
    rated = barriers.filter(importance__isnull=False, ease__isnull=False)
    match zone:
        case Zone.DO_NOW:
            return rated.filter(matters & easy)
        case Zone.PLAN:
            return rated.filter(matters & ~easy)
        case Zone.TIDY:
            return rated.filter(~matters & easy)
        case Zone.WATCH:
            return rated.filter(~matters & ~easy)
        case _:
            return barriers.filter(Q(importance__isnull=True) | Q(ease__isnull=True))


def with_what_may_be_seen(barriers: QuerySet[Barrier], sealed: Collection[UUID]) -> QuerySet[Any]:
    """R34: `seen_importance` and `seen_ease` are empty for the barriers that are sealed from somebody."""
    if not sealed:
        return barriers.annotate(seen_importance=F("importance"), seen_ease=F("ease"))
    nothing = When(pk__in=sealed, then=Value(None, output_field=PositiveSmallIntegerField()))
    return barriers.annotate(
        seen_importance=Case(nothing, default=F("importance")), seen_ease=Case(nothing, default=F("ease"))
    )


def important(barriers: QuerySet[Barrier]) -> QuerySet[Barrier]:
    return barriers.filter(importance__gte=IMPORTANT_FROM)


def answered_with(rows: QuerySet[Any], barriers: Iterable[Barrier], response: str) -> QuerySet[Any]:
    """Those with this response; a merged barrier has the response of the one that it was merged into."""
    by_id = {barrier.pk: barrier for barrier in barriers}
    merged = [one for one in by_id.values() if one.merged_into_id]
    shared = [one.pk for one in merged if _last(by_id, one).response == response]
    return rows.filter(Q(merged_into__isnull=True, response=response) | Q(pk__in=shared))


def _last(by_id: Mapping[UUID, Barrier], barrier: Barrier) -> Barrier:
    while barrier.merged_into_id:
        barrier = by_id[barrier.merged_into_id]
    return barrier


def found_by(barriers: QuerySet[Barrier], words: str) -> QuerySet[Barrier]:
    """Words of the statement, the early sign, the response, the raiser or the owner; or the number."""
    found = Q(statement__icontains=words) | Q(response_words__icontains=words)
    found |= Q(early_sign__icontains=words)
    found |= Q(raised_by__name__icontains=words) | Q(owner__name__icontains=words)
    digits = words.upper().removeprefix("B")
    if digits.isascii() and digits.isdigit() and len(digits) < 8:
        found |= Q(number=int(digits))
    return barriers.filter(found)


def next_number(project_id: UUID) -> int:
    highest = Barrier.objects.filter(project_id=project_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


# One barrier


def root_of(barrier: Barrier) -> Barrier:
    """Where a merged barrier ended up; merges may follow one another."""
    while barrier.merged_into_id:
        barrier = barrier_in(barrier.project_id, barrier.merged_into_id)
    return barrier


def merged_in(barrier: Barrier) -> list[Barrier]:
    """Every barrier that was merged into this one, directly or through another; one query."""
    merged = list(barriers_of(barrier.project_id).filter(merged_into__isnull=False))
    found: list[Barrier] = []
    layer = {barrier.pk}
    while layer:
        inner = [one for one in merged if one.merged_into_id in layer]
        found += inner
        layer = {one.pk for one in inner}
    return sorted(found, key=lambda one: one.number)


def raisers_of(barrier: Barrier) -> rules.Raisers:
    """R33: with everyone whose barrier was merged into it."""
    voices = [barrier, *merged_in(barrier)]
    return rules.Raisers(
        people=frozenset(one.raised_by_id for one in voices if one.raised_by_id),
        groups=frozenset(one.group_id for one in voices if one.group_id),
    )


def group_ids_of(person: Any, project_id: UUID) -> set[UUID]:
    """The main group and the other groups of a person in this project."""
    seats = people.seats_of(project_id).filter(person_id=person.pk)
    return {group.pk for seat in seats for group in (seat.main_group, *seat.other_groups.all())}


def may_speak_for(visit: Visit, voices: Iterable[Barrier]) -> bool:
    """Whether this person, or their group, raised one of these."""
    if not visit.may(BARRIER, Purpose.CONTRIBUTE):
        return False
    raised = list(voices)
    if visit.person.pk in {one.raised_by_id for one in raised}:
        return True
    return not group_ids_of(visit.person, visit.project.pk).isdisjoint({one.group_id for one in raised})


def notes_of(barrier: Barrier) -> QuerySet[Note]:
    return Note.objects.filter(barrier=barrier).select_related("by").order_by("at", "pk")


def merges_of(barrier: Barrier) -> QuerySet[Merge]:
    """R33: the history of merges, undone ones too."""
    touching = Merge.objects.filter(Q(barrier=barrier) | Q(into=barrier))
    return touching.select_related("barrier", "into", "by", "undone_by").order_by("at", "pk")


def said_of(barrier: Barrier) -> QuerySet[Said]:
    """Every check-back, oldest first."""
    return Said.objects.filter(barrier=barrier).select_related("person", "entered_by").order_by("at", "pk")


# Themes and rounds


def barriers_of_round(project_id: UUID, round_id: UUID) -> QuerySet[Barrier]:
    """The barriers that came out of one round, in their order, each in its raiser's words."""
    return barriers_of(project_id).filter(round_id=round_id)


def themes_of(project_id: UUID) -> QuerySet[Theme]:
    return Theme.objects.filter(project_id=project_id).order_by("number")


def theme_in(project_id: UUID, theme_id: UUID) -> Theme:
    theme = themes_of(project_id).filter(pk=theme_id).first()
    if theme is None:
        raise NotThere
    return theme


def groups_of(project_id: UUID) -> list[Any]:
    return list(people.groups_of(project_id))


def rounds_not_brought_in(project_id: UUID) -> list[Any]:
    """Sealed rounds whose barriers are not here; usually they come by themselves."""
    sealed = rounds.open_rounds(project_id)
    new = sealed.exclude(pk__in=Intake.objects.filter(project_id=project_id).values("round_id"))
    return [one for one in new if rounds.opened_barriers(one).exists()]


def has_to_rate(visit: Visit) -> bool:
    """R34: whoever sits in a group and does not run the project."""
    if not visit.may(THEME, Purpose.CONTRIBUTE) or visit.may(THEME, Purpose.RUN):
        return False
    return people.group_of(visit.person, visit.project.pk) is not None


def people_who_rate(project_id: UUID) -> list[Any]:
    """Everyone with a seat, by name."""
    seated = (seat.person for seat in people.seats_of(project_id))
    return sorted(seated, key=lambda person: person.shown_name.casefold())


def opened_ids(round_id: UUID) -> set[UUID]:
    """The opened barriers of a round that stand in the register already."""
    here = Barrier.objects.filter(round_id=round_id, opened_id__isnull=False)
    return {opened_id for opened_id in here.values_list("opened_id", flat=True) if opened_id}


def due_before(project_id: UUID, day: date) -> QuerySet[Barrier]:
    """Responses whose date has passed."""
    return barriers_of(project_id).filter(due__lt=day, merged_into__isnull=True)


def member(project_id: UUID, person_id: UUID) -> Any:
    return projects.member(project_id, person_id)


def raiser(project_id: UUID, person_id: UUID) -> Any:
    """Somebody who raised a barrier here, whether or not they still have a role."""
    mine = Barrier.objects.filter(project_id=project_id, raised_by_id=person_id).select_related("raised_by")
    found = mine.first()
    if found is None:
        raise NotThere
    return found.raised_by


def main_group_of(person: Any, project_id: UUID) -> Any:
    return people.group_of(person, project_id)


def next_theme_number(project_id: UUID) -> int:
    highest = Theme.objects.filter(project_id=project_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
