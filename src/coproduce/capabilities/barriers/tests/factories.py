"""A project with two groups at its table and a few barriers, made through the real operations."""

from dataclasses import dataclass
from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import Barrier, Theme
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects import operations as projects
from coproduce.core.access import Role


@dataclass
class Table:
    """One citizen and one carer of the same group, a worker of another, and those who lead."""

    project: Any
    facilitator: Any
    manager: Any
    maureen: Any
    desmond: Any
    rob: Any
    g1: Any
    g2: Any

    @property
    def id(self) -> Any:
        return self.project.pk

    def barrier(self, statement: str = "Nobody told me", by: Any = None, **facts: Any) -> Barrier:
        return operations.add_barrier(
            by=by or self.maureen, project_id=self.id, statement=statement, **{"level": 1} | facts
        )

    def theme(self, name: str = "Waiting") -> Theme:
        return operations.add_theme(by=self.facilitator, project_id=self.id, name=name)

    def respond(self, barrier: Barrier, response: str = "reduce", **more: Any) -> Barrier:
        usual = {"response_words": "Ring the day before", "lets_people": "Get ready"}
        return operations.respond(
            by=self.facilitator, project_id=self.id, barrier_id=barrier.pk, response=response, **usual | more
        )

    def merge(self, barrier: Barrier, into: Barrier) -> Barrier:
        return operations.merge(
            by=self.facilitator, project_id=self.id, barrier_id=barrier.pk, into_id=into.pk
        )

    def again(self, barrier: Barrier) -> Barrier:
        """The barrier as the database has it now."""
        return queries.barrier_in(self.id, barrier.pk)


def a_table() -> Table:
    facilitator, manager = _person("Owen Pritchard"), _person("Helen Moss")
    machine, title = accounts.add_command_line(), "Home After Hospital"
    administrator = Role.PROJECT_ADMINISTRATOR
    project = projects.start_project(by=machine, title=title, summary="Care on the day.", role=administrator)
    for person, role in ((facilitator, Role.FACILITATOR), (manager, Role.MANAGER)):
        projects.give_role(by=machine, project_id=project.pk, person=person, role=role)
    groups = [
        people.add_group(by=facilitator, project_id=project.pk, name=name, kind=kind)
        for name, kind in (("People who use it", GroupKind.CITIZENS), ("Workers", GroupKind.FRONTLINE))
    ]
    seated = [
        people.add_seat(by=facilitator, project_id=project.pk, main_group_id=group.pk, name=name).person
        for name, group in (
            ("Maureen Hallett", groups[0]), ("Desmond Clarke", groups[0]), ("Rob Ellis", groups[1]),
        )
    ]  # fmt: skip
    return Table(project, facilitator, manager, *seated, *groups)


def _person(name: str) -> Any:
    return accounts.add_person(by=None, name=name, email=None)
