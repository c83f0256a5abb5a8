"""Working days and bank holidays of the four nations."""

from datetime import date, timedelta
from functools import cache

import holidays

# "other" follows England's calendar until the installation says where it is (R112).
_SUBDIVISION = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern_ireland": "NIR",
    "other": "ENG",
}


@cache
def bank_holidays(jurisdiction: str, year: int) -> frozenset[date]:
    """The bank holidays of one year in one jurisdiction."""
    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISION[jurisdiction], years=year))


def is_working_day(day: date, jurisdiction: str = "england") -> bool:
    return day.weekday() < 5 and day not in bank_holidays(jurisdiction, day.year)


def add_working_days(start: date, count: int, jurisdiction: str = "england") -> date:
    """The day that is `count` working days after `start`; the start itself is day nought."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, jurisdiction)
    return day


def working_days_between(start: date, end: date, jurisdiction: str = "england") -> int:
    """How many working days lie after `start`, up to and with `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start, jurisdiction)
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), jurisdiction) for n in range(1, days + 1))
