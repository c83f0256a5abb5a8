"""What a figure says, in words."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..terms import Commitment, Limits, Measure, Miss, Point, PointKind

_Sayer = Callable[[Measure, Sequence[Point], Limits], str]


def figure_of(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    """The number and the sentence of one commitment."""
    return _SAYERS[measure.commitment](measure, points, limits) if points else _("Nothing to measure yet.")


def limit_of(commitment: Commitment, limits: Limits) -> str:
    """The setting that decides, where there is one."""
    if commitment == Commitment.INFORMED:
        return _("Enough updates: %(percent)d%% of those planned.") % {"percent": limits.updates_percent}
    if commitment == Commitment.ANSWERED:
        return _("On time: %(percent)d%% of the answers.") % {"percent": limits.on_time_percent}
    if commitment == Commitment.REVIEWED:
        months = ngettext("%(months)d month", "%(months)d months", limits.review_months)
        return _("Looked at again within %(time)s.") % {"time": months % {"months": limits.review_months}}
    return ""


def _early(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    foreword = next((one for one in points if one.kind == PointKind.FOREWORD), None)
    if foreword is None or foreword.first is None or foreword.second is None:
        return _("The foreword is not shared.")
    return f"{_shared((foreword.second - foreword.first).days)} {_aims(points)}".strip()


def _shared(days: int) -> str:
    if not days:
        return _("The foreword was shared on day 0, the day of the start.")
    words = ngettext(
        "The foreword was shared %(days)d day after the start.",
        "The foreword was shared %(days)d days after the start.",
        days,
    )
    return words % {"days": days}


def _aims(points: Sequence[Point]) -> str:
    aims = [str(one.what) for one in points if one.kind == PointKind.AIM and one.holds]
    return _("Stated: %(aims)s.") % {"aims": ", ".join(aims)} if aims else ""


def _informed(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    facts = _counts(points, PointKind.PART) | {"sent": 0, "planned": 0}
    facts["sent"], facts["planned"] = _holding(points, PointKind.UPDATE)
    parts = _("%(part)d of %(whole)d parts have both dates.") % facts
    if not facts["planned"]:
        return parts
    return parts + " " + _("%(sent)d of %(planned)d planned updates were sent.") % facts


def _owned(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    return "; ".join(f"{one.ref}: {one.what}" for one in points) + "."


def _tracked(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    facts = _counts(points, PointKind.VERSION)
    versions = _("%(part)d of %(whole)d versions have author and summary.") % facts
    actions = _("%(part)d of %(whole)d actions have real dates.") % _counts(points, PointKind.ACTION)
    return f"{versions} {actions}"


def _considered(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    return _("%(part)d of %(whole)d suggestions have a person or group, a date and a place.") % {
        "part": measure.part, "whole": measure.whole,
    }  # fmt: skip


def _answered(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    if not measure.whole:
        return _("No answer is due yet.")
    facts = {"part": measure.part, "whole": measure.whole, "percent": measure.percent}
    said = [_("%(part)d of %(whole)d answers came on time (%(percent)s%%).") % facts]
    for miss, words in (
        (Miss.NO_ANSWER, _("Without an answer: %(count)d.")), (Miss.NO_REASON, _("Without a reason: %(count)d.")),
        (Miss.NO_FIGURES, _("Without figures: %(count)d.")),
    ):  # fmt: skip
        count = sum(miss in one.misses for one in points)
        if count:
            said.append(words % {"count": count})
    return " ".join(said)


def _thanked(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    covered = sum(Miss.NOT_COVERED not in one.misses for one in points)
    unthanked = sum(Miss.NOT_THANKED in one.misses for one in points)
    said = _("%(part)d of %(whole)d suggestions are covered in public.") % {
        "part": covered, "whole": len(points),
    }  # fmt: skip
    thanks = (
        _("Not thanked: %(count)d.") % {"count": unthanked}
        if unthanked
        else _("Everyone who can be thanked was thanked.")
    )
    return f"{said} {thanks}"


def _reviewed(measure: Measure, points: Sequence[Point], limits: Limits) -> str:
    return _("%(part)d of %(whole)d have a review date in time.") % {
        "part": measure.part, "whole": measure.whole,
    }  # fmt: skip


def _holding(points: Sequence[Point], kind: PointKind) -> tuple[int, int]:
    mine = [one for one in points if one.kind == kind]
    return sum(one.holds for one in mine), len(mine)


def _counts(points: Sequence[Point], kind: PointKind) -> dict[str, int]:
    part, whole = _holding(points, kind)
    return {"part": part, "whole": whole}


_SAYERS: dict[Commitment, _Sayer] = {
    Commitment.EARLY: _early, Commitment.INFORMED: _informed, Commitment.OWNED: _owned,
    Commitment.TRACKED: _tracked, Commitment.CONSIDERED: _considered, Commitment.ANSWERED: _answered,
    Commitment.THANKED: _thanked, Commitment.REVIEWED: _reviewed,
}  # fmt: skip
