"""Versions: the list, one of them, publishing, comparing two, and the change log."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Filter, Table
from coproduce.ui.templatetags.govuk import name as named

from .. import operations, queries
from ..forms import PublishForm
from ..models import Document, Version
from ..queries import Difference
from ..rules.outline import outline, section_of
from ..rules.versions import BEFORE_THE_FIRST
from ..terms import VERSION, Outcome, VersionStatus
from .common import address, page_of, picture_addresses, reading
from .rendering import EMPTY, definitions, rendered

CHANGES_A_PAGE = 50


@require_GET
def versions(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, VERSION)
    found = list(reversed(queries.versions_of(document.pk)))
    shown = [{"version": one, "status": status_words(one, newest=found[0])} for one in found]
    page = page_of(visit, document, "versions", versions=shown, may_run=visit.may(VERSION, Purpose.RUN))
    return render(request, "drafting/versions.html", page)


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
def compare(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, VERSION)
    found = queries.versions_of(document.pk)
    if len(found) < 2:
        return render(request, "drafting/compare.html", page_of(visit, document, "compare", versions=found))
    old = _asked(request, "old", found) or found[-2]
    new = _asked(request, "new", found) or found[-1]
    difference = queries.difference(document, old, new)
    page = page_of(
        visit, document, "compare", versions=found, old=min(old, new, key=_number), new=max(old, new, key=_number),
        places=Paginator(_places(difference), CHANGES_A_PAGE).get_page(request.GET.get("page")),
        suggestions=_by_suggestion(difference),
    )  # fmt: skip
    return render(request, "drafting/compare.html", page)


def _number(version: Version) -> Any:
    return version.number


def _asked(request: HttpRequest, which: str, found: list[Version]) -> Version | None:
    asked = request.GET.get(which)
    return next((one for one in found if str(one) == asked), None)


def _places(difference: Difference) -> list[dict[str, Any]]:
    """The blocks that differ, marked up, each with its section."""
    headings = outline(difference.new)
    return [
        {
            "block": id,
            "section": section_of(headings, difference.new, id),
            "pieces": [
                (piece, difference.causes.get(piece.seq)) for piece in difference.comparison.changed[id]
            ],
        }
        for id in difference.comparison.order
        if id in difference.comparison.changed
    ]


def _by_suggestion(difference: Difference) -> list[dict[str, Any]]:
    """One line a suggestion: who, when, and what changed where."""
    causes = {cause.key: cause for cause in difference.causes.values()}
    lines = [
        {
            "cause": causes[key],
            "changes": changes[:3],
            "more": max(0, len(changes) - 3),
            "places": len(changes),
        }
        for key, changes in difference.by_suggestion.items()
    ]
    return sorted(lines, key=lambda line: line["cause"].suggestion.number if line["cause"].suggestion else 0)


@require_GET
def log(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Every answer with its suggestion: the master change log."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, VERSION)
    found = queries.versions_of(document.pk)
    table = Table(
        rows=queries.answers_on(document.pk),
        columns=_log_columns(document, found),
        filters=[Filter("outcome", _("Answer"), Outcome.choices, lambda rows, value: rows.filter(outcome=value))],
        search=_log_search,
        caption=_("Change log"), empty=_("Nothing is decided yet"), name="change-log", order="decided_on",
    )  # fmt: skip
    return table.respond(request, "drafting/log.html", page_of(visit, document, "log"))


def _log_search(rows: Any, words: str) -> Any:
    said = Q(suggestion__gist__icontains=words) | Q(suggestion__author__name__icontains=words)
    return rows.filter(said | Q(reason__icontains=words))


def _log_columns(document: Document, found: list[Version]) -> list[Column]:
    return [
        Column(
            "suggestion", _("Suggestion"), value="suggestion.ref", sort="suggestion__number",
            link=lambda row: address("suggestion", document.project_id, row.suggestion_id),
        ),
        Column("said_on", _("Said on"), value="suggestion.said_on", sort="suggestion__said_on"),
        Column("author", _("By"), value=lambda row: named(row.suggestion.author), sort="suggestion__author__name"),
        Column("gist", _("What"), value=lambda row: row.suggestion.gist),
        Column("outcome", _("Answer"), value="get_outcome_display", sort="outcome"),
        Column("reason", _("Reason"), value=lambda row: ": ".join(filter(None, (row.reason_code, row.reason)))),
        Column("decided_by", _("Decided by"), value=_decider, sort="decided_by__name"),
        Column("decided_on", _("Decided on"), sort="decided_on"),
        Column("version", _("In version"), value=lambda row: str(queries.landed_in(row.landed_seq, found) or "")),
    ]  # fmt: skip


def _decider(row: Any) -> Any:
    return _("not recorded (imported)") if row.imported else named(row.decided_by)
