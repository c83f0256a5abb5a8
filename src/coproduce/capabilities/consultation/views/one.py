"""The page of a consultation inside its project, with live counts."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.core.live import stream_token
from coproduce.ui.plots import Plot, bars
from coproduce.ui.tables import Column, Table

from .. import queries
from ..models import Consultation, Consultee
from ..queries import Counted, Counts
from ..terms import Way
from .common import page_of


@require_GET
def consultation(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """How it stands: what is missing before it opens, and how many replied since."""
    visit, found = queries.consultation_for(request.user, project_id, consultation_id, Purpose.READ)
    live = request.headers.get("X-Part") == "live" and found.is_opened
    page = page_of(visit, found, **_stream(found), **(_counts(found) if found.is_opened else {}))
    if live:
        return render(request, "consultation/_counts.html", page)
    makers, questions = queries.decision_makers_of(found), queries.questions_of(found)
    formats = queries.formats_of(found)
    page |= {
        "findings": queries.readiness(found, questions, formats) if not found.is_opened else [],
        "questions": questions,
        "formats": formats,
        "makers": makers,
        "decides": any(one.person_id == request.user.pk for one in makers),
        "followers": queries.followers_of(found).count(),
    }
    return render(request, "consultation/consultation.html", page)


@require_GET
def state(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """For the page that stands open: how far it has come, and nothing else."""
    _visit, found = queries.consultation_for(request.user, project_id, consultation_id, Purpose.READ)
    return JsonResponse({"seq": found.replies})


@require_GET
def reach(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """The reach table: whom we meant to ask, how each was reached, and how many of their group replied."""
    visit, found = queries.consultation_for(request.user, project_id, consultation_id, Purpose.READ)
    counts = {line.name: line.replies for line in queries.counts(found).by_group}
    table = Table(
        rows=queries.consultees_of(found),
        columns=[
            Column("who", _("Who"), sort="who"),
            Column("way", _("How reached"), value=lambda one: Way(one.way).label),
            Column("reached_on", _("When"), sort="reached_on"),
            Column("people", _("People"), sort="people", numeric=True),
            Column("group", _("Group"), value="group.name"),
            Column(
                "replies", _("Replies of the group"), value=lambda one: _of_group(one, counts), numeric=True
            ),
        ],
        caption=_("Whom we asked"),
        empty=_("Nobody is on the list yet"),
        name="reach",
    )
    return table.respond(
        request, "consultation/reach.html", page_of(visit, found, reached=queries.reached(found))
    )


def _of_group(one: Consultee, counts: dict[Any, int]) -> int | None:
    return counts.get(one.group.name) if one.group else None


def _stream(found: Consultation) -> dict[str, Any]:
    is_live = found.is_opened and not found.is_closed
    return {
        "stream": f"/live/stream/?t={quote(stream_token(found.topic))}" if is_live else "",
        "seq": found.replies,
    }


def _counts(found: Consultation) -> dict[str, Any]:
    counts = queries.counts(found)
    return {"counts": counts, "groups": _groups(counts), "channels": _channels(counts)}


def _groups(counts: Counts) -> Plot | None:
    return _plot(_("Replies by group"), _("Group"), counts.by_group)


def _channels(counts: Counts) -> Plot | None:
    return _plot(_("Replies by channel"), _("Channel"), counts.by_channel)


def _plot(title: str, head: str, lines: list[Counted]) -> Plot | None:
    if not any(line.replies for line in lines):
        return None
    most = max(lines, key=lambda line: line.replies)
    total = sum(line.replies for line in lines)
    words = ngettext("%(total)d reply. Most of them: %(name)s, %(most)d.",
                     "%(total)d replies. Most of them: %(name)s, %(most)d.", total)  # fmt: skip
    said = words % {"total": total, "name": most.name, "most": most.replies}
    return bars(title, said, [(line.name, line.replies) for line in lines], head=(head, _("Replies")))
