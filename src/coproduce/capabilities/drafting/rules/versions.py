"""Version numbers and what a version must say before others rely on it (R81, R85)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, refuse, rule


class Number(NamedTuple):
    """Two whole numbers, never a decimal: 0.10 comes after 0.9."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def following(self) -> tuple["Number", "Number"]:
        """The next draft, and the next approved version."""
        return Number(self.major, self.minor + 1), Number(self.major + 1, 0)


BEFORE_THE_FIRST = Number(0, 0)


class HasVersion(Protocol):
    number: Number | None
    author: Any
    day: date | None
    summary: str


@rule("R81", when=_("A version is shared without number, author, date and summary"), strength=Strength.REFUSE)
def a_version_says_what_it_is(version: HasVersion) -> Iterator[Finding]:
    if version.number is None:
        yield refuse("R81", _("Give the version its number."), subject="number")
    if version.author is None:
        yield refuse("R81", _("Say who made this version."), subject="author")
    if version.day is None:
        yield refuse("R81", _("Enter the date of the version."), subject="day")
    if not version.summary.strip():
        yield refuse("R81", _("Say in a few words what is new."), subject="summary")


def a_number_follows_the_last(number: Number, last: Number, skipped_because: str) -> Iterator[Finding]:
    """R85: a jump from 1.0 to 6.2 with nothing between proves nothing."""
    if number <= last:
        message = _("The number must come after %(last)s.")
        yield refuse("R85", message % {"last": last}, subject="number")
    elif number not in last.following and not skipped_because.strip():
        message = _("The number after %(last)s is %(draft)s or %(whole)s. Say why you leave numbers out.")
        draft, whole = last.following
        words = {"last": last, "draft": draft, "whole": whole}
        yield refuse("R85", message % words, subject="skipped_because")


def read_number(text: str) -> Number | None:
    """“0.10” as two whole numbers; None for anything else."""
    major, dot, minor = text.strip().partition(".")
    if dot and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (major, minor)):
        return Number(int(major), int(minor))
    return None
