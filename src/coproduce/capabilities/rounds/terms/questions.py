"""Questions that a facilitator adds beside the three levels, and what somebody answered to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

MOST_QUESTIONS = 20
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12
SHORT_TEXT = 200
YES, NO = "yes", "no"


class QuestionForm(TextChoices):
    """How a question is answered."""

    SHORT = "short text", _("A few words")
    LONG = "long text", _("Several lines of text")
    ONE = "one of", _("One from a list")
    SOME = "some of", _("Any number from a list")
    SCALE = "scale", _("A number from 1 to 5")
    YES_NO = "yes or no", _("Yes or no")

    @property
    def has_options(self) -> bool:
        """Whether the facilitator writes the list to choose from."""
        return self in {QuestionForm.ONE, QuestionForm.SOME}

    @property
    def is_text(self) -> bool:
        return self in {QuestionForm.SHORT, QuestionForm.LONG}


YES_OR_NO: dict[str, Words] = {YES: _("Yes"), NO: _("No")}


@dataclass(frozen=True)
class Question:
    """A question beside the three levels; nobody has to answer it."""

    id: str
    words: str
    form: str = QuestionForm.LONG
    options: tuple[str, ...] = ()

    @property
    def kind(self) -> QuestionForm:
        return QuestionForm(self.form)

    @property
    def choices(self) -> list[tuple[str, Words]]:
        """What may be chosen: the value that is kept, and its words."""
        if self.kind == QuestionForm.YES_NO:
            return list(YES_OR_NO.items())
        if self.kind == QuestionForm.SCALE:
            return [(str(number), str(number)) for number in range(1, 6)]
        return [(option, option) for option in self.options]

    def as_record(self) -> dict[str, Any]:
        return asdict(self) | {"options": list(self.options)}

    @classmethod
    def from_record(cls, plain: Mapping[str, Any]) -> "Question":
        return cls(**{**plain, "options": tuple(plain.get("options", ()))})


@dataclass(frozen=True)
class Extra:
    """What somebody answered to one of these, in the words of the first language; a skipped one is not there."""

    question: str
    given: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        return {"question": self.question, "given": list(self.given)}

    @classmethod
    def from_record(cls, plain: Mapping[str, Any]) -> "Extra":
        return cls(plain["question"], tuple(plain["given"]))


def numbered(questions: Iterable[Mapping[str, Any]]) -> list[Question]:
    """The questions, each with a name of its own that stays when others are added or taken out."""
    given = list(questions)
    taken = {str(one.get("id", "")) for one in given}
    fresh = (f"q{number}" for number in range(1, len(given) + len(taken) + 1) if f"q{number}" not in taken)
    return [Question.from_record({**one, "id": one.get("id") or next(fresh)}) for one in given]


def answer_shown(question: Question, given: Sequence[str]) -> str:
    """An answer in words: “Yes”, “4 of 5”, “Bus; On foot”."""
    if question.kind == QuestionForm.SCALE:
        return str(_("%(number)s of 5") % {"number": given[0]})
    return "; ".join(
        str(YES_OR_NO.get(one, one)) if question.kind == QuestionForm.YES_NO else one for one in given
    )
