from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.terms import Jurisdiction
from coproduce.ui.forms import DateField, Form, LongText, OneOf

from .terms import PROMISES, QUESTIONS, Complexity, Dial, Level, Said


def _question(words: Any) -> OneOf:
    return OneOf(
        label=words, choices=Said.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small govuk-radios--inline"}),
        error_messages={"required": _("Choose an answer; “not sure” is one too.")},
    )  # fmt: skip


class CheckForm(Form):
    """The five questions, for whoever has no project yet."""

    mark_optional = False
    known_method = _question(QUESTIONS["known_method"])
    specialist = _question(QUESTIONS["specialist"])
    daily_lives = _question(QUESTIONS["daily_lives"])
    differs = _question(QUESTIONS["differs"])
    too_fast = _question(QUESTIONS["too_fast"])

    @property
    def answers(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in QUESTIONS}


class DecisionForm(CheckForm):
    words = forms.CharField(
        label=_("What is to be decided?"), max_length=300,
        help_text=_("One decision, in a few words. Most projects have several, and each may need another approach."),
    )  # fmt: skip

    field_order = ["words", *QUESTIONS]


class StartForm(Form):
    """A project and its first decision; the answers travel in the form."""

    mark_optional = False
    words = forms.CharField(label=_("What is to be decided?"), max_length=300)
    title = forms.CharField(label=_("Name of the project"), max_length=200)
    summary = forms.CharField(
        label=_("What is it for, in one sentence?"), max_length=400, help_text=_("25 words or fewer.")
    )
    service_area = forms.CharField(label=_("Service and area"), max_length=200, required=False)
    jurisdiction = forms.ChoiceField(label=_("Where is it?"), choices=Jurisdiction.choices)


class AnswersForm(forms.Form):
    """The five answers, hidden, as they come from the page before."""

    known_method = forms.ChoiceField(choices=Said.choices, widget=forms.HiddenInput)
    specialist = forms.ChoiceField(choices=Said.choices, widget=forms.HiddenInput)
    daily_lives = forms.ChoiceField(choices=Said.choices, widget=forms.HiddenInput)
    differs = forms.ChoiceField(choices=Said.choices, widget=forms.HiddenInput)
    too_fast = forms.ChoiceField(choices=Said.choices, widget=forms.HiddenInput)

    @property
    def pairs(self) -> Iterable[tuple[str, str]]:
        return [(name, str(self.cleaned_data[name])) for name in QUESTIONS]


class ConfirmForm(Form):
    complexity = OneOf(label=_("Which kind of challenge is it?"), choices=Complexity.choices)
    note = LongText(
        label=_("Why?"), rows=3, required=False,
        help_text=_("Needed if you choose another kind than the answers suggest."),
    )  # fmt: skip


class LevelForm(Form):
    level = OneOf(
        label=_("How far do people share this decision?"), choices=Level.choices,
        help_text=_("From left to right on the spectrum. None is always the best."),
        widget=forms.RadioSelect(attrs={"hints": PROMISES}),
    )  # fmt: skip
    decides = forms.TypedChoiceField(label=_("Who holds the decision?"), choices=Dial.choices, coerce=int)
    acts = forms.TypedChoiceField(label=_("Who has the power to act?"), choices=Dial.choices, coerce=int)
    promise = LongText(
        label=_("The promise in your own words"), rows=2, required=False,
        help_text=_("Leave it empty to use the sentence that stands beside the level."),
    )  # fmt: skip
    agreed_with = LongText(
        label=_("With whom did you agree this?"), rows=2, required=False,
        help_text=_("Best with the manager and at least two people who use the service."),
    )  # fmt: skip
    reason = LongText(
        label=_("Why this level?"), rows=3, required=False,
        help_text=_("Needed where the level does not fit the kind of challenge."),
    )  # fmt: skip


class AskMetForm(Form):
    seals_on = DateField(
        label=_("Until when can people answer?"),
        help_text=_("The answers are sealed until the evening of that day."),
    )
