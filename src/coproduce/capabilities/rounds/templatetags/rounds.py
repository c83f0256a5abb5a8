"""How ratings, means and choices of a round are written on the page."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from ..terms import Basis, BuiltOn, Format, Level, mean_shown, rating_shown

register = template.Library()
register.filter("rating", rating_shown)
register.filter("mean", mean_shown)


@register.filter
def percent(number: float | None) -> str:
    return "–" if number is None else f"{number:.1f}%"


@register.filter
def listed(words: Iterable[object]) -> str:
    return "; ".join(str(one) for one in words)


@register.filter
def bases(values: Iterable[str]) -> list[str]:
    return [str(Basis(value).label) for value in values]


@register.filter
def ways(values: Iterable[str]) -> list[str]:
    return [str(Format(value).label) for value in values]


@register.filter
def about(level: int) -> str:
    return _("About: %(level)s") % {"level": Level(level).label}


@register.filter
def built_on(value: str) -> str:
    return str(BuiltOn(value).label) if value else ""
