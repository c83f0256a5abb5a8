"""The access doors: a document, a suggestion or a version, or nothing at all."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import (
    BarrierLink,
    BundleVoice,
    Decision,
    Document,
    Draft,
    Reaction,
    Receipt,
    Redaction,
    Suggestion,
    Support,
    Unnamed,
    Version,
)
from ..terms import DOCUMENT, SUGGESTION, VERSION


def document_for(
    person: Any, project_id: UUID, document_id: UUID, purpose: Purpose, kind: str = DOCUMENT
) -> tuple[Visit, Document]:
    visit = projects.visit(person, project_id, kind, purpose)
    document = Document.objects.filter(pk=document_id, project_id=project_id).first()
    if document is None:
        raise NotThere
    return visit, document


def suggestion_for(person: Any, project_id: UUID, suggestion_id: UUID, purpose: Purpose) -> tuple[Visit, Any]:
    """The suggestion; `own` says whether the person made it, and `bundle_id` with which others it is answered."""
    visit = projects.visit(person, project_id, SUGGESTION, purpose)
    rows = Suggestion.objects.select_related("document", "author", "group", "entered_by", "base_version")
    rows = rows.annotate(
        has_barriers=Exists(BarrierLink.objects.filter(suggestion=OuterRef("pk"))),
        own=_is_own(person),
        is_redacted=Exists(Redaction.objects.filter(suggestion=OuterRef("pk"))),
        is_supported=Exists(Support.objects.filter(suggestion=OuterRef("pk"), taken_back_at=None)),
        was_answered=Exists(Decision.objects.filter(suggestion=OuterRef("pk"))),
        was_replied_to=Exists(Reaction.objects.filter(suggestion=OuterRef("pk"))),
        bundle_id=Subquery(
            BundleVoice.objects.filter(suggestion=OuterRef("pk")).values("bundle_id")[:1],
            output_field=UUIDField(),
        ),
    )
    suggestion = rows.filter(pk=suggestion_id, project_id=project_id).first()
    if suggestion is None:
        raise NotThere
    return visit, suggestion


def fresh(suggestion: Any) -> Any:
    """The same suggestion as it stands now, for whoever has passed the door already."""
    answered = Exists(Decision.objects.filter(suggestion=OuterRef("pk")))
    replied_to = Exists(Reaction.objects.filter(suggestion=OuterRef("pk")))
    rows = Suggestion.objects.annotate(was_answered=answered, was_replied_to=replied_to)
    return rows.get(pk=suggestion.pk)


def version_for(person: Any, project_id: UUID, version_id: UUID, purpose: Purpose) -> tuple[Visit, Version]:
    visit = projects.visit(person, project_id, VERSION, purpose)
    rows = Version.objects.select_related("document", "author")
    version = rows.filter(pk=version_id, document__project_id=project_id).first()
    if version is None:
        raise NotThere
    return visit, version


def _is_own(person: Any) -> Any:
    """Whether the person made it, also without a name: asked for the person who looks, and for nobody else."""
    unnamed = Unnamed.objects.filter(suggestion=OuterRef("pk"), person_id=person.pk)
    return Q(author_id=person.pk) | Exists(unnamed)


def own_suggestions(person: Any, project_id: UUID) -> QuerySet[Suggestion]:
    """What the person suggested in a project, with a name or without; for that person alone."""
    rows = Suggestion.objects.filter(_is_own(person), project_id=project_id)
    return rows.select_related("author", "group", "document").order_by("number")


def made_by(person: Any, rows: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Of these the person's own, with a name or without; for that person alone."""
    return rows.filter(_is_own(person))


def with_thanks(rows: QuerySet[Suggestion]) -> QuerySet[Any]:
    """With `has_name`, as nobody can be written to about the others, and `receipt_on`, when one was given."""
    given = Receipt.objects.filter(suggestion=OuterRef("pk")).values("on")[:1]
    unnamed = Unnamed.objects.filter(suggestion=OuterRef("pk"))
    return rows.annotate(has_name=~Exists(unnamed), receipt_on=Subquery(given))


def email_of(suggestion: Suggestion) -> tuple[str, str] | None:
    """Where and in which language the suggester can be written to; for sending, never for showing."""
    unnamed = Unnamed.objects.filter(suggestion=suggestion).select_related("person").first()
    person = unnamed.person if unnamed else suggestion.author
    return (person.email, person.language) if person.email else None


def draft_of(person: Any, project_id: UUID, draft_id: UUID) -> Draft:
    """One's own draft; nobody else's is there."""
    rows = drafts_of(person, project_id).filter(pk=draft_id)
    draft = rows.first()
    if draft is None:
        raise NotThere
    return draft


def drafts_of(person: Any, project_id: UUID) -> QuerySet[Draft]:
    """What the person has not sent yet, newest first."""
    rows = Draft.objects.filter(author_id=person.pk, document__project_id=project_id)
    return rows.select_related("document").order_by("-kept_at", "pk")
