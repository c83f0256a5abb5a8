from collections.abc import Mapping
from typing import Any

from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people import queries as people_queries
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.review import operations, queries
from coproduce.capabilities.signoff import operations as signoff
from coproduce.core import clock

from .grid import IN_PROJECT, LEADING, MANAGER, PARTICIPANT, Row
from .signoff import prepared
from .world import World


def signed(world: World) -> Mapping[str, Any]:
    made = signoff.sign(by=world.manager, **prepared(world))
    return {"project_id": world.project.pk, "sign_off_id": made.pk}


def opened(world: World) -> Mapping[str, Any]:
    """The participant asked to be invited, and raised a barrier."""
    about = signed(world)
    a_guest(world, world.participant)
    barriers.add_barrier(
        by=world.participant, project_id=world.project.pk, statement="Nobody asked me.", level=1, importance=2
    )
    made = operations.open_review(by=world.facilitator, **about)
    return {"project_id": world.project.pk, "review_id": made.pk}


def with_an_open_one(world: World) -> Mapping[str, Any]:
    opened(world)
    return {"project_id": world.project.pk}


def a_guest(world: World, person: Any = None) -> None:
    """One person more who is to be invited."""
    groups = people_queries.groups_of(world.project.pk)
    group = groups.first() or people.add_group(
        by=world.facilitator, project_id=world.project.pk, name="Carers", kind=GroupKind.CARERS
    )
    who = {"person": person} if person else {"name": "One more"}
    people.add_seat(
        by=world.facilitator, project_id=world.project.pk, main_group_id=group.pk, wants_review=True, **who
    )


def written(world: World) -> Mapping[str, Any]:
    about = opened(world)
    operations.write_review(
        by=world.facilitator, **about,
        changes={
            "still_needed": "yes", "did_not_work": "The night line.", "learned": "Ask sooner.",
            "outcome": "keep", "outcome_why": "It helps.",
        },
        benefits=[{"indicator": "Knew who was coming", "baseline": "41%", "now": "80%"}],
    )  # fmt: skip
    return about


def closed(world: World) -> Mapping[str, Any]:
    about, today = written(world), clock.today()
    operations.close_review(
        by=world.manager, **about, next_review_on=today.replace(day=1, year=today.year + 1)
    )
    return about


def a_letter(world: World) -> Mapping[str, Any]:
    about = opened(world)
    review = queries.review_in(world.project.pk, about["review_id"])
    letter = queries.letters_of(review).first()
    return {"project_id": world.project.pk, "letter_id": letter.pk if letter else None}


def a_voice(world: World) -> None:
    review = queries.open_review(world.project.pk) or queries.reviews_of(world.project.pk)[0]
    operations.say(by=world.participant, project_id=world.project.pk, review_id=review.pk, words="Better.")


_A_REVIEW = 26  # every section of the records, asked once

ROWS = [
    Row("review:reviews", allowed=IN_PROJECT),
    Row("review:reviews", kwargs=with_an_open_one, allowed=IN_PROJECT),
    Row("review:open", kwargs=signed, allowed=LEADING, method="POST"),
    Row("review:review", kwargs=opened, allowed=IN_PROJECT, most_queries=_A_REVIEW, grow=a_voice),
    Row("review:review", kwargs=closed, allowed=IN_PROJECT, most_queries=_A_REVIEW),
    Row("review:write", kwargs=opened, allowed=LEADING),
    Row("review:write", kwargs=opened, allowed=LEADING, method="POST"),
    Row("review:say", kwargs=opened, allowed={*LEADING, PARTICIPANT}),
    Row("review:say", kwargs=opened, allowed={*LEADING, PARTICIPANT}, method="POST"),
    Row("review:close", kwargs=written, allowed={MANAGER}, most_queries=_A_REVIEW),
    Row("review:close", kwargs=written, allowed={MANAGER}, method="POST"),
    Row("review:public", kwargs=closed, public=True),
    Row("review:public", kwargs=closed, public=True, query="?format=csv"),
    Row("review:public", kwargs=closed, public=True, query="?format=xlsx"),
    Row("review:public", kwargs=closed, public=True, query="?format=docx"),
    Row("review:public", kwargs=opened, hidden=True),
    Row("review:letters", kwargs=opened, allowed=LEADING),
    Row("review:letters", kwargs=opened, allowed=LEADING, query="?format=csv"),
    Row("review:send_letters", kwargs=opened, allowed=LEADING, method="POST"),
    Row("review:print_letters", kwargs=opened, allowed=LEADING),
    Row("review:hand_over", kwargs=opened, allowed=LEADING, method="POST"),
    Row("review:letter", kwargs=a_letter, allowed=LEADING),
    Row("review:letter_again", kwargs=a_letter, allowed=LEADING, method="POST"),
]
