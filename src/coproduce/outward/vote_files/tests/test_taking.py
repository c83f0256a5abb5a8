"""Votes that go out: all of them, under numbers that lead to nobody."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.voting.models import Voter
from coproduce.capabilities.voting.operations import close_ballot
from coproduce.capabilities.voting.tests.factories import a_ballot, votes
from coproduce.outward.vote_files.taking import conversation_of, write_votes
from coproduce_engine.opinion.conversation import Conversation
from coproduce_engine.opinion.polis_files import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> Any:
    from coproduce.capabilities.labs.tests.factories import NOW, a_house
    from coproduce.core import clock

    with clock.at(NOW):
        yield a_house()


def closed(house: Any, sizes: tuple[int, ...], nameless: int = 0) -> Any:
    """A closed ballot on three statements, with so many voters in each of the first groups."""
    ballot = a_ballot(house.project, house.facilitator, ["Beds", '=1+1, "or"\nstairs', "公車"])
    groups = list(people.groups_of(house.project.pk))
    for group, size in zip(groups, sizes, strict=False):
        votes(ballot, [[1, -1, None if at % 2 else 0] for at in range(size)], [group])
    votes(ballot, [[-1, None, 1]] * nameless)
    return close_ballot(by=house.facilitator, project_id=house.project.pk, ballot_id=ballot.pk)


def named(conversation: Conversation) -> list[str]:
    """Each person's group by its name; groups may stand in another order."""
    return [conversation.groups[group] if group >= 0 else "" for group in conversation.group_of]


def test_every_vote_goes_out_and_comes_in_again(house: Any, tmp_path: Path) -> None:
    ballot = closed(house, (12, 11), nameless=10)
    files = list(write_votes(house.project.pk, ballot.pk, tmp_path / "out"))
    assert all(file.exists() for file in files)
    again, own = read(tmp_path / "out"), conversation_of(ballot)
    assert [one.text for one in again.statements] == ["Beds", '=1+1, "or"\nstairs', "公車"]
    assert named(again) == named(own)
    assert (again.votes.indptr == own.votes.indptr).all()
    assert (again.votes.value == own.votes.value).all()
    assert again.votes.count == ballot.votes_at_close


def test_no_number_leads_to_a_voter_and_no_row_has_an_hour_of_its_own(house: Any, tmp_path: Path) -> None:
    ballot = closed(house, (12, 11))
    list(write_votes(house.project.pk, ballot.pk, tmp_path / "out"))
    told = "".join(file.read_text() for file in (tmp_path / "out").iterdir())
    for voter in Voter.objects.all():
        assert str(voter.number) not in told
        assert voter.key not in told
        assert str(voter.pk) not in told
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/votes.csv").read_text())))
    assert len({row["timestamp"] for row in rows}) == 1
    assert {row["author-id"] for row in csv.DictReader((tmp_path / "out/comments.csv").open(newline=""))} == {
        ""
    }
    assert str(house.facilitator) not in told


@pytest.mark.parametrize(
    "sizes,nameless,shown",
    [
        ((12, 11), 0, [12, 11]),
        ((12, 11, 3), 10, [12, 11]),  # three and ten have no name
        ((14, 11, 3), 0, [14]),  # three alone would be a small group: the next smallest joins them
        ((14, 11, 3), 8, [14, 11]),
        ((4, 3), 0, []),
    ],
)
def test_a_small_group_has_no_name_and_neither_have_the_nameless_alone(
    sizes: tuple[int, ...], nameless: int, shown: list[int], house: Any
) -> None:
    found = conversation_of(closed(house, sizes, nameless))
    assert sorted((found.group_of.count(place) for place in range(len(found.groups))), reverse=True) == shown
    left = found.group_of.count(-1)
    assert left == 0 or left >= 10 or not shown


def test_the_page_gives_one_zip_to_the_facilitator_after_the_close_only(house: Any, client: Client) -> None:
    ballot = closed(house, (12, 11))
    where = reverse("vote_files:download", args=[house.project.pk, ballot.pk])
    client.force_login(house.facilitator)
    pack = b"".join(client.get(where).streaming_content)  # type: ignore[attr-defined]
    names = zipfile.ZipFile(io.BytesIO(pack)).namelist()
    assert names == ["comments.csv", "votes.csv", "participants-votes.csv", "summary.csv", "groups.csv"]
    assert b"".join(client.get(where).streaming_content) == pack  # type: ignore[attr-defined]
    still_open = a_ballot(house.project, house.facilitator, ["Beds"])
    assert (
        client.get(reverse("vote_files:download", args=[house.project.pk, still_open.pk])).status_code == 404
    )
