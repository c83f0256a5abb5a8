"""The forms of an assessment and of monitoring."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from coproduce.ui.forms import DateField, Form, LongText, OneOf, Rows, RowsForm, SomeOf, YesNo
from coproduce.ui.forms import Row as FormRow
from coproduce.ui.wording import prepare

from .models import Row
from .rules import NOT_SAID, QUESTIONS, Question
from .terms import SCALE, Aim, Characteristic, Conclusion, Impact, Linked, Profile, VersionKind

_SMALL = {"class": "govuk-checkboxes--small"}
_SIZES = {1: _("1, small"), 2: _("2, middling"), 3: _("3, large")}
_CHANCES = {1: _("1, unlikely"), 2: _("2, as likely as not"), 3: _("3, likely")}


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = list(choices)


class JustAButton(Form):
    """Nothing to fill in: the button says it."""


class BeginForm(Form):
    additions = SomeOf(
        label=_("Which groups do you add to those that the law names?"), required=False,
        help_text=_("You can add more later."),
    )  # fmt: skip

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, initial={"additions": list(profile.usual)}, **kwargs)
        offer(self, "additions", [(one.value, one.label) for one in profile.additions])


class ScreenForm(Form):
    affects = YesNo(label=_("Could people be affected?"), required=False)
    why = LongText(label=_("Why?"), rows=5, required=False)
    rule_required = ("affects", "why")


class GapRow(FormRow):
    what = forms.CharField(label=_("What do you not know?"), max_length=300)
    plan = forms.CharField(label=_("How will you find out?"), max_length=300, required=False)
    by = DateField(label=_("By when?"), required=False)


class AboutForm(RowsForm):
    rows: Mapping[str, Rows] = {
        "gaps": Rows(GapRow, label=_("What is not known"), hint=_("Each needs a plan and a date."))
    }

    previous_actions = LongText(
        label=_("What did the assessment before this one ask for?"), rows=3, required=False
    )
    previous_improved = LongText(label=_("What has improved since then?"), rows=3, required=False)
    intersections = LongText(
        label=_("Who belongs to several of these groups at once?"), rows=3, required=False,
        help_text=_("For example disabled people who are carers in a village. One a line."),
    )  # fmt: skip
    cumulative = LongText(
        label=_("Which other changes meet the same people at the same time?"), rows=3, required=False
    )
    aim_discrimination = LongText(label=_("How does it help to end discrimination?"), rows=3, required=False)
    aim_equality = LongText(label=_("How does it advance equality?"), rows=3, required=False)
    aim_relations = LongText(label=_("How does it help good relations?"), rows=3, required=False)
    after_consultation = LongText(
        label=_("What did the consultation change in this assessment?"), rows=3, required=False,
        help_text=_("If it changed nothing, say why. Fill this in once the consultation has closed."),
    )  # fmt: skip
    conclusion = OneOf(label=_("What is the conclusion?"), choices=Conclusion.choices, required=False)
    conclusion_why = LongText(label=_("Why?"), rows=4, required=False)
    assessor_id = forms.ChoiceField(label=_("Who assessed it?"), required=False)
    reviewer_id = forms.ChoiceField(label=_("Who reviewed it?"), required=False)
    decision_maker_id = forms.ChoiceField(
        label=_("Who decides, and must read it?"), required=False,
        help_text=_("Only this person can confirm reading. Nobody can do it for them."),
    )  # fmt: skip
    monitoring_on = DateField(label=_("When are the effects looked at again?"), required=False)

    def __init__(self, *args: Any, people: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everyone = [("", _("Nobody yet")), *((str(one.pk), one.shown_name) for one in people)]
        for name in ("assessor_id", "reviewer_id", "decision_maker_id"):
            offer(self, name, everyone)

    def changes(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        for name in ("assessor_id", "reviewer_id", "decision_maker_id"):
            typed[name] = UUID(typed[name]) if typed[name] else None
        typed["gaps"] = [
            {**gap, "by": gap["by"].isoformat() if gap.get("by") else ""} for gap in typed["gaps"]
        ]
        return typed


class RowForm(Form):
    """One row. `seen` is which state of it the writer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    know = LongText(
        label=_("What do we know?"), rows=4, required=False, help_text=_("Numbers, and what they say.")
    )
    source = forms.CharField(label=_("Where does that come from?"), max_length=300, required=False)
    told = LongText(
        label=_("What do people tell us, beside the barriers and suggestions that are linked?"), rows=3,
        required=False, help_text=_("For example complaints, in your own words."),
    )  # fmt: skip
    impacts = SomeOf(
        label=_("What does it mean for them?"), choices=Impact.choices, required=False,
        help_text=_("Tick both if it is good for some and bad for others."),
    )  # fmt: skip
    impact_words = forms.CharField(label=_("For whom, and when?"), max_length=300, required=False)
    size = forms.TypedChoiceField(
        label=_("How large is the impact?"), coerce=int, empty_value=None, required=False,
        choices=[("", _("Not said")), *((one, _SIZES[one]) for one in SCALE)],
    )  # fmt: skip
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it?"), coerce=int, empty_value=None, required=False,
        choices=[("", _("Not said")), *((one, _CHANCES[one]) for one in SCALE)],
    )  # fmt: skip
    aims = SomeOf(
        label=_("Which aims of the law does it touch?"), choices=Aim.choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_SMALL),
    )  # fmt: skip
    can_do = LongText(
        label=_("What can we do, or why can nothing be done?"), rows=3, required=False,
        help_text=_("Link actions and standing commitments on the page of the row. Here is room for words."),
    )  # fmt: skip
    plan = forms.CharField(
        label=_("If it is not known yet: how will you find out?"), max_length=300, required=False
    )
    plan_by = DateField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, row: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.one_aim_only:
            offer(self, "aims", [(Aim.DISCRIMINATION.value, Aim.DISCRIMINATION.label)])
            self.fields["aims"].help_text = _("For this group the law names one aim only.")

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def shows_the_other(self, row: Row) -> None:
        """After the second of two writers was told: saving again is meant."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed[self.add_prefix("seen")] = str(row.revision)


class AddRowForm(Form):
    characteristic = OneOf(label=_("Which group?"))
    name = forms.CharField(label=_("Who are they?"), max_length=100, required=False)

    def __init__(self, *args: Any, profile: Profile, held: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {row.characteristic for row in held}
        rest = [one for one in (*profile.additions, Characteristic.OTHER) if one.value not in there]
        again = [] if Characteristic.OTHER in rest else [Characteristic.OTHER]
        offer(self, "characteristic", [(one.value, one.label) for one in (*rest, *again)])
        self.fields["name"].help_text = _("Only if you choose “Another group”.")


class LinksForm(Form):
    """What is linked already, and what the search found: ticked is linked."""

    mark_optional = False

    linked = SomeOf(label=_("What belongs to this row?"), required=False)

    def __init__(self, *args: Any, offered: Sequence[Linked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "linked", [(one.value, f"{one.ref}: {one.words}") for one in offered])


class VersionForm(Form):
    kind = OneOf(label=_("What kind of version is it?"), choices=VersionKind.choices)
    note = LongText(label=_("Say in a sentence what this version is"), rows=2, required=False)
    rule_required = ("note",)


class SurveyForm(Form):
    purpose = LongText(
        label=_("What are the answers for?"), rows=4, required=False,
        help_text=_("People read this before they answer."),
    )  # fmt: skip
    questions = SomeOf(label=_("What do you ask?"), required=False, choices=[
        (one.key, one.words) for one in QUESTIONS.values()
    ])  # fmt: skip
    asked = forms.IntegerField(
        label=_("How many people are asked?"), min_value=1, required=False,
        widget=forms.NumberInput(attrs={"width": 5}),
    )  # fmt: skip
    rule_required = ("purpose", "questions")


class AnswersForm(Form):
    """Radio buttons for each question; none has to be answered, and there is no room for words."""

    mark_optional = False

    def __init__(
        self, *args: Any, questions: Sequence[Question], with_code: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for one in questions:
            self.fields[one.key] = _choice(one)
        if with_code:
            self.fields["code"] = forms.CharField(
                label=_("Code on the paper form"), max_length=40, required=False,
                help_text=_("Leave it empty on the phone: you get a code to read out."),
            )  # fmt: skip

    def answers(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name in QUESTIONS}


def _choice(question: Question) -> forms.Field:
    words: Any = question.words
    field = OneOf(
        label=words, required=False,
        choices=[*question.choices, (NOT_SAID, _("Prefer not to say"))],
    )  # fmt: skip
    prepare(question.key, field)
    return field


class CodeForm(Form):
    code = forms.CharField(
        label=_("Your code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "width": 20}),
        help_text=_("Sixteen letters and numbers, in fours."),
    )  # fmt: skip
