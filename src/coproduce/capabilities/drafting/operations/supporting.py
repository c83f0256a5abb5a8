"""“I support this”: a passage, or somebody else's suggestion; and taking it back."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused, refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries
from ..models import Support
from ..rules import replies as rules
from ..terms import SUGGESTION
from .suggesting import main_group


@operation
def support_suggestion(
    *, by: Any, project_id: UUID, suggestion_id: UUID, why: str = "", key: UUID | None = None
) -> Support:
    """Stand behind another's suggestion. Twice is once."""
    queries.suggestion_for(by, project_id, suggestion_id, Purpose.CONTRIBUTE)
    projects.take_turns(project_id)
    _visit, found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.CONTRIBUTE)
    settle(rules.support_is_for_others(own=found.own, is_open=found.is_open))
    mine = {"suggestion": found, "document": found.document, "person": by}
    return _supported(by, project_id, mine, found.document.seq, why)


@operation
def support_passage(
    *, by: Any, project_id: UUID, document_id: UUID, block: int, why: str = "", key: UUID | None = None
) -> Support:
    """Stand behind a passage as it reads now."""
    _visit, document = queries.document_for(by, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION)
    projects.take_turns(project_id)
    standing = queries.text_now(document).blocks.get(block)
    if standing is None or not standing.alive:
        raise Refused(refuse("C17", _("This part of the text is no longer there. Open the page again.")))
    return _supported(by, project_id, {"document": document, "block": block, "person": by}, document.seq, why)


@operation
def take_back_support(*, by: Any, project_id: UUID, support_id: UUID, key: UUID | None = None) -> Support:
    """Stand behind it no longer; the record keeps both."""
    support = queries.own_support(by, project_id, support_id)
    if support.taken_back_at is None:
        support.taken_back_at = clock.now()
        support.save(update_fields=["taken_back_at"])
    record(
        by=by, verb="drafting.take_back_support", thing=support, project_id=project_id,
        after={"taken_back_at": support.taken_back_at},
    )  # fmt: skip
    return support


def _supported(by: Any, project_id: UUID, mine: dict[str, Any], seq: int, why: str) -> Support:
    support, _new = Support.objects.get_or_create(
        **{"suggestion": None, "block": None, **mine}, taken_back_at=None,
        defaults={
            "base_seq": seq, "entered_by": by, "at": clock.now(), "why": clean(why),
            "group_id": main_group(by, project_id),
        },
    )  # fmt: skip
    about = {"suggestion": mine["suggestion"].ref} if "suggestion" in mine else {"block": mine["block"]}
    record(
        by=by, verb="drafting.support", thing=support, project_id=project_id,
        after={**about, "why": support.why, "base_seq": support.base_seq},
    )  # fmt: skip
    return support
