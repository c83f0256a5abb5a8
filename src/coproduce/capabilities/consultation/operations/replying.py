"""Replies: from the public page without an account, and entered by staff from paper, phone or a session."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.drafting.terms import SuggestionKind
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds.rules import sealing, what_is_entered_is_read_back
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.live import announce
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries, rules
from ..events import ReplyReceived
from ..models import Consultation, Reply
from ..queries import sealed
from ..terms import REPLIES, Channel
from .running import write_words


@dataclass(frozen=True)
class Words:
    """One thing that was said: to a question, on a passage (its block and what to do with it), or in general."""

    words: str
    question: UUID | None = None
    block: int | None = None
    kind: str = ""
    reason: str = ""
    page: str = ""


@dataclass(frozen=True)
class From:
    """Who replies, as far as they say so."""

    name: str = ""
    organisation: str = ""
    group_id: UUID | None = None
    named: bool = False
    quote_consent: bool = False


def reply_online(
    *, consultation_id: UUID, said: Sequence[Words], sender: From, key: UUID, by: Any = None,
    asked_for: UUID | None = None,
) -> Reply:  # fmt: skip
    """A reply from the public page; nobody needs an account. The same `key` gives the same reply.

    Where nobody is signed in, whoever replies is the one who acts, so a repeat is known by its form's key.
    """
    known = queries.reply_sent_with(key)
    if known:
        return known
    try:
        return _come_in(
            by=by,
            consultation_id=consultation_id,
            said=said,
            sender=sender,
            form_key=key,
            asked_for=asked_for,
        )
    except IntegrityError:
        # The same form twice at the same moment: one of them has written it.
        known = queries.reply_sent_with(key)
        if known is None:
            raise
        return known


@operation
def _come_in(
    *,
    by: Any,
    consultation_id: UUID,
    said: Sequence[Words],
    sender: From,
    form_key: UUID,
    asked_for: UUID | None,
) -> Reply:
    queries.public_consultation(consultation_id)
    consultation = queries.locked(consultation_id)
    today = clock.today()
    own_days = _own_last_day(consultation, asked_for)
    settle([
        *rules.only_an_open_consultation_takes_replies(consultation.stage(today)),
        *rules.a_reply_is_in_time(consultation, said_on=today, channel=Channel.WEB, own_last_day=own_days),
        *rules.a_reply_says_something(one.words for one in said),
    ])  # fmt: skip
    person = by or accounts.add_person(by=None, name=sender.name.strip() or _("Someone who replied"))
    reply = Reply(
        person=person, channel=Channel.WEB, said_on=today, form_key=form_key, asked_for_id=asked_for,
        **_sent_by(consultation, sender, person),
    )  # fmt: skip
    return _keep(person, consultation, reply, said)


@operation
def enter_reply(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    said: Sequence[Words],
    sender: From,
    channel: str,
    said_on: date | None = None,
    person_id: UUID | None = None,
    people_count: int = 1,
    paper_code: str | None = None,
    read_back: bool = False,
    asked_for: UUID | None = None,
    key: UUID | None = None,
) -> Reply:
    """A reply that came another way, entered by staff: for someone with a seat, or for someone new."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN, REPLIES)
    consultation = queries.locked(consultation_id)
    said_on = said_on or clock.today()
    late = list(rules.a_reply_is_in_time(
        consultation, said_on=said_on, channel=channel, own_last_day=_own_last_day(consultation, asked_for)
    ))  # fmt: skip
    kept = settle([
        *rules.only_an_open_consultation_takes_replies(consultation.stage(clock.today())),
        *(rules.a_paper_form_has_our_code(paper_code, consultation.short_code) if paper_code is not None else ()),
        *rules.a_reply_says_something(one.words for one in said),
        *late,
        *what_is_entered_is_read_back(for_someone=True, read_back=read_back),
    ])  # fmt: skip
    person = _someone(by, project_id, person_id, sender)
    reply = Reply(
        person=person, channel=channel, said_on=said_on, entered_by=by, read_back=read_back,
        people=people_count, asked_for_id=asked_for, late=bool(late), **_sent_by(consultation, sender, person),
    )  # fmt: skip
    return _keep(by, consultation, reply, said, kept)


@operation
def set_aside(
    *, by: Any, project_id: UUID, consultation_id: UUID, reply_id: UUID, reason: str, key: UUID | None = None
) -> Reply:
    """Leave a reply out of every count: an advertisement, or the same one twice. It stays, with the reason."""
    _visit, consultation, _found = queries.reply_for(by, project_id, consultation_id, reply_id)
    queries.locked(consultation.pk)
    reply = Reply.objects.get(pk=reply_id)
    settle(rules.setting_aside_has_its_reason(reason, made=queries.suggestions_made_of(reply)))
    reply.set_aside_at, reply.set_aside_by, reply.set_aside_because = clock.now(), by, clean(reason)
    reply.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_because"])
    record(
        by=by, verb="consultation.set_aside", thing=reply, project_id=project_id,
        after={"reply": reply.ref, "reason": reply.set_aside_because},
    )  # fmt: skip
    return reply


def _keep(
    by: Any, consultation: Consultation, reply: Reply, said: Sequence[Words], kept: Iterable[Any] = ()
) -> Reply:
    words = _rows(consultation, said)
    consultation.replies += 1
    reply.consultation, reply.number, reply.received_at = consultation, consultation.replies, clock.now()
    if consultation.hides_words:
        reply.closed_words, reply.fingerprint = sealed.closed(consultation, reply, words)
    else:
        reply.fingerprint = sha256(sealing.canonical({"words": words})).hexdigest()
    reply.save(force_insert=True)
    if not consultation.hides_words:
        write_words(reply, words)
    consultation.save(update_fields=["replies"])
    record(
        by=by, verb="consultation.reply", thing=reply, project_id=consultation.project_id, findings=kept,
        on_behalf_of=reply.person if reply.person_id != by.pk else None, after=_facts(consultation, reply, words),
    )  # fmt: skip
    announce(consultation.topic, consultation.replies)
    post(ReplyReceived(consultation.project_id, consultation.pk, reply.pk))
    return reply


def _facts(consultation: Consultation, reply: Reply, words: list[dict[str, Any]]) -> dict[str, Any]:
    """The words lie in the ledger, too, unless nobody may read them yet; then only their fingerprint does."""
    facts: dict[str, Any] = {
        "consultation": consultation.number, "reply": reply.ref, "channel": reply.channel, "people": reply.people,
        "group": reply.group_id, "said_on": reply.said_on, "late": reply.late, "read_back": reply.read_back,
        "fingerprint": reply.fingerprint,
    }  # fmt: skip
    return facts if consultation.hides_words else facts | {"words": words}


def _sent_by(consultation: Consultation, sender: From, person: Any) -> dict[str, Any]:
    group = people.group_in(consultation.project_id, sender.group_id) if sender.group_id else None
    return {
        "group": group or people.group_of(person, consultation.project_id),
        "organisation": sender.organisation.strip(),
        "named": sender.named and bool(sender.name.strip()), "quote_consent": sender.quote_consent,
    }  # fmt: skip


def _someone(by: Any, project_id: UUID, person_id: UUID | None, sender: From) -> Any:
    if person_id:
        return projects.member(project_id, person_id)
    return accounts.add_person(by=by, name=sender.name.strip() or _("Someone who replied"))


def _own_last_day(consultation: Consultation, asked_for: UUID | None) -> date | None:
    return queries.format_in(consultation, asked_for).last_day(consultation) if asked_for else None


def _rows(consultation: Consultation, said: Sequence[Words]) -> list[dict[str, Any]]:
    """What was written at all; questions and passages of another consultation are not there."""
    written = [one for one in said if one.words.strip()]
    if not {one.question for one in written if one.question} <= {
        q.pk for q in queries.questions_of(consultation)
    }:
        raise NotThere
    blocks = {one.block for one in written if one.block}
    sections = {one.block: one.section for one in queries.passages_of(consultation)} if blocks else {}
    if not blocks <= sections.keys():
        raise NotThere
    return [_row(one, sections) for one in written]


def _row(one: Words, sections: Mapping[int, str]) -> dict[str, Any]:
    kind = SuggestionKind(one.kind or SuggestionKind.CHANGE).value if one.block else ""
    return {
        "question": str(one.question) if one.question else None, "block": one.block, "kind": kind,
        "section": sections.get(one.block or 0, ""), "words": clean(one.words), "reason": clean(one.reason),
        "page": one.page,
    }  # fmt: skip
