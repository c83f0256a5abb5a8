"""Who wrote this: from each word to its suggestion, its decision and the people behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from ..models import Decision, Document, Op, Suggestion, Version
from ..rules.compare import Change, Comparison, changes, compare, stretches
from ..rules.replay import State
from .texts import landed_in, landing_versions, ops_between, text_at


@dataclass(frozen=True)
class Cause:
    """Why an operation happened: who wrote its words, at whose suggestion, and who decided."""

    author: Any
    day: Any
    suggestion: Suggestion | None = None
    decision: Decision | None = None
    version: Version | None = None

    @property
    def key(self) -> UUID | None:
        """Changes with the same key come from one suggestion (None: the text as it was started)."""
        return self.suggestion.pk if self.suggestion else None


class Stretch(NamedTuple):
    """A run of words with the same cause."""

    text: str
    cause: Cause


@dataclass(frozen=True)
class Difference:
    """What lies between two versions."""

    old: State
    new: State
    comparison: Comparison
    causes: dict[int, Cause]
    by_suggestion: dict[UUID | None, list[Change]] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """A version of a text, or (without one) the text as it stands."""

    at_seq: int
    version: Version | None = None

    @property
    def key(self) -> str:
        """How an address names it."""
        return str(self.version) if self.version else NOW

    @property
    def order(self) -> tuple[int, bool, Any]:
        return self.at_seq, self.version is None, self.version.number if self.version else None


NOW = "now"


def moments(document: Document, versions: Iterable[Version]) -> list[Moment]:
    """Every moment that can be compared, oldest first."""
    return [*(Moment(one.at_seq, one) for one in versions), Moment(document.seq)]


def causes(
    document: Document, seqs: Iterable[int], versions: Sequence[Version] | None = None
) -> dict[int, Cause]:
    """The cause of each of these operations; two queries, or one where the versions are known."""
    wanted = set(seqs)
    rows = Op.objects.filter(document=document).select_related(
        "author", "suggestion__author", "suggestion__group", "decision__decided_by"
    )
    rows = rows.filter(seq__gte=min(wanted, default=0), seq__lte=max(wanted, default=0))
    if len(wanted) <= MANY:
        rows = rows.filter(seq__in=wanted)
    else:
        rows = rows.filter(seq__range=(min(wanted), max(wanted)))
    if versions is None:
        versions = landing_versions([document.pk]).get(document.pk, [])
    return {
        row.seq: cause_of(row, versions) for row in rows.defer("removed", "inserted") if row.seq in wanted
    }


# More numbers than this in one question, and asking for all between them is quicker.
MANY = 500


def blame(document: Document, state: State, blocks: Iterable[int] | None = None) -> dict[int, list[Stretch]]:
    """For every word of these blocks (of all of them), whose suggestion put it there and who decided."""
    wanted = set(blocks) if blocks is not None else None
    shown = [(id, block) for id, block in state.alive() if wanted is None or id in wanted]
    known = causes(document, {run.seq for _, block in shown for run in block.runs})
    return {id: [Stretch(text, known[seq]) for seq, text in stretches(block)] for id, block in shown}


def difference(
    document: Document,
    older: Version | Moment,
    newer: Version | Moment,
    versions: Sequence[Version] | None = None,
) -> Difference:
    """Two moments word by word, each change with its cause; six queries at most."""
    before, after = sorted((older.at_seq, newer.at_seq))
    old, new = text_at(document, before), text_at(document, after)
    found = compare(old, ops_between(document.pk, before, after))
    changed = {piece.seq for pieces in found.changed.values() for piece in pieces if piece.seq}
    known = causes(document, changed, versions)
    return Difference(old, new, found, known, changes(found, lambda seq: known[seq].key))


def cause_of(row: Op, versions: Iterable[Version]) -> Cause:
    """Why one operation happened; its author, suggestion and decision come with the row."""
    return Cause(row.author, row.day, row.suggestion, row.decision, landed_in(row.seq, versions))
