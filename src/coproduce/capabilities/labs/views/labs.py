"""The list of labs, planning one, and the page of one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import LabForm
from ..models import Lab
from ..queries import Figures
from ..terms import ACCESS, FIRST_GROUND_RULES, DecisionLevel, Way
from .common import done, form_page, label_tag, page_of

_PLAIN = ("question", "level", "date", "minutes", "place", "ways", "recognition", "content_warning",
          "safeguarding_name", "safeguarding_phone", "pause_signal")  # fmt: skip


@require_GET
def labs(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_labs(request.user, project_id, Purpose.READ)
    found = list(queries.figures_of(project_id, queries.labs_of(visit)).values())
    table = Table(
        rows=found,
        columns=_columns(project_id, whole=bool(request.GET.get("format"))),
        filters=[Filter("label", _("Label"), _labels(found), _labelled)],
        caption=_("Labs"),
        empty=_("No lab is planned yet"),
        name="labs",
        order="date",
    )
    return table.respond(request, "labs/labs.html", page_of(visit, ahead=_next_of(found)))


def _columns(project_id: UUID, *, whole: bool) -> list[Column]:
    """What fits a page; files have everything."""
    shown = [
        Column("code", _("Lab"), value="lab.code", sort=lambda one: one.lab.begins, link=_link(project_id)),
        Column("date", _("Date"), value="lab.date", sort=lambda one: one.lab.begins),
        Column("question", _("Question"), value="lab.question", sort="lab.question"),
        Column("label", _("Label"), value="label_words" if whole else label_tag, sort="label_words"),
        Column("attended", _("Came"), sort="attended", numeric=True),
        Column("citizens", _("Citizens"), value="mix.citizens", sort="mix.citizens", numeric=True),
    ]
    return [*shown, *_for_files()] if whole else shown


def _for_files() -> list[Column]:
    return [
        Column("invited", _("Invited"), numeric=True),
        Column("turns", _("Turns"), numeric=True),
        Column("level", _("What people can change"), value="lab.get_level_display"),
        Column("starts", _("Start"), value=lambda one: f"{one.lab.starts_at:%H:%M}"),
        Column("minutes", _("Minutes"), value="lab.minutes", numeric=True),
        Column("place", _("Place"), value="lab.place"),
    ]


def _link(project_id: UUID) -> Callable[[Figures], str]:
    return lambda one: reverse("labs:lab", args=[project_id, one.lab.pk])


def _labels(found: list[Figures]) -> list[tuple[str, Any]]:
    return [(str(words), words) for words in dict.fromkeys(str(one.label_words) for one in found)]


def _labelled(found: list[Figures], label: str) -> list[Figures]:
    return [one for one in found if str(one.label_words) == label]


def _next_of(found: list[Figures]) -> Lab | None:
    ahead = [one.lab for one in found if not one.lab.is_held and one.lab.date >= clock.today()]
    return min(ahead, key=lambda lab: lab.begins, default=None)


@require_http_methods(["GET", "POST"])
def new_lab(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_labs(request.user, project_id, Purpose.RUN)
    rules_of_ours = "\n".join(str(one) for one in FIRST_GROUND_RULES)
    form = LabForm(
        posted(request), initial={"ground_rules": rules_of_ours}, rounds=rounds.project_rounds(project_id)
    )
    made: list[Lab] = []

    def plan() -> None:
        made.append(operations.plan_lab(by=request.user, project_id=project_id, key=form.key, **form.facts()))

    if sent(request, form, plan):
        return done(request, _("The lab is planned. Now invite people."), "lab", project_id, made[0].pk)
    return form_page(request, visit, form, title=_("Plan a lab"), button=_("Plan the lab"))


@require_http_methods(["GET", "POST"])
def edit_lab(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    form = LabForm(posted(request), initial=_typed_before(lab), rounds=rounds.project_rounds(project_id))
    if sent(request, form, lambda: operations.change_lab(
        by=request.user, project_id=project_id, lab_id=lab_id, changes=form.changes(), key=form.key
    )):  # fmt: skip
        return done(request, _("The plan is saved."), "lab", project_id, lab_id)
    return form_page(
        request, visit, form, title=_("Change the plan of %(code)s") % {"code": lab.code}, lab=lab
    )


def _typed_before(lab: Lab) -> dict[str, Any]:
    return {name: getattr(lab, name) for name in _PLAIN} | {
        "starts_at": f"{lab.starts_at:%H:%M}",
        "ground_rules": "\n".join(lab.ground_rules),
        "round": str(lab.round_id or ""),
    }


@require_GET
def lab(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """The plan for everyone; whoever runs it sees what is still to do."""
    visit, found = queries.lab_for(request.user, project_id, lab_id, Purpose.READ)
    figures = queries.figures_of(project_id, queries.labs_of(visit))
    agenda = list(queries.agenda_of(found))
    needs = queries.access_plan(found) if visit.may(ACCESS, Purpose.READ) else []
    seat = people.seat_of(visit.person, project_id)
    invited = list(queries.invited_to(found))
    page = page_of(
        visit, found,
        figures=figures[lab_id],
        tag=label_tag(figures[lab_id]),
        findings=queries.findings_of(figures, found, needs, agenda),
        agenda=agenda,
        invited=invited,
        is_invited=seat is not None and seat.pk in {one.seat_id for one in invited},
        own_needs=queries.own_needs(found, seat),
        unmet=sum(need.is_open for need in needs),
        needs=needs,
        facilitation=queries.facilitation_of(project_id),
        ways=_ways(found),
        when=_when(found),
        level=DecisionLevel(found.level).label,
        has_begun=clock.today() >= found.date,
    )  # fmt: skip
    return render(request, "labs/lab.html", page)


def _ways(lab: Lab) -> str:
    return ", ".join(str(Way(way).label) for way in lab.ways if way in Way.values)


def _when(lab: Lab) -> str:
    words = _("%(day)s, %(starts)s to %(ends)s")
    return words % {
        "day": date_format(lab.date, "l j F Y"), "starts": f"{lab.begins:%H:%M}", "ends": f"{lab.ends:%H:%M}",
    }  # fmt: skip


@require_GET
def sheet(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """The attendance sheet to print: who is invited, by group, and lines for others."""
    visit, found = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    page = page_of(
        visit, found,
        tag=label_tag(queries.figures(found)),
        invited=list(queries.invited_to(found)),
        groups=list(people.groups_of(project_id)),
        when=_when(found),
        blank=range(8),
    )  # fmt: skip
    return render(request, "labs/sheet.html", page)
