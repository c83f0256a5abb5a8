"""Making suggestions on a passage or on the whole text, for oneself or for someone else, and withdrawing them."""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.accounts import queries as accounts_queries
from coproduce.capabilities.people import queries as people
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import SOMEONE_ELSE, BehalfForm, ChangeForm, PassageForm, WithdrawForm, WordsForm
from ..models import Document, Suggestion
from ..rules.blocks import body
from ..rules.outline import outline, section_of
from ..rules.replay import State
from ..terms import SUGGESTION, Saying
from .common import page_of
from .saying import initial_of, sending, suggested, thank


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
    state, words = passage_in(document, block)
    usual = {"typed": "" if after else words, "base_seq": document.seq}
    form = ChangeForm(request.POST or None, initial=initial_of(request, project_id, **usual))
    form = form.for_new_passage() if after else form
    page = page_of(
        visit, document, "text", block_id=block, words=words, after=after,
        where=section_of(outline(state), state, block),
    )  # fmt: skip
    return sending(
        request, form, lambda: _sent(request, document, block, form, after=after), document=document,
        saying=Saying.AFTER if after else Saying.CHANGE, block=block,
        template="drafting/suggest_change.html", page=page,
    )  # fmt: skip


def passage_in(document: Document, block: int) -> tuple[State, str]:
    """Today's text, and the words of one of its passages."""
    state = queries.text_now(document)
    standing = state.blocks.get(block)
    if standing is None or not standing.alive:
        raise NotThere
    return state, body(standing.text)


def _sent(
    request: HttpRequest, document: Document, block: int, form: ChangeForm, *, after: bool
) -> Suggestion:
    typed = form.cleaned_data
    base = min(typed["base_seq"], document.seq)
    make = queries.new_passage if after else queries.typed_edits
    return suggested(
        request, form, document, block=block, base_seq=base, edits=make(document, base, block, typed["typed"]),
        reason=typed["reason"], quote_consent=typed["quote_consent"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, project_id: UUID, document_id: UUID, block: int, saying: str) -> HttpResponse:
    """Keep a passage as it is, take it out, or ask about it."""
    visit, document = queries.document_for(
        request.user, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION
    )
    if saying not in (Saying.KEEP, Saying.REMOVE, Saying.ASK):
        raise NotThere
    state, words = passage_in(document, block)
    initial = initial_of(request, project_id, base_seq=document.seq)
    form = PassageForm(request.POST or None, initial=initial).for_saying(saying)
    page = page_of(
        visit, document, "text", block_id=block, words=words, saying=saying, title=Saying(saying).label,
        where=section_of(outline(state), state, block),
    )  # fmt: skip
    return sending(
        request, form, lambda: _said(request, document, block, form, saying), document=document,
        saying=Saying(saying), block=block, template="drafting/say.html", page=page,
    )  # fmt: skip


def _said(request: HttpRequest, document: Document, block: int, form: PassageForm, saying: str) -> Suggestion:
    typed = form.said()
    base = min(typed.pop("base_seq"), document.seq)
    gone = queries.typed_edits(document, base, block, "") if saying == Saying.REMOVE else ()
    return suggested(request, form, document, kind=saying, block=block, base_seq=base, edits=gone, **typed)


@require_http_methods(["GET", "POST"])
def suggest_words(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """A suggestion about the whole document, in one's own words."""
    visit, document = queries.document_for(
        request.user, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION
    )
    form = WordsForm(request.POST or None, initial=initial_of(request, project_id))
    return sending(
        request, form, lambda: suggested(request, form, document, **form.said()), document=document,
        saying=Saying.WORDS, template="drafting/suggest_words.html", page=page_of(visit, document, "text"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def suggest_on_behalf(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Entering what someone said on paper, by phone or in a session."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.RUN, SUGGESTION)
    form = BehalfForm(request.POST or None, **choices_of(project_id))
    if request.method == "POST" and form.is_valid():
        try:
            suggestion = entered(request, document, form, **form.said())
        except Refused as refused:
            form.refuse(refused)
        else:
            return thank(request, suggestion)
    page = page_of(visit, document, "suggestions", form=form, behalf=True)
    return render(request, "drafting/suggest_words.html", page)


def choices_of(project_id: UUID) -> dict[str, Any]:
    """Whom a suggestion can be entered for: everyone with a seat, and the groups."""
    seats = people.seats_of(project_id)
    return {
        "people": [(str(seat.person_id), f"{seat.code} {seat.person.shown_name}") for seat in seats],
        "groups": [(str(group.pk), group.name) for group in people.groups_of(project_id)],
    }


def entered(request: HttpRequest, document: Document, form: Any, **facts: Any) -> Suggestion:
    """A suggestion in the name of whoever made it, or in nobody's; a repeat adds nobody twice."""
    typed, key = form.cleaned_data, form.key
    chosen, name = typed["author"], typed["new_name"]
    if chosen != SOMEONE_ELSE:
        author = accounts_queries.person(UUID(chosen))
    elif name:
        author = accounts.add_person(by=request.user, name=name, key=uuid5(key, "person") if key else None)
    else:
        author = None
    facts |= {
        "by": request.user,
        "project_id": document.project_id,
        "document_id": document.pk,
        "author": author,
    }
    if chosen == SOMEONE_ELSE and typed["group"]:
        facts["group_id"] = UUID(typed["group"])
    if typed["unnamed"]:
        return operations.suggest_unnamed(**facts, entered=True, key=key)
    return operations.suggest(**facts, key=key)


@require_GET
def receipt(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """What a suggester takes home: the number, the promised day, and what happens next."""
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.READ)
    if not found.own and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    page = page_of(
        visit, found.document, "text", suggestion=found, receipt=queries.receipt_of(found.pk),
        edits=queries.edits_of(found.pk)[:5],
    )  # fmt: skip
    return render(request, "drafting/receipt.html", page)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    visit, suggestion = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.READ)
    if not suggestion.own and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # The ledger has no request of somebody without a name, so there it cannot know a repeat.
        hidden = suggestion.own and suggestion.author_id != request.user.pk
        try:
            operations.withdraw(
                by=request.user, project_id=project_id, suggestion_id=suggestion_id,
                key=None if hidden else form.key, **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("drafting:suggestion", project_id, suggestion_id)
    page = page_of(visit, suggestion.document, "suggestions", suggestion=suggestion, form=form)
    return render(request, "drafting/withdraw.html", page)
