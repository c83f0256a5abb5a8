"""The stage strip: whether citizens were there in every stage, from the records that exist (R105)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import CITIZEN_KINDS
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core.findings import Finding
from coproduce.core.models import Entry

from .. import rules
from ..models import Attendance
from ..terms import Stage


@dataclass(frozen=True)
class Presence:
    """Who was in a stage: people with a seat, others who came from outside, and counts without names."""

    people: frozenset[UUID] = frozenset()
    public: frozenset[UUID] = frozenset()
    citizens_counted: int = 0
    others_counted: int = 0


Finder = Callable[[UUID], Presence | None]
_finders: dict[Stage, list[Finder]] = defaultdict(list)


def add_stage(stage: Stage, finder: Finder) -> None:
    """A capability says who was in a stage: `finder(project_id)`, one query; None when it was not reached."""
    _finders[stage].append(finder)


@dataclass(frozen=True)
class StageLine:
    """One stage of the strip. `is_kept` says whether any record of this kind exists in the product."""

    stage: Stage
    is_kept: bool
    is_reached: bool
    citizens: int = 0
    people: int = 0


def stage_strip(visit: Visit) -> list[StageLine]:
    """Every stage in order; as many queries as there are kinds of records, and one more."""
    groups = people.groups_by_person(visit.project.pk)
    # They have no seat, and are not the public.
    leading = frozenset(person.pk for person in (*visit.facilitators, *visit.managers))
    return [_line(stage, visit.project.pk, groups, leading) for stage in Stage]


def stage_findings(lines: Iterable[StageLine]) -> list[Finding]:
    return list(rules.a_stage_without_citizens_warns(lines))


def _line(stage: Stage, project_id: UUID, groups: Mapping[UUID, Any], leading: frozenset[UUID]) -> StageLine:
    finders = _finders[stage]
    found = [presence for presence in (finder(project_id) for finder in finders) if presence]
    named = frozenset[UUID]().union(*(one.people for one in found))
    citizens = sum(person in groups and groups[person].kind in CITIZEN_KINDS for person in named)
    public = frozenset[UUID]().union(*(one.public for one in found))
    citizens += len(public - leading) + sum(one.citizens_counted for one in found)
    counted = sum(one.citizens_counted + one.others_counted for one in found)
    return StageLine(stage, bool(finders), bool(found), citizens, len(named | public) + counted)


# What the capabilities below keep

_FOREWORD = ("projects.write_foreword", "projects.write_option", "projects.share_foreword")


def _foreword(project_id: UUID) -> Presence | None:
    """Those who wrote it, once it is shared."""
    entries = Entry.objects.filter(chain_id=str(project_id), verb__in=_FOREWORD).order_by()
    wrote = list(entries.values_list("verb", "actor").distinct())
    if not any(verb == "projects.share_foreword" for verb, _actor in wrote):
        return None
    return Presence(people=frozenset(actor for _verb, actor in wrote))


def _rounds(project_id: UUID) -> Presence | None:
    heard = rounds.people_heard(project_id)
    return Presence(people=heard) if heard else None


def _labs(project_id: UUID) -> Presence | None:
    """Places taken at labs: somebody who came twice counts twice."""
    rows = Attendance.objects.filter(lab__project_id=project_id, lab__held_at__isnull=False)
    counts = list(rows.values_list("group__kind", "people"))
    if not counts:
        return None
    citizens = sum(count for kind, count in counts if kind in CITIZEN_KINDS)
    return Presence(
        citizens_counted=citizens, others_counted=sum(count for _kind, count in counts) - citizens
    )


def _suggestions(project_id: UUID) -> Presence | None:
    made = drafting.people_who_suggested(project_id)
    public = frozenset(person for person, group in made.items() if group is None)
    named = frozenset(person for person, group in made.items() if group is not None)
    return Presence(people=named, public=public) if made else None


def _decisions(project_id: UUID) -> Presence | None:
    decided = drafting.people_who_decided(project_id)
    return Presence(people=decided) if decided else None


add_stage(Stage.FOREWORD, _foreword)
add_stage(Stage.ROUND, _rounds)
add_stage(Stage.DRAFT, _labs)
add_stage(Stage.CONSULTATION, _suggestions)
add_stage(Stage.DECISION, _decisions)
