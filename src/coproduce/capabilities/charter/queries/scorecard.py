"""The scorecard of one project: what the records say, live, and what participants say."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.review.terms import Told
from coproduce.core.access import NotThere
from coproduce.core.findings import Finding

from .. import rules
from ..terms import Commitment, Measure, Point, Score
from .doors import charter_of
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


def scorecard_of(project_id: UUID, today: date) -> Scorecard:
    """The same for nobody in particular."""
    try:
        visit = projects.public_visit(None, project_id)
    except NotThere:
        # Nobody leads it; there is nobody to show it to.
        visit = projects.Visit(None, projects.project(project_id), frozenset())
    return scorecard(visit, today)


def told_at_a_review(project_id: UUID, today: date) -> Told | None:
    """What the annual review shows of the charter; nothing where none is public."""
    if not (charter := charter_of(project_id)) or not charter.published_at:
        return None
    card = scorecard_of(project_id, today)
    sentence = _("%(met)d of %(of)d commitments are met.") % {"met": card.score.met, "of": card.score.of}
    return Told(_("The charter"), sentence, [(one.label, _kept(one)) for one in card.measures])


def _kept(measure: Measure) -> str:
    if measure.met is None:
        return _("not measured yet")
    return _("met") if measure.met else _("not met")


def scorecard(visit: Visit, today: date) -> Scorecard:
    """All eight commitments; as many queries as there are kinds of records, however many records."""
    gathered = gather(visit, today)
    rows, views = evidence(gathered), views_of(visit.project.pk)
    measures = rules.measures_of(rows, gathered.limits)
    return Scorecard(
        gathered, [Tile(one, rows[one.commitment], views.of(one.commitment)) for one in measures], views
    )
