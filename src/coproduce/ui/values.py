"""How a value of a cell is written on the page."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coproduce.core.clock import LONDON

LONGEST_WORD = 28


def shown(value: Any) -> Any:
    """Dates in words, yes and no for a truth, a dash for nothing; text keeps its own direction."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return _day(value.astimezone(LONDON).date())
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, str) and not isinstance(value, SafeString):
        return _text(value)
    return value


def _day(value: date) -> SafeString:
    return format_html('<span class="app-nowrap">{}</span>', date_format(value, "j F Y"))


def _text(value: str) -> SafeString:
    """Fingerprints and addresses may break anywhere; other words stay whole."""
    longest = max(map(len, value.split()), default=0)
    return format_html('<bdi class="app-long">{}</bdi>' if longest > LONGEST_WORD else "<bdi>{}</bdi>", value)
