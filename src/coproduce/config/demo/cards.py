"""The example people as cards to click: those who lead first, then each group."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.people import queries as seats
from coproduce.capabilities.projects import queries as projects
from coproduce.core.findings import Words


@dataclass(frozen=True)
class Card:
    person: Any
    code: str
    about: Words


def by_group() -> list[tuple[Words, list[Card]]]:
    """(heading, cards) for each group of the example project."""
    project = projects.first_project()
    if project is None:
        return []
    leading = [Card(person, "", _("Facilitator")) for person in projects.facilitators_of(project.pk)]
    placed = sorted(seats.seats_of(project.pk), key=lambda seat: (seat.main_group.code, seat.code))
    managers = {person.pk for person in projects.managers_of(project.pk)}
    groups: list[tuple[Words, list[Card]]] = [(_("People who lead the work"), leading)]
    for group, members in groupby(placed, key=lambda seat: seat.main_group):
        cards = [
            Card(seat.person, seat.code, _("Manager") if seat.person_id in managers else "")
            for seat in members
        ]
        groups.append((group.name, cards))
    return groups


def known() -> set[UUID]:
    return {card.person.pk for _heading, cards in by_group() for card in cards}
