"""What everyone may open without an account: what is asked, the draft, the form, and the way to hear more."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.core.findings import Refused
from coproduce.ui.sending import posted, sent, too_many

from .. import operations, queries
from ..forms import FollowForm, JustAButton, ReplyForm
from ..models import Consultation
from ..terms import MAILS_AN_HOUR, REPLIES_AN_HOUR
from .common import facts_of, site_of


@login_not_required
@require_GET
def page(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = queries.public_consultation(consultation_id)
    options = queries.options_of(consultation.project_id)
    shown = _shown(
        consultation,
        formats=queries.formats_of(consultation),
        kept=[one for one in options if one.outcome != "dropped"],
        dropped=[one for one in options if one.outcome == "dropped"],
    )
    return render(request, "consultation/public.html", shown)


@login_not_required
@require_GET
def draft(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The version that is asked about, with numbered passages."""
    consultation = queries.public_consultation(consultation_id)
    return render(
        request, "consultation/draft.html", _shown(consultation, passages=queries.passages_of(consultation))
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = queries.public_consultation(consultation_id)
    form = ReplyForm(
        posted(request), initial={"passages": [{"passage": request.GET.get("passage", "")}]},
        questions=queries.questions_of(consultation), passages=queries.passages_of(consultation),
        groups=list(people.groups_of(consultation.project_id)), formats=queries.formats_of(consultation),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answer = _kept(request, consultation, form)
        if answer is not None:
            return answer
    return render(request, "consultation/reply.html", _shown(consultation, form=form))


def _kept(request: HttpRequest, consultation: Consultation, form: ReplyForm) -> HttpResponse | None:
    if form.looks_like_a_machine:
        form.add_error(None, _("Leave the last box empty, then send it again."))
        return None
    if too_many(request, "consultation-replies", REPLIES_AN_HOUR):
        form.add_error(
            None, _("Very many replies came from your network. Wait an hour, or reply another way.")
        )
        return None
    person = request.user if request.user.is_authenticated else None
    try:
        made = operations.reply_online(
            consultation_id=consultation.pk, said=form.said(), sender=form.sender(), key=form.key or uuid4(),
            by=person, asked_for=form.format_id,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return None
    _follow_too(request, consultation, form)
    return redirect("consultation:received", consultation.pk, made.pk)


def _follow_too(request: HttpRequest, consultation: Consultation, form: ReplyForm) -> None:
    address = form.cleaned_data.get("email")
    if address and not too_many(request, "consultation-mails", MAILS_AN_HOUR):
        operations.follow(consultation_id=consultation.pk, email=address, site=site_of(request))


@login_not_required
@require_GET
def received(request: HttpRequest, consultation_id: UUID, reply_id: UUID) -> HttpResponse:
    """The receipt: its number and what happens next; no word of the reply."""
    consultation = queries.public_consultation(consultation_id)
    shown = _shown(consultation, reply=queries.receipt(consultation_id, reply_id))
    return render(request, "consultation/received.html", shown)


@login_not_required
@require_GET
def paper(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The same form to print, with the code by which it is typed in."""
    consultation = queries.public_consultation(consultation_id)
    shown = _shown(
        consultation,
        questions=queries.questions_of(consultation),
        groups=people.groups_of(consultation.project_id),
        large=request.GET.get("look") == "large",
        lines=range(6),
        blank=range(3),
    )
    return render(request, "consultation/paper.html", shown)


@login_not_required
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = queries.public_consultation(consultation_id)
    form = FollowForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:
            form.add_error(None, _("Leave the last box empty, then send it again."))
        elif too_many(request, "consultation-mails", MAILS_AN_HOUR):
            form.add_error(None, _("Very many e-mails were asked for from your network. Wait an hour."))
        elif sent(request, form, lambda: operations.follow(
            consultation_id=consultation_id, email=form.cleaned_data["email"], site=site_of(request)
        )):  # fmt: skip
            return redirect("consultation:asked", consultation_id)
    return render(request, "consultation/follow.html", _shown(consultation, form=form))


@login_not_required
@require_GET
def asked(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The same words for every address, so that nobody can try out addresses here."""
    return render(request, "consultation/asked.html", _shown(queries.public_consultation(consultation_id)))


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    follower = operations.follower_to_confirm(token)
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.confirm(token)):
        follower = operations.follower_to_confirm(token)
    shown = _shown(follower.consultation, follower=follower, form=form, confirming=True)
    return render(request, "consultation/following.html", shown)


@login_not_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    follower = operations.follower_to_leave(token)
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.leave(token)):
        follower = operations.follower_to_leave(token)
    shown = _shown(follower.consultation, follower=follower, form=form, confirming=False)
    return render(request, "consultation/following.html", shown)


def _shown(consultation: Consultation, **more: Any) -> dict[str, Any]:
    return {"consultation": consultation, **facts_of(consultation), **more}
