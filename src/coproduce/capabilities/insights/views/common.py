"""What the pages of results share, in the project and with a ballot's link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from coproduce.capabilities.voting import queries as voting
from coproduce.core.access import Purpose

from .. import queries
from ..queries import Seen
from ..rules import Figures
from ..terms import EVIDENCE


@dataclass(frozen=True)
class Addresses:
    """Where the pages of one result are: in the project, or behind the ballot's link."""

    project_id: UUID | None
    ballot: Any

    @property
    def result(self) -> str:
        return self._of("result")

    @property
    def statements(self) -> str:
        return self._of("statements")

    @property
    def where_am_i(self) -> str:
        return self._of("where_am_i")

    def group(self, place: int) -> str:
        return self._of("group", place)

    def statement(self, id: str) -> str:
        """Evidence is for the project; with the link there is only the table."""
        return self._of("statement", UUID(id)) if self.project_id else ""

    def _of(self, page: str, *more: Any) -> str:
        if self.project_id:
            return reverse(f"insights:{page}", args=[self.project_id, self.ballot.pk, *more])
        return reverse(f"insights:public_{page}", args=[self.ballot.link, *more])


@dataclass(frozen=True)
class Reading:
    """One look at a result: the figures with the words of the statements."""

    seen: Seen
    figures: Figures
    texts: Sequence[str]
    addresses: Addresses

    @property
    def several(self) -> bool:
        return len(self.figures.groups) > 1


def addresses_of(seen: Seen) -> Addresses:
    return Addresses(seen.visit.project.pk if seen.visit else None, seen.ballot)


def reading_of(seen: Seen) -> Reading:
    figures = seen.figures
    known = queries.texts_of(seen.ballot)
    texts = [known[one.id].text if one.id in known else str(one.number) for one in figures.statements]
    return Reading(seen, figures, texts, addresses_of(seen))


def page_of(seen: Seen, **more: Any) -> dict[str, Any]:
    return {
        "visit": seen.visit,
        "section": "insights",
        "layout": "projects/page.html" if seen.visit else "voting/_voter.html",
        "ballot": seen.ballot,
        "result": seen.result,
        "seen": seen,
        "addresses": addresses_of(seen),
        "may_use": bool(seen.visit and seen.visit.may(EVIDENCE, Purpose.RUN)),
        **more,
    }


def in_project(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> Seen:
    return queries.results_for(request.user, project_id, ballot_id)


def with_link(request: HttpRequest, link: str) -> Seen:
    cookie = request.get_signed_cookie(voting.cookie_name(), default="")
    return queries.results_with_link(link, request.user, str(cookie))


def done(request: HttpRequest, words: Any, page: str, *where: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"insights:{page}", *where)
