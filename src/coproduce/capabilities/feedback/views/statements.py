"""Statements: the list with what they cover, writing one, taking one out."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds.rules import easy_read_sentences_are_short
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Finding, Refused
from coproduce.ui.forms import key_of
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import StatementForm
from ..models import Answer, Statement
from ..queries import Line, Overview
from ..terms import LETTER, PUBLICATION, STATEMENT

MOST_NAMED = 50


@require_GET
def statements(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, STATEMENT, Purpose.READ)
    standings = queries.standings(project_id)
    overview = queries.overview(project_id, [one.document for one in standings])
    page = {
        "visit": visit, "section": "feedback", "coverages": overview.coverages, "most_named": MOST_NAMED,
        "standings": standings, "findings": queries.lateness(standings, clock.today()),
        "may_run": visit.may(STATEMENT, Purpose.RUN), "may_sign": visit.may(PUBLICATION, Purpose.SIGN),
        "has_letter": visit.may(LETTER, Purpose.READ),
    }  # fmt: skip
    if page["may_run"]:
        _remind(page, visit, overview)
    public = {one.document.pk for one in standings if one.last_published}
    return _table(visit, overview.lines, public).respond(request, "feedback/statements.html", page)


@require_http_methods(["GET", "POST"])
def new_statement(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, standing = queries.report_for(request.user, project_id, document_id, Purpose.RUN)
    return _write(request, visit, standing.document, None)


@require_http_methods(["GET", "POST"])
def edit_statement(request: HttpRequest, project_id: UUID, statement_id: UUID) -> HttpResponse:
    visit, statement = queries.statement_for(request.user, project_id, statement_id, Purpose.RUN)
    return _write(request, visit, statement.report.document, statement)


@require_POST
def remove_statement(request: HttpRequest, project_id: UUID, statement_id: UUID) -> HttpResponse:
    operations.remove_statement(
        by=request.user, project_id=project_id, statement_id=statement_id, key=key_of(request.POST)
    )
    messages.success(request, _("The statement is taken out of the draft."))
    return redirect("feedback:statements", project_id)


def _remind(page: dict[str, Any], visit: Visit, overview: Overview) -> None:
    """For whoever leads: receipts that are late, and promises that people wait to hear of."""
    today = clock.today()
    arrived = queries.arrivals(overview.suggestions, queries.letters_in(visit.project.pk))
    late = rules.a_receipt_goes_out_within_one_working_day(arrived, today, visit.project.jurisdiction)
    page["findings"] += late
    ids = {line.statement.ref: line.statement.pk for line in overview.lines}
    due = queries.news_due(queries.promises_of(visit.project.pk), today)
    page["news_due"] = [
        (one, ids[one.card.ref], one.standing.overdue(today)) for one in due if one.card.ref in ids
    ]


def _write(request: HttpRequest, visit: Visit, document: Any, statement: Statement | None) -> HttpResponse:
    looking = request.method == "POST" and "look" in request.POST
    form = _form(request, visit, document, statement)
    if looking:
        # Nobody asked to save yet, so nobody is told off.
        form = _form(request, visit, document, statement, typed=form.as_typed())
    elif request.method == "POST" and form.is_valid():
        try:
            written = operations.write_statement(
                by=request.user, project_id=visit.project.pk, document_id=document.pk,
                statement_id=statement.pk if statement else None, key=form.key, **form.arguments(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Statement %(ref)s is saved.") % {"ref": written.ref})
            return redirect("feedback:statements", visit.project.pk)
    page = {
        "visit": visit, "section": "feedback", "form": form, "statement": statement, "document": document,
        "findings": _easy_read(statement), "promise": queries.promise_of(statement) if statement else None,
    }  # fmt: skip
    return render(request, "feedback/edit_statement.html", page)


def _easy_read(statement: Statement | None) -> list[Finding]:
    texts = [statement.easy_said, statement.easy_came] if statement else []
    return list(easy_read_sentences_are_short(texts))


def _form(
    request: HttpRequest,
    visit: Visit,
    document: Any,
    statement: Statement | None,
    typed: dict[str, Any] | None = None,
) -> StatementForm:
    posted = request.method == "POST"
    answers = queries.answers_of(statement) if statement else []
    kept = {answer.suggestion_id for answer in answers}
    chosen = _ids(request.POST.getlist("suggestions")) if posted else kept
    words = request.POST.get("find", "").strip() if posted else ""
    offered = queries.offered(document, chosen, words)
    quotes = queries.quotable_passages(visit, [one for one in offered if one.pk in chosen], answers)
    data = request.POST if posted and typed is None else None
    return StatementForm(
        data, initial=typed or _initial(statement, answers, quotes), suggestions=offered, quotes=quotes,
        people=queries.people_of(visit.project.pk),
    )  # fmt: skip


def _initial(
    statement: Statement | None, answers: list[Answer], quotes: dict[str, tuple[UUID, str]]
) -> dict[str, Any]:
    if statement is None:
        return {"status_on": clock.today()}
    quoted = {(answer.suggestion_id, words) for answer in answers for words in answer.passages}
    return {
        **{name: getattr(statement, name) for name in operations.FACTS},
        "suggestions": [str(answer.suggestion_id) for answer in answers],
        "quotes": [value for value, passage in quotes.items() if passage in quoted],
        "together": statement.together,
        "responsible": str(statement.responsible_id or ""),
    }


def _ids(values: list[str]) -> set[UUID]:
    found = set()
    for value in values:
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return found


def _table(visit: Visit, lines: list[Line], public: Collection[UUID]) -> Table:
    """Who writes the statements goes to the form; everyone else reads what stands there."""
    project_id, runs = visit.project.pk, visit.may(STATEMENT, Purpose.RUN)

    def link(line: Line) -> str:
        one = line.statement
        if runs:
            return reverse("feedback:edit_statement", args=[project_id, one.pk])
        if one.report_id in public:
            return f"{reverse('feedback:page', args=[project_id])}#{one.ref}"
        return f"{reverse('feedback:preview', args=[project_id, one.report_id])}#{one.ref}"

    return Table(
        rows=lines,
        columns=[
            Column("heading", _("Statement"), value="statement.heading", sort="statement.heading", link=link),
            Column("ref", _("Number"), value="statement.ref", sort="statement.number"),
            Column("suggestions", _("Suggestions"), value=lambda line: ", ".join(line.refs)),
            Column("accepted", _("Accepted"), value="counts.accepted", numeric=True),
            Column("in_part", _("In part"), value="counts.in_part", numeric=True),
            Column("declined", _("Declined"), value="counts.declined", numeric=True),
            Column("passed_on", _("Passed on"), value="counts.passed_on", numeric=True),
            Column("will_by", _("We will, by"), value="statement.will_by", sort="statement.will_by"),
            Column("responsible", _("Responsible"), value="statement.responsible.shown_name"),
        ],
        filters=[Filter("part", _("What was done"), _PARTS, _with_part)],
        search=_search, caption=_("Statements"), empty=_("No statements yet"), name="you-said-we-did",
    )  # fmt: skip


_PARTS = [("did", _("We did")), ("will", _("We will")), ("could_not", _("We could not"))]


def _with_part(lines: list[Line], part: str) -> list[Line]:
    return [line for line in lines if getattr(line.statement, part)]


def _search(lines: list[Line], words: str) -> list[Line]:
    wanted = words.casefold()
    return [line for line in lines if wanted in _text(line)]


def _text(line: Line) -> str:
    one = line.statement
    parts = (one.ref, one.heading, one.said, one.did, one.will, one.could_not, *line.refs)
    return " ".join(parts).casefold()
