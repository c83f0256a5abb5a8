"""Who may see what the votes say, what may be shown of it, and how a result becomes evidence."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, refuse

from ..terms import EVIDENCE, RESULT
from .figures import (
    Apart,
    Common,
    Figures,
    Group,
    Holds,
    Opinion,
    Statement,
    Steady,
    as_json,
    from_json,
    share,
)
from .hiding import (
    Given,
    Heap,
    Joined,
    Joining,
    Tally,
    heaps,
    joined,
    shown_cells,
    shown_tally,
    small_groups_are_joined,
)

grid(RESULT, {Purpose.READ: EVERYONE_IN_PROJECT})
grid(EVIDENCE, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: {Role.FACILITATOR, Role.MANAGER}})

LONGEST_WHY = 500


def the_result_is_final(*, is_final: bool) -> Iterator[Finding]:
    """What people may still change is no evidence."""
    if not is_final:
        yield refuse("insights", _("The vote is still open. Use its result when it has closed."))


def the_statement_has_a_figure(statement: Statement | None) -> Iterator[Finding]:
    if statement is None or statement.everybody is None:
        yield refuse("insights", _("Too few people voted on this statement to use it."))


def something_is_chosen(number: int) -> Iterator[Finding]:
    if not number:
        yield refuse("insights", _("Choose what this is evidence for."), "linked")


def it_is_not_taken_back_yet(*, taken_back: bool) -> Iterator[Finding]:
    if taken_back:
        yield refuse("insights", _("This evidence was taken back already."))


def the_reason_is_given(why: str) -> Iterator[Finding]:
    if not why.strip():
        yield refuse("insights", _("Say why you take it back."), "why")
    elif len(why) > LONGEST_WHY:
        yield refuse("insights", _("Make the reason shorter: 500 letters at most."), "why")


__all__ = [
    "Apart", "Common", "Figures", "Given", "Group", "Heap", "Holds", "Joined", "Joining", "Opinion",
    "Statement", "Steady", "Tally", "as_json", "from_json", "heaps", "it_is_not_taken_back_yet", "joined",
    "share", "shown_cells", "shown_tally", "small_groups_are_joined", "something_is_chosen",
    "the_reason_is_given", "the_result_is_final", "the_statement_has_a_figure",
]  # fmt: skip
