from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form, LongText, SomeOf

from .queries import Linked
from .rules import LONGEST_WHY


class UseForm(Form):
    """What a result is evidence for."""

    linked = SomeOf(label=_("What is it evidence for?"), choices=())

    def __init__(self, *args: Any, offered: list[Linked], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["linked"]
        field.choices = [(one.value, f"{one.ref}: {one.words}") for one in offered]


class TakeBackForm(Form):
    why = LongText(
        label=_("Why do you take it back?"), rows=3, max_length=LONGEST_WHY,
        help_text=_("The evidence and your reason stay on the record."),
    )  # fmt: skip
