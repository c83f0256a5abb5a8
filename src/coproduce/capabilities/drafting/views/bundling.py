"""Suggestions that say the same, and wordings that exclude each other: what a person looks at and decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of

from .. import operations, queries
from ..rules.alike import ALIKE
from ..terms import SUGGESTION, Status
from .common import page_of
from .deciding import Desk, tell

PAGE = 10
SIDE_BY_SIDE = 12


@require_http_methods(["GET", "POST"])
def alike(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Suggestions that nearly say the same; a person ticks those that do."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.RUN, SUGGESTION)
    if request.method == "POST":
        return _confirmed(request, project_id, document_id)
    page = Paginator(queries.alike(document.pk), PAGE).get_page(request.GET.get("page"))
    found = page_of(
        visit, document, "queue", page=page, proposals=queries.proposals(list(page.object_list)),
        bundles=list(queries.bundles_of(document.pk)), percent=round(100 * ALIKE),
    )  # fmt: skip
    return render(request, "drafting/alike.html", found)


def _confirmed(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    lead, others = _ids([request.POST.get("lead", "")]), _ids(request.POST.getlist("with"))
    try:
        if not lead:
            raise NotThere
        made = operations.bundle(
            by=request.user, project_id=project_id, document_id=document_id, lead_id=lead[0],
            suggestion_ids=others, key=key_of(request.POST),
        )  # fmt: skip
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, str(finding.message))
        return redirect("drafting:alike", project_id, document_id)
    return redirect("drafting:bundle", project_id, made.pk)


def _ids(typed: list[str]) -> list[UUID]:
    found = []
    for value in typed:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "POST"])
def bundle(request: HttpRequest, project_id: UUID, bundle_id: UUID) -> HttpResponse:
    """Everybody whose idea it was; one who says something else is taken out."""
    visit, found = queries.bundle_for(request.user, project_id, bundle_id, Purpose.RUN)
    if request.method == "POST":
        for id in _ids([request.POST.get("out", "")]):
            operations.unbundle(
                by=request.user, project_id=project_id, bundle_id=bundle_id, suggestion_id=id,
                key=key_of(request.POST),
            )  # fmt: skip
        return redirect("drafting:alike", project_id, found.document_id)
    voices = queries.voices_in(found.pk)
    page = page_of(
        visit, found.document, "queue", bundle=found, voices=voices,
        waiting=[one for one in voices if one.suggestion.is_open],
    )  # fmt: skip
    return render(request, "drafting/bundle.html", page)


@require_http_methods(["GET", "POST"])
def decide_bundle(request: HttpRequest, project_id: UUID, bundle_id: UUID) -> HttpResponse:
    """One answer for all of them; the words that land are the lead's or the decider's, the credit is everybody's."""
    visit, found = queries.bundle_for(request.user, project_id, bundle_id, Purpose.DECIDE)
    _visit, lead = queries.suggestion_for(request.user, project_id, found.lead_id, Purpose.DECIDE)
    voices = queries.voices_in(found.pk)
    desk = Desk(request, lead)
    if desk.is_sent:
        try:
            operations.answer_bundle(
                by=request.user,
                project_id=project_id,
                bundle_id=bundle_id,
                key=desk.form.key,
                **desk.answer(),
            )
        except Refused as refused:
            desk.refuse(refused)
        else:
            tell(request, [one.suggestion for one in voices if one.suggestion.status == Status.OPEN])
            return redirect("drafting:bundle", project_id, bundle_id)
    page = page_of(visit, lead.document, "queue", suggestion=lead, bundle=found, voices=voices, **desk.page())
    return render(request, "drafting/decide.html", page)


@require_GET
def alternatives(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Open suggestions that exclude each other, side by side with their support; and those overtaken by others."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    board = queries.board_of(document)
    page = Paginator(board.rivals, PAGE).get_page(request.GET.get("page"))
    wanted = [id for one in page.object_list for id in one[:SIDE_BY_SIDE]]
    known = {
        one.suggestion.pk: one
        for one in queries.alternatives(board, [*wanted, *list(board.overtaken)[:PAGE]])
    }
    sets = [_set(one, known) for one in page.object_list]
    found = page_of(
        visit, document, "suggestions", page=page, sets=sets, overtaken=_overtaken(document.pk, board, known),
        may_decide=visit.may(SUGGESTION, Purpose.DECIDE),
        may_support=visit.may(SUGGESTION, Purpose.CONTRIBUTE),
    )  # fmt: skip
    return render(request, "drafting/alternatives.html", found)


def _set(ids: list[UUID], known: dict[UUID, Any]) -> dict[str, Any]:
    shown = [known[id] for id in ids[:SIDE_BY_SIDE] if id in known]
    return {"shown": shown, "more": max(0, len(ids) - len(shown))}


def _overtaken(document_id: UUID, board: Any, known: dict[UUID, Any]) -> list[dict[str, Any]]:
    """Those whose words somebody else's accepted words changed: they still wait for their own answer."""
    by = queries.overtakers(document_id, board.overtaken.values())
    return [
        {"suggestion": known[id].suggestion, "by": by.get(seq)}
        for id, seq in board.overtaken.items()
        if id in known
    ]
