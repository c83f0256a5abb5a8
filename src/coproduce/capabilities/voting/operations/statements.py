"""Statements: from barriers and suggestions, written by whoever runs the project, or added by voters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from coproduce.capabilities.accounts import operations as accounts
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import StatementSettled
from ..models import Ballot, Moderation, Statement
from ..queries import Source
from ..terms import Checking, Standing


@dataclass(frozen=True)
class Draft:
    """A statement to be added, and where it comes from, if anywhere."""

    text: str
    origin_kind: str = ""
    origin_id: UUID | None = None


@operation
def add_statements(
    *, by: Any, project_id: UUID, ballot_id: UUID, drafts: Sequence[Draft], key: UUID | None = None
) -> Ballot:
    """Add several at once, in this order; those from one source stay linked to it."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    settle(rules.statements_can_be_added(ballot.state, len(drafts)))
    sources = queries.sources_of(ballot, {draft.origin_id for draft in drafts if draft.origin_id})
    first = next_number(ballot)
    for number, draft in enumerate(drafts, first):
        _add(by, ballot, number, draft, sources)
    return ballot


def _add(by: Any, ballot: Ballot, number: int, draft: Draft, sources: dict[UUID, Source]) -> None:
    source = sources.get(draft.origin_id) if draft.origin_id else None
    if draft.origin_id and (source is None or source.kind != draft.origin_kind):
        raise NotThere
    kept = settle([*_findings(draft.text, number), *_quoting(ballot, draft.text, source)])
    statement = Statement(
        ballot=ballot, number=number, text=draft.text.strip(), author=by, added_at=clock.now(),
        origin_kind=draft.origin_kind if source else "", origin_id=draft.origin_id,
        origin_ref=source.ref if source else "",
    )  # fmt: skip
    keep(by, statement, kept, "voting.add_statement")


class _AddedBefore(Exception):
    def __init__(self, statement: Statement) -> None:
        self.statement = statement


def add_own_statement(*, by: Any, ballot_id: UUID, text: str, token: str = "") -> Statement:
    """By a voter, when the ballot asks for it; the same words by the same person once more give the same statement.

    Without an account `by` is None, and the token of the cookie says later whose it is.
    """
    try:
        return _add_own(by=by, ballot_id=ballot_id, text=text.strip(), token=token)
    except _AddedBefore as before:
        return before.statement


@operation
def _add_own(*, by: Any, ballot_id: UUID, text: str, token: str) -> Statement:
    ballot = queries.locked_by_id(ballot_id)
    if not ballot.is_public:
        queries.visit_ballots(by, ballot.project_id, Purpose.CONTRIBUTE)
    author_key = queries.author_key(ballot.pk, str(by.pk) if by else token)
    known = Statement.objects.filter(ballot=ballot, author_key=author_key, text=text).first()
    if known:
        raise _AddedBefore(known)
    number = next_number(ballot)
    kept = settle([
        *rules.votes_are_taken(ballot.state, ballot.closes_on, today=clock.today()),
        *rules.from_people_when_asked(takes_statements=ballot.takes_statements),
        *_findings(text, number),
    ])  # fmt: skip
    author = by or accounts.add_person(by=None, name=_("Someone who voted"))
    standing = Standing.WAITING if ballot.checking == Checking.FIRST else Standing.ACCEPTED
    statement = Statement(
        ballot=ballot, number=number, text=text, author=author, added_at=clock.now(), standing=standing,
        author_key=author_key,
    )  # fmt: skip
    return keep(author, statement, kept, "voting.add_own_statement")


@operation
def reword_statement(
    *, by: Any, project_id: UUID, ballot_id: UUID, statement_id: UUID, text: str, key: UUID | None = None
) -> Statement:
    """Before the first vote only: a vote that is on its way waits, finds other words, and is not taken."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    statement = queries.statement_locked(ballot, statement_id)
    source = queries.source_of(statement)
    kept = settle([
        *rules.words_stay_once_voted_on(has_votes=queries.has_votes(statement)),
        *_findings(text, 0), *_quoting(ballot, text, source),
    ])  # fmt: skip
    before = {"text": statement.text, "revision": statement.revision}
    statement.text, statement.revision = text.strip(), statement.revision + 1
    statement.save(update_fields=["text", "revision"])
    record(
        by=by, verb="voting.reword_statement", thing=statement, project_id=project_id, before=before,
        after={"text": statement.text, "revision": statement.revision}, findings=kept,
    )  # fmt: skip
    return statement


@operation
def replace_statement(
    *, by: Any, project_id: UUID, ballot_id: UUID, statement_id: UUID, text: str, why: str,
    key: UUID | None = None,
) -> Statement:  # fmt: skip
    """A new statement; the old one stays, with its votes and the reason, and takes no more votes."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    old = queries.statement_locked(ballot, statement_id)
    number = next_number(ballot)
    source = queries.source_of(old)
    kept = settle([
        *rules.a_replacement_says_why(old.standing, why, ballot.state),
        *_findings(text, number), *_quoting(ballot, text, source),
    ])  # fmt: skip
    new = Statement(
        ballot=ballot, number=number, text=text.strip(), author=by, added_at=clock.now(), replaces=old,
        why_replaced=why.strip(), origin_kind=old.origin_kind, origin_id=old.origin_id, origin_ref=old.origin_ref,
    )  # fmt: skip
    keep(by, new, kept, "voting.replace_statement")
    stand(by, ballot, old, Standing.REPLACED, words=why.strip())
    return new


def stand(
    by: Any, ballot: Ballot, statement: Statement, standing: str, *, reason: str = "", words: str = "",
    undoes: Moderation | None = None,
) -> Moderation:  # fmt: skip
    """The statement stands otherwise now: its row, the log, the ledger, and whoever listens."""
    was, statement.standing = statement.standing, standing
    statement.save(update_fields=["standing"])
    row = Moderation.objects.create(
        statement=statement, standing=standing, was=was, reason=reason, words=words, undoes=undoes, by=by,
        at=clock.now(),
    )  # fmt: skip
    record(
        by=by, verb="voting.moderate", thing=statement, project_id=ballot.project_id, before={"standing": was},
        after={"standing": standing, "reason": reason, "words": words, "undoes": undoes.pk if undoes else None},
    )  # fmt: skip
    post(StatementSettled(ballot.project_id, ballot.pk, statement.pk, standing))
    return row


def next_number(ballot: Ballot) -> int:
    highest = Statement.objects.filter(ballot=ballot).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def keep(by: Any, statement: Statement, kept: Iterable[Finding], verb: str) -> Statement:
    statement.save(force_insert=True)
    names = ("number", "text", "standing", "origin_kind", "origin_id", "origin_ref", "why_replaced")
    after = {name: getattr(statement, name) for name in names}
    record(
        by=by, verb=verb, thing=statement, project_id=statement.ballot.project_id,
        after=after | {"ballot_id": statement.ballot_id, "replaces_id": statement.replaces_id}, findings=kept,
    )  # fmt: skip
    return statement


def _findings(text: str, number: int) -> Iterator[Finding]:
    yield from rules.a_statement_is_short(text, number_of_statements=number - 1)
    yield from rules.one_idea_each(text)


def _quoting(ballot: Ballot, text: str, source: Source | None) -> Iterator[Finding]:
    if source:
        verbatim = " ".join(text.lower().split()) in " ".join(source.words.lower().split())
        yield from rules.quotes_need_agreement(
            is_public=ballot.is_public, is_verbatim=verbatim, agreed=source.may_be_quoted
        )
