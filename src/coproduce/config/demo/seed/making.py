"""The whole story in its order."""

from collections.abc import Callable
from datetime import date

from coproduce.capabilities.projects import queries as projects

from ..story import story
from . import listening, opening


def make(say: Callable[[str], None]) -> bool:
    """Make the example project; says no when there is one already."""
    if projects.newest_project():
        return False
    say("Making the example project …")
    cast = opening.open_project(story())
    opening.share_foreword(cast)
    listening.hold_round(cast)
    listening.sort_barriers(cast)
    listening.respond_to_barriers(cast, date(2025, 10, 1))
    listening.name_who_returns_to_the_rest(cast, date(2025, 10, 1))
    return True
