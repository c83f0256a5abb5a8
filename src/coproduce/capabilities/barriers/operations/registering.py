"""How barriers come into the register: out of a sealed round, or added later by someone."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from coproduce.capabilities.accounts import queries as accounts
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds import queries as rounds
from coproduce.capabilities.rounds.events import AnswersOpened, LateAnswerOpened
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import listens_to, post
from coproduce.core.findings import Refused, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import BarriersBroughtIn
from ..models import Barrier, Intake, Note


@operation
def bring_in_from_round(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    numbers: Mapping[UUID, int] | None = None,
    key: UUID | None = None,
) -> Intake:
    """Copy the opened barriers of a sealed round, word for word; those here already are left as they are.

    `numbers` gives an opened barrier's number where an import brings its own.
    """
    queries.visit_register(by, project_id, Purpose.CONTRIBUTE)
    projects.take_turns(project_id)
    the_round = rounds.project_rounds(project_id).filter(pk=round_id).first()
    if the_round is None:
        raise NotThere
    waiting = _not_here_yet(rounds.opened_barriers(the_round), queries.opened_ids(round_id))
    settle(rules.there_is_something_to_bring_in(len(waiting)))
    intake = Intake(project_id=project_id, round_id=round_id, count=len(waiting), at=clock.now())
    intake.save(force_insert=True)
    record(
        by=by, verb="barriers.bring_in_from_round", thing=intake, project_id=project_id,
        after={"round": round_id, "count": len(waiting)},
    )  # fmt: skip
    for opened in waiting:
        _copy(opened, by, project_id, (numbers or {}).get(opened.pk))
    post(BarriersBroughtIn(project_id, round_id, len(waiting)))
    return intake


@operation
def add_barrier(
    *,
    by: Any,
    project_id: UUID,
    statement: str,
    level: int | None = None,
    importance: int | None = None,
    ease: int | None = None,
    built_on: str = "",
    felt_by: str = "",
    premortem: bool = False,
    likelihood: str = "",
    impact: str = "",
    early_sign: str = "",
    raised_by: Any = None,
    number: int | None = None,
    key: UUID | None = None,
) -> Barrier:
    """Add a barrier later, in one's own words; the facilitator may write down somebody else's."""
    visit = queries.visit_register(by, project_id, Purpose.CONTRIBUTE)
    settle(
        [
            *rules.a_barrier_has_words(statement),
            *rules.a_premortem_is_known(likelihood=likelihood, impact=impact),
        ]
    )
    raiser = raised_by or by
    if raiser.pk != by.pk:
        visit = queries.visit_register(by, project_id, Purpose.RUN)
        raiser = queries.member(project_id, raiser.pk)
    projects.take_turns(project_id)
    barrier = Barrier(
        project_id=project_id, number=number or queries.next_number(project_id), statement=statement,
        raised_by=raiser, group=people.group_of(raiser, visit.project.pk), level=level, importance=importance,
        ease=ease, built_on=built_on, felt_by=felt_by, added_by=by, added_at=clock.now(), premortem=premortem,
        likelihood=likelihood, impact=impact, early_sign=early_sign,
    )  # fmt: skip
    _save_new(barrier, by, on_behalf_of=raiser if raiser.pk != by.pk else None)
    return barrier


@operation
def reword(
    *, by: Any, project_id: UUID, barrier_id: UUID, statement: str, key: UUID | None = None
) -> Barrier:
    """R32 refuses it, whoever asks; imports that meet changed words come through here."""
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.CONTRIBUTE)
    settle(rules.words_stay_as_they_were(barrier.statement, statement))
    record(by=by, verb="barriers.reword", thing=barrier, project_id=project_id, after={"ref": barrier.ref})
    return barrier


@operation
def note(*, by: Any, project_id: UUID, barrier_id: UUID, words: str, key: UUID | None = None) -> Note:
    """Add the facilitator's note beside the words."""
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.RUN)
    settle(rules.a_note_has_words(words))
    written = Note(barrier=barrier, words=words, by=by, at=clock.now())
    written.save(force_insert=True)
    record(
        by=by, verb="barriers.note", thing=written, project_id=project_id,
        after={"barrier": barrier.ref, "words": words},
    )  # fmt: skip
    return written


@listens_to(AnswersOpened)
def _bring_in_when_they_open(event: AnswersOpened) -> None:
    _bring_in_what_waits(event.project_id, event.round_id, event.by_id)


@listens_to(LateAnswerOpened)
def _bring_in_late_barriers(event: LateAnswerOpened) -> None:
    _bring_in_what_waits(event.project_id, event.round_id, event.by_id)


def _bring_in_what_waits(project_id: UUID, round_id: UUID, by_id: UUID) -> None:
    try:
        bring_in_from_round(by=accounts.person(by_id), project_id=project_id, round_id=round_id)
    except Refused:
        # Nobody raised a barrier, or somebody pressed the button before us.
        return


def _not_here_yet(opened: Iterable[Any], here: set[UUID]) -> list[Any]:
    return [barrier for barrier in opened if barrier.pk not in here]


def _copy(opened: Any, by: Any, project_id: UUID, number: int | None) -> None:
    barrier = Barrier(
        project_id=project_id, number=number or queries.next_number(project_id), statement=opened.words,
        raised_by=opened.person, group=opened.group, level=opened.level, importance=opened.importance,
        ease=opened.ease, built_on=opened.built_on, round_id=opened.round_id, opened_id=opened.pk,
        added_by=by, added_at=clock.now(), **_of_a_premortem(opened),
    )  # fmt: skip
    _save_new(barrier, by)


def _of_a_premortem(opened: Any) -> dict[str, Any]:
    """What a premortem asks beside the words; rounds of other kinds do not have it."""
    blank = {"premortem": False, "likelihood": "", "impact": "", "early_sign": ""}
    return {name: getattr(opened, name, empty) for name, empty in blank.items()}


def _save_new(barrier: Barrier, by: Any, on_behalf_of: Any = None) -> None:
    barrier.save(force_insert=True)
    record(
        by=by, verb="barriers.add_barrier", thing=barrier, project_id=barrier.project_id,
        on_behalf_of=on_behalf_of,
        after={
            "ref": barrier.ref, "statement": barrier.statement, "raised_by": barrier.raised_by_id,
            "group": barrier.group_id, "level": barrier.level, "importance": barrier.importance,
            "ease": barrier.ease, "built_on": barrier.built_on, "round": barrier.round_id,
            "premortem": barrier.premortem, "likelihood": barrier.likelihood, "impact": barrier.impact,
            "early_sign": barrier.early_sign,
        },
    )  # fmt: skip
