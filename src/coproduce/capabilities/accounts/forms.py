from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import Form


class ClaimForm(Form):
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("You sign in with a code sent to this address.")
    )


class DetailsForm(Form):
    name = forms.CharField(label=_("Your name"), max_length=200)
    display_name = forms.CharField(
        label=_("The name others see"),
        max_length=200,
        required=False,
        help_text=_("Leave empty to use your name."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
