"""Form fields for what this platform asks: dates in three boxes, money, yes or no, long text."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_MONTHS = (
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    [
        "ionawr",
        "chwefror",
        "mawrth",
        "ebrill",
        "mai",
        "mehefin",
        "gorffennaf",
        "awst",
        "medi",
        "hydref",
        "tachwedd",
        "rhagfyr",
    ],
)
_MONTH_NUMBERS = {name: number for names in _MONTHS for number, name in enumerate(names, 1)} | {"sept": 9}


class DateBoxes(forms.MultiWidget):
    """Day, month and year; what was typed stays typed, whatever it was."""

    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(widgets={part: forms.TextInput() for part in self.parts}, attrs=attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        boxes = [str(data.get(f"{name}_{part}") or "").strip() for part in self.parts]
        whole = data.get(name)
        # Imports and tests may give a whole date under the field's own name.
        if not any(boxes) and whole:
            return _boxes(whole)
        return boxes


class DateField(forms.MultiValueField):
    """A date typed in three boxes. Words such as "ongoing" are refused with the code "ongoing"."""

    widget = DateBoxes
    default_error_messages = {
        "invalid": _("Enter a real date, for example 27 3 2026"),
        "incomplete": _("Enter a day, a month and a year, for example 27 3 2026"),
        "short_year": _("The year must have 4 numbers, for example 2026"),
        "ongoing": _("Enter a date. “%(words)s” is not a date"),
    }

    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.CharField(required=False, max_length=100) for _part in DateBoxes.parts]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[str]) -> date | None:
        boxes = [str(box or "").strip() for box in data_list]
        if not any(boxes):
            return None
        self._refuse_words(boxes)
        if not all(boxes) or len(boxes) < len(DateBoxes.parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return self._date(*(_number(box) for box in boxes))

    def _refuse_words(self, boxes: Sequence[str]) -> None:
        wordy = [box for box in boxes if box and not re.fullmatch(r"[0-9]{1,4}", box) and not _number(box)]
        if wordy:
            words = {"words": " ".join(wordy)}
            raise ValidationError(self.error_messages["ongoing"], code="ongoing", params=words)

    def _date(self, day: int, month: int, year: int) -> date:
        if year < 1000:
            raise ValidationError(self.error_messages["short_year"], code="short_year")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class LongText(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class Money(forms.DecimalField):
    """Pounds: "£420,000" is read as 420000."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.NumberInput(attrs={"prefix": "£", "width": 10}))
        super().__init__(**({"max_digits": 14, "decimal_places": 2} | kwargs))

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = re.sub(r"[£,\s]", "", value)
        return super().to_python(value)


class _FixedChoices(forms.ChoiceField):
    """Choices that nobody changes in place: each form would otherwise copy every word of them."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        mine: Any = super(forms.ChoiceField, self).__deepcopy__(memo)
        mine._choices = self._choices  # type: ignore[attr-defined]
        return mine


class YesNo(forms.TypedChoiceField):
    """Two radio buttons; gives True, False, or None when nothing was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect(attrs={"class": "govuk-radios--inline"}))
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class OneOf(_FixedChoices):
    """Radio buttons, one under another."""

    widget = forms.RadioSelect


class Pick(_FixedChoices):
    """One of a list that folds out."""


class SomeOf(_FixedChoices, forms.MultipleChoiceField):
    """Tick boxes."""

    widget = forms.CheckboxSelectMultiple


def _number(box: str) -> int:
    return int(box) if re.fullmatch(r"[0-9]{1,4}", box) else _MONTH_NUMBERS.get(box.lower().rstrip("."), 0)


def _boxes(whole: Any) -> list[str]:
    if isinstance(whole, date):
        return [str(whole.day), str(whole.month), str(whole.year)]
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", str(whole).strip())
    return [found[3], found[2], found[1]] if found else [str(whole), "", ""]
