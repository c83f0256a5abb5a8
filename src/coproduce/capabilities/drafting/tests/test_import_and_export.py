"""Reading in a history and giving its texts back, on a small made-up folder and on the real one beside us."""

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coproduce.capabilities.accounts.operations import add_command_line
from coproduce.capabilities.drafting import queries
from coproduce.capabilities.drafting.models import Document, Op, Suggestion, Version
from coproduce.capabilities.drafting.operations import BadFolder, export_versions, import_history
from coproduce.capabilities.drafting.operations.exporting import AlteredText
from coproduce.capabilities.drafting.rules.replay import Op as Step
from coproduce.capabilities.drafting.rules.tokens import tokens
from coproduce.capabilities.projects.models import Project
from coproduce.core.models import Entry

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[6] / "shared" / "data" / "nhsx-open-source-policy"

TEXTS = [
    "# Gardens\n\nDogs stay outside.\n",
    "# Gardens\r\n\r\nDogs on a lead are welcome.\r\n* Bins\r\n",
    "# Gardens\n\nDogs on a short lead are welcome.\n* Bins at each gate",
]
CHANGES = [
    ["1", "2024-01-05T10:00:00+00:00", "Ada", "First words", "texts/1.md", "a1"],
    ["2", "2024-02-06T23:30:00+00:00", "Bo, with a comma", '=HYPERLINK("x")', "texts/2.md", "b2"],
    ["3", "2024-07-01T23:30:00+00:00", "Ada", "Lead and bins", "texts/3.md", "c3"],
]
README = """# A garden policy

Nobody answered (`unmerged/9.md` by Cy
Twombly, 2 August 2024, a missing full stop).
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "unmerged").mkdir()
    for number, text in enumerate(TEXTS, 1):
        (tmp_path / f"texts/{number}.md").write_bytes(text.encode())
    (tmp_path / "unmerged/9.md").write_bytes(f"{TEXTS[-1]}.".encode())
    (tmp_path / "README.md").write_text(README)
    write_changes(tmp_path, CHANGES)
    return tmp_path


def write_changes(folder: Path, rows: list[list[str]]) -> None:
    with (folder / "changes.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["n", "date", "contributor", "summary", "text", "source_commit"], *rows])


@pytest.fixture
def machine() -> Any:
    return add_command_line()


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Project, Document, Suggestion, Op, Version, Entry))


def test_each_change_is_an_accepted_suggestion_by_its_contributor_on_its_day(
    folder: Path, machine: Any
) -> None:
    project_id = import_history(machine, folder)

    rows = queries.decided(project_id)
    assert [(one.author.name, one.said_on, one.reason, one.status) for one, _ in rows] == [
        ("Ada", date(2024, 1, 5), "First words", "accepted"),
        ("Bo, with a comma", date(2024, 2, 6), '=HYPERLINK("x")', "accepted"),
        ("Ada", date(2024, 7, 2), "Lead and bins", "accepted"),
        ("Cy Twombly", date(2024, 8, 2), "a missing full stop", "open"),
    ]
    assert {one.author_id for one, _ in rows[:3:2]} == {rows[0][0].author_id}
    assert all(answer.imported and answer.decided_by == machine for _, answer in rows if answer)
    (document,) = queries.documents_of(project_id)
    versions = [(str(v), v.day, v.summary, v.author.name) for v in queries.versions_of(document.pk)]
    assert versions[1] == ("0.2", date(2024, 2, 6), '=HYPERLINK("x")', "Bo, with a comma")
    assert [name for name, *_ in versions] == ["0.1", "0.2", "0.3"]


def test_the_open_suggestion_can_still_be_accepted(folder: Path, machine: Any) -> None:
    project_id = import_history(machine, folder)
    open_one = queries.suggestion_by_ref(project_id, "S04")
    assert open_one

    from coproduce.capabilities.drafting.operations import decide

    decide(by=machine, project_id=project_id, suggestion_id=open_one.pk, outcome="accepted")

    (document,) = queries.documents_of(project_id)
    assert queries.text_now(document).text() == f"{TEXTS[-1]}."


def test_every_version_comes_out_byte_for_byte(folder: Path, machine: Any, tmp_path: Path) -> None:
    project_id = import_history(machine, folder)

    written = export_versions(project_id, tmp_path / "out")

    assert [file.name for file in written] == ["001.md", "002.md", "003.md"]
    assert [file.read_bytes().decode() for file in written] == TEXTS


def test_importing_again_changes_nothing(folder: Path, machine: Any) -> None:
    project_id = import_history(machine, folder)
    before = everything()

    assert import_history(machine, folder) == project_id
    assert everything() == before


def test_a_word_knows_who_put_it_there(folder: Path, machine: Any) -> None:
    project_id = import_history(machine, folder)
    (document,) = queries.documents_of(project_id)

    found = queries.blame(document, queries.text_now(document))
    by = {word: one.cause.author.name for row in found.values() for one in row for word in tokens(one.text)}

    assert by["lead"] == by["welcome"] == "Bo, with a comma"
    assert by["short"] == by["gate"] == by["Gardens"] == "Ada"


def bad_row(number: int, column: int, value: str) -> list[list[str]]:
    rows = [list(row) for row in CHANGES]
    rows[number - 1][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (bad_row(2, 1, "2024-02-30T10:00:00+00:00"), "row 2: “2024-02-30.*” is not a date"),
        (bad_row(2, 1, "2024-02-03"), "row 2: .* is not a date with a time"),
        (bad_row(3, 0, "4"), "row 3: it is numbered “4”"),
        (bad_row(2, 2, " "), "row 2: the name of the contributor"),
        (bad_row(2, 2, "Bo\u202eb"), "row 2: The name has hidden characters"),
        (bad_row(1, 3, ""), "row 1: the summary"),
        (bad_row(3, 3, "bad\x07bell"), "row 3: The text has a character"),
        (bad_row(3, 4, "texts/4.md"), "row 3: texts/4.md: there is no such file"),
        (bad_row(3, 4, "../secret.md"), "row 3: ../secret.md: this file is outside"),
        (bad_row(3, 4, "/etc/hostname"), "row 3: /etc/hostname: this file is outside"),
        (CHANGES[:2] + [CHANGES[2][:4]], "row 3: it has 4 cells instead of 6"),
        ([], "there is no change"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_named_and_nothing_is_imported(
    folder: Path, machine: Any, rows: list[list[str]], names: str
) -> None:
    write_changes(folder, rows)
    before = everything()

    with pytest.raises(BadFolder, match=names):
        import_history(machine, folder)

    assert everything() == before


@pytest.mark.parametrize(
    ("name", "content", "names"),
    [
        ("texts/2.md", b"caf\xe9", "row 2: texts/2.md: byte 4 is not UTF-8"),
        ("texts/2.md", b"a\x00b", "row 2: texts/2.md: there is a NUL"),
        ("changes.csv", b"n,date\n1,2\n", "the first line must be"),
        ("changes.csv", b'n,date,contributor,summary,text,source_commit\n1,"x', "changes.csv, line 2"),
        ("README.md", b"# Nothing said\n", "unmerged/9.md: README.md does not say"),
        ("README.md", b"`unmerged/9.md` by Cy, 32 August 2024, why;", "unmerged/9.md: “32 August 2024” is not a date"),
        ("unmerged/10.md", b"More", "unmerged/10.md: README.md does not say"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_and_nothing_is_imported(
    folder: Path, machine: Any, name: str, content: bytes, names: str
) -> None:
    (folder / name).write_bytes(content)
    before = everything()

    with pytest.raises(BadFolder, match=names):
        import_history(machine, folder)

    assert everything() == before


def test_a_folder_that_is_not_there_is_named(machine: Any, tmp_path: Path) -> None:
    with pytest.raises(BadFolder, match="is not a folder"):
        import_history(machine, tmp_path / "nowhere")


def test_a_version_whose_text_is_not_the_published_one_is_not_given_out(
    folder: Path, machine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = import_history(machine, folder)
    truly = queries.texts.ops_between

    def altered(*args: Any) -> list[Step]:
        return [op._replace(inserted=op.inserted.replace("Dogs", "Cats")) for op in truly(*args)]

    monkeypatch.setattr(queries.texts, "ops_between", altered)
    with pytest.raises((AlteredText, ValueError)):
        export_versions(project_id, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(
    not REAL.is_dir(), reason=f"the real history does not stand beside this checkout ({REAL})"
)
def test_the_real_history_goes_in_and_comes_out_byte_for_byte(machine: Any, tmp_path: Path) -> None:
    project_id = import_history(machine, REAL)
    before = everything()

    written = export_versions(project_id, tmp_path)

    texts = sorted((REAL / "versions").glob("*.md"))
    assert [file.read_bytes() for file in written] == [file.read_bytes() for file in texts]
    with (REAL / "changes.csv").open(newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    said = queries.decided(project_id)
    assert [(one.author.name, one.reason) for one, _ in said[:34]] == [
        (row["contributor"], row["summary"]) for row in rows
    ]
    assert [one.author.name for one, answer in said if answer is None] == ["Alex Young", "Steven Maude"]
    (document,) = queries.documents_of(project_id)
    stretches = [one for row in queries.blame(document, queries.text_now(document)).values() for one in row]
    assert "".join(one.text for one in stretches) == texts[-1].read_bytes().decode()
    assert all(one.cause.suggestion and one.cause.decision and one.cause.version for one in stretches)
    assert import_history(machine, REAL) == project_id
    assert everything() == before


@pytest.mark.skipif(
    not REAL.is_dir(), reason=f"the real history does not stand beside this checkout ({REAL})"
)
def test_a_damaged_copy_of_the_real_history_is_refused(machine: Any, tmp_path: Path) -> None:
    copy = shutil.copytree(REAL, tmp_path / "copy")
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    (copy / "versions" / "017.md").unlink()

    with pytest.raises(BadFolder, match=r"row 17: versions/017\.md: there is no such file"):
        import_history(machine, copy)
    assert not Project.objects.exists()
