"""January 2025: the project, its foreword, its groups and its people."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.projects import operations as projects
from coproduce.core.access import Role

from ..story import Story
from .calendar import Happening, moment, on
from .cast import Cast


def open_project(story: Story) -> Cast:
    """The project stands, led by its two facilitators, with its foreword written."""
    told = story.foreword
    with on(told.started, 7):
        machine = accounts.add_command_line()
        project = projects.start_project(
            by=machine, title=told.title, summary=told.summary, service_area=told.service_area,
            jurisdiction=told.jurisdiction, role=Role.PROJECT_ADMINISTRATOR,
        )  # fmt: skip
        cast = Cast(story, project.pk)
        for one in story.facilitators:
            cast.people[one.code] = accounts.add_person(by=machine, name=one.name, email=_address(one.name))
            projects.give_role(
                by=machine, project_id=project.pk, person=cast[one.code], role=Role.FACILITATOR
            )
        projects.take_role(
            by=cast.facilitator, project_id=project.pk, person=machine, role=Role.PROJECT_ADMINISTRATOR
        )
    with on(told.started, 7, 30):
        _seat_everyone(cast)
    with on(told.started, 8):
        _write_foreword(cast)
    return cast


def share_foreword(cast: Cast) -> None:
    with on(cast.story.foreword.shared, 9):
        projects.share_foreword(by=cast.manager, project_id=cast.project_id)


def sponsor_review(cast: Cast) -> None:
    """Two cupboards go against: the project goes on, and the foreword says what it will not promise."""
    _change(cast, cast.story.foreword.changed[0])


def third_aim(cast: Cast) -> Iterator[Happening]:
    """When S02 is accepted the foreword says it too."""
    told = cast.story.foreword.changed[1]
    yield Happening(moment(told["on"], 16), partial(_change, cast, told))


def _change(cast: Cast, told: dict[str, Any]) -> None:
    facts = {name: value for name, value in told.items() if name not in {"on", "by", "why_changed"}}
    with on(told["on"], 16):
        projects.write_foreword(
            by=cast[told["by"]], project_id=cast.project_id, changes=facts, why_changed=told["why_changed"]
        )


def _seat_everyone(cast: Cast) -> None:
    groups = {
        group.code: people.add_group(
            by=cast.facilitator, project_id=cast.project_id, code=group.code, name=group.name, kind=group.kind,
            why=group.why, how_affected=group.how_affected, influence=group.influence_today,
            places_wanted=group.places_wanted, missing=group.missing, route=group.route,
        ).pk
        for group in cast.story.groups
    }  # fmt: skip
    for person in cast.story.people:
        seat = people.add_seat(
            by=cast.facilitator, project_id=cast.project_id, code=person.code, name=person.name,
            email=_address(person.name) if person.contact == "email" else None,
            main_group_id=groups[person.group], other_group_ids=[groups[code] for code in person.other_groups],
            about=person.about, capacity=person.capacity, organisation=person.organisation,
            contact_route=person.contact, supporter=person.supporter, acknowledgement=person.acknowledgement,
            wants_outcomes=person.wants_outcomes, wants_review=person.wants_review, quotes_agreed=person.quotes,
        )  # fmt: skip
        cast.seats[person.code], cast.people[person.code] = seat, seat.person
    _record_needs(cast)
    projects.give_role(
        by=cast.facilitator, project_id=cast.project_id, person=cast.manager, role=Role.MANAGER
    )


def _record_needs(cast: Cast) -> None:
    for need in cast.story.access_needs:
        people.add_need(
            by=cast.facilitator, project_id=cast.project_id, seat_id=cast.seats[need.person].pk,
            kind=need.kind, need=need.need, share_with_venue=need.share_with_venue,
        )  # fmt: skip


def _write_foreword(cast: Cast) -> None:
    told = cast.story.foreword
    projects.write_foreword(by=cast.manager, project_id=cast.project_id, changes=told.foreword)
    for option in told.option:
        projects.write_option(
            by=cast.manager, project_id=cast.project_id, title=option.title, outcome=option.outcome,
            is_do_nothing=option.is_do_nothing, why=option.why, decided_by=option.decided_by,
            decided_on=option.decided_on,
        )  # fmt: skip


def _address(name: str) -> str:
    # example.org is kept free for examples: nothing can reach anybody there.
    return f"{name.lower().replace(' ', '.')}@example.org"
