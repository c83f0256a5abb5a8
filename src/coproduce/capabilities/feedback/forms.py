"""What is typed about a statement, and about the answers as a whole."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.drafting.terms import Status
from coproduce.ui.forms import DateField, Form, LongText, OneOf, SomeOf

from .terms import Progress, Style

_SMALL = {"class": "govuk-checkboxes--small"}


class StatementForm(Form):
    heading = forms.CharField(label=_("Heading"), max_length=200)
    said = LongText(label=_("What was said"), rows=4, help_text=_("In plain words, as people said it."))
    suggestions = SomeOf(
        label=_("Suggestions that this answers"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
    )  # fmt: skip
    find = forms.CharField(
        label=_("Find more suggestions"), max_length=200, required=False,
        help_text=_("A number such as S07, or words. What you have typed and ticked stays."),
    )  # fmt: skip
    quotes = SomeOf(
        label=_("Words to quote"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
        help_text=_("Only of people who agree. If they take it back, their words go from the page at once."),
    )  # fmt: skip
    did = LongText(label=_("We did"), rows=4, required=False)
    will = LongText(label=_("We will"), rows=4, required=False)
    will_by = DateField(label=_("We will do it by"), required=False)
    could_not = LongText(label=_("We could not"), rows=4, required=False, help_text=_("Say why not."))
    reason = LongText(label=_("Reason, in plain words"), rows=3, required=False)
    cost = LongText(label=_("What it costs"), rows=2, required=False)
    place = forms.CharField(label=_("Where it stands in the document"), max_length=300, required=False)
    easy_said = LongText(
        label=_("What was said, in Easy Read"), rows=3, required=False,
        help_text=_("One idea on each line, 15 words at most. Write it together with the people who will read it."),
    )  # fmt: skip
    easy_came = LongText(
        label=_("What came of it, in Easy Read"), rows=4, required=False,
        help_text=_("One idea on each line, 15 words at most."),
    )  # fmt: skip
    together = SomeOf(
        label=_("Done together by"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
        help_text=_("Each person is named in public as they chose."),
    )  # fmt: skip
    together_words = forms.CharField(label=_("Others who did it with us"), max_length=300, required=False)
    responsible = forms.ChoiceField(label=_("Who is responsible?"), required=False)
    status_on = DateField(label=_("This is how it stood on"), required=False)
    next_update_on = DateField(label=_("Next update on"), required=False)

    def __init__(
        self,
        *args: Any,
        suggestions: Iterable[Any],
        quotes: Mapping[str, tuple[UUID, str]],
        people: Iterable[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.quote_words = quotes
        names = [(str(person.pk), person.shown_name) for person in people]
        self._offer("suggestions", [(str(one.pk), _line(one)) for one in suggestions])
        self._offer("quotes", [(value, f"“{words}”") for value, (_id, words) in quotes.items()])
        self._offer("together", names)
        self._offer("responsible", [("", _("Nobody yet")), *names])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def as_typed(self) -> dict[str, Any]:
        """Everything as it was typed, to be shown again without finding fault."""
        return {field.name: field.data for field in self}

    def arguments(self) -> dict[str, Any]:
        """The same as `operations.write_statement` takes it."""
        typed = dict(self.cleaned_data)
        typed.pop("find", None)
        responsible = typed.pop("responsible")
        return {
            "suggestion_ids": [UUID(id) for id in typed.pop("suggestions")],
            "quotes": [self.quote_words[value] for value in typed.pop("quotes")],
            "together_ids": [UUID(id) for id in typed.pop("together")],
            "responsible_id": UUID(responsible) if responsible else None,
            "facts": typed,
        }


def _line(suggestion: Any) -> str:
    return f"{suggestion.ref} {suggestion.gist or suggestion.words} ({Status(suggestion.status).label})"


class ReportForm(Form):
    style = OneOf(label=_("Heading"), choices=Style.choices)
    introduction = LongText(label=_("What should people read first?"), rows=5, required=False)
    asked = LongText(
        label=_("What did you ask?"), rows=4, required=False,
        help_text=_("It stands first under “We asked, you said, we did”."),
    )  # fmt: skip
    comments_closed_on = DateField(
        label=_("When did comments close?"), required=False, help_text=_("Answers are due 12 weeks later.")
    )


class PublishForm(Form):
    """Only the key of the request: publishing is one press of a button."""


class UpdateForm(Form):
    progress = OneOf(label=_("How does it stand?"), choices=Progress.choices)
    words = LongText(
        label=_("What is new?"), rows=4,
        help_text=_("Everyone can read it at once. What is written stays; a later update can put it right."),
    )  # fmt: skip
    on = DateField(label=_("This is how it stood on"), required=False)
    new_date = DateField(label=_("The new date, if the date moves"), required=False)
    next_on = DateField(
        label=_("Next update on"), required=False, help_text=_("Leave it empty when nothing more is to come.")
    )


class HandOverForm(Form):
    """How the printed letters went; the way is kept as words."""

    how = OneOf(
        label=_("How did they go?"),
        choices=[
            ("by letter", _("By post")),
            ("in person", _("In person")),
            ("through their supporter", _("Through a supporter")),
            ("read out by phone", _("Read out by phone")),
        ],
    )
    on = DateField(label=_("When?"), required=False)
