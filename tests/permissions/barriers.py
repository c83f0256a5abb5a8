from collections.abc import Mapping
from typing import Any

from coproduce.capabilities.barriers import operations
from coproduce.capabilities.barriers.terms import Given
from coproduce.capabilities.people.operations import add_group, add_seat

from .grid import FACILITATOR, IN_PROJECT, LEADING, PARTICIPANT, Row
from .rounds import a_sealed_round
from .world import World

MAY_ADD = {*LEADING, PARTICIPANT}
RATE = {FACILITATOR, PARTICIPANT}
RUN = {FACILITATOR}


def a_barrier(world: World) -> Mapping[str, Any]:
    """Raised by the participant."""
    barrier = operations.add_barrier(
        by=world.participant,
        project_id=world.project.pk,
        statement="Nobody told me",
        level=1,
        importance=5,
        ease=2,
    )
    return {"project_id": world.project.pk, "barrier_id": barrier.pk}


def a_sorted_barrier(world: World) -> Mapping[str, Any]:
    """With a theme, a note, a response, and another merged into it."""
    kwargs, other = a_barrier(world), a_barrier(world)
    theme = operations.add_theme(by=world.facilitator, project_id=world.project.pk, name="Waiting")
    operations.sort_barrier(by=world.facilitator, **kwargs, changes={"theme_id": theme.pk, "com_b": "PhO"})
    operations.note(by=world.facilitator, **kwargs, words="Said twice")
    operations.merge(by=world.facilitator, **other, into_id=kwargs["barrier_id"])
    operations.respond(
        by=world.manager, **kwargs, response="reduce", response_words="Ring", owner=world.participant
    )
    operations.check_back(by=world.participant, **kwargs, said="smaller")
    return kwargs


def a_merged_barrier(world: World) -> Mapping[str, Any]:
    into, kwargs = a_barrier(world), a_barrier(world)
    operations.merge(by=world.facilitator, **kwargs, into_id=into["barrier_id"])
    return kwargs


def a_theme(world: World) -> Mapping[str, Any]:
    theme = operations.add_theme(by=world.facilitator, project_id=world.project.pk, name="Waiting")
    return {"project_id": world.project.pk, "theme_id": theme.pk}


def a_rated_theme(world: World) -> Mapping[str, Any]:
    """Another group, somebody in it, what they say of a theme, and barriers."""
    theme = a_theme(world)
    lead = {"by": world.facilitator, "project_id": world.project.pk}
    group = add_group(**lead, name="Carers", kind="carers")
    seat = add_seat(**lead, main_group_id=group.pk, name="Priya Nair")
    operations.rate_themes(**lead, ratings={theme["theme_id"]: 4}, on_behalf_of=seat.person)
    return a_sorted_barrier(world)


def a_rated_barrier(world: World) -> Mapping[str, Any]:
    """One more barrier, rated by one more person of one more group, who is asked what became of it."""
    lead = {"by": world.facilitator, "project_id": world.project.pk}
    kwargs = a_barrier(world)
    group = add_group(**lead, name=f"Group {kwargs['barrier_id']}"[:70], kind="carers")
    seat = add_seat(**lead, main_group_id=group.pk, name="Priya Nair")
    ratings = {kwargs["barrier_id"]: Given(2, 3)}
    operations.rate_barriers(**lead, ratings=ratings, on_behalf_of=seat.person)
    raised = operations.add_barrier(
        **lead, statement="No break", level=1, importance=4, ease=2, raised_by=seat.person
    )
    operations.respond(**lead, barrier_id=raised.pk, response="reduce", response_words="Ring")
    operations.check_back(**lead, barrier_id=raised.pk, said="smaller", on_behalf_of=seat.person)
    return kwargs


def a_participant_with_a_seat(world: World) -> Mapping[str, Any]:
    """The participant may rate, and has something to check back on."""
    lead = {"by": world.facilitator, "project_id": world.project.pk}
    group = add_group(**lead, name="Carers", kind="carers")
    add_seat(**lead, main_group_id=group.pk, person=world.participant)
    kwargs = a_rated_barrier(world)
    operations.respond(**lead, barrier_id=kwargs["barrier_id"], response="reduce", response_words="Ring")
    return {"project_id": world.project.pk}


def some_evidence(world: World) -> Mapping[str, Any]:
    kwargs = a_barrier(world)
    proof = operations.add_evidence(by=world.participant, **kwargs, words="The audit says so")
    return {**kwargs, "evidence_id": proof.pk}


def a_raiser(world: World) -> Mapping[str, Any]:
    return {"project_id": a_barrier(world)["project_id"], "person_id": world.participant.pk}


ROWS = [
    Row("barriers:barriers", allowed=IN_PROJECT, grow=a_sorted_barrier),
    Row("barriers:barriers", query="?q=nobody&zone=plan&response=reduce&important=yes", allowed=IN_PROJECT),
    Row("barriers:barriers", query="?format=csv", allowed=IN_PROJECT),
    Row("barriers:barriers", query="?format=xlsx", allowed=IN_PROJECT),
    Row("barriers:barriers", kwargs=a_participant_with_a_seat, allowed=IN_PROJECT, grow=a_rated_barrier),
    Row(
        "barriers:barriers",
        query="?gap=contested&premortem=no&check_back=none&sort=-importance",
        kwargs=a_participant_with_a_seat,
        allowed=IN_PROJECT,
    ),
    Row("barriers:on_paper", kwargs=a_participant_with_a_seat, allowed=IN_PROJECT, grow=a_rated_barrier),
    Row("barriers:rate", kwargs=a_participant_with_a_seat, allowed=MAY_ADD, grow=a_barrier),
    Row(
        "barriers:rate", query="?page=end", kwargs=a_participant_with_a_seat, allowed=MAY_ADD, grow=a_barrier
    ),
    Row("barriers:rate", allowed=MAY_ADD, method="POST"),
    Row("barriers:rate_rest", kwargs=a_participant_with_a_seat, allowed=MAY_ADD, method="POST"),
    Row("barriers:rating_progress", allowed=RUN, grow=a_rated_barrier),
    Row("barriers:gaps", kwargs=a_participant_with_a_seat, allowed=IN_PROJECT, grow=a_rated_barrier),
    Row("barriers:gaps", query="?format=csv", allowed=IN_PROJECT),
    Row("barriers:zones", kwargs=a_participant_with_a_seat, allowed=IN_PROJECT, grow=a_rated_barrier),
    Row("barriers:zones", query="?seen_by=all", kwargs=a_participant_with_a_seat, allowed=IN_PROJECT),
    Row("barriers:to_action", kwargs=a_participant_with_a_seat, allowed=IN_PROJECT, grow=a_rated_barrier),
    Row("barriers:to_action", query="?format=xlsx", allowed=IN_PROJECT),
    Row("barriers:mine", kwargs=a_participant_with_a_seat, allowed=MAY_ADD, grow=a_barrier),
    Row("barriers:mine", allowed=MAY_ADD, method="POST"),
    Row("barriers:check_backs", kwargs=a_participant_with_a_seat, allowed=IN_PROJECT, grow=a_rated_barrier),
    Row("barriers:ask_raiser", kwargs=a_raiser, allowed=RUN, method="POST"),
    Row("barriers:add_evidence", kwargs=a_barrier, allowed=MAY_ADD),
    Row("barriers:add_evidence", kwargs=a_barrier, allowed=MAY_ADD, method="POST"),
    # The participant put it there; nobody else but the facilitator takes it out.
    Row(
        "barriers:take_out_evidence", kwargs=some_evidence, allowed={FACILITATOR, PARTICIPANT}, method="POST"
    ),
    Row("barriers:add_barrier", allowed=MAY_ADD),
    Row("barriers:add_barrier", allowed=MAY_ADD, method="POST"),
    Row("barriers:bring_in", kwargs=a_sealed_round, allowed=MAY_ADD, method="POST"),
    Row("barriers:views", allowed=IN_PROJECT, grow=a_rated_theme),
    Row("barriers:themes", allowed=IN_PROJECT, grow=a_theme),
    Row("barriers:themes", allowed=RUN, method="POST"),
    Row("barriers:theme", kwargs=a_theme, allowed=RUN),
    Row("barriers:theme", kwargs=a_theme, allowed=RUN, method="POST"),
    Row("barriers:ratings", allowed=RATE, grow=a_theme),
    Row("barriers:ratings", allowed=RATE, method="POST"),
    Row("barriers:barrier", kwargs=a_sorted_barrier, allowed=IN_PROJECT, most_queries=19),
    Row("barriers:barrier", kwargs=a_merged_barrier, allowed=IN_PROJECT, most_queries=19),
    Row("barriers:note", kwargs=a_barrier, allowed=RUN, method="POST"),
    Row("barriers:respond", kwargs=a_barrier, allowed=LEADING),
    Row("barriers:respond", kwargs=a_barrier, allowed=LEADING, method="POST"),
    Row("barriers:sort", kwargs=a_barrier, allowed=RUN),
    Row("barriers:sort", kwargs=a_barrier, allowed=RUN, method="POST"),
    Row("barriers:merge", kwargs=a_barrier, allowed=RUN),
    Row("barriers:merge", kwargs=a_barrier, allowed=RUN, method="POST"),
    Row("barriers:unmerge", kwargs=a_merged_barrier, allowed=RUN, method="POST"),
    # The participant raised it; other participants are refused by R35's tests.
    Row("barriers:check_back", kwargs=a_barrier, allowed={FACILITATOR, PARTICIPANT}),
    Row("barriers:check_back", kwargs=a_barrier, allowed={FACILITATOR, PARTICIPANT}, method="POST"),
    Row("barriers:propose_gone", kwargs=a_barrier, allowed=LEADING, method="POST"),
]
