"""January to October 2025: whom the plan touches, from the screening to the published assessment."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from coproduce.capabilities.equality import operations as equality
from coproduce.capabilities.equality import queries

from ..story.rows_of_equality import EqualityRow
from .calendar import Happening, moment
from .cast import Cast

_ABOUT = (
    "previous_actions", "previous_improved", "intersections", "cumulative", "aim_discrimination", "aim_equality",
    "aim_relations",
)  # fmt: skip
_ROW = ("know", "source", "impacts", "size", "likelihood", "aims", "can_do", "plan")


def screening(cast: Cast) -> Iterator[Happening]:
    """Begun with the search of the cupboards; the rows are written as the draft comes to be."""
    told = cast.story.equality
    yield Happening(moment(told.begun, 9), partial(equality.begin, **_lead(cast)))
    yield Happening(
        moment(told.screened, 15), partial(equality.screen, **_lead(cast), affects=told.affects, why=told.why)
    )
    yield Happening(moment(told.screened, 16), partial(_keep, cast, "screening", told.note_screening))
    yield Happening(moment(told.asked_on, 19), partial(_ask, cast))
    yield Happening(moment(told.drafted, 10), partial(_write_rows, cast))
    yield Happening(moment(told.drafted, 11), partial(_write_about, cast))
    yield Happening(moment(told.drafted, 12), partial(_keep, cast, "draft", told.note_draft))


def in_two(cast: Cast, day: date) -> tuple[list[Happening], list[Happening]]:
    """The screening before a day, and what comes from that day on."""
    every, noon = list(screening(cast)), moment(day)
    return [one for one in every if one.when < noon], [one for one in every if one.when >= noon]


def _ask(cast: Cast) -> None:
    """In the evening of the first lab everybody gets the form; whoever has no internet gets it on paper."""
    told = cast.story.equality
    survey = equality.open_monitoring(
        **_lead(cast), purpose=told.purpose, questions=told.questions, asked=told.asked
    )
    for answers in cast.story.monitoring:
        equality.answer(survey_id=survey.pk, answers=answers, code=equality.code_for(uuid4()))


def finished(cast: Cast) -> Iterator[Happening]:
    """Updated after the consultation, made final, read by who decides, and published."""
    told = cast.story.equality
    yield Happening(moment(told.updated, 10), partial(_link_rows, cast))
    yield Happening(moment(told.updated, 11), partial(_conclude, cast))
    yield Happening(moment(told.final, 10), partial(_keep, cast, "final", told.note_final))
    yield Happening(moment(told.read, 18), partial(_read, cast))
    yield Happening(moment(told.published, 9), partial(equality.publish, **_lead(cast)))


def _lead(cast: Cast) -> dict[str, Any]:
    return {"by": cast[cast.story.equality.assessor], "project_id": cast.project_id}


def _keep(cast: Cast, kind: str, note: str) -> None:
    equality.save_version(**_lead(cast), kind=kind, note=note)


def _rows(cast: Cast) -> dict[str, Any]:
    assessment = queries.assessment_of(cast.project_id)
    if assessment is None:
        raise AssertionError("The assessment is not begun.")
    return {row.characteristic: row for row in queries.rows_of(assessment)}


def _write_rows(cast: Cast) -> None:
    held = _rows(cast)
    for told in cast.story.equality.row:
        changes = {name: getattr(told, name) for name in _ROW}
        changes |= {
            "impacts": list(told.impacts), "aims": list(told.aims), "impact_words": told.words, "plan_by": told.by,
        }  # fmt: skip
        row = held[told.group]
        equality.write_row(**_lead(cast), row_id=row.pk, changes=changes, seen=row.revision)
        _link(cast, told, "told", told.told)


def _link_rows(cast: Cast) -> None:
    """Once there are actions and answers."""
    for told in cast.story.equality.row:
        _link(cast, told, "do", told.do)


def _link(cast: Cast, told: EqualityRow, side: str, refs: tuple[str, ...]) -> None:
    if not refs:
        return
    kinds = {"B": "barriers.barrier", "S": "drafting.suggestion", "A": "plans.action"}
    things = {"B": cast.barriers, "S": cast.suggestions, "A": cast.actions}
    values = [f"{kinds[ref[0]]}:{things[ref[0]][ref].pk}" for ref in refs]
    equality.link_row(
        **_lead(cast), row_id=_rows(cast)[told.group].pk, side=side,
        linked=queries.linked_by_value(cast.project_id, values),
    )  # fmt: skip


def _write_about(cast: Cast) -> None:
    told = cast.story.equality
    gaps = [{"what": gap.what, "plan": gap.plan, "by": gap.by.isoformat()} for gap in told.gap]
    people = {
        name: cast[getattr(told, name.removesuffix("_id"))].pk
        for name in ("assessor_id", "reviewer_id", "decision_maker_id")
    }
    changes = {name: getattr(told, name) for name in _ABOUT} | {"gaps": gaps, **people}
    equality.write_about(**_lead(cast), changes=changes)


def _conclude(cast: Cast) -> None:
    told = cast.story.equality
    changes = {
        "after_consultation": told.after_consultation, "conclusion": told.conclusion,
        "conclusion_why": told.conclusion_why, "monitoring_on": told.monitoring,
    }  # fmt: skip
    equality.write_about(**_lead(cast), changes=changes)


def _read(cast: Cast) -> None:
    """R94: the member of the Cabinet, and nobody for her."""
    told = cast.story.equality
    assessment = queries.assessment_of(cast.project_id)
    final = queries.last_final(assessment) if assessment else None
    if final is None:
        raise AssertionError("The assessment is not final.")
    equality.confirm_reading(by=cast[told.decision_maker], project_id=cast.project_id, version_id=final.pk)
