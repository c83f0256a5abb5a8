"""The access doors of results: in the project, and with the link of a ballot that anyone may vote on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.voting import queries as voting
from coproduce.capabilities.voting.terms import Shown
from coproduce.core.access import NotThere, Purpose

from ..models import Evidence, Interim, Result
from ..rules import Figures
from ..rules import Statement as StatementFigures
from ..terms import EVIDENCE, RESULT
from .results import result_of, texts_of


@dataclass(frozen=True)
class Seen:
    """A ballot with what may be read of it now; `sealed` says that nobody may, whoever they are."""

    visit: Visit | None
    ballot: Any
    result: Result | Interim | None
    voter: Any
    sealed: bool

    @property
    def figures(self) -> Figures:
        if self.result is None:
            raise NotThere
        return self.result.read()


@dataclass(frozen=True)
class OneStatement:
    """A statement of a ballot with its figures."""

    seen: Seen
    result: Result | Interim
    all: Figures
    place: int
    statement: Any

    @property
    def ballot(self) -> Any:
        return self.seen.ballot

    @property
    def figures(self) -> StatementFigures:
        return self.all.statements[self.place]


def visit(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, RESULT, purpose)


def results_for(person: Any, project_id: UUID, ballot_id: UUID) -> Seen:
    """For somebody in the project."""
    found = projects.visit(person, project_id, RESULT, Purpose.READ)
    ballot = voting.ballot_in(project_id, ballot_id)
    return _seen(found, ballot, voting.voter_of(person, ballot))


def results_with_link(link: str, person: Any, cookie: str) -> Seen:
    """For whoever holds the link of a ballot that anyone may vote on."""
    ballot = voting.ballot_with_link(link)
    if ballot is None:
        raise NotThere
    voting.voter_door(person, ballot)
    known = getattr(person, "pk", None)
    voter = voting.voter_of(person, ballot) if known else voting.voter_with_cookie(cookie, ballot)
    return _seen(None, ballot, voter)


def address(ballot: Any, with_link: bool) -> str:
    """Where the result of a ballot is read: inside the project, or by whoever holds the link."""
    if with_link:
        return reverse("insights:public_result", args=[ballot.link])
    return reverse("insights:result", args=[ballot.project_id, ballot.pk])


def _seen(visit: Visit | None, ballot: Any, voter: Any) -> Seen:
    """Before the close only who has voted sees anything, and only where the ballot says so."""
    if ballot.is_draft:
        raise NotThere
    sealed = not ballot.is_closed and not _is_early_reader(ballot, voter)
    return Seen(visit, ballot, None if sealed else result_of(ballot), voter, sealed)


def _is_early_reader(ballot: Any, voter: Any) -> bool:
    """Whoever has given at least one vote, where the ballot is shown while it is open."""
    return ballot.shown == Shown.WHILE_OPEN and voter is not None and bool(voting.own_votes(voter))


def readable(seen: Seen) -> Seen:
    """For the pages that show nothing but figures."""
    if seen.sealed or seen.result is None:
        raise NotThere
    return seen


def statement_for(
    person: Any, project_id: UUID, ballot_id: UUID, statement_id: UUID, purpose: Purpose
) -> OneStatement:
    """A statement of a ballot whose result may be read; `purpose` is about evidence."""
    seen = readable(results_for(person, project_id, ballot_id))
    if seen.visit is None or seen.result is None or not seen.visit.may(EVIDENCE, purpose):
        raise NotThere
    figures = seen.figures
    places = [at for at, one in enumerate(figures.statements) if one.id == str(statement_id)]
    text = texts_of(seen.ballot).get(str(statement_id))
    if not places or text is None:
        raise NotThere
    return OneStatement(seen, seen.result, figures, places[0], text)


def evidence_for(
    person: Any, project_id: UUID, evidence_id: UUID, purpose: Purpose
) -> tuple[Visit, Evidence]:
    found = projects.visit(person, project_id, EVIDENCE, purpose)
    rows = Evidence.objects.filter(pk=evidence_id, result__ballot__project_id=project_id)
    evidence = rows.select_related("result__ballot", "statement", "by").first()
    if evidence is None:
        raise NotThere
    return found, evidence


def fresh_evidence(evidence: Evidence) -> Evidence:
    """As it stands inside the transaction."""
    return Evidence.objects.select_for_update().get(pk=evidence.pk)
