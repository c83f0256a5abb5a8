"""Assessments made through the real operations, for the tests of this capability and of those above it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from coproduce.capabilities.accounts.operations import add_command_line, add_person
from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.equality import operations, queries
from coproduce.capabilities.equality.models import Assessment, Row
from coproduce.capabilities.plans import operations as plans
from coproduce.capabilities.projects.operations import give_role, start_project
from coproduce.core.access import Role

NOW = datetime(2025, 10, 6, 10, tzinfo=UTC)
TODAY = NOW.date()


def finished(*, by: Any, reader: Any, project_id: Any, reviewer: Any = None) -> Any:
    """An assessment that stands in nobody's way: nothing blank, final, and read by who decides."""
    lead = {"by": by, "project_id": project_id}
    operations.begin(**lead, additions=[])
    operations.screen(**lead, affects=True, why="It changes who visits whom.")
    for row in rows(project_id):
        operations.write_row(
            **lead, row_id=row.pk, changes={"know": "Looked at.", "impacts": ["none"]}, seen=row.revision
        )
    operations.write_about(
        **lead,
        changes={
            "conclusion": "no_change", "assessor_id": by.pk, "reviewer_id": (reviewer or reader).pk,
            "decision_maker_id": reader.pk, "monitoring_on": date(2026, 10, 1),
        },
    )  # fmt: skip
    final = operations.save_version(**lead, kind="final", note="Final.")
    operations.confirm_reading(by=reader, project_id=project_id, version_id=final.pk)
    return final


def assessment(project_id: Any) -> Assessment:
    found = queries.assessment_of(project_id)
    assert found
    return found


def rows(project_id: Any) -> list[Row]:
    return queries.rows_of(assessment(project_id))


@dataclass
class House:
    """A project with those who lead it, a citizen and who decides."""

    project: Any
    facilitator: Any
    manager: Any
    citizen: Any
    councillor: Any

    @property
    def id(self) -> Any:
        return self.project.pk

    @property
    def lead(self) -> dict[str, Any]:
        return {"by": self.facilitator, "project_id": self.id}

    def begin(self, *additions: str) -> Assessment:
        operations.begin(**self.lead, additions=additions)
        return assessment(self.id)

    def finish(self) -> Any:
        return finished(
            by=self.facilitator, reader=self.councillor, project_id=self.id, reviewer=self.manager
        )

    def row(self, characteristic: str = "rural") -> Row:
        return next(one for one in rows(self.id) if one.characteristic == characteristic)

    def write(self, characteristic: str = "rural", **changes: Any) -> Row:
        row = self.row(characteristic)
        return operations.write_row(**self.lead, row_id=row.pk, changes=changes, seen=row.revision)

    def link(self, side: str, *things: Any, characteristic: str = "rural") -> Row:
        offered = [
            one for kind in ("barriers.barrier", "plans.action", "plans.standingcommitment")
            for one in queries.linked_by_value(self.id, [f"{kind}:{thing.pk}" for thing in things])
        ]  # fmt: skip
        return operations.link_row(**self.lead, row_id=self.row(characteristic).pk, side=side, linked=offered)

    def barrier(self, words: str = "The bus comes twice a day.") -> Any:
        return barriers.add_barrier(by=self.citizen, project_id=self.id, statement=words)

    def action(self, what: str = "Try a first visit within four hours in villages") -> Any:
        return plans.add_action(
            **self.lead, what=what, owner=self.manager, start=date(2025, 11, 3), end=date(2026, 2, 27)
        )

    def survey(self, *questions: str, asked: int | None = None) -> Any:
        return operations.open_monitoring(
            **self.lead,
            purpose="To see who is missing.",
            questions=questions or ["age", "carer"],
            asked=asked,
        )


def a_house(jurisdiction: str = "england") -> House:
    machine = add_command_line()
    project = start_project(
        by=machine, title="Home", summary="Care at home.", role=Role.PROJECT_ADMINISTRATOR,
        jurisdiction=jurisdiction,
    )  # fmt: skip
    people = []
    for name, role in (
        ("Owen Pritchard", Role.FACILITATOR), ("Helen Marsh", Role.MANAGER), ("Maureen Hallett", Role.PARTICIPANT),
        ("Graham Tully", Role.PARTICIPANT),
    ):  # fmt: skip
        person = add_person(by=machine, name=name)
        give_role(by=machine, project_id=project.pk, person=person, role=role)
        people.append(person)
    return House(project, *people)
