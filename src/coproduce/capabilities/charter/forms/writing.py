"""The charter, those who sign it, the settings, and the dates of the participants' view."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, Row, Rows, RowsForm

from ..terms import Limits


class SignatoryRow(Row):
    organisation = forms.CharField(label=_("Organisation, or the group they speak for"), max_length=200)
    person = forms.CharField(label=_("Name"), max_length=200)
    role = forms.CharField(label=_("Role"), max_length=200)
    signed_on = DateField(label=_("Signed on"))


class CharterForm(RowsForm):
    """Everything may be left for later; making it public asks for what is missing."""

    rows = {"signatories": Rows(SignatoryRow, label=_("Who signs"), shown=1, most=40)}

    title = forms.CharField(label=_("Title"), max_length=300)
    scope = LongText(label=_("What does it cover?"), rows=3, required=False)
    citizens_do = LongText(
        label=_("What do citizens and partners do?"), rows=4, required=False,
        help_text=_("Roles and responsibilities of those who take part."),
    )  # fmt: skip
    staff_do = LongText(
        label=_("What do staff do?"), rows=4, required=False,
        help_text=_("Roles and responsibilities of those who work here. A charter binds both sides."),
    )  # fmt: skip
    incentives = LongText(
        label=_("What do people get for taking part?"), rows=3, required=False,
        help_text=_("Payment, expenses, time credits, training, thanks."),
    )  # fmt: skip
    conflict = LongText(label=_("How is a conflict settled?"), rows=3, required=False)
    response_time = forms.CharField(
        label=_("How soon do people get an answer?"), max_length=300, required=False,
        help_text=_("For example: each suggestion is answered within 20 working days."),
    )  # fmt: skip
    review_on = DateField(
        label=_("When is the charter looked at again?"), required=False, help_text=_("Within a year.")
    )

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "signatories"}


class LimitsForm(Form):
    on_time_percent = forms.IntegerField(
        label=_("Answers on time"), min_value=1, max_value=100,
        help_text=_(
            "In per cent. Less than 100, as one answer may wait for a partner or for illness. Below 95 people stop "
            "believing the date."
        ),
    )  # fmt: skip
    updates_percent = forms.IntegerField(
        label=_("Planned updates that were sent"), min_value=1, max_value=100,
        help_text=_("In per cent. A letter can fail to reach somebody who has moved. Below 90 it is no longer chance."),
    )  # fmt: skip
    review_months = forms.IntegerField(
        label=_("Months until something is looked at again"), min_value=1, max_value=12,
        help_text=_("The charter promises a look each year, so it is 12 at most."),
    )  # fmt: skip
    answer_days = forms.IntegerField(
        label=_("Working days to answer when a promise was missed"), min_value=1, max_value=60,
        help_text=_("Long enough to look into it, short enough that nobody has to ask again. Ten is two weeks."),
    )  # fmt: skip

    @property
    def limits(self) -> Limits:
        return Limits(**self.cleaned_data)


class ViewForm(Form):
    opens_on = DateField(label=_("From which day may people answer?"))
    seals_on = DateField(
        label=_("On which day are the answers sealed?"),
        help_text=_("In the evening. Until then nobody sees an answer of others."),
    )


class JustAButton(Form):
    """Nothing to type."""
