"""The forms of ballots, statements and votes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, OneOf, Row, Rows, RowsForm

from .terms import LONG_FROM, MOST_LETTERS, Checking, Reason, Shown, Standing, Value, Who

_INLINE = {"class": "govuk-radios--inline govuk-radios--small"}


class BallotForm(Form):
    title = forms.CharField(label=_("What do people vote about?"), max_length=200)
    intro = LongText(
        label=_("Introduction"), rows=4, required=False,
        help_text=_("Why you ask, and what will happen with the result."),
    )  # fmt: skip
    who = OneOf(label=_("Who may vote?"), choices=Who.choices)
    shown = OneOf(label=_("When are results shown?"), choices=Shown.choices)
    takes_statements = forms.BooleanField(label=_("People may add statements of their own"), required=False)
    checking = OneOf(label=_("What happens to a statement that somebody adds?"), choices=Checking.choices)
    opens_on = DateField(label=_("First day"), required=False, help_text=_("Or open it by hand."))
    closes_on = DateField(
        label=_("Last day"),
        required=False,
        help_text=_("People can vote until midnight. Or close it by hand."),
    )


class WriteForm(Form):
    lines = LongText(
        label=_("Statements"), rows=8,
        help_text=_("One on each line, with one idea each. Short: at most %(most)d letters.")
        % {"most": LONG_FROM},
    )  # fmt: skip

    def texts(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]


class WordRow(Row):
    text = LongText(label=_("Statement"), rows=2, max_length=MOST_LETTERS)
    source = forms.UUIDField(widget=forms.HiddenInput)


class WordForm(RowsForm):
    rows = {"statements": Rows(WordRow, label=_("Statement"), least=1, shown=1, most=100)}


class RewordForm(Form):
    text = LongText(label=_("Statement"), rows=3, max_length=MOST_LETTERS)


class ReplaceForm(RewordForm):
    why = forms.CharField(
        label=_("Why is it replaced?"), max_length=300,
        help_text=_("People who voted on the old words will read this."),
    )  # fmt: skip


class ModerateForm(Form):
    standing = OneOf(
        label=_("What do you decide?"),
        choices=[
            (Standing.ACCEPTED, _("Accept: people can vote on them")),
            (Standing.DECLINED, _("Decline: people do not see them")),
        ],
    )
    reason = forms.ChoiceField(
        label=_("Reason for declining"), choices=[("", _("Choose a reason")), *Reason.choices], required=False
    )
    words = forms.CharField(
        label=_("A few words to whoever wrote it"), max_length=500, required=False,
        help_text=_("They will read the reason and these words."),
    )  # fmt: skip


class UndoForm(Form):
    words = forms.CharField(label=_("Why do you take it back?"), max_length=500)


class StartForm(Form):
    """Asked once and of nobody's own will but the voter's."""

    def __init__(self, *args: Any, groups: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(group.pk), group.name) for group in groups]
        self.fields["group"] = OneOf(
            label=_("Which of these are you, as far as this is about?"), required=False,
            choices=[*choices, ("", _("I would rather not say"))],
            help_text=_("It shows whether all kinds of people agree. Nobody sees how one person voted."),
        )  # fmt: skip
        if not groups:
            del self.fields["group"]


class AddForm(Form):
    text = LongText(
        label=_("Your statement"), rows=3, max_length=MOST_LETTERS,
        help_text=_("One short sentence with one idea, that other people can agree or disagree with."),
    )  # fmt: skip


class VotesForm(Form):
    """The votes of one paper, or of one phone call."""

    mark_optional = False

    def __init__(self, *args: Any, statements: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [one.number for one in statements]
        for one in statements:
            self.fields[f"vote_{one.number}"] = OneOf(
                label=f"{one.number}. {one.text}", choices=[*Value.choices, ("", _("No vote"))], required=False,
                widget=forms.RadioSelect(attrs=_INLINE),
            )  # fmt: skip

    def votes(self) -> dict[int, int]:
        said = {number: self.cleaned_data.get(f"vote_{number}", "") for number in self.numbers}
        return {number: int(value) for number, value in said.items() if value not in {"", None}}


class PaperVotesForm(VotesForm):
    code = forms.CharField(
        label=_("Code on the paper"), max_length=20, help_text=_("For example 012-KQFX"),
        widget=forms.TextInput(attrs={"width": 10, "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = forms.ChoiceField(
            label=_("Group on the paper"), required=False,
            choices=[("", _("None given")), *((str(group.pk), group.name) for group in groups)],
        )  # fmt: skip
        self.order_fields(["code", "group"])


class PhoneVotesForm(VotesForm):
    def __init__(self, *args: Any, seats: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ChoiceField(
            label=_("Who is on the phone?"),
            choices=[("", _("Choose a person")), *((str(one.person_id), one.person.name) for one in seats)],
        )  # fmt: skip
        self.order_fields(["person"])
