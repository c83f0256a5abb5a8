"""What actions and standing commitments carry on, and what is carried on by them."""

import re
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.drafting import queries as drafting
from coproduce.core.findings import Finding, Words
from coproduce.ui.onward import Onward

from .. import rules
from ..models import Action, Link, StandingCommitment
from ..rules import Promise
from ..terms import LinkedKind, LinkTo

_SEPARATORS = re.compile(r"[\s,;]+")


def links_of(action: Action) -> QuerySet[Link]:
    return Link.objects.filter(action=action).order_by("linked_kind", "linked_ref")


def links_of_commitment(commitment: StandingCommitment) -> QuerySet[Link]:
    return Link.objects.filter(commitment=commitment).order_by("linked_kind", "linked_ref")


def refs_by_action(project_id: UUID) -> dict[UUID, list[str]]:
    """The refs that each action carries; one query."""
    found: dict[UUID, list[str]] = {}
    rows = Link.objects.filter(action__project_id=project_id).order_by("linked_kind", "linked_ref")
    for action_id, ref in rows.values_list("action_id", "linked_ref"):
        found.setdefault(action_id, []).append(ref)
    return found


def refs_by_commitment(project_id: UUID) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = Link.objects.filter(commitment__project_id=project_id).order_by("linked_kind", "linked_ref")
    for commitment_id, ref in rows.values_list("commitment_id", "linked_ref"):
        found.setdefault(commitment_id, []).append(ref)
    return found


def links_to(kind: str, ids: Collection[UUID]) -> dict[UUID, list[Action | StandingCommitment]]:
    """What carries each of these on, by its id: actions, then standing commitments; one query."""
    found: dict[UUID, list[Action | StandingCommitment]] = {}
    rows = Link.objects.filter(linked_kind=kind, linked_id__in=ids).select_related("action", "commitment")
    for row in rows:
        carrier = row.action or row.commitment
        if carrier:
            found.setdefault(row.linked_id, []).append(carrier)
    return {pk: sorted(carriers, key=_in_order) for pk, carriers in found.items()}


def _in_order(carrier: Action | StandingCommitment) -> tuple[bool, int]:
    return isinstance(carrier, StandingCommitment), carrier.number


def carried_ids(project_id: UUID) -> set[UUID]:
    """Everything that some action or standing commitment of the project carries on."""
    rows = Link.objects.filter(Q(action__project_id=project_id) | Q(commitment__project_id=project_id))
    return set(rows.values_list("linked_id", flat=True))


def promises_without_action(
    project_id: UUID, promises: Iterable[Promise], *, at_sign_off: bool = False
) -> list[Finding]:
    """R64: the caller says what was promised (`pk`, `ref`); here is what nothing carries."""
    carried = carried_ids(project_id)
    return list(rules.promises_are_carried(promises, carried=carried, at_sign_off=at_sign_off))


def onward_from_barriers(project_id: UUID, barrier_ids: Collection[UUID]) -> dict[UUID, list[Onward]]:
    """For pages of barriers: the actions and standing commitments that carry each on."""
    return _onward(project_id, LinkedKind.BARRIER, barrier_ids)


def onward_from_suggestion(project_id: UUID, suggestion_id: UUID) -> list[Onward]:
    """For the page of a suggestion: the actions and standing commitments that keep its promise."""
    return _onward(project_id, LinkedKind.SUGGESTION, [suggestion_id])[suggestion_id]


def _onward(project_id: UUID, kind: LinkedKind, ids: Collection[UUID]) -> dict[UUID, list[Onward]]:
    carriers = links_to(kind, ids)
    return {
        pk: [_link(project_id, one) for one in carriers.get(pk, []) if one.project_id == project_id]
        for pk in ids
    }


def _link(project_id: UUID, carrier: Action | StandingCommitment) -> Onward:
    state = carrier.get_status_display() if isinstance(carrier, Action) else _result_words(carrier)
    return Onward(_kind_words(carrier), carrier.ref, carrier.what, href_of(project_id, carrier), state)


def _result_words(commitment: StandingCommitment) -> Words:
    """What the last check found; before the first there is nothing to say."""
    return commitment.get_last_result_display() if commitment.last_result else ""


def _kind_words(carrier: Action | StandingCommitment) -> Words:
    return _("Action") if isinstance(carrier, Action) else _("Standing commitment")


def href_of(project_id: UUID, carrier: Action | StandingCommitment) -> str:
    page = "plans:action" if isinstance(carrier, Action) else "plans:commitment"
    return reverse(page, args=[project_id, carrier.pk])


def find_links(project_id: UUID, typed: str) -> tuple[list[LinkTo], list[str]]:
    """“S08, B01” as links, and whatever of it names nothing here."""
    found: list[LinkTo] = []
    unknown: list[str] = []
    for ref in dict.fromkeys(part.upper() for part in _SEPARATORS.split(typed) if part):
        link = _link_to(project_id, ref)
        if link is None:
            unknown.append(ref)
        elif link not in found:
            found.append(link)
    return found, unknown


def _link_to(project_id: UUID, ref: str) -> LinkTo | None:
    if not re.fullmatch(r"[SB][0-9]{1,7}", ref):
        return None
    if ref.startswith("B"):
        barrier = barriers.barrier_by_ref(project_id, ref)
        return LinkTo(LinkedKind.BARRIER, barrier.pk, barrier.ref) if barrier else None
    suggestion = drafting.suggestion_by_ref(project_id, ref)
    return LinkTo(LinkedKind.SUGGESTION, suggestion.pk, suggestion.ref) if suggestion else None
