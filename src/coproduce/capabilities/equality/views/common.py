"""What the pages of equality share."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.components import component
from coproduce.ui.forms import Form

from ..terms import ASSESSMENT, MONITORING, Impact

COLOURS = {
    Impact.POSITIVE: "green", Impact.NONE: "grey", Impact.NEGATIVE: "orange", Impact.UNKNOWN: "blue",
}  # fmt: skip
_HOUR = 3600


def page_of(visit: Visit, **more: Any) -> dict[str, Any]:
    return {
        "visit": visit,
        "section": "equality",
        "may_run": visit.may(ASSESSMENT, Purpose.RUN),
        "may_monitor": visit.may(MONITORING, Purpose.RUN),
        **more,
    }


def impact_tags(impacts: list[str]) -> list[Any]:
    return [
        component("tag", {"text": Impact(one).label, "classes": f"govuk-tag--{COLOURS[Impact(one)]}"})
        for one in impacts
    ]


def posted(request: HttpRequest) -> Any:
    """Also a form in which nothing was typed was sent."""
    return request.POST if request.method == "POST" else None


def sent(request: HttpRequest, form: Form, change: Callable[[], object]) -> bool:
    """Whether the form was sent, was right, and the rules allowed what it asks for."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        change()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def form_page(
    request: HttpRequest, visit: Visit, form: Form, *, title: Any, button: Any = None, **more: Any
) -> HttpResponse:
    page = page_of(visit, form=form, title=title, button=button or _("Save"), **more)
    return render(request, "equality/form.html", page)


def done(request: HttpRequest, words: Any, page: str, *where: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"equality:{page}", *where)


def too_many(request: HttpRequest, what: str, most: int) -> bool:
    """Counts what one address on the network sends within the hour; nothing of it is kept longer."""
    name = f"equality-{what}-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(name, 0, _HOUR)
    # It may have run out between the two.
    with suppress(ValueError):
        return bool(cache.incr(name) > most)
    return False
