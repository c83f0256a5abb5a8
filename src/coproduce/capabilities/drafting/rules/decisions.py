"""What an answer to a suggestion must hold (R82–R86), and who may suggest, decide and read."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, declare, refuse, rule

from ..terms import DOCUMENT, SUGGESTION, TAKEN_IN, VERSION, Outcome, ReasonCode, Status

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(DOCUMENT, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})
grid(VERSION, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})
grid(
    SUGGESTION,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {Role.PARTICIPANT, *_LEADING},
        Purpose.RUN: _LEADING,
        Purpose.DECIDE: _LEADING,
    },
)

# Nothing in this capability deletes them, and its migrations have the database refuse it.
declare(
    "R86", when=_("A suggestion or its history is to be deleted"), strength=Strength.REFUSE, kept_by=__name__
)


class HasAnswer(Protocol):
    """An answer as it is about to be written down."""

    outcome: str
    reason_code: str
    reason: str
    cost_amount: Decimal | None
    sent_to: str
    same_as_id: Any
    decided_by: Any

    @property
    def decided_on(self) -> date | None: ...

    due_on: date | None


def answer_findings(answer: HasAnswer) -> Iterator[Finding]:
    """Everything that stands in the way of an answer, whatever it says."""
    yield from an_answer_is_a_decision(answer.outcome)
    yield from a_refusal_gives_its_reason(answer)
    yield from a_reason_brings_its_facts(answer)


@rule("R82", when=_("A suggestion is answered with “noted”"), strength=Strength.REFUSE)
def an_answer_is_a_decision(outcome: str) -> Iterator[Finding]:
    if outcome not in Outcome.values:
        yield refuse("R82", _("Choose accepted, in part, declined or passed on."), subject="outcome")


@rule(
    "R83",
    when=_("Anything but accepted, without reason, decider, date and promised reply date"),
    strength=Strength.REFUSE,
)
def a_refusal_gives_its_reason(answer: HasAnswer) -> Iterator[Finding]:
    if answer.outcome == Outcome.ACCEPTED:
        return
    if answer.reason_code not in ReasonCode.values:
        yield refuse("R83", _("Choose the kind of reason."), subject="reason_code")
    if not answer.reason.strip():
        yield refuse("R83", _("Give the reason in plain words."), subject="reason")
    if answer.decided_by is None:
        yield refuse("R83", _("Say who decided."), subject="decided_by")
    if answer.decided_on is None:
        yield refuse("R83", _("Enter the date of the decision."), subject="decided_on")
    if answer.due_on is None:
        yield refuse("R83", _("Enter the date by which an answer was promised."), subject="due_on")


@rule(
    "R84",
    when=_("Reason cost without figures, or a matter for others without where it was sent"),
    strength=Strength.REFUSE,
)
def a_reason_brings_its_facts(answer: HasAnswer) -> Iterator[Finding]:
    if answer.outcome == Outcome.ACCEPTED:
        return
    if answer.reason_code == ReasonCode.COST and (answer.cost_amount is None or answer.cost_amount <= 0):
        yield refuse("R84", _("The reason is cost: enter how much, in pounds."), subject="cost_amount")
    if answer.reason_code == ReasonCode.DUPLICATE and answer.same_as_id is None:
        yield refuse("R84", _("Say with which suggestion it was answered, such as S07."), subject="same_as")
    for_others = answer.reason_code in (ReasonCode.SCOPE, ReasonCode.PARTNER)
    if (for_others or answer.outcome == Outcome.PASSED_ON) and not answer.sent_to.strip():
        yield refuse("R84", _("Say to whom the suggestion was sent."), subject="sent_to")


@rule(
    "R85",
    when=_("Accepted without a place in the text, or a version number left out without a word"),
    strength=Strength.REFUSE,
)
def what_is_accepted_has_a_place(*, outcome: str, changes_the_text: bool, place: str) -> Iterator[Finding]:
    """The version is the next one published: every operation before it is in it."""
    if outcome in TAKEN_IN and not changes_the_text and not place.strip():
        yield refuse("R85", _("Write the new words, or say where the text says it already."), subject="place")


def words_that_no_longer_fit_are_written_anew(conflicts: int) -> Iterator[Finding]:
    """R85: the text has moved on, and nothing is merged silently."""
    if conflicts:
        yield refuse(
            "R85",
            _("The text has changed at this place since. Read it and write the final words yourself."),
            subject="final",
        )


def an_open_suggestion_is_decided_once(
    *, status: str, decided_by: str, answer: str = "", reason: str = ""
) -> Iterator[Finding]:
    """Of two who decide at the same moment, the second one is told what the first one decided."""
    if status == Status.WITHDRAWN:
        yield refuse("R86", _("The suggestion was withdrawn, so there is nothing to decide."))
    elif status != Status.OPEN:
        told = {"name": decided_by, "answer": answer, "reason": reason}
        words = _("%(name)s has decided this already.") if not answer else (
            _("%(name)s has decided this already: %(answer)s. %(reason)s")
        )  # fmt: skip
        yield refuse("R86", str(words % told).strip())


def an_answer_is_given_to_what_was_seen(*, seen: Any, newest: Any) -> Iterator[Finding]:
    """An answer that came after the page was opened is read before another one is given."""
    if seen != newest:
        yield refuse("R86", _("There is a newer answer since you opened this page. Read it, then decide."))


def a_withdrawal_has_its_reason(*, status: str, reason: str) -> Iterator[Finding]:
    """R86: a suggestion is withdrawn with a reason and kept; words already in the text stay there."""
    if status == Status.WITHDRAWN:
        yield refuse("R86", _("The suggestion is withdrawn already."))
    if status in (Status.ACCEPTED, Status.IN_PART):
        yield refuse("R86", _("Its words are in the text now. Suggest a change to them instead."))
    if not reason.strip():
        yield refuse("R86", _("Say why you withdraw it. It stays on the record."), subject="reason")
