"""What is typed about a sign-off."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, SomeOf

_NOBODY = ("", _("Nobody yet"))


class SignOffForm(Form):
    """Everything may be left for later; signing asks for what is missing."""

    document = forms.ChoiceField(label=_("What is signed off?"))
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    decision = LongText(label=_("What was decided?"), rows=4, required=False)
    decided_on = DateField(label=_("Date of the decision"), required=False)
    meeting = forms.CharField(label=_("Which meeting decided?"), max_length=200, required=False)
    owner = forms.ChoiceField(label=_("Owner: the manager who answers for it"), required=False)
    facilitator = forms.ChoiceField(label=_("Facilitator"), required=False)
    makers = SomeOf(
        label=_("Who decides?"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        help_text=_("Each of them is asked to write, signed in, how they took into account what people said."),
    )  # fmt: skip
    equality_reference = LongText(
        label=_("Equality impact assessment"), rows=3, required=False,
        help_text=_("Leave this empty: the final version and its conclusion are written down when you sign."),
    )  # fmt: skip
    formats = LongText(
        label=_("Formats in which people can have the final text"), rows=2, required=False,
        help_text=_("Such as large print, Easy Read, audio, British Sign Language, other languages."),
    )  # fmt: skip
    review_on = DateField(
        label=_("When is this looked at again?"), required=False,
        help_text=_("No later than 12 months after the decision. Manager and facilitator both get a reminder."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        documents: Iterable[Any],
        managers: Iterable[Any],
        facilitators: Iterable[Any],
        members: Iterable[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "document": [(str(document.pk), document.title) for document in documents],
            "owner": [_NOBODY, *_people(managers)],
            "facilitator": [_NOBODY, *_people(facilitators)],
            "makers": _people(members),
        }
        for name, choice in choices.items():
            self.fields[name].choices = choice  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What `write_sign_off` takes."""
        typed = dict(self.cleaned_data)
        del typed["document"], typed["makers"]
        people = {f"{name}_id": _id(typed.pop(name)) for name in ("owner", "facilitator")}
        return typed | people

    @property
    def maker_ids(self) -> list[UUID]:
        return [UUID(chosen) for chosen in self.cleaned_data["makers"]]


class ConsiderForm(Form):
    """Gunning 4, by the one who signs it."""

    statement = LongText(
        label=_("How did you take into account what people said, before you decided?"), rows=8,
        help_text=_("Say what you read, what you weighed, and what it changed. Your name and the day stand under it."),
    )  # fmt: skip


class BarriersForm(Form):
    """A person and a date for each important barrier without a response; both are asked for, now or later."""

    mark_optional = False

    def __init__(self, *args: Any, left: Iterable[Any], people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left, self.people = list(left), {str(person.pk): person for person in people}
        for one in self.left:
            ref = {"ref": one.ref}
            self.fields[f"person_{one.ref}"] = forms.ChoiceField(
                label=_("Who looks after %(ref)s?") % ref, choices=[_NOBODY, *_people(self.people.values())],
                initial=str(one.owner_id or ""), required=False,
            )  # fmt: skip
            self.fields[f"due_{one.ref}"] = DateField(
                label=_("By when for %(ref)s?") % ref, initial=one.due, required=False
            )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """One fieldset a barrier."""
        return [
            {"left": one, "person": self[f"person_{one.ref}"], "due": self[f"due_{one.ref}"]}
            for one in self.left
        ]

    @property
    def chosen(self) -> Mapping[UUID, tuple[Any, date | None]]:
        """What changed, by barrier."""
        typed = self.cleaned_data
        found = {
            one: (self.people.get(typed[f"person_{one.ref}"]), typed[f"due_{one.ref}"]) for one in self.left
        }
        return {
            one.barrier.pk: (person, due)
            for one, (person, due) in found.items()
            if (person.pk if person else None, due) != (one.owner_id, one.due)
        }


class SignForm(Form):
    """Nothing to type: the name of who presses the button goes under it."""


def _people(people: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(person.pk), person.shown_name) for person in people]


def _id(chosen: str) -> UUID | None:
    return UUID(chosen) if chosen else None
