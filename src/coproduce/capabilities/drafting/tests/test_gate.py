"""The gate of the draft: what the Socratic log misses is told where the first version is shared, and only there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.drafting import operations
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.questions.terms import Stage
from coproduce.capabilities.questions.tests.factories import answer_every_kind
from coproduce.core.findings import Override
from coproduce.core.models import Payload
from tests.permissions.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def document(world: World) -> Any:
    return operations.start_document(
        by=world.facilitator, project_id=world.project.pk, title="The plan", text="# The plan\n",
        override=Override("A test."),
    )  # fmt: skip


def publish(world: World, document: Any, minor: int) -> list[str]:
    """The rules that stay on the record of this version."""
    made = operations.publish_version(
        by=world.facilitator, project_id=world.project.pk, document_id=document.pk, number=Number(0, minor),
        summary="News",
    )  # fmt: skip
    kept = Payload.objects.get(entry__object_id=str(made.pk)).content
    return [finding["rule"] for finding in kept.get("findings", [])]


def page(world: World, document: Any) -> str:
    client = Client()
    client.force_login(world.facilitator)
    return client.get(reverse("drafting:publish", args=[world.project.pk, document.pk])).content.decode()


def test_R38_the_first_version_keeps_what_the_log_misses_and_the_next_does_not(
    world: World, document: Any
) -> None:
    assert "nobody has asked these kinds of question: Clarify" in page(world, document)
    assert publish(world, document, 1) == ["R38"]
    assert "Hard questions at this stage" not in page(world, document)
    assert publish(world, document, 2) == []


def test_R38_a_log_that_is_answered_says_nothing(world: World, document: Any) -> None:
    answer_every_kind(
        asker=world.participant, answerer=world.manager, project_id=world.project.pk, stage=Stage.DRAFT
    )
    assert "All six kinds of question are answered." in page(world, document)
    assert publish(world, document, 1) == []
