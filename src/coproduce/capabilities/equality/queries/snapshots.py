"""The whole assessment as plain values, for its versions: refs of what people said, never their words."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ..models import Assessment
from ..terms import Conclusion, Linked, LinkedKind, Side
from .lists import links_of, rows_of

TEXTS = (
    "affects", "why", "previous_actions", "previous_improved", "intersections", "cumulative", "gaps",
    "aim_discrimination", "aim_equality", "aim_relations", "conclusion", "conclusion_why", "after_consultation",
)  # fmt: skip
ROW_TEXTS = (
    "characteristic", "name", "know", "source", "told", "impacts", "impact_words", "size", "likelihood", "aims",
    "can_do", "plan",
)  # fmt: skip


def content_of(assessment: Assessment) -> dict[str, Any]:
    """Six queries at most."""
    links = links_of(assessment)
    return {
        **{name: getattr(assessment, name) for name in TEXTS},
        **{name: _day(getattr(assessment, name)) for name in ("begun_on", "screened_on", "monitoring_on")},
        "after_consultation_on": _day(assessment.after_consultation_on),
        **{name: _name(getattr(assessment, name)) for name in ("assessor", "reviewer", "decision_maker")},
        "rows": [_row(row, links) for row in rows_of(assessment)],
    }


def _row(row: Any, links: Mapping[UUID, Mapping[str, Sequence[Linked]]]) -> dict[str, Any]:
    sides = links.get(row.pk, {})
    return {
        "id": str(row.pk),
        "title": str(row.title),
        **{name: getattr(row, name) for name in ROW_TEXTS},
        "plan_by": _day(row.plan_by),
        **{side.value: [_link(one) for one in sides.get(side, ())] for side in (Side.DO,)},
        "heard": [_link(one) for one in sides.get(Side.TOLD, ())],
    }


def _link(one: Linked) -> dict[str, str]:
    """What the organisation promises is said in words; what people said is named by its number only."""
    own = one.kind in {LinkedKind.ACTION, LinkedKind.COMMITMENT}
    return {"kind": one.kind.value, "id": str(one.id), "ref": one.ref, "words": one.words if own else ""}


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _name(person: Any) -> str:
    return person.shown_name if person else ""


def conclusion_words(content: Mapping[str, Any]) -> Any:
    return Conclusion(content["conclusion"]).label if content.get("conclusion") else ""
