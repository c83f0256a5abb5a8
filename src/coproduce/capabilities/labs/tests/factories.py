"""A project with five groups and eight people, made through the real operations."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.labs import operations, queries
from coproduce.capabilities.labs.models import Lab
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects import operations as projects
from coproduce.core import clock
from coproduce.core.access import Role

NOW = datetime(2025, 3, 10, 9, tzinfo=UTC)
DAY = date(2025, 3, 20)
EVENING = datetime(2025, 3, 20, 20, tzinfo=UTC)

SEATS = (
    ("Maureen Hallett", GroupKind.CITIZENS),
    ("Colin Whitlock", GroupKind.CARERS),
    ("Ruth Llewellyn", GroupKind.FRONTLINE),
    ("Graham Tully", GroupKind.LEADERS),
    ("Siobhan Doyle", GroupKind.PARTNER),
)


@dataclass
class House:
    project: Any
    facilitator: Any
    manager: Any
    observer: Any
    seats: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> Any:
        return self.project.pk

    @property
    def here(self) -> dict[str, Any]:
        return {"by": self.facilitator, "project_id": self.id}

    @property
    def maureen(self) -> Any:
        """A citizen."""
        return self.seats["Maureen Hallett"].person

    def group(self, kind: GroupKind) -> Any:
        return next(seat.main_group for seat in self.seats.values() if seat.main_group.kind == kind)

    def groups(self) -> list[Any]:
        return [self.group(kind) for _name, kind in SEATS]

    def lab(self, question: str = "How should it work?", **facts: Any) -> Lab:
        usual = {"date": DAY, "starts_at": time(14)}
        return operations.plan_lab(**self.here, question=question, **usual | facts)

    def open_to_change(self) -> None:
        projects.write_foreword(**self.here, changes={"what_can_change": "How it works."})

    def declare(self, **changes: Any) -> Any:
        """What must be said before anybody is invited: what can change, and who pays."""
        self.open_to_change()
        return operations.declare_facilitation(**self.here, changes={"paid_by": "The council"} | changes)

    def need(self, name: str = "Maureen Hallett", need: str = "Urdu interpreter", **more: Any) -> Any:
        seat = self.seats[name]
        usual = {"kind": "professional", "share_with_venue": True}
        return people.add_need(**self.here, seat_id=seat.pk, need=need, **usual | more)

    def held(self, *counts: int, turns: tuple[int, ...] = (), **facts: Any) -> Lab:
        """A lab with so many people of each group, in the evening of its day."""
        lab = self.lab(**facts)
        with clock.at(datetime.combine(lab.date, time(20), UTC)):
            attended = {group.pk: count for group, count in zip(self.groups(), counts, strict=True)}
            operations.attend(**self.here, lab_id=lab.pk, attended=attended)
            if turns:
                counted = {group.pk: count for group, count in zip(self.groups(), turns, strict=True)}
                operations.tally_sheet(**self.here, lab_id=lab.pk, turns=counted)
        return self.again(lab)

    def again(self, lab: Lab) -> Lab:
        """The lab as the database has it now."""
        return queries.lab_in(self.id, lab.pk)

    def findings(self, lab: Lab) -> list[Any]:
        return queries.findings_of(queries.figures_of(self.id), self.again(lab))


def a_house() -> House:
    facilitator, manager, observer = (
        accounts.add_person(by=None, name=name, email=None)
        for name in ("Owen Pritchard", "Helen Marsh", "Iris Lane")
    )
    machine, administrator = accounts.add_command_line(), Role.PROJECT_ADMINISTRATOR
    project = projects.start_project(by=machine, title="Home", summary="Care on the day.", role=administrator)
    roles = ((facilitator, Role.FACILITATOR), (manager, Role.MANAGER), (observer, Role.OBSERVER))
    for person, role in roles:
        projects.give_role(by=machine, project_id=project.pk, person=person, role=role)
    house = House(project, facilitator, manager, observer)
    for name, kind in SEATS:
        group = people.add_group(**house.here, name=str(kind.label), kind=kind)
        house.seats[name] = people.add_seat(**house.here, main_group_id=group.pk, name=name)
    return house
