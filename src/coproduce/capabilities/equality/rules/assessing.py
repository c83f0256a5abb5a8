"""Due regard, before and during the decision: R90–R94."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, Words, refuse, refuse_unless_named, rule, warn

from ..terms import ALONE, Aim, Impact


class Dated(Protocol):
    """When an assessment came to be, and when what it is about was decided."""

    @property
    def begun_on(self) -> date | None: ...
    @property
    def draft_ended_on(self) -> date | None: ...
    @property
    def final_on(self) -> date | None: ...
    @property
    def is_current(self) -> bool: ...


class Filled(Protocol):
    """A row of the assessment. `carried` says that an action or a standing commitment is linked."""

    @property
    def title(self) -> Words: ...
    @property
    def know(self) -> str: ...
    @property
    def impacts(self) -> Collection[str]: ...
    @property
    def can_do(self) -> str: ...
    @property
    def plan(self) -> str: ...
    @property
    def plan_by(self) -> date | None: ...
    @property
    def carried(self) -> bool: ...


@rule(
    "R90",
    when=_("The final assessment is dated after the decision, or none was begun while it was a draft"),
    strength=Strength.REFUSE,
)
def an_assessment_is_begun_at_draft_stage(begun_on: date | None) -> Iterator[Finding]:
    if begun_on is None:
        message = _("No equality impact assessment is begun. Begin it while this is a draft.")
        yield refuse("R90", message, "equality")


@rule(
    "R90",
    when=_("The final assessment is dated after the decision, or none was begun while it was a draft"),
    strength=Strength.REFUSE,
)
def it_is_begun_early_and_final_before_the_decision(
    facts: Dated, decided_on: date | None
) -> Iterator[Finding]:
    begun, ended = facts.begun_on, facts.draft_ended_on
    if begun is None:
        yield from an_assessment_is_begun_at_draft_stage(None)
        return
    if ended and begun > ended:
        message = _(
            "The equality impact assessment was begun on %(begun)s, after the draft stage ended on %(ended)s."
        )
        yield refuse("R90", message % {"begun": _day(begun), "ended": _day(ended)}, "equality")
    yield from _final_before(facts, decided_on)


def _final_before(facts: Dated, decided_on: date | None) -> Iterator[Finding]:
    if facts.final_on is None:
        yield refuse("R90", _("The equality impact assessment has no final version."), "equality")
    elif decided_on and facts.final_on > decided_on:
        message = _("The equality impact assessment is dated %(final)s, after the decision of %(decided)s.")
        yield refuse(
            "R90", message % {"final": _day(facts.final_on), "decided": _day(decided_on)}, "equality"
        )
    elif not facts.is_current:
        message = _(
            "The equality impact assessment has changed since its final version. Make it final again."
        )
        yield refuse("R90", message, "equality")


@rule(
    "R91", when=_("A row is left blank, or “not known yet” has no plan with a date"), strength=Strength.REFUSE
)
def no_row_is_left_blank(rows: Iterable[Filled]) -> Iterator[Finding]:
    for row in rows:
        if not row.know.strip() or not row.impacts:
            message = _("%(row)s: say what you know, and what it means.")
            yield refuse("R91", message % {"row": row.title}, "equality")
        elif Impact.UNKNOWN in row.impacts and not (row.plan.strip() and row.plan_by):
            message = _("%(row)s: “not known yet” needs a plan with a date.")
            yield refuse("R91", message % {"row": row.title}, "equality")


@rule(
    "R92",
    when=_("A negative impact has no action and no written justification"),
    strength=Strength.REFUSE,
)
def a_negative_impact_is_answered(rows: Iterable[Filled]) -> Iterator[Finding]:
    for row in rows:
        if Impact.NEGATIVE in row.impacts and not row.carried and not row.can_do.strip():
            message = _("%(row)s: the impact is negative. Link an action, or write why nothing can be done.")
            yield refuse("R92", message % {"row": row.title}, "equality")


@rule(
    "R93",
    when=_("The assessment was not updated after the consultation"),
    strength=Strength.WARN,
)
def it_is_updated_after_the_consultation(
    closed_on: date | None, updated_on: date | None, *, at_sign_off: bool = False
) -> Iterator[Finding]:
    if closed_on is None or (updated_on and updated_on >= closed_on):
        return
    message = _(
        "The consultation closed on %(day)s. Say in the equality impact assessment what it changed, "
        "or that it changed nothing and why."
    ) % {"day": _day(closed_on)}
    found = refuse_unless_named if at_sign_off else warn
    yield found("R93", message, "equality")


@rule(
    "R94",
    when=_("The decision-maker has not confirmed reading, or someone else confirms for them"),
    strength=Strength.REFUSE,
)
def the_decision_maker_has_read_it(
    decision_maker: Any, read_on: date | None, decided_on: date | None
) -> Iterator[Finding]:
    if decision_maker is None:
        yield refuse("R94", _("Nobody is named who decides and must read the assessment."), "equality")
    elif read_on is None:
        message = _("%(name)s decides, and has not confirmed reading the final assessment.")
        yield refuse("R94", message % {"name": decision_maker.shown_name}, "equality")
    elif decided_on and read_on > decided_on:
        message = _("%(name)s read the assessment on %(read)s, after the decision of %(decided)s.")
        facts = {"name": decision_maker.shown_name, "read": _day(read_on), "decided": _day(decided_on)}
        yield refuse("R94", message % facts, "equality")


@rule(
    "R94",
    when=_("The decision-maker has not confirmed reading, or someone else confirms for them"),
    strength=Strength.REFUSE,
)
def nobody_confirms_for_somebody_else(*, reader_id: Any, decision_maker_id: Any) -> Iterator[Finding]:
    if decision_maker_id is None or reader_id != decision_maker_id:
        message = _("Only the person who decides can confirm reading. Nobody can do it for them.")
        yield refuse("R94", message, "read")


# What C19 asks for beside the numbered rules


def the_screening_has_its_reason(affects: bool | None, why: str) -> Iterator[Finding]:
    if affects is None:
        yield refuse("C19", _("Say whether people could be affected."), "affects")
    if not why.strip():
        yield refuse("C19", _("Say why."), "why")


def an_impact_makes_sense(
    impacts: Collection[str], size: int | None, likelihood: int | None
) -> Iterator[Finding]:
    if len(impacts) > 1 and set(impacts) & ALONE:
        message = _("“None” and “not known yet” stand alone. Take the other tick away.")
        yield refuse("C19", message, "impacts")
    if set(impacts) - ALONE:
        if size is None:
            yield refuse("C19", _("Say how large the impact is."), "size")
        if likelihood is None:
            yield refuse("C19", _("Say how likely the impact is."), "likelihood")


def aims_fit_the_row(aims: Collection[str], *, only_discrimination: bool) -> Iterator[Finding]:
    if only_discrimination and set(aims) - {Aim.DISCRIMINATION}:
        message = _("For marriage and civil partnership the law names one aim only: to end discrimination.")
        yield refuse("C19", message, "aims")


def a_final_version_is_whole(assessment: Any) -> Iterator[Finding]:
    if assessment.affects is None:
        yield refuse("C19", _("The screening is not done."), "equality")
    for name, message in _FINAL_NEEDS.items():
        if not getattr(assessment, name):
            yield refuse("C19", message, "equality")


_FINAL_NEEDS: dict[str, Words] = {
    "conclusion": _("Write the conclusion."),
    "assessor_id": _("Name the assessor."),
    "reviewer_id": _("Name the reviewer."),
    "decision_maker_id": _("Name who decides and must read it."),
    "monitoring_on": _("Say when the effects are looked at again."),
}


def a_reviewer_is_another(assessor_id: Any, reviewer_id: Any) -> Iterator[Finding]:
    if assessor_id and assessor_id == reviewer_id:
        yield refuse("C19", _("Somebody else than the assessor reviews it."), "reviewer_id")


def a_gap_has_its_plan(gaps: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    for gap in gaps:
        if not gap.get("plan") or not gap.get("by"):
            message = _("“%(gap)s”: say how you will find out, and by when.")
            yield refuse("C19", message % {"gap": gap["what"]}, "gaps")


def nothing_was_changed_meanwhile(*, seen: int, revision: int, by: str) -> Iterator[Finding]:
    """Two people at one row: the second is told, and nothing of either is lost."""
    if seen != revision:
        message = _("%(name)s changed this row while you were writing. What it says now is shown below.")
        yield refuse("C19", message % {"name": by}, "seen")


def only_what_is_final_is_published(*, is_final: bool) -> Iterator[Finding]:
    if not is_final:
        yield refuse("C19", _("Make the assessment final first."), "equality")


def _day(day: date) -> str:
    return date_format(day, "j F Y")
