"""Forms for the plan of a consultation and for the organisation's calendar."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, OneOf, Row, Rows, RowsForm, SomeOf, YesNo

from ..models import Consultation
from ..terms import Channel, FormatKind, PeriodKind, Way


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = list(choices)


class StartForm(Form):
    title = forms.CharField(label=_("What is it called in public?"), max_length=200)
    version = OneOf(
        label=_("Which version of which draft do you ask about?"),
        help_text=_("The text stays as it is in this version for as long as people read it."),
    )
    opens_on = DateField(label=_("Opens on"))
    closes_on = DateField(
        label=_("Closes on"),
        required=False,
        help_text=_("Leave this empty for the usual 84 days, which is 12 weeks."),
    )

    def __init__(self, *args: Any, versions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "version", versions)

    def facts(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        return {"version_id": UUID(typed.pop("version")), **typed}


class PlanForm(Form):
    """Everything that the plan says; once it is open, only what may still change."""

    title = forms.CharField(label=_("What is it called in public?"), max_length=200)
    what_we_ask = LongText(label=_("What do you ask people?"), rows=4, required=False)
    can_change = LongText(label=_("What can change?"), rows=4, required=False)
    cannot_change = LongText(label=_("What cannot change, and why?"), rows=4, required=False)
    who_decides = forms.CharField(label=_("Who decides?"), max_length=200, required=False)
    decides_on = DateField(label=_("When is it decided?"), required=False)
    cost = LongText(
        label=_("What does it cost?"), rows=3, required=False, help_text=_("Say it plainly, in pounds.")
    )
    negative_effects = LongText(
        label=_("Whom may it harm, and how?"), rows=3, required=False, help_text=_("Say it plainly.")
    )
    told_on = DateField(
        label=_("When were people first told that it is coming?"), required=False,
        help_text=_("One to three months before it opens is realistic."),
    )  # fmt: skip
    opens_on = DateField(label=_("Opens on"))
    closes_on = DateField(
        label=_("Closes on"), help_text=_("84 days is usual. Less than 14 needs a named approver.")
    )
    late_until = DateField(
        label=_("Until when do you take late paper and phone replies?"), required=False,
        help_text=_("Leave this empty if the closing date is the last day for everyone."),
    )  # fmt: skip
    why_short = LongText(label=_("If it is shorter than 84 days: why?"), rows=2, required=False)
    mitigation = LongText(
        label=_("If it falls into a holiday or an election: what do you do about it?"), rows=3, required=False
    )
    channels = SomeOf(label=_("How can people reply?"), choices=Channel.choices, required=False)
    how_to_reply = LongText(
        label=_("Where can people phone, write and come?"), rows=4, required=False,
        help_text=_("Phone number, postal address, places and times of sessions."),
    )  # fmt: skip
    answers_by = DateField(label=_("By when does everyone get an answer?"), required=False)
    publishes_on = DateField(label=_("When is the report published?"), required=False)
    reviews_on = DateField(
        label=_("When is the result reviewed?"), required=False, help_text=_("Within a year.")
    )
    offers_outcomes = YesNo(label=_("Can people ask to hear what happened?"), required=False)
    gunning_open = LongText(
        label=_("Gunning 1: what shows that nothing is decided yet?"), rows=3, required=False
    )
    gunning_information = LongText(
        label=_("Gunning 2: what shows that people have enough information?"), rows=3, required=False
    )
    gunning_time = LongText(
        label=_("Gunning 3: what shows that people have enough time?"), rows=3, required=False
    )
    sealed = YesNo(
        label=_("Are the words of replies closed to everyone until the end?"), required=False,
        help_text=_("Then you see only how many came, by group and channel."),
    )  # fmt: skip

    def __init__(self, *args: Any, only: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {*only, "request_key", "override_reason"}
        for name in [name for name in self.fields if only and name not in kept]:
            del self.fields[name]

    def changes(self) -> dict[str, Any]:
        yes = ("offers_outcomes", "sealed")
        return {name: bool(value) if name in yes else value for name, value in self.cleaned_data.items()}


class QuestionRow(Row):
    words = forms.CharField(
        label=_("Question"), max_length=300, help_text=_("One thing, and open to any answer.")
    )
    answers = LongText(
        label=_("Answers to choose from"), rows=3, required=False,
        help_text=_("One on each line. Leave this empty if people answer in their own words."),
    )  # fmt: skip


class QuestionsForm(RowsForm):
    rows = {"questions": Rows(QuestionRow, label=_("Question"), least=1, shown=2, most=20)}

    def questions(self) -> list[dict[str, Any]]:
        return [
            {"words": row["words"], "answers": row["answers"].splitlines()}
            for row in self.cleaned_data["questions"]
        ]


class FormatRow(Row):
    kind = forms.ChoiceField(label=_("Format"), choices=[("", "–"), *FormatKind.choices], required=False)
    detail = forms.CharField(label=_("Which language, or what else?"), max_length=100, required=False)
    ready_on = DateField(
        label=_("Ready on"), required=False, help_text=_("Leave this empty if it is not ready yet.")
    )
    where = forms.CharField(label=_("Where can people get it?"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("kind"):
            self.add_error("kind", _("Choose the format."))
        return typed


class FormatsForm(RowsForm):
    rows = {"formats": Rows(FormatRow, label=_("Format"), shown=3, most=30)}


class ConsulteeRow(Row):
    who = forms.CharField(label=_("Who?"), max_length=200)
    group = forms.ChoiceField(label=_("Group"), required=False)
    way = forms.ChoiceField(label=_("How were they reached?"), choices=Way.choices)
    reached_on = DateField(label=_("When?"), required=False)
    people = forms.IntegerField(
        label=_("How many people?"), required=False, min_value=1, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"width": 5}),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    @property
    def is_blank(self) -> bool:
        # The box of ways always says something.
        return not any(self[name].data for name in ("who", "note", "people"))


class ConsulteesForm(RowsForm):
    rows = {"consultees": Rows(ConsulteeRow, label=_("Consultee"), shown=3, most=60)}

    def __init__(self, *args: Any, groups: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No group of this project")), *((str(group.pk), group.name) for group in groups)]
        for row in self.all_rows:
            offer(row, "group", choices)

    def consultees(self) -> list[dict[str, Any]]:
        rows = []
        for typed in self.cleaned_data["consultees"]:
            given = dict(typed)
            group = given.pop("group")
            rows.append({**given, "group_id": UUID(group) if group else None})
        return rows


class DecidersForm(Form):
    people = SomeOf(
        label=_("Who decides?"), required=False,
        help_text=_("Each of them says afterwards, in their own name, how they considered the replies."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "people", ((str(person.pk), person.shown_name) for person in people))


class PeriodForm(Form):
    kind = OneOf(label=_("Kind"), choices=PeriodKind.choices)
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("For example: summer holiday of our schools.")
    )
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))


def plan_initial(consultation: Consultation) -> dict[str, Any]:
    """The plan as it stands, for its form."""
    return {name: getattr(consultation, name) for name in PlanForm.base_fields if hasattr(consultation, name)}
