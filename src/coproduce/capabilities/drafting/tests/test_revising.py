from typing import Any

import pytest

from coproduce.capabilities.drafting import operations, queries
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.models import Entry, Payload

from .factories import TEXT, VISIT, Draft, make_draft

pytestmark = pytest.mark.django_db

NEW = TEXT.replace("twice a day", "three times a day").replace("* Ask each carer\n", "")


@pytest.fixture
def draft() -> Draft:
    return make_draft()


def revise(draft: Draft, text: str = NEW, why: str = "The round is read", by: Any = None) -> None:
    operations.revise_document(
        by=by or draft.manager, project_id=draft.project.pk, document_id=draft.document.pk, text=text, why=why
    )
    draft.document.refresh_from_db()


def test_the_text_becomes_the_new_one_and_each_word_keeps_its_author(draft: Draft) -> None:
    revise(draft)
    assert draft.text() == NEW
    [stretches] = queries.blame(draft.document, queries.text_now(draft.document), [VISIT]).values()
    assert [(stretch.text.strip(), stretch.cause.author.name) for stretch in stretches] == [
        ("Care workers visit", "Fay"), ("three times", "Marta"), ("a day.", "Fay"),
    ]  # fmt: skip
    assert all(stretch.cause.suggestion is None for stretch in stretches)


def test_the_ledger_says_who_and_why(draft: Draft) -> None:
    revise(draft)
    entry = Entry.objects.get(verb="drafting.revise_document")
    assert entry.actor == draft.manager.pk
    assert Payload.objects.get(entry=entry).content["after"]["why"] == "The round is read"


def test_nobody_writes_over_a_suggestion_that_waits_for_its_answer(draft: Draft) -> None:
    suggestion = draft.suggest("Care workers visit at night.")
    with pytest.raises(Refused, match="wait for an answer"):
        revise(draft)
    assert draft.text() == TEXT
    draft.decide(suggestion, "declined", reason_code="SAFE", reason="Not safe yet.")
    revise(draft)
    assert draft.text() == NEW


@pytest.mark.parametrize("text,why", [(TEXT, "Nothing new"), (NEW, " "), (NEW + "\x00", "A sign")])
def test_a_new_text_differs_and_says_why(draft: Draft, text: str, why: str) -> None:
    with pytest.raises(Refused):
        revise(draft, text, why)


def test_participants_suggest_and_do_not_rewrite(draft: Draft) -> None:
    with pytest.raises(NotThere):
        revise(draft, by=draft.citizen)
