"""R95: everything that is ever published, taken together, gives no hidden count back.

Three attackers try. The first lists every set of answers and keeps those that would have been published the same
way: they know our code. The second solves linear programs over everything that was given out at any time: tables,
files, and their differences after one more answer and after a withdrawal. The third is pointed at ways of hiding
that are not ours, to show that the first two can win.

Criterion: a hidden count can still be any of the numbers from 0 to the threshold less one (first attacker), and the
range that equations leave to it is at least as wide as the threshold and holds the true count (second attacker).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from coproduce.capabilities.equality.rules import QUESTIONS, Level, Line, Question, levels_of, published
from coproduce.capabilities.equality.rules.hiding import (
    a_batch_is_large_enough,
    a_small_group_has_no_table,
    small_counts_are_hidden,
)
from coproduce.core.findings import Strength

THRESHOLD = 10
CODES = ("a", "b", "c", "d")
Counts = tuple[int, ...]
Hider = Callable[[Mapping[str, int], Sequence[Level], int], tuple[Line, ...]]


def naive(counts: Mapping[str, int], levels: Sequence[Level], threshold: int) -> tuple[Line, ...]:
    """What many do: small numbers are left out, and the total is printed below."""
    codes = [line[0] for line in levels[0]]
    shown = [Line((code,), counts.get(code, 0)) for code in codes if counts.get(code, 0) >= threshold]
    hidden = tuple(code for code in codes if counts.get(code, 0) < threshold)
    return (*shown, Line(hidden, sum(counts.get(code, 0) for code in hidden)))


def next_smallest(counts: Mapping[str, int], levels: Sequence[Level], threshold: int) -> tuple[Line, ...]:
    """The usual secondary hiding: if one is hidden, the smallest of the rest goes with it."""
    codes = [line[0] for line in levels[0]]
    hidden = {code for code in codes if counts.get(code, 0) < threshold}
    rest = sorted(
        (code for code in codes if code not in hidden), key=lambda code: (counts.get(code, 0), code)
    )
    while hidden and rest and (len(hidden) < 2 or sum(counts.get(code, 0) for code in hidden) < threshold):
        hidden.add(rest.pop(0))
    shown = [Line((code,), counts.get(code, 0)) for code in codes if code not in hidden]
    together = tuple(code for code in codes if code in hidden)
    return (
        (*shown, Line(together, sum(counts.get(code, 0) for code in together))) if together else tuple(shown)
    )


# The first attacker: every set of answers that would have looked the same


def all_counts(codes: Sequence[str], people: int) -> Iterator[Counts]:
    for some in product(range(people + 1), repeat=len(codes) - 1):
        if sum(some) <= people:
            yield (*some, people - sum(some))


def narrowest(
    hide: Hider, codes: Sequence[str], levels: list[Level], people: int, threshold: int
) -> set[int]:
    """The values that the best known hidden count can have, over every table that can come out."""
    behind: dict[tuple[Line, ...], list[Counts]] = {}
    for counts in all_counts(codes, people):
        lines = hide(dict(zip(codes, counts, strict=True)), levels, threshold)
        behind.setdefault(lines, []).append(counts)
    found = set(range(people + 1))
    for lines, possible in behind.items():
        for line in lines:
            for code in line.codes if line.hides or line.count < threshold else ():
                values = {counts[codes.index(code)] for counts in possible}
                found = min(found, values, key=lambda each: len(each & set(range(threshold))))
    return found


def chains(codes: Sequence[str]) -> list[list[Level]]:
    """Different ways to merge: side by side first, into one, and in pairs."""
    first, *rest = codes
    pairs = [(codes[i], codes[i + 1]) for i in range(0, len(codes) - 1, 2)]
    return [
        levels_of(codes, [(first, one) for one in rest]),
        levels_of(codes, [(codes[-1], one) for one in reversed(codes[:-1])]),
        levels_of(codes, [*pairs, *((first, one) for one in rest[1:])]),
    ]  # fmt: skip


@pytest.mark.parametrize("codes", [CODES[:2], CODES[:3], CODES])
@pytest.mark.parametrize("people", [3, 7, 12, 17])
def test_R95_who_knows_the_rule_and_lists_all_that_is_possible_narrows_nothing(
    codes: Sequence[str], people: int
) -> None:
    threshold = 3
    for levels in chains(codes):
        assert set(range(threshold)) <= narrowest(published, codes, levels, people, threshold)


@pytest.mark.parametrize("hide", [naive, next_smallest])
def test_R95_the_same_attacker_wins_against_the_usual_ways_of_hiding(hide: Hider) -> None:
    """A guard's twin: with these, some hidden count has fewer possible values than the threshold."""
    levels = chains(CODES[:3])[0]
    assert min(len(narrowest(hide, CODES[:3], levels, people, 3)) for people in (7, 12, 17)) < 3


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_R95_every_published_line_holds_at_least_the_threshold_and_they_add_up(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(list(QUESTIONS.values())))
    counts = {code: data.draw(st.integers(0, 60), label=code) for code in question.codes}
    lines = published(counts, question.levels, THRESHOLD)
    people = sum(counts.values())
    if people < THRESHOLD:
        assert lines == ()
        return
    assert all(line.count >= THRESHOLD for line in lines)
    assert sum(line.count for line in lines) == people
    assert sorted(code for line in lines for code in line.codes) == sorted(question.codes)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda one: one.key)
def test_every_question_merges_step_by_step_down_to_one_line(question: Question) -> None:
    sizes = [len(level) for level in question.levels]
    assert sizes == list(range(len(question.codes), 0, -1))
    for finer, coarser in zip(question.levels, question.levels[1:], strict=False):
        assert all(any(set(line) <= set(whole) for whole in coarser) for line in finer)


# The second attacker: linear programs over everything that was given out

Equation = tuple[dict[tuple[int, str], int], int]


class World:
    """People answer one question, some take it back, tables come out in batches; the attacker collects everything."""

    def __init__(self, question: Question, batch: int, hide: Hider = published) -> None:
        self.question, self.batch, self.hide = question, batch, hide
        self.waiting: Counter[str] = Counter()
        self.tables: list[tuple[Line, ...]] = []
        self.truth: list[Counter[str]] = []
        self.seen: list[Any] = []

    def answers(self, code: str) -> None:
        self.waiting[code] += 1
        self.given_out()

    def takes_back(self, code: str) -> None:
        if self.waiting[code]:
            self.waiting[code] -= 1
        self.given_out()

    def table(self) -> None:
        if self.waiting.total() >= self.batch:
            self.tables.append(self.hide(self.waiting, self.question.levels, THRESHOLD))
            self.truth.append(self.waiting)
            self.waiting = Counter()
        self.given_out()

    def given_out(self) -> None:
        """The page, the file and the record say this at this moment."""
        self.seen.append((self.waiting.total(), tuple(self.tables)))

    def equations(self) -> list[Equation]:
        """Every line of every table that was seen at any moment, each moment anew."""
        found: list[Equation] = []
        for _waiting, tables in self.seen:
            for number, lines in enumerate(tables):
                found += [({(number, code): 1 for code in line.codes}, line.count) for line in lines]
        return list({(tuple(sorted(left.items())), right): (left, right) for left, right in found}.values())

    def hidden(self) -> list[tuple[int, str]]:
        return [
            (number, code) for number, lines in enumerate(self.tables)
            for line in lines if line.hides for code in line.codes
        ]  # fmt: skip


def ranges(
    equations: list[Equation], wanted: Sequence[tuple[int, str]]
) -> dict[tuple[int, str], tuple[float, float]]:
    """Smallest and largest value of each unknown that all equations allow, over numbers from 0 up."""
    unknowns = sorted({name for left, _right in equations for name in left})
    matrix = np.zeros((len(equations), len(unknowns)))
    for line, (left, _right) in enumerate(equations):
        for name, times in left.items():
            matrix[line, unknowns.index(name)] = times
    sums = [right for _left, right in equations]
    found = {}
    for name in wanted:
        aim = np.zeros(len(unknowns))
        aim[unknowns.index(name)] = 1
        low, high = (
            linprog(sign * aim, A_eq=matrix, b_eq=sums, bounds=(0, None), method="highs") for sign in (1, -1)
        )
        assert low.success
        assert high.success
        found[name] = (low.fun, -high.fun)
    return found


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_R95_no_table_no_file_and_no_difference_of_two_gives_a_hidden_count_back(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(list(QUESTIONS.values())))
    world = World(question, batch=data.draw(st.integers(20, 40)))
    weights = [data.draw(st.integers(0, 8)) for _code in question.codes]
    likely = [code for code, weight in zip(question.codes, weights, strict=True) for _ in range(weight)]
    for _batch in range(data.draw(st.integers(1, 3))):
        for code in data.draw(st.lists(st.sampled_from(likely or question.codes), min_size=20, max_size=60)):
            world.answers(code)
        world.takes_back(data.draw(st.sampled_from(question.codes)))
        before = list(world.tables)
        world.table()
        # One more, and one less: what was out stays as it was, to the letter.
        world.answers(question.codes[0])
        world.takes_back(question.codes[0])
        assert world.tables[: len(before)] == before
    found = ranges(world.equations(), world.hidden())
    for (number, code), (low, high) in found.items():
        assert low <= world.truth[number][code] <= high
        assert high - low >= THRESHOLD


def test_R95_the_solver_wins_where_one_small_count_is_hidden_beside_a_total() -> None:
    """A guard's twin: 25 + 12 + hidden = 44 is no secret."""
    question = QUESTIONS["disability"]
    lines = naive({"yes": 25, "no": 12, "not_said": 7}, question.levels, THRESHOLD)
    equations: list[Equation] = [({(0, code): 1 for code in line.codes}, line.count) for line in lines]
    assert ranges(equations, [(0, "not_said")]) == {(0, "not_said"): (7, 7)}


def test_R95_the_solver_wins_where_a_table_is_made_anew_after_each_answer() -> None:
    """A guard's twin: the same people counted again, one more among them, and the two tables are compared."""
    levels = QUESTIONS["carer"].levels
    first = published({"yes": 9, "no": 30}, levels, THRESHOLD)
    second = published({"yes": 10, "no": 30}, levels, THRESHOLD)
    assert [line.count for line in first] == [39]
    # Unknown 0 is who answered before, unknown 1 is who came since.
    equations: list[Equation] = [({(0, code): 1 for line in first for code in line.codes}, 39)]
    equations += [({(who, code): 1 for who in (0, 1) for code in line.codes}, line.count) for line in second]
    low, high = ranges(equations, [(0, "yes")])[0, "yes"]
    assert (low, high) == (9, 10)


def test_R95_what_is_counted_together_is_said_and_a_small_group_has_no_table() -> None:
    lines = (Line(("a",), 25), Line(("b", "c"), 12))
    [one] = small_counts_are_hidden(lines, THRESHOLD)
    assert (one.rule, one.strength) == ("R95", Strength.SHOW)
    assert "2 answers are counted together" in str(one.message)
    assert list(small_counts_are_hidden(lines[:1], THRESHOLD)) == []
    assert [one.rule for one in a_small_group_has_no_table(24, 30)] == ["R95"]
    assert list(a_small_group_has_no_table(30, 30)) == []
    assert [one.strength for one in a_batch_is_large_enough(29, 30)] == [Strength.REFUSE]
    assert list(a_batch_is_large_enough(30, 30)) == []
