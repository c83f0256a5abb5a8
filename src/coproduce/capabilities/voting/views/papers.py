"""Ballot papers to print, each with a code of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.capabilities.people import queries as people
from coproduce.core.access import Purpose
from coproduce.ui.qr import qr_code

from .. import queries
from ..terms import MOST_PAPERS
from .common import page_of


@require_GET
def papers(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    """`?count=20&first=1&large=yes`: the same number always has the same code, so papers can be printed again."""
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    first, count = _number(request, "first", 1), min(_number(request, "count", 1), MOST_PAPERS)
    address = request.build_absolute_uri(reverse("voting:start", args=[ballot.link]))
    page = page_of(
        visit,
        ballot,
        codes=[queries.paper_code(ballot.pk, number) for number in range(first, first + count)],
        statements=list(queries.statements_to_vote_on(ballot)),
        groups=list(people.groups_of(project_id)),
        first=first,
        count=count,
        large=request.GET.get("large") == "yes",
        qr=qr_code(address, _("Opens this ballot on a phone")),
        address=address,
    )
    return render(request, "voting/papers.html", page)


def _number(request: HttpRequest, name: str, usual: int) -> int:
    typed = request.GET.get(name, "")
    return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) < 6 else usual
