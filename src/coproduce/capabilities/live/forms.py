from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form, LongText, OneOf, SomeOf

from .terms import CODE_LENGTH, UNSEEN, Device

_CALLED = {"class": "govuk-radios--small"}


class CodeForm(Form):
    code = forms.CharField(
        label=_("Code on the screen"), max_length=20, help_text=_("Six letters and digits"),
        widget=forms.TextInput(attrs={"width": 10, "autocomplete": "off", "class": "app-code-input"}),
        error_messages={"required": _("Type the code that is on the screen")},
    )  # fmt: skip

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if sum(letter.isalnum() for letter in code) != CODE_LENGTH:
            raise forms.ValidationError(_("The code has six letters and digits"))
        return code


class JoinForm(Form):
    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=80,
        required=False,
        help_text=_("A first name is fine."),
    )
    group = OneOf(
        label=_("Which group are you in today?"), choices=[], widget=forms.RadioSelect(attrs=_CALLED),
        error_messages={"required": _("Choose your group")},
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Iterable[Any], anonymous: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark_optional = False
        field = self.fields["group"]
        assert isinstance(field, OneOf)
        field.choices = [(str(group.pk), group.name) for group in groups]
        if anonymous:
            del self.fields["name"]

    def facts(self) -> dict[str, Any]:
        return {"name": self.cleaned_data.get("name", ""), "group_id": UUID(self.cleaned_data["group"])}


class PhraseForm(Form):
    phrase = forms.CharField(
        label=_("Your four words"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the four words that you were shown when you joined")},
    )  # fmt: skip


class SessionForm(Form):
    title = forms.CharField(label=_("What is the session called?"), max_length=200)
    round = OneOf(
        label=_("Which round will you hold?"), choices=[], widget=forms.RadioSelect(attrs=_CALLED),
        error_messages={"required": _("Choose a round")},
    )  # fmt: skip
    heads = forms.IntegerField(
        label=_("How many people do you expect?"), min_value=1, max_value=9999, required=False,
        widget=forms.TextInput(attrs={"width": 4, "inputmode": "numeric"}),
    )  # fmt: skip
    options = SomeOf(
        label=_("Names"), required=False,
        choices=[("anonymous", _("Ask for no names: people are called by the number of their seat"))],
    )  # fmt: skip

    def __init__(self, *args: Any, rounds: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        assert isinstance(field, OneOf)
        field.choices = [(str(one.pk), f"{one.code} {one.title}") for one in rounds]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "title": data["title"], "round_id": UUID(data["round"]), "heads": data["heads"],
            "is_anonymous": "anonymous" in data["options"],
        }  # fmt: skip


class StepForm(Form):
    """A button of the console: `action` names it, and `seen` the step that its page showed."""

    action = forms.CharField(widget=forms.HiddenInput, max_length=30)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark_optional = False
        if needs_reason and not self.is_bound:
            self._ask_for_a_reason()

    @property
    def stood_at(self) -> str:
        """Where the room stood on the page with the button."""
        return self.cleaned_data.get("seen") or UNSEEN


class HeadsForm(Form):
    heads = forms.IntegerField(
        label=_("People in the room"), min_value=0, max_value=9999, required=False,
        widget=forms.TextInput(attrs={"width": 4, "inputmode": "numeric"}),
    )  # fmt: skip


class TurnSecondsForm(Form):
    seconds = forms.IntegerField(
        label=_("Seconds for each turn"), min_value=15, max_value=600,
        widget=forms.TextInput(attrs={"width": 4, "inputmode": "numeric"}),
    )  # fmt: skip


class PlaceForm(Form):
    """A place for someone without a device."""

    invitation = forms.ChoiceField(
        label=_("Who is it?"),
        required=False,
        help_text=_("Choose a person whom you invited, or write a new name below."),
    )
    name = forms.CharField(label=_("Or a new person: name"), max_length=80, required=False)
    group = forms.ChoiceField(label=_("Group of the new person"), required=False)
    device = OneOf(label=_("How do they take part?"), choices=[], widget=forms.RadioSelect(attrs=_CALLED))

    def __init__(self, *args: Any, expected: Iterable[Any], groups: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark_optional = False
        nobody = ("", "---------")
        people = [(str(one.pk), f"{one.person.shown_name} ({one.group_name})") for one in expected]
        self.fields["invitation"].choices = [nobody, *people]  # type: ignore[attr-defined]
        self.fields["group"].choices = [nobody, *((str(one.pk), one.name) for one in groups)]  # type: ignore[attr-defined]
        device = self.fields["device"]
        assert isinstance(device, OneOf)
        device.choices = [(one.value, one.label) for one in Device if one != Device.PHONE]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("invitation"):
            if not data.get("name"):
                self.add_error("invitation", _("Choose a person, or write a new name"))
            elif not data.get("group"):
                self.add_error("group", _("Choose the group of the new person"))
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "device": data["device"], "name": data["name"],
            "invitation_id": UUID(data["invitation"]) if data["invitation"] else None,
            "group_id": UUID(data["group"]) if data["group"] else None,
        }  # fmt: skip


class RecogniseForm(Form):
    invitation = OneOf(
        label=_("Whom did you expect?"), choices=[], widget=forms.RadioSelect(attrs=_CALLED),
        error_messages={"required": _("Choose the person")},
    )  # fmt: skip

    def __init__(self, *args: Any, expected: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["invitation"]
        assert isinstance(field, OneOf)
        field.choices = [(str(one.pk), f"{one.person.shown_name} ({one.group_name})") for one in expected]


class WhyForm(Form):
    why = forms.CharField(label=_("Why?"), max_length=300)


class CommentForm(Form):
    words = LongText(
        label=_("What do you want to say?"),
        rows=3,
        error_messages={"required": _("Write what you want to say")},
    )


class ThemeForm(Form):
    name = forms.CharField(
        label=_("New theme"), max_length=120, error_messages={"required": _("Write the name of the theme")}
    )


class MoveForm(Form):
    """One barrier and where it goes."""

    barrier = forms.UUIDField(widget=forms.HiddenInput)
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, themes: Iterable[Any], ref: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark_optional = False
        if ref:
            self.fields["theme"].label = _("Theme of %(ref)s") % {"ref": ref}
        choices = [("", _("No theme yet")), *((str(theme.pk), theme.name) for theme in themes)]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        theme = self.cleaned_data["theme"]
        return {"barrier_id": self.cleaned_data["barrier"], "theme_id": UUID(theme) if theme else None}
