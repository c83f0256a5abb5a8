"""What the pages of voting share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.ui.components import component
from coproduce.ui.forms import Form

from ..models import Ballot
from ..terms import BALLOT, Standing, State

_COLOURS = {
    State.DRAFT: "grey", State.OPEN: "green", State.CLOSED: "blue", Standing.WAITING: "yellow",
    Standing.ACCEPTED: "green", Standing.DECLINED: "red", Standing.REPLACED: "grey",
}  # fmt: skip


def page_of(visit: Visit, ballot: Ballot | None = None, **more: Any) -> dict[str, Any]:
    may_run = visit.may(BALLOT, Purpose.RUN)
    return {"visit": visit, "section": "voting", "ballot": ballot, "may_run": may_run, **more}


def tag_of(state: str, words: Any) -> Any:
    return component("tag", {"text": words, "classes": f"govuk-tag--{_COLOURS[state]}"})  # type: ignore[index]


def form_page(
    request: HttpRequest, visit: Visit, form: Form, *, title: Any, button: Any = None, ballot: Ballot | None = None,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    page = page_of(visit, ballot, form=form, title=title, button=button or _("Save"), **more)
    return render(request, "voting/form.html", page)


def done(request: HttpRequest, words: Any, page: str, *where: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"voting:{page}", *where)
