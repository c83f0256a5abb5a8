"""From a barrier, a suggestion or an action to the rows of the assessment that rest on it."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coproduce.ui.onward import Onward

from ..models import RowLink


def onward(project_id: UUID, thing_ids: Collection[UUID]) -> dict[UUID, list[Onward]]:
    """One query."""
    links = RowLink.objects.filter(linked_id__in=thing_ids, row__assessment__project_id=project_id)
    found: dict[UUID, list[Onward]] = {}
    for link in links.select_related("row__assessment").order_by("row__place", "side"):
        href = reverse("equality:row", args=[project_id, link.row_id])
        row = link.row
        one = Onward(_("Equality row"), str(row.title), row.can_do, href, row.impact_labels)
        if all(held.href != href for held in found.get(link.linked_id, ())):
            found.setdefault(link.linked_id, []).append(one)
    return found
