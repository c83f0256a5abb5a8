"""A round's wording in other languages, and who helps whom to answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import NotThere, Purpose, Role
from coproduce.core.findings import Refused

from .. import operations, queries, rules
from ..forms import AddLanguageForm, LanguageForm, SupporterForm, initial_of_language
from ..models import Round
from ..terms import EASY_READ, Wording, canonical_tag, direction, in_language, is_a_tag, own_name
from .running import page


@require_http_methods(["GET", "POST"])
def languages(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """The languages that a draft has, and the next one to write."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    form = AddLanguageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("rounds:language", project_id, round_id, form.cleaned_data["language"])
    context = page(
        visit, the_round, form=form, wordings=[in_language(the_round, tag) for tag in the_round.languages],
        easy_read=EASY_READ, findings=easy_read_findings(the_round),
    )  # fmt: skip
    return render(request, "rounds/languages.html", context)


def easy_read_findings(the_round: Round) -> list[Any]:
    """R108: long sentences in the Easy Read wording, where there is one."""
    if EASY_READ not in the_round.languages:
        return []
    return list(rules.easy_read_sentences_are_short(in_language(the_round, EASY_READ).texts()))


@require_http_methods(["GET", "POST"])
def language(request: HttpRequest, project_id: UUID, round_id: UUID, tag: str) -> HttpResponse:
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    if not is_a_tag(tag) or canonical_tag(tag) != tag or not the_round.is_draft:
        raise NotThere
    taking_out = "take_out" in request.POST
    before = the_round.translations.get(tag)
    form = LanguageForm(
        request.POST or None, the_round=the_round, initial=initial_of_language(before) if before else None
    )
    if request.method == "POST" and (form.is_valid() or taking_out):
        try:
            operations.translate_round(
                by=request.user, project_id=project_id, round_id=round_id, language=tag,
                words=None if taking_out else form.words(), key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The languages of the round are saved."))
            return redirect("rounds:languages", project_id, round_id)
    context = page(
        visit, the_round, form=form, tag=tag, name=own_name(tag), dir=direction(tag), is_there=before is not None,
        is_easy=tag == EASY_READ, first=Wording("", {}, the_round),
    )  # fmt: skip
    return render(request, "rounds/language.html", context)


@require_http_methods(["GET", "POST"])
def supporter(request: HttpRequest, project_id: UUID, round_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Name who may write an answer down together with the person."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    invitation = queries.invitation_in(the_round, invitation_id)
    people = [one for one in projects.role_holders(project_id, Role) if one.pk != invitation.person_id]
    form = SupporterForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            operations.name_supporter(
                by=request.user, project_id=project_id, round_id=round_id, invitation_id=invitation_id,
                person_id=UUID(form.cleaned_data["person"]), key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The supporter is named."))
            return redirect("rounds:supporter", project_id, round_id, invitation_id)
    context = page(
        visit, the_round, form=form, invitation=invitation, supporters=queries.supporters_of(invitation)
    )
    return render(request, "rounds/supporter.html", context)
