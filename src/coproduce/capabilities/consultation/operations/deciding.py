"""After the close: how each decision-maker considered the replies, what was decided, and the report."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries, rules
from ..events import ReportPublished
from ..models import Consultation, DecisionMaker
from .following import tell_followers

REPORT_FIELDS = ("said_words", "decided_words", "connect_words")


@operation
def consider(
    *, by: Any, project_id: UUID, consultation_id: UUID, statement: str, key: UUID | None = None
) -> DecisionMaker:
    """Gunning 4: a decision-maker says in their own name how they considered what people said."""
    _visit, consultation, maker = queries.decision_making_for(by, project_id, consultation_id)
    settle(rules.words_are_open(hidden=not consultation.is_closed))
    settle(
        [] if statement.strip() else [refuse("C16", _("Write how you considered the replies."), "statement")]
    )
    settle(rules.a_statement_stays_after_the_decision(decided=consultation.decided_on is not None))
    before = {"statement": maker.statement}
    maker.statement, maker.stated_on = clean(statement), clock.today()
    maker.save(update_fields=["statement", "stated_on"])
    record(
        by=by, verb="consultation.consider", thing=maker, project_id=project_id, before=before,
        after={"statement": maker.statement, "stated_on": maker.stated_on},
    )  # fmt: skip
    return maker


@operation
def mark_decided(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    decision: str,
    decided_on: date | None = None,
    key: UUID | None = None,
) -> Consultation:
    """Write down what was decided; only once each decision-maker has said how they considered the replies."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    makers = queries.decision_makers_of(consultation)
    settle([
        *rules.a_decision_names_how_replies_were_considered(makers, closed=consultation.is_closed),
        *([] if decision.strip() else [refuse("C16", _("Write what was decided."), "decision")]),
    ])  # fmt: skip
    before = {"decision": consultation.decision, "decided_on": consultation.decided_on}
    consultation.decision, consultation.decided_on = clean(decision), decided_on or clock.today()
    consultation.save(update_fields=["decision", "decided_on"])
    record(
        by=by, verb="consultation.decide", thing=consultation, project_id=project_id, before=before,
        after={"decision": consultation.decision, "decided_on": consultation.decided_on},
    )  # fmt: skip
    return consultation


@operation
def write_report(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    said_words: str,
    decided_words: str,
    connect_words: str,
    key: UUID | None = None,
) -> Consultation:
    """The words of the three parts; figures and rows come by themselves."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    before = {name: getattr(consultation, name) for name in REPORT_FIELDS}
    consultation.said_words, consultation.decided_words = clean(said_words), clean(decided_words)
    consultation.connect_words = clean(connect_words)
    consultation.save(update_fields=list(REPORT_FIELDS))
    record(
        by=by, verb="consultation.write_report", thing=consultation, project_id=project_id, before=before,
        after={name: getattr(consultation, name) for name in REPORT_FIELDS},
    )  # fmt: skip
    return consultation


@operation
def publish_report(
    *, by: Any, project_id: UUID, consultation_id: UUID, site: str = "", key: UUID | None = None
) -> Consultation:
    """Show the report to everyone, and tell those who asked to hear."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    settle(
        rules.a_report_says_what_came_of_it(
            closed=consultation.is_closed, decided_words=consultation.decided_words,
            uncoded=queries.uncoded(consultation),
        )
    )  # fmt: skip
    before = {"published_at": consultation.published_at}
    consultation.published_by, consultation.published_at = by, clock.now()
    consultation.save(update_fields=["published_by", "published_at"])
    record(
        by=by, verb="consultation.publish_report", thing=consultation, project_id=project_id, before=before,
        after={"published_at": consultation.published_at},
    )  # fmt: skip
    if site:
        transaction.on_commit(lambda: tell_followers(consultation, site), robust=True)
    post(ReportPublished(project_id, consultation_id))
    return consultation
