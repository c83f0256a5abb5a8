"""Standing commitments: in force from a day, looked at on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Check, StandingCommitment
from ..terms import LinkTo, as_date, settled_date
from .writing import is_group, link, members_only, name_of

FACTS = (
    "ref",
    "what",
    "result",
    "in_force_from",
    "check_date",
    "checker_id",
    "last_result",
    "last_checked_on",
)


@operation
def add_commitment(
    *,
    by: Any,
    project_id: UUID,
    what: str,
    in_force_from: date | str | None,
    check_date: date | str | None,
    checker: Any,
    result: str = "",
    links: Sequence[LinkTo] = (),
    number: int | None = None,
    key: UUID | None = None,
) -> StandingCommitment:
    """Promise something from a day onwards, with the day on which one person checks it, within 12 months."""
    queries.visit_plan(by, project_id, Purpose.RUN)
    begins = as_date(in_force_from)
    kept = settle(
        [
            *rules.it_says_what(what),
            *rules.one_person_owns_it(name_of(checker), is_group=is_group(checker), subject="checker"),
            *rules.a_commitment_is_checked_within_a_year(check_date, from_day=begins, today=clock.today()),
        ]
    )
    members_only(project_id, [checker])
    projects.take_turns(project_id)
    commitment = StandingCommitment(
        project_id=project_id, number=number or queries.next_commitment_number(project_id), what=what,
        result=result, in_force_from=settled_date(begins), check_date=settled_date(check_date), checker=checker,
        added_by=by, added_at=clock.now(),
    )  # fmt: skip
    commitment.save(force_insert=True)
    link(links, commitment=commitment)
    record(
        by=by, verb="plans.add_commitment", thing=commitment, project_id=project_id, findings=kept,
        after=_facts(commitment) | {"links": [to.ref for to in links]},
    )  # fmt: skip
    return commitment


@operation
def check_commitment(
    *,
    by: Any,
    project_id: UUID,
    commitment_id: UUID,
    result: str,
    words: str,
    next_check: date | str | None,
    key: UUID | None = None,
) -> Check:
    """Write down whether it is kept, and when somebody looks again."""
    _visit, commitment = queries.commitment_to_check(by, project_id, commitment_id)
    today = clock.today()
    from_day = max(today, commitment.in_force_from)
    settle(
        [
            *rules.a_check_says_what_was_found(result, words),
            *rules.a_commitment_is_checked_within_a_year(
                next_check, from_day=from_day, today=today, subject="next_check"
            ),
        ]
    )
    before = _facts(commitment)
    day = settled_date(next_check)
    check = Check(commitment=commitment, result=result, words=words, next_check=day, by=by, at=clock.now())
    check.save(force_insert=True)
    commitment.last_result, commitment.last_checked_on, commitment.check_date = result, today, day
    commitment.save(update_fields=["last_result", "last_checked_on", "check_date"])
    record(
        by=by, verb="plans.check_commitment", thing=check, project_id=project_id,
        before=before, after=_facts(commitment) | {"words": words},
    )  # fmt: skip
    return check


def _facts(commitment: StandingCommitment) -> dict[str, Any]:
    return {name: getattr(commitment, name) for name in FACTS}
