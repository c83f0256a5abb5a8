"""Forms to print: one for anybody, and one for each person with their own code."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.capabilities.projects.terms import Intent
from coproduce.core.access import Purpose
from coproduce.ui.qr import qr_code

from .. import queries, rules
from ..forms import LEVELS, RATINGS
from ..models import Round
from ..terms import EASY_READ, ROUND, Basis, BuiltOn, Level, Size, in_language
from .running import page

LOOKS = ("", "large", "easy")
_BLANK_BARRIERS, _BLANK_AT_A_LEVEL = 3, 2


@require_GET
def paper(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """The form to print, with a short code that names the round."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.READ)
    more = _sheet(request, the_round) | {"sheets": [None], "may_run": visit.may(ROUND, Purpose.RUN)}
    return render(request, "rounds/paper.html", page(visit, the_round, **more))


@require_GET
def paper_for_each(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """A form for each invited person, with the code by which it is typed in; with their names or without."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    sheets = [
        (one, rules.paper_code(the_round.short_code, one.seat.code))
        for one in queries.invitations_of(the_round)
    ]
    more = _sheet(request, the_round) | {
        "sheets": sheets, "for_each": True, "named": request.GET.get("names") != "no", "may_run": True,
    }  # fmt: skip
    return render(request, "rounds/paper.html", page(visit, the_round, **more))


def _sheet(request: HttpRequest, the_round: Round) -> dict[str, Any]:
    look = request.GET.get("look", "")
    look = look if look in LOOKS else ""
    has_easy_words = look == "easy" and EASY_READ in the_round.languages
    wording = in_language(the_round, request.GET.get("lang") or (EASY_READ if has_easy_words else ""))
    online = request.build_absolute_uri(reverse("rounds:answer", args=[the_round.project_id, the_round.pk]))
    return _choices(the_round) | {
        "wording": wording, "look": look, "sentence_by_sentence": look == "easy", "online": online,
        "qr": qr_code(online, _("Code to scan with a phone: it opens the form online")),
        "findings": list(rules.easy_read_sentences_are_short(wording.texts())) if look == "easy" else [],
    }  # fmt: skip


def _choices(the_round: Round) -> dict[str, Any]:
    """What the boxes on paper stand beside; the numbers are those of quick entry."""
    return {
        "ratings": [words for _value, words in RATINGS[:-1]], "intents": Intent.labels,
        "levels": [words for _value, words in LEVELS], "bases": Basis.labels, "built_on": BuiltOn.labels,
        "sizes": Size.labels, "blank_barriers": range(1, _BLANK_BARRIERS + 1),
        "blank_at_a_level": range(1, _BLANK_AT_A_LEVEL + 1), "three_levels": _three_levels(the_round),
    }  # fmt: skip


def _three_levels(the_round: Round) -> list[Mapping[str, Any]]:
    return [{"place": level.value, "label": level.label, "part": f"level_{level.value}"} for level in Level]
