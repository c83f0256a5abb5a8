"""How much themes and barriers matter, given by each person and counted by group."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Barrier, BarrierRating, ThemeRating
from ..terms import Given


@operation
def rate_themes(
    *,
    by: Any,
    project_id: UUID,
    ratings: Mapping[UUID, int],
    on_behalf_of: Any = None,
    key: UUID | None = None,
) -> ThemeRating:
    """Say how much each theme matters, 1 to 5, by the theme's id; giving it again replaces what was given."""
    person = by
    queries.visit_themes(by, project_id, Purpose.CONTRIBUTE)
    if on_behalf_of is not None and on_behalf_of.pk != by.pk:
        queries.visit_themes(by, project_id, Purpose.RUN)
        person = queries.member(project_id, on_behalf_of.pk)
    group = queries.main_group_of(person, project_id)
    settle(rules.ratings_can_be_counted(ratings.values(), has_group=group is not None))
    rows = [
        ThemeRating.objects.update_or_create(
            theme=queries.theme_in(project_id, theme_id), person=person,
            defaults={"group": group, "importance": importance, "at": clock.now()},
        )[0]
        for theme_id, importance in ratings.items()
    ]  # fmt: skip
    record(
        by=by, verb="barriers.rate_themes", thing=rows[0], project_id=project_id,
        on_behalf_of=person if person.pk != by.pk else None,
        after={"group": group.code, "ratings": {row.theme.code: row.importance for row in rows}},
    )  # fmt: skip
    return rows[0]


@operation
def rate_barriers(
    *,
    by: Any,
    project_id: UUID,
    ratings: Mapping[UUID, Given],
    on_behalf_of: Any = None,
    key: UUID | None = None,
) -> BarrierRating:
    """Say how much barriers matter and how easy they are to remove, by their ids; once more replaces it.

    The ledger says who rated what and when, and not the figures: a record may be in the hands of somebody who
    has yet to rate (R34).
    """
    person, group = _rater(by, project_id, on_behalf_of)
    known = queries.barriers_to_rate(project_id)
    if not set(ratings) <= set(known):
        raise NotThere
    here = queries.ratings_by(person, project_id)
    left_out = [known[pk].ref for pk in ratings if pk in here and here[pk].given.left_out]
    settle(
        [
            *rules.barrier_ratings_can_be_counted(ratings.values(), has_group=group is not None),
            *rules.what_was_left_out_stays_out(left_out if person.pk == by.pk else []),
        ]
    )
    rows = [
        _rating(here.get(pk), known[pk], by, person, group, given)
        for pk, given in ratings.items()
        if not given.left_out
    ]
    _save(rows)
    record(
        by=by, verb="barriers.rate_barriers", thing=rows[0], project_id=project_id,
        on_behalf_of=person if person.pk != by.pk else None,
        after={"group": group.code, "rated": [known[row.barrier_id].ref for row in rows]},
    )  # fmt: skip
    return rows[0]


@operation
def leave_out_the_rest(
    *, by: Any, project_id: UUID, on_behalf_of: Any = None, key: UUID | None = None
) -> BarrierRating:
    """Say nothing of the barriers that are not rated yet; from then on all figures are open to this person."""
    person, group = _rater(by, project_id, on_behalf_of)
    rest = queries.not_rated_by(person, project_id)
    settle(rules.there_is_something_to_leave_out(len(rest), has_group=group is not None))
    rows = [_rating(None, barrier, by, person, group, Given()) for barrier in rest]
    _save(rows)
    record(
        by=by, verb="barriers.leave_out_the_rest", thing=rows[0], project_id=project_id,
        on_behalf_of=person if person.pk != by.pk else None,
        after={"group": group.code, "left_out": [barrier.ref for barrier in rest]},
    )  # fmt: skip
    return rows[0]


def _rater(by: Any, project_id: UUID, on_behalf_of: Any) -> tuple[Any, Any]:
    """Whose ratings these are, with their group."""
    queries.visit_register(by, project_id, Purpose.CONTRIBUTE)
    person = by
    if on_behalf_of is not None and on_behalf_of.pk != by.pk:
        queries.visit_register(by, project_id, Purpose.RUN)
        person = queries.member(project_id, on_behalf_of.pk)
    # Two phones of one person, or a phone and the paper: the second finds what the first wrote.
    projects.take_turns(project_id)
    return person, queries.main_group_of(person, project_id)


def _rating(
    row: BarrierRating | None, barrier: Barrier, by: Any, person: Any, group: Any, given: Given
) -> BarrierRating:
    row = row or BarrierRating(barrier=barrier, person=person)
    row.group, row.entered_by, row.at = group, by, clock.now()
    row.importance, row.ease = given.importance, given.ease
    return row


def _save(rows: list[BarrierRating]) -> None:
    new = [row for row in rows if row._state.adding]
    BarrierRating.objects.bulk_update(
        [row for row in rows if not row._state.adding], ["group", "entered_by", "at", "importance", "ease"]
    )
    BarrierRating.objects.bulk_create(new)
