"""The short summary: a few plain sentences, each of which people can answer without reading the whole text."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused, refuse
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries
from ..models import Document, Suggestion, SummaryPoint
from ..terms import DOCUMENT, SuggestionKind
from .suggesting import suggest
from .unnamed import suggest_unnamed
from .writing import locked_document

MOST = 8  # more is no short summary


class Said(NamedTuple):
    """What somebody says of one point: keep, change or ask, with words; of no point, something that is missing."""

    point: SummaryPoint | None
    kind: str
    words: str


@operation
def write_summary(
    *, by: Any, project_id: UUID, document_id: UUID, points: Sequence[str], key: UUID | None = None
) -> Document:
    """Write the points of the summary anew; what was said about the old ones keeps their words."""
    queries.document_for(by, project_id, document_id, Purpose.RUN, DOCUMENT)
    document = locked_document(document_id)
    told = [clean(words).strip() for words in points if words.strip()][:MOST]
    before = {point.words: point for point in queries.summary_points(document_id)}
    now = clock.now()
    SummaryPoint.objects.filter(document=document, gone_at=None).exclude(words__in=told).update(gone_at=now)
    for position, words in enumerate(told, 1):
        point = before.get(words) or SummaryPoint(document=document, words=words, written_at=now)
        point.position = position
        point.save()
    record(
        by=by, verb="drafting.write_summary", thing=document, project_id=project_id,
        before={"points": list(before)}, after={"points": told},
    )  # fmt: skip
    return document


def answer_summary(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    said: Sequence[Said],
    unnamed: bool = False,
    quote_consent: bool = False,
    key: UUID,
) -> list[Suggestion]:
    """Each answer becomes a suggestion of its own, in one transaction; sent twice, it is there once."""
    answers = [one for one in said if one.kind and (one.words.strip() or one.kind == SuggestionKind.KEEP)]
    if not answers:
        raise Refused(refuse("C17", _("Answer at least one question. You may leave out the others.")))
    make = suggest_unnamed if unnamed else suggest
    with transaction.atomic():
        return [
            make(
                by=by, project_id=project_id, document_id=document_id, kind=one.kind, words=one.words,
                section=_about(one.point), quote_consent=quote_consent, key=uuid5(key, str(number)),
            )
            for number, one in enumerate(answers)
        ]  # fmt: skip


def _about(point: SummaryPoint | None) -> str:
    if point is None:
        return str(_("Summary"))
    return str(_("Summary: %(words)s") % {"words": point.words})[:300]
