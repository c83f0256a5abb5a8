"""The monitoring form, its answers and its tables.

`answer` and `withdraw` are no operations of the ledger, on purpose: an entry would say at what moment a form came in,
and who typed it. They know no person, keep no time, and tell nobody (R96).
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import MonitoringAnswer, MonitoringTable, SpentCode, Survey, random_number
from ..rules import NOT_SAID

_CODE_BYTES = 10
# So many answers are written anew with each new form; the database then knows no order among them.
TOGETHER = 300


@operation
def open_monitoring(
    *,
    by: Any,
    project_id: UUID,
    purpose: str,
    questions: Iterable[str],
    asked: int | None = None,
    key: UUID | None = None,
) -> Survey:
    """Ask the people of a project about themselves, for a stated purpose; or say anew what is asked and why."""
    queries.visit_monitoring(by, project_id, Purpose.RUN)
    projects.take_turns(project_id)
    survey = queries.survey_of(project_id)
    wanted = [name for name in rules.QUESTIONS if name in set(questions)]
    settle(rules.something_known_is_asked(wanted, purpose))
    if survey is None:
        survey = Survey(project_id=project_id, opened_on=clock.today())
    else:
        forms = queries.waiting(survey) + queries.tables_of(survey).count()
        settle(rules.questions_stay_once_answered(changed=wanted != survey.questions, forms=forms))
    survey.purpose, survey.questions, survey.asked = purpose, wanted, asked
    survey.save()
    record(
        by=by, verb="equality.open_monitoring", thing=survey, project_id=project_id,
        after={"purpose": purpose, "questions": wanted, "asked": asked, "opened_on": survey.opened_on},
    )  # fmt: skip
    return survey


@operation
def close_monitoring(*, by: Any, project_id: UUID, key: UUID | None = None) -> Survey:
    """No more answers; those that are in no table are deleted, because no table will be made of them."""
    queries.visit_monitoring(by, project_id, Purpose.RUN)
    projects.take_turns(project_id)
    survey = queries.survey_in(project_id)
    settle(rules.only_open_monitoring_takes_answers(is_open=survey.is_open))
    forms = queries.waiting(survey)
    MonitoringAnswer.objects.filter(survey=survey).delete()
    survey.closed_on, survey.closed_forms = clock.today(), forms
    survey.save(update_fields=["closed_on", "closed_forms"])
    record(
        by=by, verb="equality.close_monitoring", thing=survey, project_id=project_id,
        after={"closed_on": survey.closed_on, "closed_forms": forms},
    )  # fmt: skip
    return survey


def new_code() -> str:
    """A code for a paper form."""
    return _spelled(secrets.token_bytes(_CODE_BYTES))


def code_for(key: UUID) -> str:
    """The code of a form that came over the web: the same form sent again has the same code."""
    return _spelled(hashlib.sha256(b"coproduce monitoring" + key.bytes).digest()[:_CODE_BYTES])


def answer(*, survey_id: UUID, answers: Mapping[str, str], code: str) -> bool:
    """Keep a form; says whether it was kept now. The same code again changes nothing, also after its withdrawal."""
    survey = queries.public_survey(survey_id)
    with transaction.atomic():
        projects.take_turns(survey.project_id)
        survey.refresh_from_db()
        settle(rules.only_open_monitoring_takes_answers(is_open=survey.is_open))
        spent = SpentCode(survey=survey, code_hash=_hash(code, ""))
        if SpentCode.objects.filter(code_hash=spent.code_hash).exists():
            return False
        _insert([spent])
        _insert(_mixed(survey, [_one(survey, question, answers, code) for question in survey.questions]))
    return True


def _one(survey: Survey, question: str, answers: Mapping[str, str], code: str) -> MonitoringAnswer:
    chosen = answers.get(question) or NOT_SAID
    known = rules.QUESTIONS[question].codes
    return MonitoringAnswer(
        survey=survey, question=question, choice=chosen if chosen in known else NOT_SAID,
        code_hash=_hash(code, question),
    )  # fmt: skip


def _mixed(survey: Survey, new: list[MonitoringAnswer]) -> list[MonitoringAnswer]:
    """With some that are there already, which are taken out to go back in anywhere: nobody sees which are new."""
    old = list(MonitoringAnswer.objects.filter(survey=survey).order_by("?")[:TOGETHER])
    MonitoringAnswer.objects.filter(pk__in=[one.pk for one in old]).delete()
    again = [MonitoringAnswer(survey=survey, question=one.question, choice=one.choice, code_hash=one.code_hash)
             for one in old]  # fmt: skip
    return [*again, *new]


def _insert(rows: list[Any]) -> None:
    """In an order by lot, each under a number that is still free."""
    model = type(rows[0])
    for row in rows:
        row.pk = random_number()
    while True:
        ids = [row.pk for row in rows]
        taken = set(model.objects.filter(pk__in=ids).values_list("pk", flat=True))
        clashing = [row for row in rows if row.pk in taken or ids.count(row.pk) > 1]
        if not clashing:
            break
        for row in clashing:
            row.pk = random_number()
    model.objects.bulk_create(sorted(rows, key=lambda row: row.pk))


def withdraw(*, survey_id: UUID, code: str) -> int:
    """Delete what came with this code, for good; how many answers that were. Counted answers are gone already."""
    survey = queries.public_survey(survey_id)
    hashes = [_hash(code, question) for question in survey.questions]
    with transaction.atomic():
        projects.take_turns(survey.project_id)
        gone, _tables = MonitoringAnswer.objects.filter(survey=survey, code_hash__in=hashes).delete()
    return gone


@operation
def publish_table(*, by: Any, project_id: UUID, key: UUID | None = None) -> MonitoringTable:
    """Count all forms that are in no table yet, publish what may be shown for good, and delete the answers (R95)."""
    queries.visit_monitoring(by, project_id, Purpose.RUN)
    projects.take_turns(project_id)
    survey = queries.survey_in(project_id)
    forms, least = queries.waiting(survey), queries.threshold()
    settle(rules.a_batch_is_large_enough(forms, queries.batch_size()))
    counts = queries.counts_waiting(survey)
    table = MonitoringTable(
        survey=survey, number=queries.tables_of(survey).count() + 1, day=clock.today(), forms=forms, threshold=least,
        lines={question.key: _lines(counts.get(question.key, {}), question, least)
               for question in queries.questions_of(survey)},
    )  # fmt: skip
    table.save(force_insert=True)
    MonitoringAnswer.objects.filter(survey=survey).delete()
    record(
        by=by, verb="equality.publish_table", thing=table, project_id=project_id,
        after={"number": table.number, "day": table.day, "forms": forms, "threshold": least, "lines": table.lines},
    )  # fmt: skip
    return table


def _lines(counts: Mapping[str, int], question: rules.Question, threshold: int) -> list[dict[str, Any]]:
    lines = rules.published(counts, question.levels, threshold)
    return [{"codes": list(line.codes), "count": line.count} for line in lines]


def _spelled(raw: bytes) -> str:
    """Sixteen signs in fours, without any that look alike."""
    letters = base64.b32encode(raw).decode().translate(str.maketrans("OIBS", "8109"))
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _hash(code: str, question: str) -> str:
    """One for each question, so that the answers of a person can be brought together by their code only."""
    plain = re.sub(r"[^A-Z0-9]", "", code.upper()).translate(str.maketrans("OIBS", "0185"))
    return hashlib.sha256(f"{question}:{plain}".encode()).hexdigest()
