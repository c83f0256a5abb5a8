import contextlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.models import Answer, OpenedAnswer, OpenedBarrier, Round, SecondAnswer
from coproduce.capabilities.rounds.queries import sealed
from coproduce.capabilities.rounds.rules import sealing
from coproduce.capabilities.rounds.terms import FIRST_WORDING, Channel, RaisedBarrier, State, Written
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Override, Refused
from coproduce.core.models import Entry, Payload

from .factories import DURING, LATE, READ, SEALED, SEALS, a_person, a_table, an_open_table, draft, words

pytestmark = pytest.mark.django_db


@contextlib.contextmanager
def refused(rule: str) -> Any:
    with pytest.raises(Refused) as raised:
        yield raised
    assert rule in {finding.rule for finding in raised.value.findings}


def kept(thing: Any) -> list[dict[str, Any]]:
    """The findings on the record of the newest entry about a thing."""
    entry = Entry.objects.filter(object_id=str(thing.pk)).order_by("-seq").first()
    return Payload.objects.get(pk=entry.pk).content.get("findings", [])


# Drafting, inviting, opening


def test_a_new_round_is_a_draft_with_all_its_questions() -> None:
    the_round = a_table().round
    assert (the_round.state, the_round.code) == (State.DRAFT, "R1")
    assert the_round.wording == {name: str(asked) for name, asked in FIRST_WORDING.items()}


def test_a_draft_is_there_for_facilitators_only() -> None:
    table = a_table()
    about = (table.project.pk, table.round.pk, Purpose.READ)
    assert queries.round_for(table.facilitator, *about)
    with pytest.raises(NotThere):
        queries.round_for(table.person("P01"), *about)


def test_a_round_that_seals_before_it_opens_is_refused() -> None:
    table = a_table()
    with pytest.raises(Refused):
        draft(table, opens_at=SEALS, seals_at=SEALS)


def test_R04_nobody_is_invited_while_it_is_not_said_what_can_change() -> None:
    table = a_table()
    projects.write_foreword(
        by=table.facilitator, project_id=table.project.pk, changes={"what_can_change": " "}
    )
    with refused("R04"):
        table.invite(["P01"])


def test_R25_a_round_without_level_3_does_not_open() -> None:
    table = a_table()
    table.invite(table.seats)
    operations.edit_round(
        by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
        changes={"wording": table.round.wording | {"level_3": ""}},
    )  # fmt: skip
    with refused("R25"):
        table.open()
    assert table.again().is_draft


def test_R26_opening_without_the_leaders_is_warned_and_stays_on_the_record() -> None:
    table = a_table()
    table.invite(["P01", "P02"])
    assert [finding["rule"] for finding in kept(table.open())] == ["R26", "R38"]


def test_a_round_that_nobody_is_invited_to_does_not_open() -> None:
    with pytest.raises(Refused):
        a_table().open()


def test_a_facilitator_is_not_invited() -> None:
    table = a_table()
    projects.give_role(
        by=table.facilitator, project_id=table.project.pk, person=table.person("P01"), role="facilitator"
    )
    assert "P01" not in {seat.code for seat in queries.seats_to_choose(table.project.pk)}
    with pytest.raises(Refused):
        table.invite(["P01"])


def test_invitations_keep_the_group_of_that_time_and_only_grow_once_open() -> None:
    table = a_table()
    table.invite(["P01", "P02"])
    table.invite(["P01", "P04"])
    assert [one.seat.code for one in queries.invitations_of(table.round)] == ["P01", "P04"]
    assert table.invitation("P04").group_kind == "leaders"
    table.open()
    table.invite(["P01", "P04", "P03"])
    with pytest.raises(Refused):
        table.invite(["P01"])


def test_a_seat_of_another_project_is_not_there() -> None:
    table, other = a_table(), a_table()
    with pytest.raises(NotThere):
        operations.invite(
            by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
            seat_ids=[other.seats["P01"].pk],
        )  # fmt: skip


def test_the_questions_of_an_open_round_stay() -> None:
    table = an_open_table()
    with pytest.raises(Refused):
        operations.edit_round(
            by=table.facilitator,
            project_id=table.project.pk,
            round_id=table.round.pk,
            changes={"title": "Other"},
        )


# Answering


def test_a_sealed_answer_gives_a_receipt_and_stands_nowhere_in_plain() -> None:
    table = an_open_table()
    answer = table.answer("P01", words("Maureen's marker"))
    assert len(answer.receipt) == 10
    assert answer.receipt == sealing.receipt(bytes.fromhex(answer.commitment))
    assert not everything_in_the_database_with("marker")


def everything_in_the_database_with(text: str) -> list[str]:
    """Tables with the text in any column, as bytes or words, in clear or as hexadecimal."""
    wanted = [text.encode(), text.encode().hex().encode()]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                cells = [
                    bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    for cell in row
                ]
                if any(part in cell for part in wanted for cell in cells):
                    found.append(table)
    return found


def test_the_search_for_plain_words_would_find_them() -> None:
    table = an_open_table()
    table.answer("P01", words("Maureen's marker"))
    table.seal()
    assert set(everything_in_the_database_with("marker")) == {"rounds_openedanswer", "rounds_openedbarrier"}


def test_the_ledger_holds_the_commitment_and_nothing_else_of_an_answer() -> None:
    table = an_open_table()
    answer = table.answer("P01", words("secret", 3, -3, "save_money"))
    entry = Entry.objects.get(object_id=str(answer.pk))
    assert Payload.objects.get(pk=entry.pk).content["after"] == {
        "round": str(table.round.pk), "commitment": answer.commitment, "late": False,
    }  # fmt: skip


def test_the_author_reads_and_changes_their_answer_until_the_seal_and_the_last_counts() -> None:
    table = an_open_table()
    first = table.answer("P01", words("first"))
    second = table.answer("P01", words("second"))
    assert (first.revision, second.revision) == (1, 2)
    own = queries.own_answer(table.round, table.invitation("P01"), table.person("P01"))
    assert own is not None
    assert own.written == words("second")
    table.seal()
    assert [one.written for one in queries.opened_answers(table.round)] == [words("second")]
    assert Answer.objects.filter(round=table.round).count() == 2


def test_R23_nobody_but_the_author_reads_an_answer_before_the_seal() -> None:
    table = an_open_table()
    table.enter("P01", words("for Maureen"))
    mine = table.invitation("P01")
    assert queries.own_answer(table.round, mine, table.person("P01")) is not None
    for other in (table.facilitator, table.person("P02")):
        assert queries.own_answer(table.round, mine, other) is None
    for read in (
        queries.opened_answers,
        queries.opened_barriers,
        queries.summary,
        queries.reading,
        queries.receipts,
    ):
        with pytest.raises(NotThere):
            read(table.round)
    for other in (table.facilitator, table.person("P01")):
        with pytest.raises(NotThere):
            queries.opened_round_for(other, table.project.pk, table.round.pk)


def test_the_body_of_an_answer_is_not_fetched_unless_asked_for() -> None:
    table = an_open_table()
    answer = table.answer("P01", words("mine"))
    assert "ciphertext" in Answer.objects.get(pk=answer.pk).get_deferred_fields()


def test_R24_before_the_seal_there_are_counts_by_group_and_channel() -> None:
    table = an_open_table({"G1": 3, "G2": 3, "G4": 2})
    table.answer("P01", words("a"))
    table.answer("P01", words("b"))
    table.enter("P04", words("c"))
    counts = queries.counts(table.round)
    assert (counts.invited, counts.answered, counts.missing) == (8, 2, 6)
    assert [(one.invited, one.answered) for one in counts.by_group] == [(3, 1), (5, 1)]
    assert [count for _channel, count in counts.by_channel] == [1, 1]


def test_the_counts_are_the_same_whatever_was_written() -> None:
    short, long = an_open_table(), an_open_table()
    short.answer("P01", Written())
    long.answer("P01", words("long " * 900, 3, 3, "fairness"))
    assert queries.counts(short.round) == queries.counts(long.round)


def test_a_stranger_and_a_person_who_is_not_invited_cannot_answer() -> None:
    table = a_table()
    table.invite(["P01"])
    table.open()
    with pytest.raises(NotThere):
        table.answer("P02", words("not asked"))
    with pytest.raises(NotThere), clock.at(DURING):
        operations.answer_round(
            by=a_person("Stranger"),
            project_id=table.project.pk,
            round_id=table.round.pk,
            written=words("hello"),
        )
    assert not Answer.objects.exists()


def test_participants_cannot_answer_for_one_another() -> None:
    table = an_open_table()
    with pytest.raises(NotThere):
        table.answer("P01", words("for P02"), invitation_id=table.invitation("P02").pk)


def test_the_same_request_five_times_writes_once() -> None:
    table, key = an_open_table(), uuid4()
    receipts = {table.answer("P01", words("once"), key=key).receipt for _time in range(5)}
    assert len(receipts) == 1
    assert Answer.objects.count() == 1


def test_an_answer_on_paper_is_entered_on_behalf_and_counts_as_independent() -> None:
    table = an_open_table()
    answer = table.enter("P01", words("from paper"))
    assert (answer.entered_by, answer.read_back, answer.channel) == (table.facilitator, True, Channel.PAPER)
    assert Entry.objects.get(object_id=str(answer.pk)).on_behalf_of == table.person("P01").pk
    table.seal()
    assert queries.summary(table.round).independence.part == 1


def test_R109_entering_without_reading_back_is_kept_as_a_warning() -> None:
    table = an_open_table()
    assert [one["rule"] for one in kept(table.enter("P01", words("quick"), read_back=False))] == ["R109"]
    assert not kept(table.enter("P02", words("slow"), read_back=True))


def test_a_facilitator_cannot_put_an_answer_over_the_persons_own() -> None:
    table = an_open_table()
    table.answer("P01", words("mine"))
    with pytest.raises(Refused):
        table.enter("P01", words("better"))
    assert table.enter("P02", words("paper")).revision == 1
    assert table.enter("P02", words("paper, corrected")).revision == 2
    assert table.answer("P02", words("myself after all")).entered_by is None


def test_a_draft_takes_no_answers() -> None:
    table = a_table()
    table.invite(table.seats)
    with pytest.raises(NotThere):
        table.answer("P01", words("early"))
    with pytest.raises(Refused):
        table.enter("P01", words("early"))


def test_words_that_cannot_be_kept_are_refused() -> None:
    table = an_open_table()
    with pytest.raises(Refused):
        table.answer("P01", Written(barriers=(RaisedBarrier("nul \x00", 1),)))


# Sealing


def test_the_seal_opens_all_at_once_with_a_root_that_fixes_them() -> None:
    table = an_open_table()
    made = [table.answer(code, words(code)) for code in table.seats]
    table.seal()
    assert OpenedAnswer.objects.count() == OpenedBarrier.objects.count() == len(made)
    ordered = [bytes.fromhex(one.commitment) for one in queries.receipts(table.round)]
    assert table.round.root == sealing.root(ordered).hex()
    assert {one.receipt for one in made} == {one.receipt for one in queries.receipts(table.round)}


def test_each_receipt_verifies_against_the_opened_list() -> None:
    table = an_open_table()
    for code in table.seats:
        table.answer(code, words(code, 2, -1, "fairness"))
    table.seal()
    for one in queries.opened_answers(table.round):
        place = queries.place_of(table.round, one.invitation_id, one.answer.revision)
        assert sealing.commitment(place, bytes.fromhex(one.nonce), one.content).hex() == one.answer.commitment


def test_a_seal_before_its_time_asks_for_a_reason_which_stays_on_the_record() -> None:
    table = an_open_table()
    table.answer("P01", words("a"))
    with refused("seal"):
        table.seal(at=DURING)
    assert table.again().is_open
    sealed = table.seal(at=DURING, override=Override("The hall burnt down."))
    entry = Entry.objects.filter(object_id=str(sealed.pk)).order_by("-seq").first()
    assert Payload.objects.get(pk=entry.pk).content["override"] == "The hall burnt down."


def test_a_seal_before_its_time_is_fine_when_everyone_has_answered() -> None:
    table = an_open_table()
    for code in table.seats:
        table.answer(code, words(code))
    assert table.seal(at=DURING).is_sealed


def test_an_answer_changed_in_the_database_stops_the_whole_seal() -> None:
    table = an_open_table()
    table.answer("P01", words("a"))
    whole = Answer.objects.defer(None).get()
    broken = bytearray(bytes(whole.ciphertext))
    broken[100] ^= 1
    with pytest.MonkeyPatch.context() as patch:
        whole.ciphertext, whole.round = bytes(broken), table.round
        patch.setattr(sealed, "last_revisions", lambda _round: [whole])
        with refused("seal"):
            table.seal()
    assert table.again().is_open
    assert not OpenedAnswer.objects.exists()


def test_a_round_is_sealed_once() -> None:
    table = an_open_table()
    table.answer("P01", words("a"))
    table.seal()
    with pytest.raises(Refused):
        table.seal(at=LATE)


def test_only_facilitators_seal() -> None:
    table = an_open_table()
    with pytest.raises(NotThere):
        operations.seal_round(by=table.person("P01"), project_id=table.project.pk, round_id=table.round.pk)


def test_R27_an_answer_after_the_seal_is_open_at_once_marked_and_left_out() -> None:
    table = an_open_table()
    table.answer("P01", words("in time"))
    table.seal()
    late = table.answer("P02", words("late", 3), at=LATE)
    assert late.is_late
    assert [one.is_late for one in queries.opened_answers(table.round)] == [False, True]
    summary = queries.summary(table.round)
    assert (summary.independence.part, summary.late, summary.me) == (1, 1, 0)
    assert queries.opened_barriers(table.round).count() == 2
    assert len(queries.receipts(table.round)) == 1


def test_R27_an_answer_between_the_sealing_time_and_the_seal_is_sealed_and_late() -> None:
    table = an_open_table()
    table.answer("P01", words("in time"))
    table.answer("P02", words("an hour late"), at=SEALS + timedelta(hours=1))
    with refused("R30"):
        table.answer("P01", words("changed too late"), at=SEALS + timedelta(hours=1))
    assert not everything_in_the_database_with("an hour late")
    table.seal()
    assert queries.summary(table.round).late == 1


def test_more_time_moves_the_sealing_time_and_keeps_the_old_one() -> None:
    table, later = an_open_table(), SEALS + timedelta(days=3)
    about = {"by": table.facilitator, "project_id": table.project.pk, "round_id": table.round.pk}
    with clock.at(SEALED), pytest.raises(Refused):
        operations.give_more_time(**about, seals_at=DURING)
    with clock.at(SEALED):
        operations.give_more_time(**about, seals_at=later)
    assert table.again().seals_at == later
    assert not table.answer("P01", words("in time now"), at=SEALED).is_late


def test_R30_the_first_answer_cannot_change_after_the_seal() -> None:
    table = an_open_table()
    table.answer("P01", words("as it was"))
    table.seal()
    for change in (table.answer, table.enter):
        with refused("R30"):
            change("P01", words("as it should have been"), at=LATE)
    table.answer("P02", words("late"), at=LATE)
    with refused("R30"):
        table.answer("P02", words("late and changed"), at=LATE)
    assert [one.written.me.words for one in queries.opened_answers(table.round)] == [
        "as it was me",
        "late me",
    ]


def test_second_answers_stand_beside_the_first_and_the_last_one_counts() -> None:
    table = an_open_table()
    table.answer("P01", words("first", -2))
    with pytest.raises(Refused):
        table.second("P01", 1)
    table.seal()
    table.second("P01", 1, words="I see it differently.")
    table.second("P01", -1)
    assert queries.second_answers(table.round)[table.invitation("P01").pk].me_rating == -1
    assert queries.opened_answers(table.round).get().me_rating == -2
    shift = queries.summary(table.round).shift
    assert shift is not None
    assert (shift.people, shift.up) == (1, 1)


def test_a_facilitator_writes_down_a_second_answer_for_someone() -> None:
    table = an_open_table()
    table.enter("P01", words("paper"))
    table.seal()
    with clock.at(READ):
        second = operations.give_second_answer(
            by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk, me_rating=1,
            invitation_id=table.invitation("P01").pk,
        )  # fmt: skip
    assert second.entered_by == table.facilitator
    with pytest.raises(NotThere):
        table.second("P02", 1, invitation_id=table.invitation("P01").pk)


def test_R28_the_reading_order_comes_from_the_root_and_no_leader_is_in_the_first_two() -> None:
    table = an_open_table({"G1": 3, "G4": 3})
    for code in table.seats:
        table.answer(code, words(code))
    table.seal()
    reading = queries.reading(table.round)
    seed = sealing.order_seed(bytes.fromhex(table.round.root), str(table.round.pk))
    assert reading.seed == seed.hex()
    assert not any(reader.is_leader for reader in reading.order[:2])
    assert len(reading.order) == 6
    assert reading.order == queries.reading(table.round).order


# The database itself


@pytest.mark.parametrize(
    "step", [("draft", "sealed"), ("open", "draft"), ("sealed", "open"), ("sealed", "draft")]
)
def test_the_database_refuses_a_step_back_or_a_skipped_one(step: tuple[str, str]) -> None:
    before, after = step
    table = a_table() if before == "draft" else an_open_table()
    if before == "sealed":
        table.seal()
    facts = {"state": after, "sealed_at": SEALED if after == "sealed" else None, "root": ""}
    with pytest.raises(DatabaseError, match="goes forward only|does not change"), transaction.atomic():
        Round.objects.filter(pk=table.round.pk).update(**facts)


@pytest.mark.parametrize("change", [
    lambda: Answer.objects.update(channel="phone"),
    lambda: SecondAnswer.objects.all().delete(),
    lambda: OpenedAnswer.objects.update(me_rating=3),
    lambda: OpenedBarrier.objects.update(words="nicer"),
    lambda: SecondAnswer.objects.update(me_rating=3),
])  # fmt: skip
def test_the_database_refuses_to_change_what_people_said(change: Any) -> None:
    table = an_open_table()
    table.answer("P01", words("mine"))
    table.seal()
    table.second("P01", 1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()


def test_the_database_refuses_an_on_time_answer_in_a_sealed_round() -> None:
    table = an_open_table()
    table.answer("P01", words("mine"))
    table.seal()
    forged = Answer.objects.defer(None).get()
    forged.pk, forged.invitation, forged._state.adding = uuid4(), table.invitation("P02"), True
    with pytest.raises(DatabaseError, match="only an open round"), transaction.atomic():
        forged.save(force_insert=True)


def test_the_database_refuses_opened_words_before_the_seal() -> None:
    table = an_open_table()
    answer = table.answer("P01", words("mine"))
    leak = OpenedAnswer(
        round=table.round,
        invitation=table.invitation("P01"),
        answer=answer,
        content={},
        nonce="",
        opened_at=DURING,
    )
    with pytest.raises(DatabaseError, match="open with the seal"), transaction.atomic():
        leak.save(force_insert=True)


# The code

SOURCES = Path(__file__).parents[4]
KEEPERS = {
    "queries/bodies.py", "queries/sealed.py",
    "operations/running.py", "operations/answering.py", "operations/reading.py",
}  # fmt: skip
WITHOUT_BODY = re.compile(r'defer\("\w+__ciphertext"\)')


def test_only_sealing_and_answering_can_open_ciphertext() -> None:
    """One gateway: no other module of the product names what unwraps keys or fetches bodies."""
    openers = re.compile(
        r"\b(data_key|with_bodies|with_own_body|rounds_bodies|reopened|ciphertext|wrapped_key|COPRODUCE_SEAL_KEY)\b"
    )
    own = SOURCES / "coproduce/capabilities/rounds"
    allowed = {own / name for name in (*KEEPERS, "models.py", "rules/sealing.py")}
    # The key of the installation, and the column that is closed to the web process.
    allowed |= {SOURCES / "coproduce/config/settings.py", SOURCES / "coproduce/config/web_role.py"}
    # Replies to a consultation have a key and a gateway of their own.
    allowed |= {SOURCES / "coproduce/capabilities/consultation/queries/sealed.py"}
    named = {
        path
        for path in SOURCES.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts)
        and openers.search(WITHOUT_BODY.sub("", path.read_text()))
    }
    assert named <= allowed
    assert allowed <= named


# The record


def test_the_rows_for_the_record_hold_no_word_and_no_person_of_an_answer_before_the_seal() -> None:
    table = an_open_table()
    table.answer("P01", words("marker"))
    rows = queries.rows_for_record(table.project.pk)
    assert "marker" not in str(rows)
    assert set(rows["answers"][0]) == {"round_id", "part", "revision", "commitment", "is_late"}
    assert not rows["opened_answers"]
    assert "wrapped_key" not in rows["rounds"][0]
    table.seal()
    rows = queries.rows_for_record(table.project.pk)
    assert "marker" in str(rows["opened_answers"])
    assert rows["answers"][0]["invitation_id"] == table.invitation("P01").pk


def test_the_summary_line_tells_where_the_round_stands() -> None:
    table = an_open_table()
    line = lambda: queries.summary_line(queries.round_for(  # noqa: E731
        table.facilitator, table.project.pk, table.round.pk, Purpose.READ)[0])  # fmt: skip
    table.answer("P01", words("a"))
    assert line() == "Open: 1 of 4 have answered"
    table.seal()
    table.answer("P02", words("b"), at=LATE)
    assert line() == "1 of 4 sealed on time"
