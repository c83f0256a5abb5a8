"""Holding the space so that voices weigh the same, and handing on the skill (C23)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, refuse, rule, show, warn
from coproduce_engine.three_levels import Share

from ..terms import ENERGY_LEVELS, Stage


class HasCitizens(Protocol):
    @property
    def stage(self) -> Stage: ...
    @property
    def is_reached(self) -> bool: ...
    @property
    def citizens(self) -> int: ...


@rule(
    "R104",
    when=_("The facilitator's payer is not declared and people are to be invited"),
    strength=Strength.REFUSE,
)
def nobody_is_invited_before_the_payer_is_declared(paid_by: str) -> Iterator[Finding]:
    if not paid_by.strip():
        message = _(
            "Say who pays the facilitator before you invite anyone. It is on the page “Facilitation”."
        )
        yield refuse("R104", message, subject="seats")


@rule("R105", when=_("Citizens are absent from a stage"), strength=Strength.WARN)
def a_stage_without_citizens_warns(stages: Iterable[HasCitizens]) -> Iterator[Finding]:
    """Co-production runs through every stage; one in the middle alone feels like tokenism."""
    for one in stages:
        if one.is_reached and not one.citizens:
            yield warn(
                "R105", _("No citizens in this stage: %(stage)s.") % {"stage": one.stage.label}, one.stage
            )


def what_citizens_hold(share: Share, target: int | None) -> Iterator[Finding]:
    """The capacity plan: how many labs citizens facilitate, beside what was aimed at."""
    if share.percent is None:
        return
    facts = {"part": share.part, "whole": share.whole, "percent": round(share.percent), "target": target}
    words = _("Citizens facilitated or co-facilitated %(part)d of %(whole)d labs (%(percent)d%%).")
    yield show("C23", words % facts)
    if target is not None and share.percent < target:
        yield warn("C23", _("The target is %(target)d%%.") % facts)


def the_share_is_a_share(target: int | None) -> Iterator[Finding]:
    if target is not None and not 0 <= target <= 100:
        yield refuse("C23", _("Enter a number from 0 to 100."), subject="target_percent")


def energy_is_counted(people: Sequence[int], subject: str) -> Iterator[Finding]:
    if people and (len(people) != len(ENERGY_LEVELS) or min(people) < 0):
        yield refuse("C10", _("Enter how many people said each level, from 1 to 5."), subject=subject)


def a_handover_is_told(what: str, *, same: bool) -> Iterator[Finding]:
    if not what.strip():
        yield refuse("C23", _("Say what is handed on."), subject="what")
    if same:
        yield refuse("C23", _("Choose another person to hand it on to."), subject="to_person")


def it_has_words(words: str, subject: str = "words") -> Iterator[Finding]:
    if not words.strip():
        yield refuse("C10", _("Write it down first."), subject=subject)
