"""What the plan is judged by, each figure with the rows that it was counted from."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Doing
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import CITIZEN_KINDS, GroupKind
from coproduce.core import clock
from coproduce.core.findings import Words

from .. import rules
from ..models import Action, DateChange
from ..terms import Status, Which
from .links import links_to
from .lists import Line, actions_of, lines


@dataclass(frozen=True)
class Counted:
    """One row behind a figure: an action, or a promise with what carries it."""

    ref: str
    words: str
    href_id: UUID
    says: Words = ""


@dataclass(frozen=True)
class Measure:
    """`part` of `whole`, with what was counted; `more` says what the two numbers do not."""

    key: str
    title: Words
    meaning: Words
    part: int
    whole: int
    rows: list[Counted] = field(default_factory=list)
    more: Words = ""
    of_suggestions: bool = False

    @property
    def share(self) -> float | None:
        return rules.share(self.part, self.whole)


def measures(project_id: UUID, today: date | None = None) -> list[Measure]:
    """Seven figures; eight queries."""
    day = today or clock.today()
    plan = lines(actions_of(project_id), day)
    slips = _slips(project_id, plan)
    groups = people.groups_by_person(project_id)
    return [
        *_in_time(plan, day),
        _moved(plan, slips),
        _proved(plan),
        *_carried_by(plan, groups),
        _promises(project_id),
    ]


def _in_time(plan: list[Line], today: date) -> list[Measure]:
    done = [line for line in plan if line.action.status == Status.DONE]
    timely = [line for line in done if rules.is_on_time(line.action)]
    late = [line for line in plan if rules.is_late(line.action, today)]
    return [
        Measure("on_time", _("Done on time"), _("Done on the end date or before, of all that are done."), len(timely),
                len(done), [_row(line, line.action.closed_on) for line in timely]),
        Measure("late", _("Late"), _("Open after the end, or done after it, of all actions."), len(late), len(plan),
                [_row(line, line.action.end) for line in late]),
    ]  # fmt: skip


def _moved(plan: list[Line], slips: dict[UUID, int]) -> Measure:
    moved = [line for line in plan if line.action.times_moved]
    days = sum(slips.get(line.action.pk, 0) for line in moved)
    return Measure(
        "moved", _("Moved"), _("The end date was changed, of all actions."), len(moved), len(plan),
        [_row(line, _("%(times)s times, %(days)s days later than first promised") % {
            "times": line.action.times_moved, "days": slips.get(line.action.pk, 0),
        }) for line in moved],
        more=_("Days later than first promised, together: %(days)s") % {"days": days},
    )  # fmt: skip


def _proved(plan: list[Line]) -> Measure:
    done = [line for line in plan if line.action.status == Status.DONE]
    proved = [line for line in done if rules.is_proved(line.action)]
    return Measure("proved", _("Done with evidence"), _("A measured result and proof, of all that are done."),
                   len(proved), len(done), [_row(line, line.action.measure_result) for line in proved])  # fmt: skip


def _carried_by(plan: list[Line], groups: dict[UUID, Any]) -> list[Measure]:
    found = []
    for key, title, kinds in (
        ("citizens", _("Carried by citizens and carers"), CITIZEN_KINDS),
        ("partners", _("Carried by partners"), frozenset({GroupKind.PARTNER})),
    ):
        theirs = [line for line in plan if any(_kind(one, groups) in kinds for one in line.owners)]
        meaning = _("They own it or share it, of all actions.")
        rows = [_row(line, line.owner_names) for line in theirs]
        found.append(Measure(key, title, meaning, len(theirs), len(plan), rows))
    return found


def _kind(person: Any, groups: dict[UUID, Any]) -> str:
    return groups[person.pk].kind if person.pk in groups else ""


def _promises(project_id: UUID) -> Measure:
    promised = [one for one, _answer in drafting.decided(project_id) if one.doing == Doing.PROMISE]
    carriers = links_to("drafting.suggestion", [one.pk for one in promised])
    carried = [one for one in promised if carriers.get(one.pk)]
    without = [one.ref for one in promised if not carriers.get(one.pk)]
    rows = [
        Counted(one.ref, ", ".join(carrier.ref for carrier in carriers[one.pk]), one.pk) for one in carried
    ]
    return Measure(
        "promises", _("Promises that something carries"),
        _("An action or a standing commitment carries it, of all accepted promises."),
        len(carried), len(promised), rows, of_suggestions=True,
        more=_("Without: %(refs)s") % {"refs": ", ".join(without)} if without else "",
    )  # fmt: skip


def _slips(project_id: UUID, plan: list[Line]) -> dict[UUID, int]:
    rows = DateChange.objects.filter(action__project_id=project_id, which=Which.END).order_by("at", "pk")
    first = rules.first_ends(rows.values_list("action_id", "was"))
    return {line.action.pk: rules.days_slipped(first.get(line.action.pk), line.action.end) for line in plan}


def former_ends_by_action(project_id: UUID) -> dict[UUID, list[date]]:
    """R62 for the picture of the whole plan; one query."""
    rows = DateChange.objects.filter(action__project_id=project_id, which=Which.END).order_by("at", "pk")
    found: dict[UUID, list[date]] = {}
    for action_id, was in rows.values_list("action_id", "was"):
        found.setdefault(action_id, []).append(was)
    return found


def _row(line: Line, says: Any) -> Counted:
    action: Action = line.action
    return Counted(action.ref, action.what, action.pk, says)
