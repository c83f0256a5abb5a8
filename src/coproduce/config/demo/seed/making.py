"""The whole story in its order."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path

from django.conf import settings

from coproduce.capabilities.projects import queries as projects

from ...serving import UNFINISHED
from ..story import story
from . import (
    asking,
    consulting,
    drafting,
    ending,
    equality,
    insights,
    labs,
    listening,
    opening,
    promising,
    voting,
)
from .calendar import Happening, moment, play

BEFORE_SIGN_OFF = date(2025, 10, 1)


def make(say: Callable[[str], None]) -> bool:
    """Make the example project; says no when there is one already."""
    if projects.first_project():
        return False
    say("Making the example project …")
    unfinished = Path(settings.COPRODUCE_HOME) / UNFINISHED
    unfinished.touch()
    _tell()
    unfinished.unlink()
    return True


def _tell() -> None:
    outline, after_review, draft, *_later = story().versions
    cast = opening.open_project(story())
    begins, shared, review, opens, drafted, ends = _gates()
    play(asking.between(cast, begins, shared))
    opening.share_foreword(cast)
    drafting.write_outline(cast, outline)
    screening, rest_of_equality = equality.in_two(cast, after_review.on)
    asking.approach(cast)
    play(chain(promising.signing(cast), screening, asking.between(cast, shared, review)))
    drafting.write_anew(cast, after_review)
    opening.sponsor_review(cast)
    play(asking.between(cast, review, opens))
    listening.hold_round(cast)
    play(
        chain(
            [
                Happening(moment(listening.SORTING), partial(listening.sort_barriers, cast)),
                Happening(moment(listening.RATING, 17), partial(listening.rate_barriers, cast)),
            ],
            labs.declaration(cast),
            labs.spring(cast),
            voting.spring(cast),
            insights.result(cast),
            rest_of_equality,
            asking.between(cast, opens, drafted),
        )
    )
    drafting.write_anew(cast, draft)
    drafting.open_for_suggestions(cast, draft.on)
    consulting.open_it(cast)
    play(
        chain(
            drafting.suggestions(cast),
            drafting.answers(cast),
            asking.between(cast, drafted, ends),
            asking.what_people_met(cast),
            insights.evidence(cast),
            listening.responses(cast),
            labs.decided_elsewhere(cast),
            listening.returns_to_the_rest(cast, BEFORE_SIGN_OFF),
            drafting.versions(cast),
            consulting.close_and_sort(cast),
            consulting.report_and_decide(cast),
            opening.third_aim(cast),
            ending.actions(cast),
            ending.promises_carried(cast),
            ending.suggestions_and_barriers(cast),
            ending.plan_reviews(cast),
            ending.thanks(cast),
            equality.finished(cast),
            ending.answers_in_public(cast),
            ending.sign_off(cast),
            promising.affirm(cast),
            promising.view(cast),
            promising.missed(cast),
        )
    )
    promising.measure()


def _gates() -> tuple[datetime, ...]:
    """The moments at which a stage begins: what was asked before them has its answer."""
    told, draft = story().foreword, story().versions[2]
    return (
        moment(told.started, 8), moment(told.shared, 9), moment(told.changed[0]["on"], 9), listening.OPENS,
        moment(draft.on, 0), moment(story().sign_off.on, 19),
    )  # fmt: skip
