"""Rules are pure functions from facts to findings; this is the one mechanism for all of R01–R112."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import ParamSpec

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
P = ParamSpec("P")


class Strength(StrEnum):
    REFUSE = "refuse"
    REFUSE_UNLESS_NAMED = "refuse_unless_named"
    WARN = "warn"
    SHOW = "show"


STRENGTH_WORDS: dict[Strength, Words] = {
    Strength.REFUSE: _("Refuse"),
    Strength.REFUSE_UNLESS_NAMED: _("Refuse, unless a named person gives a reason"),
    Strength.WARN: _("Warn"),
    Strength.SHOW: _("Show"),
}


@dataclass(frozen=True)
class Finding:
    """What a rule found: `subject` names the form field or the object that it is about."""

    rule: str
    strength: Strength
    message: Words
    subject: str = ""

    @property
    def is_numbered(self) -> bool:
        """Whether it comes from one of the domain's rules, which people can look up by number."""
        return self.rule[:1] == "R" and self.rule[1:].isdigit()

    def as_record(self) -> dict[str, str]:
        return {
            "rule": self.rule,
            "strength": self.strength,
            "message": str(self.message),
            "subject": self.subject,
        }


@dataclass(frozen=True)
class Override:
    """A named person goes on despite a finding, and says why. The name is that of the one who acts."""

    reason: str


@dataclass(frozen=True)
class Rule:
    id: str
    when: Words
    strength: Strength
    kept_by: str


class Refused(Exception):
    """The rules do not allow it; `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{finding.rule}: {finding.message}" for finding in findings))


def refuse(rule: str, message: Words, subject: str = "") -> Finding:
    return Finding(rule, Strength.REFUSE, message, subject)


def refuse_unless_named(rule: str, message: Words, subject: str = "") -> Finding:
    return Finding(rule, Strength.REFUSE_UNLESS_NAMED, message, subject)


def warn(rule: str, message: Words, subject: str = "") -> Finding:
    return Finding(rule, Strength.WARN, message, subject)


def show(rule: str, message: Words, subject: str = "") -> Finding:
    return Finding(rule, Strength.SHOW, message, subject)


_rules: dict[str, Rule] = {}


def rule(
    id: str, *, when: Words, strength: Strength
) -> Callable[[Callable[P, Iterator[Finding]]], Callable[P, Iterator[Finding]]]:
    """Put a rule in the registry; the function must yield only findings under its own number."""

    def register(function: Callable[P, Iterator[Finding]]) -> Callable[P, Iterator[Finding]]:
        _rules[id] = Rule(id, when, strength, kept_by=function.__module__)

        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> Iterator[Finding]:
            for finding in function(*args, **kwargs):
                if finding.rule != id:
                    raise ValueError(f"{function.__qualname__} keeps {id} and found {finding.rule}")
                yield finding

        return checked

    return register


def declare(id: str, *, when: Words, strength: Strength, kept_by: str) -> None:
    """Register a rule that the structure keeps (nothing to compute), with the module that keeps it."""
    _rules[id] = Rule(id, when, strength, kept_by)


def all_rules() -> list[Rule]:
    """Every rule of this installation, by number."""
    return [_rules[id] for id in sorted(_rules, key=lambda id: int(id[1:]))]


def settle(findings: Iterable[Finding], override: Override | None = None) -> tuple[Finding, ...]:
    """Raise `Refused`, or give back the findings that stay on the record."""
    found = tuple(findings)
    named = override is not None and bool(override.reason.strip())
    stops = {Strength.REFUSE} if named else {Strength.REFUSE, Strength.REFUSE_UNLESS_NAMED}
    if any(finding.strength in stops for finding in found):
        raise Refused(*(finding for finding in found if finding.strength in stops))
    return found


def reason_used(kept: Iterable[Finding], override: Override | None) -> str:
    """The reason of whoever went on despite a finding; none where nothing needed it."""
    needed = any(finding.strength == Strength.REFUSE_UNLESS_NAMED for finding in kept)
    return override.reason if override and needed else ""
