"""After the seal: the figures, the answers in their reading order, the receipts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.core.findings import Words
from coproduce.ui.plots import Plot, bars, dumbbell, heat_map
from coproduce.ui.tables import Column, Table

from .. import queries
from ..queries import GroupLine, IntentLine, Summary
from ..terms import mean_shown
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
        visit,
        the_round,
        summary=found,
        plots=_plots(found),
        contrast=queries.contrast_words(found.contrast),
        asked=queries.asked(the_round),
        since=queries.since(the_round),
    )
    return table.respond(request, "rounds/summary.html", context)


def _plots(found: Summary) -> dict[str, Plot]:
    plots = {
        "levels": _levels(found),
        "intents": _intents(found),
        "intents_by_group": _intents_by_group(found),
    }
    return plots | ({"movement": _movement(found)} if found.shift else {})


def _levels(found: Summary) -> Plot:
    sentence = _("On average people rate themselves %(me)s and people around them %(around)s.")
    values: list[tuple[Words, float | None, float | None]] = [
        (line.name, line.me, line.around) for line in found.groups
    ]
    return dumbbell(
        _("Me, and people around me"), sentence % {"me": mean_shown(found.me), "around": mean_shown(found.around)},
        [*values, (_("All"), found.me, found.around)],
        head=(_("Group"), _("Level 1 (me)"), _("Level 2 (around me)")), least=-3, most=3, show=mean_shown,
    )  # fmt: skip


def _intents(found: Summary) -> Plot:
    words = _("%(part)s of %(whole)s people named something that the leaders state.")
    values: list[tuple[Words, float | None]] = [(_intent(line), line.people) for line in found.intents]
    return bars(
        _("What people think the leaders want"), words % {"part": found.match.part, "whole": found.match.whole},
        [*values, (_("I do not know"), found.dont_know_people)], head=(_("Intention"), _("People")),
    )  # fmt: skip


def _intent(line: IntentLine) -> str:
    words = _("%(intent)s (stated)") if line.is_stated else _("%(intent)s (not stated)")
    return words % {"intent": line.intent.label}


def _intents_by_group(found: Summary) -> Plot:
    seen = found.seen_not_stated
    sentence = _("Each number is how many people of a group named it.")
    if seen:
        most = max(seen, key=lambda line: line.people)
        sentence = _("%(people)s people see “%(intent)s”, which the leaders do not state.") % {
            "people": most.people, "intent": most.intent.label,
        }  # fmt: skip
    rows: list[tuple[Words, list[float | None]]] = [
        (_intent(line), _by_group(found.groups, line.by_group)) for line in found.intents
    ]
    rows.append((_("I do not know"), _by_group(found.groups, found.dont_know)))
    return heat_map(
        _("Intention by group"), sentence, [group.code for group in found.groups], rows, corner=_("Intention")
    )


def _by_group(groups: list[GroupLine], counts: dict[str, int]) -> list[float | None]:
    return [counts.get(group.code, 0) for group in groups]


def _movement(found: Summary) -> Plot:
    shift = found.shift
    assert shift is not None
    words = _("After the reading %(moved)s of %(people)s people gave themselves another rating.")
    return bars(
        _("How people moved"), words % {"moved": shift.moved, "people": shift.people},
        [(_("Higher"), shift.up), (_("The same"), shift.people - shift.moved), (_("Lower"), shift.down)],
        head=(_("Second rating"), _("People")),
    )  # fmt: skip


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
