"""Making suggestions, reading them, and withdrawing one's own."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.accounts import queries as accounts_queries
from coproduce.capabilities.people import queries as people
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Filter, Table
from coproduce.ui.templatetags.govuk import name as named

from .. import operations, queries
from ..forms import SOMEONE_ELSE, BehalfForm, ChangeForm, WithdrawForm, WordsForm
from ..models import Document, Suggestion
from ..rules.blocks import body
from ..rules.outline import outline, section_of
from ..terms import SUGGESTION, Status, SuggestionKind
from .common import address, page_of, short


@require_http_methods(["GET", "POST"])
def suggest_change(request: HttpRequest, project_id: UUID, document_id: UUID, block: int) -> HttpResponse:
    """A box with the words of one block, to be changed; works with nothing but a keyboard."""
    return _suggest_words(request, project_id, document_id, block, after=False)


@require_http_methods(["GET", "POST"])
def suggest_after(request: HttpRequest, project_id: UUID, document_id: UUID, block: int) -> HttpResponse:
    """An empty box, for a new passage after one block."""
    return _suggest_words(request, project_id, document_id, block, after=True)


def _suggest_words(
    request: HttpRequest, project_id: UUID, document_id: UUID, block: int, *, after: bool
) -> HttpResponse:
    visit, document = queries.document_for(
        request.user, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION
    )
    state = queries.text_now(document)
    standing = state.blocks.get(block)
    if standing is None or not standing.alive:
        raise NotThere
    words = body(standing.text)
    form = ChangeForm(
        request.POST or None, initial={"typed": "" if after else words, "base_seq": document.seq}
    )
    form = form.for_new_passage() if after else form
    if request.method == "POST" and form.is_valid():
        try:
            suggestion = _sent(request, document, block, form, after=after)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _thanks(request, suggestion)
    page = page_of(
        visit, document, "text", form=form, block_id=block, words=words, after=after,
        where=section_of(outline(state), state, block),
    )  # fmt: skip
    return render(request, "drafting/suggest_change.html", page)


def _sent(
    request: HttpRequest, document: Document, block: int, form: ChangeForm, *, after: bool
) -> Suggestion:
    typed = form.cleaned_data
    base = min(typed["base_seq"], document.seq)
    make = queries.new_passage if after else queries.typed_edits
    return operations.suggest(
        by=request.user, project_id=document.project_id, document_id=document.pk, block=block, base_seq=base,
        edits=make(document, base, block, typed["typed"]), reason=typed["reason"],
        quote_consent=typed["quote_consent"], key=form.key,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def suggest_words(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """A suggestion about the whole document, in one's own words."""
    visit, document = queries.document_for(
        request.user, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION
    )
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suggestion = operations.suggest(
                by=request.user,
                project_id=project_id,
                document_id=document.pk,
                key=form.key,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return _thanks(request, suggestion)
    return render(request, "drafting/suggest_words.html", page_of(visit, document, "text", form=form))


@require_http_methods(["GET", "POST"])
def suggest_on_behalf(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Entering what someone said on paper, by phone or in a session."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.RUN, SUGGESTION)
    seats = people.seats_of(project_id)
    form = BehalfForm(
        request.POST or None,
        people=[(str(seat.person_id), f"{seat.code} {seat.person.shown_name}") for seat in seats],
    )
    if request.method == "POST" and form.is_valid():
        try:
            suggestion = _entered(request, document, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _thanks(request, suggestion)
    page = page_of(visit, document, "suggestions", form=form, behalf=True)
    return render(request, "drafting/suggest_words.html", page)


def _entered(request: HttpRequest, document: Document, form: BehalfForm) -> Suggestion:
    typed = dict(form.cleaned_data)
    chosen, new_name = typed.pop("author"), typed.pop("new_name")
    if chosen == SOMEONE_ELSE:
        author = accounts.add_person(by=request.user, name=new_name)
    else:
        author = accounts_queries.person(UUID(chosen))
    return operations.suggest(
        by=request.user,
        project_id=document.project_id,
        document_id=document.pk,
        author=author,
        key=form.key,
        **typed,
    )


def _thanks(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    words = _("Thank you. Suggestion %(ref)s is on the record.")
    messages.success(request, words % {"ref": suggestion.ref})
    return redirect("drafting:suggestion", suggestion.project_id, suggestion.pk)


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
        rows=rows,
        columns=_columns(document),
        filters=_filters(document),
        search=lambda rows, words: rows.filter(
            Q(words__icontains=words) | Q(gist__icontains=words) | Q(reason__icontains=words)
            | Q(author__name__icontains=words)
        ),
        caption=_("Suggestions"), empty=_("No suggestions yet"), name="suggestions", order="number",
    )  # fmt: skip
    page = page_of(
        visit, document, "suggestions", of_block=of_block,
        may_suggest=visit.may(SUGGESTION, Purpose.CONTRIBUTE), may_run=visit.may(SUGGESTION, Purpose.RUN),
    )  # fmt: skip
    return table.respond(request, "drafting/suggestions.html", page)


def _columns(document: Document) -> Sequence[Column]:
    return [
        Column(
            "number", _("Number"), value="ref", sort="number",
            link=lambda row: address("suggestion", document.project_id, row.pk),
        ),
        Column("gist", _("Suggestion")),
        Column("author", _("From"), value=lambda row: named(row.author), sort="author__name"),
        Column("group", _("Group"), value=lambda row: row.group.name if row.group else "", sort="group__code"),
        Column("section", _("Section"), value=lambda row: short(row.section, 40), sort="section"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("said_on", _("Date"), sort="said_on"),
        Column("status", _("Answer"), value="get_status_display", sort="status"),
    ]  # fmt: skip


def _filters(document: Document) -> Sequence[Filter]:
    groups = [(str(group.pk), group.name) for group in people.groups_of(document.project_id)]
    sections = [(section, short(section, 40)) for section in queries.sections_of(document.pk)]
    return [
        Filter("status", _("Answer"), Status.choices, lambda rows, value: rows.filter(status=value)),
        Filter("group", _("Group"), groups, lambda rows, value: rows.filter(group_id=value)),
        Filter("section", _("Section"), sections, lambda rows, value: rows.filter(section=value)),
        Filter("kind", _("Kind"), SuggestionKind.choices, lambda rows, value: rows.filter(kind=value)),
    ]


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    visit, suggestion = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.READ)
    if suggestion.author_id != request.user.pk and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw(
                by=request.user,
                project_id=project_id,
                suggestion_id=suggestion_id,
                key=form.key,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("drafting:suggestion", project_id, suggestion_id)
    page = page_of(visit, suggestion.document, "suggestions", suggestion=suggestion, form=form)
    return render(request, "drafting/withdraw.html", page)
