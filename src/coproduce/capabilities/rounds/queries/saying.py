"""What the figures say in plain sentences, each with the caveat that belongs to it (listening.md §2.5).

People “moved” and views “came closer”; no figure says that anything became better or worse.
"""

from math import isinf
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects.terms import Intent
from coproduce_engine.distribution import Distribution
from coproduce_engine.what_may_be_said import FEWEST_FOR_A_TEST, FEWEST_IN_A_CELL

from ..terms import Level, mean_shown
from .intention import SharedView
from .levels import GroupSpread
from .movement import Movement

if TYPE_CHECKING:
    from coproduce_engine.checks import Interval

_SELDOM = 0.05


def on_the_scale(found: Distribution, level: Level) -> str:
    """Where the answers of one level lie."""
    if found.middle is None or found.lower is None or found.upper is None:
        return _("Nobody rated this.")
    words = ngettext(
        "%(people)s person rated this.",
        "%(people)s people rated this. The middle answer is %(middle)s. The middle half lies from %(low)s to %(high)s.",
        found.people,
    ) % {
        "people": found.people, "middle": _point(found.middle), "low": _point(found.lower), "high": _point(found.upper),
    }  # fmt: skip
    return f"{words} {_CAVEATS[level]()}"


def skipped(found: Distribution) -> str:
    if not found.skipped:
        return ""
    words = ngettext(
        "%(count)s person skipped this question.", "%(count)s people skipped this question.", found.skipped
    )
    return words % {"count": found.skipped}


def agreement(group: GroupSpread) -> str:
    """How alike a group rates."""
    assert group.agreement is not None
    within = group.agreement.within
    words = (
        _("“%(group)s” is split into camps: agreement is %(value)s (%(interval)s).")
        if within.is_split
        else _("In “%(group)s” agreement is %(value)s (%(interval)s).")
    )
    value = _figure(within.value)
    return words % {"group": group.name, "value": value, "interval": _interval(group.agreement.interval)}


def agreement_scale() -> str:
    return _("1 means all alike. 0 means as if each chose by chance. It does not say who is right.")


def no_agreement() -> str:
    words = _(
        "No group has %(fewest)s answers or more. Below that we show where answers lie, and no figure of agreement."
    )
    return words % {"fewest": FEWEST_FOR_A_TEST}


def agreement_cells(group: GroupSpread) -> tuple[str, str]:
    """For a table: the figure and its interval, or two dashes."""
    found = group.agreement
    if found is None:
        return "–", "–"
    return _figure(found.within.value), _from_to(found.interval)


def shared_view(found: SharedView) -> str:
    """How alike people read the leaders; counted over everyone, so no estimate and no interval."""
    pairs = found.pairs
    if pairs is None:
        words = _("Fewer than %(fewest)s people named something. So we show the numbers and no more.")
        return words % {"fewest": FEWEST_FOR_A_TEST}
    words = _(
        "Take any two of the %(people)s people who named something: %(percent)s of the pairs have one in common "
        "(%(alike)s of %(pairs)s). Many people who agree are not right for that reason."
    )
    return words % {
        "people": pairs.people, "percent": f"{100 * pairs.share:.0f}%", "alike": pairs.alike, "pairs": pairs.pairs,
    }  # fmt: skip


def leaders_gap(found: SharedView) -> str:
    """The leaders' own sealed answers beside what others think of them."""
    gap = found.gap
    if gap is None:
        words = _("Fewer than %(fewest)s leaders answered. So their own answers are not set apart here.")
        return words % {"fewest": FEWEST_IN_A_CELL} if found.leaders < FEWEST_IN_A_CELL else ""
    words = _(
        "The widest gap is “%(intent)s”: %(part)s of %(whole)s leaders named it in their own sealed answers, and "
        "%(others)s of %(people)s other people."
    )
    return words % {
        "intent": gap.intent.label, "part": gap.leaders.part, "whole": gap.leaders.whole,
        "others": gap.others.part, "people": gap.others.whole,
    }  # fmt: skip


def not_stated(seen: int, intent: Intent | None) -> str:
    """The gap between what is stated and what people see."""
    if intent is None:
        return _("Nobody named anything that the leaders do not state.")
    words = ngettext(
        "%(people)s person sees “%(intent)s”, which the leaders do not state.",
        "%(people)s people see “%(intent)s”, which the leaders do not state.",
        seen,
    )
    return words % {"people": seen, "intent": intent.label}


def moved(found: Movement) -> str:
    """Who moved; of one level."""
    shift = found.shift
    words = ngettext(
        "%(moved)s of %(people)s person moved at level %(level)s: %(up)s up and %(down)s down.",
        "%(moved)s of %(people)s people moved at level %(level)s: %(up)s up and %(down)s down.",
        shift.people,
    )
    return words % {
        "moved": shift.moved, "people": shift.people, "level": int(found.level), "up": shift.up, "down": shift.down,
    }  # fmt: skip


def mean_move(found: Movement) -> str:
    """How far, and how far chance alone reaches."""
    if found.mean is None:
        return ""
    words = _("On average people moved by %(mean)s (%(interval)s; p\u00a0=\u00a0%(p)s). %(chance)s")
    return words % {
        "mean": mean_shown(found.mean.mean),
        "interval": _interval(found.mean.interval, signed=True),
        "p": _p(found.mean.p),
        "chance": _chance(found.mean.p),
    }


def closer(found: Movement) -> str:
    """Whether views came closer together."""
    spread = found.spread
    if spread is None or spread.p is None:
        return ""
    if spread.ratio is None:
        return _("Everyone gave the same first answer, so views could only move apart.")
    words = _together(spread.ratio)
    if spread.interval is None:
        return words
    numbers = _("The spread is %(ratio)s times what it was (%(interval)s; p\u00a0=\u00a0%(p)s). %(chance)s")
    return f"{words} " + numbers % {
        "ratio": _figure(spread.ratio),
        "interval": _interval(spread.interval),
        "p": _p(spread.p),
        "chance": _chance(spread.p),
    }


def leaning(found: Movement) -> str:
    """Whether the group went further to the side on which it stood."""
    polarisation = found.polarisation
    if found.mean is None or polarisation.away is None:
        return ""
    side = _("better") if polarisation.leaning > 0 else _("worse")
    by = {"side": side, "by": f"{abs(polarisation.away):.2f}"}
    if polarisation.away > 0:
        words = _(
            "At first the mean leaned to the “%(side)s” side. It then moved further that way, by %(by)s."
        )
    elif polarisation.away < 0:
        words = _(
            "At first the mean leaned to the “%(side)s” side. It then moved back the other way, by %(by)s."
        )
    else:
        return _("At first the mean leaned to the “%(side)s” side. It then stayed where it was.") % by
    return f"{words % by} {_('It is the same move as above, with the same interval.')}"


def nobody_moved(found: Movement) -> str:
    words = ngettext(
        "The %(people)s person who answered twice gave the same rating again.",
        "All %(people)s people who answered twice gave the same rating again.",
        found.shift.people,
    )
    return words % {"people": found.shift.people}


def too_few_to_draw() -> str:
    return _("Fewer than three people answered twice. A picture would point at them, so there is none.")


def too_few(found: Movement) -> str:
    """Why there is no test."""
    if found.mean is not None:
        return ""
    words = _("Fewer than %(fewest)s people answered twice. So we show who moved, and no test.")
    return words % {"fewest": FEWEST_FOR_A_TEST}


def _together(ratio: float) -> str:
    if ratio == 0:
        return _("Now everyone gives the same answer.")
    if ratio < 1:
        return _(
            "Views came closer together. That alone does not make them right: people also follow each other."
        )
    if ratio > 1:
        return _("Views moved further apart. That alone does not make them wrong.")
    return _("Views are as far apart as before.")


def _chance(p: float) -> str:
    return (
        _("Chance alone would seldom do this.")
        if p <= _SELDOM
        else _("Chance alone could do this, so we do not read more into it.")
    )


def _interval(interval: "Interval", *, signed: bool = False) -> str:
    return _("95%% interval %(from_to)s") % {"from_to": _from_to(interval, signed=signed)}


def _from_to(interval: "Interval", *, signed: bool = False) -> str:
    show = mean_shown if signed else _figure
    low, high = (_("no limit") if isinf(end) else show(end) for end in (interval.low, interval.high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _figure(number: float | None) -> str:
    if number is None:
        return "–"
    return f"{'−' if number < -0.005 else ''}{abs(number):.2f}"


def _p(p: float) -> str:
    """No more digits than thousands of draws can fix."""
    if p < 0.001:
        return _("less than 0.001")
    return f"{p:.2f}" if p >= 0.01 else f"{p:.3f}"


def _point(value: float) -> str:
    """A place on the scale: whole where it is whole."""
    if value == int(value):
        return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(int(value))}"
    return f"{'+' if value > 0 else '−'}{abs(value):g}"


_CAVEATS = {
    Level.ME: lambda: _("Each person speaks of their own life, so this spread is information, not error."),
    Level.AROUND: lambda: _("Each group speaks of its own people, so we compare inside a group only."),
}
point_shown = _point
