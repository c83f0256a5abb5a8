"""What must hold before answers go back in public: R87, R88, and what a statement says (C18)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.drafting.terms import Status
from coproduce.core.findings import Finding, Strength, Words, refuse, rule, show, warn

PUBLISH_WITHIN = timedelta(weeks=12)
WARN_FROM = timedelta(weeks=8)
MOST_NAMED = 30
_SPACES = re.compile(r"\s+")


class HasStatus(Protocol):
    @property
    def ref(self) -> str: ...
    @property
    def status(self) -> str: ...


class HasParts(Protocol):
    @property
    def ref(self) -> str: ...
    @property
    def did(self) -> str: ...
    @property
    def will(self) -> str: ...
    @property
    def will_by(self) -> date | None: ...
    @property
    def could_not(self) -> str: ...


class HasWords(Protocol):
    @property
    def words(self) -> str: ...
    @property
    def reason(self) -> str: ...


@rule("R87", when=_("A suggestion is in no statement, or has no decision"), strength=Strength.REFUSE)
def every_suggestion_is_answered(
    suggestions: Iterable[HasStatus], covered: Collection[str]
) -> Iterator[Finding]:
    """Withdrawn suggestions need no answer; `covered` holds the references of those in a statement."""
    asked = [one for one in suggestions if one.status != Status.WITHDRAWN]
    uncovered = [one.ref for one in asked if one.ref not in covered]
    undecided = [one.ref for one in asked if one.status == Status.OPEN]
    if uncovered:
        yield refuse("R87", _("In no statement yet: %(refs)s") % {"refs": named(uncovered)}, "suggestions")
    if undecided:
        yield refuse("R87", _("Not decided yet: %(refs)s") % {"refs": named(undecided)}, "suggestions")


def named(refs: Sequence[str]) -> Words:
    """The references in a row; of very many, the first ones and how many more."""
    shown, more = ", ".join(refs[:MOST_NAMED]), len(refs) - MOST_NAMED
    return _("%(refs)s and %(more)d more") % {"refs": shown, "more": more} if more > 0 else shown


@rule("R88", when=_("Not published within 12 weeks after comments closed"), strength=Strength.WARN)
def answers_go_out_within_twelve_weeks(
    closed_on: date | None, published_on: date | None, today: date
) -> Iterator[Finding]:
    """A warning from week 8; after week 12 everyone may see it."""
    if closed_on is None:
        return
    limit = closed_on + PUBLISH_WITHIN
    if (published_on or today) > limit:
        yield show("R88", _("Answers were due within 12 weeks after comments closed. They came late."))
    elif published_on is None and today >= closed_on + WARN_FROM:
        days = (limit - today).days
        yield warn("R88", _("Publish within %(days)d days: 12 weeks after comments closed.") % {"days": days})


def a_statement_says_what_was_done(statement: HasParts) -> Iterator[Finding]:
    """C18: we did, we will, or we could not."""
    if not (statement.did.strip() or statement.will.strip() or statement.could_not.strip()):
        message = _("%(ref)s: say what you did, what you will do, or what you could not do.")
        yield refuse("C18", message % {"ref": statement.ref}, subject="did")


def quotes_are_verbatim(words: str, suggestion: HasWords) -> Iterator[Finding]:
    """C18: a quote is a passage of what the person wrote, letter by letter."""
    wanted = _even(words)
    if not wanted or not any(wanted in _even(text) for text in (suggestion.words, suggestion.reason)):
        yield refuse("C18", _("A quote must be in the person's own words."), subject="quotes")


def _even(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
