"""One barrier: its words, its notes, what is done about it, and what its raisers say of that."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.onward import onward_from

from .. import operations, queries, rules
from ..forms import CheckBackForm, MergeForm, NoteForm, RespondForm, SortForm
from ..models import Barrier
from ..terms import BARRIER

SORTED = ("built_on", "lens", "com_b", "felt_by", "premortem", "likelihood", "impact", "early_sign")
ANSWER = ("response", "response_words", "lets_people", "who_acts", "due")


@require_GET
def barrier(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    visit, found = queries.barrier_for(request.user, project_id, barrier_id, Purpose.READ)
    return _page(request, visit, found, NoteForm())


@require_POST
def note(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    visit, found = queries.barrier_for(request.user, project_id, barrier_id, Purpose.RUN)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            operations.note(
                by=request.user,
                project_id=project_id,
                barrier_id=barrier_id,
                key=form.key,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("barriers:barrier", project_id, barrier_id)
    return _page(request, visit, found, form)


def _page(request: HttpRequest, visit: Visit, found: Barrier, note_form: NoteForm) -> HttpResponse:
    merged = queries.merged_in(found)
    voices = [found, *merged]
    runs = visit.may(BARRIER, Purpose.RUN)
    seen = queries.seen_one(visit, found)
    page: dict[str, Any] = {
        "visit": visit,
        "section": "barriers",
        "barrier": found,
        "voices": voices,
        "raisers": list(
            rules.merging_shows_all_raisers(one.raised_by.shown_name for one in voices if one.raised_by)
        ),
        "notes": queries.notes_of(found),
        "merges": queries.merges_of(found),
        "said": queries.said_of(found),
        "sealed": list(rules.own_rating_comes_first(has_rated=not seen.sealed, has_to_rate=True)),
        "opinion": seen.by_group if len(seen.by_group) > 1 else [],
        "proofs": queries.proofs_of(visit, found),
        "may_add": visit.may(BARRIER, Purpose.CONTRIBUTE),
        "onward": onward_from(BARRIER, found.project_id, found.pk),
        "note_form": note_form if runs else None,
        "runs": runs,
        "decides": visit.may(BARRIER, Purpose.DECIDE),
        "checks_back": runs or queries.may_speak_for(visit, voices),
        "missing": [] if found.merged_into_id else _warnings(found, voices, sealed=seen.sealed),
    }
    return render(request, "barriers/barrier.html", page)


def _warnings(found: Barrier, voices: list[Barrier], *, sealed: bool) -> list[Any]:
    """R36 and R37: what is missing, and a response that leaves the work to those whom the barrier holds back.

    R36 tells that a barrier is important, so it waits while that is sealed (R34).
    """
    raisers = rules.Raisers(
        people=frozenset(one.raised_by_id for one in voices if one.raised_by_id),
        groups=frozenset(one.group_id for one in voices if one.group_id),
    )
    return [
        *rules.important_barriers_without_response([] if sealed else [found]),
        *rules.a_response_enables_people(
            found.response, who_acts=found.who_acts, lets_people=found.lets_people, owner=found.owner_id,
            raisers=raisers,
        ),
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def respond(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    visit, found = queries.barrier_for(request.user, project_id, barrier_id, Purpose.DECIDE)
    initial = {name: getattr(found, name) for name in ANSWER} | {"owner": str(found.owner_id or "")}
    form = RespondForm(request.POST or None, initial=initial, people=queries.members_of(project_id))
    if request.method == "POST" and form.is_valid():
        answer = {name: form.cleaned_data[name] for name in ANSWER}
        try:
            operations.respond(
                by=request.user,
                project_id=project_id,
                barrier_id=barrier_id,
                owner=form.person,
                key=form.key,
                **answer,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The response is saved."))
            return redirect("barriers:barrier", project_id, barrier_id)
    return form_page(
        request, visit, found, form, _("Respond to %(ref)s"), _("Save the response"), enable=True
    )


@require_http_methods(["GET", "POST"])
def sort(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    visit, found = queries.barrier_for(request.user, project_id, barrier_id, Purpose.RUN)
    initial = {name: getattr(found, name) for name in SORTED}
    initial["theme"] = str(found.theme_id or "")
    form = SortForm(request.POST or None, initial=initial, themes=queries.themes_of(project_id))
    if request.method == "POST" and form.is_valid():
        operations.sort_barrier(
            by=request.user,
            project_id=project_id,
            barrier_id=barrier_id,
            changes=form.changes(),
            key=form.key,
        )
        return redirect("barriers:barrier", project_id, barrier_id)
    return form_page(request, visit, found, form, _("Sort %(ref)s"), _("Save"))


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    visit, found = queries.barrier_for(request.user, project_id, barrier_id, Purpose.RUN)
    form = MergeForm(request.POST or None, project_id=project_id)
    if request.method == "POST" and form.is_valid():
        try:
            operations.merge(
                by=request.user, project_id=project_id, barrier_id=barrier_id, into_id=form.cleaned_data["into"].pk,
                why=form.cleaned_data["why"], key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("The two are one from here on. Both keep their words and who raised them.")
            )
            return redirect("barriers:barrier", project_id, form.cleaned_data["into"].pk)
    return form_page(request, visit, found, form, _("Merge %(ref)s into another"), _("Merge"))


@require_POST
def unmerge(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    queries.barrier_for(request.user, project_id, barrier_id, Purpose.RUN)
    try:
        operations.unmerge(by=request.user, project_id=project_id, barrier_id=barrier_id)
    except NotThere:
        messages.error(request, _("This barrier is not merged."))
    else:
        messages.success(request, _("The merge is undone."))
    return redirect("barriers:barrier", project_id, barrier_id)


@require_http_methods(["GET", "POST"])
def check_back(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    visit, found, raisers = queries.barrier_to_check_back(request.user, project_id, barrier_id)
    runs = visit.may(BARRIER, Purpose.RUN)
    people = (
        [person for person in queries.members_of(project_id) if person.pk in raisers.people] if runs else []
    )
    form = CheckBackForm(request.POST or None, people=people, for_others=runs)
    if request.method == "POST" and form.is_valid():
        try:
            operations.check_back(
                by=request.user, project_id=project_id, barrier_id=barrier_id, said=form.cleaned_data["said"],
                words=form.cleaned_data["words"], on_behalf_of=form.person, key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Thank you. What you said is kept."))
            return redirect("barriers:barrier", project_id, barrier_id)
    return form_page(request, visit, found, form, _("Check back on %(ref)s"), _("Save"))


@require_POST
def propose_gone(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    operations.propose_gone(by=request.user, project_id=project_id, barrier_id=barrier_id)
    messages.success(request, _("It is proposed. Those who raised the barrier say whether it has gone."))
    return redirect("barriers:barrier", project_id, barrier_id)


def form_page(
    request: HttpRequest, visit: Visit, found: Barrier, form: Any, title: str, button: str, **more: Any
) -> HttpResponse:
    """A form above which the words of the barrier stand."""
    page = {
        "visit": visit, "section": "barriers", "barrier": found, "form": form, "button": button,
        "title": title % {"ref": found.ref}, **more,
    }  # fmt: skip
    return render(request, "barriers/barrier_form.html", page)
