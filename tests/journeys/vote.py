"""Runs in a process of its own beside a server: a project with barriers and people, and their sessions."""

import json
import os
import sys

BARRIERS = (
    "Nobody told me who comes. I sat and waited.", "The bus stops at six.",
    "The letter was full of words I did not know.",
)  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    from coproduce.capabilities.barriers.operations import add_barrier
    from coproduce.capabilities.people.operations import add_group, add_seat
    from tests.permissions.world import make_world
    from tests.reliability.round_of_200 import session_of

    world = make_world()
    lead = {"by": world.facilitator, "project_id": world.project.pk}
    group = add_group(**lead, name="People who use it", kind="citizens")
    seat = add_seat(**lead, main_group_id=group.pk, name="Maureen Hallett")
    for statement in BARRIERS:
        add_barrier(**lead, statement=statement, raised_by=seat.person)
    found = {"project": f"/projects/{world.project.pk}/", "facilitator": session_of(world.facilitator)}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
