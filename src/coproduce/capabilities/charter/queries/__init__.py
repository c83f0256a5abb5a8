"""Every read of charters, of their measures and of what is kept of them, and the access doors."""

from .doors import (
    breach_for,
    charter_of,
    public_breach,
    public_charter,
    received,
    setting,
    visit,
    visit_settings,
)
from .evidence import evidence, evidence_of
from .gathering import Gathered, gather
from .lists import (
    breach_by_code,
    breach_sent_with,
    breaches_of,
    rows_for_record,
    signatories_of,
    unanswered,
)
from .reviewing import review_points
from .scorecard import Scorecard, Tile, scorecard, scorecard_of, told_at_a_review
from .standings import (
    CommitmentLine,
    changed_since,
    commitment_lines,
    measured_span,
    public_projects,
    standings_of,
    without_standing,
)
from .views import View, Views, may_start_view, view_rounds_of, views_of

__all__ = [
    "CommitmentLine",
    "Gathered",
    "Scorecard",
    "Tile",
    "View",
    "Views",
    "breach_by_code",
    "breach_for",
    "breach_sent_with",
    "breaches_of",
    "changed_since",
    "charter_of",
    "commitment_lines",
    "evidence",
    "evidence_of",
    "gather",
    "may_start_view",
    "measured_span",
    "public_breach",
    "public_charter",
    "public_projects",
    "received",
    "review_points",
    "rows_for_record",
    "scorecard",
    "scorecard_of",
    "told_at_a_review",
    "setting",
    "signatories_of",
    "standings_of",
    "unanswered",
    "view_rounds_of",
    "views_of",
    "visit",
    "visit_settings",
    "without_standing",
]
