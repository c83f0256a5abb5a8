"""Every project of a manager on one page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.capabilities.charter.terms import SHORT, Coming, Commitment
from coproduce.capabilities.labs.terms import Stage
from coproduce.ui.tables import Column, Filter, Table

from . import queries

_LATE = ("late_answers", "late_actions", "late_reviews", "late_promises")


@require_GET
def portfolio(request: HttpRequest) -> HttpResponse:
    """Stage, next date, late things, citizens by stage, charter: sorted and filtered over all, fifty a page."""
    shown = {"summary": queries.summary_of(request.user)}
    return table_of(request.user).respond(request, "portfolio/portfolio.html", shown)


def table_of(person: Any) -> Table:
    return Table(
        rows=queries.held_by(person),
        columns=[
            Column(
                "title", _("Project"), value="project.title", sort="project__title",
                link=lambda one: reverse("projects:overview", args=[one.project_id]),
            ),
            Column("stage", _("Stage"), value=stage_words, sort="stage_place"),
            Column("next", _("Next date"), value=next_words, sort="next_on"),
            Column("late", _("Late"), value=late_words, sort="late"),
            Column("citizens", _("Citizens, by stage"), value=presence_words, sort="absent"),
            Column(
                "charter", _("Charter"), value=charter_words, sort="met",
                link=lambda one: reverse("charter:charter", args=[one.project_id]),
            ),
        ],
        filters=_filters(),
        search=lambda rows, words: rows.filter(project__title__icontains=words),
        search_label=_("Find a project"), caption=_("Your projects"), empty=_("You lead no project yet"),
        name="portfolio", order="-late",
    )  # fmt: skip


def _filters() -> list[Filter]:
    late = {"any": _("Anything"), "late_answers": _("Answers"), "late_actions": _("Actions"),
            "late_reviews": _("Reviews"), "late_promises": _("Promises"), "none": _("Nothing")}  # fmt: skip
    return [
        Filter("stage", _("Stage"), Stage.choices, lambda rows, value: rows.filter(stage=value)),
        Filter("late", _("What is late"), list(late.items()), _late),
        Filter(
            "citizens", _("Citizens"),
            [("absent", _("Absent from a stage")), ("present", _("In every stage"))],
            lambda rows, value: rows.filter(absent__gt=0) if value == "absent" else rows.filter(absent=0),
        ),
        Filter(
            "not_met", _("Commitment not met"), [(str(one.value), SHORT[one]) for one in Commitment],
            lambda rows, value: rows.filter(**{f"met_{int(value)}": False}),
        ),
    ]  # fmt: skip


def _late(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "none":
        return rows.filter(late=0)
    return rows.filter(**{f"{value if value in _LATE else 'late'}__gt": 0})


def stage_words(one: Any) -> str:
    return str(Stage(one.stage).label) if one.stage else _("Not begun")


def next_words(one: Any) -> str:
    if one.next_on is None:
        return ""
    facts = {"day": date_format(one.next_on, "j F Y"), "what": Coming(one.next_what).label}
    return _("%(day)s: %(what)s") % facts


def late_words(one: Any) -> str:
    said = [
        ngettext("%(n)d answer", "%(n)d answers", one.late_answers) % {"n": one.late_answers},
        ngettext("%(n)d action", "%(n)d actions", one.late_actions) % {"n": one.late_actions},
        ngettext("%(n)d review", "%(n)d reviews", one.late_reviews) % {"n": one.late_reviews},
        ngettext("%(n)d promise", "%(n)d promises", one.late_promises) % {"n": one.late_promises},
    ]
    found = [words for words, name in zip(said, _LATE, strict=True) if getattr(one, name)]
    return ", ".join(found) or _("Nothing")


def presence_words(one: Any) -> str:
    """R105: how many of those in each stage were citizens, and where there was none."""
    return "; ".join(_stage(*line) for line in one.presence) or _("No stage yet")


def _stage(stage: str, citizens: int, people: int) -> str:
    facts = {"stage": Stage(stage).label, "citizens": citizens, "people": people}
    if not citizens:
        return _("%(stage)s: no citizens") % facts
    return _("%(stage)s: %(citizens)d of %(people)d") % facts


def charter_words(one: Any) -> str:
    return _("%(met)d of %(of)d met") % {"met": one.met, "of": one.measured}
