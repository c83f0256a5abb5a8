"""What those above get of a ballot's votes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from coproduce.capabilities.voting import operations, queries
from coproduce.capabilities.voting.models import Ballot, Moderation, Statement, Vote, Voter
from coproduce.capabilities.voting.terms import Standing, State

from . import factories

pytestmark = pytest.mark.django_db
TEXTS = ("A named nurse comes home with you.", "The ward rings before noon.", "Villages are served too.")


@pytest.fixture
def ballot(house: Any) -> Any:
    return factories.a_ballot(house.project, house.facilitator, TEXTS)


def test_votes_come_by_person_and_statement_without_names(house: Any, ballot: Any) -> None:
    group = house.groups()[1]
    factories.votes(ballot, [(1, -1, None), (0, None, 1)], groups=[group])
    found = queries.votes_of(ballot)
    assert (found.votes.people, found.votes.statements, found.votes.count) == (2, 3, 4)
    assert sorted(found.votes.value.tolist()) == [-1, 0, 1, 1]
    assert [one.text for one in found.statements] == list(TEXTS)
    assert {found.group_names[at] for at in found.group_of_person} == {group.name}


def test_declined_statements_are_left_out_and_replaced_ones_keep_their_votes(ballot: Any) -> None:
    factories.votes(ballot, [(1, 1, 1)])
    Statement.objects.filter(ballot=ballot, number=1).update(standing=Standing.REPLACED)
    Statement.objects.filter(ballot=ballot, number=2).update(standing=Standing.DECLINED)
    found = queries.votes_of(ballot)
    assert [one.number for one in found.statements] == [1, 3]
    assert found.votes.count == 2


def test_a_ballot_without_votes_has_no_people(ballot: Any) -> None:
    found = queries.votes_of(ballot)
    assert (found.votes.people, found.votes.count, len(found.group_of_person)) == (0, 0, 0)


def test_only_the_persons_own_request_finds_their_voter(house: Any, ballot: Any) -> None:
    voter = factories.a_voter(ballot, house.maureen)
    factories.a_voter(ballot)
    Vote.objects.create(voter=voter, statement=Statement.objects.get(ballot=ballot, number=2), value=-1)
    found = queries.voter_of(house.maureen, ballot)
    assert found == voter
    assert queries.own_votes(voter) == {2: -1}
    assert queries.voter_of(house.manager, ballot) is None
    assert str(house.maureen.pk) not in voter.key
    assert (queries.votes_count(ballot), queries.people_count(ballot)) == (1, 1)


def test_the_database_keeps_the_words_that_were_voted_on(ballot: Any) -> None:
    first, second, _third = Statement.objects.filter(ballot=ballot).order_by("number")
    factories.votes(ballot, [(1, None, None)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=first.pk).update(text="Something else.")
    Statement.objects.filter(pk=second.pk).update(text="The ward rings before ten.")
    Statement.objects.filter(pk=first.pk).update(standing=Standing.DECLINED)


def test_after_the_close_the_database_lets_no_vote_voter_or_figure_change(house: Any, ballot: Any) -> None:
    first, second, _third = Statement.objects.filter(ballot=ballot).order_by("number")
    (voter,) = factories.votes(ballot, [(1, None, None)])
    theirs = Vote.objects.filter(voter=voter)
    # Up to the close all of it can change.
    theirs.update(value=-1)
    closed = operations.close_ballot(**house.here, ballot_id=ballot.pk)
    itself = Ballot.objects.filter(pk=closed.pk)
    tried: list[Callable[[], object]] = [
        lambda: Vote.objects.create(voter=voter, statement=second, value=1),
        lambda: theirs.update(value=1),
        lambda: theirs.update(statement=second),
        lambda: theirs.delete(),
        lambda: Voter.objects.create(ballot=ballot, key="0" * 64),
        lambda: Voter.objects.filter(pk=voter.pk).update(group=None),
        lambda: Voter.objects.filter(pk=voter.pk)._raw_delete("default"),
        lambda: itself.update(state=State.OPEN),
        lambda: itself.update(votes_at_close=2),
        lambda: itself.update(digest="0" * 64),
        lambda: itself._raw_delete("default"),
    ]
    for attempt in tried:
        with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
            attempt()
    itself.update(title="What matters most")
    assert [vote.value for vote in theirs] == [-1]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["voting_vote", "voting_voter"])
def test_votes_and_voters_are_not_emptied_at_once(table: str, ballot: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_log_of_moderation_is_append_only(house: Any, ballot: Any) -> None:
    statement = Statement.objects.filter(ballot=ballot).first()
    facts = {"standing": Standing.DECLINED, "was": Standing.WAITING, "by": house.facilitator}
    made = Moderation.objects.create(statement=statement, at=ballot.made_at, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Moderation.objects.filter(pk=made.pk).update(words="Changed")
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_paper_code_is_read_as_people_write_it(ballot: Any) -> None:
    code = queries.paper_code(ballot.pk, 12)
    number, letters = code.split("-")
    assert queries.paper_code_typed(ballot.pk, f" {int(number)} {letters.lower()} ") == code
    other = "A" if letters[-1] != "A" else "B"
    assert queries.paper_code_typed(ballot.pk, f"{number}-{letters[:-1]}{other}") is None
    assert queries.paper_code_typed(ballot.pk, "nonsense") is None
