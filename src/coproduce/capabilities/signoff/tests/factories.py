"""A project on the day of its decision: one document, a carer, and those who lead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from coproduce.capabilities.accounts.operations import add_command_line, add_person
from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.equality.tests.factories import finished
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects.operations import give_role, start_project
from coproduce.capabilities.questions.terms import Stage
from coproduce.capabilities.questions.tests.factories import answer_every_kind
from coproduce.capabilities.signoff import operations
from coproduce.capabilities.signoff.models import SignOff
from coproduce.core import clock
from coproduce.core.access import Role
from coproduce.core.findings import Override

DECIDED, REVIEW = date(2025, 10, 15), date(2026, 10, 15)
AFTERNOON = datetime(2025, 10, 15, 15, tzinfo=UTC)


@dataclass
class Desk:
    project: Any
    document: Any
    facilitator: Any
    manager: Any
    carer: Any

    @property
    def id(self) -> Any:
        return self.project.pk

    def details(self, **changed: Any) -> dict[str, Any]:
        return {
            "title": "Home After Hospital", "decision": "Adopt the plan.", "decided_on": DECIDED,
            "meeting": "Cabinet", "owner_id": self.manager.pk, "facilitator_id": self.facilitator.pk,
            "review_on": REVIEW, **changed,
        }  # fmt: skip

    def write(self, by: Any = None, *, makers: Collection[Any] | None = None, **changed: Any) -> SignOff:
        """The manager decides, unless `makers` says otherwise, and says how people's words were considered."""
        deciding = [self.manager] if makers is None else list(makers)
        written = operations.write_sign_off(
            by=by or self.facilitator, project_id=self.id, document_id=self.document.pk,
            changes=self.details(**changed), maker_ids=[one.pk for one in deciding],
        )  # fmt: skip
        if makers is None:
            self.consider(self.manager)
        return written

    def consider(self, by: Any, statement: str = "I read all that people said, and weighed it.") -> Any:
        return operations.consider(by=by, project_id=self.id, statement=statement)

    def sign(self, by: Any = None, **more: Any) -> SignOff:
        return operations.sign(by=by or self.manager, project_id=self.id, **more)

    def barrier(self, importance: int = 5) -> Any:
        return barriers.add_barrier(
            by=self.carer, project_id=self.id, statement="Nobody asked me.", level=1, importance=importance
        )

    def suggest(self, *, doing: str = "", decided: str = "") -> Any:
        """A suggestion, with its answer if `decided`."""
        made = drafting.suggest(
            by=self.carer, project_id=self.id, document_id=self.document.pk, words="Ring the night before."
        )
        if decided:
            drafting.decide(
                by=self.manager,
                project_id=self.id,
                suggestion_id=made.pk,
                outcome=decided,
                doing=doing,
                place="The plan",
            )
        return made


def a_desk() -> Desk:
    # Whatever day the test is about, the assessment was final when the decision was taken.
    with clock.at(AFTERNOON):
        return _a_desk()


def _a_desk() -> Desk:
    machine = add_command_line()
    project = start_project(
        by=machine, title="Home After Hospital", summary="Care at home.", role=Role.PROJECT_ADMINISTRATOR
    )
    facilitator, manager = (
        _leader(machine, project, name, role)
        for name, role in (("Owen Pritchard", Role.FACILITATOR), ("Helen Moss", Role.MANAGER))
    )
    group = people.add_group(by=facilitator, project_id=project.pk, name="Carers", kind=GroupKind.CARERS)
    seat = people.add_seat(
        by=facilitator,
        project_id=project.pk,
        main_group_id=group.pk,
        name="Aisha Khan",
        acknowledgement="named",
    )
    document = drafting.start_document(
        by=facilitator, project_id=project.pk, title="The plan", text="# The plan\n\nAsk each carer.\n",
        override=Override("A test."),
    )  # fmt: skip
    drafting.publish_version(
        by=facilitator,
        project_id=project.pk,
        document_id=document.pk,
        number=Number(0, 1),
        summary="First words",
    )
    finished(by=facilitator, reader=manager, project_id=project.pk)
    answer_every_kind(asker=facilitator, answerer=manager, project_id=project.pk, stage=Stage.DECISION)
    return Desk(project, document, facilitator, manager, seat.person)


def _leader(machine: Any, project: Any, name: str, role: Role) -> Any:
    person = add_person(by=machine, name=name)
    give_role(by=machine, project_id=project.pk, person=person, role=role)
    return person
