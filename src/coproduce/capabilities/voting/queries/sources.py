"""Barriers and suggestions as sources of statements, and the way from them to the statements."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.queries import Voices
from coproduce.ui.onward import Onward

from ..models import Ballot, Statement
from ..terms import FROM_BARRIER, FROM_SUGGESTION, Standing, State


@dataclass(frozen=True)
class Source:
    """A barrier or a suggestion from which a statement can be made; `words` are the person's own."""

    kind: str
    id: UUID
    ref: str
    words: str
    may_be_quoted: bool


def sources_of(ballot: Ballot, ids: Collection[UUID | None]) -> dict[UUID, Source]:
    """Those of the project among these ids; three queries, or none."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    voices = people.voices_of(ballot.project_id)
    found = barriers.barriers_with(wanted).values()
    made = [_from_barrier(one, voices) for one in found if one.project_id == ballot.project_id]
    suggestions = drafting.suggestions_of(ballot.project_id).filter(pk__in=wanted)
    return {one.id: one for one in [*made, *(_from_suggestion(one, voices) for one in suggestions)]}


def source_of(statement: Statement) -> Source | None:
    sources = sources_of(statement.ballot, {statement.origin_id})
    return sources.get(statement.origin_id) if statement.origin_id else None


def barriers_to_choose(ballot: Ballot, words: str = "") -> list[Source]:
    """Barriers that are not merged into another, found by these words."""
    rows = barriers.barriers_of(ballot.project_id).filter(merged_into=None)
    if words:
        rows = barriers.found_by(rows, words)
    voices = people.voices_of(ballot.project_id)
    return [_from_barrier(one, voices) for one in rows]


def suggestions_to_choose(ballot: Ballot, words: str = "") -> list[Source]:
    rows = drafting.suggestions_of(ballot.project_id).filter(withdrawn_at=None).order_by("number")
    voices = people.voices_of(ballot.project_id)
    sources = [_from_suggestion(one, voices) for one in rows]
    plain = words.lower()
    return [one for one in sources if plain in one.words.lower() or plain in one.ref.lower()]


def used_sources(ballot: Ballot) -> set[UUID]:
    """What has a statement on this ballot already; one query."""
    rows = Statement.objects.filter(ballot=ballot, origin_id__isnull=False)
    return {one for one in rows.values_list("origin_id", flat=True) if one}


def _from_barrier(barrier: Any, voices: Voices) -> Source:
    agreed = bool(barrier.raised_by_id) and voices.may_quote(barrier.raised_by_id, agreed_there=False)
    return Source(FROM_BARRIER, barrier.pk, barrier.ref, barrier.statement, agreed)


def _from_suggestion(suggestion: Any, voices: Voices) -> Source:
    agreed = voices.may_quote(suggestion.author_id, agreed_there=suggestion.quote_consent)
    words = suggestion.words or suggestion.reason or suggestion.gist
    return Source(FROM_SUGGESTION, suggestion.pk, suggestion.ref, words, agreed)


def onward_from_source(project_id: UUID, source_id: UUID) -> list[Onward]:
    """The statements that came of a barrier or a suggestion; one query."""
    rows = Statement.objects.filter(ballot__project_id=project_id, origin_id=source_id)
    shown = rows.exclude(ballot__state=State.DRAFT).exclude(standing=Standing.DECLINED)
    return [_onward(one) for one in shown.select_related("ballot").order_by("ballot__number", "number")]


def _onward(one: Statement) -> Onward:
    page = reverse("voting:ballot", args=[one.ballot.project_id, one.ballot_id])
    label, ref = _("Statement to vote on:"), f"{one.ballot.ref}.{one.number}"
    return Onward(label, ref, one.text, f"{page}#s{one.number}", one.ballot.get_state_display())


def origin_address(statement: Statement) -> str:
    """The page of the barrier or suggestion that it comes from; empty where somebody wrote it."""
    project_id = statement.ballot.project_id
    match statement.origin_kind:
        case str(kind) if kind == FROM_BARRIER:
            return reverse("barriers:barrier", args=[project_id, statement.origin_id])
        case str(kind) if kind == FROM_SUGGESTION:
            return reverse("drafting:suggestion", args=[project_id, statement.origin_id])
        case _:
            return ""
