"""The scorecard of one project: what the records say, live, and what participants say."""

from dataclasses import dataclass
from datetime import date

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.findings import Finding

from .. import rules
from ..terms import Commitment, Measure, Point, Score
from .evidence import evidence
from .gathering import Gathered, gather
from .views import View, Views, views_of


@dataclass(frozen=True)
class Tile:
    """One commitment: the record, the rows behind it, and the experience."""

    measure: Measure
    points: list[Point]
    view: View

    @property
    def commitment(self) -> Commitment:
        return self.measure.commitment


@dataclass(frozen=True)
class Scorecard:
    gathered: Gathered
    tiles: list[Tile]
    views: Views

    @property
    def measures(self) -> list[Measure]:
        return [tile.measure for tile in self.tiles]

    @property
    def score(self) -> Score:
        return Score.of_measures(self.measures)

    @property
    def findings(self) -> list[Finding]:
        """R101."""
        return list(rules.unmet_commitments_are_shown(self.measures))


def scorecard(visit: Visit, today: date) -> Scorecard:
    """All eight commitments; as many queries as there are kinds of records, however many records."""
    gathered = gather(visit, today)
    rows, views = evidence(gathered), views_of(visit.project.pk)
    measures = rules.measures_of(rows, gathered.limits)
    return Scorecard(
        gathered, [Tile(one, rows[one.commitment], views.of(one.commitment)) for one in measures], views
    )
