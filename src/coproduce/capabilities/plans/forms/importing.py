from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form, SomeOf
from coproduce.ui.spreadsheets import BadSheet, read_sheet

from .. import rules
from ..rules import Preview
from .plan import DateOrWords

_NOT_HERE = ("", _("It is not in the file"))
SOMEBODY = "person-"


class UploadForm(Form):
    file = forms.FileField(
        label=_("The spreadsheet"), help_text=_("Excel (.xlsx) or CSV. The first row has the headings."),
    )  # fmt: skip

    def clean_file(self) -> list[list[str]]:
        try:
            return read_sheet(self.cleaned_data["file"].read())
        except BadSheet as bad:
            raise forms.ValidationError(str(bad)) from None


class ColumnsForm(Form):
    """Which column is which, as guessed; and who is meant where a name is nobody's."""

    def __init__(
        self, *args: Any, sheet: Sequence[Sequence[str]], columns: Mapping[str, int], unknown: Sequence[str],
        members: Iterable[Any], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices = [_NOT_HERE, *((str(at), _column(sheet, at)) for at in range(len(sheet[0])))]
        for name, (label, _names) in rules.COLUMNS.items():
            field = forms.ChoiceField(label=str(label), choices=choices, required=False)
            field.initial = str(columns[name]) if name in columns else ""
            self.fields[name] = field
        people = [("", _("Leave these rows out")), *((str(one.pk), one.shown_name) for one in members)]
        self.unknown = list(unknown)
        for at, words in enumerate(self.unknown):
            label = _("Who is “%(name)s”?") % {"name": words}
            self.fields[f"{SOMEBODY}{at}"] = forms.ChoiceField(label=label, choices=people, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        used = [typed[name] for name in rules.COLUMNS if typed.get(name)]
        if len(used) != len(set(used)):
            raise forms.ValidationError(_("Choose each column of the file only once."))
        return typed

    def columns(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[name]) for name in rules.COLUMNS if self.cleaned_data.get(name)}

    def people(self) -> dict[str, str]:
        chosen = {
            words: self.cleaned_data.get(f"{SOMEBODY}{at}", "") for at, words in enumerate(self.unknown)
        }
        return {words: pk for words, pk in chosen.items() if pk}


def _column(sheet: Sequence[Sequence[str]], at: int) -> str:
    """The heading, with the first words under it."""
    first = next((row[at] for row in sheet[1:] if row[at]), "")
    return f"{sheet[0][at] or at + 1} ({first[:40]})" if first else sheet[0][at] or str(at + 1)


class ImportForm(Form):
    rule_required = ("check_date",)

    as_commitments = SomeOf(label=_("Make these standing commitments?"), required=False)
    check_date = DateOrWords(
        label=_("When will their owners check them?"), required=False, help_text=_("Within 12 months.")
    )

    def __init__(self, *args: Any, seen: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(row.number), f"{row.number}: {row.facts['what']}") for row in seen.endless]
        field: Any = self.fields["as_commitments"]
        field.choices = rows
        if not rows:
            del self.fields["as_commitments"], self.fields["check_date"]

    def chosen(self) -> dict[str, Any]:
        rows = [int(number) for number in self.cleaned_data.get("as_commitments", ())]
        return {"as_commitments": rows, "check_date": self.cleaned_data.get("check_date")}
