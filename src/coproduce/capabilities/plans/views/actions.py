"""The plan, one action, and everything that is done to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.components import component
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.onward import onward_from
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import ActionForm, ChangeActionForm, MoveForm, NoteForm, StatusForm
from ..models import Action
from ..queries import Line
from ..terms import ACTION, RAG_ORDER, LinkedKind, Rag, Status, Which
from .papers import document, picture

RAG_COLOURS = {Rag.GREEN: "green", Rag.AMBER: "orange", Rag.RED: "red", Rag.CLOSED: "grey"}
WORDS = ("what", "specific", "measure", "baseline", "target", "achievable", "achievable_note", "result", "cost",
         "review_date")  # fmt: skip


@require_GET
def actions(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_plan(request.user, project_id, Purpose.READ)
    plan = queries.lines(queries.actions_of(project_id))
    counts = queries.counts_of(plan, people.groups_by_person(project_id))
    if wanted := wanted_format(request):
        return as_file(document(visit, plan, counts), "action-plan", wanted)
    table = Table(
        rows=plan,
        columns=_columns(project_id, whole=bool(request.GET.get("format"))),
        filters=_filters(plan),
        search=_found,
        search_label=_("Search words, names and numbers"),
        caption=_("Actions"),
        empty=_("No actions yet"),
        name="actions",
        order="ref",
    )
    page = {
        "visit": visit,
        "section": "plans",
        "counts": counts,
        "picture": None if request.GET.get("format") else picture(project_id, table.page(request.GET).rows),
        "review_due": queries.review_date(project_id),
        "today": clock.today(),
        "moved": queries.moved_findings([line.action for line in plan]),
        "may_write": visit.may(ACTION, Purpose.RUN),
    }
    return table.respond(request, "plans/actions.html", page)


def _columns(project_id: UUID, *, whole: bool) -> list[Column]:
    """What fits a page; files have everything."""
    refs = queries.refs_by_action(project_id)
    shown = [
        Column("ref", _("Number"), value="action.ref", sort="action.number", link=_link(project_id)),
        Column("what", _("Action"), value="action.what", sort="action.what"),
        Column("owner", _("Owner"), value="owner_names", sort="owner_names"),
        Column("end", _("End"), value="action.end", sort="action.end"),
        Column("status", _("Status"), value="action.get_status_display", sort="action.status"),
        Column(
            "rag",
            _("On track?"),
            value="rag.label" if whole else rag_tag,
            sort=_worst_first,
        ),
        Column("links", _("Carries on"), value=lambda line: " ".join(refs.get(line.action.pk, []))),
    ]
    why = Column("why", _("Why this colour"), value="why")
    return [*shown, why, *_FOR_FILES] if whole else shown


def _worst_first(line: Line) -> int:
    return RAG_ORDER.index(line.rag)


def _link(project_id: UUID) -> Callable[[Line], str]:
    return lambda line: reverse("plans:action", args=[project_id, line.action.pk])


_FOR_FILES = tuple(
    Column(name, heading, value=f"action.{name}")
    for name, heading in (
        ("start", gettext_lazy("Start")),
        ("times_moved", gettext_lazy("Times moved")),
        ("specific", gettext_lazy("Who and where")),
        ("measure", gettext_lazy("Measure")),
        ("baseline", gettext_lazy("Now")),
        ("target", gettext_lazy("Target")),
        ("reached", gettext_lazy("Reached, per cent")),
        ("result", gettext_lazy("What it serves")),
        ("cost", gettext_lazy("Cost")),
        ("measure_result", gettext_lazy("What was measured")),
        ("evidence", gettext_lazy("Proof")),
        ("closed_on", gettext_lazy("Closed")),
    )
)


def rag_tag(line: Line) -> Any:
    return component("tag", {"text": line.rag_words, "classes": f"govuk-tag--{RAG_COLOURS[line.rag]}"})


def _filters(plan: list[Line]) -> list[Filter]:
    owners = {str(person.pk): person.shown_name for line in plan for person in line.owners}
    by_name = sorted(owners.items(), key=lambda pair: pair[1].casefold())
    return [
        Filter(
            "status",
            _("Status"),
            Status.choices,
            lambda rows, v: [one for one in rows if one.action.status == v],
        ),
        Filter("owner", _("Owner"), by_name, _owned),
        Filter("rag", _("On track?"), Rag.choices, lambda rows, v: [one for one in rows if one.rag == v]),
    ]


def _owned(rows: list[Line], person_id: str) -> list[Line]:
    return [line for line in rows if person_id in {str(person.pk) for person in line.owners}]


def _found(rows: list[Line], words: str) -> list[Line]:
    sought = words.casefold()
    return [line for line in rows if any(sought in text.casefold() for text in _texts(line))]


def _texts(line: Line) -> tuple[str, ...]:
    action = line.action
    return (action.ref, action.what, action.specific, action.measure, action.result, line.owner_names)


@require_GET
def action(request: HttpRequest, project_id: UUID, action_id: UUID) -> HttpResponse:
    visit, found = queries.action_for(request.user, project_id, action_id, Purpose.READ)
    return _page(request, visit, found, NoteForm())


@require_POST
def note(request: HttpRequest, project_id: UUID, action_id: UUID) -> HttpResponse:
    visit, found = queries.action_to_work_on(request.user, project_id, action_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            operations.note_action(
                by=request.user, project_id=project_id, action_id=action_id, key=form.key, **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("plans:action", project_id, action_id)
    return _page(request, visit, found, form)


def _page(request: HttpRequest, visit: Visit, found: Action, note_form: NoteForm) -> HttpResponse:
    (line,) = queries.lines([found])
    works = queries.works_on(visit, found)
    page: dict[str, Any] = {
        "visit": visit,
        "section": "plans",
        "action": found,
        "line": line,
        "tag": rag_tag(line),
        "links": linked(visit.project.pk, queries.links_of(found)),
        "changes": list(queries.date_changes_of(found)),
        "moved": list(rules.moved_dates_are_shown(found.ref, former=(), times_moved=found.times_moved)),
        "handovers": queries.handovers_of(found),
        "notes": queries.notes_of(found),
        "depends_on": queries.depends_on(found),
        "onward": onward_from(ACTION, visit.project.pk, found.pk),
        "group": people.groups_by_person(visit.project.pk).get(found.owner_id),
        "works": works,
        "may_write": visit.may(ACTION, Purpose.RUN),
        "may_hand_over": line.rag != Rag.CLOSED and queries.may_hand_over_for(visit, found.owner_id),
        "note_form": note_form if works else None,
    }
    return render(request, "plans/action.html", page)


def linked(project_id: UUID, links: Any) -> list[tuple[str, str, str]]:
    """Ref, address and kind of what is carried on."""
    pages = {LinkedKind.SUGGESTION: "drafting:suggestion", LinkedKind.BARRIER: "barriers:barrier"}
    return [
        (
            link.linked_ref, reverse(pages[LinkedKind(link.linked_kind)], args=[project_id, link.linked_id]),
            link.get_linked_kind_display(),
        )
        for link in links
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def new_action(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_plan(request.user, project_id, Purpose.RUN)
    form = ActionForm(request.POST or None, people=queries.members_of(project_id), project_id=project_id)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_action(by=request.user, project_id=project_id, key=form.key, **form.facts())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(ref)s is in the plan.") % {"ref": made.ref})
            return redirect("plans:action", project_id, made.pk)
    return render(request, "plans/new_action.html", {"visit": visit, "section": "plans", "form": form})


@require_http_methods(["GET", "POST"])
def edit_action(request: HttpRequest, project_id: UUID, action_id: UUID) -> HttpResponse:
    visit, found = queries.action_for(request.user, project_id, action_id, Purpose.RUN)
    initial = {name: getattr(found, name) for name in WORDS} | {
        "co_owners": [str(person.pk) for person in found.co_owners.all()],
        "links": ", ".join(link.linked_ref for link in queries.links_of(found)),
        "depends_on": ", ".join(other.ref for other in queries.depends_on(found)),
    }
    people_here = queries.members_of(project_id)
    form = ChangeActionForm(request.POST or None, initial=initial, people=people_here, project_id=project_id)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_action(
                by=request.user, project_id=project_id, action_id=action_id, changes=form.changes(),
                co_owners=form.persons("co_owners"), links=form.cleaned_data["links"],
                depends_on=form.cleaned_data["depends_on"], key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The action is saved."))
            return redirect("plans:action", project_id, action_id)
    return _form_page(request, visit, found, form, _("Change %(ref)s"), _("Save"))


@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, project_id: UUID, action_id: UUID) -> HttpResponse:
    visit, found = queries.action_to_work_on(request.user, project_id, action_id)
    initial = {name: getattr(found, name) for name in ("status", "reached", "measure_result", "evidence")}
    form = StatusForm(request.POST or None, initial=initial | {"why": found.status_why})
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_status(
                by=request.user, project_id=project_id, action_id=action_id, key=form.key, **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The status is saved."))
            return redirect("plans:action", project_id, action_id)
    return _form_page(request, visit, found, form, _("Where %(ref)s stands"), _("Save the status"))


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, project_id: UUID, action_id: UUID) -> HttpResponse:
    visit, found = queries.action_to_work_on(request.user, project_id, action_id)
    form = MoveForm(request.POST or None, initial={"which": Which.END})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.move_date(
                by=request.user, project_id=project_id, action_id=action_id, to=typed["end"], why=typed["why"],
                which=typed["which"], key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The date is changed. The former date stays in sight."))
            return redirect("plans:action", project_id, action_id)
    return _form_page(request, visit, found, form, _("Change a date of %(ref)s"), _("Change the date"))


def _form_page(
    request: HttpRequest, visit: Visit, found: Action, form: Any, title: str, button: str
) -> HttpResponse:
    page = {
        "visit": visit, "section": "plans", "action": found, "form": form, "button": button,
        "title": title % {"ref": found.ref},
    }  # fmt: skip
    return render(request, "plans/action_form.html", page)
