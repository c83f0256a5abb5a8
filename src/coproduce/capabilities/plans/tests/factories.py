"""A project with a citizen, a worker and a partner, made through the real operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.plans import operations, queries
from coproduce.capabilities.plans.models import Action, StandingCommitment
from coproduce.capabilities.projects import operations as projects
from coproduce.core.access import Role

NOW = datetime(2025, 10, 15, 9, tzinfo=UTC)
TODAY = date(2025, 10, 15)


@dataclass
class Plan:
    project: Any
    facilitator: Any
    manager: Any
    observer: Any
    citizen: Any
    worker: Any
    partner: Any

    @property
    def id(self) -> Any:
        return self.project.pk

    def action(self, what: str = "Print the card", **facts: Any) -> Action:
        usual = {"owner": self.worker, "start": date(2025, 9, 1), "end": date(2025, 11, 28)}
        return operations.add_action(by=self.facilitator, project_id=self.id, what=what, **usual | facts)

    def commitment(self, what: str = "Sensors only when asked for", **facts: Any) -> StandingCommitment:
        usual = {"checker": self.worker, "in_force_from": TODAY, "check_date": date(2026, 4, 15)}
        return operations.add_commitment(by=self.facilitator, project_id=self.id, what=what, **usual | facts)

    def barrier(self, statement: str = "Nobody told me") -> Any:
        return barriers.add_barrier(by=self.citizen, project_id=self.id, statement=statement, level=1)

    def status(self, action: Action, status: str, by: Any = None, **more: Any) -> Action:
        return operations.set_status(
            by=by or self.worker, project_id=self.id, action_id=action.pk, status=status, **more
        )

    def move(
        self, action: Action, to: Any, why: str = "The printer is late", by: Any = None, **more: Any
    ) -> Any:
        return operations.move_date(
            by=by or self.worker, project_id=self.id, action_id=action.pk, to=to, why=why, **more
        )

    def again(self, action: Action) -> Action:
        """The action as the database has it now."""
        return queries.action_in(self.id, action.pk)


def a_plan() -> Plan:
    facilitator, manager, observer = (
        accounts.add_person(by=None, name=name, email=None)
        for name in ("Owen Pritchard", "Helen Marsh", "Iris Lane")
    )
    machine, administrator = accounts.add_command_line(), Role.PROJECT_ADMINISTRATOR
    project = projects.start_project(by=machine, title="Home", summary="Care on the day.", role=administrator)
    roles = ((facilitator, Role.FACILITATOR), (manager, Role.MANAGER), (observer, Role.OBSERVER))
    for person, role in roles:
        projects.give_role(by=machine, project_id=project.pk, person=person, role=role)
    kinds = (GroupKind.CITIZENS, GroupKind.FRONTLINE, GroupKind.PARTNER)
    names = ("Joyce Penhale", "Ruth Llewellyn", "Siobhan Doyle")
    seated = [_seated(facilitator, project, kind, name) for kind, name in zip(kinds, names, strict=True)]
    return Plan(project, facilitator, manager, observer, *seated)


def _seated(facilitator: Any, project: Any, kind: GroupKind, name: str) -> Any:
    group = people.add_group(by=facilitator, project_id=project.pk, name=str(kind.label), kind=kind)
    seat = people.add_seat(by=facilitator, project_id=project.pk, main_group_id=group.pk, name=name)
    return seat.person
