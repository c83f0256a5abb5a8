"""What somebody types before sending it: kept for them alone. The ledger hears of it when it is sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.text import clean

from .. import queries
from ..models import Draft
from ..terms import SUGGESTION

MOST = 100  # drafts of one person on one document


def keep_draft(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    draft_id: UUID,
    saying: str,
    block: int | None,
    typed: Mapping[str, Any],
) -> Draft:
    """Keep what was typed; the same page kept again is the same draft."""
    queries.document_for(by, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION)
    words = {name: clean(value) if isinstance(value, str) else value for name, value in typed.items()}
    with transaction.atomic():
        draft = Draft.objects.select_for_update(no_key=True).filter(pk=draft_id).first()
        if draft is None:
            _make_room(by, document_id)
            draft = Draft(pk=draft_id, document_id=document_id, author=by, saying=saying, block=block)
        elif draft.author_id != by.pk or draft.document_id != document_id:
            raise NotThere
        draft.typed, draft.kept_at = words, clock.now()
        draft.save()
    return draft


def drop_draft(*, by: Any, project_id: UUID, draft_id: UUID) -> None:
    """Throw one's own draft away, or let it go once it is sent. One that is gone already is no trouble."""
    queries.drafts_of(by, project_id).filter(pk=draft_id).delete()


def _make_room(by: Any, document_id: UUID) -> None:
    mine = Draft.objects.filter(author=by, document_id=document_id).order_by("-kept_at")
    old = list(mine.values_list("pk", flat=True)[MOST - 1 :])
    Draft.objects.filter(pk__in=old).delete()
