"""When a ballot opens, takes votes, and closes."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse, warn

from ..terms import State

_FEW = 5


def a_ballot_has_a_title(title: str) -> Iterator[Finding]:
    if not title.strip():
        yield refuse("voting", _("Write what people vote about."), subject="title")


def days_follow_each_other(opens_on: date | None, closes_on: date | None) -> Iterator[Finding]:
    if opens_on and closes_on and closes_on < opens_on:
        yield refuse("voting", _("The last day comes before the first day."), subject="closes_on")


def only_a_draft_changes(state: str) -> Iterator[Finding]:
    """Only the last day can move while people vote."""
    if state != State.DRAFT:
        yield refuse("voting", _("People are voting, or have voted. Only a draft can be changed."))


def only_a_draft_opens(state: str) -> Iterator[Finding]:
    if state != State.DRAFT:
        yield refuse("voting", _("This ballot was opened before. A closed ballot stays closed."))


def a_ballot_has_statements(accepted: int) -> Iterator[Finding]:
    if not accepted:
        yield refuse("voting", _("Add statements first. There is nothing to vote on yet."))
    elif accepted < _FEW:
        yield warn("voting", _("With so few statements, little can be said about what people agree on."))


def only_an_open_ballot_closes(state: str) -> Iterator[Finding]:
    if state != State.OPEN:
        yield refuse("voting", _("This ballot is not open."))


def votes_are_taken(state: str, closes_on: date | None, *, today: date) -> Iterator[Finding]:
    """Also between midnight and the moment at which the close is written down."""
    if state == State.DRAFT:
        yield refuse("voting", _("This ballot is not open yet."))
    elif state == State.CLOSED or (closes_on is not None and today > closes_on):
        yield refuse("voting", _("This ballot is closed. Votes can no longer be given or changed."))
