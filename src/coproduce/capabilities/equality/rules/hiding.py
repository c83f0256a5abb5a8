"""Small numbers stay hidden, so that nothing that is ever published gives one back: R95, R96.

A table of one question is published at the finest of its levels on which each line holds at least the threshold.
The levels are fixed before anyone answers: each merges two lines of the one before, the last has one line. So from a
published line of several answers nobody can tell how many gave one of them: every number from 0 to the threshold less
one is possible, also to somebody who knows this rule. `tests/test_hiding.py` shows it by listing all that is possible.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, declare, rule, show

declare(
    "R96",
    when=_("Monitoring answers are linked to a person's contributions, or used in a decision about a person"),
    strength=Strength.REFUSE,
    kept_by="coproduce.capabilities.equality.models",
)

Codes = tuple[str, ...]
Level = tuple[Codes, ...]


@dataclass(frozen=True)
class Line:
    """One line of a published table: these answers together, and how many people gave one of them."""

    codes: Codes
    count: int

    @property
    def hides(self) -> bool:
        return len(self.codes) > 1


def levels_of(codes: Sequence[str], merges: Iterable[tuple[str, str]]) -> list[Level]:
    """Every level from the finest to one line; each merge puts the line of one answer to that of another."""
    level: Level = tuple((code,) for code in codes)
    found = [level]
    for one, other in merges:
        level = _merged(level, one, other, codes)
        found.append(level)
    return found


def _merged(level: Level, one: str, other: str, order: Sequence[str]) -> Level:
    joined = {code for line in level for code in line if one in line or other in line}
    line = tuple(code for code in order if code in joined)
    kept = [each for each in level if not joined & set(each)]
    return tuple(sorted([*kept, line], key=lambda each: order.index(each[0])))


def published(counts: Mapping[str, int], levels: Sequence[Level], threshold: int) -> tuple[Line, ...]:
    """The table of one question, or nothing when there are too few answers for a single line."""
    for level in levels:
        lines = tuple(Line(codes, sum(counts.get(code, 0) for code in codes)) for codes in level)
        if all(line.count >= threshold for line in lines):
            return lines
    return ()


@rule("R95", when=_("A count in public monitoring is under ten"), strength=Strength.SHOW)
def small_counts_are_hidden(lines: Iterable[Line], threshold: int) -> Iterator[Finding]:
    hidden = sum(len(line.codes) for line in lines if line.hides)
    if hidden:
        message = _(
            "%(hidden)d answers are counted together, because fewer than %(threshold)d people gave one of them, "
            "or because its number could be worked out from the others."
        )
        yield show("R95", message % {"hidden": hidden, "threshold": threshold}, "monitoring")


@rule("R95", when=_("A count in public monitoring is under ten"), strength=Strength.SHOW)
def a_small_group_has_no_table(forms: int, batch: int) -> Iterator[Finding]:
    if forms < batch:
        message = _(
            "No table is shown: that takes at least %(batch)d forms. In a small group a table would show who is who."
        )
        yield show("R95", message % {"batch": batch}, "monitoring")


def a_batch_is_large_enough(forms: int, batch: int) -> Iterator[Finding]:
    """A table is made of new answers only, and of so many that it says nothing of any one of them."""
    if forms < batch:
        message = _("A table takes at least %(batch)d forms that are in no table yet. There are %(forms)d.")
        yield Finding("R95", Strength.REFUSE, message % {"batch": batch, "forms": forms}, "monitoring")
