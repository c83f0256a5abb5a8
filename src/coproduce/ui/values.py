"""How a value of a cell is written on the page."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coproduce.core.clock import LONDON


def shown(value: Any) -> Any:
    """Dates in words, yes and no for a truth, a dash for nothing; text keeps its own direction."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(value.astimezone(LONDON).date(), "j F Y")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, str) and not isinstance(value, SafeString):
        return format_html("<bdi>{}</bdi>", value)
    return value
