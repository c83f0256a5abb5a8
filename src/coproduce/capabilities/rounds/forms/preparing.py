"""The wording in another language, and who helps whom."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form, LongText
from coproduce.ui.wording import prepare

from ..terms import QUESTIONS, Question, canonical_tag, is_a_tag

_LABELS = {
    "title": _("What is the round about?"), "proposal": _("Which proposal people answer about"),
    "level_1": _("Level 1 (me)"), "level_2": _("Level 2 (people around me)"), "level_3": _("Level 3 (intention)"),
    "barriers": _("Barriers"),
}  # fmt: skip


class AddLanguageForm(Form):
    language = forms.CharField(
        label=_("Language"), max_length=35, widget=forms.TextInput(attrs={"width": 10}),
        help_text=_("As a language tag: cy for Welsh, pl for Polish, ur for Urdu, so for Somali."),
    )  # fmt: skip

    def clean_language(self) -> str:
        tag = canonical_tag(self.cleaned_data["language"])
        if not is_a_tag(tag):
            raise forms.ValidationError(_("Enter a language tag, such as cy or pa-Arab"))
        return tag


class LanguageForm(Form):
    """The words of a round in one more language, each under the words that they stand for."""

    def __init__(self, *args: Any, the_round: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.the_round = the_round
        self._add("title", the_round.title)
        if the_round.proposal:
            self._add("proposal", the_round.proposal)
        for part in QUESTIONS:
            self._add(part, the_round.wording.get(part, ""), needed=True)
        for question in the_round.asked:
            self._add_question(question)

    def _add(self, name: str, first: str, *, needed: bool = False, label: Any = "") -> None:
        self.fields[name] = field = LongText(
            label=label or _LABELS[name], rows=3, help_text=first, required=needed
        )
        prepare(name, field)

    def _add_question(self, question: Question) -> None:
        self._add(f"words_{question.id}", question.words, label=_("Question"))
        if question.options:
            listed = "; ".join(question.options)
            self._add(f"options_{question.id}", listed, label=_("Answers to choose from, one a line"))

    def clean(self) -> None:
        for question in self.the_round.asked:
            lines = self._lines(f"options_{question.id}")
            if lines and len(lines) != len(question.options):
                self.add_error(f"options_{question.id}", _("Write as many lines as there are answers"))

    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        plain: dict[str, Any] = {name: data.get(name, "") for name in _LABELS}
        plain["questions"] = {question.id: self._question(question) for question in self.the_round.asked}
        return plain

    def _question(self, question: Question) -> dict[str, Any]:
        words = self.cleaned_data.get(f"words_{question.id}", "")
        return {"words": words, "options": self._lines(f"options_{question.id}")}

    def _lines(self, name: str) -> list[str]:
        return lines_of(self.cleaned_data.get(name, ""))


def lines_of(text: str) -> list[str]:
    """One answer a line; empty lines are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def initial_of_language(words: dict[str, Any]) -> dict[str, Any]:
    """The form filled with the words saved before."""
    asked = words.get("questions", {})
    return (
        {name: words.get(name, "") for name in _LABELS}
        | {f"words_{one}": plain["words"] for one, plain in asked.items()}
        | {f"options_{one}": "\n".join(plain["options"]) for one, plain in asked.items()}
    )


class SupporterForm(Form):
    person = forms.ChoiceField(label=_("Who helps this person to answer?"))

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "---------"), *((str(one.pk), one.shown_name) for one in people)]
