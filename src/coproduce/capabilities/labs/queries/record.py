"""The rows of this capability for the record. Access needs and notes on conflicts stay out of it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ..models import AgendaItem, Facilitation, Lab, Turn
from .figures import Figures, figures_of
from .lists import decisions_of, handovers_of, ideas_of, jargon_of, parked_in, project_labs, prototypes_of

Row = dict[str, Any]


def rows_for_record(project_id: UUID) -> Mapping[str, Sequence[Row]]:
    """Labs with the label that who came gives them (R51), and everything that came of them."""
    found = figures_of(project_id, project_labs(project_id).prefetch_related("facilitators"))
    in_lab = {"lab__project_id": project_id}
    return {
        "facilitation": _rows(Facilitation.objects.filter(pk=project_id)),
        "facilitation_handed_on": _rows(handovers_of(project_id).order_by("at", "pk")),
        "labs": [_lab_row(one) for one in found.values()],
        "lab_groups": [row for one in found.values() for row in _group_rows(one)],
        "lab_turns": _rows(Turn.objects.filter(**in_lab).order_by("at", "pk")),
        "lab_agenda": _rows(AgendaItem.objects.filter(**in_lab).order_by("lab", "place", "pk")),
        "lab_ideas": _rows(ideas_of(project_id)),
        "lab_decisions": _rows(decisions_of(project_id)),
        "lab_parked": _rows(parked_in(project_id)),
        "lab_jargon": _rows(jargon_of(project_id)),
        "prototypes": _rows(prototypes_of(project_id)),
    }


def _rows(table: QuerySet[Any]) -> list[Row]:
    return [dict(row) for row in table.values()]


def _lab_row(found: Figures) -> Row:
    lab = found.lab
    row: Row = {field.attname: getattr(lab, field.attname) for field in Lab._meta.concrete_fields}
    row["starts_at"] = f"{lab.starts_at:%H:%M}"
    return row | {
        "label": str(found.label_words),
        "attended": found.attended,
        "citizens": found.mix.citizens,
        "facilitator_ids": [person.pk for person in lab.facilitators.all()],
    }


def _group_rows(found: Figures) -> list[Row]:
    return [
        {
            "lab_id": found.lab.pk,
            "group_id": line.id,
            "label": str(found.label_words),
            "invited": line.invited,
            "attended": line.attended,
            "turns": line.turns,
            "voice_ratio": None if line.voice is None else f"{line.voice:.2f}",
        }
        for line in found.groups
        if line.invited or line.attended or line.turns
    ]
