"""Votes at the same moment as each other, as a change of the words, as the close, and as an erasure."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction

from coproduce.capabilities.labs.tests.factories import a_house
from coproduce.capabilities.voting import operations, queries
from coproduce.capabilities.voting.models import Ballot, Statement, Vote, Voter
from coproduce.capabilities.voting.operations import Draft
from coproduce.core import clock
from coproduce.core.findings import Refused

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 12


@pytest.fixture
def house() -> Any:
    return a_house()


@pytest.fixture
def ballot(house: Any) -> Ballot:
    made = operations.make_ballot(**house.here, title="What matters")
    drafts = [Draft("A nurse visits."), Draft("The ward rings.")]
    operations.add_statements(**house.here, ballot_id=made.pk, drafts=drafts)
    return operations.open_ballot(**house.here, ballot_id=made.pk)


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


def first(ballot: Ballot) -> Statement:
    return Statement.objects.filter(ballot=ballot).order_by("number")[0]


def cast(ballot: Ballot, key: str, value: int = 1, revision: int = 1) -> str:
    operations.cast(
        ballot_id=ballot.pk, statement_id=first(ballot).pk, key=key, value=value, revision=revision
    )
    return key


def test_the_same_vote_sent_many_times_at_once_is_one_vote_of_one_voter(ballot: Ballot) -> None:
    results = at_once(*(lambda: cast(ballot, "one phone") for _ in range(8)))
    assert results == ["one phone"] * 8
    assert (Vote.objects.count(), Voter.objects.count()) == (1, 1)


def test_every_acknowledged_vote_is_in_the_close_and_none_comes_after_it(house: Any, ballot: Ballot) -> None:
    def close() -> None:
        sleep(0.05)
        operations.close_ballot(**house.here, ballot_id=ballot.pk)

    def vote(who: int) -> list[str]:
        kept = []
        for at in range(20):
            try:
                kept.append(cast(ballot, f"{who}-{at}"))
            except Refused:
                break
        return kept

    results = at_once(close, *((lambda who=who: vote(who)) for who in range(6)))
    taken = [key for kept in results[1:] for key in kept]
    closed = Ballot.objects.get(pk=ballot.pk)
    assert closed.votes_at_close == Vote.objects.count() == len(taken)


def test_words_change_only_while_nobody_has_voted_on_them(house: Any, ballot: Ballot) -> None:
    for round in range(6):
        one = first(ballot)
        about = {**house.here, "ballot_id": ballot.pk, "statement_id": one.pk}
        change, *votes = at_once(
            lambda about=about, round=round: operations.reword_statement(**about, text=f"Words {round}."),
            *((lambda who=who, one=one: cast(ballot, f"{who}", revision=one.revision)) for who in range(4)),
        )
        voted = [vote for vote in votes if isinstance(vote, str)]
        now = first(ballot)
        # Either the words changed first and no vote of the old ones counts, or a vote came first and the words stay.
        assert isinstance(change, Refused) != (now.revision == one.revision + 1)
        assert Vote.objects.count() == (len(voted) if isinstance(change, Refused) else 0)
        if isinstance(change, Refused):
            assert now.text == one.text
            break


def test_a_vote_waits_for_a_change_of_the_words_and_is_then_not_taken(house: Any, ballot: Ballot) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite writers take turns from the beginning")
    one = first(ballot)
    held = Barrier(2)

    def change() -> None:
        with transaction.atomic():
            operations.reword_statement(
                **house.here, ballot_id=ballot.pk, statement_id=one.pk, text="Other words."
            )
            held.wait(timeout=30)
            sleep(0.3)

    def vote() -> None:
        held.wait(timeout=30)
        cast(ballot, "late")

    _changed, refused = at_once(change, vote)
    assert isinstance(refused, operations.NotTaken)
    assert Vote.objects.count() == 0


def test_erasing_while_voting_leaves_all_or_nothing_of_the_voter(ballot: Ballot) -> None:
    key = "erasing"
    for _ in range(5):
        cast(ballot, key)
        at_once(
            lambda: operations.erase_votes(ballot=ballot, key=key), lambda: cast(ballot, key, -1),
            lambda: cast(ballot, key, 0),
        )  # fmt: skip
        voter = queries.voter_with_key(ballot, key)
        assert Vote.objects.count() == (len(queries.own_votes(voter)) if voter else 0)
        operations.erase_votes(ballot=ballot, key=key)
    assert (Vote.objects.count(), Voter.objects.count()) == (0, 0)


def test_many_people_at_once_lose_no_vote(ballot: Ballot) -> None:
    results = at_once(*((lambda who=who: cast(ballot, f"{who}")) for who in range(PEOPLE)))
    assert sorted(results) == sorted(f"{who}" for who in range(PEOPLE))
    assert Vote.objects.count() == PEOPLE
    assert clock.now() - ballot.made_at < timedelta(minutes=5)
