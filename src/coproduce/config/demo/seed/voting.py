"""April 2025: a ballot made from barriers, on which everybody at the table votes before the draft is written."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from coproduce.capabilities.voting import operations as voting
from coproduce.capabilities.voting import queries
from coproduce.capabilities.voting.operations import Draft
from coproduce.capabilities.voting.terms import FROM_BARRIER

from ..story.voting import ballot, vote_of
from .calendar import Happening, moment
from .cast import Cast

# Whoever leaves early has seen so many statements of their own order.
_SEEN = 9


def spring(cast: Cast) -> Iterator[Happening]:
    told, here = ballot(), _Ballot(cast)
    yield Happening(moment(told.made, 11), here.make)
    yield Happening(moment(told.opened, 9), here.open)
    yield Happening(moment(told.opened, 19), partial(here.vote, first=True))
    yield Happening(moment(told.replaced.on, 10), here.replace)
    yield Happening(moment(told.closed, 12), partial(here.vote, first=False))
    yield Happening(moment(told.closed, 20), here.close)


class _Ballot:
    def __init__(self, cast: Cast) -> None:
        self.cast, self.told = cast, ballot()
        self.ballot: Any = None
        self.lead: dict[str, Any] = {"by": cast.facilitator, "project_id": cast.project_id}

    @property
    def here(self) -> dict[str, Any]:
        return {**self.lead, "ballot_id": self.ballot.pk}

    def make(self) -> None:
        told = self.told
        self.ballot = voting.make_ballot(
            **self.lead, title=told.title, intro=told.intro, closes_on=told.last_day
        )
        drafts = [
            Draft(one.text, FROM_BARRIER, self.cast.barriers[one.source].pk)
            if one.source
            else Draft(one.text)
            for one in told.statements
        ]
        voting.add_statements(**self.here, drafts=drafts)

    def open(self) -> None:
        voting.open_ballot(**self.here)

    def replace(self) -> None:
        old = queries.counted_statements(self.ballot).get(number=self.told.replaced.number)
        voting.replace_statement(
            **self.here, statement_id=old.pk, text=self.told.replaced.text, why=self.told.replaced.why
        )

    def close(self) -> None:
        voting.close_ballot(**self.here)

    def vote(self, *, first: bool) -> None:
        """Half of the people on the first evening; the others have until the last day."""
        people = [person for person in self.cast.story.people if not person.code.startswith("X")]
        statements = list(queries.statements_to_vote_on(self.ballot))
        for place, person in enumerate(people):
            if (place % 2 == 0) is first:
                self._votes_of(person, statements)

    def _votes_of(self, person: Any, statements: list[Any]) -> None:
        seat = self.cast.seats[person.code]
        key = queries.key_of_person(self.ballot.pk, seat.person_id)
        mine = queries.in_order_for(self.ballot, key, statements)
        seen = mine[:_SEEN] if person.code in self.told.left_early else mine
        votes = {one.number: self._vote(person, one.number) for one in seen}
        if person.code in self.told.paper:
            code = queries.paper_code(self.ballot.pk, int(person.code.removeprefix("P")))
            group_id = seat.main_group_id
            voting.enter_paper(**self.here, code=code, votes=votes, group_id=group_id, read_back=True)
        elif person.code in self.told.phone:
            voting.enter_for_person(**self.here, person_id=seat.person_id, votes=votes, read_back=True)
        else:
            self._on_the_web(key, seat, seen, votes)

    def _on_the_web(self, key: str, seat: Any, seen: list[Any], votes: dict[int, int]) -> None:
        for one in seen:
            voting.cast(
                ballot_id=self.ballot.pk, statement_id=one.pk, key=key, value=votes[one.number],
                revision=one.revision, group_of=lambda: seat.main_group_id,
            )  # fmt: skip

    def _vote(self, person: Any, number: int) -> int:
        """The statement that replaced another is voted on as that one would have been."""
        old = self.told.replaced.number
        said = self.told.statements[(old if number > len(self.told.statements) else number) - 1]
        return vote_of(person.code, person.group, number, said)
