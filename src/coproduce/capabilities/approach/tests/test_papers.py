"""The approach on paper: Word, and a tagged PDF that can be read aloud."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.approach import operations
from coproduce.capabilities.approach.terms import CROSSWALK, QUESTIONS, Level
from tests.permissions.world import World, make_world
from tests.support import tagged

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = make_world()
    at = {"by": world.facilitator, "project_id": world.project.pk}
    made = operations.add_decision(
        **at, words="When the first visit is", answers=dict.fromkeys(QUESTIONS, "partly")
    )
    operations.confirm_complexity(**at, decision_id=made.pk, complexity=made.suggested, note="")
    operations.choose_level(
        **at, decision_id=made.pk, level=Level.INVOLVE, decides=1, acts=1, reason="Nurses must agree.",
        promise="", agreed_with="Two carers",
    )  # fmt: skip
    return world


def sent(world: World, wanted: str) -> bytes:
    client = Client()
    client.force_login(world.participant, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("approach:approach", args=[world.project.pk]), {"format": wanted}).content


def test_the_pdf_is_tagged_with_a_heading_for_each_decision(world: World, tmp_path: Path) -> None:
    path = tmp_path / "approach.pdf"
    path.write_bytes(sent(world, "pdf"))
    headings = [words for _level, words in tagged.check(path).headings]
    assert any("When the first visit is" in one for one in headings)
    assert "What other schemes call each level" in headings


def test_the_word_file_says_level_promise_and_reason_and_the_words_of_other_schemes(world: World) -> None:
    decision, schemes = docx.Document(BytesIO(sent(world, "docx"))).tables
    facts = {row.cells[0].text: row.cells[1].text for row in decision.rows}
    assert facts["Level"] == Level.INVOLVE.label
    assert facts["Reason"] == "Nurses must agree."
    assert len(schemes.rows) == 1 + len(CROSSWALK)
