"""A project with a round in it, made through the real operations."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.models import Answer, Round
from coproduce.capabilities.rounds.terms import Channel, Intention, RaisedBarrier, Rated, Written
from coproduce.core import clock
from coproduce.core.access import Role

OPENS = datetime(2025, 2, 17, 9, tzinfo=UTC)
DURING = datetime(2025, 2, 24, 12, tzinfo=UTC)
SEALS = datetime(2025, 3, 2, 23, 59, tzinfo=UTC)
SEALED = datetime(2025, 3, 3, 8, tzinfo=UTC)
LATE = datetime(2025, 3, 4, 8, 15, tzinfo=UTC)
READ = datetime(2025, 3, 6, 17, tzinfo=UTC)

KINDS = {"G1": "citizens", "G2": "carers", "G3": "frontline", "G4": "leaders", "G5": "partner"}


@dataclass
class Table:
    """A project with its facilitator, seats by code, and one round."""

    facilitator: Any
    project: Any
    round: Any = None
    seats: dict[str, Any] = field(default_factory=dict)

    def person(self, code: str) -> Any:
        return self.seats[code].person

    def invitation(self, code: str) -> Any:
        return queries.invitation_of(self.round, self.person(code))

    def again(self) -> Round:
        self.round.refresh_from_db()
        return self.round

    def _about(self) -> dict[str, Any]:
        return {"project_id": self.project.pk, "round_id": self.round.pk}

    def answer(self, code: str, written: Written, *, at: datetime = DURING, **more: Any) -> Answer:
        with clock.at(at):
            return operations.answer_round(by=self.person(code), **self._about(), written=written, **more)

    def enter(self, code: str, written: Written, *, at: datetime = DURING, **more: Any) -> Answer:
        """The facilitator enters it on behalf of the person."""
        more = {"channel": Channel.PAPER, "read_back": True, "invitation_id": self.invitation(code).pk} | more
        with clock.at(at):
            return operations.answer_round(by=self.facilitator, **self._about(), written=written, **more)

    def second(self, code: str, me: int, *, at: datetime = READ, **more: Any) -> Any:
        with clock.at(at):
            return operations.give_second_answer(by=self.person(code), **self._about(), me_rating=me, **more)

    def invite(self, codes: Collection[str]) -> Round:
        seat_ids = [self.seats[code].pk for code in codes]
        with clock.at(OPENS):
            return operations.invite(by=self.facilitator, **self._about(), seat_ids=seat_ids)

    def open(self, *, at: datetime = OPENS) -> Round:
        with clock.at(at):
            operations.open_round(by=self.facilitator, **self._about())
        return self.again()

    def seal(self, *, at: datetime = SEALED, **more: Any) -> Round:
        with clock.at(at):
            operations.seal_round(by=self.facilitator, **self._about(), **more)
        return self.again()


def a_person(name: str) -> Any:
    return accounts.add_person(by=None, name=name)


def a_table(groups: dict[str, int] | None = None) -> Table:
    """Seats P01, P02 … over the groups, in order; nobody invited yet."""
    with clock.at(OPENS):
        table = _project()
        number = 0
        for code, size in (groups or {"G1": 3, "G4": 1}).items():
            group = people.add_group(
                by=table.facilitator,
                project_id=table.project.pk,
                name=f"Group {code}",
                kind=KINDS[code],
                code=code,
            )
            for _seat in range(size):
                number += 1
                table.seats[f"P{number:02}"] = _seat_in(table, group, f"P{number:02}")
        table.round = draft(table)
    return table


def _project() -> Table:
    facilitator = a_person("Ada Facilitator")
    machine = accounts.add_command_line()
    project = projects.start_project(
        by=machine, title="Home After Hospital", summary="Care that starts.", role=Role.PROJECT_ADMINISTRATOR
    )
    projects.give_role(by=machine, project_id=project.pk, person=facilitator, role=Role.FACILITATOR)
    projects.write_foreword(
        by=facilitator, project_id=project.pk,
        changes={
            "what_can_change": "How care starts.", "stated_intents": ["better_outcomes", "save_money"],
            "saving_is_aim": True, "saving_amount": 420_000, "saving_spent_on": "Home care.",
        },
    )  # fmt: skip
    return Table(facilitator, project)


def _seat_in(table: Table, group: Any, code: str) -> Any:
    seat = people.add_seat(
        by=table.facilitator,
        project_id=table.project.pk,
        main_group_id=group.pk,
        name=f"Person {code}",
        code=code,
    )
    projects.give_role(
        by=table.facilitator, project_id=table.project.pk, person=seat.person, role=Role.PARTICIPANT
    )
    return seat


def draft(table: Table, **more: Any) -> Round:
    facts = {
        "title": "What would the new start of home care change?",
        "opens_at": OPENS,
        "seals_at": SEALS,
    } | more
    return operations.draft_round(by=table.facilitator, project_id=table.project.pk, **facts)


def an_open_table(groups: dict[str, int] | None = None) -> Table:
    table = a_table(groups)
    table.invite(table.seats)
    table.open()
    return table


def words(text: str, me: int | None = 0, around: int | None = 0, intent: str = "", **more: Any) -> Written:
    """An answer with this text in each of its fields."""
    return Written(
        me=Rated(f"{text} me", me),
        around=Rated(f"{text} around", around),
        intention=Intention((intent,) if intent else (), not intent, f"{text} intention"),
        question=f"{text} question",
        barriers=(RaisedBarrier(f"{text} barrier", 1, 5, 2, "own experience"),),
        **more,
    )
