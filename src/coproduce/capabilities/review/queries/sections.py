"""The figures of a review: ONE list of sections. What stands above joins it by `add_section`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.barriers.terms import CheckBack
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.plans.rules import is_overdue
from coproduce.capabilities.plans.terms import CheckResult, Status
from coproduce.core.findings import Words

from ..models import Review
from ..terms import Told

# What a section has to say of a project on a day; nothing where there is nothing to say.
Read = Callable[[UUID, date], Told | None]
Rows = list[tuple[Words, Words]]


@dataclass(frozen=True)
class Section:
    name: str
    title: Words
    read: Read


_sections: dict[str, Section] = {}


def add_section(section: Section) -> None:
    """Put a section at the end of the list; one of the same name takes its place."""
    _sections[section.name] = section


def told_of(review: Review, today: date) -> list[Told]:
    """The sections as they stand; of a closed review, as they stood when it was closed."""
    if not review.is_open:
        return [Told.from_json(kept) for kept in review.figures]
    return told_today(review.project_id, today)


def told_today(project_id: UUID, today: date) -> list[Told]:
    return [told for one in _sections.values() if (told := one.read(project_id, today))]


def check_backs(project_id: UUID, today: date) -> Told | None:
    """What raisers say now of what they raised."""
    raisers = [one for one in barriers.raisers_to_ask(project_id) if one.to_check]
    asked, answered = sum(one.to_check for one in raisers), sum(one.answered for one in raisers)
    if not asked:
        return None
    counts = barriers.figures(project_id).by_check_back
    sentence = _("Raisers have said what became of %(answered)d of %(asked)d barriers that have a response.")
    rows = [(said.label, str(counts[said])) for said in CheckBack]
    return Told(_CHECK_BACKS, sentence % {"answered": answered, "asked": asked}, rows)


def late_actions(project_id: UUID, today: date) -> Told | None:
    actions = list(plans.actions_of(project_id))
    if not actions:
        return None
    late = [one.ref for one in actions if is_overdue(one, today)]
    counts = Counter(one.status for one in actions)
    sentence = _("%(done)d of %(all)d actions are done. %(late)d are late.")
    numbers = {"done": counts[Status.DONE], "all": len(actions), "late": len(late)}
    rows: Rows = [(status.label, str(counts[status])) for status in Status]
    rows += [(_("Late"), ", ".join(late) or _("none"))]
    rows += [(_("Moved once or more"), str(sum(one.times_moved > 0 for one in actions)))]
    return Told(_ACTIONS, sentence % numbers, rows)


def commitments(project_id: UUID, today: date) -> Told | None:
    found = list(plans.commitments_of(project_id))
    if not found:
        return None
    late = [one.ref for one in found if one.check_date < today]
    counts = Counter(one.last_result for one in found)
    sentence = _("%(kept)d of %(all)d standing commitments were kept when they were last checked.")
    rows: Rows = [(result.label, str(counts[result])) for result in CheckResult]
    rows += [(_("Not checked yet"), str(counts[""])), (_("Check is late"), ", ".join(late) or _("none"))]
    return Told(_COMMITMENTS, sentence % {"kept": counts[CheckResult.KEPT], "all": len(found)}, rows)


_CHECK_BACKS = gettext_lazy("What raisers say of their barriers")
_ACTIONS = gettext_lazy("Actions, and which are late")
_COMMITMENTS = gettext_lazy("Standing commitments")

SECTIONS = (
    Section("check_backs", _CHECK_BACKS, check_backs),
    Section("actions", _ACTIONS, late_actions),
    Section("commitments", _COMMITMENTS, commitments),
)

for one in SECTIONS:
    add_section(one)
