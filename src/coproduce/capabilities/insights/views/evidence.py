"""Results used as evidence, the list of them, and taking one back."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table, searched_words

from .. import operations, queries
from ..forms import TakeBackForm, UseForm
from ..queries import Linked, OneStatement
from ..terms import EVIDENCE, LinkedKind
from .common import Addresses, done, page_of


@require_GET
def evidence(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Everything that was ever used, also what was taken back."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    table = Table(
        rows=queries.evidence_of(project_id),
        columns=[
            Column("ref", _("For"), value="linked_ref", sort="linked_ref"),
            Column("kind", _("Kind"), value="get_linked_kind_display", sort="linked_kind"),
            Column("statement", _("Statement"), value="statement.text", sort="statement__text",
                   link=lambda one: Addresses(project_id, one.result.ballot).statement(str(one.statement_id))),
            Column("figure", _("Result at the time"), value=lambda one: queries.said(one.figure)),
            Column("figure_on", _("Day of the result"), sort="figure_on"),
            Column("by", _("By"), value="by.shown_name", sort="by__name"),
            Column("taken_back_at", _("Taken back"), sort="taken_back_at"),
            Column("why", _("Why"), value="why_taken_back"),
        ],
        filters=[Filter("kind", _("Kind"), LinkedKind.choices, lambda rows, value: rows.filter(linked_kind=value))],
        search=lambda rows, typed: rows.filter(Q(statement__text__icontains=typed) | Q(linked_ref__iexact=typed)),
        caption=_("Evidence"), empty=_("No result is evidence yet"), name="evidence-from-votes", order="ref",
    )  # fmt: skip
    page = {"visit": visit, "section": "insights", "may_use": visit.may(EVIDENCE, Purpose.RUN)}
    return table.respond(request, "insights/evidence.html", page)


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, project_id: UUID, ballot_id: UUID, statement_id: UUID) -> HttpResponse:
    """Choose from a search; what the statement was made from comes first."""
    found = queries.statement_for(request.user, project_id, ballot_id, statement_id, Purpose.RUN)
    typed = searched_words(request.GET.get("q", ""))
    offered = _offered(project_id, found, typed, request.POST.getlist("linked"))
    form = UseForm(posted(request), offered=offered)
    if sent(request, form, lambda: operations.use_as_evidence(
        by=request.user, project_id=project_id, ballot_id=ballot_id, statement_id=statement_id,
        linked=[one for one in offered if one.value in form.cleaned_data["linked"]], key=form.key,
    )):  # fmt: skip
        return done(
            request, _("The result is evidence now."), "statement", project_id, ballot_id, statement_id
        )
    page = page_of(
        found.seen, form=form, statement=found.statement, words=typed,
        offered=offered, back=reverse("insights:statement", args=[project_id, ballot_id, statement_id]),
    )  # fmt: skip
    return render(request, "insights/use.html", page)


def _offered(project_id: UUID, found: OneStatement, typed: str, chosen: list[str]) -> list[Linked]:
    """Without what it is evidence for already, except what was just sent: a repeat must find it again."""
    held = {one.linked_id for one in queries.standing_evidence(found.statement.pk)}
    first = queries.linked_by_value(project_id, chosen)
    others = [*queries.origin_of(project_id, found.statement), *queries.found_by(project_id, typed)]
    every = {one.id: one for one in first}
    every.update({one.id: one for one in others if one.id not in held and one.id not in every})
    return list(every.values())


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, project_id: UUID, evidence_id: UUID) -> HttpResponse:
    visit, found = queries.evidence_for(request.user, project_id, evidence_id, Purpose.RUN)
    form = TakeBackForm(posted(request))
    if sent(request, form, lambda: operations.take_back(
        by=request.user, project_id=project_id, evidence_id=evidence_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The evidence is taken back."), "evidence", project_id)
    page = {
        "visit": visit, "section": "insights", "form": form, "evidence": found,
        "figure": queries.said(found.figure),
    }  # fmt: skip
    return render(request, "insights/take_back.html", page)
