"""Runs in a process of its own beside a server: an open round that two hundred people are invited to answer.

Prints, as JSON, the address of the form and a signed-in session for each person.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

PEOPLE = 200


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(prepare(), sys.stdout)


def prepare() -> dict[str, Any]:
    from django.urls import reverse

    from coproduce.capabilities.accounts.operations import add_command_line
    from coproduce.capabilities.people import operations as people
    from coproduce.capabilities.projects import operations as projects
    from coproduce.capabilities.rounds import operations as rounds
    from coproduce.core import clock

    leader = add_command_line()
    project = projects.start_project(by=leader, title="Bins on Mondays", summary="When bins are emptied.")
    projects.write_foreword(by=leader, project_id=project.pk, changes={"what_can_change": "The day."})
    projects.share_foreword(by=leader, project_id=project.pk)
    group = people.add_group(by=leader, project_id=project.pk, name="Neighbours", kind="residents")
    seats = [
        people.add_seat(by=leader, project_id=project.pk, main_group_id=group.pk, name=f"Neighbour {number}",
                        email=f"neighbour{number}@example.org")
        for number in range(PEOPLE)
    ]  # fmt: skip
    now = clock.now()
    opened = rounds.draft_round(
        by=leader, project_id=project.pk, title="Which day?", opens_at=now, seals_at=now + timedelta(days=5)
    )
    names = {"by": leader, "project_id": project.pk, "round_id": opened.pk}
    rounds.invite(**names, seat_ids=[seat.pk for seat in seats])
    rounds.open_round(**names)
    return {
        "path": reverse("rounds:answer", kwargs={"project_id": project.pk, "round_id": opened.pk}),
        "sessions": [session_of(seat.person) for seat in seats],
    }


def session_of(person: Any) -> str:
    """The cookie of someone who has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
