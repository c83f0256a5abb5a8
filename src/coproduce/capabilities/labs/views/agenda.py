"""The agenda of a lab: the list with its owners and minutes, and every change to it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.capabilities.plans import queries as plans
from coproduce.core.access import Purpose
from coproduce.ui.forms import key_of
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Table

from .. import operations, queries, rules
from ..forms import AgendaItemForm
from ..models import AgendaItem, Lab
from ..terms import LAB
from .common import done, form_page, label_tag, page_of


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """For everyone to read and print; whoever runs the lab adds to it here."""
    purpose = Purpose.READ if request.method == "GET" else Purpose.RUN
    visit, lab = queries.lab_for(request.user, project_id, lab_id, purpose)
    form = _form(request, visit, project_id)
    if form and sent(request, form, lambda: operations.add_agenda_item(
        by=request.user, project_id=project_id, lab_id=lab_id, key=form.key, **form.facts()
    )):  # fmt: skip
        return done(request, _("The step is added."), "agenda", project_id, lab_id)
    steps = list(queries.agenda_of(lab))
    planned = sum(step.minutes for step in steps)
    figures = queries.figures(lab)
    page = page_of(
        visit, lab, form=form, steps=_with_times(lab, steps), planned=planned, tag=label_tag(figures),
        findings=list(rules.the_agenda_fits(planned, lab.minutes)),
    )  # fmt: skip
    return _table(lab, steps, str(figures.label_words)).respond(request, "labs/agenda.html", page)


def _form(request: HttpRequest, visit: Any, project_id: UUID) -> AgendaItemForm | None:
    if not visit.may(LAB, Purpose.RUN):
        return None
    return AgendaItemForm(posted(request), people=plans.members_of(project_id))


def _with_times(lab: Lab, steps: list[AgendaItem]) -> list[tuple[str, AgendaItem]]:
    """Each step with the time at which it begins, as the clock in the room shows it."""
    minutes, found = lab.starts_at.hour * 60 + lab.starts_at.minute, []
    for step in steps:
        found.append((f"{minutes // 60 % 24:02}:{minutes % 60:02}", step))
        minutes += step.minutes
    return found


def _table(lab: Lab, steps: list[AgendaItem], label: str) -> Table:
    """The same steps as a file."""
    times = {step.pk: time for time, step in _with_times(lab, steps)}
    return Table(
        rows=steps,
        columns=[
            Column("lab", _("Lab"), value=lambda step: lab.code),
            Column("label", _("Label"), value=lambda step: label),
            Column("time", _("Time"), value=lambda step: times[step.pk]),
            Column("minutes", _("Minutes"), numeric=True),
            Column("title", _("What happens")),
            Column("words", _("Words")),
            Column("owner", _("Who leads it"), value="owner.shown_name"),
        ],
        name="agenda",
    )


@require_http_methods(["GET", "POST"])
def edit_item(request: HttpRequest, project_id: UUID, lab_id: UUID, item_id: UUID) -> HttpResponse:
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    item = queries.item_in(lab, item_id)
    initial = {
        "title": item.title,
        "minutes": item.minutes,
        "words": item.words,
        "owner": str(item.owner_id or ""),
    }
    form = AgendaItemForm(posted(request), initial=initial, people=plans.members_of(project_id))
    if sent(request, form, lambda: operations.change_agenda_item(
        by=request.user, project_id=project_id, lab_id=lab_id, item_id=item_id, key=form.key, **form.facts()
    )):  # fmt: skip
        return done(request, _("The step is saved."), "agenda", project_id, lab_id)
    back = reverse("labs:agenda", args=[project_id, lab_id])
    return form_page(
        request, visit, form, title=_("Change a step"), lab=lab, back=back, back_text=_("Agenda")
    )


@require_POST
def move_item(request: HttpRequest, project_id: UUID, lab_id: UUID, item_id: UUID) -> HttpResponse:
    operations.move_agenda_item(
        by=request.user, project_id=project_id, lab_id=lab_id, item_id=item_id,
        down=request.POST.get("to") == "down", key=key_of(request.POST),
    )  # fmt: skip
    return redirect("labs:agenda", project_id, lab_id)


@require_POST
def remove_item(request: HttpRequest, project_id: UUID, lab_id: UUID, item_id: UUID) -> HttpResponse:
    operations.remove_agenda_item(
        by=request.user, project_id=project_id, lab_id=lab_id, item_id=item_id, key=key_of(request.POST)
    )
    return done(request, _("The step is taken out."), "agenda", project_id, lab_id)
