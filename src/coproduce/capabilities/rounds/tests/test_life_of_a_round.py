"""Any order of what people may do in a round, and what must hold after each step, whoever asks."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.models import OpenedAnswer
from coproduce.capabilities.rounds.terms import BEFORE_THE_SEAL, Rated, State, TurnState, Written
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Override, Refused
from coproduce.core.ledger.checking import verify_database
from tests.support.databases import kind

from .factories import OPENS, SEALS, a_table

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.django_db]
CODES = ("P01", "P02", "P03", "P04")
people = st.sampled_from(CODES)
texts = st.sampled_from(["one", "two", "three"])
REASON = Override("Everyone is in the room.")


class Life(RuleBasedStateMachine):
    """The real operations beside a small model of who has said what; a refusal must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.table = a_table({"G1": 3, "G4": 1})
        self.now = OPENS
        self.invited: set[str] = set()
        # What each person said last, while it still counted; what each first answer was at the seal.
        self.said: dict[str, str] = {}
        self.fixed: dict[str, str] | None = None
        self.late: dict[str, str] = {}
        self.seconds: dict[str, int] = {}
        self.shown: set[str] = set()
        self.receipts: dict[str, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    def do(self, verb: Any, by: str | None = None, **more: Any) -> Any:
        """What it made, or None where it was refused: then nothing may have changed."""
        actor = self.table.person(by) if by else self.table.facilitator
        about = {"project_id": self.table.project.pk, "round_id": self.table.round.pk}
        try:
            with clock.at(self.now):
                made = verb(by=actor, **about, **more)
        except (Refused, NotThere):
            made = None
        self.table.again()
        return made

    @property
    def state(self) -> str:
        return self.table.round.state

    # What people do

    @rule(codes=st.sets(people, min_size=1))
    def invite(self, codes: set[str]) -> None:
        wanted = codes | (self.invited if self.state == State.OPEN else set())
        if self.do(operations.invite, seat_ids=[self.table.seats[code].pk for code in wanted]):
            self.invited = wanted

    @precondition(lambda self: self.state == State.DRAFT and self.invited)
    @rule()
    def open(self) -> None:
        assert self.do(operations.open_round)

    @rule(code=people, text=texts)
    def answer(self, code: str, text: str) -> None:
        self._answered(code, text, self.do(operations.answer_round, code, written=_written(text)))

    @precondition(lambda self: self.invited)
    @rule(code=people, text=texts)
    def answer_on_behalf(self, code: str, text: str) -> None:
        invitation = self.table.invitation(code)
        if invitation is not None:
            more = {"channel": "paper", "read_back": True, "invitation_id": invitation.pk}
            self._answered(code, text, self.do(operations.answer_round, written=_written(text), **more))

    def _answered(self, code: str, text: str, made: Any) -> None:
        if made is None:
            return
        self.receipts[code] = made.receipt
        if self.fixed is None:
            self.said[code] = text
        else:
            assert made.is_late
            assert code not in self.fixed
            self.late[code] = text

    @precondition(lambda self: self.state in BEFORE_THE_SEAL)
    @rule()
    def the_sealing_time_passes(self) -> None:
        self.now = max(self.now, SEALS + timedelta(minutes=1))

    @precondition(lambda self: self.state == State.OPEN)
    @rule(in_turns=st.booleans())
    def seal(self, in_turns: bool) -> None:
        assert self.do(operations.seal_round, in_turns=in_turns, override=REASON)
        self.fixed = dict(self.said)
        self.now += timedelta(minutes=1)

    @rule()
    def begin(self) -> None:
        self.do(operations.begin_reading)

    @precondition(lambda self: self.state == State.READING)
    @rule()
    def show(self) -> None:
        turn = self.do(operations.show_turn)
        if turn is not None:
            self.shown.add(turn.invitation.seat.code)

    @precondition(lambda self: self.state == State.READING)
    @rule()
    def end_turn(self) -> None:
        assert self.do(operations.end_turn)

    @precondition(lambda self: self.state == State.READING)
    @rule()
    def pass_the_rest(self) -> None:
        assert self.do(operations.pass_the_rest, override=REASON)

    @rule(code=people)
    def comment(self, code: str) -> None:
        said = self.do(operations.comment, code, words="I hear you.")
        assert (said is None) is not self.table.round.is_all_open

    @rule()
    def open_second_answers(self) -> None:
        self.do(operations.open_second_answers)

    @rule(code=people, me=st.integers(-3, 3))
    def second(self, code: str, me: int) -> None:
        verb = operations.seal_second_answer if self.table.round.in_turns else operations.give_second_answer
        if self.do(verb, code, me_rating=me) is not None:
            self.seconds[code] = me

    @rule()
    def close(self) -> None:
        self.do(operations.close_round)

    # What holds after each step

    @invariant()
    def nobody_sees_more_than_state_and_turn_allow(self) -> None:
        the_round = self.table.round
        rows = OpenedAnswer.objects.filter(round=the_round).select_related("invitation__seat")
        visible = {one.invitation.seat.code: one.written.me.words for one in rows}
        if self.fixed is None:
            assert visible == {}
        elif the_round.is_all_open:
            assert visible == self.fixed | self.late
        else:
            assert visible == {code: self.fixed[code] for code in self.shown}
            with pytest.raises(NotThere):
                queries.opened_answers(the_round)

    @invariant()
    def people_read_back_their_own_answer_and_no_other(self) -> None:
        for code in self.said.keys() | self.late.keys():
            invitation = self.table.invitation(code)
            own = queries.own_answer(self.table.round, invitation, self.table.person(code))
            assert own is not None
            assert own.written.me.words == (self.said | self.late)[code]
            other = self.table.person(next(one for one in CODES if one != code))
            assert queries.own_answer(self.table.round, invitation, other) is None

    @invariant()
    def second_answers_open_with_the_close(self) -> None:
        given = queries.second_answers(self.table.round)
        opened = {one.invitation.seat.code: one.me_rating for one in given.values()}
        sealed = self.table.round.in_turns and self.state != State.CLOSED
        assert opened == ({} if sealed else self.seconds)

    @invariant()
    def the_root_and_every_receipt_fit(self) -> None:
        the_round = self.table.round
        if self.fixed is None:
            with pytest.raises(NotThere):
                queries.receipts(the_round)
            return
        assert queries.sheet_faults(queries.sheet(the_round)) == []
        covered = {one.receipt for one in queries.receipts(the_round)}
        assert covered == {self.receipts[code] for code in self.fixed}

    @invariant()
    def one_turn_at_a_time_and_the_ledger_is_whole(self) -> None:
        current = (TurnState.CALLED, TurnState.SHOWN)
        turns = queries.turns_of(self.table.round)
        assert sum(turn.state in current for turn in turns) == (self.state == State.READING)
        assert verify_database(self.table.project.pk).whole

    @invariant()
    def counts_are_all_that_is_told_before_the_seal(self) -> None:
        assert queries.counts(self.table.round).answered == len(self.said.keys() | self.late.keys())


def _written(text: str) -> Written:
    return Written(me=Rated(text, 1), question=text)


@pytest.mark.skipif(kind() != "sqlite", reason="a walk takes minutes on PostgreSQL")
def test_R23_R30_any_life_of_a_round_keeps_its_promises() -> None:
    run_state_machine_as_test(Life, settings=THOROUGH)


THOROUGH = settings(
    max_examples=int(os.environ.get("COPRODUCE_TEST_LIVES", "3")),
    stateful_step_count=20, deadline=None,
    suppress_health_check=list(HealthCheck), derandomize=True, database=None,
)  # fmt: skip
# A fault that is there on purpose need not be made small.
UNTIL_FOUND = settings(THOROUGH, phases=[Phase.generate])


# Three lives do not come as far as the faults that are there on purpose; eight take minutes.
LONG_WALK = pytest.mark.skipif(
    "COPRODUCE_TEST_LIVES" not in os.environ, reason="set COPRODUCE_TEST_LIVES=8 for the longer walk"
)


@LONG_WALK
def test_a_door_that_does_not_ask_who_it_is_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, the machine might never come so far."""
    own = queries.own_answer
    monkeypatch.setattr(queries, "own_answer", lambda round_, mine, person: own(round_, mine, mine.person))
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Life, settings=UNTIL_FOUND)


@LONG_WALK
def test_a_root_that_leaves_one_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from coproduce.capabilities.rounds.rules import sealing

    root = sealing.root
    monkeypatch.setattr(sealing, "root", lambda commitments: root(list(commitments)[1:]))
    monkeypatch.setattr(
        "coproduce.capabilities.rounds.rules.sheet._root", lambda answers: _whole_root(root, answers)
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Life, settings=UNTIL_FOUND)


def _whole_root(root: Any, answers: list[Any]) -> str:
    return root(bytes.fromhex(one["commitment"]) for one in answers).hex()
