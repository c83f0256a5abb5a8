"""The agenda of a lab, which is also the script of the session: steps with minutes and an owner."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.plans import queries as plans
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import AgendaItem

WORDS = ("minutes", "title", "words", "owner_id")


@operation
def add_agenda_item(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    title: str,
    minutes: int,
    words: str = "",
    owner: Any = None,
    key: UUID | None = None,
) -> AgendaItem:
    """Add a step at the end."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    settle(rules.it_has_words(title, "title"))
    there = list(queries.agenda_of(lab))
    item = AgendaItem(
        lab=lab, place=there[-1].place + 1 if there else 1, minutes=minutes, title=title, words=words,
        owner=_member(project_id, owner),
    )  # fmt: skip
    item.save(force_insert=True)
    record(by=by, verb="labs.add_agenda_item", thing=item, project_id=project_id, after=_facts(item))
    return item


@operation
def change_agenda_item(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    item_id: UUID,
    title: str,
    minutes: int,
    words: str = "",
    owner: Any = None,
    key: UUID | None = None,
) -> AgendaItem:
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    item = queries.item_in(lab, item_id)
    settle(rules.it_has_words(title, "title"))
    before = _facts(item)
    item.title, item.minutes, item.words, item.owner = title, minutes, words, _member(project_id, owner)
    item.save(update_fields=["title", "minutes", "words", "owner"])
    record(
        by=by, verb="labs.change_agenda_item", thing=item, project_id=project_id, before=before,
        after=_facts(item),
    )  # fmt: skip
    return item


@operation
def move_agenda_item(
    *, by: Any, project_id: UUID, lab_id: UUID, item_id: UUID, down: bool, key: UUID | None = None
) -> AgendaItem:
    """Change places with the next step, or with the one before; at the end of the list nothing moves."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    item = queries.item_in(lab, item_id)
    there = list(queries.agenda_of(lab))
    at = next(place for place, one in enumerate(there) if one.pk == item.pk)
    to = min(max(at + (1 if down else -1), 0), len(there) - 1)
    there.insert(to, there.pop(at))
    for place, one in enumerate(there, 1):
        one.place = place
    AgendaItem.objects.bulk_update(there, ["place"])
    record(
        by=by, verb="labs.move_agenda_item", thing=item, project_id=project_id,
        before={"order": at + 1}, after={"order": to + 1, "lab": lab.code},
    )  # fmt: skip
    return item


@operation
def remove_agenda_item(
    *, by: Any, project_id: UUID, lab_id: UUID, item_id: UUID, key: UUID | None = None
) -> Any:
    """Take a step out; the ledger keeps what it was. After the lab the agenda is history and stays."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    item = queries.item_in(lab, item_id)
    if lab.is_held:
        raise NotThere
    record(
        by=by, verb="labs.remove_agenda_item", thing=lab, project_id=project_id,
        before={"agenda_item": _facts(item)}, after={"agenda_item": None},
    )  # fmt: skip
    item.delete()
    return lab


def _member(project_id: UUID, owner: Any) -> Any:
    if owner is not None and owner.pk not in plans.members_by_id(project_id):
        raise NotThere
    return owner


def _facts(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in WORDS}
