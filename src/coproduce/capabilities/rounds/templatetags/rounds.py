"""How ratings, means and choices of a round are written on the page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from coproduce.ui.forms import RowGroup

from ..forms import AnswerForm, at_level
from ..rules import sentences
from ..terms import (
    Basis,
    BuiltOn,
    Format,
    Level,
    Question,
    Size,
    Wording,
    Written,
    mean_shown,
    own_name,
    rating_shown,
)

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
def size(value: str) -> str:
    return str(Size(value).label) if value else ""


@register.filter
def own_name_of(tag: str) -> str:
    return own_name(tag)


@register.filter
def in_sentences(words: str) -> list[str]:
    return sentences(words)


@register.simple_tag
def words_of(wording: Wording, question: Question) -> str:
    """A question beside the three levels, in this language."""
    return wording.question(question)


@register.simple_tag
def option_words(wording: Wording, question: Question) -> list[Any]:
    """What to choose from, in this language."""
    if question.kind.has_options:
        return [wording.option(question, option) for option in question.options]
    return [words for _value, words in question.choices]


@register.filter
def answered(written: Written, question: Question) -> str:
    """What was answered to a question beside the three levels."""
    return written.given(question)


@register.filter
def level_rows(form: AnswerForm, level: int) -> RowGroup:
    """The rows in which a form asks for barriers at this level."""
    return next(group for group in form.row_groups if group.name == at_level(level))


@register.filter
def built_on(value: str) -> str:
    return str(BuiltOn(value).label) if value else ""
