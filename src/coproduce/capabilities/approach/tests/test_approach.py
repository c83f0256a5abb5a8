"""From five answers to a promise, and from a promise to what people say they met."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.operations import add_command_line
from coproduce.capabilities.approach import operations, queries
from coproduce.capabilities.approach.models import Decision
from coproduce.capabilities.approach.terms import QUESTIONS, Complexity, Level, Said
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.projects.models import Project
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds.terms import Extra, Written
from coproduce.capabilities.rounds.tests.factories import DURING, OPENS, SEALED, SEALS, Table, a_table
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.models import Payload

pytestmark = pytest.mark.django_db
COMPLEX = dict.fromkeys(QUESTIONS, Said.NO.value) | {"daily_lives": Said.YES.value}
SIMPLE = dict.fromkeys(QUESTIONS, Said.NO.value) | {"known_method": Said.YES.value}


@pytest.fixture
def table() -> Table:
    return a_table({"G1": 4, "G4": 1})


def here(table: Table) -> dict[str, Any]:
    return {"by": table.facilitator, "project_id": table.project.pk}


def decided(table: Table, words: str = "Who visits, and when", answers: dict[str, str] = COMPLEX) -> Decision:
    made = operations.add_decision(**here(table), words=words, answers=answers)
    operations.confirm_complexity(**here(table), decision_id=made.pk, complexity=made.suggested)
    return made


def choose(table: Table, decision: Decision, level: str = Level.CO_DESIGN, **more: Any) -> Decision:
    facts = {"decides": 2, "acts": 2} | more
    return operations.choose_level(**here(table), decision_id=decision.pk, level=level, **facts)


def kept() -> list[str]:
    newest = Payload.objects.filter(entry__verb="approach.choose_level").order_by("-entry__seq").first()
    return [finding["rule"] for finding in newest.content.get("findings", [])]


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_person_confirms_what_the_answers_suggest_and_says_why_if_not(table: Table) -> None:
    made = operations.add_decision(**here(table), words="Who visits", answers=COMPLEX)
    assert (made.suggested, made.complexity) == (Complexity.COMPLEX, "")
    with pytest.raises(Refused, match="Say why"):
        operations.confirm_complexity(**here(table), decision_id=made.pk, complexity=Complexity.SIMPLE)
    operations.confirm_complexity(
        **here(table), decision_id=made.pk, complexity=Complexity.COMPLICATED, note="The hospital knows how."
    )
    made.refresh_from_db()
    assert (made.complexity, made.confirmed_by) == (Complexity.COMPLICATED, table.facilitator)


def test_no_level_before_somebody_confirmed_the_kind_of_challenge(table: Table) -> None:
    made = operations.add_decision(**here(table), words="Who visits", answers=COMPLEX)
    with pytest.raises(Refused, match="a person confirms"):
        choose(table, made)


def test_other_answers_with_another_suggestion_have_to_be_confirmed_again(table: Table) -> None:
    made = decided(table)
    operations.change_decision(**here(table), decision_id=made.pk, words="Who visits", answers=COMPLEX)
    made.refresh_from_db()
    assert made.is_confirmed
    operations.change_decision(**here(table), decision_id=made.pk, words="Who visits", answers=SIMPLE)
    made.refresh_from_db()
    assert (made.suggested, made.is_confirmed, made.complexity) == (Complexity.SIMPLE, False, "")


def test_R06_a_decision_already_taken_leaves_only_to_tell_people(table: Table) -> None:
    made = decided(table)
    projects.write_foreword(**here(table), changes={"decision_taken": True})
    with pytest.raises(Refused) as refused:
        choose(table, made, Level.CONSULT)
    assert {one.rule for one in refused.value.findings} == {"R06"}
    assert choose(table, made, Level.INFORM, reason="Cabinet decided in May.").level == Level.INFORM


def test_R07_an_odd_level_needs_a_reason_and_keeps_its_warning(table: Table) -> None:
    made = decided(table, answers=SIMPLE)
    with pytest.raises(Refused):
        choose(table, made, Level.CO_PRODUCE)
    choose(table, made, Level.CO_PRODUCE, reason="The people who use it asked for it.")
    assert kept() == ["R07"]


def test_R09_co_production_without_the_decision_is_warned_on_the_record(table: Table) -> None:
    choose(table, decided(table), Level.CO_PRODUCE, decides=1)
    assert kept() == ["R09"]


def test_R08_shows_on_the_page_until_a_second_decision_has_its_level(table: Table) -> None:
    client, address = client_of(table.facilitator), reverse("approach:approach", args=[table.project.pk])
    choose(table, decided(table))
    assert "Do not label the whole project" in client.get(address).content.decode()
    choose(table, decided(table, "How people are told"), Level.CONSULT)
    html = client.get(address).content.decode()
    assert "Do not label the whole project" not in html
    assert "We ask you before we decide." in html


def test_participants_read_and_do_not_choose(table: Table) -> None:
    made = decided(table)
    with pytest.raises(NotThere):
        operations.choose_level(
            by=table.person("P01"), project_id=table.project.pk, decision_id=made.pk, level=Level.INFORM,
            decides=0, acts=0,
        )  # fmt: skip
    page = client_of(table.person("P01")).get(reverse("approach:decision", args=[table.project.pk, made.pk]))
    assert "Choose the level" not in page.content.decode()


@pytest.fixture
def asked(table: Table) -> Table:
    """Two decisions with their levels, and an open round that asks four people what they met."""
    choose(table, decided(table))
    choose(table, decided(table, "How people are told"), Level.CONSULT)
    with clock.at(OPENS):
        table.round = operations.ask_what_people_met(**here(table), opens_at=OPENS, seals_at=SEALS)
    table.invite([*table.seats])
    table.open()
    return table


def meets(table: Table, code: str, **levels: Level) -> None:
    by_question = {question.id: question for question in table.round.asked}
    extra = tuple(Extra(name, (by_question[name].options[level.place],)) for name, level in levels.items())
    table.answer(code, Written(extra=extra))


def test_R25_the_round_asks_all_three_levels_and_one_question_for_each_decision(asked: Table) -> None:
    assert [question.id for question in asked.round.asked] == ["met1", "met2"]
    assert all(len(question.options) == len(Level) for question in asked.round.asked)


def test_R23_what_people_met_is_shown_only_after_the_seal_and_then_beside_the_plan(asked: Table) -> None:
    for code, level in (
        ("P01", Level.INVOLVE), ("P02", Level.CONSULT), ("P03", Level.CO_DESIGN), ("P04", Level.INVOLVE),
    ):  # fmt: skip
        meets(asked, code, met1=level, met2=Level.CONSULT)
    meets(asked, "P05", met1=Level.CO_PRODUCE)
    assert queries.met_levels(asked.project.pk) == {}
    address = reverse("approach:approach", args=[asked.project.pk])
    for person in (asked.facilitator, asked.person("P01")):
        html = client_of(person).get(address).content.decode()
        assert "not asked yet" in html
        assert "less than was promised" not in html
    asked.seal()
    first, second = queries.comparison(asked.project.pk)
    assert (first.middle, len(first.met)) == (Level.INVOLVE, 5)
    assert (second.middle, len(second.met)) == (Level.CONSULT, 4)
    html = client_of(asked.person("P01")).get(address).content.decode()
    assert "The middle of what people met: Involve, less than was promised. 2 of 5 people" in html
    assert "At 1 of 2 decisions people met less than was promised." in html


def test_R38_whoever_opens_a_round_sees_what_the_log_misses(table: Table) -> None:
    choose(table, decided(table))
    with clock.at(OPENS):
        asking = operations.ask_what_people_met(**here(table), opens_at=OPENS, seals_at=SEALS)
        address = reverse("rounds:open_round", args=[table.project.pk, asking.pk])
        html = client_of(table.facilitator).get(address).content.decode()
    assert html.count("nobody has asked these kinds of question") == 1
    assert reverse("questions:gate", args=[table.project.pk]) + "?stage=round" in html


def test_a_late_answer_is_in_no_figure(asked: Table) -> None:
    for code in ("P01", "P02", "P03"):
        meets(asked, code, met1=Level.CO_DESIGN)
    asked.seal()
    by_question = {question.id: question for question in asked.round.asked}
    late = Written(extra=(Extra("met1", (by_question["met1"].options[0],)),))
    asked.answer("P04", late, at=SEALED + timedelta(days=1))
    assert queries.comparison(asked.project.pk)[0].met == [Level.CO_DESIGN] * 3


def test_the_facilitator_may_reword_an_option_and_it_is_then_no_level(asked: Table) -> None:
    with clock.at(OPENS):
        other = operations.ask_what_people_met(**here(asked), opens_at=OPENS, seals_at=SEALS)
        questions = [question.as_record() for question in other.asked]
        questions[0]["options"][0] = "They forced us."
        rounds.edit_round(**here(asked), round_id=other.pk, changes={"questions": questions})
    asked.round = other
    asked.invite([*asked.seats])
    asked.open()
    for code in ("P01", "P02", "P03"):
        asked.answer(code, Written(extra=(Extra("met1", ("They forced us.",)),)))
    asked.seal()
    assert queries.met_levels(asked.project.pk) == {}


def test_nothing_to_compare_is_said_in_words(table: Table) -> None:
    with pytest.raises(Refused, match="No decision has a level"):
        operations.ask_what_people_met(**here(table), opens_at=DURING, seals_at=SEALS)


class TestThreeMinutes:
    """Whoever has no project yet."""

    def test_it_answers_with_a_reason_and_what_to_do_and_stores_nothing(self, db: None) -> None:
        client = Client()
        assert client.get(reverse("approach:check")).status_code == 200
        page = client.post(reverse("approach:check"), COMPLEX)
        html = page.content.decode()
        assert "Yes: co-produce it" in html
        assert "The result depends on people’s relationships, habits or daily lives." in html
        assert "What to do next" in html
        assert not Decision.objects.exists()
        assert settings.SESSION_COOKIE_NAME not in client.cookies

    def test_a_missing_answer_is_asked_for_and_the_others_stay(self, db: None) -> None:
        html = Client().post(reverse("approach:check"), COMPLEX | {"too_fast": ""}).content.decode()
        assert "Choose an answer; “not sure” is one too." in html
        assert html.count(" checked") == 4

    def test_whoever_may_goes_on_to_a_project_with_the_answers(self, db: None) -> None:
        keeper = add_command_line()
        client = client_of(keeper)
        start = reverse("approach:start")
        assert 'name="daily_lives" value="yes"' in client.post(start, COMPLEX).content.decode()
        facts = {"words": "Who visits", "title": "Home", "summary": "Good care.", "jurisdiction": "wales"}
        page = client.post(start, COMPLEX | facts)
        made = Decision.objects.get()
        assert page["Location"] == reverse("approach:confirm", args=[made.project_id, made.pk])
        assert "daily_lives" not in page["Location"]
        assert (made.answers, made.suggested, made.words) == (COMPLEX, Complexity.COMPLEX, "Who visits")
        assert Project.objects.get().jurisdiction == "wales"

    def test_bad_input_starts_nothing_and_loses_nothing(self, db: None) -> None:
        client = client_of(add_command_line())
        facts = {"words": "Who visits", "title": "Home", "summary": "word " * 30, "jurisdiction": "wales"}
        html = client.post(reverse("approach:start"), COMPLEX | facts).content.decode()
        assert "Use 25 words or fewer" in html
        assert 'name="daily_lives" value="yes"' in html
        assert not Project.objects.exists()
