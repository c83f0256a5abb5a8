"""What is typed about groups, people, their choices and their access needs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coproduce.core.text import BadText, clean_name
from coproduce.ui.forms import Form, LongText, OneOf, SomeOf, YesNo

from .models import Group, Seat
from .terms import Acknowledgement, Capacity, ContactRoute, GroupKind, NeedKind

_ONE_TO_FIVE = [("", _("Not said yet")), *((number, str(number)) for number in range(1, 6))]


def _plain_name(name: str) -> str:
    """A name without the hidden marks that make one name look like another."""
    try:
        return clean_name(name)
    except BadText as bad:
        raise ValidationError(str(bad)) from bad


def _scale(label: Any, help_text: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=_ONE_TO_FIVE, coerce=int, empty_value=None, required=False
    )


class GroupForm(Form):
    name = forms.CharField(label=_("Name of the group"), max_length=200)
    kind = OneOf(label=_("Kind of group"), choices=GroupKind.choices)
    why = LongText(label=_("Why do they matter here?"), rows=3, required=False)
    how_affected = _scale(_("How much does this affect them?"), _("1 is a little, 5 is very much."))
    influence = _scale(_("How much influence do they have today?"), _("1 is a little, 5 is very much."))
    places_wanted = forms.IntegerField(
        label=_("Places wanted"), min_value=0, max_value=1000, widget=forms.NumberInput(attrs={"width": 4})
    )
    missing = LongText(
        label=_("Who is missing, and what did you do about it?"), rows=3, required=False,
        help_text=_("Everyone in the project can read this."),
    )  # fmt: skip
    route = LongText(label=_("How do you reach them?"), rows=2, required=False)


class _Places(Form):
    """The groups of one project as choices."""

    main_group = OneOf(label=_("Main group"), help_text=_("Each person is counted once, in the main group."))
    other_groups = SomeOf(
        label=_("Other groups they also belong to"), required=False,
        help_text=_("People wear more than one hat: a social worker may also be a carer."),
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(group.pk), f"{group.code} {group.name}") for group in groups]
        for name in ("main_group", "other_groups"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def _about() -> forms.CharField:
    return forms.CharField(
        label=_("A few words on who they are here"), max_length=200, required=False,
        help_text=_("As they wish to be described to the others, for example “home-care worker”."),
    )  # fmt: skip


def _organisation() -> forms.CharField:
    return forms.CharField(label=_("Which organisation?"), max_length=200, required=False)


def _capacity() -> OneOf:
    return OneOf(label=_("Who do they speak for?"), choices=Capacity.choices, initial=Capacity.PERSONAL)


def _contact_route() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How should we reach them?"), choices=ContactRoute.choices)


def _supporter() -> forms.CharField:
    return forms.CharField(
        label=_("Name of a supporter"), max_length=200, required=False,
        help_text=_("Someone who helps them take part."),
    )  # fmt: skip


def _acknowledgement() -> OneOf:
    return OneOf(
        label=_("How should they be named in public?"), choices=Acknowledgement.choices,
        initial=Acknowledgement.ANONYMOUS,
    )  # fmt: skip


class NewPersonForm(_Places):
    existing = forms.ChoiceField(
        label=_("Someone who already has a role here"), required=False,
        help_text=_("Leave this, and type a name below, for someone new."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        help_text=_("Leave empty for someone who takes part by paper, phone or personal link."),
    )  # fmt: skip
    about = _about()
    capacity = _capacity()
    organisation = _organisation()
    contact_route = _contact_route()
    supporter = _supporter()
    acknowledgement = _acknowledgement()
    quotes_agreed = YesNo(label=_("May their words be quoted in public?"), initial=False)
    wants_outcomes = YesNo(label=_("Do they want to hear what came of it?"))
    wants_review = YesNo(label=_("Do they want to be invited to the annual review?"))
    field_order = ("existing", "name", "email", "main_group", "other_groups")

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name (or choose someone above)")
        known = [(str(person.pk), person.shown_name) for person in people]
        self.fields["existing"].choices = [("", _("Someone new")), *known]  # type: ignore[attr-defined]
        if not known:
            del self.fields["existing"]
            self.fields["name"].label = _("Name (as it should be written)")

    def clean_name(self) -> str:
        return _plain_name(self.cleaned_data["name"])

    def clean_supporter(self) -> str:
        return _plain_name(self.cleaned_data["supporter"])

    def clean(self) -> dict[str, Any] | None:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("existing") or typed.get("name")) and "name" not in self.errors:
            self.add_error("name", _("Enter a name"))
        return typed


class SeatForm(_Places):
    """What whoever runs the project keeps about a seat."""

    about = _about()
    capacity = _capacity()
    organisation = _organisation()
    contact_route = _contact_route()

    @staticmethod
    def of(seat: Seat) -> dict[str, Any]:
        names = ("about", "capacity", "organisation", "contact_route")
        others = [str(group.pk) for group in seat.other_groups.all()]
        groups = {"main_group": str(seat.main_group_id), "other_groups": others}
        return {name: getattr(seat, name) for name in names} | groups


class ChoicesForm(Form):
    """What each person decides for themselves."""

    acknowledgement = _acknowledgement()
    organisation = _organisation()
    about = _about()
    wants_outcomes = YesNo(label=_("Do they want to hear what came of it?"))
    wants_review = YesNo(label=_("Do they want to be invited to the annual review?"))
    supporter = _supporter()

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            for name, label in _TO_ONESELF.items():
                self.fields[name].label = label
            self.fields["about"].help_text = _("As you wish to be described to the others.")
            self.fields["supporter"].help_text = _("Someone who helps you take part.")

    def clean_supporter(self) -> str:
        return _plain_name(self.cleaned_data["supporter"])


_TO_ONESELF = {
    "acknowledgement": _("How should we name you in public?"),
    "about": _("A few words on who you are here"),
    "wants_outcomes": _("Do you want to hear what came of it?"),
    "wants_review": _("Do you want to be invited to the annual review?"),
}


class NeedForm(Form):
    kind = OneOf(label=_("What kind of need is it?"), choices=NeedKind.choices)
    need = forms.CharField(
        label=_("What is needed?"), max_length=200,
        help_text=_("The need only, such as “large print”. Do not write a reason or a diagnosis."),
    )  # fmt: skip
    share_with_venue = YesNo(
        label=_("May we tell a venue about it?"), help_text=_("We never give a name with it."), initial=False
    )
