"""Lists of ballots, statements and the log, and how many people voted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.core.findings import Words

from ..models import Ballot, Moderation, Statement, Vote, Voter
from ..rules import Alike, alike
from ..terms import BALLOT, Channel, Standing, State
from .analysis import smallest_group


def ballots_of(visit: Visit) -> QuerySet[Ballot]:
    """With how many statements each has; drafts are for whoever runs the project."""
    accepted = Statement.objects.filter(ballot=OuterRef("pk"), standing=Standing.ACCEPTED).order_by()
    counted = Subquery(accepted.values("ballot").annotate(count=Count("pk")).values("count"))
    rows = project_ballots(visit.project.pk).annotate(statements=Coalesce(counted, 0))
    return rows if visit.may(BALLOT, Purpose.RUN) else rows.exclude(state=State.DRAFT)


def project_ballots(project_id: UUID) -> QuerySet[Ballot]:
    return Ballot.objects.filter(project_id=project_id).order_by("number")


def summary(visit: Visit) -> Words:
    """Where votes stand, in one line; one query."""
    rows = project_ballots(visit.project.pk).exclude(state=State.DRAFT).values_list("state", flat=True)
    states = list(rows)
    if not states:
        return _("No vote yet")
    count = states.count(State.OPEN)
    if count:
        return ngettext("%(count)d ballot is open", "%(count)d ballots are open", count) % {"count": count}
    count = len(states)
    return ngettext("%(count)d ballot is closed", "%(count)d ballots are closed", count) % {"count": count}


def statements_of(ballot: Ballot) -> QuerySet[Statement]:
    """By number, with what a list shows; one query."""
    voted = Vote.objects.filter(statement=OuterRef("pk"))
    rows = Statement.objects.filter(ballot=ballot).select_related("author", "replaces", "ballot")
    return rows.annotate(has_votes=Exists(voted)).order_by("number")


def statements_shown(ballot: Ballot) -> QuerySet[Statement]:
    """What everybody in the project may read."""
    return statements_of(ballot).filter(standing__in=[Standing.ACCEPTED, Standing.REPLACED])


def replaced_by(ballot: Ballot) -> dict[UUID, Statement]:
    """The new statement by the id of the old one; one query."""
    rows = Statement.objects.filter(ballot=ballot, replaces__isnull=False)
    return {one.replaces_id: one for one in rows if one.replaces_id}


def has_votes(statement: Statement) -> bool:
    return Vote.objects.filter(statement=statement).exists()


def log_of(ballot: Ballot) -> QuerySet[Moderation]:
    """The newest first."""
    rows = Moderation.objects.filter(statement__ballot=ballot).select_related("statement", "by", "undoes")
    return rows.order_by("-at", "-pk")


def last_word(statement: Statement) -> Moderation | None:
    return Moderation.objects.filter(statement=statement).order_by("-at", "-pk").first()


def last_words(ballot: Ballot) -> dict[UUID, Moderation]:
    """What was said last of each statement, by its id; one query."""
    return {row.statement_id: row for row in log_of(ballot).order_by("at", "pk")}


def alike_in(statements: list[Statement]) -> dict[UUID, list[Alike]]:
    """What says nearly the same, for those that wait."""
    others = [(one.number, one.text) for one in statements if one.standing != Standing.DECLINED]
    return {
        one.pk: alike(one.text, [pair for pair in others if pair[0] != one.number])
        for one in statements
        if one.standing == Standing.WAITING
    }


def waiting_count(ballot: Ballot) -> int:
    return Statement.objects.filter(ballot=ballot, standing=Standing.WAITING).count()


def own_statements(ballot: Ballot, author_key: str) -> list[Statement]:
    """What this person added, whatever became of it."""
    return list(statements_of(ballot).filter(author_key=author_key))


@dataclass(frozen=True)
class Turnout:
    """How many people voted. `groups` and `channels` leave out numbers that are too small to show."""

    people: int
    groups: tuple[tuple[str, int | None], ...]
    channels: tuple[tuple[str, int | None], ...]


def turnout(ballot: Ballot) -> Turnout:
    """Four queries at most."""
    voted = Voter.objects.filter(ballot=ballot).filter(Exists(Vote.objects.filter(voter=OuterRef("pk"))))
    by_group = dict(voted.order_by().values_list("group_id").annotate(Count("pk")))
    by_channel = dict(voted.order_by().values_list("channel").annotate(Count("pk")))
    names = {group.pk: group.name for group in people.groups_of(ballot.project_id)}
    groups = {name: by_group.get(pk, 0) for pk, name in names.items()} | {
        _("No group given"): by_group.get(None, 0)
    }
    channels = {str(channel.label): by_channel.get(channel, 0) for channel in Channel}
    used = {label: count for label, count in channels.items() if count}
    return Turnout(sum(by_channel.values()), _hidden(groups), _hidden(used))


def _hidden(counts: dict[str, int]) -> tuple[tuple[str, int | None], ...]:
    """Small numbers become None, and so does the next one where a single small one could be worked out."""
    least = smallest_group()
    small = {name for name, count in counts.items() if 0 < count < least}
    if len(small) == 1:
        others = [name for name in counts if name not in small and counts[name]]
        small |= set(sorted(others, key=lambda name: counts[name])[:1])
    return tuple((name, None if name in small else count) for name, count in counts.items())


def lines_of_digest(ballot: Ballot) -> Iterator[bytes]:
    """“voter statement value” for each current vote, by the numbers, in their order: what the close fixes."""
    rows = Vote.objects.filter(voter__ballot=ballot).order_by("voter__number", "statement__number")
    pairs = rows.values_list("voter__number", "statement__number", "value")
    for who, what, value in pairs.iterator(chunk_size=20_000):
        yield f"{who} {what} {value}\n".encode()


def ballots_due(today: date) -> tuple[list[Ballot], list[Ballot]]:
    """Those whose first day has come, and those whose last day is over."""
    opening = Ballot.objects.filter(state=State.DRAFT, opens_on__lte=today)
    closing = Ballot.objects.filter(state=State.OPEN, closes_on__lt=today)
    return list(opening.order_by("pk")), list(closing.order_by("pk"))
