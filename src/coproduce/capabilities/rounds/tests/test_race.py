"""An answer and the seal at the same moment: each answer is either opened by the seal or marked late, none is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from coproduce.capabilities.rounds import queries
from coproduce.capabilities.rounds.models import Answer, OpenedAnswer
from coproduce.capabilities.rounds.rules import sealing
from coproduce.core.findings import Override, Refused
from coproduce.core.ledger.chain import GENESIS
from coproduce.core.models import Entry

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
