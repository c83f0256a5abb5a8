"""Telling us that a promise was missed, and the answer that is due."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse, show

from ..terms import Verdict


class IsBreach(Protocol):
    @property
    def ref(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def answered_on(self) -> date | None: ...


def is_late(breach: IsBreach, today: date) -> bool:
    """Not answered by the day that was promised, whether it was answered since or not."""
    return (breach.answered_on or today) > breach.due_on


def an_answer_is_due(breaches: Iterable[IsBreach], today: date) -> Iterator[Finding]:
    """R101: everyone sees that an answer is due, and that it is late."""
    for breach in breaches:
        if breach.answered_on is None:
            late = _("%(ref)s: the answer was due on %(day)s and is late.")
            due = _("%(ref)s: an answer is due by %(day)s.")
            facts = {"ref": breach.ref, "day": date_format(breach.due_on, "j F Y")}
            yield show("R101", (late if is_late(breach, today) else due) % facts, subject=breach.ref)


def a_report_has_words(words: str) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("C21", _("Say what was promised, and what happened."), subject="words")


def an_answer_says_something(verdict: str, answer: str) -> Iterator[Finding]:
    if verdict not in Verdict.values:
        yield refuse("C21", _("Say whether the promise was missed."), subject="verdict")
    if not answer.strip():
        yield refuse("C21", _("Write the answer."), subject="answer")


def a_breach_is_answered_once(*, answered: bool) -> Iterator[Finding]:
    if answered:
        yield refuse("C21", _("This is answered. What was said in public stays."))
