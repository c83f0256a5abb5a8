"""The Socratic log on paper: Word, and a tagged PDF that can be read aloud."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.questions import operations
from coproduce.capabilities.questions.terms import Kind, Stage, Status
from tests.permissions.world import World, make_world
from tests.support import tagged

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = make_world()
    at: dict[str, Any] = {"project_id": world.project.pk}
    asked = operations.ask(
        by=world.participant, **at, stage=Stage.DRAFT, kind=Kind.EVIDENCE, words="Who counted the visits?"
    )
    operations.answer(
        by=world.manager, **at, question_id=asked.pk, status=Status.CHANGED, answer="Nobody had.",
        what_changed="The draft now says how they are counted.",
    )  # fmt: skip
    operations.ask(
        by=world.participant, **at, stage=Stage.REVIEW, kind=Kind.CLARIFY, words="What is a visit?"
    )
    return world


def sent(world: World, wanted: str) -> bytes:
    client = Client()
    client.force_login(world.participant, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("questions:log", args=[world.project.pk]), {"format": wanted}).content


def test_the_pdf_is_tagged_and_goes_stage_by_stage(world: World, tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    path.write_bytes(sent(world, "pdf"))
    headings = [words for _level, words in tagged.check(path).headings]
    assert [one for one in headings if one in (Stage.DRAFT.label, Stage.REVIEW.label)] == [
        Stage.DRAFT.label, Stage.REVIEW.label,
    ]  # fmt: skip
    assert "What changed because we asked" in headings


def test_the_word_file_has_the_grid_what_changed_and_every_answer(world: World) -> None:
    grid, changed, draft, review = docx.Document(BytesIO(sent(world, "docx"))).tables
    assert (len(grid.rows), len(grid.columns)) == (1 + len(Kind), 1 + len(Stage))
    assert changed.rows[1].cells[0].text == "The draft now says how they are counted."
    assert [cell.text for cell in draft.rows[1].cells][1:2] == ["Who counted the visits?"]
    assert draft.rows[1].cells[5].text == "Nobody had."
    assert review.rows[1].cells[5].text in ("", "–", "—")
