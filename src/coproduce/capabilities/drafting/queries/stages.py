"""Who took part in the stages of a draft, and when it was finished; for the capabilities above."""

from datetime import date
from uuid import UUID

from django.db.models import Min, OuterRef, Q, Subquery

from ..models import Decision, Suggestion, Version
from ..terms import Status, VersionStatus


def people_who_suggested(project_id: UUID) -> dict[UUID, UUID | None]:
    """The group under which each person made suggestions, none for the public; one query."""
    made = Suggestion.objects.filter(project_id=project_id).exclude(status=Status.WITHDRAWN).order_by("pk")
    return dict(made.values_list("author_id", "group_id"))


def people_who_decided(project_id: UUID) -> frozenset[UUID]:
    """Everyone who answered a suggestion; one query."""
    decided = Decision.objects.filter(suggestion__project_id=project_id).order_by()
    return frozenset(decided.values_list("decided_by_id", flat=True).distinct())


def draft_finished_on(project_id: UUID) -> date | None:
    """The day of the first version that went out for suggestions, or was signed; an outline is no draft yet."""
    asked_about = Suggestion.objects.filter(project_id=project_id, base_version__isnull=False)
    finished = Q(pk__in=asked_about.values("base_version")) | Q(status=VersionStatus.SIGNED_OFF)
    versions = Version.objects.filter(finished, document__project_id=project_id)
    found: date | None = versions.aggregate(first=Min("day"))["first"]
    return found


def last_draft_on(project: str) -> Subquery:
    """The day of the newest version that is no approved one, within a query; `project` names the field."""
    drafts = Version.objects.filter(document__project_id=OuterRef(project))
    drafts = drafts.exclude(status__in=[VersionStatus.SIGNED_OFF, VersionStatus.SUPERSEDED])
    return Subquery(drafts.order_by("-day").values("day")[:1])
