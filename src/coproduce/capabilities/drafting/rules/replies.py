"""What follows an answer: the suggester's word on it, asking again once, and waiting for others."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse

from ..terms import TAKEN_IN, Outcome, Verdict


class HasVerdict(Protocol):
    verdict: str
    words: str
    asks_again: bool


def a_reply_is_to_the_answer_that_counts(
    *, newest: Any, meant: Any, replied: bool, withdrawn: bool
) -> Iterator[Finding]:
    """Nobody is taken to be satisfied with an answer that they have not seen."""
    if withdrawn:
        yield refuse("C17", _("The suggestion was withdrawn, so there is nothing to reply to."))
    elif newest is None:
        yield refuse("C17", _("There is no answer to reply to yet."))
    elif newest != meant:
        yield refuse("C17", _("There is a newer answer since you opened this page. Read it first."))
    elif replied:
        yield refuse("C17", _("You have replied to this answer already."))


def asking_again_has_its_words(reply: HasVerdict, *, asked_before: bool) -> Iterator[Finding]:
    """Once for each suggestion, by whoever is not satisfied, with a word of why."""
    if reply.verdict not in Verdict.values:
        yield refuse("C17", _("Say whether the answer satisfies you."), subject="verdict")
    if not reply.asks_again:
        return
    if reply.verdict == Verdict.SATISFIED:
        yield refuse("C17", _("You are satisfied, so there is nothing to ask again."), subject="asks_again")
    if asked_before:
        yield refuse(
            "C17", _("This suggestion was asked again before. That can be done once."), subject="asks_again"
        )
    if not reply.words.strip():
        yield refuse("C17", _("Say what the answer leaves open."), subject="words")


def an_answer_keeps_what_is_in_the_text(*, before: str, outcome: str) -> Iterator[Finding]:
    """A second answer cannot unsay that the words are in the text."""
    if before in TAKEN_IN and outcome not in TAKEN_IN:
        yield refuse(
            "C17", _("Its words are in the text. Answer “in part”, and say what more you will or will not do."),
            subject="outcome",
        )  # fmt: skip


def a_reply_from_others_is_dated(
    *, reply: str, on: date | None, sent_on: date, today: date
) -> Iterator[Finding]:
    """What others said of a suggestion that was passed on."""
    if not reply.strip():
        yield refuse("C17", _("Write what they replied."), subject="reply")
    if on is None or not sent_on <= on <= today:
        yield refuse(
            "C17",
            _("Enter the day of the reply: after it was sent, and not after today."),
            subject="replied_on",
        )


def only_what_was_passed_on_waits(outcome: str, *, replied: bool) -> Iterator[Finding]:
    if outcome != Outcome.PASSED_ON:
        yield refuse("C17", _("This suggestion was not passed on."))
    elif replied:
        yield refuse("C17", _("Their reply is on the record already."))


def support_is_for_others(*, own: bool, is_open: bool) -> Iterator[Finding]:
    if own:
        yield refuse("C17", _("This is your own suggestion, so it has your support already."))
    elif not is_open:
        yield refuse("C17", _("This suggestion is answered or withdrawn, so support would not be counted."))


def a_redaction_has_its_reason(*, reason: str, passage: str, found: bool) -> Iterator[Finding]:
    """R86: words are taken out only with a reason that everyone can read."""
    if not reason.strip():
        yield refuse(
            "R86", _("Say why these words are taken out. Everyone can read the reason."), subject="reason"
        )
    if passage.strip() and not found:
        yield refuse("R86", _("These words are not in the suggestion. Copy them exactly."), subject="passage")
    if reason.strip() and passage.strip() and passage.strip().casefold() in reason.casefold():
        yield refuse("R86", _("The reason repeats the words. Say it without them."), subject="reason")
