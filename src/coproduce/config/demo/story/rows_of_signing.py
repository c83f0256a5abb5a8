"""The rows of the sign-off."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Maker:
    """Who decides, and how they took into account what people said."""

    person: str
    on: date
    words: str


@dataclass(frozen=True)
class SignOff:
    title: str
    version: str
    on: date
    decision: str
    meeting: str
    owner: str
    facilitator: str
    review: date
    prepared: date
    formats: str
    maker: tuple[Maker, ...]
