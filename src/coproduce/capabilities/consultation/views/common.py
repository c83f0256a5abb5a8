"""What the pages of a consultation share."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.components import component
from coproduce.ui.forms import Form

from ..models import Consultation
from ..rules import length_in_words
from ..terms import CODING, CONSULTATION, REPLIES, Channel, Stage

COLOURS = {
    Stage.DRAFT: "grey", Stage.WAITING: "blue", Stage.OPEN: "green", Stage.ENDED: "yellow", Stage.CLOSED: "purple",
}  # fmt: skip
_HOUR = 3600


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


def too_many(request: HttpRequest, what: str, most: int) -> bool:
    """Counts what one address on the network sends within the hour; a plain means against floods."""
    name = f"consultation-{what}-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(name, 0, _HOUR)
    # It may have run out between the two.
    with suppress(ValueError):
        return bool(cache.incr(name) > most)
    return False
