"""Versions: the list, one of them, publishing, and the change log."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import PublishForm
from ..models import Document, Version
from ..queries import Names
from ..rules.behind import TAKEN_IN
from ..rules.lineage import landed
from ..rules.versions import BEFORE_THE_FIRST
from ..terms import VERSION, Outcome, VersionStatus
from .behind import opened, public
from .common import address, page_of, picture_addresses, reading
from .rendering import EMPTY, definitions, rendered


@require_GET
def versions(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, VERSION)
    found = queries.versions_of(document.pk)
    taken = landed(queries.counted(document, public(), found).facts)
    shown = [_row(document, found, at, taken) for at in reversed(range(len(found)))]
    page = page_of(visit, document, "versions", versions=shown, may_run=visit.may(VERSION, Purpose.RUN))
    return render(request, "drafting/versions.html", page)


def _row(document: Document, found: list[Version], at: int, taken: dict[str, int]) -> dict[str, Any]:
    """One version of the list, with the suggestions that it took in and the one before it."""
    one = found[at]
    count = taken.get(str(one), 0)
    words = ngettext("suggestion taken in", "suggestions taken in", count)
    return {
        "version": one,
        "status": status_words(one, newest=found[-1]),
        "taken": opened(document, count, words, answer=TAKEN_IN, version=str(one)),
        "before": found[at - 1] if at else None,
    }


def status_words(version: Version, newest: Version) -> Any:
    """A version that another one follows is superseded, whatever it was before."""
    if version.pk != newest.pk and version.status != VersionStatus.SIGNED_OFF:
        return VersionStatus.SUPERSEDED.label
    return VersionStatus(version.status).label


@require_GET
def version(request: HttpRequest, project_id: UUID, version_id: UUID) -> HttpResponse:
    visit, found = queries.version_for(request.user, project_id, version_id, Purpose.READ)
    state = queries.text_at(found.document, found.at_seq)
    if request.GET.get("format") == "md":
        answer = HttpResponse(state.text().encode(), content_type="text/markdown; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="version-{found}.md"'
        return answer
    part = reading(state, request.GET.get("chapter", ""))
    known = definitions(block.text for _, block in state.alive()) if not part.is_whole else None
    blocks = [(id, state.blocks[id].text) for id in part.blocks]
    text = rendered(blocks, lambda block: EMPTY, known, picture_addresses(found.document, blocks))
    earlier = [one for one in queries.versions_of(found.document_id) if one.number < found.number]
    before = earlier[-1] if earlier else None
    page = page_of(visit, found.document, "versions", version=found, text=text, reading=part, before=before)
    return render(request, "drafting/version.html", page)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.RUN, VERSION)
    last = queries.last_version(document.pk)
    draft, whole = (last.number if last else BEFORE_THE_FIRST).following
    form = PublishForm(request.POST or None, initial={"number": str(draft), "day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.publish_version(
                by=request.user,
                project_id=project_id,
                document_id=document.pk,
                key=form.key,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The version is published."))
            return redirect("drafting:versions", project_id, document.pk)
    page = page_of(visit, document, "versions", form=form, last=last, draft=draft, whole=whole)
    return render(request, "drafting/publish.html", page)


@require_GET
def log(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Every answer with its suggestion: the master change log."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, VERSION)
    found = queries.versions_of(document.pk)
    table = Table(
        rows=queries.answers_on(document.pk),
        columns=_log_columns(document, found, queries.names_in(visit)),
        filters=[Filter("outcome", _("Answer"), Outcome.choices, lambda rows, value: rows.filter(outcome=value))],
        search=_log_search,
        caption=_("Change log"), empty=_("Nothing is decided yet"), name="change-log", order="decided_on",
    )  # fmt: skip
    return table.respond(request, "drafting/log.html", page_of(visit, document, "log"))


def _log_search(rows: Any, words: str) -> Any:
    # Not by name: a search would find those who chose not to be named.
    return rows.filter(Q(suggestion__gist__icontains=words) | Q(reason__icontains=words))


def _log_columns(document: Document, found: list[Version], names: Names) -> list[Column]:
    return [
        Column(
            "suggestion", _("Suggestion"), value="suggestion.ref", sort="suggestion__number",
            link=lambda row: address("suggestion", document.project_id, row.suggestion_id),
        ),
        Column("said_on", _("Said on"), value="suggestion.said_on", sort="suggestion__said_on"),
        Column("author", _("By"), value=lambda row: names.said(row.suggestion.author)),
        Column("gist", _("What"), value=lambda row: row.suggestion.gist),
        Column("outcome", _("Answer"), value="get_outcome_display", sort="outcome"),
        Column("reason", _("Reason"), value=lambda row: ": ".join(filter(None, (row.reason_code, row.reason)))),
        Column("decided_by", _("Decided by"), value=lambda row: _decider(row, names)),
        Column("decided_on", _("Decided on"), sort="decided_on"),
        Column("version", _("In version"), value=lambda row: str(queries.landed_in(row.landed_seq, found) or "")),
    ]  # fmt: skip


def _decider(row: Any, names: Names) -> Any:
    return _("not recorded (imported)") if row.imported else names.said(row.decided_by)
