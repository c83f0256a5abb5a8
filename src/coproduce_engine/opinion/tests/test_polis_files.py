"""Files of conversations: read with all that is odd in them, written so that the counts add up, the same again."""

import csv
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..conversation import NO_GROUP, Conversation, SaidStatement
from ..polis_files import BadFile, read, read_groups, write
from ..votes import Votes

REAL = Path(__file__).parents[5] / "shared/data/polis"
FOUR = ("bg2050-volunteers", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
real = pytest.mark.skipif(not REAL.exists(), reason="../shared/data does not stand beside this checkout")
COMMENTS = (
    "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    "1,0,0,1,1,1,Beds\n2,1,0,0,1,-1,Stairs\n"
)
VOTES = "timestamp,comment-id,voter-id,vote\n5,0,0,1\n6,0,1,-1\n7,1,1,-1\n"


def folder_of(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in {"comments": COMMENTS, "votes": VOTES, **files}.items():
        (folder / f"{name.replace('_', '-')}.csv").write_bytes(text.encode())
    return folder


def same(one: Conversation, other: Conversation) -> bool:
    """All but the notes, which are about the files."""
    fields = ("topic", "people", "statements", "description", "url", "attribution", "views", "groups")
    rows = ("group_of", "opinion_group_of")
    return (
        all(getattr(one, name) == getattr(other, name) for name in fields)
        and all(filled(getattr(one, name), one) == filled(getattr(other, name), other) for name in rows)
        and votes_of(one) == votes_of(other)
    )


def filled(row: tuple[int | None, ...], conversation: Conversation) -> list[int | None]:
    """Nobody in a group, said in two ways."""
    return [None if cell == NO_GROUP else cell for cell in row or (None,) * len(conversation.people)]


def votes_of(conversation: Conversation) -> dict[tuple[str, str], int]:
    votes = conversation.votes
    return {
        (person, conversation.statements[votes.statement[at]].id): int(votes.value[at])
        for place, person in enumerate(conversation.people)
        for at in range(votes.indptr[place], votes.indptr[place + 1])
    }


def plain_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@real
@pytest.mark.parametrize("name", FOUR)
def test_the_last_vote_of_a_person_counts_as_plain_loops_find_it(name: str) -> None:
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for row in plain_rows(REAL / name / "votes.csv"):
        key, at = (row["voter-id"], row["comment-id"]), int(row["timestamp"])
        if key not in last or at >= last[key][0]:
            last[key] = at, int(row["vote"])
    assert votes_of(read(REAL / name)) == {key: vote for key, (_at, vote) in last.items()}


@real
@pytest.mark.parametrize("name", FOUR)
def test_the_log_and_the_table_of_a_real_conversation_say_the_same(name: str, tmp_path: Path) -> None:
    for file in ("comments.csv", "participants-votes.csv"):
        (tmp_path / file).symlink_to(REAL / name / file)
    by_table = read(tmp_path)
    assert votes_of(by_table) == votes_of(read(REAL / name))
    assert any("There is no votes.csv" in note for note in by_table.notes)
    assert not [note for note in read(REAL / name).notes if "differ" in note]


@real
@pytest.mark.parametrize("name", FOUR)
def test_a_real_conversation_written_and_read_again_is_equal(name: str, tmp_path: Path) -> None:
    first = read(REAL / name)
    write(tmp_path / "again", first)
    assert same(first, read(tmp_path / "again"))
    assert read(tmp_path / "again").notes == ()


@real
def test_the_counts_that_are_written_add_up_where_those_that_came_did_not(tmp_path: Path) -> None:
    came = read(REAL / "vtaiwan.uberx")
    assert (
        "Statements whose counts in comments.csv are not those of the votes: 96. The votes count."
        in came.notes
    )
    write(tmp_path / "again", came)
    counted = Counter((row["comment-id"], row["vote"]) for row in plain_rows(tmp_path / "again/votes.csv"))
    for row in plain_rows(tmp_path / "again/comments.csv"):
        number = row["comment-id"]
        assert (int(row["agrees"]), int(row["disagrees"])) == (counted[number, "1"], counted[number, "-1"])
    for row in plain_rows(tmp_path / "again/participants-votes.csv"):
        cast = [value for column, value in row.items() if column.isdecimal() and value]
        assert (int(row["n-votes"]), int(row["n-agree"])) == (len(cast), cast.count("1"))


# Everything that a cell may hold: quotes, commas, line breaks of each kind, formulas, letters of all scripts.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["=1+1", '"', '""', "a\r\nb", "\r", "\n", ",", "\ufeffx", " x ", "用路人", "-1", "\x00"]
)


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    people, statements = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    cell = st.sampled_from([1.0, 0.0, -1.0, float("nan")])
    cells = draw(
        st.lists(st.lists(cell, min_size=statements, max_size=statements), min_size=people, max_size=people)
    )
    names = draw(st.lists(texts.map(str.strip).filter(bool), unique=True, min_size=1, max_size=3))
    of = draw(st.lists(st.integers(-1, len(names) - 1), min_size=people, max_size=people))
    used = sorted({names[group] for group in of if group >= 0})
    said = tuple(
        SaidStatement(
            str(3 * place), draw(texts), author=draw(st.sampled_from(["", "0"])), moderated=draw(st.integers(-1, 1)),
            is_meta=draw(st.booleans()), is_seed=draw(st.booleans()), made=draw(st.none() | st.integers(0, 10**13)),
            group_informed=draw(st.none() | st.floats(0, 1)),
        )
        for place in range(statements)
    )  # fmt: skip
    return Conversation(
        topic=draw(texts), description=draw(texts), attribution=draw(texts).strip(),
        people=tuple(str(2 * i) for i in range(people)), statements=said,
        votes=Votes.from_table(np.array(cells)), views=draw(st.none() | st.integers(0, 9)), groups=tuple(used),
        group_of=tuple(used.index(names[group]) if group >= 0 else NO_GROUP for group in of),
        opinion_group_of=tuple(draw(st.lists(st.none() | st.integers(0, 4), min_size=people, max_size=people))),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conversation=conversations())
def test_whatever_is_written_is_read_again_the_same(
    conversation: Conversation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("round") / "set"
    write(folder, conversation)
    again = read(folder)
    assert same(conversation, again)
    assert [note for note in again.notes if "without a group" not in note] == []


def test_of_two_votes_at_one_time_the_later_in_the_file_counts_and_of_others_the_later_in_time(
    tmp_path: Path,
) -> None:
    log = "timestamp,comment-id,voter-id,vote\n9,0,0,1\n5,0,0,-1\n9,0,1,1\n9,0,1,0\n"
    assert votes_of(read(folder_of(tmp_path / "a", votes=log))) == {("0", "0"): 1, ("1", "0"): 0}
    without_time = "comment-id,voter-id,vote\n0,0,1\n0,0,-1\n"
    assert votes_of(read(folder_of(tmp_path / "b", votes=without_time))) == {("0", "0"): -1}


def test_an_export_with_more_columns_a_mark_at_its_beginning_and_foreign_line_ends_is_read(
    tmp_path: Path,
) -> None:
    comments = (
        "\ufefftimestamp,datetime,comment-id,author-id,is-meta,is-seed,xid,moderated,comment-body\r\n"
        '1,today,4,,true,false,,0,"one, ""two""\r\nthree"\r\n\r\n2,today,3,,false,true,,,公車\r\n'
    )
    found = read(folder_of(tmp_path / "a", comments=comments, votes="voter-id,comment-id,vote\r\n7,4,1\r\n"))
    assert [(one.id, one.text, one.is_meta, one.is_seed) for one in found.statements] == [
        ("3", "公車", False, True), ("4", 'one, "two"\r\nthree', True, False),
    ]  # fmt: skip
    assert found.left_out == (1,)


def test_what_is_odd_is_said_and_nothing_is_lost_in_silence(tmp_path: Path) -> None:
    table = "participant,group-id,0,1\n0,,1,\n2,1,0,-1\n"
    found = read(
        folder_of(
            tmp_path / "a",
            participants_votes=table,
            votes=VOTES + "8,77,0,1\n",
            groups="participant,group\n0,Carers\n9,Leads\n",
        )
    )
    assert found.people == ("0", "2", "1")
    assert found.opinion_group_of == (None, 1, None)
    said = " ".join(found.notes)
    assert "Votes on statements that are not in comments.csv: 1 (statements: 1)." in said
    assert "People who are only in votes.csv: 1." in said
    assert "participants-votes.csv differ: 4." in said
    assert "groups.csv names people who are in no other file: 1." in said
    assert "People without a group in groups.csv: 2." in said
    assert (found.groups, found.group_of) == (("Carers",), (0, -1, -1))


def test_counts_that_fit_only_with_the_sides_exchanged_are_a_warning(tmp_path: Path) -> None:
    comments = "comment-id,agrees,disagrees,comment-body\n0,9,1,Beds\n"
    log = "comment-id,voter-id,vote\n" + "".join(f"0,{i},{1 if i == 0 else -1}\n" for i in range(10))
    assert any(
        "exchanged" in note for note in read(folder_of(tmp_path / "a", comments=comments, votes=log)).notes
    )


@pytest.mark.parametrize(
    "files,says",
    [
        ({"votes": VOTES + "8,0,1,2\n"}, "votes.csv, line 5: the vote is “2”"),
        ({"votes": VOTES + "8,0,1\n"}, "votes.csv, line 5: it has 3 cells; the first line names 4."),
        ({"votes": VOTES + "8,0,,1\n"}, "votes.csv, line 5: voter-id is empty."),
        ({"votes": VOTES + "noon,0,1,1\n"}, "votes.csv, line 5: timestamp is “noon”"),
        ({"votes": "a,b\n"}, "votes.csv has no column comment-id, voter-id, vote."),
        ({"votes": ""}, "votes.csv is empty"),
        ({"comments": COMMENTS + '3,2,0,1,1,1,"no end\n4,3,0,1,1,1,x\n'}, "comments.csv, line 4:"),
        ({"comments": COMMENTS + "3,1,0,1,1,1,x\n"}, "comments.csv, line 4: the statement 1 is there a second time."),
        ({"comments": COMMENTS + "3,2,0,1,1,7,x\n"}, "comments.csv, line 4: moderated is 7"),
        ({"participants_votes": "participant,0\n0,1\n0,1\n"}, "participants-votes.csv, line 3: the participant 0"),
        ({"participants_votes": "participant,0\n0,yes\n"}, "participants-votes.csv, line 2: the vote is “yes”"),
        ({"groups": "who,what\n"}, "groups.csv has no column participant, group."),
        ({"summary": "topic\n"}, "summary.csv, line 1:"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_named_by_its_file_and_line(
    files: dict[str, str], says: str, tmp_path: Path
) -> None:
    with pytest.raises(BadFile, match="(?s)^" + says.replace(".", r"\.").replace("(", r"\(")):
        read(folder_of(tmp_path / "a", **files))


def test_a_folder_without_its_files_or_with_other_letters_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is not a folder"):
        read(tmp_path / "none")
    with pytest.raises(BadFile, match=r"comments\.csv cannot be read"):
        read(tmp_path)
    folder = folder_of(tmp_path / "a")
    (folder / "votes.csv").unlink()
    with pytest.raises(BadFile, match="There are no votes"):
        read(folder)
    (folder_of(folder) / "comments.csv").write_bytes(COMMENTS.encode() + b"3,2,0,1,1,1,\xe9t\xe9\n")
    with pytest.raises(BadFile, match=r"comments\.csv, near line \d+: this is not UTF-8 text"):
        read(folder)


def test_a_set_that_could_not_be_finished_leaves_no_trace(tmp_path: Path) -> None:
    good = read(folder_of(tmp_path / "a"))
    bad = replace(good, topic="\ud800")
    with pytest.raises(UnicodeEncodeError):
        write(tmp_path / "out", bad)
    assert os.listdir(tmp_path) == ["a"]


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path) -> None:
    good = read(folder_of(tmp_path / "a"))
    with pytest.raises(FileExistsError):
        write(tmp_path / "a", good)
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", good)
    assert same(good, read(tmp_path / "empty"))


def test_nobody_is_written_under_a_name_and_no_vote_with_its_hour(tmp_path: Path) -> None:
    named = read(folder_of(tmp_path / "a", votes=VOTES.replace(",0,1\n", ",ana@example.org,1\n")))
    assert "ana@example.org" in named.people
    write(tmp_path / "out", named, stamp=100)
    assert "ana" not in "".join(file.read_text() for file in (tmp_path / "out").iterdir())
    assert {row["timestamp"] for row in plain_rows(tmp_path / "out/votes.csv")} == {"100"}


def test_groups_of_another_file_take_the_place_of_the_folders_own(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", groups="participant,group\n0,Carers\n1,Leads\n")
    other = tmp_path / "other.csv"
    other.write_text("participant,group\n1,Nurses\n1,Doctors\n0,\n")
    assert read(folder).groups == ("Carers", "Leads")
    assert (read(folder, groups=other).groups, read(folder, groups=other).group_of) == (("Doctors",), (-1, 0))
    assert read_groups(read(folder), other).groups == ("Doctors",)


def test_a_conversation_whose_parts_do_not_fit_is_refused() -> None:
    votes = Votes.from_table(np.zeros((2, 1)))
    with pytest.raises(ValueError, match="2 people on 1 statements"):
        Conversation("x", ("0",), (SaidStatement("0", "x"),), votes)
    with pytest.raises(ValueError, match="group_of has 1 entries for 2 people"):
        Conversation("x", ("0", "1"), (SaidStatement("0", "x"),), votes, group_of=(0,))
    with pytest.raises(ValueError, match="not among the groups"):
        Conversation("x", ("0", "1"), (SaidStatement("0", "x"),), votes, group_of=(0, 0))
