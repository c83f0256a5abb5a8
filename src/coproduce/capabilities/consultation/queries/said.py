"""The words of replies, for those who may read them, once they may be read."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import Consultation, Format, Reply, Said, TakenIn


def replies_of(consultation: Consultation) -> QuerySet[Reply]:
    """Every reply by number, without its words."""
    rows = Reply.objects.filter(consultation=consultation).select_related("person", "group", "entered_by")
    return rows.defer("closed_words").order_by("number")


def counted_replies(consultation: Consultation) -> QuerySet[Reply]:
    """Those that were not left out."""
    return replies_of(consultation).filter(set_aside_at=None)


def replies_with_closed_words(consultation: Consultation) -> list[Reply]:
    """For the close alone."""
    return list(
        Reply.objects.filter(consultation=consultation, closed_words__isnull=False).order_by("number")
    )


def said_by(replies: Iterable[Reply]) -> dict[UUID, list[Said]]:
    """What was said in each reply, in order, by the reply; one query. Sealed words have no rows yet."""
    found: dict[UUID, list[Said]] = defaultdict(list)
    rows = Said.objects.filter(reply__in=[reply.pk for reply in replies]).select_related("question")
    for row in rows.order_by("reply__number", "position"):
        found[row.reply_id].append(row)
    return found


def not_taken_in(consultation: Consultation) -> list[Said]:
    """Words on a passage of which no suggestion was made yet, of replies that count."""
    rows = Said.objects.filter(
        reply__consultation=consultation, block__isnull=False, reply__set_aside_at=None
    )
    rows = rows.exclude(pk__in=TakenIn.objects.values("said_id"))
    return list(rows.select_related("reply__person").order_by("reply__number", "position"))


def suggestions_made_of(reply: Reply) -> int:
    return TakenIn.objects.filter(said__reply=reply).count()


def suggestions_by_said(said: Iterable[Said]) -> dict[UUID, Any]:
    """The suggestion made of each; one query."""
    rows = TakenIn.objects.filter(said__in=[one.pk for one in said]).select_related("suggestion")
    return {row.said_id: row.suggestion for row in rows}


def sent_name(reply: Reply) -> str:
    """The name of who replied, only if they chose that it may be seen."""
    if reply.named:
        return (
            f"{reply.person.shown_name}, {reply.organisation}"
            if reply.organisation
            else reply.person.shown_name
        )
    return reply.organisation or _("No name given")


def format_is_used(row: Format) -> bool:
    return Reply.objects.filter(asked_for=row).exists()
