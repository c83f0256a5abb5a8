"""Opening it, closing it, and bringing in what was suggested beside it."""

from itertools import groupby
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import operations as drafting
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import Override, Strength, settle
from coproduce.core.live import announce
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import ConsultationClosed, ConsultationOpened
from ..models import Consultation, Reply, Said, TakenIn
from ..queries import sealed


@operation
def open_consultation(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    override: Override | None = None,
    key: UUID | None = None,
) -> Consultation:
    """Show it to everyone; replies are taken from the opening day on. Warnings and reasons are shown with it."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    settle(rules.it_opens_once(opened=consultation.is_opened))
    kept = settle(queries.before_opening(consultation), override)
    despite = [found for found in kept if found.strength is Strength.REFUSE_UNLESS_NAMED]
    consultation.opened_by, consultation.opened_at = by, clock.now()
    consultation.warnings = [found.as_record() for found in kept if found.strength is Strength.WARN]
    consultation.despite = [found.as_record() for found in despite]
    consultation.despite_reason = override.reason if override and despite else ""
    if consultation.sealed:
        consultation.wrapped = sealed.new_wrapped_key(consultation)
    consultation.save()
    record(
        by=by, verb="consultation.open", thing=consultation, project_id=project_id, findings=kept,
        override=consultation.despite_reason,
        after={"opens_on": consultation.opens_on, "closes_on": consultation.closes_on, "days": consultation.days},
    )  # fmt: skip
    post(ConsultationOpened(project_id, consultation_id))
    return consultation


@operation
def close(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    override: Override | None = None,
    key: UUID | None = None,
) -> Consultation:
    """End it: sealed words open, suggestions in the master copy are brought in, and passages become suggestions."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    settle(rules.what_is_open_is_closed_once(opened=consultation.is_opened, closed=consultation.is_closed))
    last = queries.last_day(consultation, queries.formats_of(consultation))
    kept = settle(rules.an_early_close_has_its_reason(last, clock.today()), override)
    opened = _open_words(consultation)
    consultation.closed_by, consultation.closed_at, consultation.wrapped = by, clock.now(), None
    consultation.save(update_fields=["closed_by", "closed_at", "wrapped"])
    _write(opened)
    gathered = _gather(by, consultation)
    taken = make_suggestions(by, consultation)
    record(
        by=by, verb="consultation.close", thing=consultation, project_id=project_id, findings=kept,
        override=override.reason if override else "",
        after={"replies": consultation.replies, "gathered": gathered, "suggestions": taken},
    )  # fmt: skip
    announce(consultation.topic, consultation.replies)
    post(
        ConsultationClosed(
            project_id, consultation_id, consultation.version.document_id, consultation.closes_on
        )
    )
    return consultation


@operation
def take_in(*, by: Any, project_id: UUID, consultation_id: UUID, key: UUID | None = None) -> Consultation:
    """Make a suggestion in the master copy of each passage that replies speak of, in the name of who replied."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN)
    consultation = queries.locked(consultation_id)
    settle(rules.words_are_open(hidden=consultation.hides_words))
    taken = make_suggestions(by, consultation)
    record(
        by=by, verb="consultation.take_in", thing=consultation, project_id=project_id,
        after={"suggestions": taken},
    )  # fmt: skip
    return consultation


def make_suggestions(by: Any, consultation: Consultation) -> list[str]:
    made = []
    for said in queries.not_taken_in(consultation):
        reply = said.reply
        suggestion = drafting.suggest(
            by=by, author=reply.person, project_id=consultation.project_id,
            document_id=consultation.version.document_id, words=said.words, reason=said.reason,
            kind=said.kind, block=said.block, section=said.section, page=said.page,
            base_seq=consultation.version.at_seq, group_id=reply.group_id, channel=reply.channel, said_on=reply.said_on,
            quote_consent=reply.quote_consent, due_on=consultation.answers_by,
        )  # fmt: skip
        TakenIn.objects.create(said=said, suggestion=suggestion)
        made.append(suggestion.ref)
    return made


def _open_words(consultation: Consultation) -> list[tuple[Reply, list[dict[str, Any]]]]:
    waiting = queries.replies_with_closed_words(consultation)
    return sealed.opened(consultation, waiting) if waiting else []


def _write(opened: list[tuple[Reply, list[dict[str, Any]]]]) -> None:
    """Only once the consultation is marked as closed: the database refuses the words before."""
    for reply, words in opened:
        write_words(reply, words)
    Reply.objects.filter(pk__in=[reply.pk for reply, _words in opened]).update(closed_words=None)


def write_words(reply: Reply, words: list[dict[str, Any]]) -> None:
    Said.objects.bulk_create(
        Said(reply=reply, position=place, question_id=UUID(one["question"]) if one.get("question") else None,
             **{name: one[name] for name in ("block", "section", "page", "kind", "words", "reason") if one.get(name)})
        for place, one in enumerate(words, 1)
    )  # fmt: skip


def _gather(by: Any, consultation: Consultation) -> int:
    """One reply a person, of all that they suggested in the master copy while it was open."""
    found = sorted(queries.suggested_directly(consultation), key=lambda one: (str(one.author_id), one.number))
    people = [list(mine) for _author, mine in groupby(found, key=lambda one: one.author_id)]
    for mine in sorted(people, key=lambda mine: mine[0].number):
        _gather_one(by, consultation, mine)
    consultation.save(update_fields=["replies"])
    return len(people)


def _gather_one(by: Any, consultation: Consultation, mine: list[Any]) -> None:
    first = mine[0]
    consultation.replies += 1
    reply = Reply(
        consultation=consultation, number=consultation.replies, person=first.author, group=first.group,
        channel=first.channel, said_on=first.said_on, received_at=first.made_at, entered_by=by, gathered=True,
        quote_consent=all(one.quote_consent for one in mine),
    )  # fmt: skip
    reply.save(force_insert=True)
    rows = [
        Said(reply=reply, position=place, block=one.block, section=one.section, page=one.page, kind=one.kind,
             words=one.words or one.gist, reason=one.reason)
        for place, one in enumerate(mine, 1)
    ]  # fmt: skip
    Said.objects.bulk_create(rows)
    TakenIn.objects.bulk_create(
        TakenIn(said=said, suggestion=one) for said, one in zip(rows, mine, strict=True)
    )
    record(
        by=by, verb="consultation.gather", thing=reply, project_id=consultation.project_id,
        on_behalf_of=first.author if first.author_id != by.pk else None,
        after={"reply": reply.ref, "suggestions": [one.ref for one in mine]},
    )  # fmt: skip
