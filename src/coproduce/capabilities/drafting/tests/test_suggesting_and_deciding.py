from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import Decision, Op, SuggestedEdit, Suggestion
from coproduce.capabilities.drafting.operations import FinalText
from coproduce.capabilities.drafting.rules.edits import Edit
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry

from .factories import CARER, NOON, TEXT, VISIT, WRITE, Draft, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Draft:
    return make_draft()


def words_by(draft: Draft, block: int = VISIT) -> list[tuple[str, str]]:
    """Who wrote which words of a block, without separators."""
    draft.document.refresh_from_db()
    found = queries.blame(draft.document, queries.text_now(draft.document), [block])[block]
    return [(stretch.text.strip(), stretch.cause.author.name) for stretch in found if stretch.text.strip()]


def test_R01_a_draft_waits_for_the_foreword_unless_a_named_person_says_why(draft: Draft) -> None:
    with pytest.raises(Refused) as refused:
        operations.start_document(
            by=draft.facilitator, project_id=draft.project.pk, title="Next", text="Words"
        )
    assert [one.rule for one in refused.value.findings] == ["R01"]


def test_the_text_of_a_new_document_is_the_text_it_was_opened_with(draft: Draft) -> None:
    assert draft.text() == TEXT
    assert draft.document.seq == len(queries.text_now(draft.document).order)


def test_what_a_citizen_typed_is_in_the_text_once_accepted(draft: Draft) -> None:
    suggestion = draft.suggest("Care workers visit three times a day.")
    assert draft.text() == TEXT
    assert (suggestion.ref, suggestion.kind, suggestion.gist) == ("S01", "change", "“twice” → “three times”")

    draft.decide(suggestion)

    assert draft.text() == TEXT.replace("twice", "three times")
    assert words_by(draft) == [("Care workers visit", "Fay"), ("three times", "Priya"), ("a day.", "Fay")]


def test_the_deciders_own_words_are_the_deciders_and_the_kept_ones_stay_the_suggesters(draft: Draft) -> None:
    suggestion = draft.suggest("Care workers visit three times a day.")

    draft.decide(suggestion, "in_part", reason_code="COST", reason="Nights cost more.", cost_amount=Decimal(90_000),
                 final=[FinalText("Care workers visit three times on weekdays.", block=VISIT)])  # fmt: skip

    assert words_by(draft) == [
        ("Care workers visit", "Fay"), ("three times", "Priya"), ("on weekdays", "Marta"), (".", "Fay"),
    ]  # fmt: skip


def test_a_suggestion_in_words_alone_lands_where_the_decider_writes_it(draft: Draft) -> None:
    suggestion = draft.suggest(words="Providers pay travel time between visits", kind="add")

    final = FinalText("From June, providers pay travel time between visits.", after=VISIT)
    draft.decide(suggestion, final=[final])

    assert "a day.\n\nFrom June, providers pay travel time between visits.\n\n## Carers" in draft.text()
    new_block = draft.document.seq + 1
    assert words_by(draft, new_block) == [
        ("From June, providers", "Marta"), ("pay travel time between visits.", "Priya"),
    ]  # fmt: skip


def test_R85_words_alone_cannot_be_accepted_without_a_place(draft: Draft) -> None:
    with pytest.raises(Refused, match="R85"):
        draft.decide(draft.suggest())
    assert draft.decide(draft.suggest(), place="Section 2").place == "Section 2"


def test_R85_a_conflict_is_shown_and_never_merged(draft: Draft) -> None:
    first = draft.suggest("Care workers visit three times a day.")
    second = draft.suggest("Care workers visit once a day.")
    draft.decide(first)
    text = draft.text()

    with pytest.raises(Refused) as refused:
        draft.decide(second)

    assert [one.subject for one in refused.value.findings] == ["final"]
    assert draft.text() == text
    draft.decide(second, final=[FinalText("Care workers visit once or more a day.", block=VISIT)])
    assert "visit once or more a day" in draft.text()


def test_a_suggestion_moves_with_the_text_around_it(draft: Draft) -> None:
    second = draft.suggest("Care workers visit twice each day.")
    draft.decide(draft.suggest("Trained care workers visit twice a day."))

    draft.decide(second)

    assert "Trained care workers visit twice each day." in draft.text()


def test_the_same_words_from_two_people_land_once(draft: Draft) -> None:
    first, second = (draft.suggest("Care workers visit three times a day.") for _ in range(2))
    draft.decide(first)
    before = Op.objects.count()

    decision = draft.decide(second)

    assert Op.objects.count() == before
    assert decision.place


def test_a_block_is_taken_out_when_its_words_are(draft: Draft) -> None:
    draft.decide(draft.suggest("", block=CARER))
    assert "Ask each carer" not in draft.text()
    draft.decide(draft.suggest("* Write it down", block=WRITE))
    assert "## Carers\n\n* Write it down\n\n|" in draft.text()


def test_R83_a_refusal_without_a_reason_writes_nothing(draft: Draft) -> None:
    suggestion = draft.suggest()
    entries = Entry.objects.count()

    with pytest.raises(Refused, match="R83"):
        draft.decide(suggestion, "declined")

    assert Entry.objects.count() == entries
    assert queries.suggestion_in(draft.project.pk, suggestion.pk).is_open


def test_R84_walkthrough_18_a_refusal_for_cost_needs_its_figure(draft: Draft) -> None:
    suggestion = draft.suggest(words="Ten free weeks for everybody")
    with pytest.raises(Refused, match="R84"):
        draft.decide(suggestion, "declined", reason_code="COST", reason="It costs too much.")

    saved = draft.decide(
        suggestion, "declined", reason_code="COST", reason="It costs too much.", cost_amount=Decimal(1_900_000),
        cost_period="a_year",
    )  # fmt: skip
    assert Decision.objects.get(pk=saved.pk).cost_amount == Decimal(1_900_000)


def test_R82_noted_is_refused(draft: Draft) -> None:
    with pytest.raises(Refused, match="R82"):
        draft.decide(draft.suggest(), "noted")


def test_the_second_of_two_deciders_is_told_who_was_first(draft: Draft) -> None:
    suggestion = draft.suggest("Care workers visit three times a day.")
    draft.decide(suggestion)

    with pytest.raises(Refused, match="Marta has decided this already"):
        draft.decide(suggestion, by=draft.facilitator)


def test_a_refusal_can_be_looked_at_again_and_both_answers_are_kept(draft: Draft) -> None:
    suggestion = draft.suggest("Care workers visit three times a day.")
    first = draft.decide(
        suggestion, "declined", reason_code="EVIDENCE", reason="Nothing shows that it helps."
    )

    second = draft.decide(suggestion, instead_of=first.pk)

    assert [one.pk for one in queries.decisions_of(suggestion.pk)] == [second.pk, first.pk]
    assert queries.current_decisions([suggestion.pk])[suggestion.pk].pk == second.pk
    with pytest.raises(Refused):
        draft.decide(suggestion, "declined", reason_code="LAW", reason="No.", instead_of=second.pk)


def test_an_acceptance_that_was_a_mistake_is_taken_back_with_a_new_answer(draft: Draft) -> None:
    suggestion, other = (
        draft.suggest("Care workers visit three times a day."),
        draft.suggest("Care workers visit once a day."),
    )
    mistake = draft.decide(suggestion)

    answer = draft.decide(
        suggestion,
        "declined",
        reason_code="EVIDENCE",
        reason="Nothing shows it helps.",
        taking_back=mistake.pk,
    )

    assert draft.text() == TEXT
    draft.document.refresh_from_db()
    state = queries.text_now(draft.document)
    assert {one.cause.author for row in queries.blame(draft.document, state).values() for one in row} == {
        draft.facilitator
    }
    assert answer.supersedes_id == mistake.pk
    assert queries.replayed(draft.document.pk, draft.document.seq) == state
    assert queries.altered_operations(draft.project.pk) == []
    draft.decide(other)
    assert draft.text() == TEXT.replace("twice", "once")


def test_an_acceptance_that_others_have_built_on_is_not_taken_back(draft: Draft) -> None:
    mistake = draft.decide(suggestion := draft.suggest("Care workers visit three times a day."))
    draft.decide(draft.suggest("* Ask every carer", block=CARER))

    with pytest.raises(Refused, match="has decided this already"):
        draft.decide(suggestion, "declined", reason_code="LAW", reason="No.", taking_back=mistake.pk)


def test_the_same_request_sent_twice_decides_once(draft: Draft) -> None:
    suggestion = draft.suggest("Care workers visit three times a day.")
    key = uuid7()

    assert draft.decide(suggestion, key=key).pk == draft.decide(suggestion, key=key).pk
    assert Decision.objects.count() == 1


def test_R86_a_withdrawn_suggestion_is_kept(draft: Draft) -> None:
    suggestion = draft.suggest()

    operations.withdraw(
        by=draft.citizen, project_id=draft.project.pk, suggestion_id=suggestion.pk, reason="Not needed now"
    )

    kept = queries.suggestion_in(draft.project.pk, suggestion.pk)
    assert (kept.status, kept.words) == ("withdrawn", "Visit at night, too")
    with pytest.raises(Refused):
        draft.decide(suggestion, place="Section 2")


def test_nobody_withdraws_for_others_but_who_runs_the_project(draft: Draft) -> None:
    suggestion = draft.suggest()
    with pytest.raises(NotThere):
        operations.withdraw(
            by=add_person(by=None, name="Colin"), project_id=draft.project.pk, suggestion_id=suggestion.pk,
            reason="I want it gone",
        )  # fmt: skip
    operations.withdraw(
        by=draft.facilitator, project_id=draft.project.pk, suggestion_id=suggestion.pk, reason="She rang us"
    )


@pytest.mark.parametrize("table", [Suggestion, SuggestedEdit, Decision, Op])
def test_R86_the_database_refuses_to_delete_history(draft: Draft, table: Any) -> None:
    draft.decide(draft.suggest("Care workers visit three times a day."))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table._meta.db_table}")  # noqa: S608


@pytest.mark.parametrize("table", [SuggestedEdit, Op])
def test_what_was_suggested_and_done_cannot_be_rewritten(draft: Draft, table: Any) -> None:
    draft.decide(draft.suggest("Care workers visit three times a day."))
    column = "words" if table is SuggestedEdit else "inserted"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table._meta.db_table} SET {column} = 'x'")  # noqa: S608


@clock.at(NOON)
def test_an_answer_is_promised_within_twenty_working_days(draft: Draft) -> None:
    assert draft.suggest(said_on=date(2025, 8, 4)).due_on == date(2025, 9, 2)
    operations.promise_answers(
        by=draft.manager,
        project_id=draft.project.pk,
        document_id=draft.document.pk,
        answers_by=date(2025, 9, 5),
    )
    assert draft.suggest(said_on=date(2025, 8, 4)).due_on == date(2025, 9, 5)


def test_a_paper_suggestion_is_entered_on_behalf_of_who_said_it(draft: Draft) -> None:
    len_ = add_person(by=draft.facilitator, name="Len")

    suggestion = draft.suggest(by=draft.facilitator, author=len_, channel="paper")

    assert (suggestion.author.name, suggestion.entered_by.name, suggestion.channel) == ("Len", "Fay", "paper")
    entry = Entry.objects.get(verb="drafting.suggest")
    assert (entry.actor, entry.on_behalf_of) == (draft.facilitator.pk, len_.pk)
    with pytest.raises(NotThere):
        draft.suggest(author=len_)


def test_suggesting_nothing_is_refused(draft: Draft) -> None:
    with pytest.raises(Refused, match="Change some words"):
        draft.suggest("Care workers visit twice a day.")


@pytest.mark.parametrize(
    "edit",
    [
        Edit("replace", VISIT, 0, "Nurses", "Doctors"),
        Edit("replace", VISIT, 9_000, "", "x"),
        Edit("replace", 99, 0, "", "x"),
        Edit("delete_block", VISIT, 0, "Care"),
        Edit("insert_block", 99, words="x"),
        Edit("replace", VISIT, 0, "", "\x00"),
    ],
)
def test_edits_that_do_not_fit_the_text_are_refused(draft: Draft, edit: Edit) -> None:
    with pytest.raises(Refused):
        draft.suggest(words="", edits=[edit])
    assert not Suggestion.objects.exists()


def test_versions_hold_what_was_accepted_before_them(draft: Draft) -> None:
    suggestion, other = (draft.suggest("Care workers visit three times a day."), draft.suggest())
    first = draft.publish(Number(0, 1))
    draft.decide(suggestion)
    second = draft.publish(Number(0, 2), "Three visits")
    draft.decide(other, "declined", reason_code="LAW", reason="No.")

    decision = queries.current_decisions([suggestion.pk])[suggestion.pk]
    versions = queries.versions_of(draft.document.pk)
    assert queries.landed_in(decision.landed_seq, versions) == second
    assert (queries.text_of_version(first), queries.text_of_version(second)) == (
        TEXT, TEXT.replace("twice", "three times"),
    )  # fmt: skip
    draft.document.refresh_from_db()
    found = queries.difference(draft.document, second, first)
    (change,) = found.by_suggestion[suggestion.pk]
    assert (change.removed, change.added) == (("twice",), ("three times",))


def test_R81_R85_a_version_needs_a_summary_and_the_next_number(draft: Draft) -> None:
    for number, summary in (
        (Number(0, 1), " "),
        (None, "First"),
        (Number(0, 0), "First"),
        (Number(6, 2), "First"),
    ):
        with pytest.raises(Refused):
            draft.publish(number, summary)
    draft.publish(Number(0, 3), skipped_because="Two drafts were on paper")
    assert [str(version) for version in queries.versions_of(draft.document.pk)] == ["0.3"]


def test_replaying_gives_the_stored_text_blame_and_hashes(draft: Draft) -> None:
    draft.decide(draft.suggest("Care workers visit three times a day."))
    version = draft.publish(Number(0, 1))
    draft.document.refresh_from_db()

    state = queries.replayed(draft.document.pk, draft.document.seq)

    assert state == queries.text_now(draft.document)
    assert queries.text_hash(state.text()) == version.text_sha256


def test_an_answer_that_was_told_keeps_the_day(draft: Draft) -> None:
    suggestion = draft.suggest()
    with pytest.raises(Refused):
        operations.tell(
            by=draft.manager, project_id=draft.project.pk, suggestion_id=suggestion.pk, how="Letter"
        )
    draft.decide(suggestion, place="Section 2")
    told = operations.tell(
        by=draft.manager,
        project_id=draft.project.pk,
        suggestion_id=suggestion.pk,
        how="Letter",
        on=date(2025, 9, 22),
    )
    assert (told.told_on, told.told_how) == (date(2025, 9, 22), "Letter")
