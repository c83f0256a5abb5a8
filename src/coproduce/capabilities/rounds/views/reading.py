"""After the seal: the figures, the answers in their reading order, the receipts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.tables import Column, Table

from .. import queries
from ..queries import Reader
from ..terms import ANSWERS, mean_shown
from . import pictures
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
        ],
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
        columns=_answer_columns(),
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


def _answer_columns() -> list[Column]:
    def of(read: Any) -> Any:
        return lambda row: read(row[1])

    return [
        Column("place", _("Place in the reading"), value=lambda row: row[0], numeric=True),
        Column("person", _("Person"), value=of(lambda one: one.invitation.person.shown_name)),
        Column("group", _("Group"), value=of(lambda one: one.invitation.group_name)),
        Column("late", _("Late"), value=of(lambda one: one.opened.is_late)),
        Column("channel", _("Channel"), value=of(lambda one: one.opened.answer.get_channel_display())),
        Column("me", _("Level 1 rating"), value=of(lambda one: one.opened.me_rating), numeric=True),
        Column("me_words", _("Level 1 words"), value=of(lambda one: one.opened.written.me.words)),
        Column("around", _("Level 2 rating"), value=of(lambda one: one.opened.around_rating), numeric=True),
        Column("around_words", _("Level 2 words"), value=of(lambda one: one.opened.written.around.words)),
        Column("intents", _("Intention"), value=of(_picked)),
        Column(
            "intention_words", _("Level 3 words"), value=of(lambda one: one.opened.written.intention.words)
        ),
        Column("question", _("Question"), value=of(lambda one: one.opened.written.question)),
        Column("second_me", _("Second level 1 rating"), value=of(_second("me_rating")), numeric=True),
        Column("second_around", _("Second level 2 rating"), value=of(_second("around_rating")), numeric=True),
        Column("second_words", _("Second words"), value=of(_second("words"))),
    ]


def _picked(one: Reader) -> str:
    return "; ".join(str(label) for label in one.opened.written.intention.labels)


def _second(name: str) -> Any:
    return lambda one: getattr(one.second, name, None)


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
