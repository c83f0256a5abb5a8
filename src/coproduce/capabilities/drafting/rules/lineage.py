"""From whom suggestions came and where they went: into a version, or to another answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..terms import Outcome
from .figures import Fact, in_order, order_of_groups


class End(NamedTuple):
    """Where suggestions went: a version by its number, or what stands in its place."""

    version: str = ""
    answer: str = ""


class Stream(NamedTuple):
    """So many suggestions of one group went to one end."""

    group: str
    end: End
    size: int


class Lineage(NamedTuple):
    """All streams, with the groups and the ends in the order in which they are shown."""

    groups: list[str]
    ends: list[End]
    streams: list[Stream]

    def of(self, group: str, end: End) -> int:
        return next((one.size for one in self.streams if (one.group, one.end) == (group, end)), 0)

    @property
    def total(self) -> int:
        return sum(one.size for one in self.streams)


NEXT_VERSION, WAITING, WITHDRAWN = "next_version", "waiting", "withdrawn"
_AFTER_THE_VERSIONS = (NEXT_VERSION, Outcome.PASSED_ON, Outcome.DECLINED, WAITING, WITHDRAWN)


def lineage_of(facts: Sequence[Fact], groups: Sequence[str]) -> Lineage:
    """Each suggestion counts once: with its group, and with the first version that it is in."""
    counted = Counter((fact.group, end_of(fact)) for fact in facts)
    ends = {end for _group, end in counted}
    versions = [
        End(version=number) for number, _n in in_order((end.version, 0) for end in ends if end.version)
    ]
    others = [End(answer=answer) for answer in _AFTER_THE_VERSIONS if End(answer=answer) in ends]
    streams = [Stream(group, end, count) for (group, end), count in counted.items()]
    return Lineage(order_of_groups(facts, groups), [*versions, *others], streams)


def end_of(fact: Fact) -> End:
    if fact.version and fact.is_taken_in:
        return End(version=fact.version)
    if fact.is_withdrawn:
        return End(answer=WITHDRAWN)
    if not fact.outcome:
        return End(answer=WAITING)
    return End(answer=NEXT_VERSION if fact.is_taken_in else str(fact.outcome))


def landed(facts: Iterable[Fact]) -> dict[str, int]:
    """How many suggestions each version took in, by its number."""
    return dict(Counter(fact.version for fact in facts if fact.version and fact.is_taken_in))
