"""What whoever runs a round fills in."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from coproduce.core.clock import LONDON
from coproduce.ui.forms import DateField, Form, LongText, Row, Rows, RowsForm, SomeOf

from ..terms import FIRST_WORDINGS, MOST_QUESTIONS, QUESTIONS, Format, Kind, QuestionForm
from .preparing import lines_of

_TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]
_NONE = ("", "---------")


class TimeField(forms.TimeField):
    """A time of day: "9am", "9:30am" or "17:00"."""

    widget = forms.TextInput(attrs={"width": 5})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example, 9am or 17:00"))
        errors = {"invalid": _("Enter a time, for example 9am or 17:00")}
        super().__init__(input_formats=_TIMES, error_messages=errors, **kwargs)

    def to_python(self, value: Any) -> time | None:
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


class QuestionRow(Row):
    """A question beside the three levels."""

    id = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    words = forms.CharField(label=_("Question, in plain words"), max_length=500)
    form = forms.ChoiceField(label=_("How is it answered?"), choices=[_NONE, *QuestionForm.choices])
    options = LongText(label=_("Answers to choose from"), rows=4, required=False, help_text=_("One a line."))

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        has_options = data["form"] and QuestionForm(data["form"]).has_options
        return {
            "id": data["id"], "words": data["words"], "form": data["form"],
            "options": lines_of(data["options"]) if has_options else [],
        }  # fmt: skip


class RoundForm(RowsForm):
    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput, required=False)
    follows = forms.ChoiceField(label=_("Which round do people rate again?"))
    title = forms.CharField(
        label=_("What is the round about?"), max_length=300, help_text=_("One question, in plain words.")
    )
    proposal = LongText(
        label=_("Which proposal people answer about"), rows=3, required=False,
        help_text=_("Name the version, for example: version 0.1 of the foreword."),
    )  # fmt: skip
    opens_on = DateField(label=_("Planned opening date"))
    opens_time = TimeField(label=_("Opening time"))
    seals_on = DateField(label=_("Sealing date"), help_text=_("Answers after this are late."))
    seals_time = TimeField(label=_("Sealing time"))
    reads_on = DateField(
        label=_("When you will read the answers together"), required=False,
        help_text=_("People are told this before they come."),
    )  # fmt: skip
    reads_time = TimeField(label=_("Time of the reading"), required=False)
    formats = SomeOf(label=_("Ways to take part that you offer"), choices=Format.choices, required=False)
    # Left empty they can be saved in a draft; the round then does not open (R25).
    level_1 = LongText(label=_("Level 1 (me)"), rows=3, required=False)
    level_2 = LongText(label=_("Level 2 (people around me)"), rows=3, required=False)
    level_3 = LongText(label=_("Level 3 (intention)"), rows=3, required=False)
    barriers = LongText(label=_("Barriers (asked with every round)"), rows=3, required=False)

    rows = {"questions": Rows(QuestionRow, label=_("Question"), most=MOST_QUESTIONS)}

    def __init__(self, *args: Any, opened: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.chosen_kind == Kind.RE_RATING:
            field = self.fields["follows"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [_NONE, *((str(one.pk), f"{one.code} {one.title}") for one in opened)]
        else:
            del self.fields["follows"]

    @property
    def chosen_kind(self) -> str:
        """The template that the form was opened with."""
        typed = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return typed if typed in set(Kind) else Kind.FOCUS_GROUP

    def facts(self) -> dict[str, Any]:
        """What the operations want to know."""
        data = self.cleaned_data
        reads = data["reads_on"]
        return {
            "kind": self.chosen_kind,
            "follows_id": UUID(data["follows"]) if data.get("follows") else None,
            "title": data["title"],
            "proposal": data["proposal"],
            "formats": data["formats"],
            "wording": {name: data[name] for name in QUESTIONS},
            "questions": [row.facts() for row in self.row_groups[0].filled if isinstance(row, QuestionRow)],
            "opens_at": moment(data["opens_on"], data["opens_time"]),
            "seals_at": moment(data["seals_on"], data["seals_time"]),
            "reads_at": moment(reads, data["reads_time"] or _MIDDAY) if reads else None,
        }


_MIDDAY = time(12)


def first_facts(kind: str = Kind.FOCUS_GROUP) -> dict[str, Any]:
    """A new round's form: our wording for this kind, and times of day that suit most people."""
    return {name: str(words) for name, words in FIRST_WORDINGS[kind].items()} | {
        "kind": kind, "opens_time": time(9), "seals_time": time(23, 59), "formats": [Format.PAPER, Format.PHONE],
    }  # fmt: skip


def facts_of(the_round: Any) -> dict[str, Any]:
    opens, seals = localtime(the_round.opens_at, LONDON), localtime(the_round.seals_at, LONDON)
    reads = localtime(the_round.reads_at, LONDON) if the_round.reads_at else None
    return {
        **the_round.wording, "title": the_round.title, "proposal": the_round.proposal, "formats": the_round.formats,
        "opens_on": opens.date(), "opens_time": opens.time(), "seals_on": seals.date(), "seals_time": seals.time(),
        "reads_on": reads and reads.date(), "reads_time": reads and reads.time(), "kind": the_round.kind,
        "follows": str(the_round.follows_id or ""),
        "questions": [_question(one) for one in the_round.asked],
    }  # fmt: skip


def _question(question: Any) -> dict[str, Any]:
    return {**question.as_record(), "options": "\n".join(question.options)}


def moment(day: date, at: time) -> datetime:
    """A date and a time by the clock of the United Kingdom."""
    return datetime.combine(day, at, tzinfo=LONDON)


class InviteForm(Form):
    """A box to tick for each seat, by group."""

    def __init__(self, *args: Any, seats: Iterable[Any], invited: Iterable[UUID] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {str(seat_id) for seat_id in invited}
        groups: dict[str, list[Any]] = {}
        for seat in seats:
            groups.setdefault(seat.main_group.code, []).append(seat)
        for code, members in groups.items():
            self.fields[f"group_{code}"] = SomeOf(
                label=members[0].main_group.name,
                choices=[(str(seat.pk), seat.person.shown_name) for seat in members],
                initial=[str(seat.pk) for seat in members if str(seat.pk) in chosen],
                required=False,
            )
        self.mark_optional = False

    def seat_ids(self) -> set[UUID]:
        return {
            UUID(seat)
            for name, seats in self.cleaned_data.items()
            if name.startswith("group_")
            for seat in seats
        }


class MoreTimeForm(Form):
    seals_on = DateField(label=_("New sealing date"))
    seals_time = TimeField(label=_("New sealing time"), initial=time(23, 59))

    def seals_at(self) -> datetime:
        return moment(self.cleaned_data["seals_on"], self.cleaned_data["seals_time"])


class SealForm(Form):
    """Asks for a reason from the start where the rules ask for one."""

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_reason and not self.is_bound:
            self._ask_for_a_reason()
