"""What the pages of equality share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.ui.components import component
from coproduce.ui.forms import Form

from ..terms import ASSESSMENT, MONITORING, Impact

COLOURS = {
    Impact.POSITIVE: "green", Impact.NONE: "grey", Impact.NEGATIVE: "orange", Impact.UNKNOWN: "blue",
}  # fmt: skip


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


def form_page(
    request: HttpRequest, visit: Visit, form: Form, *, title: Any, button: Any = None, **more: Any
) -> HttpResponse:
    page = page_of(visit, form=form, title=title, button=button or _("Save"), **more)
    return render(request, "equality/form.html", page)


def done(request: HttpRequest, words: Any, page: str, *where: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"equality:{page}", *where)
