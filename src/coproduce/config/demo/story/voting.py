"""The ballot of April 2025, and how each person of the table voted: drawn from how far their group agrees."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

# By how far a group agrees, from −2 to 2: of a hundred, so many agree, and so many of the rest disagree.
_AGREE = {-2: 8, -1: 22, 0: 42, 1: 72, 2: 92}
_DISAGREE = {-2: 90, -1: 66, 0: 38, 1: 16, 2: 4}


@dataclass(frozen=True)
class Said:
    """One statement: its words, the barrier it is made from, and how far each group agrees."""

    text: str
    lean: tuple[int, ...]
    source: str = ""


@dataclass(frozen=True)
class Replaced:
    number: int
    text: str
    why: str
    on: date


@dataclass(frozen=True)
class Ballot:
    title: str
    intro: str
    made: date
    opened: date
    closed: date
    last_day: date
    paper: list[str]
    phone: list[str]
    left_early: list[str]
    statements: tuple[Said, ...]
    replaced: Replaced


@cache
def ballot() -> Ballot:
    """The ballot of the story, read once."""
    told = tomllib.loads(files(__package__).joinpath("ballot.toml").read_text(encoding="utf-8"))
    told["statements"] = tuple(
        Said(one["text"], tuple(one["lean"]), one.get("source", "")) for one in told.pop("statement")
    )
    told["replaced"] = Replaced(**told["replaced"])
    return Ballot(**told)


def vote_of(person: str, group: str, number: int, said: Said) -> int:
    """1, −1 or 0, the same each time for the same person and statement."""
    drawn = int.from_bytes(sha256(f"{person}|{number}|wexcombe".encode()).digest()[:4]) % 100
    lean = said.lean[int(group.removeprefix("G")) - 1]
    if drawn < _AGREE[lean]:
        return 1
    return -1 if drawn >= 100 - _DISAGREE[lean] else 0
