"""March and April 2025: who facilitates, two labs, and a third that was something else."""

from collections.abc import Iterator
from datetime import time
from functools import partial
from typing import Any

from coproduce.capabilities.labs import operations as labs
from coproduce.capabilities.labs import queries as lab_queries
from coproduce.capabilities.labs.terms import Met
from coproduce.capabilities.people import queries as people

from ..story import rows
from .calendar import Happening, moment
from .cast import Cast

_PLAN = ("question", "level", "place", "recognition", "content_warning", "safeguarding_name",
         "safeguarding_phone", "pause_signal")  # fmt: skip


def declaration(cast: Cast) -> Iterator[Happening]:
    """R104: who pays is declared before anybody is invited; and what was handed on since."""
    told = cast.story.facilitation
    yield Happening(moment(told.declared, 9), partial(_declare, cast, told))
    for handed in cast.story.handed_on:
        yield Happening(moment(handed.on, 16), partial(_hand_on, cast, handed))


def spring(cast: Cast) -> Iterator[Happening]:
    """Each lab is planned, then held, and later somebody tells what came of what was tried."""
    for told in cast.story.labs:
        lab = _Lab(cast, told)
        yield Happening(moment(told.planned, 10), lab.plan)
        yield Happening(moment(told.planned, 11), lab.ask)
        yield Happening(moment(told.on, 21), lab.hold)
        for trial in told.prototype:
            yield Happening(moment(trial.told, 12), partial(_tell, cast, trial))


def decided_elsewhere(cast: Cast) -> Iterator[Happening]:
    """R55: what was taken away and settled somewhere else."""
    for told in (idea for lab in cast.story.labs for idea in lab.idea):
        if told.elsewhere_on:
            yield Happening(moment(told.elsewhere_on, 15), partial(_settle_elsewhere, cast, told))


def _settle_elsewhere(cast: Cast, told: rows.LabIdea) -> None:
    idea = lab_queries.ideas_of(cast.project_id).get(words=told.words)
    labs.decided_elsewhere(
        by=cast.facilitator, project_id=cast.project_id, lab_id=idea.lab_id, idea_id=idea.pk,
        who=told.elsewhere_by, why=told.elsewhere_why,
    )  # fmt: skip


def _declare(cast: Cast, told: rows.Facilitation) -> None:
    names = ("paid_by", "interests", "statement", "target_percent", "training")
    changes = {name: getattr(told, name) for name in names}
    labs.declare_facilitation(
        by=cast.facilitator, project_id=cast.project_id,
        changes=changes | {"co_facilitator_id": cast[told.co_facilitator].pk},
    )  # fmt: skip


def _hand_on(cast: Cast, told: rows.HandedOn) -> None:
    labs.hand_on(
        by=cast.facilitator, project_id=cast.project_id, from_person=cast[told.from_person],
        to_person=cast[told.to_person], what=told.what,
    )  # fmt: skip


def _tell(cast: Cast, told: rows.Prototype) -> None:
    found = lab_queries.prototypes_of(cast.project_id).get(what=told.what)
    labs.tell_result(
        by=cast.facilitator, project_id=cast.project_id, prototype_id=found.pk, result=told.result,
        next_step=told.next_step,
    )  # fmt: skip


class _Lab:
    """One lab of the story, from its plan to what came of it."""

    def __init__(self, cast: Cast, told: rows.Lab) -> None:
        self.cast, self.told = cast, told
        self.lab: Any = None
        self.groups: dict[str, Any] = {}
        self.here: dict[str, Any] = {"by": cast.facilitator, "project_id": cast.project_id}

    def plan(self) -> None:
        told, facts = self.told, {name: getattr(self.told, name) for name in _PLAN}
        starts_at = time.fromisoformat(told.starts)
        self.lab = labs.plan_lab(**self.here, date=told.on, starts_at=starts_at, ways=told.ways, **facts)
        self.here["lab_id"] = self.lab.pk
        for step in told.agenda:
            owner = self.cast[step.owner] if step.owner else None
            labs.add_agenda_item(
                **self.here, title=step.title, minutes=step.minutes, words=step.words, owner=owner
            )

    def ask(self) -> None:
        invited = [
            seat.pk for code, seat in self.cast.seats.items() if self._group(code) in self.told.invited
        ]
        labs.invite(**self.here, seat_ids=invited)
        for line in lab_queries.access_plan(self.lab):
            if line.need not in self.told.not_met:
                labs.arrange(
                    **self.here, need_id=line.id, state=Met.MET, arranged_by=self.cast["F02"].shown_name
                )

    def hold(self) -> None:
        told = self.told
        groups = list(people.groups_of(self.cast.project_id))
        self.groups = {group.code: group for group in groups}
        labs.attend(**self.here, seat_ids=[self.cast.seats[code].pk for code in told.came])
        if told.turns:
            turns = {group.pk: count for group, count in zip(groups, told.turns, strict=True)}
            labs.tally_sheet(**self.here, turns=turns)
        self._note()
        self._keep()

    def _group(self, code: str) -> str:
        return next(person.group for person in self.cast.story.people if person.code == code)

    def _note(self) -> None:
        told = self.told
        labs.note_session(
            **self.here,
            changes={
                "opening_write_done": told.opening_write, "ground_rules_agreed": told.opening_write,
                "led_by_citizen": told.led_by_citizen, "interruptions": told.interruptions,
                "silent_invited": told.silent_invited, "energy_in": list(told.energy_in),
                "energy_out": list(told.energy_out), "debrief": told.debrief,
            },
            facilitators=[self.cast[code] for code in told.facilitators],
        )  # fmt: skip

    def _keep(self) -> None:
        told = self.told
        for idea in told.idea:
            labs.add_idea(
                **self.here, words=idea.words, group_id=self.groups[idea.group].pk,
                person=self.cast[idea.person] if idea.person else None,
            )  # fmt: skip
        for decision in told.decision:
            labs.add_decision(**self.here, words=decision.words, how=decision.how, dissent=decision.dissent)
        for parked in told.parked:
            labs.add_parked(**self.here, words=parked.words, until=parked.until)
        for jargon in told.jargon:
            labs.add_jargon(**self.here, word=jargon.word, meaning=jargon.meaning)
        for trial in told.prototype:
            labs.add_prototype(
                **self.here, what=trial.what, with_whom=trial.with_whom, begins=trial.begins, ends=trial.ends,
                expect=trial.expect, how_know=trial.how_know,
            )  # fmt: skip
