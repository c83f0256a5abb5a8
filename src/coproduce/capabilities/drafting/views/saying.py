"""What every page has on which somebody writes a suggestion: send it, keep it for later, thank for it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coproduce.core.findings import Refused
from coproduce.core.text import BadText
from coproduce.ui.forms import Form, key_of

from .. import operations, queries
from ..models import Document, Suggestion
from ..terms import Saying
from .common import address

_NOT_TYPED = ("request_key", "draft", "csrfmiddlewaretoken", "keep")


def initial_of(request: HttpRequest, project_id: UUID, **usual: Any) -> dict[str, Any]:
    """What the boxes hold at first: one's own draft, when one comes back to it."""
    asked = request.GET.get("draft", "")
    if request.method != "GET" or not asked:
        return usual
    draft = queries.draft_of(request.user, project_id, _uuid(asked))
    return {**usual, **draft.typed, "draft": draft.pk}


def sending(
    request: HttpRequest,
    form: Form,
    send: Callable[[], Suggestion],
    *,
    document: Document,
    saying: Saying,
    block: int | None = None,
    template: str,
    page: Mapping[str, Any],
) -> HttpResponse:
    """One page of the kind: shows the form, keeps a draft, or sends and thanks."""
    if request.method == "POST" and "keep" in request.POST:
        kept = keep(request, form, document, saying, block)
        if kept:
            return kept
    elif request.method == "POST" and form.is_valid():
        try:
            suggestion = send()
        except Refused as refused:
            form.refuse(refused)
        else:
            return thank(request, suggestion, form.cleaned_data.get("draft"))
    return render(request, template, {**page, "form": form, "may_keep": True})


def keep(
    request: HttpRequest, form: Form, document: Document, saying: Saying, block: int | None
) -> HttpResponse | None:
    """Keep what was typed, finished or not; None when it holds what no text can hold."""
    typed = {name: value for name, value in request.POST.items() if name not in _NOT_TYPED}
    draft_id = _uuid(request.POST.get("draft", "")) if request.POST.get("draft") else key_of(request.POST)
    try:
        operations.keep_draft(
            by=request.user, project_id=document.project_id, document_id=document.pk,
            draft_id=draft_id or uuid4(), saying=saying, block=block, typed=typed,
        )  # fmt: skip
    except BadText as bad:
        form.full_clean()
        form.add_error(None, str(bad))
        return None
    messages.success(request, _("Kept for you alone. Nobody else can see it until you send it."))
    return redirect("drafting:mine", document.project_id)


def thank(request: HttpRequest, suggestion: Suggestion, draft_id: UUID | None = None) -> HttpResponse:
    """The receipt, at once: a page, and an e-mail to whoever has an address."""
    project_id = suggestion.project_id
    if draft_id:
        operations.drop_draft(by=request.user, project_id=project_id, draft_id=draft_id)
    link = link_to(request, suggestion)
    operations.send_receipt(by=request.user, project_id=project_id, suggestion_id=suggestion.pk, link=link)
    return redirect("drafting:receipt", project_id, suggestion.pk)


def link_to(request: HttpRequest, suggestion: Suggestion) -> str:
    return request.build_absolute_uri(address("suggestion", suggestion.project_id, suggestion.pk))


def suggested(request: HttpRequest, form: Any, document: Document, **facts: Any) -> Suggestion:
    """One's own suggestion, with one's name or without."""
    make = operations.suggest_unnamed if form.cleaned_data["unnamed"] else operations.suggest
    about: dict[str, Any] = {
        "by": request.user,
        "project_id": document.project_id,
        "document_id": document.pk,
    }
    return make(**about, key=form.key, **facts)


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
