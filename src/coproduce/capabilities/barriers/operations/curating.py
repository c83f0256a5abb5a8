"""Sorting: themes, lens and COM-B, and merging that can be undone."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Barrier, Merge, Theme

SORTED_BY = (
    "theme_id", "built_on", "lens", "com_b", "felt_by", "premortem", "likelihood", "impact", "early_sign",
)  # fmt: skip


@operation
def add_theme(
    *, by: Any, project_id: UUID, name: str, number: int | None = None, key: UUID | None = None
) -> Theme:
    """Add a theme to sort barriers by; it gets the next number, such as T3."""
    queries.visit_themes(by, project_id, Purpose.RUN)
    settle(rules.a_theme_has_a_name(name))
    projects.take_turns(project_id)
    theme = Theme(project_id=project_id, number=number or queries.next_theme_number(project_id), name=name)
    theme.save(force_insert=True)
    record(
        by=by, verb="barriers.add_theme", thing=theme, project_id=project_id,
        after={"code": theme.code, "name": name},
    )  # fmt: skip
    return theme


@operation
def rename_theme(*, by: Any, project_id: UUID, theme_id: UUID, name: str, key: UUID | None = None) -> Theme:
    queries.visit_themes(by, project_id, Purpose.RUN)
    settle(rules.a_theme_has_a_name(name))
    theme = queries.theme_in(project_id, theme_id)
    before, theme.name = theme.name, name
    theme.save(update_fields=["name"])
    record(
        by=by, verb="barriers.rename_theme", thing=theme, project_id=project_id,
        before={"name": before}, after={"name": name},
    )  # fmt: skip
    return theme


@operation
def sort_barrier(
    *, by: Any, project_id: UUID, barrier_id: UUID, changes: dict[str, Any], key: UUID | None = None
) -> Barrier:
    """Set theme, lens, COM-B, what it is built on, who feels it, premortem; `changes` holds any of SORTED_BY."""
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.RUN)
    unknown = set(changes) - set(SORTED_BY)
    if unknown:
        raise TypeError(f"This operation does not change {', '.join(sorted(unknown))}.")
    settle(
        rules.a_premortem_is_known(likelihood=changes.get("likelihood", ""), impact=changes.get("impact", ""))
    )
    if changes.get("theme_id"):
        queries.theme_in(project_id, changes["theme_id"])
    before = {name: getattr(barrier, name) for name in changes}
    for name, value in changes.items():
        setattr(barrier, name, value)
    barrier.save(update_fields=list(changes))
    record(
        by=by, verb="barriers.sort_barrier", thing=barrier, project_id=project_id,
        before=before, after={name: getattr(barrier, name) for name in changes},
    )  # fmt: skip
    return barrier


@operation
def put_in_theme(
    *,
    by: Any,
    project_id: UUID,
    barrier_id: UUID,
    theme_id: UUID | None,
    round_id: UUID,
    key: UUID | None = None,
) -> Barrier:
    """Whoever took part in the round sorts its barriers into themes with the others, in the room."""
    visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.CONTRIBUTE)
    if barrier.round_id != round_id:
        raise NotThere
    if theme_id:
        queries.theme_in(visit.project.pk, theme_id)
    before, barrier.theme_id = barrier.theme_id, theme_id
    barrier.save(update_fields=["theme"])
    record(
        by=by, verb="barriers.put_in_theme", thing=barrier, project_id=project_id,
        before={"theme_id": before}, after={"theme_id": theme_id},
    )  # fmt: skip
    return barrier


@operation
def merge(
    *, by: Any, project_id: UUID, barrier_id: UUID, into_id: UUID, why: str = "", key: UUID | None = None
) -> Barrier:
    """Treat two barriers as one from here on; both keep their words and their raisers (R33)."""
    projects.take_turns(project_id)
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.RUN)
    into = queries.barrier_in(project_id, into_id)
    settle(
        rules.merging_is_possible(
            same=barrier.pk == into.pk,
            already_merged=barrier.merged_into_id is not None,
            into_is_merged=into.merged_into_id is not None,
        )
    )
    barrier.merged_into = into
    barrier.save(update_fields=["merged_into"])
    Merge.objects.create(barrier=barrier, into=into, why=why, by=by, at=clock.now())
    record(
        by=by, verb="barriers.merge", thing=barrier, project_id=project_id,
        before={"merged_into": None}, after={"merged_into": into.ref, "why": why},
    )  # fmt: skip
    return barrier


@operation
def unmerge(*, by: Any, project_id: UUID, barrier_id: UUID, key: UUID | None = None) -> Barrier:
    """Undo a merge; that it happened stays in the history."""
    projects.take_turns(project_id)
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.RUN)
    if barrier.merged_into is None:
        raise NotThere
    before, barrier.merged_into = barrier.merged_into.ref, None
    barrier.save(update_fields=["merged_into"])
    queries.merges_of(barrier).filter(barrier=barrier, undone_at__isnull=True).update(
        undone_by=by, undone_at=clock.now()
    )
    record(
        by=by, verb="barriers.unmerge", thing=barrier, project_id=project_id,
        before={"merged_into": before}, after={"merged_into": None},
    )  # fmt: skip
    return barrier
