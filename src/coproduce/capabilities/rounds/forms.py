from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.terms import Intent
from coproduce.core.clock import LONDON
from coproduce.ui.forms import DateField, Form, LongText, OneOf, Row, Rows, RowsForm, SomeOf

from .terms import (
    FIRST_WORDING,
    MOST_BARRIERS,
    OWN_CHANNELS,
    QUESTIONS,
    RATING_WORDS,
    SCRIBED_CHANNELS,
    Basis,
    BuiltOn,
    Channel,
    Format,
    Intention,
    Level,
    RaisedBarrier,
    Rated,
    Written,
)  # fmt: skip

SKIP, DONT_KNOW = "skip", "dont_know"
LARGEST_SHEET = 8 * 1024 * 1024
_SKIP = (SKIP, _("I would rather skip this"))
RATINGS: list[tuple[str, str | Promise]] = [
    *((str(number), words) for number, words in RATING_WORDS.items()),
    _SKIP,
]
INTENTS: list[tuple[str, str | Promise]] = [
    *((intent.value, intent.label) for intent in Intent), (DONT_KNOW, _("I do not know")), _SKIP,
]  # fmt: skip
LEVELS = [
    (str(Level.ME.value), _("Me")),
    (str(Level.AROUND.value), _("People around me")),
    (str(Level.INTENTION.value), _("What those leading this want")),
]
_FIVE = [(str(number), str(number)) for number in range(1, 6)]
_NONE = ("", "---------")
_MATTERS = [_NONE, ("1", _("1: a little")), *_FIVE[1:4], ("5", _("5: very much"))]
_EASY = [_NONE, ("1", _("1: very hard")), *_FIVE[1:4], ("5", _("5: very easy"))]
_ONE_TO_FIVE = {"class": "govuk-radios--inline govuk-radios--small"}
_TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]


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


class RoundForm(Form):
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
    formats = SomeOf(label=_("Ways to take part that you offer"), choices=Format.choices, required=False)
    # Left empty they can be saved in a draft; the round then does not open (R25).
    level_1 = LongText(label=_("Level 1 (me)"), rows=3, required=False)
    level_2 = LongText(label=_("Level 2 (people around me)"), rows=3, required=False)
    level_3 = LongText(label=_("Level 3 (intention)"), rows=3, required=False)
    barriers = LongText(label=_("Barriers (asked with every round)"), rows=3, required=False)

    def facts(self) -> dict[str, Any]:
        """What the operations want to know."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "proposal": data["proposal"],
            "formats": data["formats"],
            "wording": {name: data[name] for name in QUESTIONS},
            "opens_at": moment(data["opens_on"], data["opens_time"]),
            "seals_at": moment(data["seals_on"], data["seals_time"]),
        }


def first_facts() -> dict[str, Any]:
    """A new round's form: our wording, and times of day that suit most people."""
    return {name: str(words) for name, words in FIRST_WORDING.items()} | {
        "opens_time": time(9), "seals_time": time(23, 59), "formats": [Format.PAPER, Format.PHONE],
    }  # fmt: skip


def facts_of(the_round: Any) -> dict[str, Any]:
    opens, seals = localtime(the_round.opens_at, LONDON), localtime(the_round.seals_at, LONDON)
    return {
        **the_round.wording, "title": the_round.title, "proposal": the_round.proposal, "formats": the_round.formats,
        "opens_on": opens.date(), "opens_time": opens.time(), "seals_on": seals.date(), "seals_time": seals.time(),
    }  # fmt: skip


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


def _rating(label: Any, when_missing: Any) -> OneOf:
    """The scale from −3 to +3; skipping is a choice, so that nobody skips by oversight."""
    return OneOf(label=label, choices=RATINGS, error_messages={"required": when_missing})


class BarrierRow(Row):
    words = LongText(label=_("What could get in the way? Use your own words"), rows=2)
    level = OneOf(
        label=_("Who is it about?"),
        choices=LEVELS,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    importance = forms.ChoiceField(label=_("How much does it matter?"), choices=_MATTERS, required=False)
    ease = forms.ChoiceField(label=_("How easy is it to remove?"), choices=_EASY, required=False)
    built_on = forms.ChoiceField(
        label=_("What makes you think so?"), choices=[_NONE, *BuiltOn.choices], required=False
    )


class AnswerForm(RowsForm):
    """The whole answer on one page: three levels, barriers, and what stands behind them."""

    me_rating = _rating(_("For me it would be"), _("Me: choose a number, or choose to skip it"))
    me_words = LongText(label=_("What it would change for you, in your own words"), required=False)
    around_rating = _rating(
        _("For people around me it would be"), _("People around me: choose a number, or choose to skip it")
    )
    around_words = LongText(label=_("What it would change for them, in your own words"), required=False)
    intents = SomeOf(
        label=_("I think they want (choose one or two)"), choices=INTENTS,
        error_messages={"required": _("What they want: choose one or two, or choose to skip it")},
    )  # fmt: skip
    intention_words = LongText(label=_("Why you think so, in your own words"), required=False)
    basis = SomeOf(label=_("What makes you say this?"), choices=Basis.choices, required=False)
    confidence = OneOf(
        label=_("How sure are you? (1 not at all, 5 very)"), choices=_FIVE, required=False,
        widget=forms.RadioSelect(attrs=_ONE_TO_FIVE),
    )  # fmt: skip
    question = LongText(label=_("A question you want answered"), rows=3, required=False)
    channel = OneOf(label=_("How are you answering?"), choices=[])

    rows = {"barriers": Rows(BarrierRow, label=_("Barrier"), shown=2, most=MOST_BARRIERS)}

    channels: Iterable[Channel] = OWN_CHANNELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, OneOf)
        field.choices = [(channel.value, self.channel_words(channel)) for channel in self.channels]

    def channel_words(self, channel: Channel) -> str | Promise:
        return _("By myself, online") if channel == Channel.ONLINE else channel.label

    def clean_intents(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["intents"]
        if SKIP in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Choose an answer, or choose to skip it, but not both"))
        return chosen

    def written(self) -> Written:
        data = self.cleaned_data
        picked = tuple(intent for intent in data["intents"] if intent not in {SKIP, DONT_KNOW})
        return Written(
            me=Rated(data["me_words"], number(data["me_rating"])),
            around=Rated(data["around_words"], number(data["around_rating"])),
            intention=Intention(picked, DONT_KNOW in data["intents"], data["intention_words"]),
            basis=tuple(data["basis"]),
            confidence=number(data["confidence"]),
            question=data["question"],
            barriers=tuple(_barrier(row) for row in data["barriers"]),
        )


class ScribeForm(AnswerForm):
    """The same, entered for somebody else."""

    channels = SCRIBED_CHANNELS
    read_back = forms.BooleanField(
        label=_("I have read the answer back to the person, and they agree with it"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].label = _("How did the answer come in?")

    def channel_words(self, channel: Channel) -> str | Promise:
        return channel.label


def initial_of(written: Written, channel: str) -> dict[str, Any]:
    """The form filled with an answer that was given before."""
    intention = written.intention
    intents = [*intention.picked, *([DONT_KNOW] if intention.dont_know else [])]
    return {
        "me_rating": _shown(written.me.rating), "me_words": written.me.words,
        "around_rating": _shown(written.around.rating), "around_words": written.around.words,
        "intents": intents or [SKIP], "intention_words": intention.words, "basis": list(written.basis),
        "confidence": str(written.confidence or ""), "question": written.question, "channel": channel,
        "barriers": [_row(barrier) for barrier in written.barriers],
    }  # fmt: skip


class SealForm(Form):
    """Asks for a reason from the start where the rules ask for one."""

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_reason and not self.is_bound:
            self._ask_for_a_reason()


def initial_of_second(second: Any) -> dict[str, Any]:
    """The form filled with the second answer given before: a row, or the record of a sealed one."""
    if not isinstance(second, dict):
        second = {"me": second.me_rating, "around": second.around_rating, "words": second.words}
    return {
        "me_rating": _shown(second["me"]), "around_rating": _shown(second["around"]), "words": second["words"],
    }  # fmt: skip


class SecondAnswerForm(Form):
    me_rating = _rating(_("For me it would be"), _("Me: choose a number, or choose to skip it"))
    around_rating = _rating(
        _("For people around me it would be"), _("People around me: choose a number, or choose to skip it")
    )
    words = LongText(label=_("What changed for you, in your own words"), required=False)

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "me_rating": number(data["me_rating"]), "around_rating": number(data["around_rating"]),
            "words": data["words"],
        }  # fmt: skip


def number(chosen: str) -> int | None:
    return None if chosen in {"", SKIP} else int(chosen)


def _shown(rating: int | None) -> str:
    return SKIP if rating is None else str(rating)


def _barrier(row: dict[str, Any]) -> RaisedBarrier:
    return RaisedBarrier(
        row["words"], int(row["level"]), number(row["importance"]), number(row["ease"]), row["built_on"]
    )


def _row(barrier: RaisedBarrier) -> dict[str, Any]:
    return {
        "words": barrier.words, "level": str(barrier.level), "importance": str(barrier.importance or ""),
        "ease": str(barrier.ease or ""), "built_on": barrier.built_on,
    }  # fmt: skip


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
