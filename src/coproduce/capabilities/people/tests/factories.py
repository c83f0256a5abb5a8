"""A project with people at its table, made through the real operations."""

from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.people import operations
from coproduce.capabilities.people.models import Group, Seat
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects import operations as projects
from coproduce.core.access import Role

ADMIN = Role.PROJECT_ADMINISTRATOR


def a_person(name: str = "Ada Facilitator", email: str | None = None) -> Any:
    return accounts.add_person(by=None, name=name, email=email)


def a_project(facilitator: Any) -> Any:
    machine = accounts.add_command_line()
    summary = "Care that starts on the day people go home."
    project = projects.start_project(by=machine, title="Home After Hospital", summary=summary, role=ADMIN)
    projects.give_role(by=machine, project_id=project.pk, person=facilitator, role=Role.FACILITATOR)
    return project


def a_group(facilitator: Any, project: Any, kind: str = GroupKind.CITIZENS, **more: Any) -> Group:
    return operations.add_group(
        by=facilitator, project_id=project.pk, **({"name": f"Group of {kind}", "kind": kind} | more)
    )


def a_seat(facilitator: Any, project: Any, group: Group, name: str = "Priya Nair", **more: Any) -> Seat:
    return operations.add_seat(
        by=facilitator, project_id=project.pk, main_group_id=group.pk, name=name, **more
    )
