"""Two managers, or many suggesters, at the same moment: nothing is decided twice, lost or numbered twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import Decision, Op, Reaction, Suggestion
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


# What follows an answer


def declined(draft: Any, suggestion: Any) -> Any:
    return draft.decide(suggestion, "declined", reason_code="LAW", reason="No.")


def test_of_two_answers_to_one_that_was_asked_again_the_second_is_told(draft_and_first: Any) -> None:
    draft, suggestion, first = draft_and_first

    results = at_once(
        lambda: draft.decide(suggestion, instead_of=first.pk),
        lambda: draft.decide(
            suggestion, "declined", by=draft.facilitator, reason_code="LAW", reason="No.", instead_of=first.pk
        ),
    )

    (refused,) = [one for one in results if isinstance(one, Refused)]
    (won,) = [one for one in results if isinstance(one, Decision)]
    assert won.get_outcome_display() in str(refused.findings[0].message)
    assert Decision.objects.count() == 2
    assert draft.text() == (TEXT.replace("twice", "three times") if won.outcome == "accepted" else TEXT)


@pytest.fixture
def draft_and_first() -> Any:
    draft = make_draft()
    suggestion = draft.suggest("Care workers visit three times a day.")
    first = declined(draft, suggestion)
    ask_again(draft, suggestion, first)
    return draft, suggestion, first


def ask_again(draft: Any, suggestion: Any, answer: Any) -> Any:
    return operations.react(
        by=draft.citizen, project_id=draft.project.pk, suggestion_id=suggestion.pk, decision_id=answer.pk,
        verdict="not", words="What of nights?", asks_again=True,
    )  # fmt: skip


def test_asking_again_from_two_phones_at_once_happens_once() -> None:
    draft = make_draft()
    suggestion = draft.suggest("Care workers visit three times a day.")
    answer = declined(draft, suggestion)

    results = at_once(*(lambda: ask_again(draft, suggestion, answer) for _ in range(4)))

    assert sum(isinstance(one, Refused) for one in results) == 3
    assert Reaction.objects.count() == 1


def test_one_answer_for_all_and_an_answer_for_one_of_them_never_both() -> None:
    draft = make_draft()
    voices = [draft.suggest("Care workers visit three times a day.") for _ in range(3)]
    made = operations.bundle(
        by=draft.facilitator, project_id=draft.project.pk, document_id=draft.document.pk, lead_id=voices[0].pk,
        suggestion_ids=[one.pk for one in voices[1:]],
    )  # fmt: skip

    at_once(
        lambda: operations.answer_bundle(
            by=draft.manager, project_id=draft.project.pk, bundle_id=made.pk, outcome="accepted"
        ),
        lambda: declined(draft, voices[2]),
        lambda: declined(draft, voices[0]),
    )

    answers = list(Decision.objects.values_list("suggestion_id", flat=True))
    assert len(answers) == len(set(answers))
    assert draft.text() in (TEXT, TEXT.replace("twice", "three times"))
    assert queries.replayed(draft.document.pk, Op.objects.count()) == queries.text_now(draft.document)


def test_the_same_suggestion_without_a_name_sent_five_times_at_once_is_one() -> None:
    draft, key = make_draft(), uuid7()

    def send() -> Any:
        return operations.suggest_unnamed(
            by=draft.citizen, project_id=draft.project.pk, document_id=draft.document.pk, words="Listen", kind="ask",
            key=key,
        )  # fmt: skip

    results = at_once(*(send for _ in range(5)))

    assert {one.pk for one in results} == {Suggestion.objects.get().pk}


def test_support_pressed_many_times_at_once_counts_once() -> None:
    draft = make_draft()
    suggestion = draft.suggest("Care workers visit three times a day.")
    facts = {"project_id": draft.project.pk, "suggestion_id": suggestion.pk}

    at_once(*(lambda: operations.support_suggestion(by=draft.facilitator, **facts) for _ in range(5)))

    assert queries.backing_of([suggestion.pk])[suggestion.pk].total == 1


def test_a_decision_and_a_redaction_at_once_leave_no_word_behind() -> None:
    draft = make_draft()
    suggestion = draft.suggest(words="A libel about quincunx")
    facts = {"by": draft.facilitator, "project_id": draft.project.pk, "suggestion_id": suggestion.pk}

    results = at_once(
        lambda: declined(draft, suggestion), lambda: operations.redact(**facts, reason="It is a libel")
    )

    assert not [one for one in results if isinstance(one, Refused)]
    kept = Suggestion.objects.get()
    assert (kept.words, kept.status) == ("[…]", "declined")
