"""Files that mean harm, or are only broken: each refused with a clear word, quickly, and in a process of its own."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from coproduce.capabilities.drafting.operations import read_upload, read_word, word
from coproduce.capabilities.drafting.operations.bringing import day_of
from coproduce.capabilities.drafting.rules.word import child
from coproduce.capabilities.drafting.rules.word.planning import planned
from coproduce.capabilities.drafting.rules.word.reading import read
from coproduce.capabilities.drafting.rules.word.writing import written
from coproduce.core import clock
from coproduce.core.findings import Refused

from .test_word import repacked
from .test_word_rules import state_of

GOOD = written(
    planned(state_of("# Plan\n\nWords.\n"), []), title="Plan", when="2025-06-01T10:00:00Z", facts={}
)
BODY = "word__document_dot_xml"
OPEN = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
CLOSE = b"</w:body></w:document>"
NESTED = OPEN + b"<w:tbl><w:tr><w:tc>" * 10_000 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 10_000 + CLOSE


@pytest.fixture(params=[read_upload, read_word], ids=["first import", "coming back"])
def reader(request: pytest.FixtureRequest) -> Callable[[str, bytes], object]:
    return request.param


def refusal(reader: Callable[[str, bytes], object], content: bytes) -> str:
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        reader("plan.docx", content)
    assert time.monotonic() - started < 15
    (finding,) = refused.value.findings
    assert finding.subject == "file"
    return str(finding.message)


def with_body(inner: bytes) -> bytes:
    return repacked(GOOD, **{BODY: inner})


@pytest.mark.parametrize(
    "declared",
    [
        b'<!ENTITY a SYSTEM "file:///etc/passwd">',
        b'<!ENTITY a SYSTEM "http://127.0.0.1:9/x">',
        b'<!ENTITY b "ha"><!ENTITY a "&b;&b;">',
        b"",
    ],
)
def test_entities_are_refused_and_nothing_is_fetched(
    reader: Callable[[str, bytes], object], declared: bytes
) -> None:
    words = b"<w:p><w:r><w:t>" + (b"&a;" if declared else b"x") + b"</w:t></w:r></w:p>"
    body = b"<!DOCTYPE x [" + declared + b"]>" + OPEN + words + CLOSE
    said = refusal(reader, with_body(body))
    assert "not allowed" in said or "damaged" in said


def test_a_billion_laughs_are_not_laughed(reader: Callable[[str, bytes], object]) -> None:
    lines = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    body = b'<!DOCTYPE x [<!ENTITY l0 "ha">' + lines + b"]>" + OPEN + b"<w:p>&l11;</w:p>" + CLOSE
    assert refusal(reader, with_body(body))


def test_ten_thousand_tables_in_each_other_are_refused(reader: Callable[[str, bytes], object]) -> None:
    assert "inside each other" in refusal(reader, with_body(NESTED))


def test_a_zip_bomb_is_refused(reader: Callable[[str, bytes], object]) -> None:
    bomb = repacked(GOOD, word__media__x_dot_bin=b"\0" * (65 * 1024 * 1024))
    assert len(bomb) < 200_000
    assert "unpacks to far more" in refusal(reader, bomb)


@pytest.mark.parametrize(
    "content", [b"", b"just words", b"PK\x03\x04 and then nothing", GOOD[:-300], GOOD[:200]]
)
def test_what_is_no_package_is_refused(reader: Callable[[str, bytes], object], content: bytes) -> None:
    assert refusal(reader, content)


def test_a_pdf_with_another_name_is_called_what_it_is(reader: Callable[[str, bytes], object]) -> None:
    assert "This is a PDF" in refusal(reader, b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")


def test_another_package_is_refused(reader: Callable[[str, bytes], object]) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert "not a Word document" in refusal(reader, file.getvalue())


def test_a_file_that_is_too_large_is_refused(reader: Callable[[str, bytes], object]) -> None:
    assert "larger than 20 megabytes" in refusal(reader, b"x" * (20 * 1024 * 1024 + 1))


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LONGEST_WAIT", 0.001)
    assert "takes too long" in refusal(read_upload, GOOD)


def test_the_child_has_limits_of_its_own() -> None:
    """Little memory is enough for the largest XML that is let in; more is not to be had."""
    import subprocess
    import sys

    code = f"from {child.__name__} import _limit; _limit(); b'x' * {child.MEMORY}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in ran.stderr


def test_macros_are_said_and_never_run() -> None:
    made = read_upload("plan.docm", repacked(GOOD, word__vbaProject_dot_bin=b"Sub AutoOpen()"))
    assert made.text == "# Plan\n\nWords.\n"
    assert made.left_out == ["Macros: they were not run"]


@pytest.mark.parametrize(
    "when",
    ["0-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "yesterday", "", "2025-13-40"],
)
def test_an_absurd_date_counts_as_today(when: str) -> None:
    assert day_of(when) == clock.today()


def test_a_likely_date_is_believed() -> None:
    assert day_of("2025-05-21T09:15:00Z").isoformat() == "2025-05-21"


def test_what_is_damaged_inside_does_no_harm() -> None:
    """Numbers that are none, styles in a circle, relations to nowhere, rows without cells."""
    body = (
        OPEN
        + b'<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="x"/><w:numId w:val="-7"/></w:numPr></w:pPr>'
        b'<w:bookmarkStart w:id="1" w:name="_cp_99999999999"/><w:commentRangeStart w:id="none"/>'
        b'<w:hyperlink><w:r><w:t>Words</w:t><w:footnoteReference w:id="77"/></w:r></w:hyperlink></w:p>'
        b"<w:tbl><w:tr/></w:tbl><w:tbl/>" + CLOSE
    )
    styles = (
        b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:style w:styleId="a"><w:name w:val="a"/><w:basedOn w:val="b"/></w:style>'
        b'<w:style w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    package = read(repacked(GOOD, **{BODY: body, "word__styles_dot_xml": styles}))
    assert package.flow[0].runs[0].text == "Words"
    assert (
        "Words"
        in read_upload("plan.docx", repacked(GOOD, **{BODY: body, "word__styles_dot_xml": styles})).text
    )
