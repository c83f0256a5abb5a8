"""Forms that keep what was typed, say plainly what is wrong, and carry the key of the request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from coproduce.core.findings import Finding, Override, Refused, Strength
from coproduce.core.text import BadText, clean

from .fields import DateField, LongText, Money, OneOf, Pick, SomeOf, YesNo
from .wording import prepare

__all__ = [
    "DateField",
    "Form",
    "LongText",
    "Money",
    "OneOf",
    "Pick",
    "Renderer",
    "Row",
    "Rows",
    "RowsForm",
    "SomeOf",
    "YesNo",
    "key_of",
]

Words = str | Promise


class Renderer(DjangoTemplates):
    """Draws every Django form, allauth's included, with GOV.UK components."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class _RequestKey(forms.UUIDField):
    """Made anew each time the page is opened; a key that makes no sense counts as none."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4, widget=forms.HiddenInput)

    def clean(self, value: Any) -> UUID | None:
        try:
            return cast("UUID | None", super().clean(value))
        except forms.ValidationError:
            return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


_fields_of: WeakKeyDictionary[type[forms.Form], dict[str | None, dict[str, forms.Field]]] = (
    WeakKeyDictionary()
)


def _prepared(kind: type[forms.Form], language: str | None) -> dict[str, forms.Field]:
    """The fields of this kind of form with their messages, from which each form makes its own copies."""
    by_language = _fields_of.setdefault(kind, {})
    if language not in by_language:
        fields = deepcopy(kind.base_fields)
        for name, field in fields.items():
            prepare(name, field)
        by_language[language] = fields
    return by_language[language]


class _Plain(forms.Form):
    """Text is cleaned and has a longest length; messages are in plain English."""

    use_required_attribute = False
    mark_optional = True
    speaks_plainly = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Django copies them from here, whether the class or the form holds them.
        self.base_fields = _prepared(type(self), get_language())  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str):
                self._clean_text(name, value)

    def _clean_text(self, name: str, value: str) -> None:
        try:
            self.cleaned_data[name] = clean(value)
        except BadText as bad:
            self.add_error(name, str(bad))


class Form(_Plain):
    """The form of a page that changes something: `form.key`, `form.refuse(refused)`, `form.override`."""

    request_key = _RequestKey()
    key: UUID | None = None
    override: Override | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.add_prefix("override_reason") in self.data:
            self._ask_for_a_reason()

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        self.key = self.cleaned_data.pop("request_key", None)
        reason = self.cleaned_data.pop("override_reason", "")
        self.override = Override(reason) if reason else None

    def refuse(self, refused: Refused | Sequence[Finding]) -> None:
        """Show why it was refused: beside the field that a finding names, or on top."""
        findings = refused.findings if isinstance(refused, Refused) else tuple(refused)
        for finding in findings:
            self.add_error(finding.subject if finding.subject in self.fields else None, _with_number(finding))
        if findings and all(finding.strength == Strength.REFUSE_UNLESS_NAMED for finding in findings):
            self._ask_for_a_reason()

    def as_fields(self, *names: str) -> SafeString:
        """Only these fields, in this order."""
        return format_html_join("\n", "{}", ((self[name].as_field_group(),) for name in names))

    def _ask_for_a_reason(self) -> None:
        self.fields["override_reason"] = field = LongText(
            label=gettext_lazy("To go on despite this, write your reason"),
            help_text=gettext_lazy("Your name and your reason stay on the record."),
            required=False,
            rows=3,
        )
        prepare("override_reason", field)


def key_of(data: Mapping[str, Any]) -> UUID | None:
    """The key of a form that is only a button; `{% request_key %}` puts it there."""
    form = Form(data)
    form.is_valid()
    return form.key


class Row(_Plain):
    """The fields of one row in a `RowsForm`; a row left empty is left out."""

    def __init__(self, *args: Any, number: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number

    @property
    def is_blank(self) -> bool:
        return not any(_typed(self[name].data) for name in self.fields if not self[name].is_hidden)

    def quieten(self) -> None:
        """Show what was typed without checking it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}


@dataclass(frozen=True)
class Rows:
    """Rows of the same fields, with “Add another”; `least` filled rows are needed."""

    form: type[Row]
    label: Words
    least: int = 0
    shown: int = 1
    most: int = 30
    hint: Words = ""


@dataclass
class RowGroup:
    """The rows of one name. A row is made when somebody looks at it: of a sent form, only the filled ones are."""

    name: str
    rows: Rows
    count: int
    prefix: str
    add_name: str
    make: Callable[[int], Row]
    touched: Iterable[int]

    @cached_property
    def _made(self) -> dict[int, Row]:
        return {}

    def at(self, place: int) -> Row:
        if place not in self._made:
            self._made[place] = self.make(place)
        return self._made[place]

    @property
    def forms(self) -> list[Row]:
        """All rows, as shown."""
        return [self.at(place) for place in range(self.count)]

    @property
    def can_add(self) -> bool:
        return self.count < self.rows.most

    @cached_property
    def filled(self) -> list[Row]:
        rows = (self.at(place) for place in self.touched)
        return [row for row in rows if not row.is_blank]


class RowsForm(Form):
    """A form with repeating rows; “Add another” works without JavaScript and writes nothing.

    `rows = {"options": Rows(OptionRow, label="Option")}` gives `cleaned_data["options"]`, a list of dicts.
    """

    rows: Mapping[str, Rows] = {}

    @cached_property
    def row_groups(self) -> list[RowGroup]:
        return [self._group(name, rows) for name, rows in self.rows.items()]

    @property
    def all_rows(self) -> list[Row]:
        return [row for group in self.row_groups for row in group.forms]

    @property
    def adding(self) -> str:
        """The name of the rows that were asked for one more, or nothing."""
        wanted = self.data.get(self.add_prefix("add_row"), "") if self.is_bound else ""
        return wanted if wanted in self.rows else ""

    def is_valid(self) -> bool:
        if self.adding or not super().is_valid():
            return False
        return all(row.is_valid() for group in self.row_groups for row in group.filled)

    def full_clean(self) -> None:
        super().full_clean()
        if self.adding:
            # Nobody asked to save yet, so nobody is told off.
            self._errors = ErrorDict()
        elif self.is_bound:
            self._clean_rows()

    def _clean_rows(self) -> None:
        for group in self.row_groups:
            rows = group.filled
            valid = [row for row in rows if row.is_valid()]
            if len(rows) < group.rows.least:
                words = {"least": group.rows.least, "label": group.rows.label}
                self.add_error(None, _("Fill in “%(label)s” %(least)s times or more") % words)
            elif len(valid) < len(rows):
                self._errors.setdefault("__all__", self.error_class())
            self.cleaned_data[group.name] = [row.cleaned_data for row in valid]

    def _group(self, name: str, rows: Rows) -> RowGroup:
        prefix = self.add_prefix(name)
        initial = list(self.initial.get(name, ()))
        count = self._count(name, prefix, rows, initial)
        return RowGroup(
            name, rows, count, prefix, self.add_prefix("add_row"),
            make=lambda place: self._row(rows, f"{prefix}-{place}", place, initial),
            touched=self._touched(prefix, count),
        )  # fmt: skip

    def _touched(self, prefix: str, count: int) -> list[int]:
        """The rows for which the browser sent anything at all."""
        if not self.is_bound:
            return list(range(count))
        sent = (
            name.removeprefix(f"{prefix}-").partition("-")
            for name in self.data
            if name.startswith(f"{prefix}-")
        )
        typed = {place for place, _dash, field in sent if self.data.get(f"{prefix}-{place}-{field}")}
        return [place for place in range(count) if str(place) in typed]

    def _row(self, rows: Rows, prefix: str, i: int, initial: list[dict[str, Any]]) -> Row:
        data = self.data if self.is_bound else None
        files = self.files if self.is_bound else None
        row = rows.form(
            data, files, prefix=prefix, number=i + 1, initial=initial[i] if i < len(initial) else {}
        )
        if row.is_bound and (self.adding or row.is_blank):
            row.quieten()
        return row

    def _count(self, name: str, prefix: str, rows: Rows, initial: list[dict[str, Any]]) -> int:
        shown = max(rows.shown, rows.least, len(initial))
        if self.is_bound:
            typed = str(self.data.get(f"{prefix}-count", ""))
            shown = int(typed) if typed.isascii() and typed.isdigit() else shown
        return min(shown + (self.adding == name), rows.most)


def _with_number(finding: Finding) -> str:
    if not finding.is_numbered:
        return str(finding.message)
    return _("%(message)s (rule %(rule)s)") % {"message": finding.message, "rule": finding.rule}


def _typed(value: Any) -> bool:
    return any(value) if isinstance(value, list) else bool(value)
