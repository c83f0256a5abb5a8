"""A room with people in it, made through the real operations."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.live.models import Place, Session
from coproduce.capabilities.projects.operations import give_role
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds.terms import Rated, Written
from coproduce.capabilities.rounds.tests.factories import OPENS, Table, a_table
from coproduce.core import clock
from coproduce.core.access import Role

GROUPS = {"G1": 2, "G4": 1}


@dataclass
class Room:
    table: Table
    session: Session
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def about(self) -> dict[str, Any]:
        return {"project_id": self.session.project_id, "session_id": self.session.pk}

    def lead(self, verb: Any, **more: Any) -> Any:
        with clock.at(OPENS):
            made = verb(by=self.table.facilitator, **self.about, **more)
        self.again()
        return made

    def again(self) -> Session:
        self.session.refresh_from_db()
        self.session.round.refresh_from_db()
        return self.session

    def join(self, name: str, group: str = "G1", **more: Any) -> Place:
        """Somebody comes in by the code."""
        groups = {one.code: one.pk for one in queries.groups_to_choose(self.session)}
        given = {"phrase": f"words of {name}", "key": uuid4()} | more
        with clock.at(OPENS):
            place = operations.join(code=self.session.join_code, name=name, group_id=groups[group], **given)
        self.places[name] = self.held(place)
        return place

    def held(self, place: Place) -> Place:
        """As the room's own door gives it."""
        return queries.place_held_by(queries.token_of(place), self.session.pk)

    def answer(self, name: str, rating: int = 1) -> Any:
        place = self.places[name]
        with clock.at(OPENS):
            return rounds.answer_round(
                by=place.person, project_id=self.session.project_id, round_id=self.session.round_id,
                written=Written(me=Rated(f"words of {name}", rating), around=Rated(f"more of {name}", 0)),
            )  # fmt: skip

    def another_facilitator(self) -> Any:
        second = add_person(by=None, name="Bo Facilitator")
        give_role(
            by=self.table.facilitator, project_id=self.session.project_id, person=second,
            role=Role.FACILITATOR,
        )  # fmt: skip
        return second

    def read_all(self) -> None:
        self.lead(operations.begin_reading)
        while self.session.round.is_being_read:
            self.lead(operations.show_turn)
            self.lead(operations.end_turn)


def a_room(groups: dict[str, int] | None = None, **more: Any) -> Room:
    """A draft round with nobody invited, and its room."""
    table = a_table(groups or GROUPS)
    with clock.at(OPENS):
        session = operations.plan_session(
            by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
            **({"title": "An evening in the village hall"} | more),
        )  # fmt: skip
    return Room(table, session)


def a_writing_room(*names: str) -> Room:
    room = a_room()
    for name in names or ("Maureen", "Priya", "Len"):
        room.join(name)
    room.lead(operations.start_writing)
    return room


def in_someone(reason: str = "Everyone in the room is done.") -> Any:
    from coproduce.core.findings import Override

    return Override(reason)
