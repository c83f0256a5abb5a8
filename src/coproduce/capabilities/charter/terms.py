"""The words of the charter: eight commitments, how each is measured, and what people say when one was missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

CHARTER = "charter.charter"
BREACH = "charter.breach"

REPORTS_AN_HOUR = 10
# A code has eight of 26 signs, so guessing at this pace finds nothing.
CODES_AN_HOUR = 30
LOWEST_VIEW, HIGHEST_VIEW = 0, 4


class Commitment(IntegerChoices):
    EARLY = 1, _("Share early, be open and honest")
    INFORMED = 2, _("Keep all partners told, with start and finish dates")
    OWNED = 3, _("Make clear who is facilitator and who is manager")
    TRACKED = 4, _("Track all changes, with an action plan that has dates")
    CONSIDERED = 5, _("Consider all reasonable ideas, by name and date")
    ANSWERED = 6, _("Answer each idea, on time; if no, say why")
    THANKED = 7, _("You said, we did: say what came of it, and thank people")
    REVIEWED = 8, _("Put a review date on everything, and look again each year")


# A few words, for plots and for lists over all projects.
SHORT: dict[Commitment, Words] = {
    Commitment.EARLY: _("1 Share early"),
    Commitment.INFORMED: _("2 Keep people told"),
    Commitment.OWNED: _("3 Say who runs it"),
    Commitment.TRACKED: _("4 Track changes"),
    Commitment.CONSIDERED: _("5 Consider ideas"),
    Commitment.ANSWERED: _("6 Answer each idea"),
    Commitment.THANKED: _("7 You said, we did"),
    Commitment.REVIEWED: _("8 Review each year"),
}

MET_WHEN: dict[Commitment, Words] = {
    Commitment.EARLY: _("The foreword is shared before any draft, and no aim is hidden."),
    Commitment.INFORMED: _("Every part has both dates, and enough of the planned updates were sent."),
    Commitment.OWNED: _("Both are named. Every public page names them."),
    Commitment.TRACKED: _("Every version has its author and summary. Every action has real dates."),
    Commitment.CONSIDERED: _("Every suggestion has its person or group, its date and its place in the text."),
    Commitment.ANSWERED: _(
        "Every answer that is due was given, with a reason where it is not a full yes, and with figures where the "
        "reason is cost. Enough of them came on time."
    ),
    Commitment.THANKED: _(
        "Every suggestion is covered in public, and everyone who can be thanked was thanked."
    ),
    Commitment.REVIEWED: _(
        "Everything that is signed is looked at again within the time. Those who asked to be there are invited."
    ),
}

VIEW_QUESTIONS: dict[Commitment, Words] = {
    Commitment.EARLY: _("Did we share things early, and were we open and honest?"),
    Commitment.INFORMED: _("Were you kept told, with dates for when things start and finish?"),
    Commitment.OWNED: _("Was it clear who runs this and who answers for it?"),
    Commitment.TRACKED: _("Could you see what changed, and what will be done by when?"),
    Commitment.CONSIDERED: _("Were all ideas looked at, yours among them?"),
    Commitment.ANSWERED: _("Did ideas get an answer in good time, with a reason if it was no?"),
    Commitment.THANKED: _("Did you hear what came of what people said, and were people thanked?"),
    Commitment.REVIEWED: _("Is it clear when this is looked at again, and can you be there?"),
}
# The number first: it is what is counted, whatever language the words are read in.
VIEW_ANSWERS: tuple[Words, ...] = (
    _("0: not at all"), _("1: a little"), _("2: half of the time"), _("3: mostly"), _("4: fully"),
)  # fmt: skip
VIEW_WORDING: dict[str, Words] = {
    "level_1": _("What got in your own way when you took part?"),
    "level_2": _("What got in the way of other people?"),
    "level_3": _("What about those leading this got in the way of what they promised?"),
    "barriers": _("Is there anything that could get in the way of the promises next time?"),
}


def view_question_id(commitment: Commitment) -> str:
    return f"charter-{commitment.value}"


class PointKind(TextChoices):
    """What one row behind a figure is."""

    FOREWORD = "foreword", _("Foreword")
    DRAFT = "draft", _("First version")
    AIM = "aim", _("Aim")
    PART = "part", _("Part of the work")
    UPDATE = "update", _("Update")
    PERSON = "person", _("Person")
    VERSION = "version", _("Version")
    ACTION = "action", _("Action")
    SUGGESTION = "suggestion", _("Suggestion")
    REVIEW = "review", _("Review")


class Miss(TextChoices):
    """What a row lacks."""

    NOT_SHARED = "not_shared", _("not shared")
    BEFORE_FOREWORD = "before_foreword", _("shared before the foreword")
    NOT_SAID = "not_said", _("not stated")
    NO_DATES = "no_dates", _("a date is missing")
    NOT_SENT = "not_sent", _("not sent")
    NOBODY = "nobody", _("nobody is named")
    NO_SUMMARY = "no_summary", _("no author or summary")
    NO_NAME = "no_name", _("no person or group")
    NO_PLACE = "no_place", _("no place in the text")
    NO_ANSWER = "no_answer", _("no answer")
    LATE = "late", _("late")
    NO_REASON = "no_reason", _("no reason")
    NO_FIGURES = "no_figures", _("no figures")
    NOT_COVERED = "not_covered", _("not in “You said, we did”")
    NOT_THANKED = "not_thanked", _("not thanked")
    NO_REVIEW = "no_review", _("no review date")
    TOO_FAR = "too_far", _("the review is too far away")
    OVERDUE = "overdue", _("the review is overdue")
    NOT_INVITED = "not_invited", _("those who asked are not invited")


@dataclass(frozen=True)
class Point:
    """One row behind a figure: what it is, its two dates, and what it lacks. It holds no words of people."""

    kind: PointKind
    ref: str
    what: Words
    first: date | None = None
    second: date | None = None
    misses: tuple[Miss, ...] = ()
    # What those inside the project may open.
    thing: UUID | None = None

    @property
    def holds(self) -> bool:
        return not self.misses

    @property
    def miss_words(self) -> str:
        return ", ".join(str(miss.label) for miss in self.misses)


@dataclass(frozen=True)
class Limits:
    """From when on a commitment counts as met; settings of the installation."""

    on_time_percent: int = 95
    updates_percent: int = 90
    review_months: int = 12
    answer_days: int = 10


@dataclass(frozen=True)
class Measure:
    """What the records say of one commitment: so many of so many. `met` is None while there is nothing to measure."""

    commitment: Commitment
    met: bool | None
    part: int = 0
    whole: int = 0

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None

    @property
    def label(self) -> Words:
        return self.commitment.label

    @property
    def short(self) -> Words:
        return SHORT[self.commitment]

    @property
    def met_when(self) -> Words:
        return MET_WHEN[self.commitment]


@dataclass(frozen=True)
class Score:
    """How many commitments are met, of those that can be measured."""

    met: int
    of: int

    @classmethod
    def of_measures(cls, measures: Iterable[Measure]) -> "Score":
        known = [measure.met for measure in measures if measure.met is not None]
        return cls(sum(known), len(known))


class Verdict(TextChoices):
    """What is said to somebody who told us that a promise was missed."""

    MISSED = "missed", _("Yes, we missed it")
    PARTLY = "partly", _("In part")
    KEPT = "kept", _("We think that we kept it")


class Coming(TextChoices):
    """What comes next in a project."""

    ACTION = "action", _("An action ends")
    CHECK = "check", _("A standing commitment is checked")
    ANSWER = "answer", _("An answer is due")
    PROMISE = "promise", _("A promise is due")
    REVIEW = "review", _("The review")
    BREACH = "breach", _("An answer to a missed promise is due")
    DECISION = "decision", _("The decision")
    CLOSE = "close", _("The consultation closes")


def breach_ref(number: int) -> str:
    """The short name of a report of a missed promise: M01."""
    return f"M{number:02}"
