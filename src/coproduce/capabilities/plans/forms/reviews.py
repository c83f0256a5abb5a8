from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, OneOf, YesNo

from ..terms import Rhythm


class ReviewForm(Form):
    rule_required = ("next_on",)

    words = LongText(
        label=_("What did you find, and what follows?"), rows=6,
        help_text=_("How the plan stands is kept with your words, as it is today."),
    )  # fmt: skip
    rhythm = OneOf(label=_("How often is this plan reviewed?"), choices=Rhythm.choices)
    next_on = DateField(label=_("When is the next review?"), required=False)


class RemindersForm(Form):
    wanted = YesNo(
        label=_("Do you want an e-mail when something is due?"),
        help_text=_("At most one a day. It lists everything that is due soon or late."),
    )
