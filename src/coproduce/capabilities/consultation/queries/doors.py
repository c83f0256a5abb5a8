"""The access doors of consultations, of replies, and of the organisation's calendar."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import Code, Consultation, DecisionMaker, Follower, Format, Period, Reading, Reply, Said
from ..terms import CODING, CONSULTATION, REPLIES

Row = TypeVar("Row", bound=Model)


def visit_consultations(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, CONSULTATION, purpose)


def consultation_for(
    person: Any, project_id: UUID, consultation_id: UUID, purpose: Purpose, kind: str = CONSULTATION
) -> tuple[Visit, Consultation]:
    visit = projects.visit(person, project_id, kind, purpose)
    return visit, _one(_consultations().filter(project_id=project_id, pk=consultation_id))


def public_consultation(consultation_id: UUID) -> Consultation:
    """For everyone, from the moment when it was opened; before that it is not there."""
    return _one(_consultations().filter(pk=consultation_id, opened_at__isnull=False))


def published_consultation(consultation_id: UUID) -> Consultation:
    """For everyone, once its report is out."""
    return _one(_consultations().filter(pk=consultation_id, published_at__isnull=False))


def report_for(person: Any, consultation_id: UUID) -> Consultation:
    """The report: for everyone once it is out, before that for those who write it."""
    found = _one(_consultations().filter(pk=consultation_id))
    if found.published_at is None:
        projects.visit(person, found.project_id, REPLIES, Purpose.READ)
    return found


def locked(consultation_id: UUID) -> Consultation:
    """Until the transaction ends, others who reply to it or run it wait."""
    rows = Consultation.objects.select_for_update(of=("self",), no_key=True).select_related(
        "version__document"
    )
    return _one(rows.filter(pk=consultation_id))


def reply_for(
    person: Any, project_id: UUID, consultation_id: UUID, reply_id: UUID, kind: str = REPLIES
) -> tuple[Visit, Consultation, Reply]:
    """A reply, for those who run the consultation; its words are elsewhere."""
    purpose = Purpose.RUN if kind == CODING else Purpose.READ
    visit, consultation = consultation_for(person, project_id, consultation_id, purpose, kind)
    rows = Reply.objects.select_related("person", "group", "entered_by", "asked_for", "set_aside_by")
    return (
        visit,
        consultation,
        _one(rows.defer("closed_words").filter(consultation=consultation, pk=reply_id)),
    )


def receipt(consultation_id: UUID, reply_id: UUID) -> Reply:
    """What whoever sent a reply sees again: that it is here, and its number."""
    rows = Reply.objects.defer("closed_words").filter(
        consultation_id=consultation_id, pk=reply_id, gathered=False
    )
    return _one(rows)


def reply_sent_with(form_key: UUID) -> Reply | None:
    return Reply.objects.filter(form_key=form_key).first()


def said_in(reply: Reply, said_id: UUID) -> Said:
    return _one(Said.objects.filter(reply=reply, pk=said_id))


def code_in(consultation: Consultation, code_id: UUID) -> Code:
    return _one(Code.objects.filter(consultation=consultation, pk=code_id))


def format_in(consultation: Consultation, format_id: UUID) -> Format:
    return _one(Format.objects.filter(consultation=consultation, pk=format_id))


def own_reading(reply: Reply, person: Any) -> Reading | None:
    return Reading.objects.filter(reply=reply, coder_id=person.pk).first()


def decision_making_for(
    person: Any, project_id: UUID, consultation_id: UUID
) -> tuple[Visit, Consultation, DecisionMaker]:
    """Nobody considers the replies in the name of somebody else."""
    visit, consultation = consultation_for(person, project_id, consultation_id, Purpose.READ)
    return (
        visit,
        consultation,
        _one(DecisionMaker.objects.filter(consultation=consultation, person_id=person.pk)),
    )


def follower(follower_id: UUID) -> Follower:
    return _one(Follower.objects.select_related("consultation", "person").filter(pk=follower_id))


# The organisation's calendar


def visit_calendar(person: Any, purpose: Purpose) -> None:
    """The administrator of the installation keeps it; those who lead a project read it."""
    keeps = person.is_authenticated and (person.is_installation_administrator or person.is_machine)
    if not (
        keeps or (purpose is Purpose.READ and person.is_authenticated and projects.may_start_project(person))
    ):
        raise NotThere


def may_keep_calendar(person: Any) -> bool:
    return bool(person.is_installation_administrator or person.is_machine)


def period(period_id: UUID) -> Period:
    return _one(Period.objects.filter(pk=period_id, removed_at=None))


def _consultations() -> QuerySet[Consultation]:
    return Consultation.objects.select_related("project", "version__document", "opened_by", "published_by")


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise NotThere
    return found
