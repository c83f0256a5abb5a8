from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coproduce.core.access import ROLE_WORDS, Role
from coproduce.core.findings import Words
from coproduce.ui.forms import DateField, Form, LongText, Money, OneOf, SomeOf, YesNo

from .terms import Intent, Jurisdiction, LegalRisk, MoneyBand, OptionOutcome, PeopleBand, Trigger


class ProjectForm(Form):
    title = forms.CharField(label=_("Name of the project"), max_length=200)
    summary = forms.CharField(
        label=_("What is it for, in one sentence?"), max_length=400, help_text=_("25 words or fewer.")
    )
    service_area = forms.CharField(label=_("Service and area"), max_length=200, required=False)
    jurisdiction = forms.ChoiceField(
        label=_("Where is it?"), choices=Jurisdiction.choices,
        help_text=_("This sets the bank holidays and which duties are shown."),
    )  # fmt: skip


def _why_changed() -> LongText:
    return LongText(
        label=_("Why do you change it?"), required=False, rows=3,
        help_text=_("People have read this foreword. They see what it said before, who changed it, and this reason."),
    )  # fmt: skip


def _ask_why_if(form: Form, shared: bool) -> None:
    if not shared:
        del form.fields["why_changed"]


class ForewordForm(Form):
    """Everything may wait until it is known, so nothing is marked as optional."""

    mark_optional = False
    sections = (
        (_("The project"), ("title", "summary", "service_area", "jurisdiction")),
        (_("Why"), ("trigger", "why_now", "if_nothing_changes", "stated_intents", "intent_words")),
        (_("Money"), ("saving_is_aim", "saving_amount", "saving_by", "saving_spent_on")),
        (_("Open to change"), ("what_can_change", "what_cannot_change")),
        (
            _("Who decides, and when"),
            ("who_decides", "decision_meeting", "decision_date", "involvement_ends", "decision_taken"),
        ),
        (
            _("The work itself"),
            (
                "commissioner",
                "facilitation_paid_by",
                "people_band",
                "money_band",
                "is_statutory",
                "legal_risk",
            ),
        ),
        (_("This change"), ("why_changed",)),
    )

    title = forms.CharField(label=_("Name of the project"), max_length=200)
    summary = forms.CharField(
        label=_("What is it for, in one sentence?"), max_length=400,
        help_text=_("25 words or fewer. The foreword then shows how easy it is to read."),
    )  # fmt: skip
    service_area = forms.CharField(label=_("Service and area"), max_length=200, required=False)
    jurisdiction = forms.ChoiceField(label=_("Where is it?"), choices=Jurisdiction.choices)

    trigger = OneOf(label=_("What started this?"), choices=Trigger.choices, required=False)
    why_now = LongText(label=_("Why now?"), required=False)
    if_nothing_changes = LongText(label=_("What happens if nothing changes?"), required=False)
    stated_intents = SomeOf(
        label=_("What do those who lead this want?"), choices=Intent.choices, required=False,
        help_text=_("Tick all that are true. People will be asked what they think you want."),
    )  # fmt: skip
    intent_words = LongText(label=_("In your own words"), required=False, rows=3)
    saving_is_aim = YesNo(label=_("Is saving money an aim?"), required=False)
    saving_amount = Money(label=_("How much, in pounds a year?"), required=False)
    saving_by = DateField(label=_("By when?"), required=False)
    saving_spent_on = LongText(label=_("What will the money be used for?"), required=False, rows=3)
    what_can_change = LongText(
        label=_("What can people change?"), required=False,
        help_text=_("This box is shown on every later page. Nobody can be invited while it is empty."),
    )  # fmt: skip
    what_cannot_change = LongText(label=_("What cannot change, and why not?"), required=False)
    who_decides = forms.CharField(label=_("Who decides?"), max_length=200, required=False)
    decision_meeting = forms.CharField(label=_("At what meeting?"), max_length=200, required=False)
    decision_date = DateField(label=_("On what date?"), required=False)
    involvement_ends = DateField(label=_("When do people finish taking part?"), required=False)
    decision_taken = YesNo(label=_("Is the decision already taken?"), required=False)
    commissioner = forms.CharField(label=_("Who asked for the work?"), max_length=200, required=False)
    facilitation_paid_by = forms.CharField(
        label=_("Who pays the facilitator?"), max_length=200, required=False
    )
    people_band = OneOf(label=_("How many people does it touch?"), choices=PeopleBand.choices)
    money_band = OneOf(label=_("How much money is involved?"), choices=MoneyBand.choices)
    is_statutory = YesNo(label=_("Does the law require this work?"), required=False)
    legal_risk = OneOf(
        label=_("How great is the legal risk?"), choices=LegalRisk.choices,
        help_text=_("People, money, law and risk together say how large the process should be."),
    )  # fmt: skip
    why_changed = _why_changed()

    def __init__(self, *args: Any, shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_why_if(self, shared)


class OptionForm(Form):
    title = forms.CharField(label=_("The option"), max_length=300)
    is_do_nothing = YesNo(label=_("Is this the option of doing nothing?"), required=False)
    outcome = OneOf(label=_("What became of it?"), choices=OptionOutcome.choices)
    why = LongText(label=_("Why?"), required=False, rows=3)
    decided_by = forms.CharField(label=_("Decided by"), max_length=200, required=False)
    decided_on = DateField(label=_("Decided on"), required=False)
    why_changed = _why_changed()

    def __init__(self, *args: Any, shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_why_if(self, shared)


class NewRoleForm(Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("If they are new here, they are added with the name below.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    role = OneOf(
        label=_("Role"),
        choices=[
            (role.value, ROLE_WORDS[role])
            for role in (Role.FACILITATOR, Role.MANAGER, Role.OBSERVER, Role.PROJECT_ADMINISTRATOR)
        ],
    )


def in_sections(form: ForewordForm) -> list[tuple[Words, SafeString]]:
    """(heading, its fields) for each part of the foreword."""
    shown = [(heading, [name for name in names if name in form.fields]) for heading, names in form.sections]
    return [(heading, form.as_fields(*names)) for heading, names in shown if names]
