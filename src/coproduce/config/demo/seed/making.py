"""The whole story in its order."""

from collections.abc import Callable
from datetime import date
from itertools import chain
from uuid import UUID

import click

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.signoff import queries as signoff

from ..story import story
from . import drafting, ending, listening, opening
from .calendar import play

BEFORE_SIGN_OFF = date(2025, 10, 1)


def make(say: Callable[[str], None]) -> bool:
    """Make the example project; says no when there is one already."""
    there = projects.newest_project()
    if there:
        _refuse_half_a_story(there.pk)
        return False
    say("Making the example project …")
    outline, after_review, draft, *_later = story().versions
    cast = opening.open_project(story())
    opening.share_foreword(cast)
    drafting.write_outline(cast, outline)
    drafting.write_anew(cast, after_review)
    listening.hold_round(cast)
    listening.sort_barriers(cast)
    drafting.write_anew(cast, draft)
    drafting.open_for_suggestions(cast, draft.on)
    play(
        chain(
            drafting.suggestions(cast),
            drafting.answers(cast),
            listening.responses(cast),
            listening.returns_to_the_rest(cast, BEFORE_SIGN_OFF),
            drafting.versions(cast),
            opening.third_aim(cast),
            ending.actions(cast),
            ending.promises_carried(cast),
            ending.answers_in_public(cast),
            ending.sign_off(cast),
        )
    )
    return True


def _refuse_half_a_story(project_id: UUID) -> None:
    """Its last act is the sign-off: without one somebody stopped the command while it was writing."""
    if signoff.latest(project_id) is None:
        raise click.ClickException(
            "The example project is only half made. Make it again with: coproduce demo --reset"
        )
