"""After the close: each decision-maker says how they considered what people said: R80."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, refuse, rule


class HasStatement(Protocol):
    @property
    def statement(self) -> str: ...


@rule(
    "R80",
    when=_("A decision is marked, and a decision-maker has not said how replies were considered (Gunning 4)"),
    strength=Strength.REFUSE,
)
def a_decision_names_how_replies_were_considered(
    makers: Iterable[HasStatement], *, closed: bool
) -> Iterator[Finding]:
    named = list(makers)
    if not closed:
        yield refuse(
            "R80", _("Close the consultation first: nobody can have considered what is still coming in.")
        )
    if not named:
        yield refuse("R80", _("Name each person who decides."))
    missing = sum(not one.statement.strip() for one in named)
    if missing:
        message = _("%(count)d of %(all)d people who decide have not said how they considered the replies.")
        yield refuse("R80", message % {"count": missing, "all": len(named)})


def a_report_says_what_came_of_it(*, closed: bool, decided_words: str, uncoded: int) -> Iterator[Finding]:
    """C16: what people said, what was decided, and how the two connect."""
    if not closed:
        yield refuse("C16", _("Close the consultation before you publish its report."))
    if not decided_words.strip():
        yield refuse("C16", _("Write what was decided."), "decided_words")
    if uncoded:
        message = _("%(count)d replies are not coded yet, so the report would leave them out.")
        yield refuse("C16", message % {"count": uncoded})


def a_statement_stays_after_the_decision(*, decided: bool) -> Iterator[Finding]:
    if decided:
        yield refuse(
            "C16", _("The decision was taken, so how you considered the replies stays as you wrote it.")
        )


def it_has_not_been_reported(*, published: bool) -> Iterator[Finding]:
    if published:
        yield refuse("C16", _("The report is out already: you can read it on this page."), "email")
