"""What several pages share: for whom a page is, and the pages beside each other."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from .. import queries
from ..terms import BARRIER


def person_asked_for(request: HttpRequest, visit: Visit) -> Any:
    """Oneself; or, for whoever runs the project, the person whose paper or call they write down."""
    asked = request.GET.get("for", "")
    if not asked:
        return request.user
    if not visit.may(BARRIER, Purpose.RUN):
        raise NotThere
    try:
        return queries.member(visit.project.pk, UUID(asked))
    except ValueError:
        raise NotThere from None


def address(visit: Visit, name: str, person: Any, **query: Any) -> str:
    """A page for oneself, or for the person whose words one writes down."""
    asked = {"for": person.pk} if person.pk != visit.person.pk else {}
    asked |= {key: value for key, value in query.items() if value}
    words = f"?{urlencode(asked)}" if asked else ""
    return reverse(f"barriers:{name}", args=[visit.project.pk]) + words


def page_of(visit: Visit, **more: Any) -> dict[str, Any]:
    return {"visit": visit, "section": "barriers", **more}
