"""How ratings, means and choices of a round are written on the page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from coproduce.core.findings import Words
from coproduce.ui.forms import RowGroup
from coproduce.ui.templatetags.govuk import moment as shown_moment

from ..forms import AnswerForm, at_level
from ..rules import sealing, sentences
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
def root_code(root: str) -> str:
    return sealing.receipt(bytes.fromhex(root)) if root else ""


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


@register.filter
def spelled_moment(spelled: str) -> str:
    """A time of the ledger, as other times on the page."""
    return shown_moment(datetime.fromisoformat(spelled))


_VERBS: dict[str, Words] = {
    "rounds.draft_round": _lazy("The round was drafted"),
    "rounds.edit_round": _lazy("The draft was changed"),
    "rounds.invite": _lazy("People were invited"),
    "rounds.open_round": _lazy("The round was opened"),
    "rounds.give_more_time": _lazy("The sealing time was moved"),
    "rounds.seal_round": _lazy("The round was sealed"),
    "rounds.begin_reading": _lazy("The reading began"),
    "rounds.show_turn": _lazy("An answer was shown"),
    "rounds.end_turn": _lazy("A turn ended"),
    "rounds.pass_the_rest": _lazy("The other turns were passed"),
    "rounds.end_reading": _lazy("The reading ended and all answers opened"),
    "rounds.set_turn_seconds": _lazy("The length of a turn was set"),
    "rounds.open_second_answers": _lazy("Second answers were asked for"),
    "rounds.open_late_answer": _lazy("A late answer opened"),
    "rounds.close_round": _lazy("The round was closed and second answers opened"),
}


@register.filter
def in_words(verb: str) -> Words:
    return _VERBS.get(verb, verb.partition(".")[2].replace("_", " "))
