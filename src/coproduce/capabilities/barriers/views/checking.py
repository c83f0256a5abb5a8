"""What has become of the barriers: one page for a raiser, and the report of all answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of
from coproduce.ui.plots import Plot, heat_map
from coproduce.ui.tables import Column, Table

from .. import operations, queries
from ..forms import CheckBacksForm
from ..operations import Answer
from ..queries import Raised, Raiser
from ..terms import BARRIER, CheckBack
from .common import address, page_of, person_asked_for


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The barriers of one raiser, what is done about each, and a quick answer to it."""
    visit = queries.visit_register(request.user, project_id, Purpose.CONTRIBUTE)
    person = person_asked_for(request, visit)
    raised = queries.raised_by(person, project_id)
    to_check = _once([one for one in raised if one.can_be_checked])
    form = CheckBacksForm(request.POST if request.method == "POST" else None, raised=to_check)
    if request.method == "POST" and form.is_valid():
        answers = {pk: Answer(said, words) for pk, (said, words) in form.answers().items()}
        if not answers:
            form.add_error(None, _("Answer for one barrier at least."))
        elif _kept(request, visit, person, form, answers):
            return redirect(address(visit, "mine", person))
    page = page_of(
        visit, person=person, for_other=person.pk != request.user.pk, form=form,
        rows=_rows(form, to_check, queries.last_said_by(person, [one.root.pk for one in to_check])),
        others=[one for one in raised if not one.can_be_checked],
    )  # fmt: skip
    return render(request, "barriers/mine.html", page)


def _kept(
    request: HttpRequest, visit: Visit, person: Any, form: CheckBacksForm, answers: dict[UUID, Answer]
) -> bool:
    try:
        operations.check_back_all(
            by=request.user, project_id=visit.project.pk, answers=answers, on_behalf_of=person, key=form.key
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    words = ngettext("One answer is kept.", "%(count)d answers are kept.", len(answers))
    messages.success(request, _("Thank you.") + " " + words % {"count": len(answers)})
    return True


def _once(raised: Sequence[Raised]) -> list[Raised]:
    """Two barriers that were merged share one question."""
    return list({one.root.pk: one for one in raised}.values())


def _rows(form: CheckBacksForm, raised: Sequence[Raised], said: dict[UUID, Any]) -> list[tuple[Any, ...]]:
    return [
        (one, said.get(one.root.pk), form[f"said_{one.root.number}"], form[f"words_{one.root.number}"])
        for one in raised
    ]


@require_GET
def check_backs(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The report: what raisers say, by group, and who was not asked or has not answered."""
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    groups, counts = queries.answers_by_group(project_id)
    total = {said: sum(count[said] for count in counts.values()) for said in CheckBack.values}
    raisers = [one for one in queries.raisers_to_ask(project_id) if one.to_check]
    page = page_of(
        visit,
        plot=_plot(groups, counts, total) if any(total.values()) else None,
        not_asked=[one for one in raisers if one.waiting and one.asked_on is None],
        not_answered=[one for one in raisers if one.waiting and one.asked_on],
        to_check=_sum(raisers, "to_check"),
        answered=_sum(raisers, "answered"),
    )
    return _raisers(visit, raisers).respond(request, "barriers/check_backs.html", page)


def _raisers(visit: Visit, raisers: Sequence[Raiser]) -> Table:
    runs = visit.may(BARRIER, Purpose.RUN)
    return Table(
        rows=list(raisers),
        columns=[
            Column(
                "person", _("Person"), value="person.shown_name", sort="person.shown_name",
                link=(lambda one: address(visit, "mine", one.person)) if runs else None,
            ),
            Column("group", _("Group"), value="group.code", sort="group.code"),
            Column("to_check", _("To check"), sort="to_check", numeric=True),
            Column("answered", _("Answered"), sort="answered", numeric=True),
            Column("asked_on", _("Asked on"), sort="asked_on"),
        ],
        caption=_("Those who raised barriers that have a response"),
        empty=_("No barrier has a response yet"),
        name="check-backs",
        order="person",
    )  # fmt: skip


def _sum(raisers: Sequence[Raiser], name: str) -> int:
    return sum(getattr(one, name) for one in raisers)


def _plot(groups: Sequence[Any], counts: dict[UUID, Any], total: dict[str, int]) -> Plot:
    rows = [
        (f"{group.code} {group.name}", [counts.get(group.pk, {}).get(said, 0) for said in CheckBack.values])
        for group in groups
    ]
    sentence = _("Gone %(gone)d, smaller %(smaller)d, the same %(same)d, worse %(worse)d.") % total
    return heat_map(
        _("What raisers say now, by group"), sentence, [said.label for said in CheckBack], rows,
        corner=_("Group"),
    )  # fmt: skip


@require_POST
def ask_raiser(request: HttpRequest, project_id: UUID, person_id: UUID) -> HttpResponse:
    try:
        operations.ask_raiser(
            by=request.user, project_id=project_id, person_id=person_id, key=key_of(request.POST)
        )
    except Refused as refused:
        messages.error(request, str(refused.findings[0].message))
    else:
        messages.success(request, _("It is written down that they were asked today."))
    return redirect("barriers:check_backs", project_id)
