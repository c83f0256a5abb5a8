"""Which suggestions say nearly the same: how many of their words two of them share, and nothing cleverer.

Of the words in both suggestions together, counted each time that they occur, those found on both sides are the
likeness: “visit at night” and “visit us at night” share six of seven, 86 in a hundred. A word more or less can turn
the meaning round (“not”), so a person looks and confirms.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Generic, NamedTuple, TypeVar

from .tokens import count_words, tokens

Key = TypeVar("Key")
Word = tuple[str, int]  # a word and the how-manieth time that it occurs

ALIKE = 0.8


class Said(NamedTuple, Generic[Key]):
    """One suggestion: what it asks for (`about`: kind and passages) and its words."""

    key: Key
    about: object
    words: Sequence[str]


@dataclass
class Gathered(Generic[Key]):
    """Suggestions that say nearly what the first one says, each with its likeness to it."""

    first: Key
    others: list[tuple[Key, float]] = field(default_factory=list)


def words_in(*texts: str) -> list[str]:
    """The words of a text in order, capitals made small."""
    return [piece.casefold() for text in texts for piece in tokens(text) if count_words([piece])]


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """From 0 (no word in common) to 1 (the same words, in whatever order)."""
    whole = len(one) + len(other)
    return 2 * (Counter(one) & Counter(other)).total() / whole if whole else 0.0


def gathered(said: Iterable[Said[Key]], least: float = ALIKE) -> list[Gathered[Key]]:
    """Those that belong together, in the order of the first of each; who stands alone is left out.

    Each is compared with the first of a bundle only, so that no chain of small steps joins what is not alike.
    """
    everyone = [one for one in said if one.words]
    rare = _places([one.words for one in everyone])
    found: list[Gathered[Key]] = []
    index: dict[object, list[int]] = defaultdict(list)
    firsts: list[_Profile] = []
    for one in everyone:
        mine = _profile(one.words, rare, least)
        asked = [(one.about, word) for word in mine.telling]
        share, at = _nearest(mine, Counter(at for word in asked for at in index[word]), firsts)
        if share >= least:
            found[at].others.append((one.key, share))
            continue
        for word in asked:
            index[word].append(len(found))
        found.append(Gathered(one.key))
        firsts.append(mine)
    return [one for one in found if one.others]


def only_in(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words of the one that the other has not, once each, in order."""
    left = Counter(one) - Counter(other)
    return list(dict.fromkeys(word for word in one if word in left))


class _Profile(NamedTuple):
    """The words as numbers, and the rarest of them; two that are alike share more than `spare` of those."""

    words: frozenset[int]
    telling: tuple[int, ...]
    spare: int


def _profile(words: Sequence[str], rare: dict[Word, int], least: float) -> _Profile:
    """Whoever shares none of the rarest words cannot share enough of the others, so those alone are looked up."""
    ordered = sorted(rare[word] for word in _numbered(words))
    needed = ceil(least / (2 - least) * len(ordered))
    spare = 2 if needed > 5 else 0
    return _Profile(frozenset(ordered), tuple(ordered[: len(ordered) - needed + 1 + spare]), spare)


def _nearest(mine: _Profile, shared: Counter[int], firsts: Sequence[_Profile]) -> tuple[float, int]:
    """The likeness of the nearest, the earliest of several, and its place."""
    best = (0.0, 0)
    for at, common in shared.items():
        first = firsts[at]
        if common > min(mine.spare, first.spare):
            share = 2 * len(mine.words & first.words) / (len(mine.words) + len(first.words))
            best = max(best, (share, -at))
    return best[0], -best[1]


def _places(texts: Iterable[Sequence[str]]) -> dict[Word, int]:
    """Every word by how rare it is: the rarest comes first."""
    seen = Counter(word for words in texts for word in _numbered(words))
    ordered = sorted(seen.items(), key=lambda item: (item[1], item[0]))
    return {word: place for place, (word, _times) in enumerate(ordered)}


def _numbered(words: Sequence[str]) -> list[Word]:
    """Each word with the how-manieth time that it occurs, so that a set of them counts repeats."""
    times: Counter[str] = Counter()
    numbered = []
    for word in words:
        times[word] += 1
        numbered.append((word, times[word]))
    return numbered
