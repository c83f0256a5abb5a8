"""What became of the suggestions, as figures with their tables."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.plots import Plot, bars

from .. import queries
from ..rules.figures import Figures
from ..terms import SUGGESTION, Outcome, ReasonCode, SuggestionKind
from .common import page_of, short


@require_GET
def figures(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    found = queries.figures(document, visit.project.jurisdiction, _("The public"))
    page = page_of(
        visit, document, "suggestions", figures=found, facts=_facts(found), plots=list(_plots(found))
    )
    return render(request, "drafting/figures.html", page)


def _facts(found: Figures) -> list[tuple[str, Any]]:
    answered = sum(found.outcomes.values())
    rows = [
        (_("Suggestions"), found.total),
        (_("People who made them"), found.people),
        (_("Answered"), _of(answered, found.total)),
        (_("Taken in: accepted or in part"), _of(found.taken_in.part, found.taken_in.whole)),
    ]
    if found.on_time.whole:
        rows.append((_("Answered by the promised day"), _of(found.on_time.part, found.on_time.whole)))
    if found.median_days is not None:
        rows.append((_("Working days to the answer, the middle of all"), f"{found.median_days:g}"))
    return rows


def _of(part: int, whole: int) -> str:
    words = {"part": part, "whole": whole, "percent": f"{100 * part / whole:.1f}" if whole else "0"}
    return _("%(part)s of %(whole)s (%(percent)s%%)") % words


def _plots(found: Figures) -> Iterator[Plot]:
    """Only pictures that have something to show."""
    if found.outcomes:
        yield _picture(
            _("Answers"), [(Outcome(name).label, n) for name, n in found.outcomes.items()], _("Answer")
        )
    if found.by_group:
        yield _taken_in(found)
    if found.reasons:
        named = [(ReasonCode(code).label, n) for code, n in found.reasons if code]
        yield _picture(_("Reasons for what was not fully accepted"), named, _("Reason"))
    if found.kinds:
        kinds = [(SuggestionKind(kind).label, n) for kind, n in found.kinds.items()]
        yield _picture(_("What people asked for"), kinds, _("Kind"))
    if found.sections:
        sections = [(short(section, 40), n) for section, n in found.sections]
        yield _picture(_("Which sections they are about"), sections, _("Section"))
    if found.versions:
        landed = [(_("Version %(number)s") % {"number": version}, n) for version, n in found.versions]
        yield _picture(_("Where they landed"), landed, _("Version"))


def _picture(title: str, values: list[tuple[Any, int]], label: str) -> Plot:
    name, most = max(values, key=lambda one: one[1])
    total = sum(n for _name, n in values)
    sentence = ngettext(
        "“%(name)s” comes most often: %(n)d of %(total)d.", "“%(name)s” comes most often: %(n)d of %(total)d.", most
    )  # fmt: skip
    words = sentence % {"name": name, "n": most, "total": total}
    return bars(title, words, values, head=(label, _("Suggestions")))


def _taken_in(found: Figures) -> Plot:
    named = [(one, one.percent or 0.0) for one in found.by_group]
    high, low = max(named, key=lambda one: one[1]), min(named, key=lambda one: one[1])
    words = _("Taken in most: %(high)s, %(most)s of %(of)s; least: %(low)s, %(least)s of %(out)s.") % {
        "high": high[0].name, "most": high[0].part, "of": high[0].whole,
        "low": low[0].name, "least": low[0].part, "out": low[0].whole,
    }  # fmt: skip
    values = [(f"{one.name} ({one.part}/{one.whole})", one.percent) for one in found.by_group]
    head = (_("Group (taken in / made)"), _("Taken in, per cent"))
    return bars(_("Taken in, by group"), words, values, head=head, most=100, show=lambda n: f"{n:.1f}%")
