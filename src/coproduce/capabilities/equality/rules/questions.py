"""What monitoring asks, and the levels on which its answers may be counted together. No question has room for words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Words, refuse

from .hiding import Level, levels_of

NOT_SAID = "not_said"
_NOT_SAID_WORDS = _("Prefer not to say, or no answer")


@dataclass(frozen=True)
class Question:
    """`merges` fixes, before anyone answers, which answers go together when a number is small."""

    key: str
    words: Words
    choices: tuple[tuple[str, Words], ...]
    merges: tuple[tuple[str, str], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return (*(code for code, _label in self.choices), NOT_SAID)

    @property
    def levels(self) -> list[Level]:
        return levels_of(self.codes, self.merges)

    def label(self, code: str) -> Words:
        return dict(self.choices).get(code, _NOT_SAID_WORDS)


_YES_NO = (("yes", _("Yes")), ("no", _("No")))
_YES_NO_MERGES = ((NOT_SAID, "no"), ("yes", "no"))

QUESTIONS: dict[str, Question] = {
    one.key: one
    for one in (
        Question(
            "age", _("How old are you?"),
            (("under_25", _("Under 25")), ("25_44", _("25 to 44")), ("45_64", _("45 to 64")),
             ("65_74", _("65 to 74")), ("75_84", _("75 to 84")), ("85", _("85 or over"))),
            ((NOT_SAID, "75_84"), ("under_25", "25_44"), ("25_44", "45_64"), ("85", "75_84"), ("65_74", "75_84"),
             ("45_64", "75_84")),
        ),
        Question(
            "disability", _("Do you have a condition or illness that makes daily life harder, and that lasts?"),
            _YES_NO, _YES_NO_MERGES,
        ),
        Question(
            "sex", _("What is your sex?"), (("female", _("Female")), ("male", _("Male"))),
            ((NOT_SAID, "male"), ("male", "female")),
        ),
        Question(
            "gender", _("Is your gender the same as the sex you were registered with at birth?"), _YES_NO,
            ((NOT_SAID, "no"), ("no", "yes")),
        ),
        Question(
            "race", _("What is your ethnic group?"),
            (("white", _("White")), ("asian", _("Asian or Asian British")), ("black", _("Black or Black British")),
             ("mixed", _("Mixed")), ("other", _("Another group"))),
            ((NOT_SAID, "other"), ("mixed", "other"), ("black", "other"), ("asian", "other"), ("white", "other")),
        ),
        Question(
            "religion", _("What is your religion or belief?"),
            (("none", _("None")), ("christian", _("Christian")), ("muslim", _("Muslim")), ("other", _("Another"))),
            ((NOT_SAID, "other"), ("muslim", "other"), ("none", "other"), ("christian", "other")),
        ),
        Question(
            "orientation", _("What is your sexual orientation?"),
            (("straight", _("Straight")), ("gay", _("Gay or lesbian")), ("bi", _("Bisexual")),
             ("other", _("Another"))),
            ((NOT_SAID, "other"), ("bi", "other"), ("gay", "other"), ("straight", "other")),
        ),
        Question("carer", _("Do you look after somebody without pay?"), _YES_NO, _YES_NO_MERGES),
        Question(
            "area", _("Where do you live?"), (("town", _("In a town")), ("village", _("In a village"))),
            ((NOT_SAID, "town"), ("village", "town")),
        ),
    )
}  # fmt: skip


def something_known_is_asked(keys: Collection[str], purpose: str) -> Iterator[Finding]:
    if not purpose.strip():
        yield refuse("C19", _("Say what the answers are for."), "purpose")
    if not keys or set(keys) - set(QUESTIONS):
        yield refuse("C19", _("Choose at least one question."), "questions")


def questions_stay_once_answered(*, changed: bool, forms: int) -> Iterator[Finding]:
    if changed and forms:
        yield refuse("C19", _("People have answered. The questions stay as they are."), "questions")


def only_open_monitoring_takes_answers(*, is_open: bool) -> Iterator[Finding]:
    if not is_open:
        yield refuse("C19", _("This form is closed. Nothing was kept."))
