from datetime import date

import pytest

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.feedback import operations, queries
from coproduce.capabilities.feedback.models import Answer, Publication, Statement
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Payload

from .factories import make_answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered():
    return make_answered()


def publish(answered, by=None):
    return operations.publish(by=by or answered.draft.manager, **answered.at)


def rules_found(answered):
    standing = queries.standing_of(answered.draft.project.pk, answered.draft.document.pk)
    return {finding.rule for finding in operations.readiness(standing).findings}


def dressed(answered):
    """What the public page shows of the newest publication."""
    visit = projects.public_visit(None, answered.draft.project.pk)
    (publication,) = queries.publications_of(answered.draft.project.pk)
    cards = queries.Card.signed_in(publication)
    things = queries.wardrobe(visit, cards, clock.today())
    return [queries.dress(card, things) for card in cards]


def test_statements_get_the_next_number(answered):
    refs = [answered.state(answered.suggestions[0]).ref, answered.state(answered.suggestions[1]).ref]
    assert refs == ["Y01", "Y02"]


def test_the_answers_of_a_statement_are_counted(answered):
    answered.state(*answered.suggestions)
    (line,) = queries.overview(answered.draft.project.pk).lines
    counts = line.counts
    assert line.refs == ["S01", "S02", "S03", "S04"]
    assert (counts.accepted, counts.in_part, counts.declined, counts.passed_on) == (1, 1, 1, 1)


def test_R89_a_promise_without_a_date_is_refused_and_nothing_is_written(answered):
    with pytest.raises(Refused) as refused:
        answered.state(answered.suggestions[0], facts={"did": "", "will": "Pay travel time"})
    assert refused.value.findings[0].rule == "R89"
    assert not Statement.objects.exists()


def test_R87_publishing_is_refused_while_a_suggestion_is_uncovered(answered):
    answered.state(*answered.suggestions[:3])
    with pytest.raises(Refused, match="S04"):
        publish(answered)
    answered.state(answered.suggestions[3])
    publish(answered)
    assert Publication.objects.get().number == 1


def test_R87_publishing_is_refused_while_a_suggestion_has_no_decision(answered):
    undecided = answered.suggest("Publish results every month")
    answered.state(*answered.suggestions, undecided)
    with pytest.raises(Refused, match=f"Not decided yet: {undecided.ref}"):
        publish(answered)


def test_R87_a_withdrawn_suggestion_does_not_hold_up_the_answers(answered):
    withdrawn = answered.suggest("A thought I take back")
    drafting.withdraw(
        by=answered.draft.citizen, project_id=answered.draft.project.pk, suggestion_id=withdrawn.pk,
        reason="Not mine to say.",
    )  # fmt: skip
    answered.state(*answered.suggestions)
    publish(answered)
    assert queries.coverage(answered.draft.document).counts.total == 4


def test_only_the_manager_signs(answered):
    answered.state(*answered.suggestions)
    for person in (answered.draft.facilitator, answered.draft.citizen):
        with pytest.raises(NotThere):
            publish(answered, by=person)


def test_a_participant_writes_no_statement(answered):
    with pytest.raises(NotThere):
        answered.state(answered.suggestions[0], by=answered.draft.citizen)


def test_what_is_published_stays_as_it_was_signed(answered):
    statement = answered.state(*answered.suggestions)
    publish(answered)
    answered.state(*answered.suggestions, statement_id=statement.pk, facts={"did": "Something else"})
    assert [one.card.did for one in dressed(answered)] == ["Nights are in."]
    publish(answered)
    assert [one.card.did for one in dressed(answered)] == ["Something else"]
    assert [row.number for row in Publication.objects.order_by("number")] == [1, 2]


def test_publishing_with_the_same_key_happens_once(answered):
    answered.state(*answered.suggestions)
    key = uuid7()
    made = [operations.publish(by=answered.draft.manager, **answered.at, key=key) for _ in range(3)]
    assert len({one.pk for one in made}) == 1
    assert Publication.objects.count() == 1


def test_a_publication_holds_ids_and_no_names(answered):
    answered.state(
        *answered.suggestions,
        together_ids=[answered.draft.citizen.pk],
        responsible_id=answered.draft.manager.pk,
    )
    publication = publish(answered)
    assert "Priya" not in str(publication.statements)
    assert "Marta" not in str(publication.statements)


@pytest.mark.parametrize(
    "choice, said_by",
    [
        ("first name", "Priya"),
        ("anonymous", "1 person who is not named"),
        ("organisation only", "Carers' Centre"),
    ],
)
def test_people_are_named_as_each_chose(answered, choice, said_by):
    people.choose(
        by=answered.draft.citizen, project_id=answered.draft.project.pk, seat_id=answered.seat.pk,
        changes={"acknowledgement": choice, "organisation": "Carers' Centre"},
    )  # fmt: skip
    answered.state(*answered.suggestions, together_ids=[answered.draft.citizen.pk])
    publish(answered)
    (shown,) = dressed(answered)
    assert shown.said_by == said_by
    assert shown.together == ([] if choice == "anonymous" else [said_by])


def test_the_manager_is_named_as_responsible(answered):
    answered.state(*answered.suggestions, responsible_id=answered.draft.manager.pk)
    publish(answered)
    assert dressed(answered)[0].responsible == "Marta"


def test_a_quote_must_be_verbatim(answered):
    one = answered.suggestions[0]
    with pytest.raises(Refused):
        answered.state(one, quotes=[(one.pk, "Words that nobody said")])
    answered.state(one, quotes=[(one.pk, "Reason for accepted")])
    assert Answer.objects.get().passages == ["Reason for accepted"]


def test_R20_quotes_vanish_when_consent_is_withdrawn_and_counts_stay(answered):
    one = answered.suggestions[0]
    answered.state(*answered.suggestions, quotes=[(one.pk, one.reason)])
    publish(answered)
    (before,) = dressed(answered)
    assert [(quote.words, quote.by) for quote in before.quotes] == [("Reason for accepted", "Priya")]
    people.withdraw_quotes(
        by=answered.draft.citizen, project_id=answered.draft.project.pk, seat_id=answered.seat.pk
    )
    (after,) = dressed(answered)
    assert after.quotes == []
    assert after.counts == before.counts
    assert after.counts.total == 4


def test_someone_without_a_seat_is_quoted_only_with_consent_for_that_suggestion(answered):
    shy = answered.suggest("From outside", "accepted", by=answered.draft.facilitator)
    open_ = answered.suggest(
        "Also from outside", "accepted", by=answered.draft.facilitator, quote_consent=True
    )
    answered.state(
        *answered.suggestions, shy, open_, quotes=[(shy.pk, "From outside"), (open_.pk, "Also from outside")]
    )
    publish(answered)
    assert [quote.words for quote in dressed(answered)[0].quotes] == ["Also from outside"]


def test_R12_a_heading_may_not_say_co_production_without_professionals(answered):
    answered.state(*answered.suggestions, facts={"heading": "A co-production success"})
    with pytest.raises(Refused, match="R12"):
        publish(answered)


def test_R88_the_closing_date_brings_a_warning_on_record(answered):
    operations.set_report(by=answered.draft.facilitator, **answered.at, comments_closed_on=date(2020, 1, 1))
    answered.state(*answered.suggestions)
    assert "R88" in rules_found(answered)
    assert publish(answered).number == 1
    (late,) = queries.lateness(queries.standings(answered.draft.project.pk), clock.today())
    assert late.rule == "R88"


def test_a_statement_taken_out_leaves_its_words_in_the_ledger(answered):
    statement = answered.state(answered.suggestions[0])
    operations.remove_statement(
        by=answered.draft.facilitator, project_id=answered.draft.project.pk, statement_id=statement.pk
    )
    assert not Statement.objects.exists()
    assert any("Nights are in." in str(payload.content) for payload in Payload.objects.all())


def test_suggestions_of_another_document_are_not_there(answered):
    other = make_answered().suggestions[0]
    with pytest.raises(NotThere):
        answered.state(other)


def test_coverage_names_what_is_left(answered):
    answered.state(answered.suggestions[0])
    covered = queries.coverage(answered.draft.document)
    assert [one.ref for one in covered.uncovered] == ["S02", "S03", "S04"]
    assert covered.undecided == []


def test_the_record_has_statements_and_publications(answered):
    answered.state(*answered.suggestions)
    publish(answered)
    rows = queries.rows_for_record(answered.draft.project.pk)
    assert rows["statements"][0]["suggestions"] == ["S01", "S02", "S03", "S04"]
    assert rows["publications"][0]["number"] == 1
