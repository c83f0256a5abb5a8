"""Read-out orders in which everyone stands in every place, and directly after everyone else, equally often.

Williams 1949, Australian Journal of Scientific Research A 2:149–168. Base row 0, n−1, 1, n−2, …; row s adds s modulo n.
An odd number of people needs the rows read backwards as well.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .checks import Seed, generator

Rows = list[list[int]]


@dataclass(frozen=True)
class Balance:
    """How often a person stands in a place, and directly after another: the fewest and the most times."""

    fewest_in_a_place: int
    most_in_a_place: int
    fewest_after_another: int
    most_after_another: int

    @property
    def is_even(self) -> bool:
        places = self.fewest_in_a_place == self.most_in_a_place
        return places and self.fewest_after_another == self.most_after_another


def williams_design(people: int) -> Rows:
    """The balanced rows for people numbered from 0: n for an even number, 2n for an odd one."""
    if people < 2:
        raise ValueError("An order needs at least two people.")
    base = [place // 2 if place % 2 == 0 else people - (place + 1) // 2 for place in range(people)]
    rows = [[(person + by) % people for person in base] for by in range(people)]
    return rows if people % 2 == 0 else rows + [row[::-1] for row in rows]


def orders(people: int, questions: int, *, seed: Seed) -> Rows:
    """One order a question: consecutive rows from a row drawn by lot, and round again when they run out."""
    if questions < 1:
        raise ValueError("Ask at least one question.")
    rows = williams_design(people)
    first = int(generator(seed).integers(len(rows)))
    return [rows[(first + number) % len(rows)] for number in range(questions)]


def balance(rows: Sequence[Sequence[int]]) -> Balance:
    """Check any set of orders: each row must hold each person once."""
    people = len(rows[0]) if rows else 0
    if people < 2 or any(sorted(row) != list(range(people)) for row in rows):
        raise ValueError("Each order must name each person once, from 0 on, and there must be two or more.")
    places = Counter((person, place) for row in rows for place, person in enumerate(row))
    after = Counter(pair for row in rows for pair in zip(row, row[1:], strict=False))
    in_place = [places[person, place] for person in range(people) for place in range(people)]
    follows = [after[a, b] for a in range(people) for b in range(people) if a != b]
    return Balance(min(in_place), max(in_place), min(follows), max(follows))
