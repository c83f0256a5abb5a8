"""A manager looks at the plan monthly or quarterly, and people hear in time what is due."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse

from ..terms import DAYS_OF_GRACE, MONTHS_OF, REMIND_AGAIN_DAYS, REMIND_DAYS_BEFORE, Rhythm, months_after


def a_review_says_something(words: str, rhythm: str) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("C13", _("Say what you found and what follows."), subject="words")
    if rhythm not in Rhythm.values:
        yield refuse("C13", _("Choose how often the plan is reviewed."), subject="rhythm")


def the_next_review_keeps_the_rhythm(next_on: date | None, *, rhythm: str, today: date) -> Iterator[Finding]:
    if next_on is None:
        yield refuse("C13", _("Enter the date of the next review."), subject="next_on")
    elif next_on <= today:
        yield refuse("C13", _("The next review must be after today."), subject="next_on")
    elif rhythm in Rhythm.values and next_on > latest_next(Rhythm(rhythm), today):
        yield refuse("C13", _("That is later than how often you chose."), subject="next_on")


def latest_next(rhythm: Rhythm, today: date) -> date:
    return months_after(today, MONTHS_OF[rhythm]) + timedelta(days=DAYS_OF_GRACE)


def next_usual(rhythm: Rhythm, today: date) -> date:
    return months_after(today, MONTHS_OF[rhythm])


def time_to_remind(end: date, *, last_told: date | None, today: date) -> bool:
    """Whether a day to speak of this has come since the person was last told anything."""
    if last_told is None:
        return today >= end - timedelta(days=max(REMIND_DAYS_BEFORE))
    return any(last_told < day <= today for day in _days_to_speak(end, today))


def _days_to_speak(end: date, today: date) -> Iterator[date]:
    for before in REMIND_DAYS_BEFORE:
        yield end - timedelta(days=before)
    day = end + timedelta(days=1)
    while day <= today:
        yield day
        day += timedelta(days=REMIND_AGAIN_DAYS)
