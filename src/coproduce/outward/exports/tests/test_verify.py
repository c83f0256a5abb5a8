import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduce.core.ledger import chain

from .. import archive
from ..verify import BROKEN, LEDGER, MANIFEST, NOT_A_RECORD, WHOLE, run_verify, verify
from .packs import data, entries, flipped, ledger, pack, zipped

PACK = pack()


def lines_of_entries() -> list[tuple[int, int, int]]:
    """Entry number, first and last byte of its line in the pack."""
    found, start = [], PACK.index(ledger(entries()))
    for number, line in enumerate(ledger(entries()).split(b"\n")[:-1]):
        if line.startswith(b'{"actor"'):
            found.append((number, start, start + len(line)))
        start += len(line) + 1
    return found


def test_a_record_as_it_was_made_is_whole() -> None:
    report = verify(PACK)
    assert (report.exit_code, report.problems) == (WHOLE, ())
    assert report.facts["entries"] == 4
    assert report.facts["head"] == entries()[-1]["hash"]


def test_any_zip_program_can_open_it() -> None:
    with zipfile.ZipFile(io.BytesIO(PACK)) as opened:
        assert opened.testzip() is None
        assert opened.read(LEDGER) == ledger(entries())


@pytest.mark.parametrize("by", [0x01, 0x20, 0xFF])
def test_I07_every_byte_of_a_small_record_shows_when_it_changes(by: int) -> None:
    unseen = [at for at in range(len(PACK)) if verify(flipped(PACK, at, by)).exit_code != BROKEN]
    assert unseen == []


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_I07_a_changed_byte_of_an_entry_names_that_entry(drawn: st.DataObject) -> None:
    number, first, last = drawn.draw(st.sampled_from(lines_of_entries()))
    at, by = drawn.draw(st.integers(first, last - 1)), drawn.draw(st.integers(1, 255))
    report = verify(flipped(PACK, at, by))
    assert report.exit_code == BROKEN
    assert report.problems[0].where == f"Entry {number}"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(PACK) - 1), st.binary(max_size=3), st.integers(0, 3))
def test_I07_bytes_put_in_or_taken_out_show(at: int, added: bytes, taken: int) -> None:
    changed = PACK[:at] + added + PACK[at + taken :]
    assert changed == PACK or verify(changed).exit_code != WHOLE


@pytest.mark.parametrize("cut", [0, 1, 100, len(PACK) // 2, len(PACK) - 1])
def test_a_record_that_was_cut_off_is_never_whole(cut: int) -> None:
    assert verify(PACK[:cut]).exit_code != WHOLE


def test_a_changed_file_is_named() -> None:
    at = PACK.index(b"# Plan") + 2
    assert verify(flipped(PACK, at)).problems[0].where == "versions/plan/0.1.md"


def test_a_changed_manifest_is_named() -> None:
    at = PACK.index(b"Home After Hospital")
    assert verify(flipped(PACK, at)).problems[0].where == MANIFEST


def test_a_changed_heading_in_the_archive_names_its_file() -> None:
    at = PACK.index(b"index.html") - 20
    report = verify(flipped(PACK, at))
    assert str(report.problems[0]) == "index.html: its heading in the archive was changed"


class TestSomeoneWhoMakesANewManifest:
    """They can make every hash of a file fit, and still not the ledger."""

    def test_cannot_change_a_fact(self) -> None:
        made = entries()
        made[1]["at"] = "2025-01-14T09:00:02.000000Z"
        self.expect(pack(made), "Entry 2: its facts do not give its hash")

    def test_cannot_change_words(self) -> None:
        made = entries()
        made[2]["payload"]["after"]["words"] = "Everybody rang back"
        self.expect(pack(made), "Entry 3: its words do not give its digest")

    def test_cannot_leave_an_entry_out(self) -> None:
        made = entries()
        del made[1]
        self.expect(pack(made), "Entry 2: an entry is missing or moved: entry 3 stands in its place")

    def test_cannot_change_the_order(self) -> None:
        made = entries()
        made[1], made[2] = made[2], made[1]
        self.expect(pack(made), "Entry 2: an entry is missing or moved: entry 3 stands in its place")

    def test_cannot_put_another_entry_in_between(self) -> None:
        made, other = entries(), entries(2)[1]
        other |= {"verb": "barriers.remove"}
        other["hash"] = chain.entry_hash(other)
        made[1] = other
        self.expect(pack(made), "Entry 3: it does not follow the entry before it")

    def test_cannot_hide_that_the_end_was_cut_off_from_who_knows_the_head(self) -> None:
        made = entries()
        content = ledger(made[:3], head=made[-1]["hash"], length=4)
        report = verify(pack(made, ledger__json=content))
        assert report.exit_code == BROKEN
        assert report.problems[0].where == LEDGER

    def test_cannot_put_an_object_into_the_tables(self) -> None:
        made = entries()
        report = verify(pack(made[:3], data__json=data(made)))
        assert (
            str(report.problems[0]) == f"barriers {made[3]['object_id']}: no entry of the ledger speaks of it"
        )

    def test_cannot_change_a_value_in_a_table(self) -> None:
        made = entries()
        changed = data(made).replace(b"Nobody rang back \\u2013 2", b"Everybody rang back")
        assert changed != data(made)
        words = f"barriers {made[1]['object_id']}: its words is not what the ledger says"
        self.expect(pack(made, data__json=changed), words)

    def test_cannot_note_a_difference_without_it_being_told(self) -> None:
        made = entries()
        changed = json.loads(data(made))
        changed["sections"][0]["tables"][0]["rows"][1]["words"] = "Everybody rang back"
        changed["differences"] = [["barriers", made[1]["object_id"], "words"]]
        report = verify(pack(made, data__json=json.dumps(changed).encode()))
        assert report.exit_code == WHOLE
        assert "It says itself where its tables differ from the ledger, in 1 values" in report.summary

    def test_cannot_change_the_text_of_a_version(self) -> None:
        text = b"# Plan"
        published = {"before": None, "after": {"text_sha256": hashlib.sha256(text).hexdigest()}}
        made = entries(3)
        facts = {**made[2], "object_kind": "drafting.version"}
        facts["payload_digest"] = chain.payload_digest(bytes.fromhex(facts["key"]), published)
        made[2] = {**facts, "hash": chain.entry_hash(facts), "payload": published}
        sections = data(made[:2])
        same = pack(made, data__json=sections, **{"versions/plan/0.1__md": text})
        assert verify(same).exit_code == WHOLE
        other = pack(made, data__json=sections, **{"versions/plan/0.1__md": b"# Another plan"})
        self.expect(other, "Entry 3: the text of its version is not the one that was published")

    def test_cannot_add_a_fact_outside_the_hash(self) -> None:
        made = entries()
        made[0]["note"] = "not under the hash"
        self.expect(pack(made), "Entry 1: it cannot be read")

    @staticmethod
    def expect(changed: bytes, words: str) -> None:
        report = verify(changed)
        assert report.exit_code == BROKEN
        assert str(report.problems[0]) == words


def test_withheld_entries_leave_the_chain_whole_and_tell_nothing() -> None:
    made = entries()
    held = [made[0], chain.withheld(made[1]), chain.withheld(made[2]), made[3]]
    whole = pack(held, data__json=data([made[0], made[3]]))
    assert verify(whole).exit_code == WHOLE
    assert made[1]["object_id"].encode() not in whole
    assert made[1]["at"].encode() not in whole


@pytest.mark.parametrize("place", [1, 2, 3])
def test_I07_a_changed_byte_of_a_withheld_entry_names_it(place: int) -> None:
    made = entries()
    held = [entry if entry["seq"] == 1 else chain.withheld(entry) for entry in made]
    whole = pack(held, data__json=data(made[:1]))
    line = chain.canonical(held[place])
    start = whole.index(line)
    for at in range(start, start + len(line)):
        assert verify(flipped(whole, at)).problems[0].where == f"Entry {place + 1}"


def test_erased_words_leave_the_chain_whole() -> None:
    made = entries()
    made[1] |= {"payload": None, "key": None}
    assert verify(pack(made)).exit_code == WHOLE


def test_a_file_more_or_less_is_named() -> None:
    files = {file.name: file.content for file in archive.files_in(PACK) or []}
    assert verify(zipped({**files, "more.txt": b"more"})).problems[0].where == "more.txt"
    del files["index.html"]
    assert verify(zipped(files)).problems[0].where == "index.html"


def test_something_added_after_the_end_shows() -> None:
    assert verify(PACK + b"\n").exit_code == BROKEN


@pytest.mark.parametrize("other", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + 18 * b"\0"])
def test_another_file_is_not_a_record(other: bytes) -> None:
    assert verify(other).exit_code == NOT_A_RECORD


def test_a_file_that_cannot_be_read_is_not_a_record(tmp_path: Path) -> None:
    assert run_verify(tmp_path / "nothing.zip").exit_code == NOT_A_RECORD
    assert run_verify(tmp_path).exit_code == NOT_A_RECORD


def test_deep_brackets_are_a_broken_entry_and_not_a_crash() -> None:
    made = ledger(entries()).split(b"\n")
    made[2] = b'{"actor":' + b"[" * 100_000
    assert verify(pack(ledger__json=b"\n".join(made))).problems[0].where == "Entry 2"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_anything_with_our_mark_in_it_gets_a_report(rest: bytes) -> None:
    assert verify(PACK[:60] + rest).exit_code in (BROKEN, NOT_A_RECORD)


def test_verification_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    file = tmp_path / "record.zip"
    file.write_bytes(PACK)
    program = (
        "import sys; from coproduce.outward.exports.verify import run_verify\n"
        "code = run_verify(sys.argv[1]).exit_code\n"
        "foreign = {name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names - {'__main__'}\n"
        "print(code, sorted(foreign))\n"
        "print(sorted(name for name in sys.modules if name.startswith('coproduce')))"
    )
    source = str(Path(__file__).parents[4])
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {source!r})\n{program}",
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert first == "0 ['coproduce']"
    loaded = {
        "core.ledger.chain", "outward.exports.agreement", "outward.exports.archive", "outward.exports.verify",
    }  # fmt: skip
    assert loaded < {name.strip("' []").partition(".")[2] for name in second.split(",")} < {
        "", "core", "core.ledger", "outward", "outward.exports", *loaded, "nothing else"
    }  # fmt: skip


def test_files_are_found_by_the_directory_when_a_heading_is_damaged() -> None:
    length_of_the_name = PACK.index(b"\x00\x00ledger.json") - 1
    damaged = flipped(PACK, length_of_the_name, 0x80)
    assert archive.files_in(damaged) == archive.files_in(PACK)
    assert str(verify(damaged).problems[0]) == "ledger.json: its heading in the archive was changed"
