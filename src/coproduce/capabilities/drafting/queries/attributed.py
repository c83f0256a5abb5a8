"""The attributed master: each passage with everything that made it what it is, word by word and in whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from ..models import Document, Op
from ..rules.compare import stretches
from ..rules.replay import OpKind, State
from .texts import landing_versions
from .traces import MANY, Cause, Stretch, cause_of


@dataclass(frozen=True)
class Attributed:
    """A passage: who wrote its words, and what changed it, oldest first. `taken_out` is what a lost one said."""

    block: int
    stretches: list[Stretch] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    taken_out: str = ""


def attributed(document: Document, state: State, blocks: Collection[int] | None = None) -> list[Attributed]:
    """These passages of a text (all of it) in order, with those that a suggestion took out; two queries."""
    shown = _around(state, blocks)
    written = {run.seq for id in shown for run in state.blocks[id].runs if state.blocks[id].alive}
    rows = _steps(document, state, shown if blocks is not None else None, written)
    versions = landing_versions([document.pk]).get(document.pk, [])
    known = {row.seq: cause_of(row, versions) for row in rows}
    by_block: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_block[row.block].append(row)
    made = (_passage(state, id, by_block[id], known) for id in shown)
    return [one for one in made if one.stretches or one.taken_out]


def _around(state: State, blocks: Collection[int] | None) -> list[int]:
    """The blocks asked for, and those that were removed next to them."""
    wanted = set(state.order if blocks is None else blocks)
    found, inside = list[int](), not blocks or next(iter(blocks)) == next(state.alive(), (0,))[0]
    for id in state.order:
        if state.blocks[id].alive:
            inside = id in wanted
        if inside:
            found.append(id)
    return found


def _steps(
    document: Document, state: State, shown: Iterable[int] | None, written: Collection[int]
) -> list[Any]:
    rows = Op.objects.filter(document=document, seq__lte=state.seq).select_related(
        "author", "suggestion__author", "suggestion__group", "decision__decided_by"
    )
    wanted = set(shown or ())
    if shown is not None and len(wanted) + len(written) <= MANY:
        rows = rows.filter(Q(block__in=wanted) | Q(seq__in=written))
    return list(rows.order_by("seq"))


def _passage(state: State, id: int, steps: list[Any], known: dict[int, Cause]) -> Attributed:
    block = state.blocks[id]
    if not block.alive:
        return _lost(id, steps, known)
    words = [Stretch(text, known[seq]) for seq, text in stretches(block)]
    seqs = sorted({*(step.seq for step in steps), *(run.seq for run in block.runs)})
    return Attributed(id, words, _once(known[seq] for seq in seqs))


def _lost(id: int, steps: list[Any], known: dict[int, Cause]) -> Attributed:
    """Passages that somebody took out when writing the text anew are many, and nobody suggested it."""
    last = steps[-1] if steps else None
    if last is None or last.kind != OpKind.DELETE_BLOCK or known[last.seq].suggestion is None:
        return Attributed(id)
    return Attributed(id, causes=[known[last.seq]], taken_out=last.removed)


def _once(found: Iterable[Cause]) -> list[Cause]:
    """Each suggestion once a day, and so each person who wrote without one; who wrote the final words stays."""
    made: dict[Any, Cause] = {}
    for one in found:
        key = (one.key or one.author.pk, one.day)
        if key not in made or (one.suggestion and one.suggestion.author_id != one.author.pk):
            made[key] = one
    return list(made.values())
