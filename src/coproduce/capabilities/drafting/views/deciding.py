"""One suggestion with its history, and the answer to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.onward import onward_from

from .. import operations, queries
from ..forms import DecideForm
from ..models import Decision, Suggestion
from ..operations import FinalText
from ..queries import Shown, ShownPlace
from ..rules.blocks import body
from ..terms import SUGGESTION, TAKEN_IN, Status
from .common import page_of, short

MOST_FINALS = 5
SHOWN = 20


@require_GET
def suggestion(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    found: Any
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.READ)
    shown = queries.shown(found, found.document)
    decisions = [] if found.is_open else queries.decisions_of(found.pk)
    mine = found.author_id == request.user.pk or visit.may(SUGGESTION, Purpose.RUN)
    closed = found.status in (Status.DECLINED, Status.PASSED_ON)
    page = page_of(
        visit, found.document, "suggestions", suggestion=found, shown=shown,
        landed=shown.landed[:SHOWN], landed_more=max(0, len(shown.landed) - SHOWN),
        barriers=queries.linked_barriers(found) if found.has_barriers else [],
        may_link=visit.may(SUGGESTION, Purpose.RUN),
        decisions=[_answer(one) for one in decisions], onward=onward_from(SUGGESTION, project_id, found.pk),
        may_decide=visit.may(SUGGESTION, Purpose.DECIDE) and found.is_open,
        may_reopen=visit.may(SUGGESTION, Purpose.DECIDE) and closed, may_withdraw=mine and (found.is_open or closed),
    )  # fmt: skip
    return render(request, "drafting/suggestion.html", page)


def _answer(decision: Decision) -> dict[str, Any]:
    version, taken_in = queries.version_of(decision), decision.outcome in TAKEN_IN
    return {"decision": decision, "version": version, "taken_in": taken_in}


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.DECIDE)
    shown = queries.shown(found, found.document)
    finals = _finals(found, shown, request.GET)
    form = DecideForm(
        request.POST or None, finals=[(name, label, words) for name, label, words, _place in finals],
        asks_due=found.due_on is None, initial={"seen_seq": found.document.seq, "doing": found.doing},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            _decided(request, found, form, finals)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The answer is on the record."))
            return redirect("drafting:suggestion", project_id, suggestion_id)
    page = page_of(
        visit, found.document, "suggestions", suggestion=found, shown=shown, form=form, needs_place=not finals
    )
    return render(request, "drafting/decide.html", page)


Final = tuple[
    str, Any, str, FinalText
]  # field, label, words shown, and the place with the words that it gets by itself


def _finals(found: Suggestion, shown: Shown, asked: QueryDict) -> list[Final]:
    """The places whose final words may be edited: all of a few, else only those that no longer fit."""
    if not shown.places:
        return _chosen_place(found, shown, asked)
    few = len(shown.places) <= MOST_FINALS and not shown.more
    places = shown.places if few else [place for place in shown.places if not place.fits]
    return [
        _final(number, place)
        for number, place in enumerate(places)
        if place.is_new or place.today is not None
    ]


def _final(number: int, place: ShownPlace) -> Final:
    words = body(place.as_suggested)
    if place.is_new:
        label = _("Final words of the new passage (%(number)d)") % {"number": number + 1}
        return f"final_{number}", label, words, FinalText(words, after=place.block)
    label = _("Final words of “%(passage)s”") % {"passage": short(place.today or "", 40)}
    return f"final_{number}", label, words, FinalText(words, block=place.block)


def _chosen_place(found: Suggestion, shown: Shown, asked: QueryDict) -> list[Final]:
    """For a suggestion in free words: the block that it was made on, or the one that was picked in the text."""
    block, after = asked.get("block", ""), asked.get("after", "")
    state = shown.today
    alive = {str(id) for id, _block in state.alive()}
    if after in alive:
        return [("final_0", _("Words of the new passage"), found.words, FinalText("", after=int(after)))]
    block = block if block in alive else str(found.block or "")
    if block not in alive:
        return []
    words = body(state.blocks[int(block)].text)
    label = _("Final words of “%(passage)s”") % {"passage": short(words, 40)}
    return [("final_0", label, words, FinalText(words, block=int(block)))]


def _same_as(found: Suggestion, ref: str) -> UUID | None:
    other = queries.suggestion_by_ref(found.project_id, ref) if ref else None
    return other.pk if other and other.pk != found.pk else None


def _decided(request: HttpRequest, found: Suggestion, form: DecideForm, finals: list[Final]) -> None:
    typed = dict(form.cleaned_data)
    written = []
    for field, _label, _shown, place in finals:
        words = typed.pop(field)
        if words != place.text:
            written.append(FinalText(words, place.block, place.after))
    typed["same_as_id"] = _same_as(found, typed.pop("same_as"))
    newest = next(iter(queries.decisions_of(found.pk)), None)
    operations.decide(
        by=request.user, project_id=found.project_id, suggestion_id=found.pk, final=written, key=form.key,
        instead_of=newest.pk if newest else None, **typed,
    )  # fmt: skip
