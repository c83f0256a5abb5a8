"""A project with one document, and the people around it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from coproduce.capabilities.accounts.operations import add_command_line, add_person
from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import Decision, Document, Suggestion
from coproduce.capabilities.projects.operations import give_role, start_project
from coproduce.core.access import Role
from coproduce.core.findings import Override

TEXT = """\
# Home after hospital

Care workers visit twice a day.

## Carers

* Ask each carer
* Write the answer down

| When | What |
|------|------|
| Day 1 | A call |
"""
VISIT, CARER, WRITE = 2, 4, 5
NOON = datetime(2025, 5, 20, 11, tzinfo=UTC)


@dataclass
class Draft:
    """`facilitator`, `manager` and `citizen` in a project with one document."""

    project: Any
    document: Document
    facilitator: Any
    manager: Any
    citizen: Any

    def suggest(self, typed: str | None = None, *, block: int = VISIT, **more: Any) -> Suggestion:
        """The citizen types new words in place of a block, or (without `typed`) suggests in free words."""
        if typed is not None:
            self.document.refresh_from_db()
            seq = more.setdefault("base_seq", self.document.seq)
            more["edits"] = queries.typed_edits(self.document, seq, block, typed)
        more.setdefault("words", "" if typed is not None else "Visit at night, too")
        return operations.suggest(
            **{"by": self.citizen, "project_id": self.project.pk, "document_id": self.document.pk, **more}
        )

    def decide(self, suggestion: Suggestion, outcome: str = "accepted", **more: Any) -> Any:
        return operations.decide(
            **{
                "by": self.manager, "project_id": self.project.pk, "suggestion_id": suggestion.pk,
                "outcome": outcome, **more,
            }
        )  # fmt: skip

    def publish(self, number: Any, summary: str = "First words", **more: Any) -> Any:
        return operations.publish_version(
            by=self.facilitator, project_id=self.project.pk, document_id=self.document.pk, number=number,
            summary=summary, **more,
        )  # fmt: skip

    def text(self) -> str:
        return queries.text_now(self.document).text()


def make_draft(text: str = TEXT) -> Draft:
    machine = add_command_line()
    project = start_project(
        by=machine, title="Home after hospital", summary="Care at home.", role=Role.PROJECT_ADMINISTRATOR
    )
    people = [_member(machine, project, *one) for one in _PEOPLE]
    document = operations.start_document(
        by=people[0], project_id=project.pk, title="The plan", text=text, override=Override("A test.")
    )
    return Draft(project, document, *people)


_PEOPLE = (("Fay", Role.FACILITATOR), ("Marta", Role.MANAGER), ("Priya", Role.PARTICIPANT))


def _member(machine: Any, project: Any, name: str, role: Role) -> Any:
    person = add_person(by=machine, name=name)
    give_role(by=machine, project_id=project.pk, person=person, role=role)
    return person


def another(scene: Draft, name: str = "Len") -> Any:
    """One more participant."""
    person = add_person(by=scene.facilitator, name=name)
    give_role(by=scene.facilitator, project_id=scene.project.pk, person=person, role=Role.PARTICIPANT)
    return person


def about(scene: Draft, suggestion: Any, by: Any = None) -> dict[str, Any]:
    """What an operation on this suggestion is told; by the citizen unless said."""
    who = by or scene.citizen
    return {"by": who, "project_id": scene.project.pk, "suggestion_id": suggestion.pk}


def decline(scene: Draft, suggestion: Any, **more: Any) -> Decision:
    return scene.decide(suggestion, "declined", reason_code="LAW", reason="The law says no.", **more)


def fresh(suggestion: Any) -> Suggestion:
    return Suggestion.objects.get(pk=suggestion.pk)
