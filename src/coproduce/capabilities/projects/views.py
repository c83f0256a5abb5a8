from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.accounts import operations as accounts_operations
from coproduce.capabilities.accounts import queries as accounts
from coproduce.core import clock
from coproduce.core.access import ROLE_WORDS, NotThere, Purpose, Role
from coproduce.core.findings import Refused
from coproduce.core.reading import reading_age
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.navigation import project_items

from . import operations, queries
from .forms import ForewordForm, NewRoleForm, OptionForm, ProjectForm, in_sections
from .templatetags.foreword import foreword_document
from .terms import FOREWORD, PROJECT, ROLES

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_DETAILS = ("title", "is_do_nothing", "outcome", "why", "decided_by", "decided_on")


@require_GET
def overview(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, PROJECT, Purpose.READ)
    links = [
        {"item": item, "summary": item.summary(visit) if item.summary else ""}
        for item in project_items(visit)
    ]
    return render(request, "projects/overview.html", {"visit": visit, "links": links})


@require_http_methods(["GET", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    if not queries.may_start_project(request.user):
        raise NotThere
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            project = operations.start_project(by=request.user, key=form.key, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("projects:foreword", project.pk)
    return render(request, "projects/new_project.html", {"form": form})


@require_GET
def foreword(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, FOREWORD, Purpose.READ)
    page = _foreword_context(visit)
    if page["foreword"].shared_at is None and not visit.may_run:
        page = {"visit": visit, "section": "projects", "not_shared": True}
    elif wanted := wanted_format(request):
        document = foreword_document(visit, page["foreword"], page["options"], page["changes"])
        return as_file(document, "foreword", wanted)
    return render(request, "projects/foreword.html", page)


@require_GET
def easy_foreword(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The foreword a sentence a line, in large letters; people write it, the page warns of long sentences."""
    visit = queries.visit(request.user, project_id, FOREWORD, Purpose.READ)
    written = queries.foreword_of(project_id)
    if written.shared_at is None and not visit.may_run:
        raise NotThere
    page = {"visit": visit, "section": "projects", "foreword": written}
    return render(request, "projects/easy_foreword.html", page)


@require_http_methods(["GET", "POST"])
def edit_foreword(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, FOREWORD, Purpose.RUN)
    written = queries.foreword_of(project_id)
    initial = {name: getattr(written, name) for name in operations.FOREWORD_FIELDS}
    initial |= {name: getattr(written.project, name) for name in operations.PROJECT_FIELDS}
    form = ForewordForm(request.POST or None, initial=initial, shared=written.shared_at is not None)
    if request.method == "POST" and form.is_valid():
        typed = _answered(form.cleaned_data)
        why = typed.pop("why_changed", "")
        try:
            operations.write_foreword(
                by=request.user, project_id=project_id, changes=typed, why_changed=why, key=form.key
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The foreword is saved."))
            return redirect("projects:foreword", project_id)
    page = {"visit": visit, "form": form, "parts": in_sections(form), "section": "projects"}
    return render(request, "projects/edit_foreword.html", page)


@require_POST
def share_foreword(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, FOREWORD, Purpose.RUN)
    try:
        operations.share_foreword(by=request.user, project_id=project_id)
    except Refused as refused:
        page = {**_foreword_context(visit), "refused": list(refused.findings)}
        return render(request, "projects/foreword.html", page)
    messages.success(request, _("Everyone in the project can read the foreword now."))
    return redirect("projects:foreword", project_id)


@require_http_methods(["GET", "POST"])
def option(request: HttpRequest, project_id: UUID, option_id: UUID | None = None) -> HttpResponse:
    visit = queries.visit(request.user, project_id, FOREWORD, Purpose.RUN)
    written = queries.option_of(project_id, option_id) if option_id else None
    initial = {name: getattr(written, name) for name in _DETAILS} if written else None
    form = OptionForm(request.POST or None, initial=initial, shared=queries.foreword_is_shared(project_id))
    if request.method == "POST" and form.is_valid():
        details = {**form.cleaned_data, "is_do_nothing": bool(form.cleaned_data["is_do_nothing"])}
        try:
            operations.write_option(
                by=request.user, project_id=project_id, option_id=option_id, key=form.key, **details
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("projects:foreword", project_id)
    page = {"visit": visit, "form": form, "option": written, "section": "projects"}
    return render(request, "projects/option.html", page)


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, ROLES, Purpose.ADMINISTER)
    form = NewRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _give_role(request, project_id, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The role is given."))
            return redirect("projects:roles", project_id)
    held = [{"row": row, "words": ROLE_WORDS[Role(row.role)]} for row in queries.roles_in(project_id)]
    page = {"visit": visit, "form": form, "held": held, "section": "projects"}
    return render(request, "projects/roles.html", page)


@require_POST
def take_role(request: HttpRequest, project_id: UUID, person_id: UUID, role: str) -> HttpResponse:
    queries.visit(request.user, project_id, ROLES, Purpose.ADMINISTER)
    if role not in Role.__members__.values():
        raise NotThere
    person = queries.member(project_id, person_id)
    try:
        operations.take_role(by=request.user, project_id=project_id, person=person, role=Role(role))
    except Refused as refused:
        messages.error(request, "; ".join(str(finding.message) for finding in refused.findings))
    return redirect("projects:roles" if person_id != request.user.pk else "projects:overview", project_id)


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: opening it changes nothing; the button signs in."""
    invitation = queries.invitation_for(token, clock.now())
    signs_in = operations.link_signs_in(invitation.person)
    if request.method == "POST" and signs_in:
        operations.use_invitation(by=invitation.person, token=token)
        login(request, invitation.person, backend=_BACKEND)
        return redirect("projects:overview", invitation.project_id)
    page = {"project": invitation.project, "person": invitation.person, "signs_in": signs_in}
    return render(request, "projects/join.html", page)


def _foreword_context(visit: queries.Visit) -> dict[str, Any]:
    written = queries.foreword_of(visit.project.pk)
    findings = operations.what_sharing_finds(written)
    return {
        "visit": visit,
        "section": "projects",
        "foreword": written,
        "options": list(queries.options_of(visit.project.pk)),
        "changes": list(queries.changes_since_shared(visit.project.pk)),
        "reading_age": reading_age(visit.project.summary),
        "findings": findings if visit.may_run else [],
    }


def _answered(typed: dict[str, Any]) -> dict[str, Any]:
    """An unanswered yes-or-no counts as no."""
    yes_or_no = {"saving_is_aim", "decision_taken", "is_statutory"}
    return {name: bool(value) if name in yes_or_no else value for name, value in typed.items()}


def _give_role(request: HttpRequest, project_id: UUID, form: NewRoleForm) -> None:
    typed = form.cleaned_data
    person = accounts.person_by_email(typed["email"]) or accounts_operations.add_person(
        by=request.user,
        name=typed["name"],
        email=typed["email"],
    )
    operations.give_role(
        by=request.user, project_id=project_id, person=person, role=Role(typed["role"]), key=form.key
    )
