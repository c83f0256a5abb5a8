"""After the seal: the figures, the answers in their reading order, the receipts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.tables import Column, Table

from .. import queries
from ..terms import ANSWERS, mean_shown
from . import pictures
from .columns import answer_columns
from .running import page

_PAGE_SIZE = 30


@require_GET
def summary(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """For everyone in the project, observers included: figures, no words."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.READ)
    found = queries.summary(the_round)
    table = Table(
        rows=found.groups,
        columns=[
            Column("name", _("Group")),
            Column("invited", _("Invited"), value="response.whole", numeric=True),
            Column("on_time", _("Sealed on time"), value="response.part", numeric=True),
            Column("me", _("Mean level 1 (me)"), value=lambda line: mean_shown(line.me), numeric=True),
            Column(
                "around",
                _("Mean level 2 (around me)"),
                value=lambda line: mean_shown(line.around),
                numeric=True,
            ),
            # Means only where people rated.
        ][: 5 if the_round.asks_ratings else 3],
        caption=_("Answers by group"),
        empty=_("Nobody was invited"),
        name="round-summary",
    )
    context = page(
        visit, the_round,
        summary=found,
        plots=pictures.of_levels(found) | pictures.of_intentions(found, visit.may(ANSWERS, Purpose.READ)),
        shared=queries.saying.shared_view(found.shared),
        leaders=queries.saying.leaders_gap(found.shared),
        moves=pictures.of_movements(found),
        contrast=queries.contrast_words(found.contrast),
        asked=queries.asked(the_round),
        since=queries.since(the_round),
    )  # fmt: skip
    return table.respond(request, "rounds/summary.html", context)


@require_GET
def answers(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """R23, R28: every answer in its author's words, in the order of the reading."""
    visit, the_round = queries.opened_round_for(request.user, project_id, round_id)
    reading = queries.reading(the_round)
    invitation = queries.invitation_of(the_round, request.user)
    table = Table(
        rows=[*enumerate(reading.order, 1), *((None, reader) for reader in reading.late)],
        columns=answer_columns(the_round),
        caption=_("Answers"),
        name="answers",
        page_size=_PAGE_SIZE,
    )
    context = page(
        visit,
        the_round,
        reading=reading,
        may_answer=invitation if the_round.takes_second_answers and not the_round.in_turns else None,
    )
    return table.respond(request, "rounds/answers.html", context)


@require_GET
def reading_pack(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """All answers to print, in the order of the reading: an answer a page, or one after another."""
    visit, the_round = queries.opened_round_for(request.user, project_id, round_id)
    reading = queries.reading(the_round)
    readers = [*enumerate(reading.order, 1), *((None, reader) for reader in reading.late)]
    one_a_page = request.GET.get("layout") != "continuous"
    context = page(visit, the_round, reading=reading, readers=readers, one_a_page=one_a_page)
    return render(request, "rounds/pack.html", context)


@require_GET
def receipts(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """What the root covers: everyone can find their own receipt."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.READ)
    rows = queries.receipts(the_round)
    table = Table(
        rows=rows,
        columns=[Column("receipt", _("Receipt")), Column("commitment", _("Commitment"))],
        caption=_("Receipts"),
        empty=_("Nobody answered"),
        search=lambda answers, words: [one for one in answers if words.upper() in one.receipt],
        search_label=_("Find a receipt"),
        name="receipts",
        page_size=100,
    )
    return table.respond(request, "rounds/receipts.html", page(visit, the_round))
