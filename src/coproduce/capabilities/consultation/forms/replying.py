"""The form of a reply: for everyone on the public page, and for staff who type one in."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, OneOf, Row, Rows, RowsForm, YesNo

from ..models import Consultation, Format, Question
from ..operations import From, Words
from ..queries import Passage
from ..terms import PASSAGE_KINDS, Channel, QuestionKind
from .preparing import offer

_LONGEST = 20_000
_MOST_PASSAGES = 300


class PassageRow(Row):
    passage = forms.ChoiceField(label=_("Which passage?"), required=False)
    kind = forms.ChoiceField(label=_("What should happen to it?"), choices=PASSAGE_KINDS, required=False)
    words = LongText(label=_("What do you say?"), rows=4, required=False, max_length=_LONGEST)
    reason = LongText(label=_("Why?"), rows=2, required=False, max_length=_LONGEST)

    @property
    def is_blank(self) -> bool:
        return not any(str(self[name].data or "").strip() for name in ("words", "reason"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("words", "").strip():
            self.add_error("words", _("Say what you think of this passage."))
        return typed


class ReplyForm(RowsForm):
    """A field for each question, rows for passages, free words, and a few things about whoever replies."""

    rows = {"passages": Rows(PassageRow, label=_("Passage"), shown=1, most=20)}

    anything = LongText(
        label=_("Is there anything else you want to say?"), rows=5, required=False, max_length=_LONGEST
    )
    group = OneOf(label=_("Which of these are you?"), required=False)
    organisation = forms.CharField(
        label=_("If you reply for an organisation: which?"), max_length=200, required=False
    )
    name = forms.CharField(
        label=_("Your name"), max_length=200, required=False, help_text=_("You need not give it.")
    )
    named = YesNo(label=_("May we show your name beside what you said?"), required=False)
    quote_consent = YesNo(label=_("May we quote your words in the report?"), required=False)
    asked_for = OneOf(label=_("Did you ask for the documents in one of these formats?"), required=False)
    email = forms.EmailField(
        label=_("Tell me what happened: your e-mail address"), required=False,
        help_text=_("We send you a link to confirm it. Nobody else gets it. You can leave at any time."),
    )  # fmt: skip
    website = forms.CharField(label=_("Leave this box empty"), required=False, max_length=200)

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        passages: Sequence[Passage],
        groups: Iterable[Any],
        formats: Sequence[Format] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.passages = questions, {str(one.number): one for one in passages}
        for question in questions:
            self.fields[_field(question)] = _question_field(question)
        offer(self, "group", [*((str(group.pk), group.name) for group in groups), ("", _("None of these"))])
        offer(self, "asked_for", [("", _("No")), *((str(one.pk), one.name) for one in formats)])
        if not formats:
            del self.fields["asked_for"]
        for row in self.all_rows:
            offer(row, "passage", _passage_choices(passages, str(row["passage"].value() or "")))

    @property
    def question_fields(self) -> list[Any]:
        return [self[_field(question)] for question in self.questions]

    @property
    def looks_like_a_machine(self) -> bool:
        """People do not see this box, so only a program fills it in."""
        return bool(self.cleaned_data.get("website"))

    def said(self) -> list[Words]:
        typed = self.cleaned_data
        answers = [
            Words(typed.get(_field(question), ""), question=question.pk) for question in self.questions
        ]
        return [
            *answers,
            *(self._passage(row) for row in typed["passages"]),
            Words(typed.get("anything", "")),
        ]

    def _passage(self, row: dict[str, Any]) -> Words:
        passage = self.passages.get(row["passage"])
        if passage is None:
            return Words(row["words"], reason=row["reason"])
        return Words(row["words"], block=passage.block, kind=row["kind"], reason=row["reason"])

    def sender(self) -> From:
        typed = self.cleaned_data
        return From(
            name=typed.get("name", ""), organisation=typed.get("organisation", ""),
            group_id=UUID(typed["group"]) if typed.get("group") else None, named=bool(typed.get("named")),
            quote_consent=bool(typed.get("quote_consent")),
        )  # fmt: skip

    @property
    def format_id(self) -> UUID | None:
        chosen = self.cleaned_data.get("asked_for")
        return UUID(chosen) if chosen else None


class EntryForm(ReplyForm):
    """The same, typed in by staff: how and when it came, and that it was read back."""

    channel = OneOf(
        label=_("How did it come?"), choices=[one for one in Channel.choices if one[0] != Channel.WEB]
    )
    said_on = DateField(
        label=_("On which day?"), help_text=_("The day when it was said, or when the post brought it.")
    )
    code = forms.CharField(
        label=_("Code on the paper form"), max_length=20, required=False,
        help_text=_("Only for paper: five letters at the foot of the form."),
        widget=forms.TextInput(attrs={"width": 10}),
    )  # fmt: skip
    people_count = forms.IntegerField(
        label=_("How many people does it speak for?"), initial=1, min_value=1, max_value=500,
        widget=forms.NumberInput(attrs={"width": 4}), help_text=_("More than one only for a session."),
    )  # fmt: skip
    person = forms.ChoiceField(label=_("Is it someone with a seat in this project?"), required=False)
    read_back = YesNo(label=_("Did you read it back, and did they say that it is right?"), required=False)

    def __init__(self, *args: Any, people: Iterable[Any], consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["website"], self.fields["email"]
        self.consultation = consultation
        offer(
            self, "person", [("", _("No, someone else")), *((str(one.pk), one.shown_name) for one in people)]
        )

    def arguments(self) -> dict[str, Any]:
        """What `operations.enter_reply` takes."""
        typed = self.cleaned_data
        return {
            "said": self.said(), "sender": self.sender(), "channel": typed["channel"], "said_on": typed["said_on"],
            "person_id": UUID(typed["person"]) if typed.get("person") else None,
            "people_count": typed.get("people_count") or 1, "read_back": bool(typed.get("read_back")),
            "paper_code": typed.get("code", "") if typed["channel"] == Channel.PAPER else None,
            "asked_for": self.format_id,
        }  # fmt: skip


class FollowForm(Form):
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    website = forms.CharField(label=_("Leave this box empty"), required=False, max_length=200)


class SetAsideForm(Form):
    reason = LongText(
        label=_("Why is it left out?"), rows=3,
        help_text=_("For example: an advertisement, or the same reply twice. Not because of what it says."),
    )  # fmt: skip


class JustAButton(Form):
    """Only the key of the request."""


def _field(question: Question) -> str:
    return f"question_{question.position}"


def _question_field(question: Question) -> forms.Field:
    if question.kind == QuestionKind.ONE_OF:
        return OneOf(label=question.words, choices=[(one, one) for one in question.answers], required=False)
    return LongText(label=question.words, rows=5, required=False, max_length=_LONGEST)


def _passage_choices(passages: Sequence[Passage], chosen: str) -> list[tuple[str, Any]]:
    """All of them; of a very long text the headings, and the one that somebody came for."""
    short = len(passages) <= _MOST_PASSAGES
    offered = [one for one in passages if short or one.heading or str(one.number) == chosen]
    return [("", _("The draft as a whole")), *((str(one.number), one.label) for one in offered)]
