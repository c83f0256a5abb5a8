"""Who came, whose voice was heard, and what a lab may be called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import GroupKind, Label, Mix
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.findings import Finding, Words
from coproduce_engine.three_levels import Share
from coproduce_engine.voices import voice_ratios

from .. import rules
from ..models import Attendance, Invited, Lab, Turn
from .lists import project_labs


@dataclass(frozen=True)
class GroupLine:
    """One group at one lab."""

    id: UUID
    code: str
    name: str
    kind: str
    invited: int
    attended: int
    turns: int
    voice: float | None


@dataclass(frozen=True)
class Figures:
    """A lab in numbers."""

    lab: Lab
    groups: list[GroupLine] = field(default_factory=list)

    @cached_property
    def mix(self) -> Mix:
        counts: dict[GroupKind, int] = {}
        for line in self.groups:
            kind = GroupKind(line.kind)
            counts[kind] = counts.get(kind, 0) + line.attended
        return Mix(counts)

    @property
    def label(self) -> Label:
        """R51: who came decides."""
        return self.mix.label

    @property
    def label_words(self) -> Words:
        return self.label.label if self.lab.is_held else _("Not held yet")

    @property
    def attended(self) -> int:
        return self.mix.total

    @property
    def invited(self) -> int:
        return sum(line.invited for line in self.groups)

    @property
    def turns(self) -> int:
        return sum(line.turns for line in self.groups)

    @property
    def citizens(self) -> Share:
        return Share(self.mix.citizens, self.mix.total)

    @property
    def invited_kinds(self) -> frozenset[str]:
        return frozenset(line.kind for line in self.groups if line.invited)


def figures_of(project_id: UUID, labs: Iterable[Lab] | None = None) -> dict[UUID, Figures]:
    """The numbers of every lab, by its id, in the order of the calendar; five queries, however many labs."""
    held = project_labs(project_id) if labs is None else labs
    groups = list(people.groups_of(project_id))
    counted = _Counted(
        invited=_by_lab(
            Invited.objects.filter(lab__project_id=project_id).order_by()
            .values_list("lab_id", "seat__main_group_id").annotate(Count("pk"))
        ),
        attended=_by_lab(
            Attendance.objects.filter(lab__project_id=project_id).values_list("lab_id", "group_id", "people")
        ),
        turns=_by_lab(
            Turn.objects.filter(lab__project_id=project_id).order_by()
            .values_list("lab_id", "group_id").annotate(Sum("turns"))
        ),
    )  # fmt: skip
    return {lab.pk: Figures(lab, counted.lines(lab.pk, groups)) for lab in held}


def figures(lab: Lab) -> Figures:
    return figures_of(lab.project_id, [lab])[lab.pk]


@dataclass(frozen=True)
class _Counted:
    invited: Mapping[UUID, Mapping[UUID, int]]
    attended: Mapping[UUID, Mapping[UUID, int]]
    turns: Mapping[UUID, Mapping[UUID, int]]

    def lines(self, lab_id: UUID, groups: Iterable[Any]) -> list[GroupLine]:
        invited, attended, turns = (
            counts.get(lab_id, {}) for counts in (self.invited, self.attended, self.turns)
        )
        voices = voice_ratios(turns, attended)
        return [
            GroupLine(
                group.pk, group.code, group.name, group.kind, invited.get(group.pk, 0),
                attended.get(group.pk, 0), turns.get(group.pk, 0), voices.get(group.pk),
            )
            for group in groups
        ]  # fmt: skip


def _by_lab(rows: Iterable[Any]) -> dict[UUID, dict[UUID, int]]:
    found: dict[UUID, dict[UUID, int]] = {}
    for lab_id, group_id, count in rows:
        found.setdefault(lab_id, {})[group_id] = count
    return found


def findings_of(
    figures: Mapping[UUID, Figures], lab: Lab, needs: Iterable[Any] = (), agenda: Iterable[Any] = ()
) -> list[Finding]:
    """Everything that the rules say of one lab today; one query. `needs` only for whoever may see them."""
    mine, first = figures[lab.pk], next(iter(figures.values())).lab
    finished = drafting.draft_finished_on(lab.project_id)
    return [
        *(rules.the_label_is_shown(mine.mix) if lab.is_held else ()),
        *rules.a_lab_begins_with_writing(lab),
        *_who_is_missing(mine),
        *rules.the_first_lab_comes_before_the_draft_is_finished(
            lab.date, is_first=first.pk == lab.pk, draft_finished_on=finished
        ),
        *rules.voices_out_of_balance_warn(mine.groups, lab=lab.code),
        *_from_the_last_one(figures, lab),
        *rules.unmet_needs_warn_near_the_day(needs, day=lab.date, today=clock.today()),
        *rules.the_agenda_fits(sum(item.minutes for item in agenda), lab.minutes),
    ]


def _who_is_missing(mine: Figures) -> Iterable[Finding]:
    if mine.lab.is_held:
        return rules.both_ends_of_the_line_are_there(mine.mix.present, held=True)
    return rules.both_ends_of_the_line_are_there(mine.invited_kinds, held=False) if mine.invited else ()


def _from_the_last_one(figures: Mapping[UUID, Figures], lab: Lab) -> Iterable[Finding]:
    """R54 for the plan: what the last lab before this one, in which turns were counted, has shown."""
    if lab.is_held:
        return ()
    earlier = [one for one in figures.values() if one.lab.begins < lab.begins and one.turns]
    last = earlier[-1:]
    return [
        finding
        for one in last
        for finding in rules.voices_out_of_balance_warn(one.groups, lab=one.lab.code, ahead=True)
    ]


def held_by_citizens(labs: Iterable[Lab]) -> Share:
    """The capacity plan: labs that a citizen facilitated or co-facilitated, of those held."""
    held = [lab for lab in labs if lab.is_held]
    return Share(sum(lab.led_by_citizen is True for lab in held), len(held))


def summary(visit: Visit) -> Words:
    """One line for the overview; one query."""
    rows = list(project_labs(visit.project.pk).values_list("code", "date", "held_at"))
    if not rows:
        return _("No lab is planned yet")
    held, today = sum(held_at is not None for _code, _day, held_at in rows), clock.today()
    words = ngettext("%(count)d lab held", "%(count)d labs held", held) % {"count": held}
    ahead = [(day, code) for code, day, held_at in rows if held_at is None and day >= today]
    if not ahead:
        return words
    day, code = min(ahead)
    return _("%(held)s, %(code)s is on %(day)s") % {
        "held": words, "code": code, "day": date_format(day, "j F Y"),
    }  # fmt: skip
