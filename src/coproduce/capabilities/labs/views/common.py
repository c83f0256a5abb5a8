"""What the pages of labs share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.people.terms import Label
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.ui.components import component
from coproduce.ui.forms import Form

from ..models import Lab
from ..queries import Figures
from ..terms import CONFLICT, LAB

LABEL_COLOURS = {Label.CO_PRODUCTION: "green", Label.COMMUNITY_LED: "teal", Label.COLLABORATION: "orange"}


def page_of(visit: Visit, lab: Lab | None = None, **more: Any) -> dict[str, Any]:
    return {
        "visit": visit,
        "section": "labs",
        "lab": lab,
        "may_run": visit.may(LAB, Purpose.RUN),
        "may_read_conflicts": visit.may(CONFLICT, Purpose.READ),
        **more,
    }


def label_tag(figures: Figures) -> Any:
    """R51: what the lab may be called, on every page that is about it."""
    colour = LABEL_COLOURS.get(figures.label, "grey") if figures.lab.is_held else "grey"
    return component("tag", {"text": figures.label_words, "classes": f"govuk-tag--{colour}"})


def form_page(
    request: HttpRequest, visit: Visit, form: Form, *, title: Any, button: Any = None, lab: Lab | None = None,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    page = page_of(visit, lab, form=form, title=title, button=button or _("Save"), **more)
    return render(request, "labs/form.html", page)


def done(request: HttpRequest, words: Any, page: str, *where: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"labs:{page}", *where)
