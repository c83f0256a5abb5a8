"""What may be known of monitoring: how many forms came in, and the tables that were published. Never an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.core.findings import Finding, Words

from .. import rules
from ..models import MonitoringAnswer, MonitoringTable, Survey
from ..rules import Line, Question

LEAST_THRESHOLD = 5


def threshold() -> int:
    """Counts under this are hidden; the installation may ask for more."""
    return max(int(settings.COPRODUCE_SMALL_NUMBER), LEAST_THRESHOLD)


def batch_size() -> int:
    """So many forms a table takes at least: three times the threshold unless the installation asks for more."""
    return max(int(settings.COPRODUCE_MONITORING_BATCH), 2 * threshold())


@dataclass(frozen=True)
class TableLine:
    """A line of a published table as people read it: one answer, or several that are counted together."""

    number: int
    day: Any
    forms: int
    question: Words
    answer: str
    count: int
    hides: bool


def questions_of(survey: Survey) -> list[Question]:
    return [rules.QUESTIONS[key] for key in survey.questions]


def waiting(survey: Survey) -> int:
    """Forms that are in no table yet: each has one answer to each question, if only that there is none; one query."""
    first = survey.questions[0] if survey.questions else ""
    return MonitoringAnswer.objects.filter(survey=survey, question=first).count()


def counts_waiting(survey: Survey) -> dict[str, dict[str, int]]:
    """For the operation that makes a table, and for nothing else: no page shows these."""
    rows = MonitoringAnswer.objects.filter(survey=survey).order_by().values_list("question", "choice")
    found: dict[str, dict[str, int]] = {}
    for question, choice, count in rows.annotate(n=Count("pk")):
        found.setdefault(question, {})[choice] = count
    return found


def tables_of(survey: Survey) -> QuerySet[MonitoringTable]:
    return MonitoringTable.objects.filter(survey=survey).order_by("number")


def table_lines(tables: QuerySet[MonitoringTable]) -> list[TableLine]:
    """Every line of every published table, which is all that any page, file or record gives out."""
    return [
        TableLine(
            table.number, table.day, table.forms, rules.QUESTIONS[key].words,
            answer_words(rules.QUESTIONS[key], line["codes"]), line["count"], len(line["codes"]) > 1,
        )
        for table in tables
        for key, lines in table.lines.items()
        for line in lines
    ]  # fmt: skip


def answer_words(question: Question, codes: list[str]) -> str:
    return "; ".join(str(question.label(code)) for code in codes)


def findings_of(table: MonitoringTable) -> list[Finding]:
    """R95: what of a table is counted together."""
    lines = [Line(tuple(one["codes"]), one["count"]) for found in table.lines.values() for one in found]
    return list(rules.small_counts_are_hidden(lines, table.threshold))


def coverage(survey: Survey, forms: int, tables: QuerySet[MonitoringTable]) -> str:
    """One sentence on who could be asked and how many answered; it names no group of people."""
    counted = sum(table.forms for table in tables)
    answered = ngettext("%(count)d form came back", "%(count)d forms came back", forms + counted)
    parts = [answered % {"count": forms + counted}]
    if survey.asked:
        asked = ngettext("%(count)d person was asked", "%(count)d people were asked", survey.asked)
        parts.insert(0, asked % {"count": survey.asked})
    sentence = _("%(asked)s.") % {"asked": _(" and ").join(parts)}
    if forms and forms < batch_size():
        sentence += " " + _(
            "That is too few for a table: fewer than %(batch)d forms. No group of people is counted here."
        ) % {"batch": batch_size()}  # fmt: skip
    return sentence


def state_words(survey: Survey) -> str:
    if survey.closed_on is None:
        return _("Open since %(day)s") % {"day": date_format(survey.opened_on, "j F Y")}
    return _("Closed on %(day)s") % {"day": date_format(survey.closed_on, "j F Y")}


def rows_for_record(project_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The form and its published tables; no answer is ever part of a record."""
    surveys = Survey.objects.filter(project_id=project_id)
    tables = MonitoringTable.objects.filter(survey__project_id=project_id).order_by("number")
    return {
        "monitoring_forms": [dict(row) for row in surveys.values()],
        "monitoring_tables": [dict(row) for row in tables.values()],
    }
