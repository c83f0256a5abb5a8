import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, Money, OneOf, SomeOf
from coproduce.ui.wording import prepare

from .rules.versions import Number, read_number
from .terms import (
    Channel,
    CostPeriod,
    Doing,
    Outcome,
    ReasonCode,
    SuggestionKind,
    Verdict,
    VersionStatus,
    Way,
)

LONGEST_BLOCK = 50_000
LONGEST_POINT, MOST_POINTS = 300, 8
SOMEONE_ELSE = "other"


class NewDocumentForm(Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    file = forms.FileField(
        label=_("Upload a Word document (.docx), or an .odt, web or Markdown file"), required=False,
        help_text=_("The text is taken over. What it cannot hold, such as drawings, is listed."),
    )  # fmt: skip
    text = LongText(label=_("Or paste the text"), required=False, rows=12, max_length=2_000_000)
    answers_by = DateField(
        label=_("By what date do you promise an answer to suggestions?"), required=False,
        help_text=_("If you leave this empty, it is 20 working days after each suggestion."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("file") and not (typed.get("text") or "").strip():
            self.add_error("file", _("Upload a file, or paste the text."))
        return typed


class WordFileForm(Form):
    file = forms.FileField(
        label=_("The Word file (.docx)"),
        help_text=_("The one that you downloaded here and changed. Nothing is kept until you have seen what is in it."),
    )  # fmt: skip


ME, NOBODY = "me", "nobody"


class WordChangesForm(Form):
    """Everything that was found in a Word file: what to take in, and which name is whose.

    `found` are (number, words) and `names` are (name in the file, label, proposed answer).
    """

    mark_optional = False

    token = forms.CharField(widget=forms.HiddenInput, max_length=6_000_000)
    take = SomeOf(label=_("Everything that was found"), required=False)

    def __init__(
        self,
        *args: Any,
        found: Sequence[tuple[str, Any]] = (),
        names: Sequence[tuple[str, Any, str]] = (),
        people: Sequence[tuple[str, str]] = (),
        may_speak_for_others: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        take = self.fields["take"]
        assert isinstance(take, forms.MultipleChoiceField)
        take.choices = list(found)
        take.initial = [number for number, _words in found]
        take.help_text = _("Take away the tick from what should not become a suggestion.")
        behalf = [*people, (SOMEONE_ELSE, _("Someone else, on their behalf"))] if may_speak_for_others else []
        choices = [("", _("Choose")), (ME, _("Me")), *behalf, (NOBODY, _("Leave all of it out"))]
        for place, (name, label, proposed) in enumerate(names):
            self._add(f"who_{place}", forms.ChoiceField(label=label, choices=choices, initial=proposed))
            if may_speak_for_others:
                self._add(f"name_{place}", _name_field(name))
        self.fields["take"] = self.fields.pop("take")

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        prepare(name, field)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name, chosen in list(typed.items()):
            if name.startswith("who_") and chosen == SOMEONE_ELSE and not typed.get(f"name_{name[4:]}"):
                self.add_error(f"name_{name[4:]}", _("Enter the person's name."))
        return typed


def _name_field(name: str) -> forms.CharField:
    """For somebody who has no place here yet; proposed is the name that the file has."""
    label = format_lazy(_("Name of “{name}”, if not in the list"), name=name) if name else (
        _("Name of whoever made the changes without a name, if not in the list"))  # fmt: skip
    return forms.CharField(label=label, max_length=200, required=False, initial=name)


class _AboutSuggestion(Form):
    field_order: Sequence[str]
    reason = LongText(label=_("Why?"), required=False, rows=3)
    quote_consent = forms.BooleanField(
        label=_("My words may be quoted in public, without my name"), required=False
    )
    unnamed = forms.BooleanField(
        label=_("Do not show my name"), required=False,
        help_text=_("Everybody sees your group only, also those who lead the project. You still find it among "
                    "your suggestions. Words without a name are not quoted in public."),
    )  # fmt: skip
    # The draft that these words were kept in, if any.
    draft = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        """What was typed, for the operation: without what the page alone needs."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("unnamed", "draft")}


class ChangeForm(_AboutSuggestion):
    """New words for a block, or a new passage after it."""

    # An empty box is an answer, too: it takes the passage out.
    mark_optional = False

    reason = LongText(label=_("Why? (optional)"), required=False, rows=3)
    typed = LongText(label=_("The words as they should be"), required=False, max_length=LONGEST_BLOCK)
    base_seq = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    field_order = ["typed", "reason", "quote_consent", "unnamed"]

    def for_new_passage(self) -> "ChangeForm":
        self.fields["typed"].label = _("The new words")
        return self


class WordsForm(_AboutSuggestion):
    """A suggestion about the document in free words."""

    kind = OneOf(
        label=_("What would you like?"), choices=SuggestionKind.choices, initial=SuggestionKind.CHANGE
    )
    words = LongText(label=_("Your suggestion, in your own words"))
    section = forms.CharField(label=_("Which part of the text is it about?"), max_length=300, required=False)

    field_order = ["kind", "words", "section", "reason", "quote_consent", "unnamed"]


class _OnBehalf(_AboutSuggestion):
    """Who said it, in which name it stands, and how it came."""

    author = forms.ChoiceField(label=_("Whose suggestion is it?"))
    new_name = forms.CharField(
        label=_("Name, if the person is not in the list"), max_length=200, required=False,
        help_text=_("Use the name the person wishes to be known by. Leave it empty for somebody without a name."),
    )  # fmt: skip
    group = forms.ChoiceField(
        label=_("Group, if the person is not in the list"), required=False,
        help_text=_("Leave it empty for the public."),
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=[choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.IMPORT)],
    )
    said_on = DateField(label=_("On what day was it said or written?"))

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[str, str]] = (),
        groups: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        author, group = self.fields["author"], self.fields["group"]
        assert isinstance(author, forms.ChoiceField)
        assert isinstance(group, forms.ChoiceField)
        author.choices = [("", _("Choose")), *people, (SOMEONE_ELSE, _("Someone else"))]
        group.choices = [("", _("The public")), *groups]
        self.fields["quote_consent"].label = _("The person agreed to be quoted in public, without a name")
        unnamed = self.fields["unnamed"]
        unnamed.label = _("Do not show the person’s name")
        unnamed.help_text = _(
            "Everybody sees the group only. Your own name is kept as the one who entered it."
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("author") == SOMEONE_ELSE and not (typed.get("new_name") or typed.get("unnamed")):
            self.add_error("new_name", _("Enter the person's name, or tick that no name is shown."))
        return typed

    def said(self) -> dict[str, Any]:
        about_the_person = ("author", "new_name", "group")
        return {name: value for name, value in super().said().items() if name not in about_the_person}


class BehalfForm(_OnBehalf, WordsForm):
    """What someone said on paper, by phone or in a session."""

    page = forms.CharField(label=_("Page"), max_length=20, required=False)

    field_order = [
        "author", "new_name", "group", "unnamed", "channel", "said_on", "kind", "words", "section", "page", "reason",
        "quote_consent",
    ]  # fmt: skip


class PaperForm(_OnBehalf):
    """What somebody wrote beside a numbered passage of a printed copy."""

    mark_optional = False

    kind = OneOf(
        label=_("What do they want?"),
        choices=[
            (SuggestionKind.CHANGE, _("Change the words")),
            (SuggestionKind.ADD, _("Add a passage after it")),
            (SuggestionKind.REMOVE, _("Take it out")),
            (SuggestionKind.KEEP, _("Keep it as it is")),
            (SuggestionKind.ASK, _("Ask a question, or say it in their own words")),
        ],
    )
    typed = LongText(
        label=_("Their words, exactly as written"), required=False, max_length=LONGEST_BLOCK,
        help_text=_("For “change”: the passage as it should read. Not needed for “take it out” and “keep”."),
    )  # fmt: skip
    reason = LongText(label=_("Why? (optional)"), required=False, rows=3)
    read_back = forms.BooleanField(
        label=_("I have compared the passage and the words with the paper"),
        error_messages={"required": _("Compare the passage and the words with the paper, then tick this.")},
    )

    field_order = [
        "author", "new_name", "group", "unnamed", "channel", "said_on", "kind", "typed", "reason", "quote_consent",
        "read_back",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        wordless = (SuggestionKind.REMOVE, SuggestionKind.KEEP)
        if typed.get("kind") and typed["kind"] not in wordless and not (typed.get("typed") or "").strip():
            self.add_error("typed", _("Enter their words."))
        return typed


class PassageForm(_AboutSuggestion):
    """Keep it, take it out, or ask about it: one box, and the words stay as they are."""

    mark_optional = False

    reason = LongText(label=_("Why? (optional)"), required=False, rows=3)
    words = LongText(label=_("Your question"), required=False, rows=4)
    base_seq = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    field_order = ["words", "reason", "quote_consent", "unnamed"]

    def for_saying(self, saying: str) -> "PassageForm":
        if saying == SuggestionKind.ASK:
            self.fields["words"].required = True
        else:
            del self.fields["words"]
        return self


class SupportForm(Form):
    why = LongText(
        label=_("Why?"), required=False, rows=3,
        help_text=_("The page shows how many people of which group support it, and your words without your name."),
    )  # fmt: skip


class PaperCodeForm(Form):
    """The code of a printed copy and the number of a passage, as they stand on the paper."""

    code = forms.CharField(
        label=_("Code, at the foot of the page"), max_length=30, help_text=_("Such as D1-96-KR.")
    )
    number = forms.CharField(
        label=_("Number of the passage, with its letter"), max_length=10, help_text=_("Such as 12K.")
    )


class SummaryForm(Form):
    """A few plain questions, one for each point of the summary."""

    mark_optional = False

    missing = LongText(label=_("Is something missing? (optional)"), required=False, rows=3)
    quote_consent = forms.BooleanField(
        label=_("My words may be quoted in public, without my name"), required=False
    )
    unnamed = forms.BooleanField(
        label=_("Do not show my name"), required=False,
        help_text=_("Everybody sees your group only. Words without a name are not quoted in public."),
    )  # fmt: skip
    draft = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, points: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = {name: self.fields.pop(name) for name in ("missing", "quote_consent", "unnamed")}
        for point in points:
            choices = [
                ("keep", _("Keep it like this")), ("change", _("Change it")), ("ask", _("I have a question")),
                ("", _("No answer")),
            ]  # fmt: skip
            self.fields[f"kind_{point.pk}"] = OneOf(
                label=point.words, choices=choices, required=False, initial=""
            )
            self.fields[f"words_{point.pk}"] = LongText(
                label=_("Your words on point %(number)s (optional)") % {"number": point.position},
                required=False,
                rows=3,
            )
        self.fields.update(last)
        self.points = points

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for point in self.points:
            needs = typed.get(f"kind_{point.pk}") in ("change", "ask")
            if needs and not (typed.get(f"words_{point.pk}") or "").strip():
                self.add_error(f"words_{point.pk}", _("Say what you would change, or what you ask."))
        return typed


class PointsForm(Form):
    """The points of the summary, one a line."""

    points = LongText(
        label=_("The summary, one sentence a line"), rows=10, max_length=2_400,
        help_text=_("At most 8 sentences, each of 300 letters or less, in the plainest words that you can find."),
    )  # fmt: skip

    def clean_points(self) -> list[str]:
        lines = [line.strip() for line in str(self.cleaned_data["points"]).splitlines() if line.strip()]
        if len(lines) > MOST_POINTS:
            raise forms.ValidationError(_("A short summary has at most 8 sentences."))
        if any(len(line) > LONGEST_POINT for line in lines):
            raise forms.ValidationError(_("One sentence is longer than 300 letters. Make two of it."))
        if len(set(lines)) < len(lines):
            raise forms.ValidationError(_("One sentence stands there twice."))
        return lines


class ReactForm(Form):
    """The suggester's word on an answer."""

    mark_optional = False

    verdict = OneOf(label=_("Does this answer satisfy you?"), choices=Verdict.choices)
    words = LongText(label=_("What does it leave open? (needed if you ask again)"), required=False, rows=4)
    asks_again = forms.BooleanField(
        label=_("Ask again"), required=False,
        help_text=_("You can do this once. The suggestion is open again, with a new promised day, and the first "
                    "answer stays beside it."),
    )  # fmt: skip
    decision_id = forms.UUIDField(widget=forms.HiddenInput)

    def without_asking_again(self) -> "ReactForm":
        del self.fields["asks_again"]
        self.fields["words"].label = _("What does it leave open? (optional)")
        return self


class TellForm(Form):
    way = OneOf(
        label=_("How was the person told?"),
        choices=[(way, way.label) for way in (Way.LETTER, Way.PHONE, Way.IN_PERSON, Way.EMAIL)],
    )
    on = DateField(label=_("On what day?"))


class ReplyForm(Form):
    reply = LongText(label=_("What did they reply?"), rows=5, help_text=_("Their own words."))
    replied_on = DateField(label=_("On what day?"))


class RedactForm(Form):
    mark_optional = False

    passage = LongText(
        label=_("Which words are taken out?"), required=False, rows=3,
        help_text=_("Copy them exactly. Leave this empty to take out all words of the suggestion."),
    )  # fmt: skip
    reason = LongText(
        label=_("Why?"), rows=3, required=False,
        help_text=_("Everyone can read the reason. Do not repeat the words in it."),
    )  # fmt: skip


class DecideForm(Form):
    """An answer; `finals` are the places whose final words can be edited: (field name, label, words)."""

    # Which of them are needed depends on the answer, and each says so.
    mark_optional = False

    outcome = OneOf(label=_("What is the answer?"), choices=Outcome.choices)
    place = forms.CharField(
        label=_("Where does the text say it already?"), max_length=300, required=False,
        help_text=_("Only if you accept it and the text needs no new words."),
    )  # fmt: skip
    doing = OneOf(
        label=_("If you say yes, does somebody have to do something?"), required=False,
        choices=[("", _("Not known yet")), *Doing.choices],
    )  # fmt: skip
    reason_code = forms.ChoiceField(
        label=_("Kind of reason"), required=False, choices=[("", _("None: accepted in full")), *ReasonCode.choices],
        help_text=_("Needed for every answer but “accepted”."),
    )  # fmt: skip
    reason = LongText(label=_("Reason in plain words"), required=False, rows=3)
    cost_amount = Money(label=_("If the reason is cost: how much?"), required=False)
    cost_period = forms.ChoiceField(
        label=_("Is that"), required=False, choices=[("", "–"), *CostPeriod.choices]
    )
    cost_note = forms.CharField(label=_("Where the figure comes from"), max_length=1_000, required=False)
    sent_to = forms.CharField(
        label=_("If it is for others: to whom did you send it?"), max_length=300, required=False
    )
    same_as = forms.CharField(
        label=_("If it was answered with another suggestion: its number"), max_length=10, required=False
    )
    done_instead = LongText(label=_("What is done instead"), required=False, rows=2)
    due_on = DateField(label=_("By what date was an answer promised?"), required=False)
    remind_on = DateField(
        label=_("If it is passed on: when will you remind them?"), required=False,
        help_text=_("If you leave this empty, it is in 20 working days."),
    )  # fmt: skip
    seen_seq = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    # The answer that stood when the page was opened: nobody answers over one that they have not seen.
    seen_answer = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, finals: Sequence[tuple[str, Any, str]] = (), asks_due: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_due:
            del self.fields["due_on"]
        rest = {name: field for name, field in self.fields.items() if name != "outcome"}
        self.fields = {"outcome": self.fields["outcome"]}
        for name, label, words in finals:
            self.fields[name] = LongText(
                label=label, required=False, initial=words, rows=6, max_length=LONGEST_BLOCK,
                help_text=_("Used if you accept in full or in part. Empty takes the passage out."),
            )  # fmt: skip
        self.fields.update(rest)


class WithdrawForm(Form):
    reason = LongText(label=_("Why do you withdraw it?"), rows=3, help_text=_("It stays on the record."))


class BarriersForm(Form):
    barriers = forms.CharField(
        label=_("Which barriers would it lower?"), max_length=500, required=False,
        help_text=_("Their numbers, for example B01, B55. You find them in the list of barriers."),
    )  # fmt: skip

    @property
    def refs(self) -> list[str]:
        return [ref for ref in re.split(r"[\s,;]+", self.cleaned_data["barriers"]) if ref]


class PublishForm(Form):
    number = forms.CharField(label=_("Number"), max_length=9, help_text=_("Such as 0.4, or 1.0 on approval."))
    summary = LongText(
        label=_("What is new in this version?"), rows=3,
        error_messages={"required": _("Say in a few words what is new. (rule R81)")},
    )  # fmt: skip
    day = DateField(label=_("Date"), required=False)
    status = OneOf(
        label=_("Who is it for?"), initial=VersionStatus.SHARED,
        choices=[
            (VersionStatus.SHARED, _("Everyone in the project")),
            (VersionStatus.WORKING, _("Those who work on it, for now")),
        ],
    )  # fmt: skip
    skipped_because = forms.CharField(
        label=_("If you leave numbers out, why?"), max_length=1_000, required=False
    )

    def clean_number(self) -> Number:
        number = read_number(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(_("Enter two whole numbers with a dot, such as 0.4."))
        return number
