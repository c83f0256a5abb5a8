"""What a field says when something is wrong with what was typed."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import Field
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
    for code, words in _messages(field, label).items():
        if field.error_messages.get(code) is _default(field, code):
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


def _default(field: Field, code: str) -> Any:
    for kind in type(field).__mro__:
        if code in getattr(kind, "default_error_messages", {}):
            return kind.default_error_messages[code]  # type: ignore[attr-defined]
    return None


def _messages(field: Field, label: str) -> dict[str, str]:
    # Django fills in the limit later, with the % operator.
    named = (f"“{label}”" if label.endswith("?") else label).replace("%", "%%")
    return {
        "required": _required(field, label),
        "null_characters_not_allowed": _(
            "The text has a character that cannot be kept. Type it again, or paste it as plain text."
        ),
        "max_length": _longest(_("%(label)s must be %(limit_value)s characters or fewer"), named, field),
        "min_length": _named(_("%(label)s must be %(limit_value)s characters or more"), named),
        "max_value": _named(_("%(label)s must be %(limit_value)s or less"), named),
        "min_value": _named(_("%(label)s must be %(limit_value)s or more"), named),
    } | _invalid(field, label)


def _named(words: str, label: str) -> str:
    return words.replace("%(label)s", label)


def _longest(words: str, label: str, field: Field) -> str:
    most = getattr(field, "max_length", None)
    return _named(words.replace("%(limit_value)s", f"{most:,}") if most else words, label)


def _required(field: Field, label: str) -> str:
    if label.endswith("?"):
        return _("Answer the question “%(label)s”") % {"label": label}
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s” to go on") % {"label": label}
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(label)s”") % {"label": label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose an answer for “%(label)s”") % {"label": label}
    if isinstance(field, DateField):
        return _("Enter a date for “%(label)s”") % {"label": label}
    return _("Fill in “%(label)s”") % {"label": label}


def _invalid(field: Field, label: str) -> dict[str, str]:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        choice = _("Choose one of the answers shown for “%(label)s”") % {"label": label}
        # Django fills the value into these two, with the % operator.
        filled = dict.fromkeys(("invalid_choice", "invalid_pk_value"), choice.replace("%", "%%"))
        return filled | {"invalid_list": choice}
    if isinstance(field, forms.EmailField):
        return {"invalid": _("Enter an email address in the correct form, like name@example.com")}
    if isinstance(field, DateField):
        return {}
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return {"invalid": _("%(label)s must be a number, like 420 or 12.5") % {"label": label}}
    if isinstance(field, forms.IntegerField):
        return {"invalid": _("%(label)s must be a whole number, like 12") % {"label": label}}
    if isinstance(field, forms.DateField):
        return {"invalid": _("Enter a real date, for example 27 3 2026")}
    if isinstance(field, forms.FileField):
        return {"empty": _("The file is empty"), "invalid": _("Choose a file")}
    return {}
