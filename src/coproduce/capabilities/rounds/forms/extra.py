"""The questions beside the three levels as fields of a form; each can be skipped."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import LongText, OneOf, SomeOf

from ..terms import SHORT_TEXT, Extra, Question, QuestionForm, Wording, Written

_SKIP: tuple[str, str | Promise] = ("", _("I would rather skip this"))
_SMALL = {"class": "govuk-radios--small"}
_INLINE = {"class": "govuk-radios--inline govuk-radios--small"}


def extra_field(question: Question, wording: Wording) -> forms.Field:
    """The field of one question, in this language."""
    return _FIELDS[question.kind](question, wording)


def options_of(question: Question, wording: Wording) -> list[tuple[str, str | Promise]]:
    """The list to choose from; the value is the place in the list, which is the same in each language."""
    if not question.kind.has_options:
        return list(question.choices)
    return [
        (str(place), wording.option(question, option)) for place, option in enumerate(question.options, 1)
    ]


def given(asked: Iterable[Question], data: Mapping[str, Any]) -> tuple[Extra, ...]:
    """What was answered, out of a form's clean data; skipped questions are left out."""
    found = ((question, _chosen(question, data.get(f"extra_{question.id}"))) for question in asked)
    return tuple(Extra(question.id, values) for question, values in found if values)


def shown_again(asked: Iterable[Question], written: Written) -> dict[str, Any]:
    """The fields filled with what was answered before."""
    before = {one.question: one.given for one in written.extra}
    return {
        f"extra_{question.id}": _typed(question, before[question.id])
        for question in asked
        if question.id in before
    }


def _chosen(question: Question, value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else list(value or ())
    values = [one for one in values if one]
    return tuple(question.options[int(one) - 1] if question.kind.has_options else one for one in values)


def _typed(question: Question, values: tuple[str, ...]) -> Any:
    if question.kind.has_options:
        values = tuple(str(question.options.index(one) + 1) for one in values)
    return list(values) if question.kind == QuestionForm.SOME else values[0]


def _short(question: Question, wording: Wording) -> forms.Field:
    return forms.CharField(label=wording.question(question), max_length=SHORT_TEXT, required=False)


def _long(question: Question, wording: Wording) -> forms.Field:
    return LongText(label=wording.question(question), rows=3, required=False)


def _one(question: Question, wording: Wording) -> forms.Field:
    inline = question.kind in {QuestionForm.YES_NO, QuestionForm.SCALE}
    return OneOf(
        label=wording.question(question), choices=[*options_of(question, wording), _SKIP], required=False,
        widget=forms.RadioSelect(attrs=_INLINE if inline else _SMALL),
    )  # fmt: skip


def _some(question: Question, wording: Wording) -> forms.Field:
    return SomeOf(label=wording.question(question), choices=options_of(question, wording), required=False)


_FIELDS: Mapping[QuestionForm, Callable[[Question, Wording], forms.Field]] = {
    QuestionForm.SHORT: _short, QuestionForm.LONG: _long, QuestionForm.ONE: _one, QuestionForm.SOME: _some,
    QuestionForm.SCALE: _one, QuestionForm.YES_NO: _one,
}  # fmt: skip
