from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.models import Answer, Round, SecondAnswer
from coproduce.capabilities.rounds.terms import Channel
from coproduce.core import clock
from coproduce.core.ids import uuid7
from tests.permissions.checks import comparable, undone

from .factories import LATE, SEALS, Table, a_table, an_open_table, words
from .worked import worked_round

pytestmark = pytest.mark.django_db

FILLED = {
    "me_rating": "-2", "me_words": "I wait longer.", "around_rating": "skip", "intents": ["save_money", "fairness"],
    "intention_words": "It says so.", "basis": ["heard"], "confidence": "4", "question": "When?",
    "channel": "online", "barriers-count": "2", "barriers-0-words": "No key safe", "barriers-0-level": "1",
    "barriers-0-importance": "5", "barriers-0-built_on": "own experience",
}  # fmt: skip


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(table: Table, name: str, **more: Any) -> str:
    kwargs = {"project_id": table.project.pk, "round_id": table.round.pk, **more}
    return reverse(f"rounds:{name}", kwargs=kwargs)


def get(table: Table, who: Any, name: str, *, query: str = "", **more: Any) -> Any:
    return client_of(who).get(address(table, name, **more) + query)


def post(table: Table, who: Any, name: str, data: Mapping[str, Any], **more: Any) -> Any:
    return client_of(who).post(address(table, name, **more), {"request_key": str(uuid4()), **data})


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


@pytest.fixture
def live() -> Table:
    """An open round whose sealing time is ahead of the machine's clock."""
    table = a_table({"G1": 3, "G4": 3})
    operations.edit_round(
        by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
        changes={"seals_at": clock.now() + timedelta(days=7)},
    )  # fmt: skip
    table.again()
    table.invite(table.seats)
    table.open()
    return table


def test_an_answer_is_sealed_and_its_receipt_is_shown(live: Table) -> None:
    maureen = live.person("P01")
    response = post(live, maureen, "answer", FILLED)
    assert response.url == address(live, "receipt")
    answer = Answer.objects.get()
    assert answer.receipt in text_of(get(live, maureen, "receipt"))
    own = queries.own_answer(live.round, live.invitation("P01"), maureen)
    assert own is not None
    assert (own.written.me.rating, own.written.around.rating) == (-2, None)
    assert own.written.intention.picked == ("save_money", "fairness")
    [barrier] = own.written.barriers
    assert (barrier.words, barrier.level, barrier.importance, barrier.ease) == ("No key safe", 1, 5, None)


def test_the_same_post_five_times_writes_once(live: Table) -> None:
    data, client = FILLED | {"request_key": str(uuid4())}, client_of(live.person("P01"))
    for _time in range(5):
        assert client.post(address(live, "answer"), data).status_code == 302
    assert Answer.objects.count() == 1


def test_add_another_barrier_keeps_what_was_typed_and_writes_nothing(live: Table) -> None:
    response = post(live, live.person("P01"), "answer", FILLED | {"add_row": "barriers"})
    page = BeautifulSoup(response.content, "html.parser")
    assert len(page.select(".app-row")) == 3
    assert page.select_one("[name=barriers-0-words]").text.strip() == "No key safe"
    assert page.select_one("[name=me_words]").text.strip() == "I wait longer."
    assert not page.select(".govuk-error-summary")
    assert not Answer.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(live: Table) -> None:
    wrong = FILLED | {
        "me_rating": "",
        "intents": ["save_money", "fairness", "other"],
        "barriers-1-words": "Buses",
    }
    response = post(live, live.person("P01"), "answer", wrong)
    assert "<title>Error: " in response.content.decode()
    shown = text_of(response)
    for message in ("Me: choose a number", "Answer the question “Who is it about?”"):
        assert message in shown
    assert "I wait longer." in shown
    assert not Answer.objects.exists()


def test_three_intents_are_refused_beside_the_question(live: Table) -> None:
    three = FILLED | {"intents": ["save_money", "fairness", "other"]}
    assert "Choose no more than two" in text_of(post(live, live.person("P01"), "answer", three))


def test_skipping_everything_is_an_answer(live: Table) -> None:
    skipped = {"me_rating": "skip", "around_rating": "skip", "intents": ["skip"], "channel": "online"}
    assert post(live, live.person("P01"), "answer", skipped).status_code == 302


def test_the_author_finds_their_answer_in_the_form_again(live: Table) -> None:
    maureen = live.person("P01")
    post(live, maureen, "answer", FILLED)
    page = BeautifulSoup(get(live, maureen, "answer").content, "html.parser")
    assert page.select_one("[name=me_words]").text.strip() == "I wait longer."
    assert page.select_one("[name=me_rating][value='-2']").has_attr("checked")
    assert page.select_one("[name=around_rating][value=skip]").has_attr("checked")
    assert page.select_one("[name=barriers-0-words]").text.strip() == "No key safe"


def test_the_scribe_meets_an_empty_form_and_only_their_own_receipt(live: Table) -> None:
    mine = live.invitation("P01").pk
    entry = FILLED | {"channel": "paper", "read_back": "on", "me_words": "a marker sentence"}
    assert post(live, live.facilitator, "enter_answer", entry, invitation_id=mine).status_code == 302
    answer = Answer.objects.get()
    assert (answer.channel, answer.read_back) == (Channel.PAPER, True)
    assert "marker" not in get(live, live.facilitator, "enter_answer", invitation_id=mine).content.decode()
    assert answer.receipt in text_of(get(live, live.facilitator, "entered", invitation_id=mine))
    live.answer("P02", words("own"), at=clock.now())
    assert get(live, live.facilitator, "entered", invitation_id=live.invitation("P02").pk).status_code == 404


def test_pages_before_the_seal_are_the_same_whatever_was_answered(live: Table) -> None:
    """Invariant I-12: what the facilitator sees is a function of counts, to the byte."""
    places = [
        address(live, name) for name in ("round", "on_behalf", "invite", "paper", "more_time", "seal_round")
    ]
    places.append(reverse("rounds:rounds", kwargs={"project_id": live.project.pk}))
    assert pages_after(live, places, words("x")) == pages_after(
        live, places, words("longer " * 500, 3, -3, "fairness")
    )


def pages_after(table: Table, places: list[str], answer: Any) -> list[bytes]:
    with undone():
        table.answer("P02", answer, at=clock.now())
        client = client_of(table.facilitator)
        return [without_keys(comparable(client.get(place), place)) for place in places]


def without_keys(page: bytes) -> bytes:
    soup = BeautifulSoup(page, "html.parser")
    for hidden in soup.select("[name=request_key]"):
        hidden.decompose()
    return soup.encode()


def test_R23_every_page_of_words_is_absent_before_the_seal(live: Table) -> None:
    live.answer("P01", words("marker"), at=clock.now())
    for who in (live.facilitator, live.person("P01"), live.person("P02")):
        for name in ("summary", "answers", "receipts", "second_answer"):
            for query in ("", "?format=csv", "?format=xlsx"):
                assert get(live, who, name, query=query).status_code == 404


def test_R24_the_facilitator_sees_counts_by_group_and_participants_only_the_total(live: Table) -> None:
    live.answer("P01", words("marker"), at=clock.now())
    assert "Group G1 1 3" in text_of(get(live, live.facilitator, "round"))
    mine = text_of(get(live, live.person("P02"), "round"))
    assert "1 of 6 people have answered" in mine
    assert "Group G1" not in mine


def test_a_round_is_prepared_and_opened_by_its_pages() -> None:
    table = a_table()
    about = {"project_id": table.project.pk}
    form = {
        "title": "What would weekends change?", "opens_on": "2027-01-04", "opens_time": "9am", "seals_on": "2027-01-18",
        "seals_time": "23:59", "level_1": "You?", "level_2": "Others?", "level_3": "Why?", "barriers": "What?",
    }  # fmt: skip
    made = client_of(table.facilitator).post(reverse("rounds:new_round", kwargs=about), form)
    table.round = Round.objects.get(title="What would weekends change?")
    assert made.url == address(table, "invite")
    assert clock.LONDON.fromutc(table.round.opens_at.replace(tzinfo=clock.LONDON)).hour == 9
    group = str(table.seats["P01"].main_group.code)
    invited = {f"group_{group}": [str(table.seats["P01"].pk), str(table.seats["P02"].pk)]}
    assert post(table, table.facilitator, "invite", invited).status_code == 302
    assert "No leader is invited" in text_of(get(table, table.facilitator, "open_round"))
    assert post(table, table.facilitator, "open_round", {}).status_code == 302
    assert table.again().is_open


def test_R25_the_page_says_which_level_is_missing() -> None:
    table = a_table()
    table.invite(table.seats)
    operations.edit_round(
        by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
        changes={"wording": table.round.wording | {"level_3": ""}, "seals_at": clock.now() + timedelta(days=2)},
    )  # fmt: skip
    assert "Level 3 has no question" in text_of(post(table, table.facilitator, "open_round", {}))


def test_sealing_early_asks_for_a_reason_and_goes_on_with_one(live: Table) -> None:
    live.answer("P01", words("a"), at=clock.now())
    assert "override_reason" in get(live, live.facilitator, "seal_round").content.decode()
    assert "5 people have not answered" in text_of(post(live, live.facilitator, "seal_round", {}))
    assert live.again().is_open
    assert (
        post(live, live.facilitator, "seal_round", {"override_reason": "All came early."}).status_code == 302
    )
    assert live.again().is_sealed


def test_R30_after_the_seal_the_form_offers_a_second_answer_instead() -> None:
    table = an_open_table()
    table.answer("P01", words("first"))
    table.seal()
    maureen = table.person("P01")
    assert get(table, maureen, "answer").url == address(table, "receipt")
    assert "Give a second answer" in text_of(get(table, maureen, "receipt"))
    given = {"me_rating": "1", "around_rating": "skip", "words": "I heard Ruth."}
    assert post(table, maureen, "second_answer", given).url == address(table, "answers")
    assert SecondAnswer.objects.get().me_rating == 1
    assert "I heard Ruth." in text_of(get(table, maureen, "answers"))


def test_R27_a_late_answer_is_announced_before_and_marked_after() -> None:
    table = an_open_table()
    table.answer("P01", words("in time"))
    table.seal()
    late = table.person("P02")
    assert "This answer is late" in text_of(get(table, late, "answer"))
    assert post(table, late, "answer", FILLED).status_code == 302
    assert "marked as late" in text_of(get(table, late, "receipt"))
    assert "Person P02 Group G1 Late" in text_of(get(table, late, "answers"))


def test_the_sealing_time_passes_without_a_seal() -> None:
    table = an_open_table()
    table.answer("P01", words("in time"))
    with clock.at(SEALS + timedelta(hours=1)):
        assert get(table, table.person("P01"), "answer").url == address(table, "receipt")
        assert "the sealing time has passed" in text_of(get(table, table.person("P01"), "receipt")).lower()
        assert "The round has closed. You can still answer" in text_of(
            get(table, table.person("P02"), "round")
        )


def test_the_summary_page_shows_the_figures_of_the_worked_round() -> None:
    table = worked_round()
    shown = text_of(get(table, table.person("P01"), "summary"))
    for words_shown in (
        "22 of 24 answers were sealed on time: 91.7%", "1 answer came late", "−0.80",
        "level 1 +0.14 , level 2 −0.55", "lower than level 1 for 13 people, the same for 7 and higher for 2",
        "More people fear for others than for themselves", "named at least one thing that the leaders state: 68.2%",
        "5 people see “Free capacity, such as beds or time”, which the leaders do not state",
        "8 of 22 people moved at level 1: 6 up and 2 down", "from +0.14 to +0.32", "from 1.32 to 1.02",
        "Convergence is 0.23", "In “Group G4” there are 2 answers",
    ):  # fmt: skip
        assert words_shown in shown, words_shown
    answers = text_of(get(table, table.person("P01"), "answers"))
    assert "The order is random and no leader is in the first two places" in answers
    assert queries.reading(table.round).seed in answers
    downloaded = get(table, table.person("P01"), "answers", query="?format=csv").content.decode("utf-8-sig")
    assert "What P24 says about level 3." in downloaded


def test_each_receipt_is_in_the_list_of_receipts() -> None:
    table = an_open_table()
    answer = table.answer("P01", words("a"))
    table.seal()
    table.answer("P02", words("late"), at=LATE)
    shown = text_of(get(table, table.person("P01"), "receipts"))
    assert answer.receipt in shown
    assert table.round.root in shown


def test_a_round_of_another_project_is_not_there(live: Table) -> None:
    other = an_open_table()
    place = reverse("rounds:round", kwargs={"project_id": other.project.pk, "round_id": live.round.pk})
    assert client_of(other.facilitator).get(place).status_code == 404
    assert get(live, live.facilitator, "enter_answer", invitation_id=uuid7()).status_code == 404
    foreign = other.invitation("P01").pk
    assert get(live, live.facilitator, "enter_answer", invitation_id=foreign).status_code == 404
