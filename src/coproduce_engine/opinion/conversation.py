"""A conversation: who voted on what, as it comes out of files or goes into them. People are numbers, never names."""

from collections.abc import Sequence
from dataclasses import dataclass

from .votes import Votes

NO_GROUP = -1


@dataclass(frozen=True)
class SaidStatement:
    """One statement. `moderated`: 1 accepted, 0 not looked at, -1 out. `made`: milliseconds since 1970."""

    id: str
    text: str
    author: str = ""
    moderated: int = 0
    is_meta: bool = False
    is_seed: bool = False
    made: int | None = None
    group_informed: float | None = None


@dataclass(frozen=True, eq=False)
class Conversation:
    """Everything a set of files says. Person i and statement j are the places in `votes`.

    `group_of` is for each person the place in `groups` (stakeholder groups, given) or NO_GROUP; `opinion_group_of`
    the number of the opinion group that the files name, or None. `attribution` is what whoever shows the data must say.
    `notes` say what was odd.
    """

    topic: str
    people: tuple[str, ...]
    statements: tuple[SaidStatement, ...]
    votes: Votes
    description: str = ""
    url: str = ""
    attribution: str = ""
    views: int | None = None
    groups: tuple[str, ...] = ()
    group_of: tuple[int, ...] = ()
    opinion_group_of: tuple[int | None, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.votes.people, self.votes.statements) != (len(self.people), len(self.statements)):
            raise ValueError(
                f"The votes are of {self.votes.people} people on {self.votes.statements} statements, "
                f"but {len(self.people)} people and {len(self.statements)} statements are named."
            )
        for name, row in (("group_of", self.group_of), ("opinion_group_of", self.opinion_group_of)):
            if row and len(row) != len(self.people):
                raise ValueError(f"{name} has {len(row)} entries for {len(self.people)} people.")
        if any(not NO_GROUP <= group < len(self.groups) for group in self.group_of):
            raise ValueError("group_of names a group that is not among the groups.")

    @property
    def left_out(self) -> tuple[int, ...]:
        """The places of statements that moderation took out, or that say something about the voter (“meta”)."""
        return tuple(place for place, one in enumerate(self.statements) if one.moderated == -1 or one.is_meta)


def in_order_of_number(ids: Sequence[str]) -> list[str]:
    """Numbers by size, then everything else by name."""
    return sorted(ids, key=lambda one: (not one.isdecimal(), int(one) if one.isdecimal() else 0, one))
