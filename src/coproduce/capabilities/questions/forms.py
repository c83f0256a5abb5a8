from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form, LongText, OneOf

from .terms import ABOUT, ANSWERS, Kind, Stage, Status


class AskForm(Form):
    stage = forms.ChoiceField(label=_("At which stage?"), choices=Stage.choices)
    kind = OneOf(
        label=_("What kind of question is it?"), choices=Kind.choices,
        widget=forms.RadioSelect(attrs={"hints": ABOUT, "class": "govuk-radios--small"}),
    )  # fmt: skip
    words = LongText(
        label=_("Your question"), rows=3, max_length=500,
        help_text=_("Use this one or write your own. Everyone in the project reads it, with your name."),
    )  # fmt: skip


class AnswerForm(Form):
    """`cited` offers the documents of the project, where there are any."""

    status = OneOf(
        label=_("What came of the question?"),
        choices=[(one.value, one.label) for one in ANSWERS],
        widget=forms.RadioSelect(
            attrs={
                "hints": {
                    Status.ANSWERED: _("We know, and we say it."),
                    Status.CHANGED: _("We do something else now, because somebody asked."),
                    Status.CANNOT: _("We do not know, and say why."),
                }
            }
        ),
    )
    answer = LongText(label=_("The answer"), help_text=_("Or why it cannot be answered."))
    what_changed = LongText(
        label=_("What changed because somebody asked?"), required=False, rows=3,
        help_text=_("Only if you changed your mind. It goes on the list of what changed."),
    )  # fmt: skip
    evidence = LongText(label=_("What is the evidence?"), required=False, rows=2)
    address = forms.CharField(
        label=_("Web address of the evidence"), max_length=1000, required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    cited = forms.ChoiceField(label=_("Or a document of this project"), required=False)

    def __init__(self, *args: Any, sources: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(source.value, source.label) for source in sources]
        self.fields["cited"].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["cited"]
