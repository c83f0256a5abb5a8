"""How the plain values of a version are read: days, impacts, aims and names of groups."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

from ..terms import Aim, Characteristic, Impact

register = template.Library()


@register.filter
def iso_day(value: str) -> str:
    return date_format(date.fromisoformat(value), "j F Y") if value else ""


@register.filter
def impact_words(values: Sequence[str]) -> str:
    return ", ".join(str(Impact(value).label) for value in values)


@register.filter
def aim_words(values: Sequence[str]) -> str:
    return ", ".join(str(Aim(value).label) for value in values)


@register.filter
def row_title(row: Mapping[str, Any]) -> Any:
    """In the language of the reader, unless the group was named here."""
    return row["name"] or Characteristic(row["characteristic"]).label
