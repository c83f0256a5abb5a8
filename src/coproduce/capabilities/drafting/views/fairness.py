"""Whose suggestions were taken in: the fairness table, and what it may say."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.sheets import as_csv
from coproduce_engine.what_may_be_said import FEWEST_FOR_A_TEST, FEWEST_IN_A_CELL

from .. import queries
from ..models import Document
from ..rules.behind import TAKEN_IN, WAITING
from ..rules.fairness import Fairness, Line, fairness_of
from ..terms import SUGGESTION
from .behind import opened, public
from .common import page_of

if TYPE_CHECKING:
    from coproduce_engine.checks import Interval

SELDOM = 0.05


@require_GET
def fairness(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    found = fairness_of(*queries.counted(document, public()))
    lines = [*found.groups, found.everyone]
    if request.GET.get("format") == "csv":
        return as_csv("fairness", _head(), [_cells(line) for line in lines])
    page = page_of(
        visit, document, "suggestions", found=found, head=_head(), sentences=[*sentences(found)],
        rows=[_linked(document, line) for line in lines],
    )  # fmt: skip
    return render(request, "drafting/fairness.html", page)


def sentences(found: Fairness) -> list[str]:
    """What the table says, and what it does not."""
    return [words for words in (_overall(found), _ends(found), _chance(found), _silence(found)) if words]


def _overall(found: Fairness) -> str:
    line = found.everyone
    words = ngettext(
        "%(part)s of %(whole)s suggestion was taken in: accepted, or in part.",
        "%(part)s of %(whole)s suggestions were taken in: accepted, or in part.",
        line.made,
    ) % {"part": line.taken_in, "whole": line.made}
    if not line.waiting:
        return words
    waiting = ngettext(
        "%(n)s waits for an answer and counts as not taken in.",
        "%(n)s wait for an answer and count as not taken in.",
        line.waiting,
    )
    return f"{words} {waiting % {'n': line.waiting}}"


def _ends(found: Fairness) -> str:
    """The largest and the smallest share, of groups that made enough for one."""
    named = [(line.percent, line) for line in found.groups if line.percent is not None]
    if len(named) < 2:
        return ""
    most, least = max(named, key=lambda one: one[0])[1], min(named, key=lambda one: one[0])[1]
    if most.percent == least.percent:
        return _("Every group with enough suggestions had the same share taken in.")
    words = _("Taken in most: “%(most)s”, %(m)s of %(mm)s. Least: “%(least)s”, %(l)s of %(ll)s.")
    return words % {
        "most": most.group, "m": most.taken_in, "mm": most.made,
        "least": least.group, "l": least.taken_in, "ll": least.made,
    }  # fmt: skip


def _chance(found: Fairness) -> str:
    if found.p is None:
        words = _("With fewer than %(fewest)s suggestions, or one group only, groups cannot be compared.")
        return words % {"fewest": FEWEST_FOR_A_TEST}
    if found.p <= SELDOM:
        words = _(
            "Chance alone would seldom make groups differ as much (p\u00a0=\u00a0%(p)s). The table does not say why: "
            "groups ask for different things. Read the reasons."
        )
    else:
        words = _(
            "Chance alone could make groups differ as much (p\u00a0=\u00a0%(p)s), so we do not read more into it."
        )
    return words % {"p": _p(found.p)}


def _silence(found: Fairness) -> str:
    if all(line.made >= FEWEST_FOR_A_TEST for line in found.groups):
        return ""
    words = _(
        "Where a group made fewer than %(few)s suggestions we show the counts and no share: one more or less would "
        "change it too much. Below %(test)s we show no range."
    )
    return words % {"few": FEWEST_IN_A_CELL, "test": FEWEST_FOR_A_TEST}


def _p(p: float) -> str:
    return _("less than 0.001") if p < 0.001 else f"{p:.3f}" if p < SELDOM else f"{p:.2f}"


def _head() -> list[str]:
    return [
        _("Group"), _("People"), _("Suggestions"), _("Taken in"), _("Share taken in"), _("95% range of the share"),
        _("Not answered yet"),
    ]  # fmt: skip


def _cells(line: Line) -> list[Any]:
    return [
        line.group or _("Everyone"), line.people, line.made, line.taken_in, _share(line), _range(line.interval),
        line.waiting,
    ]  # fmt: skip


def _linked(document: Document, line: Line) -> list[Any]:
    """The same with each count leading to its rows."""
    name, people, made, taken_in, share, interval, waiting = _cells(line)
    group = {"group": line.group}
    return [
        name,
        opened(document, people, _("people of “%(group)s”") % {"group": name}, sort="author", **group),
        opened(document, made, _("suggestions of “%(group)s”") % {"group": name}, **group),
        opened(document, taken_in, _("taken in of “%(group)s”") % {"group": name}, answer=TAKEN_IN, **group),
        share,
        interval,
        opened(
            document, waiting, _("not answered of “%(group)s”") % {"group": name}, answer=WAITING, **group
        ),
    ]


def _share(line: Line) -> str:
    if line.percent is None:
        return _("fewer than five suggestions")
    return f"{line.percent:.1f}%"


def _range(interval: "Interval | None") -> str:
    if interval is None:
        return "–"
    words = _("%(low)s%% to %(high)s%%")
    return words % {"low": f"{100 * interval.low:.0f}", "high": f"{100 * interval.high:.0f}"}
