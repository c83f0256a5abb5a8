"""The words of the barriers register."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

BARRIER = "barriers.barrier"
THEME = "barriers.theme"

IMPORTANT_FROM = 4
ZONE_CUT = 3.5
DIFFERS_FROM = 2
CONTESTED_FROM = 3


class Lens(TextChoices):
    RISK = "risk", _("Risk")
    APPETITE = "appetite", _("Appetite for new things")
    TECHNOLOGY = "technology", _("Technology")
    TRUST = "trust", _("Trust")
    SUPPORT = "support", _("Support needed")


class ComB(TextChoices):
    """Capability, opportunity and motivation: what stands between a person and doing something."""

    PSYCHOLOGICAL_CAPABILITY = "PsC", _("Knowing how, and taking it in")
    PHYSICAL_CAPABILITY = "PhC", _("Being able to, in body")
    SOCIAL_OPPORTUNITY = "SoO", _("What other people make possible")
    PHYSICAL_OPPORTUNITY = "PhO", _("Time, money, places and things")
    REFLECTIVE_MOTIVATION = "ReM", _("What people believe and plan")
    AUTOMATIC_MOTIVATION = "AuM", _("Feelings and habits")


class Response(TextChoices):
    REMOVE = "remove", _("Remove it")
    REDUCE = "reduce", _("Reduce it")
    WORK_ROUND = "work_round", _("Work round it")
    ACCEPT = "accept", _("Accept it and explain why")
    NONE_YET = "none_yet", _("None yet")


ENABLING = frozenset({Response.REMOVE, Response.REDUCE, Response.WORK_ROUND})


class WhoActs(TextChoices):
    SERVICES = "services", _("The services")
    TOGETHER = "together", _("The services and the people affected, together")
    PEOPLE_AFFECTED = "people_affected", _("Only the people affected")


class CheckBack(TextChoices):
    GONE = "gone", _("Gone")
    SMALLER = "smaller", _("Smaller")
    SAME = "same", _("The same")
    WORSE = "worse", _("Worse")


class Size(TextChoices):
    """How likely a reason for failure is, or how much harm it would do."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Zone(TextChoices):
    """Where a barrier falls by how much it matters and how easy it is to remove."""

    DO_NOW = "do_now", _("Do now")
    PLAN = "plan", _("Plan")
    TIDY = "tidy", _("Tidy")
    WATCH = "watch", _("Watch")
    NOT_RATED = "not_rated", _("Not rated yet")


ZONE_MEANINGS = {
    Zone.DO_NOW: _("It matters, and it is easy to remove"),
    Zone.PLAN: _("It matters, and it is hard to remove"),
    Zone.TIDY: _("It matters less, and it is easy to remove"),
    Zone.WATCH: _("It matters less, and it is hard to remove"),
    Zone.NOT_RATED: _("Nobody has said yet how much it matters and how easy it is to remove"),
}


class Gap(TextChoices):
    """How far the groups stand apart on one theme."""

    CLOSE = "close", _("Close")
    DIFFERS = "differs", _("Differs")
    CONTESTED = "contested", _("Contested")


@dataclass(frozen=True)
class Coverage:
    """How many of the important barriers have a response."""

    important: int
    with_response: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.with_response / self.important, 1) if self.important else None


@dataclass(frozen=True)
class Spread:
    """The lowest and highest of what the groups said about one theme."""

    lowest: float
    highest: float

    @property
    def gap(self) -> float:
        return _whole(self.highest - self.lowest)

    @property
    def word(self) -> Gap:
        if self.gap >= CONTESTED_FROM:
            return Gap.CONTESTED
        return Gap.DIFFERS if self.gap >= DIFFERS_FROM else Gap.CLOSE


@dataclass(frozen=True)
class Given:
    """What one person says of one barrier; neither figure means that they left it out on purpose."""

    importance: int | None = None
    ease: int | None = None

    @property
    def left_out(self) -> bool:
        return self.importance is None and self.ease is None


@dataclass(frozen=True)
class Middle:
    """What one group says of one barrier: the median of its people, and how many they are."""

    importance: float | None
    ease: float | None
    people: int


def middle_of(given: Iterable[Given]) -> Middle:
    """The figure of a group, from what each of its people gave."""
    said = [one for one in given if not one.left_out]
    return Middle(
        median_of(one.importance for one in said if one.importance is not None),
        median_of(one.ease for one in said if one.ease is not None),
        len(said),
    )


def zone_of(importance: float | None, ease: float | None) -> Zone:
    """The zone by the cut of 3.5 on each scale."""
    if importance is None or ease is None:
        return Zone.NOT_RATED
    if importance > ZONE_CUT:
        return Zone.DO_NOW if ease > ZONE_CUT else Zone.PLAN
    return Zone.TIDY if ease > ZONE_CUT else Zone.WATCH


def median_of(ratings: Iterable[float]) -> float | None:
    """The middle rating, whole where it is whole; None where nobody rated."""
    known = list(ratings)
    if not known:
        return None
    return _whole(median(known))


def _whole(number: float) -> float:
    """4 rather than 4.0."""
    return int(number) if number == int(number) else number


def spread_of(medians: Iterable[float | None]) -> Spread | None:
    """None until two groups have rated, since one group alone has no gap."""
    known = [rating for rating in medians if rating is not None]
    return Spread(min(known), max(known)) if len(known) > 1 else None


def is_important(importance: int | None) -> bool:
    return importance is not None and importance >= IMPORTANT_FROM


def ref_of(number: int) -> str:
    """The short name that people use in a meeting: B01."""
    return f"B{number:02}"
