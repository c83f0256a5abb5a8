from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.rounds.terms import BuiltOn, Level
from coproduce.ui.forms import DateField, Form, LongText, OneOf
from coproduce.ui.wording import prepare

from . import queries
from .terms import CheckBack, ComB, Given, Lens, Response, Size, WhoActs

_INLINE = {"class": "govuk-radios--inline govuk-radios--small"}


def _one_to_five(label: Any, low: Any, high: Any) -> OneOf:
    choices = [(str(number), str(number)) for number in range(1, 6)]
    hint = _("1 is %(low)s, 5 is %(high)s.") % {"low": low, "high": high}
    return OneOf(
        label=label, choices=choices, required=False, help_text=hint, widget=forms.RadioSelect(attrs=_INLINE)
    )


def people_choices(people: Iterable[Any], nobody: Any) -> list[tuple[str, Any]]:
    return [("", nobody), *((str(person.pk), person.shown_name) for person in people)]


class _ForSomeone(Form):
    """A form with one field, `person_field`, whose choices are the people of the project."""

    person_field = ""
    nobody: Any = _("Nobody yet")

    def __init__(self, *args: Any, people: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        field: Any = self.fields[self.person_field]
        field.choices = people_choices(self._people.values(), self.nobody)

    @property
    def person(self) -> Any:
        return self._people.get(self.cleaned_data.get(self.person_field, ""))


_NOT_SAID = [("", _("Not said"))]


class _Premortem(Form):
    """What is asked of a reason for failure; left blank for other barriers."""

    premortem = forms.BooleanField(
        label=_("It is a reason why this could fail, told a year ahead (premortem)"), required=False
    )
    likelihood = OneOf(
        label=_("How likely is it?"), choices=[*_NOT_SAID, *Size.choices], required=False,
        widget=forms.RadioSelect(attrs=_INLINE),
    )  # fmt: skip
    impact = OneOf(
        label=_("How much harm would it do?"), choices=[*_NOT_SAID, *Size.choices], required=False,
        widget=forms.RadioSelect(attrs=_INLINE),
    )  # fmt: skip
    early_sign = LongText(
        label=_("What early sign would show that it begins?"), rows=2, required=False, max_length=1000
    )


class BarrierForm(_ForSomeone, _Premortem):
    person_field = "raised_by"
    nobody = _("I raise it myself")

    statement = LongText(
        label=_("What could get in the way or go wrong?"), rows=4,
        help_text=_("Write it as you would say it. Nobody will change your words."),
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("Who is it about?"), choices=Level.choices, coerce=int, widget=forms.RadioSelect
    )
    importance = _one_to_five(_("How much does it matter?"), _("a little"), _("very much"))
    ease = _one_to_five(_("How easy is it to remove?"), _("very hard"), _("very easy"))
    built_on = OneOf(label=_("What makes you think so?"), choices=BuiltOn.choices, required=False)
    felt_by = forms.CharField(label=_("Who else feels it?"), max_length=300, required=False)
    raised_by = forms.ChoiceField(
        label=_("Who raised it?"), required=False, help_text=_("Choose somebody when you write for them.")
    )

    field_order = (
        "statement", "level", "importance", "ease", "built_on", "felt_by", "raised_by", "premortem",
        "likelihood", "impact", "early_sign",
    )  # fmt: skip

    def __init__(self, *args: Any, for_others: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_others:
            del self.fields["raised_by"]
            self._people = {}

    def facts(self) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "raised_by"}
        return typed | {name: int(typed[name]) if typed[name] else None for name in ("importance", "ease")}


class SortForm(_Premortem):
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    built_on = OneOf(
        label=_("What is it built on?"), choices=[("", _("Not said")), *BuiltOn.choices], required=False
    )
    lens = OneOf(
        label=_("How do people look at it?"), choices=[("", _("Not said")), *Lens.choices], required=False
    )
    com_b = OneOf(
        label=_("What stands in the way of doing it?"),
        choices=[("", _("Not said")), *ComB.choices],
        required=False,
    )
    felt_by = forms.CharField(label=_("Who feels it?"), max_length=300, required=False)

    field_order = (
        "theme",
        "built_on",
        "lens",
        "com_b",
        "felt_by",
        "premortem",
        "likelihood",
        "impact",
        "early_sign",
    )

    def __init__(self, *args: Any, themes: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._themes = {str(theme.pk): theme for theme in themes}
        choices = [("", _("No theme yet")), *((pk, str(theme)) for pk, theme in self._themes.items())]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        theme = self._themes.get(typed.pop("theme"))
        return typed | {"theme_id": theme.pk if theme else None}


class RespondForm(_ForSomeone):
    person_field = "owner"
    rule_required = ("response_words",)

    response = OneOf(label=_("What will be done about it?"), choices=Response.choices)
    response_words = LongText(
        label=_("What exactly?"), rows=4, required=False,
        help_text=_("If you accept it, explain why. If there is no response yet, say what happens next."),
    )  # fmt: skip
    lets_people = LongText(
        label=_("What does this let people do?"), rows=2, required=False,
        help_text=_("Something they could not do before."),
    )  # fmt: skip
    who_acts = OneOf(
        label=_("Who has to do something?"), choices=[("", _("Not said")), *WhoActs.choices], required=False
    )
    owner = forms.ChoiceField(label=_("Who sees to it?"), required=False, help_text=_("One person."))
    due = DateField(label=_("By when?"), required=False)


class EvidenceForm(Form):
    """`cited` offers the documents of the project, where there are any."""

    words = LongText(label=_("What is the evidence?"), rows=2, help_text=_("What it says, and who says it."))
    address = forms.CharField(
        label=_("Web address"), max_length=1000, required=False,
        help_text=_("For example https://example.org/report"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    cited = forms.ChoiceField(label=_("Or a document of this project"), required=False)

    def __init__(self, *args: Any, sources: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(source.value, source.label) for source in sources]
        self.fields["cited"].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["cited"]


class RateForm(Form):
    """Ten barriers at a time, two questions each; what is left out stays unsaid."""

    mark_optional = False
    numbers = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, *args: Any, barriers: Iterable[Any], given: Mapping[UUID, Given], **kwargs: Any):
        self.barriers = list(barriers)
        initial = {"numbers": " ".join(str(one.number) for one in self.barriers)}
        for one in self.barriers:
            said = given.get(one.pk, Given())
            initial |= {
                f"m_{one.number}": str(said.importance or ""),
                f"e_{one.number}": str(said.ease or ""),
            }
        super().__init__(*args, initial=initial, **kwargs)
        for one in self.barriers:
            self.fields[f"m_{one.number}"] = _from_one(_("How much does it matter? 1 a little, 5 very much"))
            self.fields[f"e_{one.number}"] = _from_one(
                _("How easy is it to remove? 1 very hard, 5 very easy")
            )
        _prepare_all(self)

    @property
    def asked(self) -> list[tuple[Any, Any, Any]]:
        """Each barrier with its two questions."""
        return [(one, self[f"m_{one.number}"], self[f"e_{one.number}"]) for one in self.barriers]

    def ratings(self) -> dict[UUID, Given]:
        """What was answered, by the barrier's id."""
        found = {
            one.pk: Given(self._number(f"m_{one.number}"), self._number(f"e_{one.number}"))
            for one in self.barriers
        }
        return {pk: given for pk, given in found.items() if not given.left_out}

    def _number(self, name: str) -> int | None:
        return int(self.cleaned_data[name]) if self.cleaned_data.get(name) else None


def _prepare_all(form: Form) -> None:
    """For fields that were added after the form was made."""
    for name, field in form.fields.items():
        prepare(name, field)


def _from_one(label: Any) -> OneOf:
    choices = [(str(number), str(number)) for number in range(1, 6)]
    return OneOf(label=label, choices=choices, required=False, widget=forms.RadioSelect(attrs=_INLINE))


class CheckBacksForm(Form):
    """One quick answer for each of a raiser's barriers; what is left out stays unsaid."""

    mark_optional = False

    def __init__(self, *args: Any, raised: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.raised = list(raised)
        for one in self.raised:
            number = one.root.number
            self.fields[f"said_{number}"] = OneOf(
                label=_("What has become of it?"), choices=CheckBack.choices, required=False,
                widget=forms.RadioSelect(attrs=_INLINE),
            )  # fmt: skip
            self.fields[f"words_{number}"] = LongText(label=_("Tell us more"), rows=2, required=False)
        _prepare_all(self)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for one in self.raised:
            number = one.root.number
            if typed.get(f"words_{number}") and not typed.get(f"said_{number}"):
                self.add_error(
                    f"said_{number}",
                    _("Say whether %(ref)s is gone, smaller, the same or worse.") % {"ref": one.root.ref},
                )
        return typed

    def answers(self) -> dict[UUID, tuple[str, str]]:
        """What was said and in which words, by the barrier's id."""
        typed = self.cleaned_data
        found = {one.root.pk: one.root.number for one in self.raised}
        return {
            pk: (typed[f"said_{number}"], typed.get(f"words_{number}", ""))
            for pk, number in found.items()
            if typed.get(f"said_{number}")
        }


class NoteForm(Form):
    words = LongText(
        label=_("Add a note"), rows=3, help_text=_("It stands beside the words of the person who raised it.")
    )


class MergeForm(Form):
    into = forms.CharField(
        label=_("Which barrier says the same?"), max_length=10, widget=forms.TextInput(attrs={"width": 5}),
        help_text=_("Type its number, for example B06. You find it in the list of barriers."),
    )  # fmt: skip
    why = LongText(label=_("Why are they the same?"), rows=2, required=False)

    def __init__(self, *args: Any, project_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project_id = project_id

    def clean_into(self) -> Any:
        typed = self.cleaned_data["into"]
        found = queries.barrier_by_ref(self.project_id, typed)
        if found is None:
            raise ValidationError(
                _("Nothing here is called %(ref)s. Look for its number in the list."), params={"ref": typed}
            )
        return found


class CheckBackForm(_ForSomeone):
    person_field = "on_behalf_of"
    nobody = _("I say it myself")

    said = OneOf(label=_("What has become of it?"), choices=CheckBack.choices)
    words = LongText(label=_("Tell us more"), rows=3, required=False)
    on_behalf_of = forms.ChoiceField(
        label=_("Who says so?"),
        required=False,
        help_text=_("Choose the person when you write down what they say."),
    )

    def __init__(self, *args: Any, for_others: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_others:
            del self.fields["on_behalf_of"]
            self._people = {}


class ThemeForm(Form):
    name = forms.CharField(label=_("Name of the theme"), max_length=200)


def ratings_form(themes: Iterable[Any], for_others: bool) -> type[Form]:
    """A form with one question for each theme; those who write for others choose the person, too."""
    fields: dict[str, Any] = {"themes": list(themes), "mark_optional": False}
    if for_others:
        fields["person"] = forms.ChoiceField(label=_("Whose ratings are these?"))
    for theme in fields["themes"]:
        fields[f"theme_{theme.number}"] = _one_to_five(str(theme), _("a little"), _("very much"))
    return type("RatingsForm", (Form,), fields)


def ratings_of(form: Any) -> dict[Any, int]:
    """What was answered, by the theme's id."""
    typed = {theme.pk: form.cleaned_data.get(f"theme_{theme.number}") for theme in form.themes}
    return {pk: int(rating) for pk, rating in typed.items() if rating}
