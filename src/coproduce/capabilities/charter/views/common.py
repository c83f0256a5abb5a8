"""What the pages of a charter share."""

from typing import Any

from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.ui.components import component
from coproduce.ui.plots import Plot, dumbbell

from .. import queries, rules
from ..queries import Scorecard, Tile, View
from ..terms import BREACH, CHARTER, HIGHEST_VIEW, LOWEST_VIEW, Score


def page_of(visit: Visit, **more: Any) -> dict[str, Any]:
    inside = visit.may(CHARTER, Purpose.READ)
    return {
        "visit": visit, "section": "charter", "inside": inside,
        "layout": "projects/page.html" if inside else "ui/page.html",
        "may_run": visit.may(CHARTER, Purpose.RUN), "may_sign": visit.may(CHARTER, Purpose.SIGN),
        "may_answer": visit.may(BREACH, Purpose.DECIDE), "may_view": queries.may_start_view(visit), **more,
    }  # fmt: skip


def tiles_of(card: Scorecard) -> list[dict[str, Any]]:
    """Each commitment as it is shown: the tag, the number and the sentence, and what participants say."""
    limits = card.gathered.limits
    return [
        {
            "tile": tile, "measure": tile.measure, "tag": met_tag(tile.measure.met),
            "figure": rules.figure_of(tile.measure, tile.points, limits),
            "limit": rules.limit_of(tile.commitment, limits), "view": view_words(tile.view),
        }
        for tile in card.tiles
    ]  # fmt: skip


def met_tag(met: bool | None) -> Any:
    words, colour = {
        True: (_("Met"), "green"), False: (_("Not met"), "red"), None: (_("Not yet measured"), "grey"),
    }[met]  # fmt: skip
    return component("tag", {"text": words, "classes": f"govuk-tag--{colour}"})


def view_words(view: View) -> str:
    if not view.answers:
        return ""
    if view.mean is None:
        return _("Fewer than five answers: not shown.")
    return _("%(mean).1f of 4, from %(answers)d answers") % {"mean": view.mean, "answers": view.answers}


def score_words(score: Score) -> str:
    facts = {"met": score.met, "of": score.of}
    return _("%(met)d of %(of)d commitments are met.") % facts if score.of else _("Nothing to measure yet.")


def plot_of(card: Scorecard) -> Plot | None:
    """Record and experience on one scale; nothing before the view is open."""
    if card.views.lowest is None:
        return None
    values = [(tile.measure.short, _record(tile), _rounded(tile.view.mean)) for tile in card.tiles]
    head = (_("Commitment"), _("The record"), _("Participants"))
    title = _("What the records show, and what people say")
    return dumbbell(
        title,
        lowest_words(card),
        values,
        head=head,
        least=LOWEST_VIEW,
        most=HIGHEST_VIEW,
        show=_one_place,
    )


def _one_place(number: float) -> str:
    # The end of the scale stands at the edge of the picture, where a longer number is cut.
    return f"{number:.1f}".removesuffix(".0")


def lowest_words(card: Scorecard) -> str:
    """The lowest in words, from both sides."""
    lowest = card.views.lowest
    if lowest is None:
        return ""
    mean = card.views.of(lowest).mean
    said = _("Participants give commitment %(number)d the lowest mark: %(mean).1f of 4.") % {
        "number": lowest.value, "mean": mean,
    }  # fmt: skip
    unmet = [str(one.commitment.value) for one in card.measures if one.met is False]
    if unmet == [str(lowest.value)]:
        return said + " " + _("It is also the one that the records show as not met.")
    if unmet:
        return said + " " + _("The records show as not met: %(numbers)s.") % {"numbers": ", ".join(unmet)}
    return said + " " + _("The records show none as not met.")


def _record(tile: Tile) -> float | None:
    """The share of rows that hold, on the scale of the participants."""
    percent = tile.measure.percent
    return None if percent is None else round(percent * HIGHEST_VIEW / 100, 1)


def _rounded(mean: float | None) -> float | None:
    return None if mean is None else round(mean, 1)
