"""The first import of a text from elsewhere, and what survives the way out and in again."""

import io
from pathlib import Path

import docx
import pytest
from docx.shared import Inches

from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.operations import read_upload
from coproduce.capabilities.drafting.rules.edits import edits_between, ops_of
from coproduce.capabilities.drafting.rules.replay import State, replay
from coproduce.capabilities.drafting.rules.word.parts import Picture
from coproduce.capabilities.drafting.rules.word.pictures import size_of, stand_in, type_of
from coproduce.capabilities.drafting.rules.word.planning import planned
from coproduce.capabilities.drafting.rules.word.reading import read
from coproduce.capabilities.drafting.rules.word.writing import written
from coproduce.core.findings import Override

from .factories import make_draft

REAL = Path(__file__).parents[6] / "shared/data/nhsx-open-source-policy/versions"
TEXT = """\
# Home after hospital

Care workers visit **twice** a day, and *never* after ten.[^1] See [the rota](https://example.org/rota).

## Carers

* Ask each carer
  * By name
    1. First
    2. Second
  * By letter
* Write `it` down

3. Third
4. Fourth

> Nobody asked us.

---

```
one  line

another
```

| When | What | Who |
|---|---|---|
| Day 1 | A call \\| a visit<br>or both | **Ward** |
| Day 2 |  | ![The way in](map.png) |

A \\*star\\*, a \\[bracket\\](no link), 1 &lt; 2 and a \\<tag>.[^2]

[^1]: From the ward *book*.

[^2]: Says Len.
"""


def out(text: str, pictures: dict[str, Picture] | None = None) -> bytes:
    state = replay(ops_of(edits_between([], text), State()))
    return written(planned(state, []), title="Plan", when="2025-06-01T10:00:00Z", facts={}, pictures=pictures)


def test_tables_lists_footnotes_and_pictures_survive_the_way_out_and_in_again() -> None:
    once = read_upload("plan.docx", out(TEXT))
    assert once.text == TEXT.replace("&lt;", "<").replace("\\](no", "](no")
    assert once.left_out == []
    twice = read_upload("plan.docx", out(once.text))
    assert twice.text == once.text


@pytest.mark.django_db
def test_a_picture_keeps_its_content_its_name_and_its_description() -> None:
    first = out(TEXT, {"map.png": Picture("map.png", "", PICTURE)})
    made = read_upload("plan.docx", first)
    assert [(one.name, one.content) for one in made.pictures] == [("map.png", PICTURE)]
    draft = make_draft()
    document = operations.start_document(
        by=draft.facilitator, project_id=draft.project.pk, title="With pictures", text=made.text,
        pictures=made.pictures, override=Override("A test."),
    )  # fmt: skip
    kept = queries.pictures_of(document)
    assert kept["map.png"].content == PICTURE
    again = read_upload("plan.docx", out(made.text, kept))
    assert again.pictures[0].content == PICTURE
    assert "![The way in](map.png)" in again.text


PICTURE = stand_in()


def test_the_size_of_a_picture_is_read_from_its_first_bytes() -> None:
    assert (type_of(PICTURE), size_of(PICTURE)) == ("png", (120, 90))
    assert size_of(b"GIF89a\x10\x00\x20\x00") == (16, 32)
    assert size_of(b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x11\x08\x00\x30\x00\x40") == (64, 48)
    assert (type_of(b"<svg"), size_of(b"<svg")) == ("", (120, 90))


def test_a_word_document_made_elsewhere_comes_with_its_pictures_and_lists() -> None:
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("Plan", 0)
    document.add_paragraph("One", style="List Number")
    document.add_paragraph("Inner", style="List Bullet 2")
    document.add_paragraph("Two", style="List Number")
    document.add_picture(io.BytesIO(PICTURE), width=Inches(1))
    document.save(file)
    made = read_upload("plan.docx", file.getvalue())
    assert made.text.startswith("# Plan\n\n1. One\n")
    assert "2. Two" in made.text
    assert len(made.pictures) == 1
    assert f"]({made.pictures[0].name})" in made.text


def test_tracked_changes_of_a_first_import_are_accepted_and_said() -> None:
    from .test_word_rules import SAM, Run

    plan = planned(replay(ops_of(edits_between([], "# Plan\n\nOld words.\n\nGone.\n"), State())), [])
    plan.flow[1].runs = [Run("Old", gone=SAM), Run("New", ins=SAM), Run(" words.")]
    plan.flow[2].runs, plan.flow[2].gone = [Run("Gone.", gone=SAM)], SAM
    made = read_upload("plan.docx", written(plan, title="x", when="2025-06-01T10:00:00Z", facts={}))
    assert made.text == "# Plan\n\nNew words.\n"
    assert made.left_out == ["Tracked changes: the text is as if all of them were accepted"]


PAGE = b"""<!doctype html><html><head><title>x</title><script>alert(1)</script></head><body>
<h1>Plan</h1><p>Care <b>workers</b> visit <a href="https://example.org/">here</a>.<br>Twice.</p>
<ul><li>One<ol><li>Inner</li></ol></li><li><p>Two</p></li></ul>
<table><tr><th>When</th><th>What</th></tr><tr><td>Day 1</td><td><p>A</p><p>B</p></td></tr></table>
<blockquote><p>Said Len</p></blockquote><pre>a  b
c</pre><img src="x/map.png" alt="The way"><form><input></form><iframe src="//x"></iframe></body></html>"""


def test_a_web_page_becomes_markdown_and_says_what_is_lost() -> None:
    made = read_upload("plan.html", PAGE)
    assert made.text == (
        "# Plan\n\nCare **workers** visit [here](https://example.org/).<br>Twice.\n\n* One\n  1. Inner\n* Two\n\n"
        "| When | What |\n|---|---|\n| Day 1 | A<br>B |\n\n> Said Len\n\n```\na  b\nc\n```\n\n![The way](x/map.png)\n"
    )
    assert made.left_out == [
        "Scripts: they were not run", "Form fields", "Films, sounds and embedded pages",
        "Pictures themselves: only their descriptions are kept",
    ]  # fmt: skip
    assert "alert" not in made.text


def test_a_web_page_in_an_old_encoding_is_read() -> None:
    assert "Café" in read_upload("p.html", b"<html><body><p>Caf\xe9</p></body></html>").text


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data does not stand beside this checkout")
@pytest.mark.parametrize("number", ["001", "017", "034"])
def test_a_real_policy_goes_out_and_comes_back_the_same(number: str) -> None:
    from coproduce.capabilities.drafting.rules.word.finding import found_in

    text = (REAL / f"{number}.md").read_bytes().decode()
    state = replay(ops_of(edits_between([], text), State()))
    plan = planned(state, [])
    content = written(plan, title="Policy", when="2025-06-01T10:00:00Z", facts={})
    brought = found_in(read(content), state, plan)
    assert (brought.found, brought.whole) == ([], True)
    once = read_upload("policy.docx", content)
    assert read_upload("policy.docx", out(once.text)).text == once.text


def test_cells_that_stretch_and_signs_of_special_fonts_are_said() -> None:
    document, file = docx.Document(), io.BytesIO()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Wide"
    document.save(file)
    made = read_upload("plan.docx", file.getvalue())
    assert "| Wide |  |" in made.text
    assert made.left_out == [
        "Cells that stretch over several rows or columns: their words are kept in the first"
    ]


def test_python_docx_opens_what_we_write() -> None:
    made = docx.Document(io.BytesIO(out(TEXT)))
    assert made.core_properties.title == "Plan"
    assert [para.style.name for para in made.paragraphs[:3]] == ["Heading 1", "Normal", "Heading 2"]
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows][0] == ["When", "What", "Who"]
    assert len(made.inline_shapes) == 1
