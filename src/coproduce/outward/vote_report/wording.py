"""How figures are said: whole percents, sides as people say them, one sentence for each part of the page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coproduce.ui.plots_opinion import cut_down
from coproduce_engine.opinion.results import Side
from coproduce_engine.opinion.stability import NONE, NOTHING_HELD, ONE_CROWD, UNSTABLE

from .found import HELD, Found

_WHY_NOT = {
    NONE: gettext_lazy("Too few people voted enough to be placed."),
    UNSTABLE: gettext_lazy("Other groups come out when we draw the people again."),
    ONE_CROWD: gettext_lazy("Opinions lie in one cloud: any way to cut it would do as well."),
    NOTHING_HELD: gettext_lazy(
        "There is nothing that one part of the people surely holds more than the rest."
    ),
}


def per_cent(share: float) -> str:
    """Rounded down at the top and up at the bottom, so that neither nobody nor everybody is said of some."""
    whole = round(100 * share)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}%"


def at_least(bound: float) -> str:
    return per_cent(cut_down(bound))


def side(one: Side) -> str:
    return _("agree") if one is Side.AGREE else _("disagree")


def number(count: int) -> str:
    return f"{count:,}"


def quoted(text: str, most: int = 140) -> str:
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= most else plain[: most - 1].rstrip() + '…'}”"


def of_common_ground(found: Found) -> str:
    """What everybody holds, in one sentence."""
    if not found.shared:
        return _(
            "On no statement that enough people of each group saw do more than half of each stand on one side."
        )
    best = found.shared[0]
    what = {
        "share": at_least(best.least),
        "side": side(best.side),
        "text": quoted(found.text(best.statement)),
    }
    if best.least <= HELD:
        return _("On no statement is it sure that more than half of each group stands on one side.")
    if found.analysis.given is None:
        return _("At least %(share)s of people %(side)s: %(text)s") % what
    return _("At least %(share)s of each group %(side)s: %(text)s") % what


def of_what_divides(found: Found) -> str:
    given = found.analysis.given
    if given is None:
        return _of_the_split(found)
    if not given.divided:
        return _("On no statement do the groups stand clearly apart.")
    most = given.divided[0]
    return _("%(high)s and %(low)s stand furthest apart, by %(points)s points: %(text)s") % {
        "high": given.names[most.highest_group],
        "low": given.names[most.lowest_group],
        "points": round(100 * most.difference),
        "text": quoted(found.text(most.statement)),
    }


def _of_the_split(found: Found) -> str:
    if not found.split:
        return _("No statement has enough people on both sides.")
    most = found.split[0]
    return _("People are most evenly split on: %(text)s %(agree)s agree, %(disagree)s disagree.") % {
        "text": quoted(found.text(most.statement)),
        "agree": per_cent(most.tally.agree / most.tally.seen),
        "disagree": per_cent(most.tally.disagree / most.tally.seen),
    }


def of_opinion_groups(found: Found) -> str:
    groups = found.analysis.groups
    if not groups:
        why = str(_WHY_NOT.get(found.analysis.stability.why_not, ""))
        return " ".join(filter(None, (_("There are no clear opinion groups."), why)))
    return ngettext(
        "There is %(count)s opinion group of people who voted alike.",
        "There are %(count)s opinion groups of people who voted alike.", len(groups),
    ) % {"count": len(groups)}  # fmt: skip


def of_stability(found: Found) -> str:
    """How far to trust that, by how often it comes out with other people."""
    steady = found.analysis.stability
    if not steady.resamples:
        return _("Too few people voted to look how steady groups would be.")
    return _(
        "We drew the people again %(times)s times. The same number of groups came out in %(same)s of the draws, and "
        "groups matched the first ones by %(match)s (100%% is the same groups, 0%% is chance)."
    ) % {
        "times": steady.resamples,
        "same": per_cent(steady.same_number),
        "match": per_cent(max(steady.agreement, 0)),
    }


def limits(found: Found) -> Iterator[str]:
    """What the figures cannot say, for whoever wants to use them."""
    yield _("The people who voted are those who came. They may differ from those who did not.")
    yield _("“At least” is the lower end of a range that holds the true share 95 times in 100 (Wilson).")
    yield _("A pass counts as a vote: shares are of all who saw the statement.")
    if found.analysis.given:
        yield _(
            "Groups and figures of fewer than %(least)s people are not shown by themselves. They count with everybody."
        ) % {"least": found.small_number}
    yield _(
        "An opinion group is a pattern in votes, not a kind of person. On the map, near means that people voted "
        "alike; left, right, up and down mean nothing by themselves."
    )
    yield _("What a group holds was tested on people who had no part in finding the groups.")
    if not found.analysis.given:
        yield _(
            "Nobody said which stakeholder group people belong to, so common ground is that of all together."
        )
