"""Forms for codes on words."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form, LongText, SomeOf

from ..models import Code, Said
from ..rules import stretches
from ..terms import USUAL_SHARE, Characteristic
from .preparing import offer

_SMALL = {"class": "govuk-checkboxes--small"}


class CodeForm(Form):
    name = forms.CharField(label=_("Name of the code"), max_length=100)
    definition = LongText(
        label=_("What counts as this?"),
        rows=3,
        help_text=_("So plain that two people would sort the same way."),
    )
    parent = forms.ChoiceField(label=_("Is it a part of another code?"), required=False)
    characteristic = forms.ChoiceField(
        label=_("Is it about people of one kind?"), choices=[("", _("No")), *Characteristic.choices], required=False,
        help_text=_("Effects on equality get a sub-code of their own, or they hide in a general one."),
    )  # fmt: skip

    def __init__(self, *args: Any, codes: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = [(str(code.pk), str(code)) for code in codes if code.parent_id is None]
        offer(self, "parent", [("", _("No")), *tops])

    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        parent = typed.pop("parent", "")
        return {**typed, "parent_id": UUID(parent) if parent else None}


class PutCodeForm(Form):
    """The sentences of a reply to tick, and the code to put on them."""

    stretch = SomeOf(
        label=_("Which words?"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_SMALL)
    )
    code = forms.ChoiceField(label=_("Which code?"))

    def __init__(self, *args: Any, said: Iterable[Said], codes: Iterable[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {
            f"{one.position}-{piece.start}-{piece.end}": ((one.pk, piece.start, piece.end), piece.words)
            for one in said
            for piece in stretches(one.words)
        }
        offer(self, "stretch", ((value, f"“{words}”") for value, (_place, words) in self.places.items()))
        offer(self, "code", ((str(code.pk), f"{'– ' if code.parent_id else ''}{code}") for code in codes))

    def chosen(self) -> list[tuple[UUID, int, int]]:
        return [self.places[value][0] for value in self.cleaned_data["stretch"]]


class SecondForm(Form):
    coder = forms.ChoiceField(label=_("Who codes a share of them again?"))
    share = forms.IntegerField(
        label=_("How large a share?"), initial=USUAL_SHARE, min_value=1, max_value=100,
        widget=forms.NumberInput(attrs={"width": 3, "suffix": "%"}),
        help_text=_("Replies are drawn by lot. Eight or more are needed before a figure of agreement is given."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "coder", ((str(person.pk), person.shown_name) for person in people))
