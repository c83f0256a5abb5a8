"""Who facilitates and who pays for it, handing it on, and what went wrong between people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coproduce.capabilities.plans import queries as plans
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import ConflictNote, Facilitation, HandedOn

FIELDS = ("paid_by", "interests", "statement", "co_facilitator_id", "target_percent", "training")


@operation
def declare_facilitation(
    *, by: Any, project_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> Facilitation:
    """Declare who pays the facilitator, what interests they have, and how the skill is handed on."""
    queries.visit_facilitation(by, project_id, Purpose.RUN)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"This operation does not change {', '.join(sorted(unknown))}.")
    declared = queries.facilitation_of(project_id)
    before = _facts(declared)
    for name, value in changes.items():
        setattr(declared, name, value)
    if declared.co_facilitator_id and declared.co_facilitator_id not in plans.members_by_id(project_id):
        raise NotThere
    settle(rules.the_share_is_a_share(declared.target_percent))
    declared.save()
    record(
        by=by, verb="labs.declare_facilitation", thing=declared, project_id=project_id, before=before,
        after=_facts(declared),
    )  # fmt: skip
    return declared


@operation
def hand_on(
    *, by: Any, project_id: UUID, from_person: Any, to_person: Any, what: str, key: UUID | None = None
) -> HandedOn:
    """Keep in the log that facilitation, or a part of it, passed from one person to another."""
    queries.visit_facilitation(by, project_id, Purpose.RUN)
    known = plans.members_by_id(project_id)
    if from_person.pk not in known or to_person.pk not in known:
        raise NotThere
    settle(rules.a_handover_is_told(what, same=from_person.pk == to_person.pk))
    handed = HandedOn(
        project_id=project_id, from_person=from_person, to_person=to_person, what=what, by=by, at=clock.now()
    )
    handed.save(force_insert=True)
    record(
        by=by, verb="labs.hand_on", thing=handed, project_id=project_id,
        after={"from_person_id": from_person.pk, "to_person_id": to_person.pk, "what": what},
    )  # fmt: skip
    return handed


@operation
def note_conflict(
    *, by: Any, project_id: UUID, lab_id: UUID, words: str, key: UUID | None = None
) -> ConflictNote:
    """Keep a note for those who run the project. The ledger, which all may read, says only that there is one."""
    _visit, lab = queries.conflict_notes_for(by, project_id, lab_id, Purpose.RUN)
    settle(rules.it_has_words(words))
    note = ConflictNote(lab=lab, words=words, by=by, at=clock.now())
    note.save(force_insert=True)
    record(by=by, verb="labs.note_conflict", thing=note, project_id=project_id, after={"lab": lab.code})
    return note


def _facts(declared: Facilitation) -> dict[str, Any]:
    return {name: getattr(declared, name) for name in FIELDS}
