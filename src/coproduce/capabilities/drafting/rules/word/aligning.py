"""Which paragraph of a file is which block of the text it was made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from ..edits import ALIKE, COMPARED
from .showing import Shown
from .units import Unit

try:
    from cydifflib import SequenceMatcher
except ImportError:
    from difflib import SequenceMatcher

LARGEST_STRETCH = 4_000_000  # pairs compared by likeness; beyond, only bookmarks pair what differs


class Base(NamedTuple):
    """A block that can be seen, with its words as Word shows them."""

    id: int
    source: str
    shown: Shown


@dataclass(slots=True)
class Pairs:
    """For each unit its block, or None; and the blocks that no unit stands for, each after a certain unit."""

    of: dict[int, Base] = field(default_factory=dict)
    missing: list[Base] = field(default_factory=list)
    order: list[Base] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether the file says exactly what it was made from, all tracked changes rejected."""
        return not self.missing

    def before(self, place: int) -> Base | None:
        """The last block above the unit at this place."""
        return next((self.of[at] for at in range(place - 1, -1, -1) if at in self.of), None)


def aligned(base: Sequence[Base], units: Sequence[Unit]) -> Pairs:
    """The same words first, then the same bookmark, then likeness; always in order."""
    pairs = Pairs(order=list(base))
    places = [place for place, unit in enumerate(units) if unit.text and not unit.is_new]
    blocks = [one for one in base if one.shown.text]
    old, new = [one.shown.text for one in blocks], [units[place].text for place in places]
    if old == new:
        pairs.of = dict(zip(places, blocks, strict=True))
        return pairs
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs.of.update(zip(places[c:d], blocks[a:b], strict=True))
        else:
            _pair_the_rest(pairs, blocks[a:b], places[c:d], units)
    return pairs


def _pair_the_rest(
    pairs: Pairs, blocks: Sequence[Base], places: Sequence[int], units: Sequence[Unit]
) -> None:
    taken: set[int] = set()
    at = 0
    for place in places:
        found = _partner(units[place], blocks, at, len(places))
        if found is not None:
            pairs.of[place] = blocks[found]
            taken.add(found)
            at = found + 1
    pairs.missing += [one for number, one in enumerate(blocks) if number not in taken]


def _partner(unit: Unit, blocks: Sequence[Base], at: int, width: int) -> int | None:
    named = next((number for number in range(at, len(blocks)) if blocks[number].id in unit.blocks), None)
    if (
        named is not None
        and _fits(unit, blocks[named])
        and _likeness(unit.text, blocks[named].shown.text) >= ALIKE / 2
    ):
        return named
    if len(blocks) * width > LARGEST_STRETCH:
        return None
    scores = [(_likeness(unit.text, blocks[number].shown.text), -number) for number in range(at, len(blocks))
              if _fits(unit, blocks[number])]  # fmt: skip
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None


def _fits(unit: Unit, block: Base) -> bool:
    return (unit.row is not None) == (block.shown.kind == "row")


def _likeness(one: str, other: str) -> float:
    return float(ratio(one[:COMPARED], other[:COMPARED]))


def extra(pairs: Pairs, units: Sequence[Unit]) -> Iterator[int]:
    """The places of units with words of their own that stand for no block."""
    return (
        place for place, unit in enumerate(units) if unit.text and not unit.is_new and place not in pairs.of
    )
