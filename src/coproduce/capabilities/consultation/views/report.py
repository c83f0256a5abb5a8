"""The report in three parts, its rows, and its files. Before it is out, only those who write it see it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.capabilities.drafting.terms import ReasonCode, Status
from coproduce.capabilities.people import queries as people
from coproduce.core.access import NotThere
from coproduce.ui.plots import Plot, bars
from coproduce.ui.tables import Column, Filter, Table

from .. import queries
from ..models import Consultation
from ..queries import Point, Report
from ..terms import Channel
from .common import facts_of


@login_not_required
@require_GET
def report(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    consultation = _reported(request, consultation_id)
    found = queries.report_of(consultation)
    shown = {
        "consultation": consultation, "report": found, "makers": queries.decision_makers_of(consultation),
        "codes_plot": _codes_plot(found), "outcomes_plot": _outcomes_plot(found),
        **_linked(found), **facts_of(consultation),
    }  # fmt: skip
    return render(request, "consultation/report.html", shown)


def _linked(found: Report) -> dict[str, Any]:
    """The lines of the tables, each number with what its rows are asked by."""
    return {
        "group_rows": [(line.name, line.key, line.replies) for line in found.counts.by_group],
        "channel_rows": [(line.name, line.key, line.replies) for line in found.counts.by_channel],
        "code_rows": [
            (row, [(value, row.by_outcome[value]) for value, _label, _count in found.outcomes])
            for row in found.codes
        ],
    }


@login_not_required
@require_GET
def replies(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The rows behind each number of replies; names only of those who chose it."""
    consultation = _reported(request, consultation_id)
    lines = queries.reply_lines(queries.points_of(consultation))
    table = Table(
        rows=lines,
        columns=[
            Column("ref", _("Reply"), sort="reply.number", link=lambda one: _points(consultation, reply=one.ref)),
            Column("said_on", _("Day"), sort="said_on"),
            Column("channel", _("Channel"), sort=lambda one: str(one.channel)),
            Column("group", _("Group"), sort=lambda one: str(one.group)),
            Column("code_refs", _("Codes")),
            Column("name", _("Name, if they chose it")),
            *([Column("quote", _("In their words, if they agreed"))] if request.GET.get("format") else []),
        ],
        filters=[
            Filter("code", _("Code"), _codes(lines), _with_code),
            Filter("channel", _("Channel"), Channel.choices, lambda rows, value: _where(rows, value, _channel_of)),
            Filter("group", _("Group"), _groups(consultation), lambda rows, value: _where(rows, value, _group_of)),
        ],
        caption=_("Replies"), empty=_("No reply"), name="consultation-replies", order="ref",
    )  # fmt: skip
    return _rows_page(request, table, consultation, _("Replies"))


@login_not_required
@require_GET
def points(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The rows behind each number of suggestions: what was said, what was decided, and where it stands now."""
    consultation = _reported(request, consultation_id)
    found = queries.points_of(consultation)
    table = Table(
        rows=found,
        columns=[
            Column("ref", _("Point"), sort=lambda one: (one.reply.number, one.said.position)),
            Column("suggestion", _("Suggestion"), value=lambda one: one.suggestion.ref if one.suggestion else ""),
            Column("code_refs", _("Codes")),
            Column("outcome_words", _("Answer"), sort=lambda one: str(one.outcome_words)),
            Column("reason", _("Reason"), value=_reason),
            Column("version", _("In version"), value=lambda one: str(one.version or "")),
            *([Column("section", _("Section"), value="said.section"),
               Column("quote", _("In their words, if they agreed"))] if request.GET.get("format") else []),
        ],
        filters=[
            Filter("outcome", _("Answer"), [*Status.choices, ("any", _("Any answer"))], _with_outcome),
            Filter("code", _("Code"), _codes(found), _with_code),
            Filter("reason", _("Reason"), ReasonCode.choices, _with_reason),
            Filter("version", _("In version"), _versions(found),
                   lambda rows, value: [one for one in rows if str(one.version or "") == value]),
            Filter("question", _("Question"), _questions(found),
                   lambda rows, value: _where(rows, value, lambda one: str(one.said.question_id or ""))),
            Filter("reply", _("Reply"), _replies(found), lambda rows, value: _where(rows, value, _reply_of)),
        ],
        caption=_("What was said, point by point"), empty=_("Nothing"), name="consultation-points", order="ref",
    )  # fmt: skip
    return _rows_page(request, table, consultation, _("What was said, point by point"))


def _rows_page(request: HttpRequest, table: Table, consultation: Consultation, title: str) -> HttpResponse:
    return table.respond(request, "consultation/rows.html", {"consultation": consultation, "title": title})


def _reported(request: HttpRequest, consultation_id: UUID) -> Consultation:
    consultation = queries.report_for(request.user, consultation_id)
    is_out = consultation.published_at is not None
    if consultation.hides_words or (not is_out and queries.is_blind(request.user, consultation)):
        # No word before the close; and no code of others before one's own coding is done.
        raise NotThere
    return consultation


def _codes(rows: list[Any]) -> list[tuple[str, Any]]:
    codes = {code.number: code for one in rows for code in one.codes}
    return [(codes[number].ref, str(codes[number])) for number in sorted(codes)]


def _groups(consultation: Consultation) -> list[tuple[str, Any]]:
    groups = [(group.code, group.name) for group in people.groups_of(consultation.project_id)]
    return [*groups, ("none", _("None of these groups"))]


def _versions(found: list[Point]) -> list[tuple[str, Any]]:
    versions = {one.version.number: str(one.version) for one in found if one.version}
    return [(versions[number], versions[number]) for number in sorted(versions)]


def _questions(found: list[Point]) -> list[tuple[str, Any]]:
    questions = {one.said.question for one in found if one.said.question}
    return [(str(one.pk), one.words) for one in sorted(questions, key=lambda one: one.position)]


def _replies(found: list[Point]) -> list[tuple[str, Any]]:
    return [(ref, ref) for ref in dict.fromkeys(one.reply.ref for one in found)]


def _with_code(rows: list[Any], ref: str) -> list[Any]:
    return [one for one in rows if any(code.ref == ref for code in one.codes)]


def _with_outcome(rows: list[Point], value: str) -> list[Point]:
    return [one for one in rows if one.outcome == value or (value == "any" and one.suggestion)]


def _with_reason(rows: list[Point], value: str) -> list[Point]:
    return [one for one in rows if one.decision and one.decision.reason_code == value]


def _where(rows: list[Any], value: str, of: Callable[[Any], str]) -> list[Any]:
    return [one for one in rows if of(one) == value]


def _channel_of(one: Any) -> str:
    return str(one.reply.channel)


def _group_of(one: Any) -> str:
    return one.reply.group.code if one.reply.group else "none"


def _reply_of(one: Any) -> str:
    return str(one.reply.ref)


def _reason(one: Point) -> str:
    if one.decision is None:
        return ""
    code = one.decision.reason_code
    label = f"{ReasonCode(code).label}. " if code else ""
    return f"{label}{one.decision.reason}".strip()


def _points(consultation: Consultation, **what: str) -> str:
    return f"{reverse('consultation:report_points', args=[consultation.pk])}?{urlencode(what)}"


def _codes_plot(found: Report) -> Plot | None:
    lines: list[tuple[Any, float | None]] = [
        (str(row.code), row.replies) for row in found.codes if row.replies
    ]
    if not lines:
        return None
    most = max(found.codes, key=lambda row: row.replies)
    words = ngettext(
        "%(replies)d reply was sorted. The code in most of them is “%(name)s”: %(most)d.",
        "%(replies)d replies were sorted. The code in most of them is “%(name)s”: %(most)d.",
        found.counts.replies,
    )
    said = words % {"replies": found.counts.replies, "name": most.code.name, "most": most.replies}
    return bars(_("What people spoke about"), said, lines, head=(_("Code"), _("Replies")))


def _outcomes_plot(found: Report) -> Plot | None:
    if not found.suggestions:
        return None
    lines: list[tuple[Any, float | None]] = [(label, count) for _value, label, count in found.outcomes]
    parts = ", ".join(f"{str(label).lower()} {count}" for _value, label, count in found.outcomes if count)
    words = ngettext(
        "%(total)d suggestion: %(parts)s.", "%(total)d suggestions: %(parts)s.", found.suggestions
    )
    said = words % {"total": found.suggestions, "parts": parts}
    return bars(_("How suggestions were answered"), said, lines, head=(_("Answer"), _("Suggestions")))
