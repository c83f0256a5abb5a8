"""A small world for the grid: a project, a person in each role, and a stranger who leads another project."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from coproduce.capabilities.accounts.operations import add_command_line, add_person
from coproduce.capabilities.projects.operations import give_role, start_project
from coproduce.core.access import Role

IN_THE_PROJECT = (
    Role.FACILITATOR, Role.MANAGER, Role.PARTICIPANT, Role.OBSERVER, Role.PROJECT_ADMINISTRATOR,
)  # fmt: skip

_number = count(1)


@dataclass
class World:
    """`project` is ours; `elsewhere` is the stranger's. `people` is by role: `world.people[Role.MANAGER]`."""

    project: Any
    elsewhere: Any
    people: dict[str, Any] = field(default_factory=dict)

    @property
    def facilitator(self) -> Any:
        return self.people[Role.FACILITATOR]

    @property
    def manager(self) -> Any:
        return self.people[Role.MANAGER]

    @property
    def participant(self) -> Any:
        return self.people[Role.PARTICIPANT]

    @property
    def stranger(self) -> Any:
        return self.people["stranger"]


def make_world() -> World:
    people = {name: _person(name) for name in (*IN_THE_PROJECT, "stranger", Role.INSTALLATION_ADMINISTRATOR)}
    keeper = people[Role.INSTALLATION_ADMINISTRATOR]
    keeper.is_installation_administrator = True
    keeper.save()
    ours = _project("A walk-in clinic", {role: people[role] for role in IN_THE_PROJECT})
    theirs = _project("A bus route", {Role.FACILITATOR: people["stranger"]})
    return World(ours, theirs, people)


def _project(title: str, roles: dict[Role, Any]) -> Any:
    """Started by the command line, which has no seat at the table."""
    machine = add_command_line()
    project = start_project(
        by=machine, title=title, summary="Where it should be.", role=Role.PROJECT_ADMINISTRATOR
    )
    for role, person in roles.items():
        give_role(by=machine, project_id=project.pk, person=person, role=role)
    return project


def _person(name: str) -> Any:
    address = f"{name}.{next(_number)}@example.org"
    return add_person(by=None, name=f"Someone {name.replace('_', ' ')}", email=address)
