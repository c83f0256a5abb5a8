"""The three pictures of a result, each with its table and its sentence."""

from django.utils.translation import gettext as _

from coproduce.ui.plots import Plot
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

from ..queries import Place
from ..rules import Apart, Common, Figures, share
from . import words

FEWEST_MARKS = 4


def common_ground(figures: Figures, rows: list[Common], texts: list[str]) -> Plot | None:
    """Only where there are several groups to stand on it."""
    if not rows or len(figures.groups) < 2:
        return None
    sentence = _("The first statement: %(words)s") % {"words": words.common(rows[0], several=True)}
    shown = [
        GroundRow(
            text, _("Agree") if one.agree else _("Disagree"), _shares(figures, one.statement, agree=one.agree),
            one.least, one.lowest,
        )
        for one, text in zip(rows, texts, strict=True)
    ]  # fmt: skip
    return common_ground_plot(
        _("Each group on the common ground"), sentence, [group.name for group in figures.groups], shown,
        words=GroundWords(
            _("Statement"), _("Side"), _("At least, in each group"), _("The group with the lowest share"),
            _("The other groups"),
            _("The number at the end: at least so many in each group"),
        ),
        say_share=words.percent,
    )  # fmt: skip


def divides(figures: Figures, rows: list[Apart], texts: list[str]) -> Plot | None:
    if not rows:
        return None
    sentence = _("The groups stand furthest apart on the first statement: %(difference)s.") % {
        "difference": words.percent(rows[0].difference)
    }
    shown = [
        ApartRow(text, _shares(figures, one.statement), one.difference, one.highest, one.lowest)
        for one, text in zip(rows, texts, strict=True)
    ]
    return dividing_plot(
        _("Each group on what divides"), sentence, [group.name for group in figures.groups], shown,
        words=ApartWords(
            _("Statement"), _("How far apart"), _("Agrees most"), _("Agrees least"),
            _("The groups that agree most and least"), _("The other groups"),
            _("The number at the end: how far the two are apart"),
        ),
        say_share=words.percent,
    )  # fmt: skip


def _shares(figures: Figures, statement: int, *, agree: bool = True) -> list[float | None]:
    return [share(cell, agree=agree) for cell in figures.statements[statement].groups]


def has_map(figures: Figures) -> bool:
    """Two or three marks would look like groups, and be none."""
    return len(figures.heaps) >= FEWEST_MARKS


def opinions(figures: Figures, place: Place | None = None) -> Plot | None:
    """The map: people near each other voted alike. Each mark stands for several people."""
    if not has_map(figures):
        return None
    groups = [
        MapGroup(one.letter, _("people who voted alike"), one.people, one.x, one.y)
        for one in figures.opinions
    ]
    you = (place.x, place.y) if place else None
    return opinion_map(
        _("Opinion map"), _map_sentence(figures), figures.heaps, groups,
        words=MapWords(
            _("Opinion group"), _("People"), _("Share"), _("Everybody"), _("In no group"), _("You"),
            _("People near each other voted alike. Each mark stands for several people."),
            _("The line goes round most of a group."),
        ),
        say_share=words.percent, you=you,
    )  # fmt: skip


def _map_sentence(figures: Figures) -> str:
    if not figures.opinions:
        return _("People stand in one cloud: there are no clear groups.")
    parts = [
        _("%(people)s in group %(letter)s") % {"people": words.people(one.people), "letter": one.letter}
        for one in figures.opinions
    ]
    return _("%(parts)s.") % {"parts": ", ".join(parts)}
