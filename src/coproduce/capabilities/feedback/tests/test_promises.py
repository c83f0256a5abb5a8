"""“We will” until it is done: the rules, the operation, and what everyone reads."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from coproduce.capabilities.feedback import operations, queries, rules
from coproduce.capabilities.feedback.models import Statement, Update
from coproduce.capabilities.feedback.terms import Progress
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused, Strength
from coproduce.core.ids import uuid7

from .factories import make_answered

TODAY = date(2025, 10, 15)
BY = date(2025, 11, 7)
NOON = datetime(2025, 10, 15, 11, tzinfo=UTC)


def promise(will="Print the card", will_by=BY):
    return SimpleNamespace(will=will, will_by=will_by)


def news(progress, **more):
    facts = {"promise": "Print the card", "new_date": None, "next_on": None, "on": TODAY, "at": NOON}
    return SimpleNamespace(progress=progress, **facts | more)


def test_R89_a_moved_promise_has_a_new_date_that_lies_ahead():
    def found(new_date):
        return [
            (finding.rule, finding.strength)
            for finding in rules.a_moved_promise_has_its_new_date("moved", new_date, BY, TODAY)
        ]

    assert found(None) == found(TODAY) == found(BY) == [("R89", Strength.REFUSE)]
    assert found(BY + timedelta(days=30)) == []
    assert list(rules.a_moved_promise_has_its_new_date("done", None, BY, TODAY)) == []


def test_updates_go_on_until_it_is_done():
    assert list(rules.more_news_is_announced("going_on", None, TODAY))
    assert list(rules.more_news_is_announced("going_on", TODAY, TODAY))
    assert not list(rules.more_news_is_announced("going_on", TODAY + timedelta(days=1), TODAY))
    assert not list(rules.more_news_is_announced("done", None, TODAY))


def test_a_promise_is_overdue_until_it_is_closed():
    stands = rules.standing_of(promise(will_by=date(2025, 10, 14)), [])
    assert stands.overdue(TODAY)
    done = rules.standing_of(promise(will_by=date(2025, 10, 14)), [news("done")])
    assert (done.overdue(TODAY), done.closed, done.closed_on) == (False, Progress.DONE, TODAY)


def test_a_moved_date_leaves_the_one_before_in_sight():
    later = date(2026, 1, 30)
    stands = rules.standing_of(promise(), [news("moved", new_date=later)])
    assert (stands.by, stands.former) == (later, (BY,))
    assert stands.state == Progress.MOVED


def test_news_of_other_words_closes_nothing():
    stands = rules.standing_of(promise(will="Print it in Urdu, too"), [news("done")])
    assert stands.is_open


def test_what_was_signed_after_the_move_has_the_newer_date():
    later, signed = date(2026, 1, 30), NOON + timedelta(days=1)
    stands = rules.standing_of(promise(will_by=later), [news("moved", new_date=later)], since=signed)
    assert (stands.by, stands.former) == (later, ())


@pytest.mark.parametrize(
    "next_on, by, due",
    [
        (TODAY + timedelta(days=7), BY, True),
        (TODAY + timedelta(days=8), BY, False),
        (None, TODAY - timedelta(days=1), True),
        (None, BY, False),
    ],
)
def test_news_falls_due_a_week_ahead_or_when_the_promise_is_late(next_on, by, due):
    assert rules.standing_of(promise(will_by=by), [], next_on).news_due(TODAY) is due


# What people do


@pytest.fixture
def promised(db):
    """Published: a statement with a promise for the fifth day from now, and news announced for the third."""
    answered = make_answered()
    facts = {
        "will": "Pay travel time.", "will_by": clock.today() + timedelta(days=5),
        "next_update_on": clock.today() + timedelta(days=3),
    }  # fmt: skip
    answered.statement = answered.state(*answered.suggestions, facts=facts)
    operations.publish(by=answered.draft.manager, **answered.at)
    return answered


def say(answered, progress, words="Two areas pay it.", by=None, **more):
    if progress in ("going_on", "moved"):
        more.setdefault("next_on", clock.today() + timedelta(days=30))
    return operations.add_update(
        by=by or answered.draft.facilitator, project_id=answered.draft.project.pk,
        statement_id=answered.statement.pk, progress=progress, words=words, **more,
    )  # fmt: skip


def in_public(answered):
    visit = projects.public_visit(None, answered.draft.project.pk)
    (publication,) = queries.publications_of(answered.draft.project.pk)
    cards = queries.Card.signed_in(publication)
    things = queries.wardrobe(visit, cards, clock.today())
    return [queries.dress(card, things, publication.published_at) for card in cards]


def test_an_update_stands_beside_the_promise_at_once(promised):
    say(promised, "going_on")
    say(promised, "done", "All areas pay it.")
    (shown,) = in_public(promised)
    assert [update.words for update in shown.news] == ["Two areas pay it.", "All areas pay it."]
    assert shown.standing.closed == Progress.DONE
    assert shown.next_update_on is None


def test_an_update_with_the_same_key_is_written_once(promised):
    key = uuid7()
    for _ in range(2):
        say(promised, "done", key=key)
    assert Update.objects.count() == 1


def test_R89_a_moved_promise_without_a_date_is_refused(promised):
    with pytest.raises(Refused, match="R89"):
        say(promised, "moved")
    assert not Update.objects.exists()


def test_a_moved_date_is_signed_the_next_time(promised):
    before, later = promised.statement.will_by, clock.today() + timedelta(days=60)
    say(promised, "moved", new_date=later)
    assert Statement.objects.get().will_by == later
    assert in_public(promised)[0].standing.former == (before,)
    operations.publish(by=promised.draft.manager, **promised.at)
    (shown,) = in_public(promised)
    assert (shown.will_by, shown.standing.former) == (later, ())


def test_nothing_more_is_said_of_what_is_closed(promised):
    say(promised, "stopped", "The providers would not sign.")
    with pytest.raises(Refused, match="closed"):
        say(promised, "going_on")


def test_an_update_says_something_and_announces_the_next_one(promised):
    for words, next_on in (("  ", None), ("Under way.", clock.today())):
        with pytest.raises(Refused, match="C18"):
            say(promised, "going_on", words, next_on=next_on)


def test_only_a_published_promise_has_updates(db):
    answered = make_answered()
    facts = {"will": "Pay travel time.", "will_by": clock.today()}
    answered.statement = answered.state(*answered.suggestions, facts=facts)
    with pytest.raises(Refused, match="Publish the statement first"):
        say(answered, "done")


def test_a_participant_writes_no_update(promised):
    with pytest.raises(NotThere):
        say(promised, "done", by=promised.draft.citizen)


def test_a_statement_with_updates_stays(promised):
    say(promised, "going_on")
    with pytest.raises(Refused, match="It stays"):
        operations.remove_statement(
            by=promised.draft.facilitator, project_id=promised.draft.project.pk,
            statement_id=promised.statement.pk,
        )  # fmt: skip


def test_the_database_keeps_every_update(promised):
    update = say(promised, "going_on")
    with pytest.raises(DatabaseError), transaction.atomic():
        Update.objects.filter(pk=update.pk).update(words="Something else")


def test_the_facilitator_is_reminded_of_what_was_announced(promised):
    project_id = promised.draft.project.pk
    due = queries.news_due(queries.promises_of(project_id), clock.today())
    assert [one.card.ref for one in due] == ["Y01"]
    say(promised, "going_on")
    assert not queries.news_due(queries.promises_of(project_id), clock.today())
    say(promised, "done")
    assert not queries.news_due(queries.promises_of(project_id), date(2099, 1, 1))


def test_a_number_that_is_public_is_not_given_again(promised):
    operations.remove_statement(
        by=promised.draft.facilitator,
        project_id=promised.draft.project.pk,
        statement_id=promised.statement.pk,
    )
    assert promised.state(promised.suggestions[0]).ref == "Y02"
