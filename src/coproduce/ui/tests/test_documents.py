"""One content as Word, opened by LibreOffice, and as tagged PDF, read back by others than its maker."""

import logging
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.http import HttpRequest

from coproduce.ui.documents import (
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    as_file,
    wanted_format,
)
from coproduce.ui.documents.pdf import as_pdf
from tests.support import tagged
from tests.support.office import Office

ODD = '#eval("1") *two* $x$ <b>\\three @four'
PLAN = Document(
    "Action plan: Home After Hospital",
    [
        Paragraph("Two done, eight in progress.\n\nNone is late.", lead=True),
        Heading("Where it stands"),
        Facts("Figures", [("Done", 2), ("Shared", True), ("Late", "")]),
        Heading("Actions"),
        Heading("Under way", 2),
        Bullets([ODD, "Ŵyn, yn Gymraeg", "بینائی"]),
        Grid("Actions", ("Number", "Action", "End"), [[f"A{n:02}", ODD, date(2025, 10, 31)] for n in range(50)],
             (1, 4, 2)),
    ],
    subtitle="On 15 October 2025",
)  # fmt: skip


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "plan.pdf"
    path.write_bytes(as_file(PLAN, "plan", "pdf").content)
    return path


def test_the_pdf_is_tagged_titled_and_in_its_language(pdf: Path) -> None:
    spoken = tagged.check(pdf)
    assert spoken.title == PLAN.title
    assert spoken.language == "en-GB"
    assert spoken.headings == [("H1", "Where it stands"), ("H1", "Actions"), ("H2", "Under way")]
    assert [spoken.kinds[kind] for kind in ("Title", "L", "LI", "Table", "THead")] == [1, 1, 3, 2, 2]
    assert [tag.kind for tag in spoken.tables[1].inside] == ["THead", "TBody"]


def test_the_reader_of_tags_finds_what_is_missing(tmp_path: Path) -> None:
    """What checks must be able to fail: the same file without its language, its claim and its heads."""
    import pikepdf

    path = tmp_path / "plan.pdf"
    with pikepdf.open(_made(tmp_path)) as whole:
        del whole.Root.Lang
        whole.save(path)
    with pytest.raises(AssertionError):
        tagged.check(path)
    with pikepdf.open(_made(tmp_path)) as whole:
        whole.pages[0].contents_add(pikepdf.Stream(whole, b"0 0 10 10 re f"))
        whole.save(path)
    with pytest.raises(AssertionError):
        tagged.check(path)


def _made(folder: Path) -> Path:
    made = folder / "made.pdf"
    made.write_bytes(as_pdf(PLAN))
    return made


def test_a_letter_that_no_font_has_costs_the_mark_and_not_the_document(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    letter = "\U000f0000"
    content = as_pdf(Document("A plan", [Paragraph(f"Maureen {letter}")]))
    spoken = tagged.read(content)
    assert spoken.kinds["P"] == 1
    assert not spoken.claims
    assert "Maureen" not in caplog.text


@pytest.mark.slow
def test_word_has_the_same_words_in_libreoffice(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(as_file(PLAN, "plan", "docx").content)
    office.open(path)
    texts = office.do("texts")
    assert texts[:4] == [PLAN.title, PLAN.subtitle, "Two done, eight in progress.", "None is late."]
    assert ["Done", "2"] in texts
    assert ["Shared", "Yes"] in texts
    assert ["Late", "–"] in texts
    assert texts[-1] == ["A49", ODD, "31 October 2025"]
    styles = office.do("styles")
    assert styles[0][0] == "Title"
    assert [name for name, _level in styles if "Heading" in name] == ["Heading 1", "Heading 1", "Heading 2"]
    assert len([name for name, level in styles if level == 0]) == 3


def test_word_says_its_title_language_and_heads(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(as_file(Document("Cynllun", [*PLAN.blocks], "cy"), "plan", "docx").content)
    made = docx.Document(str(path))
    assert (made.core_properties.title, made.core_properties.language) == ("Cynllun", "cy")
    assert '<w:lang w:val="cy"/>' in made.styles.element.xml
    heads: list[Any] = [table.rows[0]._tr.trPr.xml for table in made.tables]
    assert all("w:tblHeader" in xml for xml in heads)


@pytest.mark.parametrize("blocks", [[Heading("Too deep", 2)], [Grid("Odd", ("One",), [("a", "b")])]])
def test_a_content_that_does_not_hold_together_is_a_mistake(blocks: list[Any]) -> None:
    with pytest.raises(ValueError):
        as_file(Document("Plan", blocks), "plan", "pdf")


def test_only_our_formats_are_given() -> None:
    request = HttpRequest()
    for asked, given in (("docx", "docx"), ("pdf", "pdf"), ("exe", ""), ("", "")):
        request.GET = request.GET.copy()
        request.GET["format"] = asked
        assert wanted_format(request) == given
    assert 'filename="plan.pdf"' in as_file(PLAN, "plan", "pdf")["Content-Disposition"]
