from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coproduce.core import access
from coproduce.core.access import NotThere, Purpose, Role
from coproduce.core.findings import Finding, Words

from .models import Foreword, ForewordChange, Invitation, Option, Project, ProjectRole
from .terms import PROJECT, Intent

_LEADING = (Role.FACILITATOR, Role.MANAGER)


@dataclass
class Visit:
    """A person inside a project, with what they may do there and who leads it."""

    person: Any
    project: Project
    roles: frozenset[Role]
    facilitators: list[Any] = field(default_factory=list)
    managers: list[Any] = field(default_factory=list)

    def may(self, kind: str, purpose: Purpose | str) -> bool:
        return access.may(self.roles, kind, Purpose(purpose))

    @cached_property
    def may_run(self) -> bool:
        return self.may(PROJECT, Purpose.RUN)

    @cached_property
    def may_administer(self) -> bool:
        return self.may(PROJECT, Purpose.ADMINISTER)


def visit(person: Any, project_id: UUID, kind: str, purpose: Purpose) -> Visit:
    """The access door of every project page. One query; raises NotThere for whom it is not."""
    found = _visit(person, project_id)
    if found is None or not found.may(kind, purpose):
        raise NotThere
    return found


def has_role_for(person_id: UUID, project_id: UUID, kind: str, purpose: Purpose) -> Exists:
    """The same door as a condition within another query, for operations that need to know nothing else."""
    fitting = [role for role in Role if access.may([role], kind, purpose)]
    return Exists(ProjectRole.objects.filter(project_id=project_id, person_id=person_id, role__in=fitting))


def public_visit(person: Any, project_id: UUID) -> Visit:
    """A project as the public may see it: callers show only what was published."""
    found = _visit(person, project_id)
    if found is None:
        raise NotThere
    return found


def _visit(person: Any, project_id: UUID) -> Visit | None:
    mine = Q(person_id=person.pk) if getattr(person, "pk", None) else Q(pk__in=[])
    held = list(
        ProjectRole.objects.filter(Q(role__in=_LEADING) | mine, project_id=project_id)
        .select_related("project", "person")
        .order_by("given_at", "pk")
    )
    if not held:
        return None
    return Visit(
        person=person,
        project=held[0].project,
        roles=frozenset(Role(row.role) for row in held if row.person_id == getattr(person, "pk", None)),
        facilitators=[row.person for row in held if row.role == Role.FACILITATOR],
        managers=[row.person for row in held if row.role == Role.MANAGER],
    )


def projects_of(person: Any) -> QuerySet[Project]:
    """The projects in which a person has a role, newest first."""
    roles = ProjectRole.objects.filter(person_id=person.pk)
    return Project.objects.filter(pk__in=roles.values("project_id")).order_by("-started_at", "pk")


def project(project_id: UUID) -> Project:
    """A project by its id, for command lines and exports; pages go through `visit`."""
    return Project.objects.get(pk=project_id)


def take_turns(project_id: UUID) -> None:
    """Until the transaction ends, others who number things in this project wait."""
    Project.objects.select_for_update(no_key=True).get(pk=project_id)


def project_imported_from(fingerprint: str) -> Project | None:
    return Project.objects.filter(imported_from=fingerprint).first()


def foreword_of(project_id: UUID) -> Foreword:
    return Foreword.objects.select_related("project").get(pk=project_id)


def options_of(project_id: UUID) -> QuerySet[Option]:
    return Option.objects.filter(project_id=project_id).order_by("pk")


def option_of(project_id: UUID, option_id: UUID) -> Option:
    option = Option.objects.filter(project_id=project_id, pk=option_id).first()
    if option is None:
        raise NotThere
    return option


def foreword_is_shared(project_id: UUID) -> bool:
    return Foreword.objects.filter(pk=project_id, shared_at__isnull=False).exists()


def changes_since_shared(project_id: UUID) -> QuerySet[ForewordChange]:
    """What changed in the foreword and its options after people could read it, the first change first."""
    changes = ForewordChange.objects.filter(project_id=project_id).select_related("by", "option")
    return changes.order_by("at", "pk")


# Given the id of a project; a capability above says what its foreword's gate still misses.
GateCheck = Callable[[UUID], list[Finding]]
_gate_checks: list[GateCheck] = []


def the_foreword_is_checked_by(check: GateCheck) -> None:
    """From now on `check` is asked too before a foreword is shared."""
    if check not in _gate_checks:
        _gate_checks.append(check)


def foreword_gate(project_id: UUID) -> list[Finding]:
    """What capabilities above find missing at the foreword."""
    return [finding for check in _gate_checks for finding in check(project_id)]


def open_to_change(project_id: UUID) -> tuple[str, str] | None:
    """(what can change, what cannot and why) of a shared foreword."""
    shared = Foreword.objects.filter(pk=project_id, shared_at__isnull=False)
    return shared.values_list("what_can_change", "what_cannot_change").first()


def stated_intents(project_id: UUID) -> frozenset[Intent]:
    """What the leaders say they want, from the foreword."""
    values = Foreword.objects.filter(pk=project_id).values_list("stated_intents", flat=True).first()
    return frozenset(Intent(value) for value in values or [])


def foreword_summary(visit: Visit) -> Words:
    foreword = Foreword.objects.filter(pk=visit.project.pk).only("shared_at").first()
    if foreword is None or foreword.shared_at is None:
        return _("Not shared yet")
    return _("Shared on %(day)s") % {"day": date_format(localtime(foreword.shared_at), "j F Y")}


def roles_in(project_id: UUID) -> QuerySet[ProjectRole]:
    return (
        ProjectRole.objects.filter(project_id=project_id)
        .select_related("person")
        .order_by("role", "given_at")
    )


def role_holders(project_id: UUID, roles: Iterable[Role]) -> list[Any]:
    """The people with any of these roles, each once, in the order they got them."""
    rows = roles_in(project_id).filter(role__in=list(roles)).order_by("given_at", "pk")
    return list({row.person_id: row.person for row in rows}.values())


def facilitators_of(project_id: UUID) -> list[Any]:
    return role_holders(project_id, [Role.FACILITATOR])


def managers_of(project_id: UUID) -> list[Any]:
    return role_holders(project_id, [Role.MANAGER])


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def invitation_for(token: str, now: datetime) -> Invitation:
    """The invitation behind a personal link that still works."""
    invitation = (
        Invitation.objects.select_related("person", "project")
        .filter(token_hash=token_hash(token), used_at__isnull=True, expires_at__gt=now)
        .first()
    )
    if invitation is None:
        raise NotThere
    return invitation


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The tables of this capability, for the record."""
    return {
        "projects": [dict(row) for row in Project.objects.filter(pk=project_id).values()],
        "forewords": [dict(row) for row in Foreword.objects.filter(pk=project_id).values()],
        "options": [dict(row) for row in options_of(project_id).values()],
        "foreword_changes": [dict(row) for row in changes_since_shared(project_id).values()],
        "roles": [dict(row) for row in roles_in(project_id).order_by("pk").values()],
    }


def members_of(project_id: UUID) -> list[Any]:
    """Each person with a role in the project, by name; one query."""
    held = {role.person_id: role.person for role in roles_in(project_id)}
    return sorted(held.values(), key=lambda person: person.shown_name.casefold())


def member(project_id: UUID, person_id: UUID) -> Any:
    """Someone with a role in the project."""
    row = roles_in(project_id).filter(person_id=person_id).first()
    if row is None:
        raise NotThere
    return row.person


def may_start_project(person: Any) -> bool:
    """Those who look after the installation, and those who lead a project already."""
    if getattr(person, "is_installation_administrator", False) or getattr(person, "is_machine", False):
        return True
    return ProjectRole.objects.filter(person_id=person.pk, role__in=_LEADING).exists()


def project_exists(project_id: UUID) -> bool:
    return Project.objects.filter(pk=project_id).exists()


def first_project() -> Project | None:
    """The project that was started first: in the demo, the example."""
    return Project.objects.order_by("pk").first()


def all_project_ids() -> list[UUID]:
    """Every project of the installation, oldest first; for what is kept up to date for all of them. One query."""
    return list(Project.objects.order_by("pk").values_list("pk", flat=True))


def projects_held_by(person: Any, roles: Iterable[Role]) -> QuerySet[Any, Any]:
    """The ids of the projects in which a person has one of these roles, as a query within others."""
    held = ProjectRole.objects.filter(person_id=person.pk, role__in=list(roles))
    return held.order_by().values_list("project_id", flat=True).distinct()


def managed_by(person: Any) -> list[UUID]:
    """The projects of which a person is a manager."""
    rows = ProjectRole.objects.filter(person_id=person.pk, role=Role.MANAGER)
    return list(rows.values_list("project_id", flat=True).distinct())


def people_in_role(role: Role, project_ids: Any) -> list[UUID]:
    """Everyone who has this role in any of these projects; one query."""
    rows = ProjectRole.objects.filter(role=role, project_id__in=project_ids)
    return list(rows.values_list("person_id", flat=True).distinct())
