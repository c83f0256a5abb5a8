"""Checking a receipt, and a sealing sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form

LARGEST_SHEET = 8 * 1024 * 1024


class ReceiptForm(Form):
    """What stands on a receipt and on the form of its round."""

    code = forms.CharField(
        label=_("Code of the round"), max_length=20,
        help_text=_("It stands on the receipt and on the paper form, for example R1-3F9A."),
    )  # fmt: skip
    receipt = forms.CharField(label=_("Receipt"), max_length=20, help_text=_("Ten letters and numbers."))

    def asked(self) -> dict[str, str]:
        """As the receipt spells it, however it was typed."""
        code, receipt = self.cleaned_data["code"], self.cleaned_data["receipt"]
        return {"code": "".join(code.split()).upper(), "receipt": "".join(receipt.split()).upper()}


class SheetForm(Form):
    """A sealing sheet to check; it is read and not kept."""

    file = forms.FileField(
        label=_("Sealing sheet"),
        help_text=_("The file from the page “Evidence” of a round. We do not keep it."),
    )
    sheet = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_SHEET:
            raise forms.ValidationError(_("The file is larger than 8 MB, so it is no sealing sheet."))
        return file
