"""What the pages of a consultation share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.ui.components import component
from coproduce.ui.forms import Form

from ..models import Consultation
from ..rules import length_in_words
from ..terms import CODING, CONSULTATION, REPLIES, Channel, Stage

COLOURS = {
    Stage.DRAFT: "grey", Stage.WAITING: "blue", Stage.OPEN: "green", Stage.ENDED: "yellow", Stage.CLOSED: "purple",
}  # fmt: skip


def page_of(visit: Visit, consultation: Consultation | None = None, **more: Any) -> dict[str, Any]:
    shown = {
        "visit": visit, "section": "consultation", "consultation": consultation,
        "may_run": visit.may(CONSULTATION, Purpose.RUN), "may_read": visit.may(REPLIES, Purpose.READ),
        "may_code": visit.may(CODING, Purpose.RUN),
    }  # fmt: skip
    return {**shown, **(facts_of(consultation) if consultation else {}), **more}


def facts_of(consultation: Consultation) -> dict[str, Any]:
    """What every page about it says, inside the project and outside."""
    stage = consultation.stage(clock.today())
    return {
        "stage": stage,
        "length": length_in_words(consultation.days),
        "channel_words": [channel.label for channel in Channel if channel in consultation.channels],
        "takes_replies": stage is Stage.OPEN,
    }


def stage_tag(consultation: Consultation) -> Any:
    stage = consultation.stage(clock.today())
    return component("tag", {"text": stage.label, "classes": f"govuk-tag--{COLOURS[stage]}"})


def form_page(
    request: HttpRequest, visit: Visit, form: Form, *, title: Any, button: Any = None,
    consultation: Consultation | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    page = page_of(visit, consultation, form=form, title=title, button=button or _("Save"), **more)
    return render(request, "consultation/form.html", page)


def done(request: HttpRequest, words: Any, page: str, *where: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"consultation:{page}", *where)


def site_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
