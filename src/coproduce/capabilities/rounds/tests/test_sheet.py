"""The sealing sheet: whole in every state of a round, broken by any change; offline, on the page and by command."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.rules import sealing
from coproduce.capabilities.rounds.rules.sheet import FORMAT, NotASheet, read_sheet
from coproduce.config.cli import main
from coproduce.core import clock
from coproduce.core.access import NotThere

from .factories import LATE, READ, Table, an_open_table, words

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[5] / "docs/verify_round.py"
CODES = ("P01", "P02", "P03", "P04", "P05")


@pytest.fixture
def table() -> Table:
    """Five of seven have answered, two leaders among them; sealed for a reading in turns."""
    table = an_open_table({"G1": 3, "G4": 4})
    for code in CODES:
        table.answer(code, words(f"naïve ☂ {code}"))
    table.seal(in_turns=True)
    return table


def go(table: Table, *verbs: Any) -> None:
    for verb in verbs:
        with clock.at(READ):
            verb(by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk)
        table.again()


def read_all(table: Table) -> None:
    go(table, operations.begin_reading)
    while table.round.is_being_read:
        go(table, operations.show_turn, operations.end_turn)


def close_with_a_second_answer(table: Table) -> None:
    go(table, operations.open_second_answers)
    with clock.at(READ):
        for me in (1, 2):
            operations.seal_second_answer(
                by=table.person("P01"), project_id=table.project.pk, round_id=table.round.pk, me_rating=me
            )
    go(table, operations.close_round)


def by_script(sheet: dict[str, Any], folder: Path) -> tuple[int, str]:
    file = folder / "sheet.json"
    file.write_text(json.dumps(sheet))
    done = subprocess.run([sys.executable, "-I", SCRIPT, file], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def sheet_of(table: Table) -> dict[str, Any]:
    return json.loads(json.dumps(queries.sheet(table.again())))


def test_there_is_no_sheet_before_the_seal() -> None:
    with pytest.raises(NotThere):
        queries.sheet(an_open_table().round)
    with pytest.raises(NotThere):
        queries.evidence(an_open_table().round)


def test_R28_R30_the_sheet_is_whole_in_every_state_and_tells_no_more_than_is_open(
    table: Table, tmp_path: Path
) -> None:
    sealed = sheet_of(table)
    assert (sealed["order"], [one.get("answer") for one in sealed["answers"]]) == (None, [None] * 5)
    assert not any({"leader", "place"} & one.keys() for one in sealed["answers"])
    go(table, operations.begin_reading, operations.show_turn)
    reading = sheet_of(table)
    assert sum("answer" in one for one in reading["answers"]) == 1
    go(table, operations.end_turn)
    while table.round.is_being_read:
        go(table, operations.end_turn)
    table.answer("P06", words("late"), at=READ)
    read = sheet_of(table)
    assert (len(read["order"]), len(read["late"])) == (5, 1)
    close_with_a_second_answer(table)
    closed = sheet_of(table)
    assert [one["answer"]["me"] for one in closed["second_answers"]] == [2]
    for sheet in (sealed, reading, read, closed):
        assert queries.sheet_faults(sheet) == []
        assert by_script(sheet, tmp_path)[0] == 0


def test_the_sheet_of_a_round_that_opened_all_at_once(tmp_path: Path) -> None:
    table = an_open_table()
    for code in table.seats:
        table.answer(code, words(code))
    table.seal()
    sheet = sheet_of(table)
    assert sheet["order"] == [one.lot for one in queries.reading(table.round).order]
    assert queries.sheet_faults(sheet) == []
    assert by_script(sheet, tmp_path)[0] == 0


def test_an_answer_after_the_sealing_time_and_before_the_seal_is_covered_and_not_in_the_order(
    tmp_path: Path,
) -> None:
    table = an_open_table()
    table.answer("P01", words("on time"))
    table.answer("P02", words("too late"), at=LATE)
    table.seal(at=READ)
    sheet = sheet_of(table)
    assert (len(sheet["answers"]), len(sheet["order"])) == (2, 1)
    assert queries.sheet_faults(sheet) == []
    assert by_script(sheet, tmp_path)[0] == 0


def _rating(sheet: dict[str, Any]) -> None:
    sheet["answers"][0]["answer"]["me"]["rating"] = 3


def _leader(sheet: dict[str, Any]) -> None:
    first = next(one for one in sheet["answers"] if one["commitment"] == sheet["order"][0])
    first["leader"] = True


def _order(sheet: dict[str, Any]) -> None:
    sheet["order"] = sheet["order"][::-1]


CHANGES: list[Callable[[dict[str, Any]], Any]] = [
    _rating, _leader, _order,
    lambda sheet: sheet["answers"].pop(),
    lambda sheet: sheet["answers"][0].update(nonce="00" * 32),
    lambda sheet: sheet["answers"][0].update(receipt="A" * 10),
    lambda sheet: sheet["answers"][0]["place"].update(rev=9),
    lambda sheet: sheet.update(root="00" * 32),
    lambda sheet: sheet.update(seed="00" * 32),
    lambda sheet: sheet.update(second_root="00" * 32),
    lambda sheet: sheet["second_answers"][0]["answer"].update(me=-3),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_every_change_shows(number: int, table: Table, tmp_path: Path) -> None:
    read_all(table)
    close_with_a_second_answer(table)
    sheet = sheet_of(table)
    changed = copy.deepcopy(sheet)
    CHANGES[number](changed)
    assert queries.sheet_faults(changed)
    code, told = by_script(changed, tmp_path)
    assert (code, "whole" in told) == (1, False)


def test_a_changed_ledger_entry_and_a_missing_part_show(table: Table) -> None:
    sheet = sheet_of(table)
    sheet["ledger"][0]["at"] = "2030-01-01T00:00:00.000000Z"
    assert [fault.what for fault in queries.sheet_faults(sheet)] == ["its facts do not give its hash"]
    del sheet["answers"][0]["commitment"]
    assert queries.sheet_faults(sheet)
    for content in (b"{", b"[]", b'{"format": "other"}', b"[" * 100_000):
        with pytest.raises(NotASheet):
            read_sheet(content)


def test_the_published_vector(tmp_path: Path) -> None:
    """listening.md §4.3: the leaves, the root and the first receipt."""
    answers = []
    for number, text in enumerate(("Nachtdienst", "handover", "naïve ☂"), 1):
        place = {"session": "s1", "prompt": "p1", "round": 1, "seat": f"seat-{number}", "rev": 1}
        answer = {"hard": number, "important": 5 - number, "text": text}
        made = sealing.commitment(place, bytes([number]) * 32, answer)
        answers.append({
            "place": place, "nonce": (bytes([number]) * 32).hex(), "answer": answer, "commitment": made.hex(),
            "receipt": sealing.receipt(made), "leader": False, "late": False,
        })  # fmt: skip
    root = "2ed6503217597216be9a7f4913fa93823beac4e340d3435de19cca2ba3f8f06b"
    seed = sealing.order_seed(bytes.fromhex(root), "p1").hex()
    sheet = {
        "format": FORMAT, "round": {"session": "s1", "prompt": "p1", "code": "R1-0000"}, "root": root, "seed": seed,
        "answers": answers, "order": None, "late": [], "second_root": "", "second_answers": [], "ledger": [],
    }  # fmt: skip
    assert answers[0]["receipt"] == "FTUONO5MTS"
    assert queries.sheet_faults(sheet) == []
    code, told = by_script(sheet, tmp_path)
    assert (code, root in told) == (0, True)


# The command and the page


@pytest.mark.parametrize(
    "change,code", [(None, 0), (_rating, 1), (lambda sheet: sheet.update(format="x"), 2)]
)
def test_the_command_knows_a_sheet(change: Any, code: int, table: Table, tmp_path: Path) -> None:
    read_all(table)
    sheet = sheet_of(table)
    if change:
        change(sheet)
    file = tmp_path / "sheet.json"
    file.write_text(json.dumps(sheet, ensure_ascii=False))
    told = CliRunner().invoke(main, ["verify", str(file)])
    assert told.exit_code == code, told.output


def ask(**fields: Any) -> str:
    response = Client().post(reverse("rounds:verify"), fields)
    assert response.status_code == 200
    return response.content.decode()


def test_anyone_finds_a_receipt_of_a_sealed_round_and_learns_no_word_of_it(table: Table) -> None:
    receipt = queries.last_revision(table.invitation("P01")).receipt
    page = ask(code=f" {table.round.short_code.lower()} ", receipt=receipt.lower())
    assert table.round.root in page
    assert "covers 5 answers" in page
    assert table.round.title not in page
    assert "leaves no trace" in page
    assert "opens the key for that one answer" in page


def test_what_is_not_covered_is_not_found_whatever_the_reason(table: Table) -> None:
    unsealed = an_open_table()
    early = unsealed.answer("P01", words("first")).receipt
    receipt = queries.last_revision(table.invitation("P01")).receipt
    pages = [
        ask(code=unsealed.round.short_code, receipt=early), ask(code="R9-0000", receipt=receipt),
        ask(code=table.round.short_code, receipt="AAAAAAAAAA"), ask(code="R1-ÄÄÄÄ", receipt="%"),
    ]  # fmt: skip
    assert all("We did not find this receipt" in page for page in pages)
    table_two = unsealed
    changed = table_two.answer("P01", words("changed")).receipt
    table_two.seal()
    assert "We did not find" in ask(code=table_two.round.short_code, receipt=early)
    assert "is in the round" in ask(code=table_two.round.short_code, receipt=changed)


def test_a_second_receipt_is_found_after_the_close(table: Table) -> None:
    read_all(table)
    go(table, operations.open_second_answers)
    with clock.at(READ):
        about = {"project_id": table.project.pk, "round_id": table.round.pk}
        receipt = operations.seal_second_answer(by=table.person("P01"), **about, me_rating=1).receipt
    assert "We did not find" in ask(code=table.round.short_code, receipt=receipt)
    go(table, operations.close_round)
    assert table.round.second_root in ask(code=table.round.short_code, receipt=receipt)


def test_a_sheet_is_checked_on_the_page(table: Table) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    read_all(table)
    client = Client()
    client.force_login(table.person("P01"), backend="django.contrib.auth.backends.ModelBackend")
    about = {"project_id": table.project.pk, "round_id": table.round.pk}
    content = client.get(reverse("rounds:sealing_sheet", kwargs=about)).content
    broken = content.replace(b'"rating": 0', b'"rating": 1', 1)
    told = [
        ask(sheet="1", file=SimpleUploadedFile("sheet.json", given))
        for given in (content, broken, b"not a sheet", b"")
    ]
    assert "The sheet holds" in told[0]
    assert "The sheet does not hold" in told[1]
    assert "do not give its commitment" in told[1]
    assert "not a sealing sheet" in told[2]
    assert "The sheet" not in told[3].partition("<main")[2].partition("Look for a receipt")[0]


# The evidence


def test_the_evidence_counts_the_openings_and_names_the_heads(table: Table) -> None:
    at_the_seal = queries.evidence(table.round)
    assert (at_the_seal.before_the_seal, at_the_seal.openings) == (0, [])
    assert at_the_seal.head_at_the_seal == queries.ledger_head(table.project.pk).hash
    go(table, operations.begin_reading)
    begun = queries.evidence(table.round)
    assert begun.head_at_the_reading == queries.ledger_head(table.project.pk).hash
    go(table, operations.show_turn)
    assert [entry["verb"] for entry in queries.evidence(table.round).openings] == [
        "rounds.begin_reading", "rounds.show_turn",
    ]  # fmt: skip


def test_what_opens_the_key_says_so_in_the_ledger(table: Table) -> None:
    from coproduce.core.ledger.checking import entries_of

    read_all(table)
    close_with_a_second_answer(table)
    told = {
        entry["verb"] for entry in entries_of(str(table.project.pk))
        if (entry["payload"].get("after") or {}).get("key_opened")
    }  # fmt: skip
    assert told == {"rounds.begin_reading", "rounds.show_turn", "rounds.end_reading", "rounds.close_round"}
    openings = {entry["verb"] for entry in queries.evidence(table.round).openings}
    assert openings == told


def test_R27_independent_is_on_time_and_before_anything_was_open(table: Table) -> None:
    table.answer("P06", words("late"), at=LATE)
    go(table, operations.begin_reading, operations.show_turn)
    table.answer("P07", words("late and exposed"), at=READ)
    found = queries.evidence(table.round)
    assert (found.independent, found.exposed, found.late, found.whole) == (5, 0, 2, 7)


def test_an_answer_to_a_round_that_follows_an_open_one_is_exposed() -> None:
    from coproduce.capabilities.rounds.models import Round

    earlier = an_open_table()
    earlier.answer("P01", words("before"))
    earlier.seal()
    later = an_open_table()
    Round.objects.filter(pk=later.round.pk).update(follows=earlier.round)
    later.again()
    assert later.answer("P01", words("again")).exposed
    later.seal()
    assert queries.evidence(later.round).exposed == 1


def test_the_page_of_the_evidence_says_no_more_than_is_true(table: Table) -> None:
    go(table, operations.begin_reading, operations.show_turn)
    client = Client()
    client.force_login(table.person("P01"), backend="django.contrib.auth.backends.ModelBackend")
    about = {"project_id": table.project.pk, "round_id": table.round.pk}
    page = client.get(reverse("rounds:evidence", kwargs=about)).content.decode()
    for words_ in ("opened 0 times before the seal", "The system recorded no earlier opening.",
                   "A silent read by someone who holds both the database and the key leaves no trace.",
                   table.round.root, "5 of 5 first answers are independent"):  # fmt: skip
        assert words_ in page
    assert "naïve" not in page
