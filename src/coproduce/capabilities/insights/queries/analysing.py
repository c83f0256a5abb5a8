"""From the votes of a ballot to the figures that may be kept. Nothing of a single person leaves this module."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import CITIZEN_KINDS, PROFESSIONAL_KINDS
from coproduce.capabilities.voting import queries as voting

from .. import rules
from ..rules import Figures, Given, Joining
from ..terms import APART, LEAST_SMALL_NUMBER, Silence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coproduce_engine.opinion.results import Analysis

LETTERS = "ABCDEFGHIJ"
SEED = 0
METHOD = "available-case"


@dataclass(frozen=True)
class Analysed:
    """What is kept of an analysis: the figures, the plane in which people find themselves, and an order."""

    figures: Figures
    plane: dict[str, Any] = field(default_factory=dict)
    order: tuple[int, ...] = ()


def small_number() -> int:
    """Groups of fewer people are not shown by themselves; the installation may ask for more than five."""
    return max(int(settings.COPRODUCE_SMALL_NUMBER), LEAST_SMALL_NUMBER)


def engine_settings() -> dict[str, Any]:
    """With which anyone can compute the same figures again from the same votes."""
    return {"method": METHOD, "random_state": SEED, "small_number": small_number()}


def analysed(ballot: Any) -> Analysed:
    """What the votes say now; too few votes are an answer in words."""
    found = voting.votes_of(ballot)
    counts: dict[str, Any] = {
        "voters": found.votes.people,
        "votes": found.votes.count,
        "small_number": small_number(),
    }
    statements = tuple(one.number for one in found.statements)
    if not statements:
        return Analysed(Figures(**counts, silence=Silence.NO_STATEMENTS))
    if found.votes.people < small_number():
        return Analysed(Figures(**counts, silence=Silence.TOO_FEW_PEOPLE), order=statements)
    joining = _joining(ballot, found)
    group_of = _joined_group_of(found, joining)
    analysis = _fitted(found, joining, group_of)
    figures = _figures(found, joining, group_of, analysis, counts)
    by_need = sorted(range(len(statements)), key=lambda place: (-analysis.routing[place], place))
    return Analysed(figures, _plane(analysis), tuple(statements[place] for place in by_need))


def _joining(ballot: Any, found: Any) -> Joining:
    kinds = [group.kind for group in people.groups_of(ballot.project_id)]
    sizes = [int((found.group_of_person == place).sum()) for place in range(len(found.group_names))]
    groups = [
        Given(place, name, _side(kinds[place]), sizes[place]) for place, name in enumerate(found.group_names)
    ]
    return rules.joined(groups, int((found.group_of_person < 0).sum()), small_number())


def _side(kind: str) -> str:
    if kind in CITIZEN_KINDS:
        return "citizens"
    return "professionals" if kind in PROFESSIONAL_KINDS else "neither"


def _joined_group_of(found: Any, joining: Joining) -> "NDArray[np.int64]":
    """By person the place among the shown groups, or −1."""
    import numpy as np

    place_of = np.full(len(found.group_names) + 1, -1, dtype=np.int64)
    for place, line in enumerate(joining.shown):
        place_of[list(line.places)] = place
    # A person without a group has −1, which is the last place.
    joined: NDArray[np.int64] = place_of[found.group_of_person]
    return joined


def _fitted(found: Any, joining: Joining, group_of: "NDArray[np.int64]") -> "Analysis":
    """With fewer than two groups that may be shown, everybody is one."""
    import numpy as np

    from coproduce_engine.opinion.estimator import OpinionMap

    names = tuple(" + ".join(line.names) for line in joining.shown)
    several = len(names) > 1
    made = OpinionMap(
        method=METHOD, smallest_group=small_number(), least_to_show=small_number(), random_state=SEED
    )
    made.fit(
        found.votes, group_of if several else np.zeros(found.votes.people, dtype=np.int64),
        group_names=names if several else ("",),
    )  # fmt: skip
    analysis: Analysis = made.analysis_
    return analysis


def _plane(analysis: "Analysis") -> dict[str, Any]:
    return {"components": analysis.components.tolist(), "means": analysis.means.tolist()}


def _figures(
    found: Any, joining: Joining, group_of: "NDArray[np.int64]", analysis: "Analysis", counts: dict[str, Any]
) -> Figures:
    statements = _statements(found, len(joining.shown), group_of, analysis)
    shown = {place for place, one in enumerate(statements) if one.everybody and None not in one.groups}
    several = len(joining.shown) > 1
    return Figures(
        **counts,
        placed=analysis.placed,
        groups=tuple(rules.Group(line.names, line.people) for line in joining.shown),
        unshown=joining.unshown,
        unshown_people=joining.unshown_people,
        statements=statements,
        common=_common(analysis, shown),
        divided=_divided(analysis, shown) if several else (),
        opinions=_opinions(analysis),
        steady=rules.Steady(
            analysis.stability.resamples, _rounded(analysis.stability.same_number),
            _rounded(analysis.stability.agreement), bool(analysis.stability.is_clear),
        ),
        heaps=_heaps(analysis),
        explained=(_rounded(analysis.explained[0]), _rounded(analysis.explained[1])),
        method=analysis.method,
    )  # fmt: skip


def _statements(
    found: Any, groups: int, group_of: "NDArray[np.int64]", analysis: "Analysis"
) -> tuple[rules.Statement, ...]:
    by_group = _tallies(found.votes, group_of, groups)
    everybody = by_group.sum(axis=0).tolist()
    made = []
    for place, one in enumerate(found.statements):
        total = tuple(everybody[place])
        cells = [tuple(cell) for cell in by_group[1:, place].tolist()]
        seen = rules.shown_tally(total, small_number())
        shown = rules.shown_cells(cells, total, small_number()) if seen else (None,) * groups
        aware = round(float(analysis.group_aware[place]), 3) if seen else None
        made.append(rules.Statement(str(one.pk), one.number, seen, shown, aware))
    return tuple(made)


def _tallies(votes: Any, group_of: "NDArray[np.int64]", groups: int) -> "NDArray[np.int64]":
    """(no group, then each group) × statement × (agree, disagree, pass)."""
    import numpy as np

    column = np.array([1, 2, 0])[votes.value.astype(np.int64) + 1]
    line = (group_of[votes.voter_of_each()] + 1) * votes.statements + votes.statement.astype(np.int64)
    counted = np.bincount(line * 3 + column, minlength=(groups + 1) * votes.statements * 3)
    return counted.reshape(groups + 1, votes.statements, 3)


def _common(analysis: "Analysis", shown: set[int]) -> tuple[rules.Common, ...]:
    """The stronger side of each statement, strongest first."""
    best: dict[int, rules.Common] = {}
    for one in analysis.given.common if analysis.given else ():
        if one.statement in shown and one.statement not in best:
            best[one.statement] = rules.Common(
                one.statement, one.side == "agree", _rounded(one.least), one.lowest_group,
                _rounded(one.equal_weight), _rounded(one.one_person_one_vote),
            )  # fmt: skip
    return tuple(best.values())


def _divided(analysis: "Analysis", shown: set[int]) -> tuple[rules.Apart, ...]:
    """What surely divides: the interval of the difference begins above one in ten."""
    return tuple(
        rules.Apart(
            one.statement, one.highest_group, one.lowest_group, _rounded(one.difference),
            _rounded(one.interval.low), _rounded(one.interval.high),
        )
        for one in (analysis.given.divided if analysis.given else ())
        if one.statement in shown and one.interval.low > APART
    )  # fmt: skip


def _opinions(analysis: "Analysis") -> tuple[rules.Opinion, ...]:
    least = small_number()
    return tuple(
        rules.Opinion(
            LETTERS[place], one.people, float(one.centre[0]), float(one.centre[1]),
            tuple(
                rules.Holds(
                    held.statement, held.side == "agree", _rounded(held.inside.share(held.side)),
                    _rounded(held.outside.share(held.side)), float(held.p_value),
                )
                for held in one.held
                if held.inside.seen >= least and held.outside.seen >= least
            ),
        )
        for place, one in enumerate(analysis.groups)
    )  # fmt: skip


def _heaps(analysis: "Analysis") -> tuple[rules.Heap, ...]:
    import numpy as np

    placed = np.isfinite(analysis.positions).all(axis=1)
    placed &= (analysis.group_of >= 0) if analysis.groups else (analysis.positions != 0).any(axis=1)
    points: dict[int, list[tuple[float, float]]] = {}
    place_of = {one.number: place for place, one in enumerate(analysis.groups)}
    for group, (x, y) in zip(
        analysis.group_of[placed].tolist(), analysis.positions[placed].tolist(), strict=True
    ):
        points.setdefault(place_of.get(group, -1), []).append((x, y))
    return rules.heaps(points, small_number())


def _rounded(value: float | None) -> float:
    return round(float(value or 0), 4)
