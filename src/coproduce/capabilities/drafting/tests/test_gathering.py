"""What many people made of one text, each alone, comes in as small suggestions and comes together again."""

import csv
import random
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduce.capabilities.accounts.operations import add_command_line
from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import Document, Op, SuggestedEdit, Suggestion, Version
from coproduce.capabilities.drafting.operations import BadFolder, import_suggestions
from coproduce.capabilities.drafting.operations.gathering import Gathered
from coproduce.capabilities.drafting.rules.edits import Edit, edits_between, ops_of
from coproduce.capabilities.drafting.rules.mapping import Standing, place_of
from coproduce.capabilities.drafting.rules.parting import parted
from coproduce.capabilities.drafting.rules.replay import Op as Step
from coproduce.capabilities.drafting.rules.replay import replay
from coproduce.capabilities.projects.models import Project
from coproduce.core.models import Entry

from .histories import sources, written

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[6] / "shared" / "data" / "nhsx-open-source-policy"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real history does not stand at {REAL}")

BASE = """\
# Home after hospital

Care workers visit twice a day. They ring first.

* Ask each carer
* Write it down
"""
TEXTS = {
    "ada.md": BASE.replace("twice", "three times").replace("first", "the day before"),
    "bo.md": BASE.replace("twice", "once").replace("* Write it down\n", "* Write it down\n* Read it back\n"),
    "cy.md": BASE.replace("Ask each carer", "Ask every carer"),
}
ROWS = [
    ["ada.md", "Ada", "2026-02-03", "It was too little"],
    ["bo.md", "Bo, with a comma", "2026-02-01T23:30:00+00:00", ""],
    ["cy.md", "Cy", "2026-02-02", ""],
]


@pytest.fixture
def machine() -> Any:
    return add_command_line()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "answers"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_bytes(text.encode())
    (tmp_path / "base.md").write_bytes(BASE.encode())
    write_table(made, ROWS)
    return made


def write_table(folder: Path, rows: list[list[str]], heads: str = "file,name,date,why") -> None:
    with (folder / "suggestions.csv").open("w", newline="") as file:
        csv.writer(file).writerows([heads.split(","), *rows])


def brought_in(machine: Any, folder: Path) -> Gathered:
    return import_suggestions(machine, folder, folder.parent / "base.md")


def everything() -> tuple[int, ...]:
    tables = (Project, Document, Suggestion, SuggestedEdit, Op, Version, Entry)
    return tuple(table.objects.count() for table in tables)


def accept(machine: Any, suggestion: Suggestion, outcome: str = "accepted") -> Any:
    reason = {} if outcome == "accepted" else {"reason_code": "EVIDENCE", "reason": "No."}
    return operations.decide(
        by=machine, project_id=suggestion.project_id, suggestion_id=suggestion.pk, outcome=outcome,
        due_on=suggestion.said_on, **reason,
    )  # fmt: skip


def text_of(found: Gathered) -> str:
    return queries.text_now(queries.documents_of(found.project_id).get()).text()


def test_each_text_becomes_small_suggestions_with_name_and_day(folder: Path, machine: Any) -> None:
    found = brought_in(machine, folder)

    assert [(one.author.name, str(one.said_on), one.gist) for one in found.suggestions] == [
        ("Bo, with a comma", "2026-02-01", "“twice” → “once”"),
        ("Bo, with a comma", "2026-02-01", "– → “* Read it back”"),
        ("Cy", "2026-02-02", "“each” → “every”"),
        ("Ada", "2026-02-03", "“twice” → “three times”"),
        ("Ada", "2026-02-03", "“first” → “the day before”"),
    ]
    assert {one.reason for one in found.suggestions} == {"", "It was too little"}
    assert found.overlaps == [("S01", "S04")]
    assert text_of(found) == BASE


def test_a_second_run_writes_nothing_and_a_new_text_only_itself(folder: Path, machine: Any) -> None:
    first = brought_in(machine, folder)
    accept(machine, first.suggestions[0])
    before = everything()

    again = brought_in(machine, folder)

    assert everything() == before
    assert [one.pk for one in again.suggestions] == [one.pk for one in first.suggestions]
    (folder / "di.md").write_text(BASE.replace("* Ask", "* Always ask"))
    write_table(folder, [*ROWS, ["di.md", "Ada", "2026-02-04", ""]])
    more = brought_in(machine, folder)
    (new,) = [one for one in more.suggestions if one.pk not in {old.pk for old in first.suggestions}]
    assert (new.author_id, new.project_id) == (first.suggestions[3].author_id, first.project_id)


def test_each_can_be_accepted_or_declined_in_any_order(folder: Path, machine: Any) -> None:
    found = brought_in(machine, folder)
    once, back, every, three, before = found.suggestions

    for suggestion, outcome in (
        (before, "accepted"),
        (once, "declined"),
        (back, "accepted"),
        (three, "accepted"),
    ):
        accept(machine, suggestion, outcome)

    assert text_of(found) == TEXTS["ada.md"] + "* Read it back\n"
    assert Suggestion.objects.get(pk=every.pk).is_open


def test_line_ends_and_marks_of_an_editor_are_no_suggestion(folder: Path, machine: Any) -> None:
    (folder / "cy.md").write_bytes(b"\xef\xbb\xbf" + TEXTS["cy.md"].replace("\n", "\r\n").encode())

    found = brought_in(machine, folder)

    assert found.suggestions[2].gist == "“each” → “every”"
    assert len(found.suggestions) == 5


def test_other_words_for_the_columns_in_any_order(folder: Path, machine: Any) -> None:
    rows = [[str(n), day, name, file] for n, (file, name, day, _why) in enumerate(ROWS)]
    write_table(folder, rows, "n,Date,contributor,text")
    assert len(brought_in(machine, folder).suggestions) == 5


def bad_row(number: int, column: int, value: str) -> list[list[str]]:
    rows = [list(row) for row in ROWS]
    rows[number - 1][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (bad_row(2, 0, "nobody.md"), "row 2: nobody.md: there is no such file"),
        (bad_row(2, 0, "../base.md"), "row 2: ../base.md: this file is outside"),
        (bad_row(2, 0, ""), "row 2: the name of the file is missing"),
        (bad_row(2, 2, "2026-02-30"), "row 2: “2026-02-30” is not a date"),
        (bad_row(2, 2, "last week"), "row 2: “last week” is not a date"),
        (bad_row(2, 2, "2999-01-01"), "row 2: the date 2999-01-01 has not come yet"),
        (bad_row(3, 1, " "), "row 3: the name of whoever wrote cy.md is missing"),
        (bad_row(3, 1, "Cy\u202ey"), "row 3: The name has hidden characters"),
        (bad_row(3, 3, "bell\x07"), "row 3: The text has a character"),
        (ROWS[:2], "cy.md: suggestions.csv does not say by whom and when"),
        ([*ROWS, ROWS[0]], "row 4: it says the same as row 1"),
        ([*ROWS[:2], ROWS[2][:2]], "row 3: it has 2 cells instead of 4"),
        ([], "there is no suggestion in it"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_named_and_nothing_is_written(
    folder: Path, machine: Any, rows: list[list[str]], names: str
) -> None:
    write_table(folder, rows)
    before = everything()

    with pytest.raises(BadFolder, match=names):
        brought_in(machine, folder)

    assert everything() == before


@pytest.mark.parametrize(
    ("name", "content", "names"),
    [
        ("cy.md", b"caf\xe9", "row 3: cy.md: byte 4 is not UTF-8"),
        ("cy.md", b"a\x00b", "row 3: cy.md: there is a NUL"),
        ("cy.md", b" \n", "row 3: cy.md is empty"),
        ("cy.md", BASE.encode(), "row 3: cy.md changes nothing"),
        ("suggestions.csv", b"file,who\nada.md,Ada\n", "the first line must name the columns name, date"),
        ("suggestions.csv", b'file,name,date\n"ada.md', "suggestions.csv, line"),
        ("other.csv", b"file,name,date\n", "there must be one table"),
        ("../base.md", b"", "base.md: the file is empty"),
        ("../base.md", b"\xff\xfe", "base.md: byte 1 is not UTF-8"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_and_nothing_is_written(
    folder: Path, machine: Any, name: str, content: bytes, names: str
) -> None:
    (folder / name).write_bytes(content)
    before = everything()

    with pytest.raises(BadFolder, match=names):
        brought_in(machine, folder)

    assert everything() == before


def test_a_base_that_is_not_there_is_named(folder: Path, machine: Any) -> None:
    with pytest.raises(BadFolder, match=r"elsewhere\.md: there is no such file"):
        import_suggestions(machine, folder, folder.parent / "elsewhere.md")


def test_a_paragraph_parted_in_two_is_one_suggestion_and_a_move_too() -> None:
    base = written("One two three four.\n\nFive six seven.\n\nEight nine ten.\n\n")
    splitting = parted(edits_between(sources(base), base.text().replace("two three", "two.\n\nThree")), base)
    moving = parted(
        edits_between(sources(base), "Five six seven.\n\nEight nine ten.\n\nOne two three four.\n\n"), base
    )
    assert (len(splitting), len(moving)) == (1, 1)


# Against independent accounts -------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 7))
def test_overlaps_are_found_exactly_and_all_others_together_give_the_text_of_a_merge(
    seed: int, count: int
) -> None:
    """The words of the base are all different, so everybody's edits are known by their places from the beginning."""
    dice = random.Random(seed)
    words = [f"w{n}" for n in range(60)]
    wanted = {person: _edits_of(dice, person, len(words)) for person in range(count)}
    base = written(_laid_out(words))
    groups = [
        (person, edits)
        for person, mine in wanted.items()
        for edits in parted(edits_between(sources(base), _laid_out(_edited(words, mine))), base)
    ]
    spans = [(person, span) for person, mine in wanted.items() for span in sorted(mine)]
    assert len(groups) == len(spans)

    clashing = set(queries.clashes((n, edit) for n, (_, edits) in enumerate(groups) for edit in edits))  # type: ignore[arg-type]
    expected = {
        (n, m) for (n, (p, a)), (m, (q, b)) in combinations(enumerate(spans), 2)
        if p != q and max(a[0], b[0]) < min(a[1], b[1]) and (a, wanted[p][a]) != (b, wanted[q][b])
    }  # fmt: skip
    assert {tuple(sorted(pair)) for pair in clashing} == expected

    alone = [n for n in range(len(groups)) if not any(n in pair for pair in expected)]
    together = {spans[n][1]: wanted[spans[n][0]][spans[n][1]] for n in alone}
    dice.shuffle(alone)
    assert _accepted(base, [groups[n][1] for n in alone]) == _laid_out(_edited(words, together))


Wanted = dict[tuple[int, int], list[str]]


def _edits_of(dice: random.Random, person: int, length: int) -> Wanted:
    """Places to replace, three words or more apart, with words that nobody else uses."""
    made: Wanted = {}
    at = dice.randint(0, 8)
    while at < length - 4:
        end = at + dice.randint(1, 3)
        new = [f"p{person}n{at}x{n}" for n in range(dice.randint(0, 3))]
        made[at, end] = new
        at = end + dice.randint(3, 25)
    return made


def _edited(words: list[str], wanted: Wanted) -> list[str]:
    made = list(words)
    for (start, end), new in sorted(wanted.items(), reverse=True):
        made[start:end] = new
    return made


def _laid_out(words: list[str]) -> str:
    """One passage, so that nothing is known but the words."""
    return " ".join(["Begin", *words, "end."]) + "\n"


def _accepted(base: Any, groups: list[list[Edit]]) -> str:
    state, ops = base, list[Step]()
    for edits in groups:
        places = [place_of(edit, base.seq, ops, state) for edit in edits]
        standing = {place.standing for place in places}
        # Two people who take the same words out agree.
        assert standing in ({Standing.HOLDS}, {Standing.DONE})
        new = ops_of([place.edit for place in places if place.standing is Standing.HOLDS], state)
        state, ops = replay(new, state), ops + new
    return str(state.text())


def merged(base: bytes, *texts: bytes, place: Path) -> bytes:
    """What git makes of them, one after the other; fails where git finds a conflict."""
    names = [place / name for name in ("ours", "base", "theirs")]
    names[0].write_bytes(texts[0])
    names[1].write_bytes(base)
    for text in texts[1:]:
        names[2].write_bytes(text)
        done = subprocess.run(["git", "merge-file", "-q", *map(str, names)], check=False)
        assert done.returncode == 0
    return names[0].read_bytes()


def version(number: int) -> bytes:
    return (REAL / "versions" / f"{number:03}.md").read_bytes()


def real_folder(place: Path, base: bytes, texts: list[bytes]) -> Path:
    folder = place / "answers"
    folder.mkdir()
    (place / "base.md").write_bytes(base)
    for number, text in enumerate(texts):
        (folder / f"{number}.md").write_bytes(text)
    write_table(folder, [[f"{n}.md", f"Person {n}", "2022-03-01", ""] for n in range(len(texts))])
    return folder


@needs_real
@pytest.mark.parametrize("order", range(3))
def test_three_real_changes_made_independently_come_together_as_git_merges_them(
    machine: Any, tmp_path: Path, order: int
) -> None:
    """Versions 007 to 009 were made on 006 by three people, and merged one after the other."""
    base = version(6)
    alone = [
        version(7),
        merged(version(7), base, version(8), place=tmp_path),
        merged(version(8), base, version(9), place=tmp_path),
    ]
    expected = merged(base, *alone, place=tmp_path)
    assert expected == version(9)

    found = brought_in(machine, real_folder(tmp_path, base, alone))
    assert found.overlaps == []
    assert len({one.author_id for one in found.suggestions}) == 3
    random.Random(order).shuffle(found.suggestions)
    for suggestion in found.suggestions:
        accept(machine, suggestion)

    assert text_of(found).encode() == expected


@needs_real
def test_the_two_that_were_never_answered_come_together_as_git_merges_them(
    machine: Any, tmp_path: Path
) -> None:
    texts = [(REAL / "unmerged" / name).read_bytes() for name in ("20.md", "21.md")]
    expected = merged(version(34), *texts, place=tmp_path)

    found = brought_in(machine, real_folder(tmp_path, version(34), texts))
    for suggestion in reversed(found.suggestions):
        accept(machine, suggestion)

    assert found.overlaps == []
    assert text_of(found).encode() == expected


@needs_real
@pytest.mark.parametrize("seed", range(3))
def test_many_edited_copies_of_a_real_text_come_together_as_git_merges_them(
    machine: Any, tmp_path: Path, seed: int
) -> None:
    """Twelve people each change other lines, too far apart for git to ask; accepted in any order."""
    dice = random.Random(seed)
    base = version(20).decode()
    lines = base.splitlines(keepends=True)
    places = [n for n in range(0, len(lines) - 4, 4) if len(lines[n].split()) > 6]
    dice.shuffle(places)
    texts = [_changed_lines(dice, lines, places[n::12][:3]).encode() for n in range(12)]
    expected = merged(base.encode(), *texts, place=tmp_path)

    found = brought_in(machine, real_folder(tmp_path, base.encode(), texts))
    assert found.overlaps == []
    dice.shuffle(found.suggestions)
    for suggestion in found.suggestions:
        accept(machine, suggestion)

    assert text_of(found).encode() == expected


def _changed_lines(dice: random.Random, lines: list[str], places: list[int]) -> str:
    made = list(lines)
    for place in sorted(places, reverse=True):
        kind = dice.choice(["words", "words", "take out", "add"])
        if kind == "take out":
            del made[place]
        elif kind == "add":
            made.insert(place + 1, f"A new line number {place} that nobody else has.\n")
        else:
            words = made[place].split(" ")
            words[dice.randrange(1, len(words) - 1)] = f"changed{place}"
            made[place] = " ".join(words)
    return "".join(made)
