"""An answer and the seal at the same moment: each answer is either opened by the seal or marked late, none is lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.models import Answer, OpenedAnswer, Round, SecondAnswer
from coproduce.capabilities.rounds.operations import answering as answering_operations
from coproduce.capabilities.rounds.queries import arriving
from coproduce.capabilities.rounds.rules import sealing
from coproduce.core.findings import Override, Refused
from coproduce.core.ledger.chain import GENESIS
from coproduce.core.models import Entry
from coproduce.core.prepared import Prepared
from tests.support.databases import kind

from .factories import DURING, Table, an_open_table, words

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all of this in threads that start together, each with its own connection."""
    start = Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        start.wait(timeout=30)
        try:
            return work()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def answering(table: Table, code: str, text: str, key: UUID | None = None) -> Callable[[], Any]:
    return lambda: table.answer(code, words(text), key=key)


def sealing_now(table: Table) -> Callable[[], Any]:
    return lambda: table.seal(at=DURING, override=Override("Everyone is in the room."))


def test_answers_that_meet_the_seal_are_opened_or_late_and_none_is_lost() -> None:
    table = an_open_table({"G1": 8})
    early = [table.answer(code, words("early")) for code in ("P01", "P02")]
    racing = [f"P0{number}" for number in range(3, 9)]
    results = at_once(sealing_now(table), *(answering(table, code, code) for code in racing))
    assert not [result for result in results if isinstance(result, Refused)]
    opened = list(OpenedAnswer.objects.select_related("answer"))
    assert len(opened) == Answer.objects.count() == 8
    on_time = sorted(one.answer.commitment for one in opened if not one.is_late)
    assert {one.commitment for one in early} <= set(on_time)
    assert table.again().root == sealing.root(bytes.fromhex(one) for one in on_time).hex()


def test_a_change_that_meets_the_seal_counts_or_is_refused_R30() -> None:
    table = an_open_table({"G1": 4})
    for code in table.seats:
        table.answer(code, words("first"))
    _sealed, *changes = at_once(
        sealing_now(table), *(answering(table, code, "changed") for code in table.seats)
    )
    expected = ["first me" if isinstance(change, Refused) else "changed me" for change in changes]
    assert [one.written.me.words for one in queries.opened_answers(table.round)] == expected


def test_the_same_request_from_five_tabs_at_once_writes_once() -> None:
    table, key = an_open_table({"G1": 1}), uuid4()
    answers = at_once(*(answering(table, "P01", "once", key) for _tab in range(5)))
    assert len({answer.receipt for answer in answers}) == 1
    assert Answer.objects.count() == 1


def test_revisions_from_several_devices_stand_in_order_and_the_chain_holds() -> None:
    table = an_open_table({"G1": 1})
    at_once(*(answering(table, "P01", f"device {number}") for number in range(5)))
    assert sorted(Answer.objects.values_list("revision", flat=True)) == [1, 2, 3, 4, 5]
    previous = GENESIS
    for entry in Entry.objects.filter(chain_id=str(table.project.pk)).order_by("seq"):
        assert entry.previous == previous
        previous = entry.hash


def sealing_for_turns(table: Table) -> Callable[[], Any]:
    return lambda: table.seal(at=DURING, in_turns=True, override=Override("Everyone is in the room."))


def second(table: Table, code: str) -> Callable[[], Any]:
    return lambda: operations.seal_second_answer(
        by=table.person(code), project_id=table.project.pk, round_id=table.round.pk, me_rating=2, words=code
    )


def run_apart(table: Table, verb: Callable[..., Any]) -> Any:
    return verb(by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk)


def a_round_at_its_second_answers() -> Table:
    table = an_open_table({"G1": 5})
    for code in table.seats:
        table.answer(code, words(code))
    table.seal(at=DURING, in_turns=True, override=Override("Everyone is in the room."))
    for verb in (operations.begin_reading, *[operations.end_turn] * 10, operations.open_second_answers):
        run_apart(table, verb)
    table.again()
    return table


def the_root_fits(table: Table) -> None:
    """The root covers exactly the answers that were not late, and the order is drawn from them."""
    assert queries.sheet_faults(queries.sheet(table.again())) == []
    on_time = Answer.objects.filter(round=table.round, part=1, is_late=False)
    last = {answer.invitation_id: answer.commitment for answer in on_time.order_by("revision")}
    assert table.round.root == sealing.root(bytes.fromhex(one) for one in sorted(last.values())).hex()


def test_answers_that_meet_a_seal_for_turns_are_in_the_root_or_late() -> None:
    table = an_open_table({"G1": 8})
    early = [table.answer(code, words("early")) for code in ("P01", "P02")]
    racing = [f"P0{number}" for number in range(3, 9)]
    results = at_once(sealing_for_turns(table), *(answering(table, code, code) for code in racing))
    assert not [result for result in results if isinstance(result, Refused)]
    assert Answer.objects.count() == 8
    assert not OpenedAnswer.objects.exists()
    the_root_fits(table)
    assert {one.commitment for one in early} <= {one.commitment for one in queries.receipts(table.round)}


def test_second_answers_that_meet_the_close_are_opened_by_it_or_refused() -> None:
    table = a_round_at_its_second_answers()
    closing, *seconds = at_once(
        lambda: run_apart(table, operations.close_round), *(second(table, code) for code in table.seats)
    )
    assert closing.second_root
    kept = [one.commitment for one in seconds if not isinstance(one, Refused)]
    assert SecondAnswer.objects.count() == len(kept)
    assert closing.second_root == sealing.root(bytes.fromhex(one) for one in sorted(kept)).hex()


def without_lock(**values: Any) -> Any:
    own = arriving._own(**values)
    own.query.select_for_update = False
    return own


@contextmanager
def no_row_lock_and_no_trigger(
    monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Any]
) -> Iterator[None]:
    """An answer reads the state without the lock; before it is written, `meanwhile` happens in another connection."""

    kept = answering_operations.keep

    def keep_afterwards(answer: Answer, by: Any) -> None:
        at_once(meanwhile)
        kept(answer, by)

    for module in ("answering", "reading"):
        path = f"coproduce.capabilities.rounds.operations.{module}"
        monkeypatch.setattr(f"{path}.keep", keep_afterwards)
        monkeypatch.setattr(f"{path}.locked", lambda round_id: Round.objects.get(pk=round_id))
    monkeypatch.setattr(arriving, "_own_prepared", Prepared(without_lock))
    turn = "ALTER TABLE rounds_answer {} TRIGGER rounds_answers_while_open"
    with connection.cursor() as cursor:
        cursor.execute(turn.format("DISABLE"))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(turn.format("ENABLE"))


ROW_LOCKS = pytest.mark.skipif(
    kind() != "postgresql",
    reason="SQLite has no row locks: one writer follows the other from its first statement",
)


@ROW_LOCKS
def test_without_the_row_lock_an_answer_slips_past_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above can fail: an answer that began before the seal and is written after it stands in no root."""
    table = an_open_table({"G1": 2})
    table.answer("P01", words("early"))
    with no_row_lock_and_no_trigger(monkeypatch, sealing_for_turns(table)):
        table.answer("P02", words("slips past"))
    with pytest.raises(AssertionError):
        the_root_fits(table)


@ROW_LOCKS
def test_without_the_row_lock_the_trigger_still_refuses_what_would_slip_past(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = an_open_table({"G1": 2})
    table.answer("P01", words("early"))
    with no_row_lock_and_no_trigger(monkeypatch, sealing_for_turns(table)):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE rounds_answer ENABLE TRIGGER rounds_answers_while_open")
        with pytest.raises(DatabaseError, match="only an open round"):
            table.answer("P02", words("slips past"))
    the_root_fits(table)


@ROW_LOCKS
def test_without_the_row_lock_a_second_answer_slips_past_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    table = a_round_at_its_second_answers()
    with no_row_lock_and_no_trigger(monkeypatch, lambda: run_apart(table, operations.close_round)):
        second(table, "P01")()
    assert any("second" in fault.where for fault in queries.sheet_faults(queries.sheet(table.again())))
