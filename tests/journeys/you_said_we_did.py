"""Runs in a process of its own beside a server: the example just before its answers go back, without one of them.

Prints the path of the project, and a signed-in session for each person who has something to do.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

UNANSWERED = "S39"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(prepare(), sys.stdout)


def prepare() -> dict[str, Any]:
    """Told day by day, as the example is; the answer that is left out is given in the browser."""
    from coproduce.config.demo.seed import consulting, drafting, ending, equality, opening
    from coproduce.config.demo.seed.calendar import play
    from coproduce.config.demo.story import story

    told = story()
    outline, after_review, draft, *_later = told.versions
    cast = opening.open_project(told)
    opening.share_foreword(cast)
    drafting.write_outline(cast, outline)
    screening, _rest = equality.in_two(cast, after_review.on)
    play(screening)
    drafting.write_anew(cast, after_review)
    drafting.write_anew(cast, draft)
    drafting.open_for_suggestions(cast, draft.on)
    consulting.open_it(cast)
    play(
        chain(
            drafting.suggestions(cast),
            _answers_but_one(cast),
            (one for one in drafting.versions(cast) if one.when.date() < date(2025, 9, 17)),
            ending.thanks(cast),
            _statements(cast),
        )
    )
    return _handed_out(cast)


def _answers_but_one(cast: Any) -> Iterator[Any]:
    from coproduce.config.demo.seed import drafting

    for told, happening in zip(cast.story.decisions, drafting.answers(cast), strict=True):
        if told.suggestion != UNANSWERED:
            yield happening


def _statements(cast: Any) -> Iterator[Any]:
    """All that is written before the signature."""
    from coproduce.config.demo.seed import ending

    return (one for one in ending.answers_in_public(cast) if one.when.date() == cast.story.feedback.written)


def _handed_out(cast: Any) -> dict[str, Any]:
    from django.urls import reverse

    from tests.reliability.round_of_200 import session_of

    return {
        "path": reverse("projects:overview", kwargs={"project_id": cast.project_id}),
        "public": reverse("feedback:page", kwargs={"project_id": cast.project_id}),
        "sessions": {code: session_of(cast[code]) for code in ("F01", "P18", "P01", "P21")},
        "emails": sorted(seat.person.email for seat in cast.seats.values() if seat.contact_route == "email"),
    }


if __name__ == "__main__":
    main()
