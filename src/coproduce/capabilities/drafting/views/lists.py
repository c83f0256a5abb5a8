"""Suggestions as lists: all of a document, those of one passage, one's own, and those that wait for an answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.ui.tables import Column, Filter, Table
from coproduce.ui.templatetags.govuk import name as named

from .. import operations, queries
from ..models import Document, Draft
from ..queries import waiting_for
from ..rules.clocks import Clock, due
from ..terms import DOCUMENT, SUGGESTION, Channel, Saying, Status, SuggestionKind
from .common import address, page_of, short


@require_GET
def suggestions(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    block = request.GET.get("block", "")
    of_block = block.isascii() and block.isdigit() and len(block) < 10
    rows = (
        queries.suggestions_touching(document.pk, int(block))
        if of_block
        else queries.suggestions_on(document.pk)
    )
    table = Table(
        rows=rows.annotate(supporters=queries.supporters()), columns=_columns(document), filters=_filters(document),
        search=_found, caption=_("Suggestions"), empty=_("No suggestions yet"), name="suggestions", order="number",
    )  # fmt: skip
    page = page_of(
        visit, document, "suggestions", of_block=block if of_block else "",
        may_suggest=visit.may(SUGGESTION, Purpose.CONTRIBUTE), may_run=visit.may(SUGGESTION, Purpose.RUN),
    )  # fmt: skip
    return table.respond(request, "drafting/suggestions.html", page)


def _found(rows: Any, words: str) -> Any:
    found = Q(words__icontains=words) | Q(gist__icontains=words) | Q(reason__icontains=words)
    number = words.upper().removeprefix("S")
    if number.isascii() and number.isdigit() and len(number) < 7:
        found |= Q(number=int(number))
    return rows.filter(found | Q(author__name__icontains=words))


def _number(document: Document) -> Column:
    return Column(
        "number", _("Number"), value="ref", sort="number",
        link=lambda row: address("suggestion", document.project_id, row.pk),
    )  # fmt: skip


def _who_and_where() -> list[Column]:
    return [
        Column("author", _("From"), value=lambda row: named(row.author), sort="author__name"),
        Column(
            "group", _("Group"), value=lambda row: row.group.name if row.group else "", sort="group__code"
        ),
        Column("section", _("Section"), value=lambda row: short(row.section, 40), sort="section"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("said_on", _("Date"), sort="said_on"),
        Column("supporters", _("Supported by"), sort="supporters", numeric=True),
    ]


def _columns(document: Document) -> Sequence[Column]:
    return [
        _number(document),
        Column("gist", _("Suggestion")),
        *_who_and_where(),
        Column("status", _("Answer"), value="get_status_display", sort="status"),
    ]


def _filters(document: Document) -> Sequence[Filter]:
    return [
        Filter("status", _("Answer"), Status.choices, lambda rows, value: rows.filter(status=value)),
        *_by_who_and_where(document),
    ]


def _by_who_and_where(document: Document) -> list[Filter]:
    groups = [(str(group.pk), group.name) for group in people.groups_of(document.project_id)]
    sections = [(section, short(section, 40)) for section in queries.sections_of(document.pk)]
    return [
        Filter("group", _("Group"), groups, lambda rows, value: rows.filter(group_id=value)),
        Filter("section", _("Section"), sections, lambda rows, value: rows.filter(section=value)),
        Filter("kind", _("Kind"), SuggestionKind.choices, lambda rows, value: rows.filter(kind=value)),
    ]


@require_GET
def queue(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """What waits, with its clock: for those who run the project."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.RUN, SUGGESTION)
    today, jurisdiction = clock.today(), visit.project.jurisdiction
    rows = queries.queue_on(document.pk)
    table = Table(
        rows=rows, columns=_queue_columns(document, jurisdiction), filters=_queue_filters(document, jurisdiction),
        search=_found, caption=_("What waits for you"), empty=_("Nothing waits for you"), name="queue",
        order="due",
    )  # fmt: skip
    counts = queries.queue_counts(rows, today, jurisdiction)
    page = page_of(visit, document, "queue", counts=counts)
    return table.respond(request, "drafting/queue.html", page)


def _queue_columns(document: Document, jurisdiction: str) -> Sequence[Column]:
    today = clock.today()
    return [
        _number(document),
        Column("gist", _("Suggestion")),
        Column("waits", _("Waits for"), value=_waits),
        Column("due", _("Until"), value="clock_on", sort="clock_on"),
        Column("clock", _("Clock"), value=lambda row: clock_words(row.clock_on, today, jurisdiction)),
        *(column for column in _who_and_where() if column.key not in ("section", "kind")),
        Column("bundle", _("Bundled"), value=lambda row: _("yes") if row.bundle_id else ""),
    ]


def _queue_filters(document: Document, jurisdiction: str) -> Sequence[Filter]:
    today = clock.today()
    clocks = [
        (Clock.LATE, _("Late")), (Clock.SOON, _("Within five working days")), (Clock.LATER, _("Later")),
        (Clock.NO_DATE, _("No promised day")),
    ]  # fmt: skip
    waits = [
        ("answer", _("An answer")), ("again", _("An answer, asked again")), ("reply", _("A reply from others")),
        ("tell", _("Being told the answer")), ("receipt", _("A receipt")),
    ]  # fmt: skip
    return [
        Filter("waits", _("Waits for"), waits, lambda rows, value: rows.filter(waiting_for(value))),
        Filter(
            "clock", _("Clock"), clocks,
            lambda rows, value: rows.filter(queries.by_clock(value, today, jurisdiction)),
        ),
        *_by_who_and_where(document),
        Filter("channel", _("How it came"), Channel.choices, lambda rows, value: rows.filter(channel=value)),
    ]  # fmt: skip


def _waits(row: Any) -> str:
    if row.status == Status.OPEN:
        found = [_("an answer, asked again") if row.asked_again else _("an answer")]
        found += [] if row.received or row.channel == Channel.IMPORT else [_("a receipt")]
    else:
        found = [_("a reply from others")] if row.waits_for_reply else []
        found += [] if row.told_on else [_("being told")]
    return ", ".join(map(str, found))


def clock_words(due_on: Any, today: Any, jurisdiction: str) -> str:
    """“3 working days late”, “due today”, “4 working days left”."""
    found = due(due_on, today, jurisdiction)
    if found.clock is Clock.NO_DATE:
        return ""
    if found.clock is Clock.LATE:
        words = ngettext("%(n)d working day late", "%(n)d working days late", found.days)
    elif not found.days:
        return _("due today")
    else:
        words = ngettext("%(n)d working day left", "%(n)d working days left", found.days)
    return words % {"n": found.days}


@require_GET
def mine(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """One's own suggestions and drafts, with the answers that wait for a word."""
    visit = projects.visit(request.user, project_id, DOCUMENT, Purpose.READ)
    found = list(queries.own_suggestions(request.user, project_id))
    answers = queries.newest_answers([one.pk for one in found])
    rows = [{"suggestion": one, "answer": answers.get(one.pk, (None, None))} for one in found]
    drafts = [{"draft": one, "href": _page_of_draft(one), "words": _words_of(one)} for one in
              queries.drafts_of(request.user, project_id)]  # fmt: skip
    page = {"visit": visit, "section": "drafting", "rows": rows, "drafts": drafts}
    return render(request, "drafting/mine.html", page)


@require_http_methods(["GET", "POST"])
def drop_draft(request: HttpRequest, project_id: UUID, draft_id: UUID) -> HttpResponse:
    """Throw away a draft of one's own."""
    visit = projects.visit(request.user, project_id, SUGGESTION, Purpose.CONTRIBUTE)
    draft = queries.drafts_of(request.user, project_id).filter(pk=draft_id).first()
    if draft is None:
        raise NotThere
    if request.method == "POST":
        operations.drop_draft(by=request.user, project_id=project_id, draft_id=draft_id)
        messages.success(request, _("The draft is gone. It was never sent."))
        return redirect("drafting:mine", project_id)
    page = {"visit": visit, "section": "drafting", "draft": draft, "words": _words_of(draft)}
    return render(request, "drafting/drop_draft.html", page)


_PAGES = {Saying.CHANGE: "suggest_change", Saying.AFTER: "suggest_after"}


def _page_of_draft(draft: Draft) -> str:
    """Where somebody goes on writing."""
    place: list[Any] = [draft.document.project_id, draft.document_id]
    if draft.saying == Saying.WORDS:
        return address("suggest_words", *place, draft=draft.pk)
    if draft.saying == Saying.SUMMARY:
        return address("summary", *place, draft=draft.pk)
    if draft.saying in _PAGES:
        return address(_PAGES[Saying(draft.saying)], *place, draft.block, draft=draft.pk)
    return address("say", *place, draft.block, draft.saying, draft=draft.pk)


def _words_of(draft: Draft) -> str:
    typed = draft.typed
    words = typed.get("typed") or typed.get("words") or typed.get("reason") or typed.get("missing") or ""
    return short(str(words), 120)
