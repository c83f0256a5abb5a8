"""The pages of results: in their order, silent where they must be, and for the reader alone where they are."""

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.insights.models import Interim
from coproduce.capabilities.voting.models import Vote
from coproduce.capabilities.voting.queries import cookie_name
from coproduce.capabilities.voting.tests import factories as voting
from coproduce.core.tasks import run_due
from tests.support.tagged import check

from . import factories

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words_of(answer: Any) -> str:
    assert answer.status_code == 200
    main = BeautifulSoup(answer.content, "html.parser").find("main")
    assert main
    return " ".join(main.get_text(" ").split())


def address(page: str, ballot: Any, *more: Any) -> str:
    return reverse(f"insights:{page}", args=[ballot.project_id, ballot.pk, *more])


def test_the_result_is_read_in_the_order_that_matters(house: Any) -> None:
    ballot, _result = factories.a_result(house.project, house.facilitator, house.groups()[:2], people=200)
    answer = signed_in(house.maureen).get(address("result", ballot))
    found = BeautifulSoup(answer.content, "html.parser").select("main h2")
    assert [heading.get_text() for heading in found] == [
        "Who voted", "What all groups agree on", "What divides the groups", "Where each group stands",
        "Groups of opinion", "Every statement", "What these results cannot say",
    ]  # fmt: skip
    words = words_of(answer)
    assert "200 people gave 1600 votes on 8 statements." in words
    assert "If each group counts the same:" in words
    assert words.index(factories.TEXTS[0]) < words.index("What divides the groups")
    assert "worked out on 10 March 2025" in words


def test_a_sealed_vote_shows_nothing_to_anybody(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(60), house.groups()[:2])
    run_due()
    for person in (house.facilitator, house.manager, house.maureen):
        client = signed_in(person)
        words = words_of(client.get(address("result", ballot)))
        assert "The result is shown when the vote has closed." in words
        assert not any(text in words for text in factories.TEXTS)
        assert "60" not in words
        for page in ("statements", "where_am_i"):
            assert client.get(address(page, ballot)).status_code == 404
        assert client.get(address("group", ballot, 0)).status_code == 404
        first = factories.statement(ballot)
        assert client.get(address("statement", ballot, first.pk)).status_code == 404


def test_too_few_people_is_said_in_plain_words(house: Any) -> None:
    ballot, _result = factories.a_result(house.project, house.facilitator, people=4)
    words = words_of(signed_in(house.maureen).get(address("result", ballot)))
    assert "4 people voted. We show results from 10 people on" in words


def test_with_one_group_large_enough_most_people_take_the_place_of_all_groups(house: Any) -> None:
    ballot, _result = factories.a_result(house.project, house.facilitator, house.groups()[:1], people=60)
    words = words_of(signed_in(house.maureen).get(address("result", ballot)))
    assert "What most people agree on" in words
    assert "in each group" not in words
    assert "What divides" not in words


def test_groups_that_are_too_small_are_named_and_not_shown(house: Any) -> None:
    citizens, _carers, frontline = house.groups()[:3]
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(46), [citizens] * 40 + [frontline] * 6)
    factories.close(ballot, house.facilitator)
    run_due()
    words = words_of(signed_in(house.maureen).get(address("result", ballot)))
    assert f"{citizens.name}, {frontline.name} are not shown by themselves" in words
    assert "40" not in words
    assert "What most people agree on" in words
    assert signed_in(house.maureen).get(address("group", ballot, 0)).status_code == 404


def test_every_statement_is_a_table_and_a_file_with_each_groups_share(house: Any) -> None:
    ballot, result = factories.a_result(house.project, house.facilitator, house.groups()[:2])
    answer = signed_in(house.maureen).get(address("statements", ballot) + "?format=csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 9
    first = next(line for line in lines[1:] if line[1] == factories.TEXTS[0])
    agree, disagree, passed = result.read().statements[0].everybody
    assert first[2:5] == [str(agree), str(disagree), str(passed)]
    assert sum(heading.endswith(" agree") for heading in lines[0]) == 2


def test_the_list_of_evidence_is_searched_by_what_it_is_for_and_leads_to_the_statement(house: Any) -> None:
    ballot, barrier, _evidence = factories.used(house)
    client, page = signed_in(house.maureen), reverse("insights:evidence", args=[house.id])
    for typed, there in ((barrier.ref.lower(), True), (factories.TEXTS[0][:12], True), ("B999", False)):
        found = BeautifulSoup(client.get(page, {"q": typed}).content, "html.parser").select(
            "main table a[href*=statements]"
        )
        expected = [address("statement", ballot, factories.statement(ballot).pk)] if there else []
        assert [link["href"] for link in found] == expected


def test_where_am_i_is_for_the_reader_alone_and_kept_nowhere(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(120), house.groups()[:2])
    voter = voting.a_voter(ballot, house.maureen)
    Vote.objects.create(voter=voter, statement=factories.statement(ballot), value=1)
    factories.close(ballot, house.facilitator)
    run_due()
    answer = signed_in(house.maureen).get(address("where_am_i", ballot))
    assert "no-store" in answer["Cache-Control"]
    assert "Your votes beside everybody’s" in words_of(answer)
    assert "You: agree" in words_of(answer)
    other = words_of(signed_in(house.facilitator).get(address("where_am_i", ballot)))
    assert "You did not vote here" in other
    assert "You: " not in other


def test_whoever_holds_the_link_reads_the_result_and_finds_themselves(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator, who="link")
    client = Client()
    client.post(reverse("voting:start", args=[ballot.link]), {"group": ""})
    assert cookie_name() in client.cookies
    voting.votes(ballot, factories.rows(60))
    first = factories.statement(ballot)
    where = reverse("voting:statement", args=[ballot.link, first.pk])
    client.get(where)
    client.post(where, {"vote": "1", "value": "1", "revision": first.revision})
    factories.close(ballot, house.facilitator)
    run_due()
    link = reverse("insights:public_result", args=[ballot.link])
    assert "What most people agree on" in words_of(client.get(link))
    assert link in client.get(reverse("voting:start", args=[ballot.link])).content.decode()
    place = reverse("insights:public_where_am_i", args=[ballot.link])
    assert "You did not vote here" in words_of(Client().get(place))
    assert "You did not vote here" not in words_of(client.get(place))


def test_a_vote_of_the_project_is_not_public(house: Any) -> None:
    ballot, _result = factories.a_result(house.project, house.facilitator)
    assert Client().get(reverse("insights:public_result", args=[ballot.link])).status_code == 404


def test_while_open_those_who_voted_read_how_it_stands(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator, shown="while open")
    voting.votes(ballot, factories.rows(60), house.groups()[:2])
    voter = voting.a_voter(ballot, house.maureen)
    client = signed_in(house.maureen)
    run_due()
    assert Interim.objects.exists()
    assert "You see the result once you have voted." in words_of(client.get(address("result", ballot)))
    Vote.objects.create(voter=voter, statement=factories.statement(ballot), value=1)
    words = words_of(client.get(address("result", ballot)))
    assert "The vote is still open." in words
    assert "10 more people have voted" in words
    first = factories.statement(ballot)
    assert signed_in(house.facilitator).get(address("use", ballot, first.pk)).status_code == 404


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_result_goes_out_as_a_file(house: Any, kind: str, tmp_path: Any) -> None:
    ballot, _result = factories.a_result(house.project, house.facilitator, house.groups()[:2], people=200)
    answer = signed_in(house.maureen).get(address("result", ballot) + f"?format={kind}")
    assert answer.status_code == 200
    assert len(answer.content) > 5000
    if kind == "pdf":
        file = tmp_path / "result.pdf"
        file.write_bytes(answer.content)
        check(file)
