from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from coproduce.capabilities.approach import operations
from coproduce.capabilities.approach.terms import QUESTIONS, Complexity, Level, Said
from coproduce.core import clock

from .grid import FACILITATOR, IN_PROJECT, LEADING, Row, nothing
from .projects import MAY_START
from .world import World

ANSWERS = dict.fromkeys(QUESTIONS, Said.NO.value) | {"daily_lives": Said.YES.value}


def a_decision(world: World) -> Mapping[str, Any]:
    made = operations.add_decision(
        by=world.facilitator, project_id=world.project.pk, words="Who answers the phone", answers=ANSWERS
    )
    return {"project_id": world.project.pk, "decision_id": made.pk}


def with_a_level(world: World) -> Mapping[str, Any]:
    here = a_decision(world)
    operations.confirm_complexity(by=world.manager, **here, complexity=Complexity.COMPLEX)
    operations.choose_level(by=world.manager, **here, level=Level.CO_DESIGN, decides=2, acts=2)
    return here


def asked_of(world: World) -> None:
    """Grows by a decision with its level, and by a round that asks about it."""
    with_a_level(world)
    now = clock.now()
    operations.ask_what_people_met(
        by=world.facilitator, project_id=world.project.pk, opens_at=now, seals_at=now + timedelta(days=7)
    )


def the_answers(world: World) -> Mapping[str, Any]:
    return ANSWERS


ROWS = [
    Row("approach:check", kwargs=nothing, public=True),
    Row("approach:check", kwargs=nothing, public=True, method="POST", data=the_answers),
    Row("approach:start", kwargs=nothing, allowed=MAY_START, method="POST", data=the_answers),
    Row("approach:approach", allowed=IN_PROJECT, grow=asked_of),
    Row("approach:approach", allowed=IN_PROJECT, query="?format=csv"),
    Row("approach:approach", allowed=IN_PROJECT, query="?format=xlsx"),
    Row("approach:decision", kwargs=with_a_level, allowed=IN_PROJECT),
    Row("approach:add", allowed=LEADING),
    Row("approach:add", allowed=LEADING, method="POST"),
    Row("approach:change", kwargs=a_decision, allowed=LEADING),
    Row("approach:change", kwargs=a_decision, allowed=LEADING, method="POST"),
    Row("approach:confirm", kwargs=a_decision, allowed=LEADING),
    Row("approach:confirm", kwargs=a_decision, allowed=LEADING, method="POST"),
    Row("approach:level", kwargs=with_a_level, allowed=LEADING),
    Row("approach:level", kwargs=with_a_level, allowed=LEADING, method="POST"),
    # Only a facilitator runs a round.
    Row("approach:ask", allowed={FACILITATOR}),
    Row("approach:ask", allowed={FACILITATOR}, method="POST"),
]
