"""Thanks at once, a letter with one's own points, and nothing twice: R89 and C18."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, refuse, rule, warn
from coproduce.core.working_days import add_working_days

from ..terms import LetterState, Route
from .answers import named

RECEIPT_WITHIN = 1  # working days
R89 = _("A receipt not sent within one working day, or “we will” without a date")


class HasArrived(Protocol):
    @property
    def ref(self) -> str: ...
    @property
    def arrived_on(self) -> date: ...
    @property
    def thanked_on(self) -> date | None: ...


@rule("R89", when=R89, strength=Strength.WARN)
def a_receipt_goes_out_within_one_working_day(
    points: Iterable[HasArrived], today: date, jurisdiction: str
) -> Iterator[Finding]:
    """A warning for those who still wait; who has had a receipt, however late, is no longer waiting."""
    late = [one.ref for one in points if one.thanked_on is None and receipt_is_late(one, today, jurisdiction)]
    if late:
        message = _("No receipt yet after one working day: %(refs)s. Thank them and say it has arrived.")
        yield warn("R89", message % {"refs": named(late)}, subject="receipts")


def receipt_is_late(point: HasArrived, today: date, jurisdiction: str) -> bool:
    limit = add_working_days(point.arrived_on, RECEIPT_WITHIN, jurisdiction)
    return (point.thanked_on or today) > limit


def there_is_somebody_to_write_to(count: int) -> Iterator[Finding]:
    if not count:
        yield refuse("C18", _("Everybody has their letter. Nothing has changed since."))


def letters_follow_publication(*, published: bool) -> Iterator[Finding]:
    """C18: the letter says what the manager has signed."""
    if not published:
        yield refuse("C18", _("Publish the answers first. The letters say what the manager has signed."))


def a_letter_is_sent_once(state: str) -> Iterator[Finding]:
    if state == LetterState.SENT:
        yield refuse("C18", _("This letter is sent already."))
    if state == LetterState.REPLACED:
        yield refuse("C18", _("A newer letter says more. Send that one."))


def route_of(*, has_email: bool, wants_email: bool) -> Route:
    """By e-mail to those who have an address and have not chosen another way; on paper to everybody else."""
    return Route.EMAIL if has_email and wants_email else Route.PRINT
