"""The list of letters, and what stands over it: how many went, how many wait, what is due."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, rules
from ..models import Letter
from ..queries import Owed
from ..terms import LetterKind, LetterState, Route

_STATES = [choice for choice in LetterState.choices if choice[0] != LetterState.REPLACED]


def facts_of(visit: Visit, owed: Owed) -> dict[str, Any]:
    """How far it has come, and who is still to be written to; six queries, however many letters."""
    today, nation = clock.today(), visit.project.jurisdiction
    return {
        "thanks_due": len({one.author_id for one in owed.arrived if one.is_owed}),
        "answers_due": len(owed.due(LetterKind.ANSWERS)),
        "findings": list(rules.a_receipt_goes_out_within_one_working_day(owed.arrived, today, nation)),
        "sends_nothing": operations.sends_nothing(),
        **_numbers(Counter((one.route, one.state) for one in owed.letters)),
    }


def table_of(visit: Visit, letters: list[Letter]) -> Table:
    def link(letter: Letter) -> str:
        return reverse("feedback:letter", args=[visit.project.pk, letter.pk])

    return Table(
        rows=letters,
        columns=[
            Column("person", _("To"), value="person.shown_name", sort="person.shown_name", link=link),
            Column("kind", _("Letter"), value=lambda one: LetterKind(one.kind).label, sort="kind"),
            Column("points", _("Points"), value=lambda one: len(one.points), numeric=True),
            Column("route", _("By"), value=lambda one: Route(one.route).label, sort="route"),
            Column("state", _("How it stands"), value=_state, sort="state"),
            Column("sent_on", _("On"), sort="sent_on"),
        ],
        filters=[
            Filter("state", _("How it stands"), _STATES, _having("state")),
            Filter("kind", _("Letter"), LetterKind.choices, _having("kind")),
        ],
        search=_named,
        caption=_("Letters"), empty=_("No letters yet"), name="letters",
    )  # fmt: skip


def _having(name: str) -> Callable[[list[Letter], str], list[Letter]]:
    return lambda letters, value: [one for one in letters if getattr(one, name) == value]


def _named(letters: list[Letter], words: str) -> list[Letter]:
    return [one for one in letters if words.casefold() in one.person.shown_name.casefold()]


def _state(letter: Letter) -> str:
    label = str(LetterState(letter.state).label)
    return f"{label}: {letter.fault}" if letter.fault else label


def _numbers(counts: Counter[tuple[str, str]]) -> dict[str, int]:
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
