"""What people upload: Word files, and what only looks like one."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from coproduce.capabilities.drafting.operations import read_upload
from coproduce.core.findings import Refused

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def word_file(write: Callable[[docx.document.Document], None]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    write(document)
    document.save(file)
    return file.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same package with some parts put in or replaced."""
    names = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, names.pop(name, None) or old.read(name))
        for name, part in names.items():
            new.writestr(name, part)
    return file.getvalue()


def a_plan(document: docx.document.Document) -> None:
    document.add_heading("Home after hospital", 1)
    paragraph = document.add_paragraph("Care workers visit ")
    paragraph.add_run("twice").bold = True
    paragraph.add_run(" a day, *not* once.")
    document.add_paragraph("1. is how this line begins")
    document.add_paragraph("Ask each carer", style="List Bullet")
    document.add_paragraph("Write it down", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["When", "What", "Day 1", "A call | visit"], strict=True):
        cell.text = words


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_upload(name, content)
    (finding,) = refused.value.findings
    assert finding.subject == "file"
    return str(finding.message)


def test_a_word_document_becomes_markdown() -> None:
    made = read_upload("plan.docx", word_file(a_plan))

    assert made.text == (
        "# Home after hospital\n\nCare workers visit **twice** a day, \\*not\\* once.\n\n"
        "1\\. is how this line begins\n\n* Ask each carer\n* Write it down\n\n"
        "| When | What |\n|---|---|\n| Day 1 | A call \\| visit |\n"
    )
    assert made.left_out == []


def test_what_the_text_cannot_hold_is_listed() -> None:
    def write(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("See the picture")
        document.add_comment(paragraph.runs, text="Which one?", author="Len")
        document.sections[0].header.paragraphs[0].text = "Draft"

    assert read_upload("plan.docx", word_file(write)).left_out == [
        "Comments", "The words at the top and foot of each page",
    ]  # fmt: skip


def test_markdown_is_taken_as_it_is() -> None:
    assert read_upload("plan.md", "\ufeff# Plan\r\n\r\nCafé\r\n".encode()).text == "# Plan\n\nCafé\n"


def test_a_pdf_with_a_word_name_is_refused_in_plain_words() -> None:
    assert refusal("plan.docx", PDF).startswith("This is a PDF, not a Word document")
    assert refusal("plan.txt", PDF).startswith("This is a PDF")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.docx", b""),
        ("plan.docx", b"just words"),
        ("plan.md", b"caf\xe9"),
        ("plan.md", b"a\x00b"),
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("plan.docx", word_file(a_plan)[:-200]),
    ],
)
def test_what_is_no_document_is_refused(name: str, content: bytes) -> None:
    assert refusal(name, content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(word_file(a_plan), word__media__x_dot_bin=b"\0" * (65 * 1024 * 1024))
    assert len(bomb) < 200_000
    assert "unpacks to far more" in refusal("plan.docx", bomb)


def test_xml_that_would_fill_the_memory_is_refused() -> None:
    bomb = repacked(word_file(a_plan), word__more_dot_xml=b" " * (17 * 1024 * 1024))
    assert "unpacks to far more" in refusal("plan.docx", bomb)


def test_a_package_of_thousands_of_files_is_refused() -> None:
    parts = {f"word__media__{number}_dot_png": b"x" for number in range(2_001)}
    assert "unpacks to far more" in refusal("plan.docx", repacked(word_file(a_plan), **parts))


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    honest = repacked(word_file(a_plan), word__document_dot_xml=b"<a>" + b" " * 5_000_000 + b"</a>")
    size = (5_000_007).to_bytes(4, "little")
    assert honest.count(size) >= 1
    assert refusal("plan.docx", honest.replace(size, (900).to_bytes(4, "little")))


def test_entities_and_outside_parts_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    outside = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'
    for part in (laughs, outside):
        assert refusal("plan.docx", repacked(word_file(a_plan), word__document_dot_xml=part))


def test_an_excel_file_is_no_document() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert "not a Word document" in refusal("plan.docx", file.getvalue())


def test_a_table_is_no_document_and_its_formulas_go_nowhere() -> None:
    assert refusal("costs.CSV", b"Name,Cost\n=HYPERLINK(1),2\n").startswith("This is a table")
