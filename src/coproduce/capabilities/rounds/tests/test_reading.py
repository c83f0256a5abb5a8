"""The reading in turns, on the database: R23, R28, R29, and second answers that stay sealed until the close."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.events import AnswersOpened, LateAnswerOpened
from coproduce.capabilities.rounds.models import Answer, Comment, OpenedAnswer, SecondAnswer, Turn
from coproduce.capabilities.rounds.terms import Part, Rated, State, TurnState, Written
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Override, Refused

from .factories import LATE, READ, SEALED, Table, an_open_table

pytestmark = pytest.mark.django_db
CODES = ("P01", "P02", "P03", "P04", "P05")
GROUPS = {"G1": 3, "G4": 4}


def written(code: str, rating: int = 1) -> Written:
    return Written(me=Rated(f"words of {code}", rating), around=Rated(f"more of {code}", 0))


@pytest.fixture
def table() -> Table:
    """Five people have answered; the round is sealed and its answers wait for their turns."""
    table = an_open_table(GROUPS)
    for code in CODES:
        table.answer(code, written(code))
    table.seal(in_turns=True)
    return table


def about(table: Table) -> dict[str, Any]:
    return {"project_id": table.project.pk, "round_id": table.round.pk}


def run(table: Table, verb: Any, by: Any = None, **more: Any) -> Any:
    with clock.at(READ):
        made = verb(by=by or table.facilitator, **about(table), **more)
    table.again()
    return made


def read_all(table: Table) -> None:
    run(table, operations.begin_reading)
    while table.round.is_being_read:
        run(table, operations.show_turn)
        run(table, operations.end_turn)


def test_R23_a_seal_for_the_reading_opens_nothing(table: Table) -> None:
    assert table.round.root
    assert not OpenedAnswer.objects.exists()
    with pytest.raises(NotThere):
        queries.opened_answers(table.round)
    with pytest.raises(NotThere):
        queries.summary(table.round)


def test_everyone_can_look_for_their_receipt_before_anything_is_read(table: Table) -> None:
    assert len(queries.receipts(table.round)) == len(CODES)


def test_R23_only_what_has_been_shown_is_there(table: Table) -> None:
    run(table, operations.begin_reading)
    assert not OpenedAnswer.objects.exists()
    for read in range(1, len(CODES) + 1):
        run(table, operations.show_turn)
        assert OpenedAnswer.objects.count() == read
        if read < len(CODES):
            with pytest.raises(NotThere):
                queries.opened_answers(table.round)
        run(table, operations.end_turn)
    assert table.round.state == State.DISCUSSION
    assert queries.opened_answers(table.round).count() == len(CODES)


def test_R28_the_turns_stand_in_the_order_drawn_by_lot(table: Table) -> None:
    run(table, operations.begin_reading)
    turns = list(queries.turns_of(table.round))
    read_all_rest(table)
    reading = queries.reading(table.round)
    assert [turn.answer_id for turn in turns] == [reader.opened.answer_id for reader in reading.order]
    assert not any(reader.is_leader for reader in reading.order[:2])


def read_all_rest(table: Table) -> None:
    while table.round.is_being_read:
        run(table, operations.show_turn)
        run(table, operations.end_turn)


def test_who_passes_is_asked_once_more_at_the_end(table: Table) -> None:
    run(table, operations.begin_reading)
    first = queries.current_turn(table.round)
    run(table, operations.end_turn)
    assert queries.turn_in(table.round, first.pk).state == TurnState.PASSED
    for _ in CODES[1:]:
        run(table, operations.show_turn)
        run(table, operations.end_turn)
    assert queries.current_turn(table.round).pk == first.pk
    assert not OpenedAnswer.objects.filter(answer_id=first.answer_id).exists()
    run(table, operations.end_turn)
    assert table.round.state == State.DISCUSSION
    assert OpenedAnswer.objects.filter(answer_id=first.answer_id).exists()


def test_the_reader_shows_and_ends_their_own_turn_and_nobody_else_does(table: Table) -> None:
    run(table, operations.begin_reading)
    reader = queries.current_turn(table.round).answer.invitation.person
    other = next(table.person(code) for code in CODES if table.person(code).pk != reader.pk)
    with pytest.raises(Refused):
        run(table, operations.show_turn, by=other)
    run(table, operations.show_turn, by=reader)
    run(table, operations.end_turn, by=reader)
    assert queries.progress(table.round).done == 1


def test_a_turn_is_shown_once(table: Table) -> None:
    run(table, operations.begin_reading)
    run(table, operations.show_turn)
    with pytest.raises(Refused):
        run(table, operations.show_turn)


def test_the_clock_of_who_asked_for_double_time_runs_twice_as_long(table: Table) -> None:
    for code in CODES:
        run(table, operations.ask_for_double_time, invitation_id=table.invitation(code).pk)
    run(table, operations.set_turn_seconds, seconds=30)
    run(table, operations.begin_reading)
    ends = queries.progress(table.round).ends_at
    assert ends is not None
    assert (ends - READ).total_seconds() == 60


def test_R29_comments_wait_until_every_turn_is_done_or_passed(table: Table) -> None:
    run(table, operations.begin_reading)
    for _ in CODES:
        for by in (table.facilitator, table.person("P01")):
            with pytest.raises(Refused, match="R29"):
                run(table, operations.comment, by=by, words="I think …")
        run(table, operations.end_turn)
    read_all_rest(table)
    said = run(table, operations.comment, by=table.person("P01"), words="Thank you, that was new to me.")
    assert list(queries.comments_of(table.round)) == [said]


def test_R29_the_database_refuses_an_early_comment_too(table: Table) -> None:
    run(table, operations.begin_reading)
    with pytest.raises(DatabaseError, match="comments wait"), transaction.atomic():
        Comment.objects.create(
            round=table.round, words="early", person=table.person("P01"), at=READ,
        )  # fmt: skip


def test_the_database_refuses_to_open_an_answer_out_of_its_turn(table: Table) -> None:
    run(table, operations.begin_reading)
    waiting = Turn.objects.filter(round=table.round, state=TurnState.WAITING).first()
    assert waiting is not None
    with pytest.raises(DatabaseError, match="opens at its turn"), transaction.atomic():
        OpenedAnswer.objects.create(
            round=table.round, invitation=waiting.answer.invitation, answer=waiting.answer, content={},
            nonce="", opened_at=READ,
        )  # fmt: skip


def test_an_answer_that_was_changed_in_the_database_stops_the_reading_before_it_begins(table: Table) -> None:
    answer = Answer.objects.filter(round=table.round).defer(None).first()
    assert answer is not None
    forged = Answer(
        round=table.round, invitation=answer.invitation, revision=2, ciphertext=bytes(answer.ciphertext)[::-1],
        commitment=answer.commitment, submitted_at=SEALED, channel=answer.channel, is_late=True,
    )  # fmt: skip
    forged.save(force_insert=True)
    with pytest.raises(Refused, match=answer.receipt):
        run(table, operations.begin_reading)
    assert table.round.state == State.SEALED
    assert not Turn.objects.exists()


def test_a_late_answer_stays_closed_until_the_reading_ends_and_says_whether_it_was_exposed(
    table: Table, django_capture_on_commit_callbacks: Any
) -> None:
    table.answer("P06", written("P06"), at=LATE)
    run(table, operations.begin_reading)
    run(table, operations.show_turn)
    table.answer("P07", written("P07"), at=READ)
    assert OpenedAnswer.objects.count() == 1
    run(table, operations.end_turn)
    read_all_rest(table)
    late = {one.invitation.seat.code: one for one in queries.opened_answers(table.round) if one.is_late}
    assert {code: one.answer.exposed for code, one in late.items()} == {"P06": False, "P07": True}
    assert queries.summary(table.round).independence.part == len(CODES)


def test_ending_the_reading_early_takes_a_named_reason_and_opens_the_rest(table: Table) -> None:
    run(table, operations.begin_reading)
    run(table, operations.show_turn)
    with pytest.raises(Refused):
        run(table, operations.pass_the_rest)
    run(table, operations.pass_the_rest, override=Override("The hall closes at nine."))
    assert table.round.state == State.DISCUSSION
    assert queries.opened_answers(table.round).count() == len(CODES)


def test_the_answers_are_announced_as_open_when_the_reading_ends_and_not_before(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[object] = []
    monkeypatch.setattr("coproduce.capabilities.rounds.operations.reading.post", posted.append)
    monkeypatch.setattr("coproduce.capabilities.rounds.operations.answering.post", posted.append)
    table.answer("P06", written("P06"), at=LATE)
    run(table, operations.begin_reading)
    assert not posted
    read_all_rest(table)
    assert [type(event) for event in posted] == [AnswersOpened]
    assert not any(isinstance(event, LateAnswerOpened) for event in posted)


def test_second_answers_stay_sealed_until_the_close_and_stand_beside_the_first(table: Table) -> None:
    read_all(table)
    with pytest.raises(Refused):
        run(table, operations.seal_second_answer, by=table.person("P01"), me_rating=2)
    run(table, operations.open_second_answers)
    run(table, operations.seal_second_answer, by=table.person("P01"), me_rating=0)
    run(table, operations.seal_second_answer, by=table.person("P01"), me_rating=2, words="I hear you.")
    run(
        table, operations.seal_second_answer, me_rating=-1, invitation_id=table.invitation("P02").pk,
        read_back=True,
    )  # fmt: skip
    assert not SecondAnswer.objects.exists()
    assert queries.second_count(table.round) == 2
    mine = queries.own_second_answer(table.round, table.invitation("P01"), table.person("P01"))
    assert mine == {"me": 2, "around": None, "words": "I hear you."}
    assert queries.own_second_answer(table.round, table.invitation("P01"), table.person("P02")) is None
    run(table, operations.close_round)
    second = queries.second_answers(table.round)
    assert {one.invitation.seat.code: one.me_rating for one in second.values()} == {"P01": 2, "P02": -1}
    assert table.round.second_root
    shift = queries.summary(table.round).shift
    assert shift is not None
    assert (shift.people, shift.up, shift.down) == (2, 1, 1)


def test_R109_a_scribe_says_whether_the_second_answer_was_read_back(table: Table, client: Client) -> None:
    read_all(table)
    run(table, operations.open_second_answers)
    client.force_login(table.facilitator)
    for code, box in (("P01", {}), ("P02", {"read_back": "on"})):
        page = reverse("rounds:enter_second", args=[*about(table).values(), table.invitation(code).pk])
        assert b"I have read the answer back" in client.get(page).content
        assert client.post(page, {"me_rating": "1", "around_rating": "skip"} | box).status_code == 302
    said = Answer.objects.filter(part=Part.SECOND).order_by("submitted_at")
    assert [one.read_back for one in said] == [False, True]
    own = reverse("rounds:second_answer", args=[*about(table).values()])
    client.force_login(table.person("P03"))
    assert b"I have read the answer back" not in client.get(own).content


def test_a_closed_round_takes_nothing_more(table: Table) -> None:
    read_all(table)
    run(table, operations.close_round)
    for verb in (operations.close_round, operations.open_second_answers):
        with pytest.raises(Refused):
            run(table, verb)
    with pytest.raises(Refused):
        run(table, operations.seal_second_answer, by=table.person("P01"), me_rating=1)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        table.round.title = "Another question"
        table.round.save()


def test_a_round_that_was_opened_all_at_once_is_not_read_in_turns() -> None:
    table = an_open_table()
    table.answer("P01", written("P01"))
    table.seal()
    with pytest.raises(Refused):
        run(table, operations.begin_reading)
    assert queries.opened_answers(table.round).count() == 1


def test_the_record_tells_nothing_of_what_has_not_been_read(table: Table) -> None:
    run(table, operations.begin_reading)
    run(table, operations.show_turn)
    rows = queries.rows_for_record(table.project.pk)
    assert not rows["opened_answers"]
    assert not rows["turns"]
    assert all("invitation_id" not in row for row in rows["answers"])
    assert len(queries.unsealed_answer_ids(table.project.pk)) == len(CODES)


def test_a_reading_without_answers_ends_at_once() -> None:
    table = an_open_table()
    table.seal(in_turns=True)
    run(table, operations.begin_reading)
    assert table.round.state == State.DISCUSSION
