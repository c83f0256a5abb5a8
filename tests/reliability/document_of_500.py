"""Runs in a process of its own beside a server: a document that five hundred people may suggest on, and its manager.

Prints, as JSON, the addresses and a signed-in session for each of them.
"""

import json
import os
import sys
from typing import Any

PEOPLE, PASSAGES, WORDS = 500, 100, 24


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    from django.db import transaction

    # One commit: making the people is not what is tried here.
    with transaction.atomic():
        prepared = prepare()
    json.dump(prepared, sys.stdout)


def passage(number: int) -> str:
    """Words that stand nowhere else."""
    return " ".join(f"p{number}w{word}" for word in range(WORDS))


def prepare() -> dict[str, Any]:
    from coproduce.capabilities.accounts.operations import add_command_line, add_person
    from coproduce.capabilities.drafting import operations as drafting
    from coproduce.capabilities.people import operations as people
    from coproduce.capabilities.projects import operations as projects
    from coproduce.core.access import Role
    from coproduce.core.findings import Override

    from .round_of_200 import session_of

    leader = add_command_line()
    project = projects.start_project(by=leader, title="Bins on Mondays", summary="When bins are emptied.")
    manager = add_person(by=leader, name="Marta")
    projects.give_role(by=leader, project_id=project.pk, person=manager, role=Role.MANAGER)
    group = people.add_group(by=leader, project_id=project.pk, name="Neighbours", kind="residents")
    seats = [
        people.add_seat(by=leader, project_id=project.pk, main_group_id=group.pk, name=f"Neighbour {number}",
                        email=f"neighbour{number}@example.org")
        for number in range(PEOPLE)
    ]  # fmt: skip
    document = drafting.start_document(
        by=leader, project_id=project.pk, title="The plan", override=Override("A test."),
        text="".join(f"{passage(number)}\n\n" for number in range(PASSAGES)),
    )  # fmt: skip
    return {
        "document": f"/projects/{project.pk}/documents/{document.pk}/",
        "suggestions": f"/projects/{project.pk}/suggestions/",
        "manager": session_of(manager),
        "sessions": [session_of(seat.person) for seat in seats],
    }


if __name__ == "__main__":
    main()
