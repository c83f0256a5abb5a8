"""Forms for what comes after the close."""

from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText


class ConsiderForm(Form):
    statement = LongText(
        label=_("How did you consider what people said?"), rows=6,
        help_text=_("What you read, what you weighed, and what it changed. It is published under your name."),
    )  # fmt: skip


class DecidedForm(Form):
    decision = LongText(label=_("What was decided?"), rows=4)
    decided_on = DateField(label=_("When?"), required=False, help_text=_("Leave this empty for today."))


class ReportForm(Form):
    said_words = LongText(label=_("What people said"), rows=6, required=False)
    decided_words = LongText(label=_("What was decided"), rows=6, required=False)
    connect_words = LongText(label=_("How the two connect"), rows=6, required=False)
