"""The report in three parts: what people said, what was decided, how the two connect. Each number has its rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Outcome, ReasonCode, Status
from coproduce.capabilities.people import queries as people
from coproduce.core.findings import Words

from ..models import Code, Consultation, Question, Reply, Said
from ..terms import Channel
from .coding import Agreement, Coding, agreement, codes_of, coding_of
from .lists import Counts, counts
from .said import replies_of, said_by, suggestions_by_said


@dataclass(frozen=True)
class Point:
    """One thing that somebody said, with its codes and what came of it."""

    said: Said
    reply: Reply
    codes: list[Code]
    suggestion: Any
    decision: Any
    version: Any
    name: str
    quotable: bool

    @property
    def ref(self) -> str:
        return f"{self.reply.ref}.{self.said.position}"

    @property
    def outcome(self) -> str:
        return str(self.suggestion.status) if self.suggestion else ""

    @property
    def outcome_words(self) -> Words:
        return Status(self.suggestion.status).label if self.suggestion else ""

    @property
    def quote(self) -> str:
        """Only of people who agreed."""
        return self.said.words if self.quotable else ""

    @property
    def code_refs(self) -> str:
        return ", ".join(code.ref for code in self.codes)


@dataclass(frozen=True)
class ReplyLine:
    """A reply as the report may show it: the name only if the person chose so."""

    reply: Reply
    name: str
    codes: list[Code]
    outcomes: frozenset[str]
    quotes: list[str]

    @property
    def ref(self) -> str:
        return self.reply.ref

    @property
    def group(self) -> Words:
        return self.reply.group.name if self.reply.group else ""

    @property
    def channel(self) -> Words:
        return Channel(self.reply.channel).label

    @property
    def said_on(self) -> date:
        return self.reply.said_on

    @property
    def code_refs(self) -> str:
        return ", ".join(code.ref for code in self.codes)

    @property
    def quote(self) -> str:
        return " / ".join(self.quotes)


@dataclass
class CodeRow:
    """A code from what people said to what came of it."""

    code: Code
    replies: int = 0
    quotes: list[str] = field(default_factory=list)
    suggestions: int = 0
    by_outcome: Counter[str] = field(default_factory=Counter)
    versions: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """Everything on the page of the report."""

    consultation: Consultation
    agreement: Agreement
    counts: Counts
    questions: list[tuple[Question, list[tuple[str, int]]]]
    codes: list[CodeRow]
    outcomes: list[tuple[str, Words, int]]
    reasons: list[tuple[str, Words, int]]
    suggestions: int
    points: list[Point]
    versions: list[tuple[Any, int]]


QUOTES_SHOWN = 2


def report_of(consultation: Consultation) -> Report:
    """Eleven queries, however many replies."""
    replies, coding = list(replies_of(consultation)), coding_of(consultation)
    points = points_of(consultation, replies, coding)
    made = [point for point in points if point.suggestion]
    outcomes = Counter(point.outcome for point in made)
    reasons = Counter(
        point.decision.reason_code for point in made if point.decision and point.decision.reason_code
    )
    versions = Counter(point.version for point in made if point.version)
    return Report(
        consultation=consultation,
        agreement=agreement(coding),
        counts=counts(consultation, replies),
        questions=_chosen(points),
        codes=_code_rows(codes_of(consultation), points),
        outcomes=[
            (one.value, one.label, outcomes[one])
            for one in Status
            if outcomes[one] or one.value in Outcome.values
        ],
        reasons=[(one.value, one.label, reasons[one]) for one in ReasonCode if reasons[one]],
        suggestions=len(made),
        points=points,
        versions=sorted(versions.items(), key=lambda pair: pair[0].number),
    )


def points_of(
    consultation: Consultation, replies: list[Reply] | None = None, coding: Coding | None = None
) -> list[Point]:
    """Everything that counts, said by said; eight queries."""
    counted = replies_of(consultation) if replies is None else replies
    replies_by_id = {reply.pk: reply for reply in counted if reply.set_aside_at is None}
    said = [one for rows in said_by(replies_by_id.values()).values() for one in rows]
    suggestions = suggestions_by_said(said)
    decisions = drafting.current_decisions(one.pk for one in suggestions.values())
    document_id = consultation.version.document_id
    landings = drafting.landing_versions([document_id]).get(document_id, [])
    codes = _codes_by_said((coding or coding_of(consultation)).first)
    voices = people.voices_of(consultation.project_id)
    found = []
    for one in said:
        reply, suggestion = replies_by_id[one.reply_id], suggestions.get(one.pk)
        decision = decisions.get(suggestion.pk) if suggestion else None
        version = drafting.landed_in(decision.landed_seq, landings) if decision else None
        quotable = voices.may_quote(reply.person_id, agreed_there=reply.quote_consent)
        found.append(
            Point(one, reply, codes[one.pk], suggestion, decision, version, name_of(reply, voices), quotable)
        )
    return found


def name_of(reply: Reply, voices: people.Voices) -> str:
    """As the person chose: with a seat as they chose there, else as they chose with the reply."""
    if reply.person_id in voices.seated:
        return voices.names.get(reply.person_id, "")
    if reply.named:
        return (
            f"{reply.person.shown_name}, {reply.organisation}"
            if reply.organisation
            else reply.person.shown_name
        )
    return reply.organisation


def reply_lines(points: list[Point]) -> list[ReplyLine]:
    """The same, reply by reply."""
    found: dict[UUID, list[Point]] = defaultdict(list)
    for point in points:
        found[point.reply.pk].append(point)
    return [_line(mine) for mine in found.values()]


def _line(mine: list[Point]) -> ReplyLine:
    codes = {code.number: code for point in mine for code in point.codes}
    return ReplyLine(
        reply=mine[0].reply,
        name=mine[0].name,
        codes=[codes[number] for number in sorted(codes)],
        outcomes=frozenset(point.outcome for point in mine if point.outcome),
        quotes=[point.quote for point in mine if point.quote],
    )


def _codes_by_said(coded: Any) -> dict[UUID, list[Code]]:
    found: dict[UUID, dict[int, Code]] = defaultdict(dict)
    for one in coded:
        found[one.said_id][one.code.number] = one.code
    return defaultdict(list, {id: [codes[number] for number in sorted(codes)] for id, codes in found.items()})


def _chosen(points: list[Point]) -> list[tuple[Question, list[tuple[str, int]]]]:
    """For each question its answers with how many chose them; for one in people's own words, how many wrote."""
    words: dict[Question, list[str]] = defaultdict(list)
    for point in points:
        if point.said.question:
            words[point.said.question].append(point.said.words)
    return [
        (one, [(answer, said.count(answer)) for answer in one.answers] or [("", len(said))])
        for one, said in sorted(words.items(), key=lambda pair: pair[0].position)
    ]


def _code_rows(codes: list[Code], points: list[Point]) -> list[CodeRow]:
    rows = {code.pk: CodeRow(code) for code in codes}
    replies: dict[UUID, set[UUID]] = defaultdict(set)
    for point in points:
        for code in point.codes:
            replies[code.pk].add(point.reply.pk)
            _count(rows[code.pk], point)
    for id, row in rows.items():
        row.replies = len(replies[id])
        row.versions.sort(key=lambda version: version.number)
    return list(rows.values())


def _count(row: CodeRow, point: Point) -> None:
    if point.quote and len(row.quotes) < QUOTES_SHOWN:
        row.quotes.append(point.quote)
    if point.suggestion:
        row.suggestions += 1
        row.by_outcome[point.outcome] += 1
    if point.version and point.version not in row.versions:
        row.versions.append(point.version)
