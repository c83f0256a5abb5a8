"""Before it opens: what is asked, of whom, in which formats, and when."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, refuse, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Consultation, Consultee, DecisionMaker, Format, Question
from ..terms import USUAL_DAYS, Channel, QuestionKind

FIELDS = (
    "title", "what_we_ask", "can_change", "cannot_change", "who_decides", "decides_on", "cost",
    "negative_effects", "told_on", "opens_on", "closes_on", "late_until", "why_short", "mitigation", "channels",
    "how_to_reply", "answers_by", "publishes_on", "reviews_on", "offers_outcomes", "gunning_open",
    "gunning_information", "gunning_time", "sealed",
)  # fmt: skip
# What may still be said once people rely on the rest.
WHILE_OPEN = frozenset({"mitigation", "how_to_reply", "late_until", "told_on", "channels"})
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"


@operation
def plan(
    *,
    by: Any,
    project_id: UUID,
    version_id: UUID,
    title: str,
    opens_on: date,
    closes_on: date | None = None,
    changes: Mapping[str, Any] | None = None,
    key: UUID | None = None,
) -> Consultation:
    """Plan a consultation on one version of a draft. What the foreword says already is taken from there."""
    queries.visit_consultations(by, project_id, Purpose.RUN)
    projects.take_turns(project_id)
    _visit, version = drafting.version_for(by, project_id, version_id, Purpose.READ)
    planned = Consultation(
        project_id=project_id, number=queries.next_number(project_id), title=title, version=version,
        opens_on=opens_on, closes_on=closes_on or opens_on + timedelta(days=USUAL_DAYS),
        channels=[Channel.WEB.value, Channel.PAPER.value, Channel.PHONE.value], short_code=_new_code(),
        started_by=by, started_at=clock.now(), **_from_foreword(project_id),
    )  # fmt: skip
    _set(planned, changes or {})
    settle([*_findings(planned), *rules.dates_stand_in_order(planned)])
    planned.save(force_insert=True)
    record(by=by, verb="consultation.plan", thing=planned, project_id=project_id, after=_facts(planned))
    return planned


@operation
def change(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    changes: Mapping[str, Any],
    version_id: UUID | None = None,
    key: UUID | None = None,
) -> Consultation:
    """Change the plan; `changes` holds any of FIELDS, once it is open only those in WHILE_OPEN."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    settle(_may_change(consultation, set(changes) | ({"version"} if version_id else set())))
    before = _facts(consultation)
    _set(consultation, changes)
    if version_id and version_id != consultation.version_id:
        consultation.version = drafting.version_for(by, project_id, version_id, Purpose.READ)[1]
    settle([*_findings(consultation), *rules.dates_stand_in_order(consultation)])
    consultation.save()
    record(
        by=by, verb="consultation.change", thing=consultation, project_id=project_id, before=before,
        after=_facts(consultation),
    )  # fmt: skip
    return consultation


@operation
def set_questions(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    questions: Sequence[Mapping[str, Any]],
    key: UUID | None = None,
) -> Consultation:
    """The questions of the form, in order: `words`, and `answers` to choose from where there are any."""
    consultation = _unopened(by, project_id, consultation_id)
    rows = [_question(consultation, place, one) for place, one in enumerate(questions, 1)]
    return _replace(
        by, consultation, Question, rows, "consultation.set_questions", ("words", "kind", "answers")
    )


@operation
def set_formats(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    formats: Sequence[Mapping[str, Any]],
    key: UUID | None = None,
) -> Consultation:
    """The formats that people asked for: `kind`, `detail`, `ready_on`, `where`. Those in use stay."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    known = {(one.kind, one.detail): one for one in queries.formats_of(consultation)}
    before = _list(known.values(), _FORMAT)
    for given in formats:
        row = known.pop((given["kind"], given.get("detail", "")), None) or Format(consultation=consultation)
        for name in _FORMAT:
            setattr(row, name, given.get(name, "" if name != "ready_on" else None))
        row.save()
    # A format in which somebody replied stays, whatever the list says.
    used = {row.pk for row in known.values() if queries.format_is_used(row)}
    Format.objects.filter(pk__in=[row.pk for row in known.values() if row.pk not in used]).delete()
    record(
        by=by, verb="consultation.set_formats", thing=consultation, project_id=project_id,
        before={"rows": before}, after={"rows": _list(queries.formats_of(consultation), _FORMAT)},
    )  # fmt: skip
    return consultation


_FORMAT = ("kind", "detail", "ready_on", "where")


@operation
def set_consultees(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    consultees: Sequence[Mapping[str, Any]],
    key: UUID | None = None,
) -> Consultation:
    """Whom we meant to ask and how each was reached: `who`, `group_id`, `way`, `reached_on`, `people`, `note`."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    groups = {group.pk for group in people.groups_of(project_id)}
    if not {one["group_id"] for one in consultees if one.get("group_id")} <= groups:
        raise NotThere
    rows = [
        Consultee(consultation=consultation, position=place, **one) for place, one in enumerate(consultees, 1)
    ]
    names = ("who", "group_id", "way", "reached_on", "people", "note")
    return _replace(by, consultation, Consultee, rows, "consultation.set_consultees", names)


@operation
def set_decision_makers(
    *, by: Any, project_id: UUID, consultation_id: UUID, person_ids: Collection[UUID], key: UUID | None = None
) -> Consultation:
    """Who decides afterwards. Whoever has stated how they considered the replies stays."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    wanted = [projects.member(project_id, id) for id in dict.fromkeys(person_ids)]
    known = {one.person_id: one for one in queries.decision_makers_of(consultation)}
    gone = [one.pk for id, one in known.items() if id not in set(person_ids) and not one.statement]
    DecisionMaker.objects.filter(pk__in=gone).delete()
    DecisionMaker.objects.bulk_create(
        DecisionMaker(consultation=consultation, person=person) for person in wanted if person.pk not in known
    )
    record(
        by=by, verb="consultation.set_decision_makers", thing=consultation, project_id=project_id,
        before={"people": sorted(known)},
        after={"people": sorted(one.person_id for one in queries.decision_makers_of(consultation))},
    )  # fmt: skip
    return consultation


def _from_foreword(project_id: UUID) -> dict[str, Any]:
    foreword = projects.foreword_of(project_id)
    if foreword.shared_at is None:
        return {}
    return {
        "can_change": foreword.what_can_change, "cannot_change": foreword.what_cannot_change,
        "who_decides": foreword.who_decides, "decides_on": foreword.decision_date,
    }  # fmt: skip


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _place in range(5))
        if not queries.code_is_taken(code):
            return code


def _set(consultation: Consultation, changes: Mapping[str, Any]) -> None:
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"A consultation has no {', '.join(sorted(unknown))}.")
    for name, value in changes.items():
        setattr(consultation, name, value)


def _findings(consultation: Consultation) -> list[Finding]:
    if consultation.title.strip():
        return []
    return [refuse("C16", _("Give it a title that people understand."), "title")]


def _may_change(consultation: Consultation, names: set[str]) -> list[Finding]:
    if consultation.is_opened and not names <= WHILE_OPEN:
        return [
            refuse("C16", _("It was opened, and people rely on what it says. This cannot change any more."))
        ]
    return []


def _unopened(by: Any, project_id: UUID, consultation_id: UUID) -> Consultation:
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    settle(_may_change(consultation, {"questions"}))
    return consultation


def _question(consultation: Consultation, place: int, given: Mapping[str, Any]) -> Question:
    answers = [str(one).strip() for one in given.get("answers", ()) if str(one).strip()]
    kind = QuestionKind.ONE_OF if answers else QuestionKind.WORDS
    return Question(
        consultation=consultation, position=place, kind=kind, words=given["words"].strip(), answers=answers
    )


def _replace(
    by: Any,
    consultation: Consultation,
    table: type[models.Model],
    rows: list[Any],
    verb: str,
    names: Sequence[str],
) -> Consultation:
    old = table._default_manager.filter(consultation=consultation).order_by("position")
    before = _list(old, names)
    old.delete()
    table._default_manager.bulk_create(rows)
    record(
        by=by, verb=verb, thing=consultation, project_id=consultation.project_id, before={"rows": before},
        after={"rows": _list(rows, names)},
    )  # fmt: skip
    return consultation


def _list(rows: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in names} for row in rows]


def _facts(consultation: Consultation) -> dict[str, Any]:
    facts = {name: getattr(consultation, name) for name in FIELDS}
    return facts | {"version": str(consultation.version), "number": consultation.number}
