"""Who may see what of a round, before and after the seal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, refuse, rule, show, warn

from ..terms import ANSWERS, COUNTS, ROUND, SMALL_GROUP, State, words_are_open

grid(
    ROUND,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {Role.PARTICIPANT, Role.MANAGER},
        Purpose.RUN: {Role.FACILITATOR},
    },
)
# Those who may answer see only how many have answered, so that nobody is pressed or found out.
grid(COUNTS, {Purpose.READ: {Role.FACILITATOR, Role.PROJECT_ADMINISTRATOR, Role.OBSERVER}})
grid(ANSWERS, {Purpose.READ: {Role.FACILITATOR, Role.MANAGER, Role.PARTICIPANT}})


@dataclass(frozen=True)
class GroupCount:
    """How many of a group were invited and have answered; small groups are counted together."""

    name: str
    invited: int
    answered: int


@rule("R23", when=_("The round is not sealed and someone asks for others' answers"), strength=Strength.REFUSE)
def others_answers_stay_closed(state: str, in_turns: bool = False) -> Iterator[Finding]:
    if not words_are_open(state, in_turns):
        yield refuse("R23", _("Nobody sees the answers of others before the seal."))


@rule("R24", when=_("The round is not sealed and a facilitator looks"), strength=Strength.SHOW)
def only_counts_before_the_seal(state: str) -> Iterator[Finding]:
    if state == State.OPEN:
        yield show(
            "R24", _("You see only how many people have answered. Their words are sealed for you too.")
        )


@rule("R31", when=_("A group has fewer than three answers"), strength=Strength.WARN)
def small_groups_could_be_recognised(answered: Mapping[str, int]) -> Iterator[Finding]:
    for name, count in answered.items():
        if 0 < count < SMALL_GROUP:
            words = ngettext(
                "In “%(group)s” there is %(count)s answer: that person could be recognised. "
                "Combine the group with another, or ask them.",
                "In “%(group)s” there are %(count)s answers: those people could be recognised. "
                "Combine the group with another, or ask them.",
                count,
            )
            yield warn("R31", words % {"group": name, "count": count}, subject=name)


def counted_together(groups: Sequence[GroupCount], together: str) -> list[GroupCount]:
    """Groups with fewer than three invited people become one line, of at least three people where it can be."""
    small = [group for group in groups if group.invited < SMALL_GROUP]
    large = sorted(
        (group for group in groups if group.invited >= SMALL_GROUP), key=lambda group: group.invited
    )
    if small and large and sum(group.invited for group in small) < SMALL_GROUP:
        small.append(large.pop(0))
    merged = (
        [GroupCount(together, sum(g.invited for g in small), sum(g.answered for g in small))] if small else []
    )
    return [group for group in groups if group in large] + merged
