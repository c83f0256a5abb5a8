"""Kept results, by ballot."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.voting import queries as voting
from coproduce.core.findings import Words
from coproduce.core.ledger.chain import canonical

from ..models import Interim, Order, Result
from ..terms import SECONDS_BETWEEN


def digest_of(figures: Mapping[str, Any]) -> str:
    """SHA-256 of the figures in one spelling, so that anyone can see that they are the same."""
    return sha256(canonical(figures)).hexdigest()


def final_of(ballot: Any) -> Result | None:
    return Result.objects.filter(ballot=ballot).first()


def result_of(ballot: Any) -> Result | Interim | None:
    """The newest: the final one once the ballot has closed; before, only where the ballot shows it."""
    kind: Any = Result if ballot.is_closed else Interim
    found: Result | Interim | None = kind.objects.filter(ballot=ballot).first()
    if found:
        found.ballot = ballot
    return found


def results_of_project(project_id: UUID) -> QuerySet[Result]:
    """The final ones, the newest first."""
    rows = Result.objects.filter(ballot__project_id=project_id)
    return rows.select_related("ballot").order_by("-made_at", "pk")


def final_by_ballot(project_id: UUID) -> dict[UUID, Result]:
    """One query."""
    return {one.ballot_id: one for one in results_of_project(project_id)}


def texts_of(ballot: Any) -> dict[str, Any]:
    """The statements of the ballot by their ids; one query."""
    return {str(one.pk): one for one in voting.counted_statements(ballot)}


def waiting_for_final(most: int) -> list[Any]:
    """Closed ballots without their result; one query."""
    final = Result.objects.filter(ballot=OuterRef("pk"))
    return list(voting.closed_ballots().filter(~Exists(final)).order_by("closed_at", "pk")[:most])


def open_to_follow(now: datetime, most: int) -> list[Any]:
    """Open ballots whose order is older than a minute, those that waited longest first; one query."""
    fresh = Order.objects.filter(ballot=OuterRef("pk"), made_at__gt=now - timedelta(seconds=SECONDS_BETWEEN))
    return list(voting.open_ballots().filter(~Exists(fresh)).order_by("opened_at", "pk")[:most])


def order_of(ballot: Any) -> Order | None:
    return Order.objects.filter(ballot=ballot).first()


def summary(visit: Visit) -> Words:
    """One line for the overview of the project; one query."""
    count = results_of_project(visit.project.pk).count()
    if not count:
        return _("No vote has a result yet")
    return ngettext("%(count)d vote has a result", "%(count)d votes have a result", count) % {"count": count}


def _as_text(row: dict[str, Any]) -> dict[str, Any]:
    """The figures in the spelling that their digest is of; the record holds no fractions as numbers."""
    return {**row, "figures": canonical(row["figures"]).decode()}


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Final results without the plane, and all evidence."""
    from .evidence import evidence_of

    columns = [field.attname for field in Result._meta.concrete_fields if field.attname != "plane"]
    return {
        "vote_results": [_as_text(row) for row in results_of_project(project_id).values(*columns)],
        "vote_evidence": [dict(row) for row in evidence_of(project_id).values()],
    }
