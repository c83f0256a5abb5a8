"""Runs beside a server: a project with a draft, and the people who suggest and decide; prints sessions and paths."""

import json
import os
import sys
from typing import Any

TEXT = """\
# Home after hospital

People are told on the day when they go home.

## The first days

Care workers visit twice a day in the first week, and the visits end after six weeks.

The carers of each person are asked what they need.
"""
VISITS = 4  # the passage about the visits


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(_table(), sys.stdout)


def _table() -> dict[str, Any]:
    from coproduce.capabilities.accounts.operations import add_command_line
    from coproduce.capabilities.drafting import operations as drafting
    from coproduce.capabilities.people import operations as people
    from coproduce.capabilities.projects.operations import start_project
    from coproduce.core.access import Role
    from coproduce.core.findings import Override

    project = start_project(
        by=add_command_line(),
        title="Home after hospital",
        summary="Care at home.",
        role=Role.PROJECT_ADMINISTRATOR,
    )
    who = {name: _person(project, name, role) for name, role in _roles(Role).items()}
    fay = who["Fay"]
    group = people.add_group(by=fay, project_id=project.pk, name="Carers", kind="carers")
    for name in ("Priya", "Len"):
        people.add_seat(by=fay, project_id=project.pk, main_group_id=group.pk, person=who[name])
    document = drafting.start_document(
        by=fay, project_id=project.pk, title="The plan", text=TEXT, override=Override("For a test.")
    )
    drafting.write_summary(
        by=fay, project_id=project.pk, document_id=document.pk,
        points=["You get two visits a day in the first week.", "Your family is asked what it needs."],
    )  # fmt: skip
    _suggest(drafting, project, document, who["Len"])
    pages = f"/projects/{project.pk}/documents/{document.pk}/"
    return {
        "document": pages,
        "mine": f"/projects/{project.pk}/suggestions/mine/",
        "sessions": _sessions(who),
    }


def _roles(role: Any) -> dict[str, Any]:
    return {
        "Fay": role.FACILITATOR, "Helen": role.MANAGER, "Marta": role.MANAGER, "Priya": role.PARTICIPANT,
        "Len": role.PARTICIPANT,
    }  # fmt: skip


def _suggest(drafting: Any, project: Any, document: Any, author: Any) -> None:
    """S01 to S04: what others have said before the carer comes."""
    from coproduce.capabilities.drafting import queries

    about = {"by": author, "project_id": project.pk, "document_id": document.pk}
    edits = queries.typed_edits(
        document, document.seq, VISITS,
        "Care workers visit four times a day in the first week, and the visits end after six weeks.",
    )  # fmt: skip
    drafting.suggest(**about, edits=edits, reason="Four, as for my father")
    drafting.suggest(**about, kind="add", words="Ten free weeks for everybody")
    drafting.suggest(**about, kind="change", words="A nine per cent fee uplift")
    drafting.suggest(**about, kind="add", words="One shared care record in the first year")


def _person(project: Any, name: str, role: Any) -> Any:
    from coproduce.capabilities.accounts.operations import add_command_line, add_person
    from coproduce.capabilities.projects.operations import give_role

    machine = add_command_line()
    person = add_person(by=machine, name=name)
    give_role(by=machine, project_id=project.pk, person=person, role=role)
    return person


def _sessions(people: dict[str, Any]) -> dict[str, str]:
    from tests.reliability.round_of_200 import session_of

    return {name: session_of(person) for name, person in people.items()}


if __name__ == "__main__":
    main()
