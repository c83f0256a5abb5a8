"""Statements: the list for whoever runs the project, writing, wording better, replacing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import ReplaceForm, RewordForm, WriteForm
from ..models import Statement
from ..operations import Draft
from ..terms import FROM_BARRIER, FROM_SUGGESTION, Standing
from .common import done, form_page, page_of, tag_of

_ORIGINS = [(FROM_BARRIER, _("A barrier")), (FROM_SUGGESTION, _("A suggestion")), ("written", _("Written"))]


@require_GET
def statements(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    """All of them, also those that wait or were declined."""
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    table = Table(
        rows=queries.statements_of(ballot),
        columns=[
            Column("number", _("Number"), sort="number", numeric=True, link=_change(project_id)),
            Column("text", _("Statement"), sort="text"),
            Column(
                "standing", _("State"), value=lambda one: tag_of(one.standing, one.get_standing_display())
            ),
            Column("origin", _("From"), value="origin_ref", sort="origin_ref", link=queries.origin_address),
            Column("has_votes", _("Has votes"), sort="has_votes"),
            Column("hint", _("Look at"), value=_hint),
        ],
        filters=[
            Filter("standing", _("State"), Standing.choices, lambda rows, value: rows.filter(standing=value)),
            Filter("origin", _("From"), _ORIGINS, _from),
        ],
        search=lambda rows, words: rows.filter(text__icontains=words),
        caption=_("Statements"),
        empty=_("No statement yet"),
        name="statements",
        order="number",
    )
    return table.respond(request, "voting/statements.html", page_of(visit, ballot))


def _change(project_id: UUID) -> Callable[[Any], str]:
    """Before the first vote the words can be put better; after it only a new statement helps."""

    def link(one: Any) -> str:
        if one.ballot.is_closed or one.standing not in {Standing.ACCEPTED, Standing.WAITING}:
            return ""
        page = "voting:replace" if one.has_votes else "voting:reword"
        return reverse(page, args=[project_id, one.ballot_id, one.pk])

    return link


def _hint(one: Any) -> str:
    """What the rules would ask about words that can still be changed."""
    if one.replaces is not None:
        return _("Replaces number %(number)d") % {"number": one.replaces.number}
    return (
        " ".join(str(finding.message) for finding in rules.one_idea_each(one.text))
        if not one.has_votes
        else ""
    )


def _from(rows: Any, value: str) -> Any:
    return rows.filter(origin_kind="" if value == "written" else value)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    form = WriteForm(posted(request))

    def add() -> None:
        operations.add_statements(
            by=request.user, project_id=project_id, ballot_id=ballot_id, key=form.key,
            drafts=[Draft(text) for text in form.texts()],
        )  # fmt: skip

    if sent(request, form, add):
        return done(request, _("The statements are added."), "statements", project_id, ballot_id)
    return form_page(request, visit, form, title=_("Write statements"), button=_("Add them"), ballot=ballot)


def _one(
    request: HttpRequest, project_id: UUID, ballot_id: UUID, statement_id: UUID
) -> tuple[Any, Any, Statement]:
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    return visit, ballot, queries.statement_in(ballot, statement_id)


@require_http_methods(["GET", "POST"])
def reword(request: HttpRequest, project_id: UUID, ballot_id: UUID, statement_id: UUID) -> HttpResponse:
    visit, ballot, found = _one(request, project_id, ballot_id, statement_id)
    form = RewordForm(posted(request), initial={"text": found.text})

    def put_better() -> None:
        operations.reword_statement(
            by=request.user, project_id=project_id, ballot_id=ballot_id, statement_id=statement_id,
            key=form.key, **form.cleaned_data,
        )  # fmt: skip

    if sent(request, form, put_better):
        return done(request, _("The statement is saved."), "statements", project_id, ballot_id)
    return _page(request, visit, ballot, found, form, _("Put statement %(number)d better"))


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, project_id: UUID, ballot_id: UUID, statement_id: UUID) -> HttpResponse:
    visit, ballot, found = _one(request, project_id, ballot_id, statement_id)
    form = ReplaceForm(posted(request), initial={"text": found.text})

    def put_anew() -> None:
        operations.replace_statement(
            by=request.user, project_id=project_id, ballot_id=ballot_id, statement_id=statement_id,
            key=form.key, **form.cleaned_data,
        )  # fmt: skip

    if sent(request, form, put_anew):
        return done(request, _("The new statement is added. The old one stays, with its votes."), "statements",
                    project_id, ballot_id)  # fmt: skip
    lead = _("People have voted on these words, so they stay. A new statement takes their place.")
    return _page(request, visit, ballot, found, form, _("Replace statement %(number)d"), lead=lead)


def _page(
    request: HttpRequest, visit: Any, ballot: Any, found: Statement, form: Any, title: str, lead: str = ""
) -> HttpResponse:
    source = queries.source_of(found)
    words = title % {"number": found.number}
    return form_page(
        request, visit, form, title=words, ballot=ballot, lead=lead, source=source,
        source_href=queries.origin_address(found), findings=list(rules.one_idea_each(found.text)),
    )  # fmt: skip
