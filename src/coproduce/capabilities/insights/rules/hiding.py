"""Which figures of a small group stay hidden, and which others with them: pure sums, before anything is kept.

Three things could give a person's vote away: a group with few people, a statement that few of a group saw, and a
difference between what is shown and the total. So small groups of one side (those who live with it, those who work
in it) are counted together; what nobody is shown of is never fewer than the small number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coproduce.core.findings import Finding, show

Tally = tuple[int, int, int]


@dataclass(frozen=True)
class Given:
    """A stakeholder group as the voters gave it: its place, its name, its side (citizens, professionals, neither)."""

    place: int
    name: str
    side: str
    people: int


@dataclass(frozen=True)
class Joined:
    """Groups that are counted as one, because one of them by itself is too small; mostly a group by itself."""

    places: tuple[int, ...]
    names: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Joining:
    """What is shown by itself, and who is counted only among everybody: some groups, and people with no group."""

    shown: tuple[Joined, ...]
    unshown: tuple[str, ...]
    unshown_people: int


def joined(groups: Sequence[Given], without_group: int, small_number: int) -> Joining:
    """The finest groups of which each holds the small number, and so do all who are in none of them together."""
    sides: dict[str, list[Given]] = {}
    for one in groups:
        if one.people:
            sides.setdefault(one.side, []).append(one)
    shown = [line for members in sides.values() for line in _of_one_side(members, small_number)]
    enough = [line for line in shown if line.people >= small_number]
    short = [line for line in shown if line.people < small_number]
    unshown_people = without_group + sum(line.people for line in short)
    while enough and 0 < unshown_people < small_number:
        smallest = min(enough, key=lambda line: line.people)
        enough.remove(smallest)
        short.append(smallest)
        unshown_people += smallest.people
    names = tuple(name for line in sorted(short, key=lambda line: line.places) for name in line.names)
    return Joining(tuple(sorted(enough, key=lambda line: line.places)), names, unshown_people)


def _of_one_side(members: Sequence[Given], small_number: int) -> Iterator[Joined]:
    """Small groups of a side together, with the next smallest while they are too few."""
    by_size = sorted(members, key=lambda one: (one.people, one.place))
    together = [one for one in by_size if one.people < small_number]
    apart = by_size[len(together) :]
    while together and apart and sum(one.people for one in together) < small_number:
        together.append(apart.pop(0))
    yield from (_line([one]) for one in apart)
    if together:
        yield _line(together)


def _line(members: Iterable[Given]) -> Joined:
    ordered = sorted(members, key=lambda one: one.place)
    people = sum(one.people for one in ordered)
    return Joined(tuple(one.place for one in ordered), tuple(one.name for one in ordered), people)


def shown_cells(cells: Sequence[Tally], everybody: Tally, small_number: int) -> tuple[Tally | None, ...]:
    """Of one statement: the tallies of groups that enough people saw; the rest is never fewer than the small number."""
    shown = {place for place, cell in enumerate(cells) if sum(cell) >= small_number}
    rest = sum(everybody) - sum(sum(cells[place]) for place in shown)
    while shown and 0 < rest < small_number:
        smallest = min(shown, key=lambda place: sum(cells[place]))
        shown.remove(smallest)
        rest += sum(cells[smallest])
    return tuple(cell if place in shown else None for place, cell in enumerate(cells))


def shown_tally(tally: Tally, small_number: int) -> Tally | None:
    return tally if sum(tally) >= small_number else None


@dataclass(frozen=True)
class Heap:
    """So many people near one place of the opinion map, never fewer than the small number."""

    x: float
    y: float
    people: int
    group: int


Point = tuple[float, float]


def heaps(points: Mapping[int, Sequence[Point]], small_number: int) -> tuple[Heap, ...]:
    """Each group's people halved along their longer way, as long as both halves hold the small number.

    What a heap shows is the middle of its people, so no place of the map is that of one person.
    """
    return tuple(
        Heap(*_middle(part), len(part), group)
        for group, people in points.items()
        for part in _halved(list(people), small_number)
    )


def _halved(people: list[Point], small_number: int) -> Iterator[list[Point]]:
    if len(people) < 2 * small_number:
        if len(people) >= small_number:
            yield people
        return
    axis = max((0, 1), key=lambda one: _spread([point[one] for point in people]))
    people.sort(key=lambda point: (point[axis], point[1 - axis]))
    half = len(people) // 2
    yield from _halved(people[:half], small_number)
    yield from _halved(people[half:], small_number)


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _middle(people: Sequence[Point]) -> Point:
    xs, ys = zip(*people, strict=True)
    return sum(xs) / len(people), sum(ys) / len(people)


def small_groups_are_joined(joining: Joining, small_number: int) -> Iterator[Finding]:
    """What the page says of its own silence."""
    together = [" + ".join(line.names) for line in joining.shown if len(line.names) > 1]
    if together:
        words = _(
            "A group of fewer than %(small)d voters is not shown by itself. These are counted together: %(groups)s."
        )
        yield show("insights", words % {"groups": "; ".join(together), "small": small_number}, "groups")
    if joining.unshown:
        words = ngettext_lazy(
            "%(groups)s is not shown by itself, because so few people could be known by their votes.",
            "%(groups)s are not shown by themselves, because so few people could be known by their votes.",
            len(joining.unshown),
        )
        yield show("insights", words % {"groups": ", ".join(joining.unshown)}, "groups")
