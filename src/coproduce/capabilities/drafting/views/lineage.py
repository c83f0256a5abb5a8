"""From suggestions to versions, as a picture with its table: where each group's suggestions went."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.plots import Plot
from coproduce.ui.plots_flow import FlowWords, flow

from .. import queries
from ..models import Document
from ..rules import behind as chosen
from ..rules.lineage import NEXT_VERSION, WAITING, WITHDRAWN, End, Lineage, landed, lineage_of
from ..terms import VERSION, Outcome
from .behind import opened, public
from .common import address, page_of


@require_GET
def lineage(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, VERSION)
    versions = queries.versions_of(document.pk)
    found = queries.counted(document, public(), versions)
    streams = lineage_of(*found)
    page = page_of(
        visit, document, "versions", picture=picture(document, streams) if streams.total else None,
        versions=list(_versions(document, versions, landed(found.facts))),
    )  # fmt: skip
    return render(request, "drafting/lineage.html", page)


def _versions(document: Document, versions: list[Any], counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Each version with what it took in, and the way to what changed since the one before."""
    for at, one in enumerate(versions):
        taken = counts.get(str(one), 0)
        since = {"old": versions[at - 1], "new": one} if at else {}
        yield {
            "version": one,
            "taken": opened(document, taken, answer=chosen.TAKEN_IN, version=str(one)),
            "changes": address("compare", document.project_id, document.pk, **since) if at else "",
            "before": versions[at - 1] if at else None,
        }


def picture(document: Document, streams: Lineage) -> Plot:
    """How wide each band is says how many suggestions went there."""
    counts = [[streams.of(group, end) for end in streams.ends] for group in streams.groups]
    words = FlowWords(_("From"), _("To"), _("All"), _("Others"))
    return flow(
        _("From suggestions to versions"), sentence(streams), streams.groups,
        [end_in_words(end) for end in streams.ends], counts, words=words, cells=_cells(document, streams),
    )  # fmt: skip


def sentence(streams: Lineage) -> str:
    """Where they went, counted."""
    ends = [(end, sum(streams.of(group, end) for group in streams.groups)) for end in streams.ends]
    total = ngettext("Of %(n)s suggestion", "Of %(n)s suggestions", streams.total) % {"n": streams.total}
    went = [_("%(n)s went to “%(end)s”") % {"n": n, "end": end_in_words(end)} for end, n in ends]
    return _("%(total)s, %(went)s.") % {"total": total, "went": ", ".join(went)}


def end_in_words(end: End) -> str:
    if end.version:
        return _("Version %(number)s") % {"number": end.version}
    return {
        NEXT_VERSION: _("The next version"), WAITING: _("Not answered yet"), WITHDRAWN: _("Withdrawn"),
        str(Outcome.PASSED_ON): _("Passed on"), str(Outcome.DECLINED): _("Declined"),
    }[end.answer]  # fmt: skip


def _cells(document: Document, streams: Lineage) -> list[list[Any]]:
    """The numbers of the table, each with the way to its suggestions; the last row and column are the sums."""
    rows = [_row(document, streams, group) for group in streams.groups]
    return [*rows, _row(document, streams, "")]


def _row(document: Document, streams: Lineage, group: str) -> list[Any]:
    of = [group] if group else streams.groups
    cells = [
        opened(document, sum(streams.of(one, end) for one in of), group=group, **_selection(end))
        for end in streams.ends
    ]
    everything = sum(streams.of(one, end) for one in of for end in streams.ends)
    return [*cells, opened(document, everything, group=group)]


def _selection(end: End) -> dict[str, str]:
    """What the list behind a number is asked for."""
    if end.version:
        return {"answer": chosen.TAKEN_IN, "version": end.version}
    answers = {NEXT_VERSION: chosen.NEXT, WAITING: chosen.WAITING, WITHDRAWN: chosen.WITHDRAWN}
    return {"answer": answers.get(end.answer, end.answer)}
