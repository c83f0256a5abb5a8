"""Quick entry of paper forms: a code, then keys only. What the digits mean stands on the paper beside each answer."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.terms import Intent
from coproduce.ui.forms import LongText, Row, Rows

from .. import rules
from ..terms import (
    MOST_BARRIERS,
    RATING_WORDS,
    Basis,
    BuiltOn,
    Channel,
    Kind,
    Level,
    Question,
    QuestionForm,
    Size,
)
from .answering import DONT_KNOW, SKIP, ScribeForm, level_by_level
from .extra import extra_field

_BETWEEN = re.compile(r"[\s,;/+]+")
_RATINGS = {str(number): str(number) for number in RATING_WORDS}
_FIVE = {str(number): str(number) for number in range(1, 6)}


def by_number(values: Iterable[str]) -> dict[str, str]:
    """“1” for the first answer on the paper, “2” for the next."""
    return {str(place): str(value) for place, value in enumerate(values, 1)}


INTENTS = by_number(Intent) | {"0": DONT_KNOW}


class KeyField(forms.CharField):
    """One answer typed as a number; nothing typed means that it was skipped."""

    widget = forms.TextInput(attrs={"width": 3, "autocomplete": "off"})

    def __init__(self, keys: Mapping[str, str], *, skipped: str = "", **kwargs: Any) -> None:
        self.keys, self.skipped = keys, skipped
        super().__init__(**({"required": False, "max_length": 20} | kwargs))

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace("−", "-").removeprefix("+")
        if not typed:
            return self.skipped
        return self._meant(typed)

    def _meant(self, typed: str) -> str:
        if typed.lower() not in self.keys:
            raise forms.ValidationError(_("“%(typed)s” is not one of the numbers"), params={"typed": typed})
        return self.keys[typed.lower()]

    def prepare_value(self, value: Any) -> Any:
        return value


class KeysField(KeyField):
    """Several answers typed as numbers, with a space between them."""

    widget = forms.TextInput(attrs={"width": 10, "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        typed = [one for one in _BETWEEN.split(forms.CharField.clean(self, value)) if one]
        return [self._meant(one) for one in typed] or ([self.skipped] if self.skipped else [])


class _KeyedRow(Row):
    words = LongText(label=_("Barrier, in the person's own words"), rows=2)
    importance = KeyField(_FIVE, label=_("How much it matters, 1 to 5"))
    ease = KeyField(_FIVE, label=_("How easy to remove, 1 to 5"))
    built_on = KeyField(by_number(BuiltOn), label=_("What makes them think so, 1 to 3"))


class KeyedBarrierRow(_KeyedRow):
    level = KeyField(
        by_number(str(level.value) for level in Level), required=True,
        label=_("Who it is about: 1 me, 2 around me, 3 intention"),
    )  # fmt: skip

    field_order = ("words", "level", "importance", "ease", "built_on")


class KeyedReasonRow(Row):
    words = LongText(label=_("Reason, in the person's own words"), rows=2)
    likelihood = KeyField(by_number(Size), label=_("How likely: 1 low, 2 medium, 3 high"))
    impact = KeyField(by_number(Size), label=_("How much harm: 1 low, 2 medium, 3 high"))
    early_sign = forms.CharField(label=_("What would warn us early"), max_length=500, required=False)


class QuickForm(ScribeForm):
    """A whole paper form, typed. `by_code` finds the invited person by the code of their seat."""

    code = forms.CharField(
        label=_("Code on the form"), max_length=12,
        widget=forms.TextInput(attrs={"width": 5, "autocomplete": "off", "autofocus": True}),
        help_text=_("For example P04-K"),
    )  # fmt: skip
    me_rating = KeyField(_RATINGS, skipped=SKIP, label=_("Me, −3 to 3"))
    around_rating = KeyField(_RATINGS, skipped=SKIP, label=_("People around me, −3 to 3"))
    intents = KeysField(
        INTENTS, skipped=SKIP, label=_("What they want: one or two numbers, 0 for “I do not know”")
    )
    basis = KeysField(by_number(Basis), label=_("What makes them say this, 1 to 4"))
    confidence = KeyField(_FIVE, label=_("How sure, 1 to 5"))

    rows = {"barriers": Rows(KeyedBarrierRow, label=_("Barrier"), most=MOST_BARRIERS)}
    by_level = {
        Kind.PREMORTEM: level_by_level(KeyedReasonRow, _("Reason")),
        Kind.BARRIERS_ONLY: level_by_level(_KeyedRow, _("Barrier")),
    }
    # An empty box says already that the question was skipped.
    mark_optional = False

    def __init__(self, *args: Any, by_code: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = by_code
        self.invitation: Any = None
        self.fields["channel"].initial = Channel.PAPER

    def field_for(self, question: Question, wording: Any) -> forms.Field:
        if question.kind.is_text:
            return extra_field(question, wording)
        kind = KeysField if question.kind == QuestionForm.SOME else KeyField
        return kind(_keys(question), label=question.words, help_text=_meanings(question))

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        code = rules.read_code(typed)
        if code is None or code.seat not in self.by_code:
            raise forms.ValidationError(_("Nobody in this round has this code. Check it on the form"))
        if not rules.fits(code, self.the_round.short_code):
            raise forms.ValidationError(
                _("The letter does not fit the number. Check the code, and that the form is of this round")
            )
        self.invitation = self.by_code[code.seat]
        return str(typed)


def _keys(question: Question) -> dict[str, str]:
    if question.kind == QuestionForm.YES_NO:
        return {"1": "yes", "2": "no", "y": "yes", "n": "no"}
    if question.kind == QuestionForm.SCALE:
        return _FIVE
    return by_number(str(place) for place, _option in enumerate(question.options, 1))


def _meanings(question: Question) -> str:
    if question.kind == QuestionForm.SCALE:
        return str(_("1 to 5"))
    return "; ".join(f"{place} {words}" for place, (_value, words) in enumerate(question.choices, 1))
