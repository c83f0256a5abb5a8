"""A project with people at its table, made through the real operations."""

from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.people import operations
from coproduce.capabilities.people.models import Group, Seat
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects import operations as projects


def a_person(name: str = "Ada Facilitator", email: str | None = None) -> Any:
    return accounts.add_person(by=None, name=name, email=email)


def a_project(facilitator: Any) -> Any:
    return projects.start_project(
        by=facilitator, title="Home After Hospital", summary="Care that starts on the day."
    )


def a_group(facilitator: Any, project: Any, kind: str = GroupKind.CITIZENS, **more: Any) -> Group:
    return operations.add_group(
        by=facilitator, project_id=project.pk, **({"name": f"Group of {kind}", "kind": kind} | more)
    )


def a_seat(facilitator: Any, project: Any, group: Group, name: str = "Priya Nair", **more: Any) -> Seat:
    return operations.add_seat(
        by=facilitator, project_id=project.pk, main_group_id=group.pk, name=name, **more
    )
