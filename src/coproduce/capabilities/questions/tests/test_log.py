"""Asking and answering: who may, what is kept, and how the grid and the gates stand then."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.questions import operations, queries
from coproduce.capabilities.questions.models import Answer, Question
from coproduce.capabilities.questions.terms import Kind, Stage, Status
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.models import Entry, Payload
from tests.permissions.world import World, make_world

from .factories import answer_every_kind

pytestmark = pytest.mark.django_db
WORDS = "What would people without a phone say?"


@pytest.fixture
def world() -> World:
    return make_world()


def ask(world: World, **more: Any) -> Question:
    facts = {"stage": Stage.ROUND, "kind": Kind.VIEWPOINTS, "words": WORDS}
    return operations.ask(**({"by": world.participant, "project_id": world.project.pk} | facts | more))


def answer(world: World, question: Question, **more: Any) -> Answer:
    facts = {"status": Status.ANSWERED, "answer": "They would ring."}
    here = {"by": world.facilitator, "project_id": world.project.pk, "question_id": question.pk}
    return operations.answer(**(here | facts | more))


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_anyone_asks_and_only_those_who_lead_answer(world: World) -> None:
    for person in (world.people["observer"], world.manager, world.participant):
        asked = ask(world, by=person)
    with pytest.raises(NotThere):
        answer(world, asked, by=world.participant)
    with pytest.raises(NotThere):
        ask(world, by=world.stranger)
    answer(world, asked, by=world.manager)
    asked.refresh_from_db()
    assert (asked.number, asked.status, asked.answered_by) == (3, Status.ANSWERED, world.manager)


def test_the_same_request_asks_once(world: World) -> None:
    key = uuid4()
    assert ask(world, key=key) == ask(world, key=key)
    assert queries.questions_of(world.project.pk).count() == 1


def test_a_second_answer_stands_beside_the_first(world: World) -> None:
    asked = ask(world)
    answer(world, asked)
    answer(world, asked, status=Status.CHANGED, answer="Many have none.", what_changed="We print forms.")
    assert [one.words for one in queries.answers_of(asked)] == ["They would ring.", "Many have none."]
    [row] = queries.with_answers(world.project.pk)
    assert (row.answer, row.what_changed, row.status) == ("Many have none.", "We print forms.", "changed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(words="Other words.")


def test_what_changed_stays_on_its_list_after_a_later_answer(world: World) -> None:
    asked = ask(world)
    answer(world, asked, status=Status.CHANGED, answer="No.", what_changed="We print forms.")
    answer(world, asked)
    assert [one.what_changed for one in queries.changed_our_mind(world.project.pk)] == ["We print forms."]


def test_a_refused_answer_loses_nothing_and_changes_nothing(world: World) -> None:
    asked = ask(world)
    with pytest.raises(Refused):
        answer(world, asked, cited="drafting.document:" + str(uuid4()))
    asked.refresh_from_db()
    assert (asked.status, queries.answers_of(asked).count()) == (Status.OPEN, 0)
    page = client_of(world.facilitator).post(
        reverse("questions:answer", args=[world.project.pk, asked.pk]),
        {"status": "changed", "answer": "I typed this.", "what_changed": ""},
    )
    assert b"I typed this." in page.content
    assert "Say what changed because somebody asked." in page.content.decode()


def test_the_grid_counts_and_invites(world: World) -> None:
    answer(world, ask(world))
    ask(world)
    cell = queries.grid_of(world.project.pk)[Kind.VIEWPOINTS][list(Stage).index(Stage.ROUND)]
    assert [(status.value, count) for status, count in cell.lines] == [("open", 1), ("answered", 1)]
    following = queries.next_to_ask(queries.grid_of(world.project.pk))
    assert (following.stage, following.kind) == (Stage.ROUND, Kind.CLARIFY)
    html = (
        client_of(world.participant).get(reverse("questions:log", args=[world.project.pk])).content.decode()
    )
    assert "?stage=round&amp;kind=clarify" in html
    assert html.count("questions-grid__ask") == 47


def test_an_empty_cell_leads_to_a_starter_in_the_box(world: World) -> None:
    client, address = client_of(world.participant), reverse("questions:ask", args=[world.project.pk])
    assert (
        "Who pays for it, with their time"
        in client.get(f"{address}?stage=draft&kind=implications&starter=2").content.decode()
    )
    assert client.get(f"{address}?stage=nonsense&kind=%00").status_code == 200


def test_R38_the_gate_of_a_stage_says_what_is_missing_and_then_nothing(world: World) -> None:
    gate = queries.gate_at(world.project.pk, Stage.DECISION)
    assert (gate.is_met, gate.next.kind) == (False, Kind.CLARIFY)
    answer_every_kind(
        asker=world.participant, answerer=world.manager, project_id=world.project.pk, stage=Stage.DECISION
    )
    assert queries.gate_at(world.project.pk, Stage.DECISION).is_met
    assert not queries.findings_at(world.project.pk, Stage.DECISION)
    assert not queries.gate_at(world.project.pk, Stage.REVIEW).is_met


def test_R39_whoever_asks_and_answers_alone_is_warned(world: World) -> None:
    answer_every_kind(
        asker=world.manager, answerer=world.manager, project_id=world.project.pk, stage=Stage.DRAFT
    )
    assert [one.rule for one in queries.findings_at(world.project.pk, Stage.DRAFT)] == ["R39"]


def test_R38_a_foreword_is_shared_with_the_warning_on_its_record(world: World) -> None:
    here = {"by": world.facilitator, "project_id": world.project.pk}
    projects.write_foreword(**here, changes={"what_can_change": "The opening hours."})
    projects.share_foreword(**here)
    entry = Entry.objects.get(verb="projects.share_foreword")
    kept = Payload.objects.get(pk=entry.pk).content
    assert '"rule":"R38"' in str(kept).replace(" ", "").replace("'", '"')


def test_the_list_is_a_file_too(world: World) -> None:
    answer(world, ask(world), evidence="A count of calls.")
    address = reverse("questions:questions", args=[world.project.pk]) + "?format=csv"
    [row] = csv.DictReader(io.StringIO(client_of(world.participant).get(address).content.decode("utf-8-sig")))
    assert (row["Question"], row["Answer"], row["Evidence"]) == (
        WORDS,
        "They would ring.",
        "A count of calls.",
    )
    assert row["How it stands"] == "Answered"
