"""Making a ballot and voting on it, by the pages."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.voting import operations, queries
from coproduce.capabilities.voting.models import Ballot, Statement, Vote, Voter
from coproduce.capabilities.voting.terms import Standing
from tests.permissions.checks import listening

from . import factories

pytestmark = pytest.mark.django_db
TEXTS = ("A nurse visits.", "The ward rings.", "Villages are served too.")


@pytest.fixture(autouse=True)
def _no_floods_of_before() -> None:
    cache.clear()


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


@pytest.fixture
def ballot(house: Any) -> Ballot:
    return factories.a_ballot(house.project, house.facilitator, TEXTS, who="link", takes_statements=True)


def test_a_ballot_is_made_from_barriers_worded_and_opened(house: Any) -> None:
    for statement in ("Nobody rings. She stands alone.", "The bus stops at six."):
        barriers.add_barrier(by=house.facilitator, project_id=house.id, statement=statement)
    client = signed_in(house.facilitator)
    settings = {"title": "What matters", "who": "project", "shown": "after close", "checking": "first"}
    made = client.post(reverse("voting:new_ballot", args=[house.id]), settings)
    one = Ballot.objects.get()
    place = [house.id, one.pk]
    assert made["Location"] == reverse("voting:ballot", args=place)
    found = BeautifulSoup(
        client.get(reverse("voting:choose", args=[*place, "barriers"])).content, "html.parser"
    )
    ids = [box["value"] for box in found.select("input[name=source]")]
    word = reverse("voting:word", args=[*place, "barriers"])
    proposed = BeautifulSoup(client.get(word, {"source": ids}).content, "html.parser")
    areas = [area.get_text().strip() for area in proposed.select("textarea")]
    assert areas == ["Nobody rings.", "The bus stops at six."]
    rows = {"statements-count": "2"}
    for at, (id, text) in enumerate(zip(ids, ["Somebody rings.", ""], strict=True)):
        rows |= {f"statements-{at}-source": id, f"statements-{at}-text": text}
    client.post(word, rows)
    assert [each.text for each in Statement.objects.all()] == ["Somebody rings."]
    assert "B01" in words(client.get(reverse("voting:statements", args=place)))
    client.post(reverse("voting:open_ballot", args=place))
    assert Ballot.objects.get().is_open
    left = client.get(reverse("voting:choose", args=[*place, "barriers"]), {"search": "rings"})
    assert "Nothing found" in words(left)


def test_anyone_with_the_link_votes_changes_and_erases_without_an_account(house: Any, ballot: Ballot) -> None:
    client, group = Client(), house.groups()[0]
    start = reverse("voting:start", args=[ballot.link])
    assert "Your votes are secret" in words(client.get(start))
    assert client.post(start, {"group": str(group.pk)})["Location"] == reverse(
        "voting:next", args=[ballot.link]
    )
    seen = []
    for value in ("1", "-1", "0"):
        page = BeautifulSoup(client.get(reverse("voting:next", args=[ballot.link])).content, "html.parser")
        form = page.select_one("form.voting-buttons")
        assert form
        seen.append(page.select_one("h1").get_text())  # type: ignore[union-attr]
        revision = form.select_one("input[name=revision]")["value"]  # type: ignore[index]
        client.post(str(form["action"]), {"vote": value, "revision": revision})
    assert sorted(seen) == sorted(TEXTS)
    done = client.get(reverse("voting:next", args=[ballot.link]))
    assert done["Location"] == reverse("voting:mine", args=[ballot.link])
    assert "You have voted on every statement" in words(client.get(done["Location"]))
    voter = Voter.objects.get()
    assert (voter.group, sorted(queries.own_votes(voter).values())) == (group, [-1, 0, 1])
    client.post(reverse("voting:erase", args=[ballot.link]))
    assert (Vote.objects.count(), Voter.objects.count()) == (0, 0)


def test_a_vote_asks_few_questions(house: Any, ballot: Ballot) -> None:
    client, one = Client(), Statement.objects.filter(ballot=ballot)[0]
    client.post(reverse("voting:start", args=[ballot.link]), {})
    page = reverse("voting:statement", args=[ballot.link, one.pk])
    client.post(page, {"vote": "1", "revision": "1"})
    with listening() as asked:
        client.post(page, {"vote": "-1", "revision": "1"})
    assert asked.count() <= 5
    person = signed_in(house.maureen)
    person.post(page, {"vote": "1", "revision": "1"})
    with listening() as asked:
        person.post(page, {"vote": "1", "revision": "1"})
    assert asked.count() <= 8
    assert Vote.objects.count() == 2


def test_who_is_signed_in_is_not_asked_for_a_group_that_is_known(house: Any, ballot: Ballot) -> None:
    client = signed_in(house.maureen)
    start = reverse("voting:start", args=[ballot.link])
    assert "rather not say" not in words(client.get(start))
    client.post(start)
    assert Voter.objects.get().group == house.seats["Maureen Hallett"].main_group


def test_words_that_changed_are_read_again_before_a_vote_counts(house: Any, ballot: Ballot) -> None:
    client, one = signed_in(house.maureen), Statement.objects.get(ballot=ballot, number=1)
    operations.reword_statement(
        **house.here, ballot_id=ballot.pk, statement_id=one.pk, text="A named nurse visits."
    )
    page = reverse("voting:statement", args=[ballot.link, one.pk])
    answer = client.post(page, {"vote": "1", "revision": "1"}, follow=True)
    assert "Please read them again" in words(answer)
    assert Vote.objects.count() == 0


def test_a_closed_ballot_says_so_and_keeps_nothing(house: Any, ballot: Ballot) -> None:
    client, one = signed_in(house.maureen), Statement.objects.get(ballot=ballot, number=1)
    operations.close_ballot(**house.here, ballot_id=ballot.pk)
    page = reverse("voting:statement", args=[ballot.link, one.pk])
    answer = client.post(page, {"vote": "1", "revision": "1"}, follow=True)
    assert "This ballot is closed" in words(answer)
    assert Vote.objects.count() == 0


def test_an_added_statement_goes_through_the_queue_and_its_author_reads_why(
    house: Any, ballot: Ballot
) -> None:
    citizen, lead = Client(), signed_in(house.facilitator)
    citizen.post(reverse("voting:add", args=[ballot.link]), {"text": "The ward rings!"})
    waiting = lead.get(reverse("voting:queue", args=[house.id, ballot.pk]))
    assert "like number 2" in words(waiting)
    one = Statement.objects.get(standing=Standing.WAITING)
    queue = reverse("voting:queue", args=[house.id, ballot.pk])
    nothing = lead.post(queue, {"standing": "declined", "reason": "duplicate"})
    assert "Choose at least one statement" in words(nothing)
    lead.post(
        queue, {"standing": "declined", "reason": "duplicate", "words": "See 2.", "statement": str(one.pk)}
    )
    told = words(citizen.get(reverse("voting:mine", args=[ballot.link])))
    assert "Declined" in told, told[300:]
    [row] = queries.log_of(ballot)
    lead.post(reverse("voting:undo", args=[house.id, ballot.pk, row.pk]), {"words": "Too quick"})
    assert Statement.objects.get(pk=one.pk).standing == Standing.WAITING
    assert "Undone: Waiting again" in words(lead.get(reverse("voting:log", args=[house.id, ballot.pk])))


def test_a_paper_is_read_back_before_it_is_kept(house: Any, ballot: Ballot) -> None:
    client = signed_in(house.facilitator)
    page = reverse("voting:enter_paper", args=[house.id, ballot.pk])
    typed = {"code": queries.paper_code(ballot.pk, 1), "vote_1": "1", "vote_3": "-1", "group": ""}
    read = client.post(page, typed)
    assert "Agree 1. A nurse visits." in words(read)
    assert Vote.objects.count() == 0
    again = client.post(page, {**typed, "change": "yes"})
    assert b'value="1" checked' in again.content.replace(b"\n", b" ") or b"checked" in again.content
    kept = client.post(page, {**typed, "confirmed": "yes"})
    assert kept["Location"] == page
    assert sorted(Vote.objects.values_list("value", flat=True)) == [-1, 1]
    wrong = client.post(page, {**typed, "code": "001-AAAA", "confirmed": "yes"})
    assert "No paper of this ballot has this code" in words(wrong)


def test_papers_have_codes_of_their_own(house: Any, ballot: Ballot) -> None:
    page = words(signed_in(house.facilitator).get(
        reverse("voting:papers", args=[house.id, ballot.pk]), {"count": "2", "first": "9"}
    ))  # fmt: skip
    assert queries.paper_code(ballot.pk, 9) in page
    assert queries.paper_code(ballot.pk, 10) in page


def test_floods_from_one_address_are_turned_away(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    from coproduce.capabilities.voting.views import voting

    monkeypatch.setattr(voting, "MOST_NEW_VOTERS_AN_HOUR", 2)
    start = reverse("voting:start", args=[ballot.link])
    assert [Client().post(start).status_code for _ in range(3)] == [302, 302, 429]
