"""The pictures of the report, each with its table and its sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from coproduce.ui.plots import Plot, dumbbell
from coproduce.ui.plots_opinion import (
    ApartRow,
    ApartWords,
    GroundRow,
    GroundWords,
    MapGroup,
    MapWords,
    common_ground_plot,
    dividing_plot,
    opinion_map,
)
from coproduce_engine.opinion.picture import spots
from coproduce_engine.opinion.results import Shared, Side, Tally

from . import wording
from .as_json import LETTERS
from .found import Found

MOST_ROWS = 10


def of_common_ground(found: Found) -> Plot | None:
    """What is shared most; where nothing surely is, what comes nearest."""
    shared = (found.common or list(found.shared))[:MOST_ROWS]
    if not shared:
        return None
    given = found.analysis.given
    shown = _shown_groups(found) if given else [0]
    names = [given.names[place] for place in shown] if given else [_("Everybody")]
    return common_ground_plot(
        _("Common ground"), wording.of_common_ground(found), names,
        [_ground_row(found, one, shown) for one in shared],
        words=GroundWords(
            _("Statement"), _("Side"), _("At least"), _("The group where fewest hold it"), _("Other groups"),
            _("The number at the end: at least so many of each group. The bar shows how far down the lowest may be."),
        ),
        say_share=wording.per_cent,
    )  # fmt: skip


def _shown_groups(found: Found) -> list[int]:
    given = found.analysis.given
    return [place for place in range(len(given.names)) if place not in given.too_small] if given else []


def _ground_row(found: Found, one: Shared, shown: Sequence[int]) -> GroundRow:
    shares = [_share(one.by_group[place], one.side) for place in shown]
    return GroundRow(
        _numbered(found, one.statement),
        wording.side(one.side),
        shares,
        one.least,
        shown.index(one.lowest_group),
    )


def _share(tally: Tally, side: Side) -> float | None:
    return tally.share(side)


def _numbered(found: Found, statement: int) -> str:
    return f"{found.number(statement)}. {found.text(statement)}"


def of_what_divides(found: Found) -> Plot | None:
    return _between_groups(found) if found.analysis.given else _between_sides(found)


def _between_groups(found: Found) -> Plot | None:
    given, shown = found.analysis.given, _shown_groups(found)
    if given is None or not given.divided:
        return None
    rows = [
        ApartRow(
            _numbered(found, one.statement),
            [_share(one.by_group[place], Side.AGREE) for place in shown],
            one.difference, shown.index(one.highest_group), shown.index(one.lowest_group),
        )
        for one in given.divided[:MOST_ROWS]
    ]  # fmt: skip
    return dividing_plot(
        _("What divides the groups"), wording.of_what_divides(found), [given.names[place] for place in shown], rows,
        words=ApartWords(
            _("Statement"), _("Apart"), _("Most agree"), _("Fewest agree"),
            _("The two groups furthest apart"), _("Other groups"),
            _("Where each group stands by the share that agrees. The number at the end: how far apart the two are."),
        ),
        say_share=wording.per_cent,
    )  # fmt: skip


def _between_sides(found: Found) -> Plot | None:
    if not found.split:
        return None
    values = [
        (
            _numbered(found, one.statement), one.tally.agree / one.tally.seen,
            one.tally.disagree / one.tally.seen,
        )
        for one in found.split[:MOST_ROWS]
    ]  # fmt: skip
    return dumbbell(
        _("What divides people"), wording.of_what_divides(found), values,
        head=(_("Statement"), _("Agree"), _("Disagree")), most=1, show=wording.per_cent,
    )  # fmt: skip


def of_opinions(found: Found) -> Plot | None:
    """The map, when anybody could be placed on it."""
    where = spots(found.analysis)
    if not where:
        return None
    groups = [
        MapGroup(
            LETTERS[group.number], _held_most(found, group.number), group.people,
            float(group.centre[0]), float(group.centre[1]),
        )
        for group in found.analysis.groups
    ]  # fmt: skip
    return opinion_map(
        _("Map of opinions"), wording.of_opinion_groups(found), where, groups,
        words=MapWords(
            _("Opinion group"), _("People"), _("Share of those placed"), _("Everybody who voted enough to be placed"),
            _("In no group"), "", _("Near means that people voted alike. A larger mark is more people."),
            _("The line goes round the four fifths of a group who are nearest to its middle."),
        ),
        say_share=wording.per_cent,
    )  # fmt: skip


def _held_most(found: Found, group: int) -> str:
    held = found.analysis.groups[group].held
    if not held:
        return _("nothing that only they hold")
    return f"{wording.side(held[0].side)}: {wording.quoted(found.text(held[0].statement), 60)}"
