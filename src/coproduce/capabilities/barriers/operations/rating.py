"""How much each theme matters, given by each person and counted by group."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import ThemeRating


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
