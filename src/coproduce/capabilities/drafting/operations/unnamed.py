"""A suggestion that carries no name: shown as its group only, to everybody, in every list, file and record.

Its author is a stand-in without a name. Who it was is kept in one sealed row, which shows itself to that person
alone, and as a mark in the ledger that proves it to whoever holds the row and tells nothing to anybody else.
"""

import hmac
import secrets
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coproduce.capabilities.accounts import operations as accounts
from coproduce.core.access import Purpose

from .. import queries
from ..models import Suggestion, Unnamed
from ..terms import SUGGESTION
from .suggesting import Voice, main_group, written_down


def suggest_unnamed(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    author: Any = None,
    group_id: UUID | None = None,
    entered: bool = False,
    key: UUID | None = None,
    **said: Any,
) -> Suggestion:
    """Suggest without a name. Who enters it for somebody (`entered`) is named; `author` is known, or nobody.

    Not an `@operation`: the ledger must not have `by`, and a repeat is known by the sealed row.
    """
    try:
        with transaction.atomic():
            made = _made_before(key, by)
            return made or _made(by, project_id, document_id, author, group_id, entered, key, said)
    except IntegrityError:
        made = _made_before(key, by)
        if made is None:
            raise
        return made


def _made(
    by: Any,
    project_id: UUID,
    document_id: UUID,
    author: Any,
    group_id: UUID | None,
    entered: bool,
    key: UUID | None,
    said: dict[str, Any],
) -> Suggestion:
    purpose = Purpose.RUN if entered else Purpose.CONTRIBUTE
    visit, _document = queries.document_for(by, project_id, document_id, purpose, SUGGESTION)
    person = author if entered else by
    stand_in = accounts.add_person(by=None, name=str(_("No name given")))
    seal = secrets.token_bytes(32)
    group = group_id or (main_group(person, project_id) if person else None)
    # Consent to quotes is given, and taken back, by people; nobody could take back that of a stand-in.
    said = {**said, "quote_consent": False}
    mark = mark_of(seal, person.pk) if person else ""
    voice = Voice(person, stand_in, by if entered else stand_in, group, mark)
    suggestion = written_down(visit, document_id, voice, **said)
    Unnamed.objects.create(suggestion=suggestion, person=person or stand_in, seal_key=seal, request_key=key)
    return suggestion


def mark_of(seal: bytes, person_id: UUID) -> str:
    """What the ledger holds in the place of a name."""
    return hmac.new(seal, person_id.bytes, "sha256").hexdigest()


def _made_before(key: UUID | None, by: Any) -> Suggestion | None:
    """What this person, or who entered it, made with the same request."""
    if key is None:
        return None
    row = Unnamed.objects.filter(request_key=key).select_related("suggestion").first()
    mine = row is not None and by.pk in (row.person_id, row.suggestion.entered_by_id)
    return row.suggestion if row is not None and mine else None
