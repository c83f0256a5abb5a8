"""Runs in a process of its own beside a server: the project and the people of an evening, before it begins.

The five groups, the twenty-four people and the stated aims are those of the demo's story. Nobody has answered anything.
Prints, as JSON, the addresses of the project, and for each person either a personal link or a signed-in session.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(prepare(), sys.stdout)


def prepare() -> dict[str, Any]:
    from django.urls import reverse

    from coproduce.capabilities.rounds import operations as rounds
    from coproduce.config.demo.seed import opening
    from coproduce.config.demo.story import story
    from coproduce.core import clock

    told, now = story(), clock.now()
    cast = opening.open_project(told)
    opening.share_foreword(cast)
    about = {"by": cast.facilitator, "project_id": cast.project_id}
    opened = rounds.draft_round(
        **about, title="Home after hospital: what would it change?", proposal="Foreword, version 0.1",
        opens_at=now, seals_at=now + timedelta(days=1),
    )  # fmt: skip
    rounds.invite(**about, round_id=opened.pk, seat_ids=[seat.pk for seat in cast.seats.values()])
    return {
        "project": reverse("projects:overview", args=[cast.project_id]),
        "round": reverse("rounds:round", args=[cast.project_id, opened.pk]),
        "round_title": opened.title,
        "people": {code: {"name": person.name, **_way_in(cast, person)} for code, person in cast.people.items()},
    }  # fmt: skip


def _way_in(cast: Any, person: Any) -> dict[str, str]:
    """Who has no e-mail address gets a link from the facilitator; the others have signed in before."""
    from django.urls import reverse

    from coproduce.capabilities.projects import operations as projects
    from tests.reliability.round_of_200 import session_of

    if person.email:
        return {"session": session_of(person)}
    token = projects.new_token()
    projects.invite(by=cast.facilitator, project_id=cast.project_id, person=person, token=token)
    return {"link": reverse("projects:join", args=[token])}


if __name__ == "__main__":
    main()
