"""The charter on paper: a tagged PDF that can be read aloud, and Word."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.test import Client
from django.urls import reverse

from tests.permissions.charter import public
from tests.permissions.world import make_world
from tests.support import tagged

pytestmark = pytest.mark.django_db


@pytest.fixture
def address() -> str:
    return reverse("charter:charter", kwargs=dict(public(make_world())))


def test_the_pdf_is_tagged_and_has_its_headings(address: str, tmp_path: Path) -> None:
    path = tmp_path / "charter.pdf"
    path.write_bytes(Client().get(address + "?format=pdf").content)
    spoken = tagged.check(path)
    assert spoken.title == "Our charter"
    assert {("H1", "Eight commitments"), ("H1", "What we promise each other"), ("H1", "Who signs")} <= set(
        spoken.headings
    )


def test_the_word_file_has_a_row_for_each_commitment_and_for_each_who_signs(address: str) -> None:
    found = docx.Document(BytesIO(Client().get(address + "?format=docx").content))
    assert [len(table.rows) for table in found.tables] == [1 + 8, 1 + 1]
    assert found.tables[0].rows[6].cells[0].text == "6. Answer each idea, on time; if no, say why"
