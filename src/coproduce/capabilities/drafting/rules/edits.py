"""From words that someone typed to the few words that changed, and from there to operations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from .blocks import line_end, parts, split
from .keeping import TakenOut, taken_out
from .replay import TOP, Op, OpKind, State
from .tokens import count_words, tokens

try:
    from cydifflib import SequenceMatcher
except ImportError:  # the same output from the standard library, 10 to 20 times slower
    from difflib import SequenceMatcher

WORDS_BETWEEN = 2  # two changes with fewer untouched words between them are one change
LARGEST_WORDS = 1_000_000  # pairs of tokens compared at once
LARGEST_BLOCKS = 50_000_000  # pairs of blocks; beyond, a stretch counts as replaced whole
LARGEST_PAIRING = 2_500  # pairs of blocks; beyond, a block is compared with the next few only
NEARBY = 20
COMPARED = 4_000  # characters of a block that its likeness is judged by
_SENTENCE_ENDS = frozenset({".", "?", "!", "\n", "\r\n", "\r"})
ALIKE = 50.0  # of 100: below, a block is a new one rather than a changed one


class Edit(NamedTuple):
    """One place that a suggestion touches, in the text that it was made on; `quote` is what stood there.

    For a new block `block` is the one that it stands after, and several after the same one keep their order;
    for one that moves, `start` is the block that it will stand after.
    """

    kind: str
    block: int
    start: int = 0
    quote: str = ""
    words: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.quote)

    @property
    def after(self) -> int:
        """The block that this one is to stand after."""
        if self.kind == OpKind.INSERT_BLOCK:
            return self.block
        return self.start if self.kind == OpKind.MOVE_BLOCK else TOP


Difference = tuple[int, int, int, int]  # from, to in the old; from, to in the new


Credited = tuple[str, bool]  # words, and whether they are the suggester's own


class Hunk(NamedTuple):
    """The characters from `start` to `end` give way to other words."""

    start: int
    end: int
    words: str


def hunks(old: str, new: str, joining: int = WORDS_BETWEEN) -> list[Hunk]:
    """What changes `old` into `new`, word by word; carried out together they give `new` exactly."""
    before, after = tokens(old), tokens(new)
    places = list(accumulate(map(len, before), initial=0))
    joined = _joined(before, _changed_words(before, after), joining)
    found = (_from_a_word(one, before, after) for one in joined)
    return [Hunk(places[a], places[b], "".join(after[c:d])) for a, b, c, d in found]


def matching(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The stretches that both have: (place in old, place in new, length)."""
    same: list[tuple[int, int, int]] = []
    at_old = at_new = 0
    for a, b, _, d in [*_changed_words(old, new), (len(old), len(old), len(new), len(new))]:
        if a > at_old:
            same.append((at_old, at_new, a - at_old))
        at_old, at_new = b, d
    return same


def edits_to_block(id: int, above: int, old: str, typed: str) -> list[Edit]:
    """The edits from a block's words to what a person typed in their place; `above` is the block above it."""
    head, words, tail = parts(old)
    if typed == words:
        return []
    if not typed.strip():
        return [Edit(OpKind.DELETE_BLOCK, id, 0, old)]
    return edits_between([(id, old)], head + typed + tail, above)


def new_block(after: int, above: str, words: str) -> list[Edit]:
    """The edits that put a new passage after a block, with an empty line on either side of it."""
    tail = parts(above)[2]
    ends = line_end(above)
    gap = "" if not above else ends * max(0, 2 - tail.count(ends))
    return [Edit(OpKind.INSERT_BLOCK, after, words=piece) for piece in split(f"{gap}{words}{ends}{ends}")]


def edits_between(
    blocks: Sequence[tuple[int, str]], new_text: str, above: int = TOP, joining: int = WORDS_BETWEEN
) -> list[Edit]:
    """The edits from these blocks, with their ids, to a whole new text; carried out they give it exactly."""
    old, new = [text for _, text in blocks], split(new_text)
    ids = [above, *(id for id, _ in blocks)]
    made: list[Edit] = []
    for a, b, c, d in _changed(old, new):
        made += _stretch(ids[a], blocks[a:b], new[c:d], joining)
    return made


def ops_of(edits: Iterable[Edit], state: State) -> list[Op]:
    """The operations that carry out edits made on exactly this state."""
    return [op for op, _ in credited_ops(edits, state, lambda words: [(words, True)])]


def credited_ops(
    edits: Iterable[Edit], state: State, credit: Callable[[str], list[Credited]]
) -> list[tuple[Op, bool]]:
    """The same, an operation for each stretch of words that `credit` gives to one person."""
    edits = list(edits)
    carrying = _Carrying(state.seq, taken_out(edits, state))
    for edit in edits:
        carrying.add(edit, credit(edit.words) or [("", True)])
    return carrying.made


@dataclass
class _Carrying:
    """Edits become operations one after the other; each moves what follows it in its block."""

    seq: int
    taken_out: TakenOut
    shifts: dict[int, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    made: list[tuple[Op, bool]] = field(default_factory=list)

    def add(self, edit: Edit, stretches: list[Credited]) -> None:
        (words, own), *others = stretches
        block, start = self._place(edit)
        after = self.last.get(edit.after, edit.after)
        self._write(Op(self.seq + 1, edit.kind, block, after, start, edit.quote, words), own)
        if edit.kind in (OpKind.INSERT_BLOCK, OpKind.MOVE_BLOCK):
            self.last[edit.after] = block
        else:
            self.shifts[block] = self.shifts.get(block, 0) + len(edit.words) - len(edit.quote)
        for more, own in others:
            start += len(words)
            self._write(Op(self.seq + 1, OpKind.REPLACE, block, TOP, start, "", more), own)
            words = more

    def _place(self, edit: Edit) -> tuple[int, int]:
        if edit.kind == OpKind.INSERT_BLOCK:
            return self.seq + 1, 0
        if edit.kind == OpKind.MOVE_BLOCK:
            return edit.block, 0
        return edit.block, edit.start + self.shifts.get(edit.block, 0)

    def _write(self, op: Op, own: bool) -> None:
        self.seq = op.seq
        self.made.append((op._replace(runs=self.taken_out.writers_of(op.inserted, op.seq)), own))


def _changed(old: Sequence[str], new: Sequence[str], most: int = LARGEST_BLOCKS) -> list[Difference]:
    """The stretches that differ; what both ends share is left out first, which is most of the work saved."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if not a and not b:
        return []
    if not a or not b or len(a) * len(b) > most:
        return [(start, start + len(a), start, start + len(b))]
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(start + i, start + j, start + k, start + m) for tag, i, j, k, m in opcodes if tag != "equal"]


def _changed_words(old: Sequence[str], new: Sequence[str]) -> list[Difference]:
    """The same for tokens. Comparing can take the cube of the length, so long ones go by sentences first."""
    if len(old) * len(new) <= LARGEST_WORDS:
        return _changed(old, new)
    before, after = _sentences(old), _sentences(new)
    made: list[Difference] = []
    for a, b, c, d in _changed(["".join(old[i:j]) for i, j in pairwise(before)],
                               ["".join(new[i:j]) for i, j in pairwise(after)], LARGEST_WORDS):  # fmt: skip
        i, k = before[a], after[c]
        inside = _changed(old[i : before[b]], new[k : after[d]], LARGEST_WORDS)
        made += [(i + w, i + x, k + y, k + z) for w, x, y, z in inside]
    return made


def _sentences(pieces: Sequence[str]) -> list[int]:
    """Where sentences and lines begin, and where the last one ends."""
    ends = (place + 1 for place, piece in enumerate(pieces[:-1]) if piece in _SENTENCE_ENDS)
    return [0, *ends, len(pieces)]


def _joined(before: Sequence[str], changes: Iterable[Difference], joining: int) -> list[Difference]:
    made: list[Difference] = []
    for a, b, c, d in changes:
        if made and count_words(before[made[-1][1] : a]) < joining:
            made[-1] = (made[-1][0], b, made[-1][2], d)
        else:
            made.append((a, b, c, d))
    return made


def _from_a_word(one: Difference, before: Sequence[str], after: Sequence[str]) -> Difference:
    """Words go out and come in with the gap behind them: two neighbours who each lose a word share no gap."""
    a, b, c, d = one
    goes = c == d and b < len(before) and before[a].isspace() and before[a] == before[b]
    comes = a == b and a < len(before) and after[c].isspace() and after[c] == before[a]
    return (a + 1, b + 1, c + 1, d + 1) if goes or comes else one


def _stretch(above: int, old: Sequence[tuple[int, str]], new: Sequence[str], joining: int) -> Iterator[Edit]:
    """The edits for one stretch of blocks that differs; new ones stand after `above` and each other."""
    partner = dict(_alike([text for _, text in old], new))
    at = 0
    for place, (id, text) in enumerate(old):
        if place in partner:
            yield from (Edit(OpKind.INSERT_BLOCK, above, words=words) for words in new[at : partner[place]])
            at = partner[place] + 1
            yield from _within(id, text, new[at - 1], joining)
        else:
            yield Edit(OpKind.DELETE_BLOCK, id, 0, text)
        above = id
    yield from (Edit(OpKind.INSERT_BLOCK, above, words=words) for words in new[at:])


def _within(id: int, old: str, new: str, joining: int) -> Iterator[Edit]:
    for start, end, words in hunks(old, new, joining):
        yield Edit(OpKind.REPLACE, id, start, old[start:end], words)


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which old block became which new one: pairs in order on both sides, with the most likeness in all."""
    if len(old) * len(new) > LARGEST_PAIRING:
        return list(_alike_nearby(old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in reversed(list(enumerate(old))):
        for j, other in reversed(list(enumerate(new))):
            paired = best[i + 1][j + 1] + _likeness(one, other)
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return list(_way_through(best))


def _way_through(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _alike_nearby(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The same for a text rewritten from end to end: each block looks only a little ahead."""
    at = 0
    for place, one in enumerate(old):
        scores = [_likeness(one, other) for other in new[at : at + NEARBY]]
        if any(scores):
            at += scores.index(max(scores)) + 1
            yield place, at - 1


def _likeness(one: str, other: str) -> float:
    score = float(ratio(one[:COMPARED], other[:COMPARED]))
    return score if score >= ALIKE else 0.0
