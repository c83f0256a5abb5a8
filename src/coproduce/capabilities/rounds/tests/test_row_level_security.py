"""What PostgreSQL itself refuses the web process, asked by a plain login that owns nothing; each with its guard off.

SQLite has no row-level security: there the gateway and the triggers stand alone (docs/architecture.md).
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import click
import psycopg
import pytest
from django.db import connection

from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.models import Answer, Turn
from coproduce.capabilities.rounds.terms import State
from coproduce.config import web_role
from coproduce.core import clock
from tests.support.databases import kind

from .factories import READ, Table, an_open_table, words

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(kind() != "postgresql", reason="SQLite has no row-level security"),
]
CODES = ("P01", "P02", "P03", "P04")
Refusal = type[psycopg.Error]
DENIED, VIOLATED = psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityError


@dataclass
class Evening:
    """A round in one state, and the ids that the attempts name."""

    table: Table

    @property
    def names(self) -> dict[str, Any]:
        first = Answer.objects.filter(round=self.table.round, part=1).order_by("pk")
        waiting = Turn.objects.filter(round=self.table.round, state="waiting").first()
        return {
            "round": self.table.round.pk, "me": self.table.person("P01").pk, "stranger": uuid4(), "new": uuid4(),
            "mine": self.table.invitation("P01").pk, "other": self.table.invitation("P02").pk,
            "waiting": waiting.answer_id if waiting else first[0].pk,
            "waiting_invitation": waiting.answer.invitation_id if waiting else first[0].invitation_id,
        }  # fmt: skip


def an_evening(state: str) -> Evening:
    """Everyone has answered; then on to this state, with one turn shown while it is being read."""
    table = an_open_table({"G1": 3, "G4": 1})
    for code in CODES:
        table.answer(code, words(code))
    steps = [State.SEALED, State.READING, State.DISCUSSION, State.SECOND, State.CLOSED]
    for step in steps[: steps.index(State(state)) + 1] if state != State.OPEN else ():
        _go_to(table, step)
    return Evening(table)


def _go_to(table: Table, step: State) -> None:
    about = {"by": table.facilitator, "project_id": table.project.pk, "round_id": table.round.pk}
    with clock.at(READ):
        match step:
            case State.SEALED:
                table.seal(in_turns=True)
            case State.READING:
                operations.begin_reading(**about)
                operations.show_turn(**about)
            case State.DISCUSSION:
                operations.end_turn(**about)
                while table.again().is_being_read:
                    operations.end_turn(**about)
            case State.SECOND:
                operations.open_second_answers(**about)
                operations.seal_second_answer(**about | {"by": table.person("P01")}, me_rating=2)
            case State.CLOSED:
                operations.close_round(**about)
    table.again()


@dataclass(frozen=True)
class Attempt:
    """`gives` is the number that it answers with, or how it is refused; `unguarded` is what it gives without."""

    name: str
    state: str
    statement: str
    gives: int | Refusal
    guard_off: Sequence[str]
    unguarded: int = 1
    claim: str = ""
    # What a superuser does first, so that the guard in question stands alone.
    first: Sequence[str] = ()


def no(trigger: str, table: str) -> str:
    return f"ALTER TABLE {table} DISABLE TRIGGER {trigger}"


def no_rows(table: str) -> str:
    return f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"


def may(verb: str, table: str) -> str:
    return f"GRANT {verb} ON {table} TO coproduce_web"


MINE, SEALING = "app.person={me}", "app.sealing={round}"
BODIES = "SELECT count(*) FROM rounds_bodies(ARRAY(SELECT id FROM rounds_answer WHERE part = 1))"
SECONDS = "SELECT count(*) FROM rounds_bodies(ARRAY(SELECT id FROM rounds_answer WHERE part = 2))"
OPEN_BODIES = (
    "CREATE OR REPLACE FUNCTION rounds_bodies(wanted uuid[]) RETURNS TABLE (id uuid, ciphertext bytea)"
    " LANGUAGE sql STABLE SECURITY DEFINER AS"
    " $$ SELECT a.id, a.ciphertext FROM public.rounds_answer a WHERE a.id = ANY (wanted) $$",
)
INSERT = (
    "INSERT INTO rounds_answer (id, round_id, invitation_id, part, revision, ciphertext, commitment, submitted_at,"
    " channel, read_back, is_late, exposed) VALUES ('{{new}}', '{{round}}', '{{{whose}}}', {part}, 2, '', '00', now(),"
    " 'online', false, {late}, false)"
)
OPENED = (
    "INSERT INTO rounds_openedanswer (id, round_id, invitation_id, answer_id, content, nonce, is_late, opened_at)"
    " VALUES ('{new}', '{round}', '{waiting_invitation}', '{waiting}', '{{}}', '', false, now())"
)
BARRIER = (
    "INSERT INTO rounds_openedbarrier (id, round_id, opened_id, place, words, level, built_on, likelihood, impact,"
    " early_sign) VALUES ('{new}', '{round}', '{new}', 1, 'planted', 1, '', '', '', '')"
)
SECOND = (
    "INSERT INTO rounds_secondanswer (id, round_id, invitation_id, revision, words, given_at)"
    " VALUES ('{new}', '{round}', '{other}', 9, 'planted', now())"
)
NO_OPENING_TRIGGERS = (
    no("rounds_opened_after_seal", "rounds_openedanswer"), no("rounds_opened_at_its_turn", "rounds_openedanswer"),
)  # fmt: skip
NO_ANSWER_TRIGGER = (no("rounds_answers_while_open", "rounds_answer"),)


def insert(whose: str = "mine", part: int = 1, late: str = "false") -> str:
    return INSERT.format(whose=whose, part=part, late=late)


ATTEMPTS = [
    # Reading
    Attempt("own body only", "open", BODIES, 1, OPEN_BODIES, 4, MINE),
    Attempt("nothing without a person", "open", BODIES, 0, OPEN_BODIES, 4),
    Attempt("nothing for others", "open", BODIES, 0, OPEN_BODIES, 4, "app.person={stranger}"),
    Attempt("no sealing while open", "open", BODIES, 0, OPEN_BODIES, 4, SEALING),
    Attempt("no sealing of another round", "sealed", BODIES, 0, OPEN_BODIES, 4, "app.sealing={stranger}"),
    Attempt("own second body only", "second answer", SECONDS, 0, OPEN_BODIES, 1, "app.person={stranger}"),
    Attempt("no second bodies before the close", "second answer", SECONDS, 0, OPEN_BODIES, 1, SEALING),
    Attempt("the column is closed", "open", "SELECT count(ciphertext) FROM rounds_answer", DENIED,
            [may("SELECT", "rounds_answer")], 4, MINE),
    Attempt("exactly the turns read", "reading", "SELECT count(*) FROM rounds_openedanswer", 1,
            [no_rows("rounds_openedanswer")], 2, first=[*NO_OPENING_TRIGGERS, OPENED]),
    Attempt("no barrier before its turn", "reading",
            "SELECT count(*) FROM rounds_openedbarrier WHERE words = 'planted'", 0,
            [no_rows("rounds_openedbarrier")], 1, first=[*NO_OPENING_TRIGGERS, OPENED, BARRIER]),
    Attempt("no second answer before the close", "second answer", "SELECT count(*) FROM rounds_secondanswer", 0,
            [no_rows("rounds_secondanswer")], 1, first=[no("rounds_second_after_seal", "rounds_secondanswer"), SECOND]),
    # Writing
    Attempt("forging", "open", insert("other"), DENIED, [no_rows("rounds_answer")], claim=MINE),
    Attempt("without a name", "open", insert(), DENIED, [no_rows("rounds_answer")]),
    Attempt("on time after the seal", "sealed", insert(), DENIED, [no_rows("rounds_answer")], claim=MINE,
            first=NO_ANSWER_TRIGGER),
    Attempt("second while open", "open", insert(part=2), DENIED, [no_rows("rounds_answer")], claim=MINE,
            first=NO_ANSWER_TRIGGER),
    Attempt("opening while open", "open", OPENED, DENIED, [no_rows("rounds_openedanswer")], first=NO_OPENING_TRIGGERS),
    Attempt("opening out of turn", "reading", OPENED, DENIED, [no_rows("rounds_openedanswer")],
            first=NO_OPENING_TRIGGERS),
    Attempt("second beside the seal", "second answer", SECOND, DENIED, [no_rows("rounds_secondanswer")],
            first=[no("rounds_second_after_seal", "rounds_secondanswer")]),
    # Changing
    *(
        Attempt(f"{verb.split()[0]} {table}", state, f"{verb} {rest}", DENIED,
                [may(verb.split()[0], table), no_rows(table), no(f"{table}_no_{verb.split()[0].lower()}", table)],
                unguarded, MINE)
        for table, state, unguarded in (("rounds_answer", "open", 4), ("rounds_openedanswer", "closed", 4),
                                        ("rounds_secondanswer", "closed", 1))
        for verb, rest in (("UPDATE", f"{table} SET revision = revision" if "opened" not in table
                            else f"{table} SET nonce = nonce"), ("DELETE", f"FROM {table}"))
        # Turns and barriers point at the others.
        if verb == "UPDATE" or table == "rounds_secondanswer"
    ),
    *(
        Attempt(f"{verb} core_entry", "open", statement, DENIED,
                [may(verb, "core_entry"), no(f"core_entry_no_{verb.lower()}", "core_entry")], unguarded)
        for verb, statement, unguarded in (
            ("UPDATE", "UPDATE core_entry SET verb = verb WHERE seq = 2", 2),
            ("DELETE", "DELETE FROM core_entry WHERE seq = 0", 0),
        )
    ),
    # Steps
    Attempt("skipping a state", "open", "UPDATE rounds_round SET state = 'discussion', sealed_at = now(), root = '00'",
            VIOLATED, [no("rounds_forward_only", "rounds_round")]),
    Attempt("a step back", "closed", "UPDATE rounds_round SET state = 'second answer'", VIOLATED,
            [no("rounds_forward_only", "rounds_round"), no("rounds_sealed_stays", "rounds_round")]),
    Attempt("a seal without root", "open", "UPDATE rounds_round SET state = 'sealed', sealed_at = now()", VIOLATED,
            [no("rounds_no_seal_without_root", "rounds_round")]),
]  # fmt: skip


@pytest.fixture
def login() -> Iterator[str]:
    """A login that owns nothing and may only act as the web process."""
    web_role.grant()
    name = f"plain_{os.getpid()}_{secrets.token_hex(3)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'plain' NOSUPERUSER NOBYPASSRLS")
        cursor.execute(f"GRANT coproduce_web TO {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE {name}")


def _connect(user: str = "", password: str = "") -> Any:
    about = connection.settings_dict
    return psycopg.connect(
        host=about["HOST"], port=about["PORT"], dbname=about["NAME"], user=user or about["USER"],
        password=password or about["PASSWORD"],
    )  # fmt: skip


def attempted(attempt: Attempt, evening: Evening, login: str, *, guarded: bool = True) -> int:
    """What it gives: by the login itself, or by a superuser who has prepared something and then becomes the login."""
    names, prepared = evening.names, [*(() if guarded else attempt.guard_off), *attempt.first]
    talk = _connect() if prepared else _connect(login, "plain")
    try:
        with talk.cursor() as cursor:
            for statement in prepared:
                cursor.execute(_filled(statement, names))
            if prepared:
                cursor.execute(f"SET LOCAL SESSION AUTHORIZATION {login}")
            cursor.execute("SET LOCAL ROLE coproduce_web")
            if attempt.claim:
                name, value = _filled(attempt.claim, names).split("=")
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
            cursor.execute(_filled(attempt.statement, names))
            return int(cursor.fetchone()[0]) if cursor.description else cursor.rowcount
    finally:
        talk.rollback()
        talk.close()


def _filled(statement: str, names: dict[str, Any]) -> str:
    return statement if "$$" in statement else statement.format(**names)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
def test_the_database_keeps(attempt: Attempt, login: str) -> None:
    evening = an_evening(attempt.state)
    if isinstance(attempt.gives, int):
        assert attempted(attempt, evening, login) == attempt.gives
    else:
        with pytest.raises(attempt.gives):
            attempted(attempt, evening, login)
    assert attempted(attempt, evening, login, guarded=False) == attempt.unguarded, (
        "the guard is not what refused"
    )


@pytest.fixture
def as_web_process() -> Iterator[None]:
    """Django's own connection acts as the web process does."""
    web_role.take_it()
    assert connection.settings_dict["OPTIONS"]["assume_role"] == web_role.ROLE
    yield
    del connection.settings_dict["OPTIONS"]["assume_role"]
    connection.close()


def test_a_whole_evening_goes_through_the_role_of_the_web_process(as_web_process: None) -> None:
    table = an_evening("closed").table
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (web_role.ROLE,)
    assert queries.opened_answers(table.round).count() == len(CODES)
    assert queries.opened_barriers(table.round).count() == len(CODES)
    assert [one.me_rating for one in queries.second_answers(table.round).values()] == [2]
    late = an_open_table()
    late.enter("P01", words("on paper"))
    late.seal()
    late.answer("P02", words("late"), at=READ)
    late.second("P01", 1)
    assert queries.opened_answers(late.round).count() == 2


def test_one_reads_back_ones_own_answer_and_facilitators_still_count(as_web_process: None) -> None:
    table = an_evening("open").table
    own = queries.own_answer(table.round, table.invitation("P01"), table.person("P01"))
    assert own is not None
    assert own.written.me.words == "P01 me"
    assert queries.counts(table.round).answered == len(CODES)


def test_no_name_is_left_on_the_connection(as_web_process: None) -> None:
    table = an_evening("open").table
    queries.own_answer(table.round, table.invitation("P01"), table.person("P01"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.person', true), current_setting('app.sealing', true)")
        assert not any(cursor.fetchone())


def test_an_answer_row_that_leads_elsewhere_brings_no_body(as_web_process: None) -> None:
    evening = an_evening("reading")
    turn = queries.current_turn(evening.table.round)
    assert "ciphertext" in turn.answer.get_deferred_fields()
    assert "ciphertext" in Turn.objects.get(pk=turn.pk).answer.get_deferred_fields()


def test_the_administrator_learns_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not list(web_role.what_is_missing())
    monkeypatch.setattr(web_role, "ROLE", f"no_role_{os.getpid()}")
    assert "CREATE ROLE" in next(web_role.what_is_missing())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {web_role.ROLE} BYPASSRLS")
        assert "must own no table" in next(web_role.what_is_missing())
        cursor.execute(f"DROP ROLE {web_role.ROLE}")


def test_a_process_that_must_act_as_the_role_does_not_start_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web_role, "ROLE", f"no_role_{os.getpid()}")
    web_role.take_it()
    assert "assume_role" not in connection.settings_dict["OPTIONS"]
    monkeypatch.setenv(web_role.SETTING, "required")
    with pytest.raises(click.ClickException, match="CREATE ROLE"):
        web_role.take_it()
