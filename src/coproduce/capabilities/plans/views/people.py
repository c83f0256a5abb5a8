"""One person's own list, and handing it over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import HandoverForm
from ..terms import ACTION
from .actions import rag_tag


@require_GET
def mine(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_plan(request.user, project_id, Purpose.READ)
    person = visit.person
    handovers = list(queries.handovers_touching(project_id, person)[:20])
    passed = queries.handed_over_in(handovers)
    page: dict[str, Any] = {
        "visit": visit,
        "section": "plans",
        "own": _with_tags(queries.open_actions_of_person(project_id, person)),
        "shared": _with_tags(queries.shared_actions_of_person(project_id, person)),
        "to_check": queries.commitments_to_check(project_id, person),
        "handovers": [(handover, passed.get(handover.pk, [])) for handover in handovers],
        "may_hand_over": queries.may_hand_over_for(visit, person.pk),
    }
    return render(request, "plans/mine.html", page)


def _with_tags(actions: Any) -> list[tuple[Any, Any]]:
    return [(line.action, rag_tag(line)) for line in queries.lines(actions)]


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, project_id: UUID, person_id: UUID) -> HttpResponse:
    visit = queries.visit_plan(request.user, project_id, Purpose.CONTRIBUTE)
    people = queries.members_by_id(project_id)
    if person_id not in people or not queries.may_hand_over_for(visit, person_id):
        raise NotThere
    giver = people.pop(person_id)
    owned = queries.open_actions_of_person(project_id, giver)
    form = HandoverForm(request.POST or None, people=people.values(), actions=owned)
    if request.method == "POST" and form.is_valid():
        try:
            _hand_over(request, project_id, giver, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            leads = visit.may(ACTION, Purpose.RUN) and giver.pk != request.user.pk
            return redirect("plans:actions" if leads else "plans:mine", project_id)
    return render(
        request, "plans/hand_over.html", {"visit": visit, "section": "plans", "giver": giver, "form": form}
    )


def _hand_over(request: HttpRequest, project_id: UUID, giver: Any, form: HandoverForm) -> None:
    ids = [UUID(pk) for pk in form.cleaned_data["actions"]]
    operations.hand_over(
        by=request.user, project_id=project_id, from_person=giver, to_person=form.person("to"),
        note=form.cleaned_data["note"], action_ids=ids, key=form.key,
    )  # fmt: skip
    words = ngettext("One action is handed over.", "%(count)d actions are handed over.", len(ids))
    messages.success(request, f"{words % {'count': len(ids)}} {_('Both people see it on their own list.')}")
