"""Votes from paper and by phone: typed in, read back, and only then kept. Afterwards nobody can look at them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.core.access import Purpose
from coproduce.ui.sending import sent

from .. import operations, queries
from ..forms import PaperVotesForm, PhoneVotesForm, VotesForm
from ..terms import Value
from .common import done, page_of

_BUTTONS = {"csrfmiddlewaretoken", "confirmed", "change"}


@require_http_methods(["GET", "POST"])
def enter_paper(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    statements = list(queries.statements_to_vote_on(ballot))
    groups = list(people.groups_of(project_id))
    form = PaperVotesForm(_sent_now(request), initial=_typed(request), statements=statements, groups=groups)

    def enter() -> None:
        operations.enter_paper(
            by=request.user, project_id=project_id, ballot_id=ballot_id, code=form.cleaned_data["code"],
            group_id=_uuid(form.cleaned_data["group"]), votes=form.votes(), read_back=True, key=form.key,
        )  # fmt: skip

    return _read_back_then(
        request, visit, ballot, statements, form, enter, "enter_paper", _("Type in a paper")
    )


@require_http_methods(["GET", "POST"])
def enter_phone(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    statements = list(queries.statements_to_vote_on(ballot))
    seats = list(people.seats_of(project_id))
    form = PhoneVotesForm(_sent_now(request), initial=_typed(request), statements=statements, seats=seats)

    def enter() -> None:
        operations.enter_for_person(
            by=request.user, project_id=project_id, ballot_id=ballot_id,
            person_id=UUID(form.cleaned_data["person"]), votes=form.votes(), read_back=True, key=form.key,
        )  # fmt: skip

    return _read_back_then(
        request, visit, ballot, statements, form, enter, "enter_phone", _("Type in votes by phone")
    )


def _sent_now(request: HttpRequest) -> Any:
    """Who goes back from the reading-back finds what was typed."""
    return request.POST if request.method == "POST" and "change" not in request.POST else None


def _typed(request: HttpRequest) -> dict[str, Any]:
    return request.POST.dict() if "change" in request.POST else {}


def _read_back_then(
    request: HttpRequest, visit: Any, ballot: Any, statements: list[Any], form: VotesForm, enter: Any, page: str,
    title: str,
) -> HttpResponse:  # fmt: skip
    context = page_of(visit, ballot, form=form, title=title)
    if "confirmed" in request.POST and sent(request, form, enter):
        words = _("The votes are kept. Nobody can look at them again.")
        return done(request, words, page, ballot.project_id, ballot.pk)
    if form.is_bound and form.is_valid():
        votes = form.votes()
        if votes:
            read = [(one, Value(votes[one.number]).label) for one in statements if one.number in votes]
            kept = [(name, value) for name, value in request.POST.items() if name not in _BUTTONS]
            more = {"read": read, "left": len(statements) - len(read), "kept": kept}
            return render(request, "voting/read_back.html", context | more)
        form.add_error(None, _("Type in at least one vote."))
    return render(request, "voting/enter.html", context)


def _uuid(value: str) -> UUID | None:
    return UUID(value) if value else None
