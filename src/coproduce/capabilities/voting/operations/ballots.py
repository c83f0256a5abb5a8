"""Making a ballot, opening it and closing it."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Max

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import BallotClosed, BallotOpened
from ..models import Ballot
from ..terms import Checking, Shown, State, Who

FIELDS = ("title", "intro", "who", "shown", "takes_statements", "checking", "opens_on", "closes_on")


@operation
def make_ballot(
    *,
    by: Any,
    project_id: UUID,
    title: str,
    intro: str = "",
    who: str = Who.PROJECT,
    shown: str = Shown.AFTER_CLOSE,
    takes_statements: bool = False,
    checking: str = Checking.FIRST,
    opens_on: date | None = None,
    closes_on: date | None = None,
    key: UUID | None = None,
) -> Ballot:
    """A draft, for whoever runs the project alone until it opens."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    projects.take_turns(project_id)
    settle([*rules.a_ballot_has_a_title(title), *rules.days_follow_each_other(opens_on, closes_on)])
    ballot = Ballot(
        project_id=project_id, number=_next_number(project_id), title=title, intro=intro, who=who, shown=shown,
        takes_statements=takes_statements, checking=checking, opens_on=opens_on, closes_on=closes_on,
        made_by=by, made_at=clock.now(),
    )  # fmt: skip
    ballot.save(force_insert=True)
    after = {**facts_of(ballot), "number": ballot.number, "state": ballot.state}
    record(by=by, verb="voting.make_ballot", thing=ballot, project_id=project_id, after=after)
    return ballot


@operation
def change_ballot(
    *, by: Any, project_id: UUID, ballot_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> Ballot:
    """Change a draft; `changes` holds any of FIELDS. Of an open ballot only the last day can move."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"This operation does not change {', '.join(sorted(unknown))}.")
    before = facts_of(ballot)
    for name, value in changes.items():
        setattr(ballot, name, value)
    moved = {name for name, value in facts_of(ballot).items() if value != before[name]}
    settle([
        *(() if ballot.is_open and moved <= {"closes_on"} else rules.only_a_draft_changes(ballot.state)),
        *rules.a_ballot_has_a_title(ballot.title),
        *rules.days_follow_each_other(ballot.opens_on, ballot.closes_on),
    ])  # fmt: skip
    ballot.save(update_fields=[*changes])
    record(
        by=by, verb="voting.change_ballot", thing=ballot, project_id=project_id, before=before,
        after=facts_of(ballot),
    )  # fmt: skip
    return ballot


@operation
def open_ballot(*, by: Any, project_id: UUID, ballot_id: UUID, key: UUID | None = None) -> Ballot:
    """From now on people can vote."""
    queries.may_go_by_date(by, project_id)
    ballot = queries.locked(project_id, ballot_id)
    kept = settle([
        *rules.only_a_draft_opens(ballot.state),
        *rules.a_ballot_has_statements(queries.statements_to_vote_on(ballot).count()),
    ])  # fmt: skip
    ballot.state, ballot.opened_at = State.OPEN, clock.now()
    ballot.save(update_fields=["state", "opened_at"])
    record(
        by=by, verb="voting.open_ballot", thing=ballot, project_id=project_id, before={"state": State.DRAFT},
        after={"state": ballot.state, "opened_at": ballot.opened_at}, findings=kept,
    )  # fmt: skip
    post(BallotOpened(project_id, ballot.pk))
    return ballot


@operation
def close_ballot(*, by: Any, project_id: UUID, ballot_id: UUID, key: UUID | None = None) -> Ballot:
    """Votes that are on their way come first; then all are counted and fixed by a digest over all of them."""
    queries.may_go_by_date(by, project_id)
    ballot = queries.locked(project_id, ballot_id, against_votes=True)
    settle(rules.only_an_open_ballot_closes(ballot.state))
    digest, votes = sha256(), 0
    for line in queries.lines_of_digest(ballot):
        digest.update(line)
        votes += 1
    ballot.state, ballot.closed_at = State.CLOSED, clock.now()
    ballot.votes_at_close, ballot.people_at_close = votes, queries.people_count(ballot)
    ballot.digest = digest.hexdigest()
    changed = ("state", "closed_at", "votes_at_close", "people_at_close", "digest")
    ballot.save(update_fields=changed)
    record(
        by=by, verb="voting.close_ballot", thing=ballot, project_id=project_id, before={"state": State.OPEN},
        after={name: getattr(ballot, name) for name in changed},
    )  # fmt: skip
    post(BallotClosed(project_id, ballot.pk, votes))
    return ballot


def facts_of(ballot: Ballot) -> dict[str, Any]:
    return {name: getattr(ballot, name) for name in FIELDS}


def _next_number(project_id: UUID) -> int:
    highest = Ballot.objects.filter(project_id=project_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1
