"""The list of letters, and what stands over it: how many went, how many wait, what is due."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..models import Letter
from ..queries import Standing
from ..terms import LetterKind, LetterState, Route

_STATES = [choice for choice in LetterState.choices if choice[0] != LetterState.REPLACED]


def facts_of(visit: Visit, standing: Standing) -> dict[str, Any]:
    """Nine queries or fewer, however many letters."""
    counts = queries.progress_of(standing.document.pk)
    arrived = queries.arrivals(visit.project.pk, standing.document.pk)
    late = rules.a_receipt_goes_out_within_one_working_day(arrived, clock.today(), visit.project.jurisdiction)
    return {
        "thanks_due": len({one.author_id for one in arrived if one.thanked_on is None and not one.in_letter}),
        "answers_due": len(queries.letters_due(visit, standing, LetterKind.ANSWERS)),
        "findings": list(late), "sends_nothing": operations.sends_nothing(), **_numbers(counts),
    }  # fmt: skip


def table_of(visit: Visit, rows: QuerySet[Letter]) -> Table:
    def link(letter: Letter) -> str:
        return reverse("feedback:letter", args=[visit.project.pk, letter.pk])

    return Table(
        rows=rows,
        columns=[
            Column("person", _("To"), value="person.shown_name", sort="person__name", link=link),
            Column("kind", _("Letter"), value=lambda one: LetterKind(one.kind).label, sort="kind"),
            Column("points", _("Points"), value=lambda one: len(one.points), numeric=True),
            Column("route", _("By"), value=lambda one: Route(one.route).label, sort="route"),
            Column("state", _("How it stands"), value=_state, sort="state"),
            Column("sent_on", _("On"), sort="sent_on"),
        ],
        filters=[
            Filter("state", _("How it stands"), _STATES, lambda found, value: found.filter(state=value)),
            Filter("kind", _("Letter"), LetterKind.choices, lambda found, value: found.filter(kind=value)),
        ],
        search=lambda found, words: found.filter(person__name__icontains=words),
        caption=_("Letters"), empty=_("No letters yet"), name="letters",
    )  # fmt: skip


def _state(letter: Letter) -> str:
    label = str(LetterState(letter.state).label)
    return f"{label}: {letter.fault}" if letter.fault else label


def _numbers(counts: dict[tuple[str, str], int]) -> dict[str, int]:
    def of(*states: str, route: str = "") -> int:
        return sum(n for (by, state), n in counts.items() if state in states and route in ("", by))

    return {
        "total": sum(counts.values()),
        "sent": of(LetterState.SENT),
        "failed": of(LetterState.FAILED),
        "unknown": of(LetterState.ON_ITS_WAY),
        "emails_waiting": of(LetterState.WAITING, route=Route.EMAIL),
        "prints_waiting": of(LetterState.WAITING, route=Route.PRINT),
    }
