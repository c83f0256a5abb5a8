"""Telling us that a promise was missed, and the answer."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form, LongText, OneOf, YesNo

from ..terms import Commitment, Verdict

_LONGEST = 10_000


def _numbered(commitment: Commitment) -> Any:
    return format_lazy("{}. {}", commitment.value, commitment.label)


class ReportForm(Form):
    words = LongText(
        label=_("What was promised, and what happened?"), rows=6, max_length=_LONGEST,
        help_text=_("Leave out names of others, and what nobody should read."),
    )  # fmt: skip
    commitment = OneOf(
        label=_("Which promise is it about?"), required=False,
        choices=[*((str(one.value), _numbered(one)) for one in Commitment), ("", _("I am not sure"))],
    )  # fmt: skip
    may_show_words = YesNo(
        label=_("May everyone read your words?"), required=False,
        help_text=_(
            "If not, only those who lead the project read them. Everyone sees that something was missed, "
            "and the answer."
        ),
    )  # fmt: skip
    website = forms.CharField(label=_("Leave this box empty"), required=False, max_length=200)

    @property
    def looks_like_a_machine(self) -> bool:
        """People do not see this box, so only a program fills it in."""
        return bool(self.cleaned_data.get("website"))

    @property
    def said(self) -> dict[str, Any]:
        typed = self.cleaned_data
        chosen = typed.get("commitment")
        return {
            "words": typed["words"], "may_show_words": bool(typed.get("may_show_words")),
            "commitment": int(chosen) if chosen else None,
        }  # fmt: skip


class CodeForm(Form):
    code = forms.CharField(label=_("The code on your receipt"), max_length=20)


class AnswerForm(Form):
    verdict = OneOf(label=_("Was the promise missed?"), choices=Verdict.choices)
    answer = LongText(
        label=_("Your answer"), rows=6, max_length=_LONGEST,
        help_text=_("Everyone can read it, with your name. Do not repeat what only you may read."),
    )  # fmt: skip
