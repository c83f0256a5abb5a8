"""What a field says when something is wrong with what was typed."""

from functools import lru_cache
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import Field
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .fields import DateField

LONGEST_TEXT = 10_000


def prepare(name: str, field: Field) -> None:
    """Give a field its longest length, tick boxes for several choices, and messages in plain English."""
    if (
        isinstance(field, forms.CharField)
        and field.max_length is None
        and not isinstance(field, forms.UUIDField)
    ):
        field.max_length = LONGEST_TEXT
        field.validators = [*field.validators, MaxLengthValidator(LONGEST_TEXT)]
    if type(field.widget) is forms.SelectMultiple:
        _offer_tick_boxes(field)
    label = str(field.label or name.replace("_", " ").capitalize())
    defaults = _defaults(_kind(field))
    for code, words in _messages(field, label).items():
        if field.error_messages.get(code) is defaults.get(code):
            field.error_messages[code] = words


def foreign_errors(form: forms.BaseForm, name: str, label: str) -> list[str]:
    """The errors of a form that is not ours, such as those of allauth, in our words where we have them."""
    field = form.fields.get(name)
    own = _of_signing_in() | (_messages(field, label) if field else {})
    errors = form.errors.as_data().get(name, [])
    return [
        own[error.code] if error.code in own and not error.params else " ".join(error.messages)
        for error in errors
    ]


def _of_signing_in() -> dict[str, str]:
    return {
        "incorrect_code": _("The code is not right. Check it, or ask for a new one"),
        "too_many_login_attempts": _("You tried too many times. Wait a few minutes, then try again"),
        "rate_limited": _("You tried too many times. Wait a few minutes, then try again"),
    }


def _offer_tick_boxes(field: Any) -> None:
    field.widget = forms.CheckboxSelectMultiple(attrs=field.widget.attrs)
    field.widget.choices = field.choices
    field.widget.is_required = field.required


@lru_cache(maxsize=512)
def _defaults(kind: type[Field]) -> dict[str, Any]:
    """What Django says by itself, by code."""
    found: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        found |= getattr(one, "default_error_messages", {})
    return found


def _messages(field: Field, label: str) -> dict[str, str]:
    return _messages_of(_kind(field), label, getattr(field, "max_length", None), get_language())


def _kind(field: Field) -> Any:
    return type(field)


# A page has dozens of fields, and each request makes them anew: the same words are put together once.
@lru_cache(maxsize=4_096)
def _messages_of(kind: type[Field], label: str, most: int | None, _language: str | None) -> dict[str, str]:
    # Django fills in the limit later, with the % operator.
    named = (f"“{label}”" if label.endswith("?") else label).replace("%", "%%")
    return {
        "required": _required(kind, label),
        "null_characters_not_allowed": _(
            "The text has a character that cannot be kept. Type it again, or paste it as plain text."
        ),
        "max_length": _longest(_("%(label)s must be %(limit_value)s characters or fewer"), named, most),
        "min_length": _named(_("%(label)s must be %(limit_value)s characters or more"), named),
        "max_value": _named(_("%(label)s must be %(limit_value)s or less"), named),
        "min_value": _named(_("%(label)s must be %(limit_value)s or more"), named),
    } | _invalid(kind, label)


def _named(words: str, label: str) -> str:
    return words.replace("%(label)s", label)


def _longest(words: str, label: str, most: int | None) -> str:
    return _named(words.replace("%(limit_value)s", f"{most:,}") if most else words, label)


def _required(kind: type[Field], label: str) -> str:
    if label.endswith("?"):
        return _("Answer the question “%(label)s”") % {"label": label}
    if issubclass(kind, forms.BooleanField):
        return _("Tick “%(label)s” to go on") % {"label": label}
    if issubclass(kind, forms.FileField):
        return _("Choose a file for “%(label)s”") % {"label": label}
    if issubclass(kind, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose an answer for “%(label)s”") % {"label": label}
    if issubclass(kind, DateField):
        return _("Enter a date for “%(label)s”") % {"label": label}
    return _("Fill in “%(label)s”") % {"label": label}


def _invalid(kind: type[Field], label: str) -> dict[str, str]:
    if issubclass(kind, forms.ChoiceField | forms.ModelChoiceField):
        choice = _("Choose one of the answers shown for “%(label)s”") % {"label": label}
        # Django fills the value into these two, with the % operator.
        filled = dict.fromkeys(("invalid_choice", "invalid_pk_value"), choice.replace("%", "%%"))
        return filled | {"invalid_list": choice}
    if issubclass(kind, forms.EmailField):
        return {"invalid": _("Enter an email address in the correct form, like name@example.com")}
    if issubclass(kind, DateField):
        return {}
    if issubclass(kind, forms.DecimalField | forms.FloatField):
        return {"invalid": _("%(label)s must be a number, like 420 or 12.5") % {"label": label}}
    if issubclass(kind, forms.IntegerField):
        return {"invalid": _("%(label)s must be a whole number, like 12") % {"label": label}}
    if issubclass(kind, forms.DateField):
        return {"invalid": _("Enter a real date, for example 27 3 2026")}
    if issubclass(kind, forms.FileField):
        return {"empty": _("The file is empty"), "invalid": _("Choose a file")}
    return {}
