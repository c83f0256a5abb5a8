"""Two managers, or many suggesters, at the same moment: nothing is decided twice, lost or numbered twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from coproduce.capabilities.drafting import queries
from coproduce.capabilities.drafting.models import Decision, Op, Suggestion
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7

from .factories import TEXT, make_draft

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
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


def test_of_two_managers_one_decides_and_the_other_is_told() -> None:
    draft = make_draft()
    suggestion = draft.suggest("Care workers visit three times a day.")

    results = at_once(
        lambda: draft.decide(suggestion),
        lambda: draft.decide(suggestion, "declined", by=draft.facilitator, reason_code="LAW", reason="No."),
    )

    (refused,) = [one for one in results if isinstance(one, Refused)]
    assert "has decided this already" in str(refused.findings[0].message)
    decision = Decision.objects.get()
    accepted = decision.outcome == "accepted"
    assert draft.text() == (TEXT.replace("twice", "three times") if accepted else TEXT)


def test_many_decisions_at_once_leave_one_unbroken_line_of_operations() -> None:
    draft = make_draft("\n\n".join(f"Passage {n} says this." for n in range(1, 7)))
    suggestions = [draft.suggest(f"Passage {n} says that.", block=n) for n in range(1, 7)]

    at_once(*((lambda one=one: draft.decide(one)) for one in suggestions))

    draft.document.refresh_from_db()
    seqs = list(Op.objects.filter(document=draft.document).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, draft.document.seq + 1))
    assert draft.text().count("that.") == 6
    assert queries.replayed(draft.document.pk, draft.document.seq) == queries.text_now(draft.document)


def test_suggestions_made_at_once_each_get_their_number() -> None:
    draft = make_draft()

    at_once(*((lambda n=n: draft.suggest(words=f"Idea {n}")) for n in range(8)))

    assert sorted(Suggestion.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_the_same_decision_posted_five_times_at_once_is_one() -> None:
    draft, key = make_draft(), uuid7()
    suggestion = draft.suggest("Care workers visit three times a day.")

    results = at_once(*(lambda: draft.decide(suggestion, key=key) for _ in range(5)))

    assert Decision.objects.count() == 1
    assert draft.text() == TEXT.replace("twice", "three times")
    assert {one.pk for one in results if isinstance(one, Decision)} == {Decision.objects.get().pk}
