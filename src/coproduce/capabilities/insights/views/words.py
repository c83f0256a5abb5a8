"""Figures as plain sentences: shares as “7 of 10”, always cut down, never rounded up."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.ui.plots_opinion import cut_down

from ..rules import Apart, Common, Figures, Holds, Opinion, Steady, Tally
from ..terms import Silence


def tenths(share: float) -> int:
    return int(share * 10 + 1e-9)


def percent(share: float) -> str:
    return _("%(number)d%%") % {"number": round(share * 100)}


def at_least(bound: float) -> str:
    return percent(cut_down(bound))


def about_tenths(share: float | None) -> str:
    """“about 7 of 10”, for a share that is not a bound."""
    return "–" if share is None else _("%(number)d of 10") % {"number": round(share * 10)}


def people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def voted(figures: Figures) -> str:
    """“24 people gave 480 votes on 20 statements.”"""
    return _("%(people)s gave %(votes)s on %(statements)s.") % {
        "people": people(figures.voters),
        "votes": ngettext("%(count)d vote", "%(count)d votes", figures.votes) % {"count": figures.votes},
        "statements": ngettext("%(count)d statement", "%(count)d statements", len(figures.statements))
        % {"count": len(figures.statements)},
    }


def common(one: Common, *, several: bool) -> str:
    """What surely holds in each group, or among everybody where there is only one."""
    if several and one.agree:
        words = _("At least %(number)d of 10 in each group agree.")
    elif several:
        words = _("At least %(number)d of 10 in each group disagree.")
    elif one.agree:
        words = _("At least %(number)d of 10 agree.")
    else:
        words = _("At least %(number)d of 10 disagree.")
    return words % {"number": tenths(one.least)}


def two_ways(one: Common) -> str:
    """Equal weight for each group beside one person one vote."""
    return _("If each group counts the same: %(equal)s. If each person counts the same: %(person)s.") % {
        "equal": percent(one.equal_weight), "person": percent(one.one_person_one_vote)
    }  # fmt: skip


def apart(one: Apart, figures: Figures, highest: float | None, lowest: float | None) -> str:
    words = _("%(high)s of %(most)s agree; %(low)s of %(least)s.")
    return words % {
        "most": figures.groups[one.highest].name, "high": percent(highest or 0),
        "least": figures.groups[one.lowest].name, "low": percent(lowest or 0),
    }  # fmt: skip


def holds(one: Holds) -> str:
    words = (
        _("%(inside)s agree here, %(outside)s elsewhere.")
        if one.agree
        else _("%(inside)s disagree here, %(outside)s elsewhere.")
    )
    return words % {"inside": about_tenths(one.inside), "outside": about_tenths(one.outside)}


def opinion_name(one: Opinion) -> str:
    return _("Group %(letter)s") % {"letter": one.letter}


def steady(found: Steady | None) -> str:
    """How far groups that were found in the votes can be relied on."""
    if found is None or not found.resamples:
        return _("There are too few votes to look for opinion groups.")
    times = {"number": round(found.same_number * found.resamples), "all": found.resamples}
    if found.is_clear:
        words = _(
            "We drew the people again %(all)d times, as if others had voted. "
            "The same number of groups came out %(number)d times, and mostly with the same people."
        )
    else:
        words = _(
            "We looked for people who voted alike, and found no groups that stay the same. We drew the people again "
            "%(all)d times, as if others had voted: the same number of groups came out %(number)d times, and the "
            "people in them changed too much."
        )
    return words % times


def no_map(figures: Figures, fewest: int) -> str:
    return _(
        "No map is drawn: each mark of it stands for at least %(small)d people, and so few marks would look like "
        "groups that are none. It takes about %(people)d people."
    ) % {"small": figures.small_number, "people": 2 * fewest * figures.small_number}


def silence(figures: Figures) -> str:
    """Why there is no result, in plain words."""
    if figures.silence == Silence.TOO_FEW_PEOPLE:
        words = ngettext(
            "%(count)d person voted. We show results from %(least)d people on, so that nobody is known by their vote.",
            "%(count)d people voted. We show results from %(least)d people on, so that nobody is known by their vote.",
            figures.voters,
        )
        return words % {"count": figures.voters, "least": figures.small_number}
    if figures.silence == Silence.NO_STATEMENTS:
        return _("There was no statement to vote on.")
    return ""


def limits(figures: Figures) -> list[str]:
    """What these results cannot say."""
    said = [
        _("This is what those who voted say. It cannot say what those think who did not vote."),
        _(
            "A figure of fewer than %(small)d people is never shown by itself. Where a difference would give it back, "
            "the next smallest is hidden with it."
        )
        % {"small": figures.small_number},
        _(
            "“At least 7 of 10” is a careful figure: the share that we can be sure of in the group that agrees least. "
            "The fewer the people, the lower it is."
        ),
        _("A pass counts as a vote: it is a person who saw the statement and took no side."),
    ]
    unplaced = figures.voters - figures.placed
    if figures.placed and unplaced >= figures.small_number:
        words = _(
            "%(people)s voted on too few statements to have a place on the map. Their votes count all the same."
        )
        said.append(words % {"people": people(unplaced)})
    return said


def tally(cell: Tally | None) -> str:
    if cell is None:
        return "–"
    agree, disagree, passed = cell
    return _("%(agree)d agree, %(disagree)d disagree, %(passed)d pass") % {
        "agree": agree, "disagree": disagree, "passed": passed
    }  # fmt: skip
