"""The text: documents, the page of one of them, and who wrote each word."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import NewDocumentForm
from ..models import Document
from ..rules.outline import outline
from ..rules.replay import State
from ..terms import DOCUMENT, SUGGESTION
from .common import Reading, address, page_of, picture_addresses, reading, short
from .rendering import EMPTY, Actions, definitions, rendered


@require_GET
def documents(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, DOCUMENT, Purpose.READ)
    found = list(queries.documents_of(project_id))
    if len(found) == 1 and not visit.may(DOCUMENT, Purpose.RUN):
        return redirect("drafting:document", project_id, found[0].pk)
    versions = queries.landing_versions(one.pk for one in found)
    shown = [{"document": one, "version": next(reversed(versions.get(one.pk, [])), None)} for one in found]
    page = {
        "visit": visit,
        "section": "drafting",
        "documents": shown,
        "may_run": visit.may(DOCUMENT, Purpose.RUN),
    }
    return render(request, "drafting/documents.html", page)


@require_http_methods(["GET", "POST"])
def new_document(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, DOCUMENT, Purpose.RUN)
    form = NewDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = _started(request, project_id, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("drafting:document", project_id, document.pk)
    return render(
        request, "drafting/new_document.html", {"visit": visit, "section": "drafting", "form": form}
    )


def _started(request: HttpRequest, project_id: UUID, form: NewDocumentForm) -> Document:
    typed = form.cleaned_data
    upload = typed["file"]
    found = operations.read_upload(upload.name or "", upload.read()) if upload else None
    document = operations.start_document(
        by=request.user, project_id=project_id, title=typed["title"], answers_by=typed["answers_by"],
        text=found.text if found else typed["text"], left_out=found.left_out if found else [],
        pictures=found.pictures if found else [],
        override=form.override, key=form.key,
    )  # fmt: skip
    if found and found.left_out:
        words = _("The text is in. It cannot hold: %(list)s.")
        messages.warning(request, words % {"list": "; ".join(found.left_out)})
    return document


@require_GET
def document(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, found = queries.document_for(request.user, project_id, document_id, Purpose.READ)
    state = queries.text_now(found)
    part = reading(state, request.GET.get("chapter", ""), request.GET.get("block", ""))
    headings = outline(state)
    shown = set(part.blocks)
    page = page_of(
        visit, found, "text",
        text=_page_text(visit, found, state, part, request.GET.get("for", "")),
        reading=part, headings=[one for one in headings if one.block in shown and one.level <= 3],
        version=queries.last_version(found.pk), may_run=visit.may(DOCUMENT, Purpose.RUN),
        may_suggest=visit.may(SUGGESTION, Purpose.CONTRIBUTE), placing=request.GET.get("for", ""),
    )  # fmt: skip
    return render(request, "drafting/document.html", page)


def _page_text(visit: Any, found: Document, state: State, part: Reading, placing: str) -> SafeString:
    counts = queries.counts_by_block(found.pk, part.blocks)
    project = found.project_id
    blocks = [(id, state.blocks[id].text) for id in part.blocks]
    actions = _placing(project, found, state, placing) if placing and visit.may(SUGGESTION, Purpose.DECIDE) else (
        _suggesting(project, found, state, counts, visit.may(SUGGESTION, Purpose.CONTRIBUTE))
    )  # fmt: skip
    known = definitions(block.text for _, block in state.alive()) if not part.is_whole else None
    return rendered(blocks, actions, known, picture_addresses(found, blocks))


def _suggesting(
    project: UUID, found: Document, state: State, counts: dict[int, tuple[int, int]], may: bool
) -> Actions:
    """Beside each block: the link to suggest a change, and how many suggestions there are."""
    # One pattern for the whole page: working out thousands of addresses one by one takes longer than the text.
    change = address("suggest_change", project, found.pk, 0).removesuffix("0/change/")
    listed = address("suggestions", project, found.pk)

    def act(block: int) -> SafeString:
        name = short(state.blocks[block].text, 40)
        link = _link(f"{change}{block}/change/", _("Suggest a change"), name) if may else ""
        _open, total = counts.get(block, (0, 0))
        words = ngettext("%(n)d suggestion", "%(n)d suggestions", total) % {"n": total} if total else ""
        count = _link(f"{listed}?block={block}", words, name) if words else ""
        return format_html('<span class="drafting-act app-no-print">{} {}</span>', link, count) if link or count else (
            EMPTY
        )  # fmt: skip

    return act


def _placing(project: UUID, found: Document, state: State, suggestion: str) -> Actions:
    """Beside each block: where the words of an accepted suggestion may go."""
    try:
        decide = address("decide", project, UUID(suggestion))
    except ValueError:
        return lambda block: EMPTY

    def act(block: int) -> SafeString:
        name = short(state.blocks[block].text, 40)
        here = _link(f"{decide}?block={block}", _("Change this"), name)
        after = _link(f"{decide}?after={block}", _("Add after this"), name)
        return format_html('<span class="drafting-act app-no-print">{} {}</span>', here, after)

    return act


def _link(href: str, words: str, about: str) -> SafeString:
    html = (
        '<a class="govuk-link govuk-link--no-visited-state" href="{}">{}'
        '<span class="govuk-visually-hidden">: {}</span></a>'
    )
    return format_html(html, href, words, about)
