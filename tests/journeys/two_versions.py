"""Runs in a process of its own beside a server: a document in two versions in which all kinds of passages changed.

Prints the path of its comparison and the session of somebody who takes part.
"""

import json
import os
import sys
from typing import Any

TEXT = """\
# Visits

Care workers visit twice a day.

* Ask each carer
* Write the answer down

| When | What |
|------|------|
| Day 1 | A call |
| Day 2 | A visit |

Nobody is asked how it went.
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(make(), sys.stdout)


def make() -> dict[str, str]:
    from django.urls import reverse

    from coproduce.capabilities.accounts.operations import add_person
    from coproduce.capabilities.drafting import operations, queries
    from coproduce.capabilities.drafting.rules.versions import Number
    from coproduce.capabilities.people.operations import add_group, add_seat
    from coproduce.capabilities.people.terms import Acknowledgement, GroupKind
    from coproduce.core.findings import Override
    from tests.permissions.world import make_world
    from tests.reliability.round_of_200 import session_of

    world = make_world()
    project, lead = world.project.pk, world.facilitator
    group = add_group(by=lead, project_id=project, name="Carers", kind=GroupKind.CARERS)
    amina = add_person(by=lead, name="Amina Yusuf")
    add_seat(
        by=lead,
        project_id=project,
        main_group_id=group.pk,
        person=amina,
        acknowledgement=Acknowledgement.NAMED,
    )
    document = operations.start_document(
        by=lead, project_id=project, title="Visits", text=TEXT, override=Override("A test.")
    )

    def publish(minor: int) -> None:
        operations.publish_version(
            by=lead, project_id=project, document_id=document.pk, number=Number(0, minor), summary="New"
        )

    def take_in(edits: Any) -> None:
        document.refresh_from_db()
        made = operations.suggest(by=amina, project_id=project, document_id=document.pk, edits=edits)
        operations.decide(by=lead, project_id=project, suggestion_id=made.pk, outcome="accepted")
        document.refresh_from_db()

    def type_over(old: str, new: str) -> None:
        state = queries.text_now(document)
        block = next(id for id, block in state.alive() if old in block.text)
        take_in(queries.typed_edits(document, document.seq, block, new))

    publish(1)
    type_over("twice a day", "Care workers visit three times a day.")
    take_in(queries.new_passage(document, document.seq, 2, "They ring first."))
    type_over("Ask each carer", "* Ask every carer")
    type_over("Write the answer", "")
    type_over("Day 1", "| Day 1 | A call and a visit |")
    type_over("Day 2", "")
    type_over("Nobody is asked", "")
    publish(2)
    path = reverse("drafting:compare", args=[project, document.pk])
    return {"path": path, "session": session_of(amina)}


if __name__ == "__main__":
    main()
