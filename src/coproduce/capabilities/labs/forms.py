"""What is typed about labs and facilitation."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, OneOf, SomeOf, YesNo
from coproduce.ui.wording import prepare

from .terms import ENERGY_LEVELS, USUAL_MINUTES, DecisionLevel, How, Met, Next, Way

_NUMBER = {"width": 4}
_SMALL = {"class": "govuk-checkboxes--small"}
_CLOCK = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p")


class _WithPeople(Form):
    """Select boxes named in `person_fields` offer the people of the project, `many_fields` as tick boxes."""

    person_fields: tuple[str, ...] = ()
    many_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        everyone = [(pk, person.shown_name) for pk, person in self._people.items()]
        for name in self.person_fields:
            _offer(self, name, [("", _("Nobody chosen")), *everyone])
        for name in self.many_fields:
            _offer(self, name, everyone)

    def chosen_person(self, name: str) -> Any:
        return self._people.get(self.cleaned_data.get(name, ""))

    def persons(self, name: str) -> list[Any]:
        return [self._people[pk] for pk in self.cleaned_data.get(name, ())]


def _offer(form: Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


class LabForm(Form):
    question = forms.CharField(
        label=_("What question does this lab work on?"), max_length=300,
        help_text=_("One question that people can answer together, such as “How should the first 72 hours work?”"),
    )  # fmt: skip
    level = OneOf(
        label=_("What can people change here?"),
        choices=DecisionLevel.choices,
        initial=DecisionLevel.CO_PRODUCE,
    )
    date = DateField(label=_("Date"))
    starts_at = forms.TimeField(
        label=_("Start time"), widget=forms.TextInput(attrs={"width": 5}), input_formats=_CLOCK,
        help_text=_("For example 14:00 or 2pm."),
        error_messages={"invalid": _("Enter a time, for example 14:00 or 2pm")},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("How long?"), min_value=1, max_value=1440, initial=USUAL_MINUTES,
        widget=forms.NumberInput(attrs={"width": 4, "suffix": _("minutes")}), help_text=_("Two hours is usual."),
    )  # fmt: skip
    place = forms.CharField(label=_("Where?"), max_length=300, required=False)
    ways = SomeOf(label=_("How can people take part?"), choices=Way.choices, initial=[Way.IN_PERSON])
    round = forms.ChoiceField(
        label=_("Which round opens it?"), required=False,
        help_text=_("Everyone writes alone before the talk begins. It can also be ten minutes on paper."),
    )  # fmt: skip
    recognition = forms.CharField(
        label=_("What is offered for people’s time?"), max_length=300, required=False,
        help_text=_("Money, a voucher, time credits, training; and travel."),
    )  # fmt: skip
    content_warning = LongText(
        label=_("Is there anything that may be hard to hear?"), rows=2, required=False,
        help_text=_("Everyone who is invited reads this first."),
    )  # fmt: skip
    safeguarding_name = forms.CharField(
        label=_("Who looks after safeguarding on the day?"), max_length=200, required=False
    )
    safeguarding_phone = forms.CharField(
        label=_("Their phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"width": 20}),
    )
    pause_signal = forms.CharField(
        label=_("What is the signal to pause or to leave?"), max_length=300, required=False,
        help_text=_("For example: turn your card to red. Nobody asks why."),
    )  # fmt: skip
    ground_rules = LongText(
        label=_("Ground rules to agree"), rows=8, required=False, help_text=_("One on each line.")
    )

    def __init__(self, *args: Any, rounds: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rounds = {str(one.pk): one for one in rounds}
        _offer(
            self, "round",
            [("", _("No round of its own")), *((pk, f"{one.code} {one.title}") for pk, one in self._rounds.items())],
        )  # fmt: skip

    def clean_ground_rules(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["ground_rules"].splitlines() if line.strip()]

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"round": self._rounds.get(self.cleaned_data["round"])}

    def changes(self) -> dict[str, Any]:
        facts = self.facts()
        chosen = facts.pop("round")
        return facts | {"round_id": chosen.pk if chosen else None}


class InviteForm(Form):
    seats = SomeOf(
        label=_("Who is invited?"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_SMALL)
    )

    def __init__(self, *args: Any, seats: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "seats", [(str(seat.pk), _named(seat)) for seat in seats])

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["seats"]]


def _named(seat: Any) -> str:
    return f"{seat.main_group.code} {seat.main_group.name}: {seat.person.shown_name}"


class ArrangeForm(Form):
    state = OneOf(label=_("How far is it looked after?"), choices=Met.choices)
    arranged_by = forms.CharField(label=_("Arranged by"), max_length=200, required=False)


class AgendaItemForm(_WithPeople):
    person_fields = ("owner",)

    title = forms.CharField(label=_("What happens?"), max_length=200)
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=0, max_value=600, widget=forms.NumberInput(attrs=_NUMBER)
    )
    owner = forms.ChoiceField(label=_("Who leads it?"), required=False)
    words = LongText(
        label=_("What is said or done?"), rows=3, required=False,
        help_text=_("The words that the facilitator reads from the script on the day."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"owner": self.chosen_person("owner")}


class _ByGroup(Form):
    """A number for each group of the project."""

    mark_optional = False

    def __init__(self, *args: Any, groups: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = list(groups)
        for group in self._groups:
            self.fields[self.name_of(group)] = field = self.field_of(group)
            prepare(self.name_of(group), field)
        self.order_fields([self.name_of(group) for group in self._groups])

    @staticmethod
    def name_of(group: Any) -> str:
        return f"group_{group.pk}"

    def field_of(self, group: Any) -> forms.Field:
        return forms.IntegerField(
            label=f"{group.code} {group.name}", min_value=0, max_value=1000, required=False,
            widget=forms.NumberInput(attrs=_NUMBER),
        )  # fmt: skip

    def numbers(self) -> dict[UUID, int]:
        return {group.pk: self.cleaned_data.get(self.name_of(group)) or 0 for group in self._groups}


class AttendForm(_ByGroup):
    seats = SomeOf(
        label=_("Of those, whom do you know by name?"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
        help_text=_("They are among the numbers above. Leave it empty if you only counted."),
    )  # fmt: skip

    def __init__(self, *args: Any, seats: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "seats", [(str(seat.pk), _named(seat)) for seat in seats])

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["seats"]]


class TallySheetForm(_ByGroup):
    pass


_LEVELS = (_("1: very low"), _("2: low"), _("3: so-so"), _("4: good"), _("5: very good"))


def _energy_fields(when: str) -> dict[str, forms.Field]:
    return {
        f"energy_{when}_{level}": forms.IntegerField(
            label=label, min_value=0, max_value=1000, required=False, widget=forms.NumberInput(attrs=_NUMBER)
        )
        for level, label in zip(ENERGY_LEVELS, _LEVELS, strict=True)
    }


class SessionForm(_WithPeople):
    many_fields = ("facilitators",)
    mark_optional = False

    opening_write_done = YesNo(label=_("Did everyone write alone before the talk began?"))
    ground_rules_agreed = YesNo(label=_("Did the group agree the ground rules?"))
    facilitators = SomeOf(
        label=_("Who facilitated?"), required=False, widget=forms.CheckboxSelectMultiple(attrs=_SMALL)
    )
    led_by_citizen = YesNo(label=_("Did a citizen facilitate or co-facilitate?"), required=False)
    interruptions = forms.IntegerField(
        label=_("How often was somebody interrupted?"), min_value=0, max_value=1000, required=False,
        widget=forms.NumberInput(attrs=_NUMBER),
    )  # fmt: skip
    silent_invited = forms.IntegerField(
        label=_("How many quiet people were invited to speak?"), min_value=0, max_value=1000, required=False,
        widget=forms.NumberInput(attrs=_NUMBER),
    )  # fmt: skip
    debrief = LongText(
        label=_("Debrief: what went well, and what would you do differently?"), rows=5, required=False,
        help_text=_("Everyone in the project can read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _energy_fields("in") | _energy_fields("out")
        for name, field in self.fields.items():
            prepare(name, field)

    @property
    def energy(self) -> list[tuple[Any, list[Any]]]:
        """The two rows of boxes, each under its question."""
        return [
            (_("Energy at the start: how many people said each?"), self._boxes("in")),
            (_("Energy at the end: how many people said each?"), self._boxes("out")),
        ]

    def _boxes(self, when: str) -> list[Any]:
        return [self[f"energy_{when}_{level}"] for level in ENERGY_LEVELS]

    def changes(self) -> dict[str, Any]:
        plain = ("opening_write_done", "ground_rules_agreed", "led_by_citizen", "interruptions",
                 "silent_invited", "debrief")  # fmt: skip
        facts = {name: self.cleaned_data[name] for name in plain}
        return facts | {"energy_in": self._energy("in"), "energy_out": self._energy("out")}

    def _energy(self, when: str) -> list[int]:
        people = [self.cleaned_data[f"energy_{when}_{level}"] or 0 for level in ENERGY_LEVELS]
        return people if any(people) else []


class IdeaForm(_WithPeople):
    person_fields = ("person",)

    words = LongText(label=_("The idea, in the words of whoever had it"), rows=3)
    group = forms.ChoiceField(label=_("From which group?"), required=False)
    person = forms.ChoiceField(
        label=_("From whom?"), required=False, help_text=_("Only if they want their name beside it.")
    )

    def __init__(self, *args: Any, groups: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [(str(group.pk), f"{group.code} {group.name}") for group in groups]
        _offer(self, "group", [("", _("From everyone together")), *every])

    def facts(self) -> dict[str, Any]:
        group = self.cleaned_data["group"]
        return {
            "words": self.cleaned_data["words"], "group_id": UUID(group) if group else None,
            "person": self.chosen_person("person"),
        }  # fmt: skip


class ElsewhereForm(Form):
    rule_required = ("elsewhere_by", "elsewhere_why")

    elsewhere_by = forms.CharField(label=_("Who decided it?"), max_length=200, required=False)
    elsewhere_why = LongText(label=_("Why?"), rows=3, required=False)
    on = DateField(label=_("When?"), required=False)


class DecisionForm(Form):
    words = LongText(label=_("What was decided?"), rows=3)
    how = OneOf(label=_("How?"), choices=How.choices, initial=How.CONSENT)
    dissent = LongText(
        label=_("Who saw it differently, and why?"), rows=2, required=False,
        help_text=_("Disagreement is worth keeping. Do not smooth it away."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class ParkedForm(Form):
    words = LongText(label=_("What was put aside?"), rows=2)
    until = forms.CharField(label=_("When or where does it come up again?"), max_length=300, required=False)

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class JargonForm(Form):
    word = forms.CharField(label=_("The word"), max_length=100)
    meaning = LongText(label=_("What it means, in plain words"), rows=2)

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class PrototypeForm(Form):
    what = forms.CharField(
        label=_("What will you try?"),
        max_length=300,
        help_text=_("Something small, soon, that can be stopped."),
    )
    with_whom = forms.CharField(label=_("With whom?"), max_length=300, required=False)
    begins = DateField(label=_("First day"))
    ends = DateField(label=_("Last day"))
    expect = LongText(label=_("What do you expect?"), rows=2)
    how_know = LongText(label=_("How will you know?"), rows=2)

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class ResultForm(Form):
    result = LongText(label=_("What did you find?"), rows=4)
    next_step = OneOf(label=_("What happens next?"), choices=Next.choices)


class FacilitationForm(_WithPeople):
    person_fields = ("co_facilitator",)

    paid_by = forms.CharField(
        label=_("Who pays the facilitator?"), max_length=300, required=False,
        help_text=_("Nobody can be invited to a lab before this is said."),
    )  # fmt: skip
    interests = LongText(
        label=_("What interests do they have in the result?"), rows=3, required=False,
        help_text=_("For example: works for the council, in another team. Cares for somebody who uses the service."),
    )  # fmt: skip
    statement = LongText(
        label=_("How do they stay neutral?"), rows=4, required=False, help_text=_("In their own words.")
    )
    co_facilitator = forms.ChoiceField(label=_("Co-facilitator from the community"), required=False)
    target_percent = forms.IntegerField(
        label=_("How many of the labs should citizens facilitate or co-facilitate?"), required=False,
        min_value=0, max_value=100, widget=forms.NumberInput(attrs={"width": 3, "suffix": "%"}),
    )  # fmt: skip
    training = LongText(
        label=_("What training or practice is there for citizens who want to facilitate?"),
        rows=3,
        required=False,
    )

    def changes(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        facts.pop("co_facilitator")
        person = self.chosen_person("co_facilitator")
        return facts | {"co_facilitator_id": person.pk if person else None}


class HandOnForm(_WithPeople):
    person_fields = ("from_person", "to_person")

    from_person = forms.ChoiceField(label=_("From whom?"))
    to_person = forms.ChoiceField(label=_("To whom?"))
    what = LongText(
        label=_("What is handed on?"),
        rows=3,
        help_text=_("For example: leads the opening round of the next lab."),
    )


class ConflictForm(Form):
    words = LongText(
        label=_("What happened?"), rows=5, help_text=_("Only those who run the project can read this.")
    )
