"""What a foreword must hold before others may rely on it: R01–R06, and who may do what with a project."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, refuse, refuse_unless_named, rule, show, warn
from coproduce.core.reading import reading_age, sentences, words_in

from .terms import FOREWORD, PROJECT, ROLES, Intent, LegalRisk, MoneyBand, OptionOutcome, PeopleBand, Tier

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(
    PROJECT,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.RUN: _LEADING,
        Purpose.ADMINISTER: {*_LEADING, Role.PROJECT_ADMINISTRATOR},
    },
)
grid(FOREWORD, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})
grid(ROLES, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.ADMINISTER: {*_LEADING, Role.PROJECT_ADMINISTRATOR}})

SUMMARY_WORDS = 25
# For the public, as R108 has it: most people of this age can follow it, and no sentence is longer.
PUBLIC_READING_AGE, PUBLIC_SENTENCE = 11, 25


class HasForeword(Protocol):
    stated_intents: Collection[str]
    saving_is_aim: bool
    saving_amount: Decimal | None
    saving_spent_on: str
    what_can_change: str
    decision_date: date | None
    involvement_ends: date | None
    decision_taken: bool


class HasOption(Protocol):
    is_do_nothing: bool
    outcome: str
    why: str


def the_summary_is_short(summary: str) -> Iterator[Finding]:
    if not summary.strip():
        yield refuse("summary", _("Say in one sentence what the project is for."), subject="summary")
    if len(summary.split()) > SUMMARY_WORDS:
        yield refuse("summary", _("Use 25 words or fewer in the summary."), subject="summary")


@rule("R01", when=_("A draft is opened before the foreword is shared"), strength=Strength.REFUSE_UNLESS_NAMED)
def a_draft_follows_a_shared_foreword(*, foreword_shared: bool) -> Iterator[Finding]:
    if not foreword_shared:
        yield refuse_unless_named("R01", _("Share the foreword before you open a draft."), subject="foreword")


@rule("R02", when=_("Saving is an aim but its amount and use are empty"), strength=Strength.REFUSE)
def a_saving_has_its_amount_and_use(foreword: HasForeword) -> Iterator[Finding]:
    if not foreword.saving_is_aim:
        if Intent.SAVE_MONEY in foreword.stated_intents:
            message = _(
                "“Save money” is ticked as an aim. Say “yes” here, and how much, or take the tick away."
            )
            yield refuse("R02", message, subject="saving_is_aim")
        return
    if not foreword.saving_amount or foreword.saving_amount <= 0:
        yield refuse(
            "R02", _("Saving money is an aim: enter how much, in pounds a year."), subject="saving_amount"
        )
    if not foreword.saving_spent_on.strip():
        yield refuse(
            "R02", _("Saving money is an aim: say what the money is for."), subject="saving_spent_on"
        )


@rule(
    "R03",
    when=_("No option dropped with its reason, or doing nothing not considered"),
    strength=Strength.WARN,
)
def dropped_options_are_listed(options: Iterable[HasOption]) -> Iterator[Finding]:
    looked_at = list(options)
    if not any(option.outcome == OptionOutcome.DROPPED and option.why.strip() for option in looked_at):
        yield warn("R03", _("List at least one option that was dropped, and why."), subject="options")
    if not any(option.is_do_nothing for option in looked_at):
        yield warn("R03", _("Say what happens to the option of doing nothing."), subject="options")


@rule(
    "R04", when=_("The “open to change” box is empty and someone is to be invited"), strength=Strength.REFUSE
)
def what_can_change_is_said_before_inviting(foreword: HasForeword) -> Iterator[Finding]:
    if not foreword.what_can_change.strip():
        yield refuse(
            "R04", _("Say what people can change before you invite anyone."), subject="what_can_change"
        )


@rule("R05", when=_("The decision date is earlier than the end of involvement"), strength=Strength.REFUSE)
def the_decision_follows_involvement(foreword: HasForeword) -> Iterator[Finding]:
    decided, ends = foreword.decision_date, foreword.involvement_ends
    if decided and ends and decided < ends:
        yield refuse(
            "R05", _("The decision date is before people have finished taking part."), subject="decision_date"
        )


@rule("R06", when=_("The decision is already taken"), strength=Strength.SHOW)
def a_decision_already_taken_is_shown(foreword: HasForeword) -> Iterator[Finding]:
    if foreword.decision_taken:
        yield show("R06", _("The decision is already taken. The only honest level is to inform people."))


def only_informing_is_honest(foreword: HasForeword, *, subject: str = "level") -> Iterator[Finding]:
    """R06 where somebody asks for more than to be told: nobody can still change what is decided."""
    if foreword.decision_taken:
        words = _(
            "The foreword says that the decision is already taken. To ask people now would mislead them."
        )
        yield refuse("R06", words, subject=subject)


def the_public_can_read_it(texts: Iterable[str]) -> Iterator[Finding]:
    """R108 for what everybody reads: a warning to whoever writes, never an obstacle."""
    for text in texts:
        age = reading_age(text)
        if age is not None and age > PUBLIC_READING_AGE:
            said = _("The reading age of “%(text)s” is about %(age)s. Aim for 11 or less.")
            yield warn("R108", said % {"text": _beginning(text), "age": age})
        for sentence in sentences(text):
            if words_in(sentence) > PUBLIC_SENTENCE:
                said = _("This sentence has %(count)s words; 25 are enough: “%(sentence)s”")
                yield warn("R108", said % {"count": words_in(sentence), "sentence": sentence})


def _beginning(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def a_shared_foreword_says_why(why: str, *, shared: bool, changed: bool) -> Iterator[Finding]:
    """C1: people have read it, so they are told what changed, when, by whom and why."""
    if shared and changed and not why.strip():
        words = _("People have read this foreword. Say why it changes: they will read that too.")
        yield refuse("foreword", words, subject="why_changed")


def tier_of(*, people: str, money: str, statutory: bool, legal_risk: str = LegalRisk.LOW) -> Tier:
    """How much process is reasonable; the bands are domain.md C1's."""
    large = statutory or legal_risk == LegalRisk.HIGH
    if large or people == PeopleBand.OVER_1000 or money == MoneyBand.OVER_250K:
        return Tier.L
    if (people, money, legal_risk) == (PeopleBand.UNDER_100, MoneyBand.UNDER_25K, LegalRisk.LOW):
        return Tier.S
    return Tier.M


def someone_keeps_the_roles(remaining: Iterable[Role]) -> Iterator[Finding]:
    if not {Role.FACILITATOR, Role.MANAGER, Role.PROJECT_ADMINISTRATOR} & set(remaining):
        yield refuse("roles", _("Give the role to someone else first: nobody could look after the project."))
