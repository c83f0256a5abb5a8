"""The rows of the charter."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CharterSigned:
    """Somebody signs the charter; `person` is the code of one at the table."""

    organisation: str
    person: str
    role: str
    on: date


@dataclass(frozen=True)
class CharterView:
    """The sealed round about the charter: by person, a figure from 0 to 4 for each commitment."""

    drafted: date
    opens: date
    seals: date
    answers: dict[str, str]


@dataclass(frozen=True)
class Missed:
    """A report of a missed promise, and its answer."""

    on: date
    commitment: int
    show: bool
    words: str
    answered: date
    by: str
    verdict: str
    answer: str


@dataclass(frozen=True)
class Charter:
    title: str
    scope: str
    citizens_do: str
    staff_do: str
    incentives: str
    conflict: str
    response_time: str
    first_signed: date
    first_review: date
    affirmed: date
    review: date
    signatory: tuple[CharterSigned, ...]
    view: CharterView
    missed: tuple[Missed, ...]
