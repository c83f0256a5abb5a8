import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coproduce.core import clock
from coproduce.ui.forms import DateField, Form, LongText, Money, OneOf, SomeOf, YesNo

from .. import queries, rules
from ..terms import CheckResult, Status, Which, as_date

_SMALL = {"class": "govuk-checkboxes--small"}
_REFS = _("For example S08, B01. Put a comma between them.")


class DateOrWords(DateField):
    """A date, or the words that stood in its place, which its rule then refuses in plain words."""

    def compress(self, data_list: Sequence[str]) -> Any:
        try:
            return super().compress(data_list)
        except ValidationError:
            return " ".join(str(box).strip() for box in data_list if str(box or "").strip())


class _WithPeople(Form):
    """Select boxes named in `person_fields` offer the people of the project, `many_fields` as tick boxes."""

    person_fields: tuple[str, ...] = ()
    many_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        everyone = [(pk, person.shown_name) for pk, person in self._people.items()]
        for name in self.person_fields:
            self._choices(name, [("", _("Choose a person")), *everyone])
        for name in self.many_fields:
            self._choices(name, everyone)

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        if name in self.fields:
            field: Any = self.fields[name]
            field.choices = choices

    def person(self, name: str) -> Any:
        return self._people.get(self.cleaned_data.get(name, ""))

    def persons(self, name: str) -> list[Any]:
        return [self._people[pk] for pk in self.cleaned_data.get(name, ())]


class _WithLinks(_WithPeople):
    """`links` is typed as refs; what names nothing in the project is told."""

    def __init__(self, *args: Any, project_id: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project_id = project_id

    def clean_links(self) -> list[Any]:
        links, unknown = queries.find_links(self.project_id, self.cleaned_data["links"])
        _tell_unknown(unknown)
        return links


class ActionForm(_WithLinks):
    person_fields, many_fields = ("owner",), ("co_owners",)
    rule_required = ("owner", "start", "end")
    field_order = ("what", "owner", "start", "end", "links")
    offers_commitment = False

    what = forms.CharField(
        label=_("What will be done?"),
        max_length=300,
        help_text=_("Start with a verb: print, train, open, ask."),
    )
    specific = LongText(label=_("Who does it, for whom and where?"), rows=3, required=False)
    measure = forms.CharField(
        label=_("How will you know that it is done?"), max_length=300, required=False,
        help_text=_("Something to count, such as 50 of 50 cards."),
    )  # fmt: skip
    baseline = forms.CharField(label=_("What is the number now?"), max_length=200, required=False)
    target = forms.CharField(label=_("What should it be?"), max_length=200, required=False)
    achievable = YesNo(label=_("Are the people, the money and the permission in place?"), required=False)
    achievable_note = LongText(label=_("What is in place, or missing?"), rows=2, required=False)
    result = LongText(
        label=_("What does it serve?"), rows=2, required=False, help_text=_("An outcome or a barrier.")
    )
    links = forms.CharField(
        label=_("Which suggestions and barriers does it carry on?"),
        max_length=500,
        required=False,
        help_text=_REFS,
    )
    owner = forms.ChoiceField(
        label=_("Who owns it?"), required=False, help_text=_("One person. A team cannot own it.")
    )
    start = DateField(label=_("Start date"), required=False)
    end = DateOrWords(label=_("End date"), required=False, help_text=_("A real date, within 24 months."))
    cost = Money(label=_("Cost"), required=False)
    depends_on = forms.CharField(
        label=_("Which actions must come first?"),
        max_length=300,
        required=False,
        help_text=_("For example A01, A03."),
    )
    review_date = DateField(label=_("When will it be looked at?"), required=False)
    co_owners = SomeOf(
        label=_("Who shares it?"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_SMALL)
    )

    def clean_depends_on(self) -> list[Any]:
        typed = [ref for ref in re.split(r"[\s,;]+", self.cleaned_data["depends_on"]) if ref]
        found = {ref: queries.action_by_ref(self.project_id, ref) for ref in typed}
        _tell_unknown([ref for ref, action in found.items() if action is None])
        return [action for action in found.values() if action]

    def clean(self) -> dict[str, Any]:
        """Everything that the rules refuse, at once and beside its field."""
        typed = super().clean() or self.cleaned_data
        start, end, owner = typed.get("start"), typed.get("end"), self.person("owner")
        ends = list(rules.the_end_is_a_real_date(end, start=as_date(start), today=clock.today()))
        found = [*rules.one_person_owns_it(owner.name if owner else None)]
        if "start" not in self.errors:
            found += rules.a_start_is_given(start)
        self.offers_commitment = bool(ends)
        self.refuse([*found, *ends])
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"owner": self.person("owner"), "co_owners": self.persons("co_owners")}


class ChangeActionForm(ActionForm):
    """The words only: dates move with a reason, and the owner changes by handing over."""

    owner = None  # type: ignore[assignment]
    start = None  # type: ignore[assignment]
    end = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        around = {"co_owners", "links", "depends_on"}
        return {name: value for name, value in self.cleaned_data.items() if name not in around}


class StatusForm(Form):
    status = OneOf(label=_("Where does it stand?"), choices=Status.choices)
    reached = forms.IntegerField(
        label=_("How much of the target is reached?"), required=False, min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"width": 3, "suffix": "%"}), help_text=_("Only if you measured it."),
    )  # fmt: skip
    measure_result = LongText(
        label=_("What did you measure?"), rows=2, required=False, help_text=_("Needed when it is done.")
    )
    evidence = LongText(
        label=_("Where is the proof?"), rows=2, required=False, help_text=_("Needed when it is done.")
    )
    why = LongText(label=_("Why does it stop?"), rows=2, required=False, help_text=_("Needed when it stops."))


class MoveForm(Form):
    rule_required = ("end", "why")

    which = OneOf(label=_("Which date changes?"), choices=Which.choices, initial=Which.END)
    end = DateOrWords(label=_("New date"), required=False)
    why = LongText(
        label=_("Why?"),
        rows=2,
        required=False,
        help_text=_("The former date, your name and the reason stay in sight."),
    )


class NoteForm(Form):
    words = LongText(label=_("Add a note"), rows=3)


class HandoverForm(_WithPeople):
    person_fields = ("to",)
    rule_required = ("actions", "to", "note")

    actions = SomeOf(label=_("Which actions?"), required=False)
    to = forms.ChoiceField(label=_("Who takes them over?"), required=False)
    note = LongText(label=_("What should they know?"), rows=4, required=False)

    def __init__(self, *args: Any, actions: Iterable[Any], **kwargs: Any) -> None:
        self.open_actions = {str(action.pk): action for action in actions}
        super().__init__(*args, **kwargs)
        self._choices(
            "actions", [(pk, f"{action.ref} {action.what}") for pk, action in self.open_actions.items()]
        )
        self.initial.setdefault("actions", list(self.open_actions))


class CommitmentForm(_WithLinks):
    person_fields = ("checker",)
    rule_required = ("in_force_from", "check_date", "checker")

    what = LongText(
        label=_("What do you promise?"), rows=3, help_text=_("Something that holds from a day onwards.")
    )
    result = LongText(label=_("What does it serve?"), rows=2, required=False)
    links = forms.CharField(
        label=_("Which suggestions and barriers does it carry on?"),
        max_length=500,
        required=False,
        help_text=_REFS,
    )
    in_force_from = DateField(label=_("In force from"), required=False)
    check_date = DateOrWords(
        label=_("When will someone check it?"), required=False, help_text=_("Within 12 months.")
    )
    checker = forms.ChoiceField(label=_("Who checks it?"), required=False, help_text=_("One person."))

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"checker": self.person("checker")}


class CheckForm(Form):
    rule_required = ("next_check",)

    result = OneOf(label=_("Was it kept?"), choices=CheckResult.choices)
    words = LongText(label=_("What did you find?"), rows=3)
    next_check = DateOrWords(
        label=_("When will someone look again?"), required=False, help_text=_("Within 12 months.")
    )


def _tell_unknown(refs: Sequence[str]) -> None:
    if refs:
        words = _("Nothing here is called %(refs)s. Look for its number in its list.")
        raise ValidationError(words, params={"refs": ", ".join(refs)})


def first_words_of_commitment(data: Any) -> dict[str, Any]:
    """What was typed for an action, as the beginning of a standing commitment."""
    start: list[str] = [str(data.get(f"start_{part}", "")) for part in ("year", "month", "day")]
    begins = _day(start)
    return {
        "what": data.get("what", ""), "result": data.get("result", ""), "links": data.get("links", ""),
        "checker": data.get("owner", ""), "in_force_from": begins,
    }  # fmt: skip


def _day(parts: Sequence[str]) -> date | None:
    year, month, day = (part.strip() for part in parts)
    return as_date(f"{year:0>4}-{month:0>2}-{day:0>2}")
