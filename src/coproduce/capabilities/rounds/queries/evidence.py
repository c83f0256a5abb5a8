"""What is on record about the sealing of a round, for those who want to check that nobody looked early."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coproduce.capabilities.people.terms import GroupKind
from coproduce.core.access import NotThere
from coproduce.core.ledger import looking
from coproduce.core.ledger.chain import entry_hash
from coproduce.core.ledger.looking import Head

from .. import rules
from ..models import Answer, OpenedAnswer, Round, SecondAnswer, Turn
from ..rules.sheet import FORMAT, Fault, faults_of
from ..terms import Part, State
from .doors import fixed_by_the_root, last_revision_of_each
from .opened import receipts
from .sealed import place_of
from .turns import drawn_order, reading_seed

SEALED = "rounds.seal_round"
# What opens the key of a round, and is recorded. A person who reads back their own answer opens it for that one alone.
OPENS_KEY = {
    "rounds.begin_reading", "rounds.show_turn", "rounds.end_reading", "rounds.open_late_answer", "rounds.close_round",
}  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """The entries of the ledger about a sealed round, and how independent its first answers are."""

    entries: list[dict[str, Any]]
    opens_at_the_seal: bool
    independent: int
    exposed: int
    late: int

    @property
    def sealing(self) -> int:
        """Where the seal stands among the entries."""
        return next(place for place, entry in enumerate(self.entries) if entry["verb"] == SEALED)

    @property
    def openings(self) -> list[dict[str, Any]]:
        return [entry for entry in self.entries if self.opens_key(entry)]

    @property
    def before_the_seal(self) -> int:
        """How often the record says that the key was opened for reading before the seal."""
        return sum(self.opens_key(entry) for entry in self.entries[: self.sealing])

    @property
    def head_at_the_seal(self) -> str:
        return str(self.entries[self.sealing]["hash"])

    @property
    def head_at_the_reading(self) -> str:
        return next((str(entry["hash"]) for entry in self.openings), "")

    @property
    def whole(self) -> int:
        return self.independent + self.exposed + self.late

    def opens_key(self, entry: dict[str, Any]) -> bool:
        return entry["verb"] in OPENS_KEY or (entry["verb"] == SEALED and self.opens_at_the_seal)


def ledger_head(project_id: UUID) -> Head:
    """The newest entry of the project's ledger: `length` and `hash`, for the room to write down."""
    return looking.head_of(str(project_id))


def evidence(the_round: Round) -> Evidence:
    """Nothing before the seal. Four queries."""
    _must_be_sealed(the_round)
    entries = looking.entries_about(str(the_round.project_id), _things(the_round))
    answers = last_revision_of_each(the_round)
    return Evidence(
        entries=entries,
        opens_at_the_seal=not the_round.in_turns,
        independent=sum(rules.is_independent(one) for one in answers),
        exposed=sum(one.exposed and not one.is_late for one in answers),
        late=sum(one.is_late for one in answers),
    )


def _things(the_round: Round) -> list[UUID]:
    """The round, its turns, and answers that were opened late: never the answers, which tell who wrote when."""
    turns = Turn.objects.filter(round=the_round).values_list("pk", flat=True)
    late = OpenedAnswer.objects.filter(round=the_round, is_late=True).values_list("pk", flat=True)
    return [the_round.pk, *turns, *late]


def sheet(the_round: Round) -> dict[str, Any]:
    """The sealing sheet: commitments in the order of the root, and words and nonces of what is open to all."""
    _must_be_sealed(the_round)
    opened = _opened(the_round)
    answers = last_revision_of_each(the_round)
    fixed = fixed_by_the_root(the_round, answers)
    firsts = [(one, _line(the_round, one, opened, Part.FIRST)) for one in fixed]
    late = [one for one in answers if one not in fixed]
    seconds = _seconds(the_round)
    return {
        "format": FORMAT,
        "round": {
            "session": str(the_round.project_id), "prompt": str(the_round.pk), "code": the_round.short_code,
            "title": the_round.title, "state": the_round.state,
        },
        "root": the_round.root, "seed": reading_seed(the_round).hex(),
        "answers": [line | _for_the_order(one, the_round) for one, line in firsts],
        "order": [answer.commitment for answer in drawn_order(the_round)] if _is_drawn(the_round) else None,
        "late": [_line(the_round, one, opened, Part.FIRST) for one in late if one.pk in opened],
        "second_root": the_round.second_root, "second_answers": seconds,
        "ledger": looking.entries_about(str(the_round.project_id), _things(the_round)),
        "head": ledger_head(the_round.project_id).hash,
    }  # fmt: skip


def sheet_faults(sheet: Mapping[str, Any]) -> list[Fault]:
    """What does not fit in a sheet, wherever it comes from; reads no table."""
    return faults_of(sheet, entry_hash)


def _must_be_sealed(the_round: Round) -> None:
    if not the_round.is_sealed:
        raise NotThere


def _is_drawn(the_round: Round) -> bool:
    """Once people are called, the order is known, and with it where the leaders stand."""
    return the_round.is_all_open or the_round.is_being_read


def _opened(the_round: Round) -> dict[UUID, tuple[str, Any]]:
    rows = OpenedAnswer.objects.filter(round=the_round).values_list("answer_id", "nonce", "content")
    return {answer: (nonce, content) for answer, nonce, content in rows}


def _line(
    the_round: Round, answer: Answer, opened: dict[UUID, tuple[str, Any]], part: Part
) -> dict[str, Any]:
    line: dict[str, Any] = {"commitment": answer.commitment, "receipt": answer.receipt}
    if answer.pk in opened:
        nonce, content = opened[answer.pk]
        place = place_of(the_round, answer.invitation_id, answer.revision, part)
        line |= {"place": place, "nonce": nonce, "answer": content, "exposed": answer.exposed}
    return line


def _for_the_order(answer: Answer, the_round: Round) -> dict[str, Any]:
    """R28: who leads is not told before people are called."""
    leads = answer.invitation.group_kind == GroupKind.LEADERS
    return {"late": answer.is_late} | ({"leader": leads} if _is_drawn(the_round) else {})


def _seconds(the_round: Round) -> list[dict[str, Any]]:
    """Sealed second answers, from the close on; before it not even how many."""
    if the_round.state != State.CLOSED:
        return []
    given = {(one.invitation_id, one.revision): one for one in SecondAnswer.objects.filter(round=the_round)}
    last = last_revision_of_each(the_round, Part.SECOND)
    opened = {
        one.pk: (
            second.nonce or "",
            {"me": second.me_rating, "around": second.around_rating, "words": second.words},
        )
        for one in last
        if (second := given.get((one.invitation_id, one.revision)))
    }
    return [_line(the_round, one, opened, Part.SECOND) for one in last]


def found_by_receipt(code: str, receipt: str) -> tuple[Round, Part] | None:
    """The sealed round with this short code whose root covers this receipt; nothing else is told."""
    for the_round in _rounds_with_code(code):
        if any(one.receipt == receipt for one in receipts(the_round)):
            return the_round, Part.FIRST
        if the_round.state == State.CLOSED and any(
            one.receipt == receipt for one in last_revision_of_each(the_round, Part.SECOND)
        ):
            return the_round, Part.SECOND
    return None


def _rounds_with_code(code: str) -> list[Round]:
    number, _dash, end = code.rpartition("-")
    sealed = Round.objects.filter(code=number, sealed_at__isnull=False)
    return [one for one in sealed if one.id.hex[-4:].upper() == end]


def covered(the_round: Round, part: Part) -> tuple[str, int]:
    """The root and how many answers it covers."""
    if part == Part.SECOND:
        return the_round.second_root, len(last_revision_of_each(the_round, Part.SECOND))
    return the_round.root, len(receipts(the_round))
