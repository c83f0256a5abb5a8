"""What the records say of each commitment: from the rows behind it, and from nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, rule, show

from ..terms import Commitment, Limits, Measure, Miss, Point, PointKind

_Judge = Callable[[Sequence[Point], Limits], tuple[bool | None, int, int]]


def measure(commitment: Commitment, points: Sequence[Point], limits: Limits) -> Measure:
    met, part, whole = _JUDGES[commitment](points, limits) if points else (None, 0, 0)
    return Measure(commitment, met, part, whole)


def measures_of(evidence: Mapping[Commitment, Sequence[Point]], limits: Limits) -> list[Measure]:
    """All eight, in their order."""
    return [measure(commitment, evidence[commitment], limits) for commitment in Commitment]


@rule("R101", when=_("A commitment of the charter is not met"), strength=Strength.SHOW)
def unmet_commitments_are_shown(measures: Iterable[Measure]) -> Iterator[Finding]:
    for one in measures:
        if one.met is False:
            message = _("Commitment %(number)d is not met: %(label)s.")
            facts = {"number": one.commitment.value, "label": one.commitment.label}
            yield show("R101", message % facts, subject=str(one.commitment.value))


def _all(points: Sequence[Point], limits: Limits) -> tuple[bool | None, int, int]:
    """Met when every row holds."""
    part = sum(point.holds for point in points)
    return part == len(points), part, len(points)


def _informed(points: Sequence[Point], limits: Limits) -> tuple[bool | None, int, int]:
    """All parts have both dates; of the updates, a share. The figure counts both."""
    parts = [point for point in points if point.kind != PointKind.UPDATE]
    updates = [point for point in points if point.kind == PointKind.UPDATE]
    sent = sum(point.holds for point in updates)
    met = all(point.holds for point in parts) and _reaches(sent, len(updates), limits.updates_percent)
    return met, sum(point.holds for point in points), len(points)


def _answered(points: Sequence[Point], limits: Limits) -> tuple[bool | None, int, int]:
    """The figure is the share on time, of those answered and those overdue; what is not due yet waits."""
    judged = [point for point in points if point.second or Miss.NO_ANSWER in point.misses]
    if not judged:
        return None, 0, 0
    on_time = sum(Miss.LATE not in point.misses for point in judged)
    others = {miss for point in judged for miss in point.misses} - {Miss.LATE}
    return not others and _reaches(on_time, len(judged), limits.on_time_percent), on_time, len(judged)


def _reaches(part: int, whole: int, percent: int) -> bool:
    """In whole numbers: 95 of 100 is 95%, whatever a division says."""
    return 100 * part >= percent * whole


_JUDGES: dict[Commitment, _Judge] = {
    **dict.fromkeys(Commitment, _all), Commitment.INFORMED: _informed, Commitment.ANSWERED: _answered,
}  # fmt: skip
