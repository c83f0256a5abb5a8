"""The answer of one person, as they write it: three levels, barriers, and whatever else the round asks."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.terms import Intent
from coproduce.ui.forms import Form, LongText, OneOf, Pick, Row, Rows, RowsForm, SomeOf
from coproduce.ui.wording import prepare

from ..terms import (
    MOST_BARRIERS,
    OWN_CHANNELS,
    RATING_WORDS,
    SCRIBED_CHANNELS,
    Basis,
    BuiltOn,
    Channel,
    Intention,
    Kind,
    Level,
    Question,
    RaisedBarrier,
    Rated,
    Size,
    Wording,
    Written,
    in_language,
)  # fmt: skip
from .extra import extra_field, given, shown_again

SKIP, DONT_KNOW = "skip", "dont_know"
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
_SIZES = [_NONE, *Size.choices]
_SMALL = {"class": "govuk-radios--small"}
_ONE_TO_FIVE = {"class": "govuk-radios--inline govuk-radios--small"}
MOST_AT_A_LEVEL = MOST_BARRIERS // len(Level)
_RATED_FIELDS = ("me_rating", "me_words", "around_rating", "around_words", "intents", "intention_words")


def _rating(label: Any, when_missing: Any) -> OneOf:
    """The scale from −3 to +3; skipping is a choice, so that nobody skips by oversight."""
    return OneOf(
        label=label, choices=RATINGS, error_messages={"required": when_missing},
        widget=forms.RadioSelect(attrs=_SMALL),
    )  # fmt: skip


class _Weighed(Row):
    """A barrier whose level the form knows; how it weighs may be left out."""

    words = LongText(label=_("What could get in the way? Use your own words"), rows=2)
    importance = Pick(label=_("How much does it matter?"), choices=_MATTERS, required=False)
    ease = Pick(label=_("How easy is it to remove?"), choices=_EASY, required=False)
    built_on = Pick(label=_("What makes you think so?"), choices=[_NONE, *BuiltOn.choices], required=False)


class BarrierRow(_Weighed):
    level = OneOf(label=_("Who is it about?"), choices=LEVELS, widget=forms.RadioSelect(attrs=_SMALL))

    field_order = ("words", "level", "importance", "ease", "built_on")


class LevelBarrierRow(_Weighed):
    """A barrier in a round that asks for barriers level by level."""


class ReasonRow(Row):
    """Why it failed, a year from now."""

    words = LongText(label=_("It failed because (one reason, in your own words)"), rows=2)
    likelihood = Pick(label=_("How likely is this?"), choices=_SIZES, required=False)
    impact = Pick(label=_("How much harm would it do?"), choices=_SIZES, required=False)
    early_sign = forms.CharField(label=_("What would warn us early?"), max_length=500, required=False)


_BARRIERS = {"barriers": Rows(BarrierRow, label=_("Barrier"), most=MOST_BARRIERS)}


def at_level(level: int) -> str:
    """The name of the rows in which a form asks for barriers at this level."""
    return f"barriers_{int(level)}"


def level_by_level(row: type[Row], label: Any) -> dict[str, Rows]:
    return {at_level(level): Rows(row, label=label, most=MOST_AT_A_LEVEL) for level in Level}


class AnswerForm(RowsForm):
    """The whole answer on one page. The round says what is asked; without one it is a focus group's form."""

    me_rating: forms.Field = _rating(_("For me it would be"), _("Me: choose a number, or choose to skip it"))
    me_words = LongText(label=_("What it would change for you, in your own words"), rows=3, required=False)
    around_rating: forms.Field = _rating(
        _("For people around me it would be"), _("People around me: choose a number, or choose to skip it")
    )
    around_words = LongText(
        label=_("What it would change for them, in your own words"), rows=3, required=False
    )
    intents: forms.Field = SomeOf(
        label=_("I think they want (choose one or two)"), choices=INTENTS,
        error_messages={"required": _("What they want: choose one or two, or choose to skip it")},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )  # fmt: skip
    intention_words = LongText(label=_("Why you think so, in your own words"), rows=3, required=False)
    basis: forms.Field = SomeOf(label=_("What makes you say this?"), choices=Basis.choices, required=False)
    confidence: forms.Field = OneOf(
        label=_("How sure are you? (1 not at all, 5 very)"), choices=_FIVE, required=False,
        widget=forms.RadioSelect(attrs=_ONE_TO_FIVE),
    )  # fmt: skip
    question = LongText(label=_("A question you want answered"), rows=3, required=False)
    channel = OneOf(label=_("How are you answering?"), choices=[])
    language = forms.CharField(max_length=35, required=False, widget=forms.HiddenInput)

    rows: Mapping[str, Rows] = _BARRIERS

    channels: Iterable[Channel] = OWN_CHANNELS
    by_level: Mapping[str, Mapping[str, Rows]] = {
        Kind.PREMORTEM: level_by_level(ReasonRow, _("Reason")),
        Kind.BARRIERS_ONLY: level_by_level(LevelBarrierRow, _("Barrier")),
    }

    def __init__(self, *args: Any, the_round: Any = None, **kwargs: Any) -> None:
        self.the_round = the_round
        self.kind = Kind(the_round.kind) if the_round else Kind.FOCUS_GROUP
        self.rows = self.by_level.get(self.kind, self.rows)
        super().__init__(*args, **kwargs)
        for name in () if self.kind.asks_ratings else _RATED_FIELDS:
            del self.fields[name]
        self._ask_more()
        field = self.fields["channel"]
        assert isinstance(field, OneOf)
        field.choices = [(channel.value, self.channel_words(channel)) for channel in self.channels]

    def channel_words(self, channel: Channel) -> str | Promise:
        return _("By myself, online") if channel == Channel.ONLINE else channel.label

    def _ask_more(self) -> None:
        wording = self.wording
        for question in self.asked if wording else ():
            name = f"extra_{question.id}"
            self.fields[name] = field = self.field_for(question, wording)
            prepare(name, field)

    def field_for(self, question: Question, wording: Any) -> forms.Field:
        return extra_field(question, wording)

    @property
    def asked(self) -> list[Question]:
        """The questions of the round beside the three levels."""
        return self.the_round.asked if self.the_round else []

    @property
    def wording(self) -> Wording | None:
        """The words of the round in the language of this form; none without a round."""
        if self.the_round is None:
            return None
        tag = self.data.get(self.add_prefix("language")) if self.is_bound else self.initial.get("language")
        return in_language(self.the_round, tag or "")

    @property
    def extra_fields(self) -> list[BoundField]:
        return [self[f"extra_{question.id}"] for question in self.asked]

    @property
    def steps(self) -> int:
        """How many parts the form has, so that people see how far they have come."""
        return 5 + bool(self.asked)

    @cached_property
    def says_more(self) -> frozenset[str]:
        """The fields behind “say more” that have something in them or are wrong: they are shown open."""
        fields = [self, *self.all_rows]
        return frozenset(
            one.html_name for form in fields for one in form if one.errors or one.value() not in _NOTHING
        )

    def clean_intents(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["intents"]
        if SKIP in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Choose an answer, or choose to skip it, but not both"))
        return chosen

    def written(self) -> Written:
        data = self.cleaned_data
        rated = self._rated() if self.kind.asks_ratings else Written()
        return Written(
            me=rated.me,
            around=rated.around,
            intention=rated.intention,
            basis=tuple(data["basis"]),
            confidence=number(data["confidence"]),
            question=data["question"],
            barriers=tuple(self._barriers()),
            extra=given(self.asked, data),
            language=self._language(),
        )

    def _rated(self) -> Written:
        data = self.cleaned_data
        picked = tuple(intent for intent in data["intents"] if intent not in {SKIP, DONT_KNOW})
        return Written(
            me=Rated(data["me_words"], number(data["me_rating"])),
            around=Rated(data["around_words"], number(data["around_rating"])),
            intention=Intention(picked, DONT_KNOW in data["intents"], data["intention_words"]),
        )

    def _barriers(self) -> Iterable[RaisedBarrier]:
        data = self.cleaned_data
        for row in data.get("barriers", ()):
            yield _barrier(row, int(row["level"]))
        for level in Level:
            for row in data.get(at_level(level), ()):
                yield _barrier(row, level.value)

    def _language(self) -> str:
        """Only where it was read in another language than the first."""
        wording = self.wording
        return "" if wording is None or wording.is_first else wording.tag


_NOTHING: tuple[Any, ...] = (None, "", [], ())


def _read_back() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have read the answer back to the person, and they agree with it"), required=False
    )


class ScribeForm(AnswerForm):
    """The same, entered for somebody else."""

    channels = SCRIBED_CHANNELS
    read_back = _read_back()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].label = _("How did the answer come in?")

    def channel_words(self, channel: Channel) -> str | Promise:
        return channel.label


def initial_of(written: Written, channel: str, asked: Iterable[Question] = ()) -> dict[str, Any]:
    """The form filled with an answer that was given before."""
    intention = written.intention
    intents = [*intention.picked, *([DONT_KNOW] if intention.dont_know else [])]
    rows = [(barrier.level, _row(barrier)) for barrier in written.barriers]
    return {
        "me_rating": _shown(written.me.rating), "me_words": written.me.words,
        "around_rating": _shown(written.around.rating), "around_words": written.around.words,
        "intents": intents or [SKIP], "intention_words": intention.words, "basis": list(written.basis),
        "confidence": str(written.confidence or ""), "question": written.question, "channel": channel,
        "language": written.language, "barriers": [row for _level, row in rows],
        **{at_level(level): [row for of, row in rows if of == level] for level in Level},
        **shown_again(asked, written),
    }  # fmt: skip


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


class ScribeSecondForm(SecondAnswerForm):
    """The same, entered for somebody else in a round that was read in turns."""

    read_back = _read_back()

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"read_back": self.cleaned_data["read_back"]}


def number(chosen: str) -> int | None:
    return None if chosen in {"", SKIP} else int(chosen)


def _shown(rating: int | None) -> str:
    return SKIP if rating is None else str(rating)


def _barrier(row: dict[str, Any], level: int) -> RaisedBarrier:
    return RaisedBarrier(
        row["words"], level, number(row.get("importance", "")), number(row.get("ease", "")),
        row.get("built_on", ""), row.get("likelihood", ""), row.get("impact", ""), row.get("early_sign", ""),
    )  # fmt: skip


def _row(barrier: RaisedBarrier) -> dict[str, Any]:
    return {
        "words": barrier.words, "level": str(barrier.level), "importance": str(barrier.importance or ""),
        "ease": str(barrier.ease or ""), "built_on": barrier.built_on, "likelihood": barrier.likelihood,
        "impact": barrier.impact, "early_sign": barrier.early_sign,
    }  # fmt: skip
