"""Quick entry of paper forms: code, keys, read-back, and at once the next person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import QuickForm
from ..models import Answer, Invitation, Round
from ..terms import RATING_WORDS, Basis, Channel, Written
from .answering import lateness
from .columns import barrier_line
from .running import page

_STEPS = {"check", "save", "change"}


@require_http_methods(["GET", "POST"])
def quick_entry(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """Nothing is saved before it was shown again; what was entered for somebody before is never shown."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    if the_round.is_draft:
        raise NotThere
    form = QuickForm(
        request.POST or None,
        the_round=the_round,
        by_code=_by_code(the_round),
        initial={"channel": Channel.PAPER},
    )
    step = next((name for name in _STEPS if name in request.POST), "")
    if request.method == "POST" and step != "change" and form.is_valid():
        if step != "save":
            return _read_back(request, visit, the_round, form)
        if saved := _save(request, the_round, form):
            messages.success(request, _saved_words(form, saved))
            return redirect("rounds:quick_entry", project_id, round_id)
    return render(request, "rounds/quick.html", page(visit, the_round, form=form, late=lateness(the_round)))


def _by_code(the_round: Round) -> dict[str, Invitation]:
    return {one.seat.code.upper(): one for one in queries.invitations_of(the_round)}


def _read_back(request: HttpRequest, visit: Any, the_round: Round, form: QuickForm) -> HttpResponse:
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    context = page(
        visit, the_round,
        typed=[pair for pair in typed if pair[0] not in {"csrfmiddlewaretoken", "read_back", *_STEPS}],
        said=said(form.written(), the_round), invitation=form.invitation, code=form.cleaned_data["code"],
        again=_entered_before(form.invitation, request.user), late=lateness(the_round),
    )  # fmt: skip
    return render(request, "rounds/read_back.html", context)


def _entered_before(invitation: Any, scribe: Any) -> Answer | None:
    """What this scribe knows anyway: that they typed in this code before. Nobody learns here who answered."""
    last = queries.last_revision(invitation)
    return last if last and last.entered_by_id == scribe.pk else None


def _save(request: HttpRequest, the_round: Round, form: QuickForm) -> Answer | None:
    assert form.invitation is not None
    try:
        saved: Answer = operations.answer_round(
            by=request.user, project_id=the_round.project_id, round_id=the_round.pk, written=form.written(),
            channel=form.cleaned_data["channel"], invitation_id=form.invitation.pk,
            read_back=form.cleaned_data["read_back"], key=form.key,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return None
    return saved


def _saved_words(form: QuickForm, saved: Answer) -> str:
    words = _("Saved: %(code)s. Receipt %(receipt)s. Now the next form.")
    return words % {"code": form.cleaned_data["code"].upper(), "receipt": saved.receipt}


def said(written: Written, the_round: Round) -> list[str]:
    """What is read back, a sentence at a time."""
    lines = _ratings_said(written) if the_round.asks_ratings else []
    lines += [_("Barrier: %(barrier)s") % {"barrier": barrier_line(one)} for one in written.barriers]
    lines += [
        f"{question.words} – {written.given(question)}"
        for question in the_round.asked
        if written.given(question)
    ]
    if written.basis:
        lines.append(
            _("You say this because: %(bases)s")
            % {"bases": _listed(Basis(one).label for one in written.basis)}
        )
    if written.confidence:
        lines.append(_("You are sure to %(number)s of 5.") % {"number": written.confidence})
    if written.question:
        lines.append(_("You want to know: %(question)s") % {"question": written.question})
    return lines


def _ratings_said(written: Written) -> list[str]:
    return [
        _with_words(_("For you it would be %(rating)s"), written.me.rating, written.me.words),
        _with_words(_("For people around you it would be %(rating)s"), written.around.rating, written.around.words),
        _("You think they want: %(intents)s. %(words)s")
        % {"intents": _listed(written.intention.labels), "words": written.intention.words},
    ]  # fmt: skip


def _with_words(sentence: str, rating: int | None, words: str) -> str:
    shown = RATING_WORDS[rating] if rating is not None else _("skipped")
    return f"{sentence % {'rating': shown}}. {words}".strip()


def _listed(words: Any) -> str:
    return "; ".join(str(one) for one in words)
