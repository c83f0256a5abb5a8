"""What a kept result holds, as records to read and as JSON: no row of a person, and no figure of too few people.

A statement is named by its place in `statements`, a group by its place in `groups`. A tally is (agree, disagree,
pass); it is None where too few people saw the statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .hiding import Heap, Tally

FORM = 1


@dataclass(frozen=True)
class Group:
    """A stakeholder group, or some that are counted together."""

    names: tuple[str, ...]
    people: int

    @property
    def name(self) -> str:
        return " + ".join(self.names)


@dataclass(frozen=True)
class Statement:
    id: str
    number: int
    everybody: Tally | None
    groups: tuple[Tally | None, ...]
    group_aware: float | None

    @property
    def seen(self) -> int | None:
        return None if self.everybody is None else sum(self.everybody)


@dataclass(frozen=True)
class Common:
    """At least `least` of each group is on this side."""

    statement: int
    agree: bool
    least: float
    lowest: int
    equal_weight: float
    one_person_one_vote: float


@dataclass(frozen=True)
class Apart:
    """The group that agrees most and the one that agrees least; `low` is the least that lies between them."""

    statement: int
    highest: int
    lowest: int
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Holds:
    """What an opinion group holds more than the others do."""

    statement: int
    agree: bool
    inside: float
    outside: float
    p_value: float


@dataclass(frozen=True)
class Opinion:
    """People who voted alike; the letter is only a name."""

    letter: str
    people: int
    x: float
    y: float
    holds: tuple[Holds, ...]


@dataclass(frozen=True)
class Steady:
    """How often the same groups come out when other people might have voted."""

    resamples: int
    same_number: float
    agreement: float
    is_clear: bool


@dataclass(frozen=True)
class Figures:
    """All that a page may show of the votes on a ballot."""

    voters: int
    votes: int
    small_number: int
    placed: int = 0
    groups: tuple[Group, ...] = ()
    unshown: tuple[str, ...] = ()
    unshown_people: int = 0
    statements: tuple[Statement, ...] = ()
    common: tuple[Common, ...] = ()
    divided: tuple[Apart, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    steady: Steady | None = None
    heaps: tuple[Heap, ...] = ()
    explained: tuple[float, float] = (0.0, 0.0)
    method: str = ""
    silence: str = ""
    form: int = field(default=FORM)


def as_json(figures: Figures) -> dict[str, Any]:
    return asdict(figures)


def from_json(kept: Mapping[str, Any]) -> Figures:
    """The records again; a form of a later version is refused rather than misread."""
    if kept.get("form") != FORM:
        raise ValueError("This result was kept by another version of the software.")
    plain = {name: kept[name] for name in _PLAIN}
    return Figures(
        **plain,
        groups=tuple(Group(tuple(one["names"]), one["people"]) for one in kept["groups"]),
        unshown=tuple(kept["unshown"]),
        statements=tuple(_statement(one) for one in kept["statements"]),
        common=tuple(Common(**one) for one in kept["common"]),
        divided=tuple(Apart(**one) for one in kept["divided"]),
        opinions=tuple(_opinion(one) for one in kept["opinions"]),
        steady=Steady(**kept["steady"]) if kept["steady"] else None,
        heaps=tuple(Heap(**one) for one in kept["heaps"]),
        explained=(kept["explained"][0], kept["explained"][1]),
    )


_PLAIN = (
    "voters", "votes", "small_number", "placed", "unshown_people", "method", "silence",
)  # fmt: skip


def _statement(one: Mapping[str, Any]) -> Statement:
    groups = tuple(_tally(cell) for cell in one["groups"])
    return Statement(**{**one, "everybody": _tally(one["everybody"]), "groups": groups})


def _opinion(one: Mapping[str, Any]) -> Opinion:
    return Opinion(**{**one, "holds": tuple(Holds(**held) for held in one["holds"])})


def _tally(cell: Sequence[int] | None) -> Tally | None:
    return None if cell is None else (cell[0], cell[1], cell[2])


def share(tally: Tally | None, *, agree: bool = True) -> float | None:
    """Of those who saw it: a pass is a vote too."""
    return None if not tally or not sum(tally) else tally[0 if agree else 1] / sum(tally)
