"""What is typed about a review."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, OneOf, Row, Rows, RowsForm

from .terms import Needed, Outcome

_NONE = ("", _("None yet"))


class BenefitRow(Row):
    indicator = forms.CharField(
        label=_("What is measured?"), max_length=300, help_text=_("Such as: people who knew who was coming")
    )
    baseline = forms.CharField(label=_("Before"), max_length=100, required=False)
    target = forms.CharField(label=_("What was wanted"), max_length=100, required=False)
    now = forms.CharField(label=_("Now"), max_length=100, required=False)
    note = forms.CharField(
        label=_("Where the figure comes from, and what else could explain it"), max_length=300, required=False
    )


class ReviewForm(RowsForm):
    """Everything may be left for later; closing asks for what is missing."""

    still_needed = OneOf(label=_("Is it still needed?"), choices=Needed.choices, required=False)
    needs_change = LongText(label=_("Does it need to change, and how?"), rows=4, required=False)
    did_not_work = LongText(label=_("What did not work?"), rows=4, required=False)
    learned = LongText(label=_("What did we learn?"), rows=4, required=False)
    equality = LongText(
        label=_("Who gained, and who did not?"), rows=4, required=False,
        help_text=_("What the equality monitoring shows. Write nothing that could point to one person."),
    )  # fmt: skip
    outcome = OneOf(label=_("What is decided?"), choices=Outcome.choices, required=False)
    outcome_why = LongText(label=_("Why?"), rows=3, required=False)
    new_version = forms.ChoiceField(
        label=_("New version"), required=False, help_text=_("If it changes: the version that has the change.")
    )
    celebration = LongText(
        label=_("How do you celebrate, and with whom?"), rows=3, required=False,
        help_text=_("What went well belongs to those who made it."),
    )  # fmt: skip

    rows = {"benefits": Rows(BenefitRow, label=_("Benefit"), least=0, shown=1, most=20)}  # noqa: RUF012

    def __init__(self, *args: Any, versions: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [_NONE, *((str(one.pk), str(one)) for one in versions)]
        self.fields["new_version"].choices = choices  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What `write_review` takes, without the benefits."""
        typed = {name: value or "" for name, value in self.cleaned_data.items() if name != "benefits"}
        chosen = typed.pop("new_version")
        return typed | {"new_version_id": UUID(chosen) if chosen else None}


class SayForm(Form):
    """One's own word at the review; those who write for others choose from `people` whose it is."""

    person = forms.ChoiceField(
        label=_("Whose words are these?"), required=False,
        help_text=_("Choose the person when you write down what they say, such as on the phone."),
    )  # fmt: skip
    still_needed = OneOf(label=_("Is it still needed?"), choices=Needed.choices, required=False)
    words = LongText(
        label=_("How is it now? What got better, what did not, what should change?"), rows=6
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        if self._people:
            names = [(id, one.shown_name) for id, one in self._people.items()]
            self.fields["person"].choices = [("", _("My own words")), *names]  # type: ignore[attr-defined]
        else:
            del self.fields["person"]

    @property
    def on_behalf_of(self) -> Any:
        """None for one's own words."""
        return self._people.get(self.cleaned_data.get("person", ""))


class CloseForm(Form):
    next_review_on = DateField(
        label=_("When is this looked at again?"), required=False,
        help_text=_("No later than 12 months from today. Leave it empty if it is decided to stop."),
    )  # fmt: skip


class HandOverForm(Form):
    how = forms.CharField(
        label=_("How did they go?"), max_length=100, help_text=_("By post, by hand, on the phone")
    )
    on = DateField(label=_("On which day?"), required=False, help_text=_("Leave it empty for today."))


class OpenForm(Form):
    """Nothing to type: the review opens with a button."""
