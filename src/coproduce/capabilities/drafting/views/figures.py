"""What became of the suggestions, as figures with their tables."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.plots import Plot, bars

from .. import queries
from ..models import Document
from ..rules.behind import ANSWERED, IN_TIME, TAKEN_IN
from ..rules.figures import Figures
from ..terms import SUGGESTION, Outcome, ReasonCode, SuggestionKind
from .behind import opened, public
from .common import page_of, short


@require_GET
def figures(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    found = queries.figures(document, visit.project.jurisdiction, public())
    page = page_of(
        visit, document, "suggestions", figures=found, facts=_facts(document, found),
        plots=list(_plots(document, found)),
    )  # fmt: skip
    return render(request, "drafting/figures.html", page)


def _facts(document: Document, found: Figures) -> list[tuple[str, Any]]:
    """The counts; each leads to the suggestions that it counts."""
    answered = sum(found.outcomes.values())
    rows = [
        (_("Suggestions"), opened(document, found.total)),
        (_("People who made them"), opened(document, found.people, sort="author")),
        (_("Answered"), _of(document, answered, found.total, answer=ANSWERED)),
        (
            _("Taken in: accepted or in part"),
            _of(document, found.taken_in.part, found.taken_in.whole, answer=TAKEN_IN),
        ),
    ]
    if found.on_time.whole:
        in_time = _of(document, found.on_time.part, found.on_time.whole, time=IN_TIME)
        rows.append((_("Answered by the promised day"), in_time))
    if found.median_days is not None:
        days = opened(document, f"{found.median_days:g}", answer=ANSWERED, sort="number")
        rows.append((_("Working days to the answer, the middle of all"), days))
    return rows


def _of(document: Document, part: int, whole: int, **selection: str) -> Any:
    percent = f"{100 * part / whole:.1f}" if whole else "0"
    words = _("{part} of {whole} ({percent}%)")
    return format_html(words, part=opened(document, part, **selection), whole=whole, percent=percent)


def _plots(document: Document, found: Figures) -> Iterator[Plot]:
    """Only pictures that have something to show."""
    if found.outcomes:
        answers = [(Outcome(name).label, n, name) for name, n in found.outcomes.items()]
        yield _picture(document, _("Answers"), answers, _("Answer"), "answer")
    if found.by_group:
        yield _taken_in(document, found)
    if found.reasons:
        named = [(ReasonCode(code).label, n, code) for code, n in found.reasons if code]
        title = _("Reasons for what was not fully accepted")
        yield _picture(document, title, named, _("Reason"), "reason")
    if found.kinds:
        kinds = [(SuggestionKind(kind).label, n, kind) for kind, n in found.kinds.items()]
        yield _picture(document, _("What people asked for"), kinds, _("Kind"), "kind")
    if found.sections:
        sections = [(short(section, 40), n, section) for section, n in found.sections]
        yield _picture(document, _("Which sections they are about"), sections, _("Section"), "section")
    if found.versions:
        landed = [(_("Version %(number)s") % {"number": one}, n, one) for one, n in found.versions]
        yield _picture(document, _("Where they landed"), landed, _("Version"), "version")


def _picture(
    document: Document, title: str, values: list[tuple[Any, int, str]], label: str, asked: str
) -> Plot:
    name, most, _value = max(values, key=lambda one: one[1])
    total = sum(n for _name, n, _value in values)
    sentence = ngettext(
        "“%(name)s” comes most often: %(n)d of %(total)d.", "“%(name)s” comes most often: %(n)d of %(total)d.", most
    )  # fmt: skip
    words = sentence % {"name": name, "n": most, "total": total}
    made = bars(title, words, [(name, n) for name, n, _value in values], head=(label, _("Suggestions")))
    linked = [(name, opened(document, n, **{asked: value})) for name, n, value in values]
    return replace(made, table_rows=linked)


def _taken_in(document: Document, found: Figures) -> Plot:
    named = [(one, one.percent or 0.0) for one in found.by_group]
    high, low = max(named, key=lambda one: one[1]), min(named, key=lambda one: one[1])
    words = _("Taken in most: %(high)s, %(most)s of %(of)s; least: %(low)s, %(least)s of %(out)s.") % {
        "high": high[0].name, "most": high[0].part, "of": high[0].whole,
        "low": low[0].name, "least": low[0].part, "out": low[0].whole,
    }  # fmt: skip
    values = [(f"{one.name} ({one.part}/{one.whole})", one.percent) for one in found.by_group]
    head = (_("Group (taken in / made)"), _("Taken in, per cent"))
    made = bars(_("Taken in, by group"), words, values, head=head, most=100, show=_percent)
    linked = [
        (
            label,
            opened(document, _percent(one.percent or 0), group=one.name, answer=TAKEN_IN if one.part else ""),
        )
        for (label, _value), one in zip(values, found.by_group, strict=True)
    ]
    return replace(made, table_rows=linked)


def _percent(value: float) -> str:
    return f"{value:.1f}%"
