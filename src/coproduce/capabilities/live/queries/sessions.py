"""Sessions and their doors: the facilitator's by role, the room's by a place, the lobby's by a code."""

import secrets
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Words

from ..models import Place, Session
from ..terms import CODE_LENGTH, CODE_LETTERS, SESSION


def session_for(
    person: Any, project_id: UUID, session_id: UUID, purpose: Purpose, kind: str = SESSION
) -> tuple[Visit, Session]:
    """The door of the pages of a session within its project; two queries."""
    visit = projects.visit(person, project_id, kind, purpose)
    session = (
        Session.objects.select_related("round", "project")
        .filter(project_id=visit.project.pk, pk=session_id)
        .first()
    )
    if session is None:
        raise NotThere
    return visit, session


def session_with_code(code: str) -> Session:
    """The door of the lobby: the right to ask for a place, and to nothing else."""
    running = Session.objects.select_related("round", "project").filter(ended_at__isnull=True)
    session = running.filter(join_code=spelled_code(code)).first()
    if session is None:
        raise NotThere
    return session


def spelled_code(typed: str) -> str:
    """As people type it: small letters, spaces and hyphens do not matter."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)[: CODE_LENGTH + 1]


def new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not Session.objects.filter(join_code=code, ended_at__isnull=True).exists():
            return code


def sessions_of(visit: Visit) -> QuerySet[Any]:
    """The sessions of a project, newest first, with how many places were taken."""
    sessions = Session.objects.filter(project_id=visit.project.pk).select_related("round")
    here = Place.objects.filter(session=OuterRef("pk"), removed_at__isnull=True).order_by().values("session")
    taken = Coalesce(Subquery(here.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    return sessions.annotate(places=taken).order_by("-planned_at", "pk")


def project_sessions(project_id: UUID) -> QuerySet[Session]:
    return Session.objects.filter(project_id=project_id).order_by("planned_at", "pk")


def is_held(round_id: UUID) -> bool:
    return Session.objects.filter(round_id=round_id, ended_at__isnull=True).exists()


def rounds_to_hold(visit: Visit) -> list[Any]:
    """Rounds that a session can be planned for: not sealed, and in no other session."""
    held = set(Session.objects.filter(ended_at__isnull=True).values_list("round_id", flat=True))
    return [one for one in rounds.rounds_of(visit) if not one.is_sealed and one.pk not in held]


def running_in(visit: Visit) -> list[Session]:
    """Sessions that someone could sit down in now."""
    return list(project_sessions(visit.project.pk).filter(ended_at__isnull=True).select_related("round"))


def groups_to_choose(session: Session) -> list[Any]:
    return list(people.groups_of(session.project_id))


def expected(session: Session) -> list[Any]:
    """Invited people who have no place in the room yet."""
    from .places import places_of

    here = set(places_of(session).values_list("person_id", flat=True))
    return [one for one in rounds.invitations_of(session.round) if one.person_id not in here]


def mark_of(turn: Any) -> str:
    """Names one call of one person: whoever passes is called once more."""
    return f"{turn.pk}.{turn.passes}" if turn else ""


def turn_now(session: Session) -> str:
    """The mark of the present turn; nothing when nobody is called."""
    try:
        return mark_of(rounds.current_turn(session.round))
    except NotThere:
        return ""


def summary_line(visit: Visit) -> Words:
    """One line for the overview of the project; one query."""
    running = list(Session.objects.filter(project_id=visit.project.pk).values_list("ended_at", flat=True))
    if not running:
        return _("No live session yet")
    ended = sum(moment is not None for moment in running)
    if ended < len(running):
        return _("A session is going on")
    return ngettext("%(count)s session held", "%(count)s sessions held", ended) % {"count": ended}


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The sessions, without their codes; who had a place stands among the invitations."""
    fields = (
        "id",
        "project_id",
        "round_id",
        "title",
        "is_anonymous",
        "heads",
        "planned_by_id",
        "planned_at",
        "ended_at",
    )
    return {"live_sessions": list(project_sessions(project_id).values(*fields))}
