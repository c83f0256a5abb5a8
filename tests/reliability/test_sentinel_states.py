"""A mark of its own for each person and field, in every state of a round: nobody finds a mark of another too early.

Addresses come from the resolver, so that new ones are swept without being named here. An address that needs an id which
this world does not know is swept by test_sentinel.py; or its row file in tests/permissions offers
`sentinel_ids(world, the_round) -> dict`, with the ids of things about this very round.
"""

import importlib
import io
import logging
import pkgutil
import re
import secrets
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import tests.permissions
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.operations import answering
from coproduce.capabilities.rounds.terms import Intention, Level, RaisedBarrier, Rated, State, Written
from coproduce.core import clock
from coproduce.outward.exports.record import export_record
from tests.permissions import checks, grid
from tests.permissions.test_grid import client_of
from tests.permissions.world import World, make_world
from tests.support.databases import kind
from tests.support.mail import Inbox

from .test_sentinel import all_files

SALT = secrets.token_hex(3)
FIELDS = ("me", "around", "intention", "question", "barrier-1", "barrier-2", "second")
PEOPLE = ("participant", "manager", "peer", "paper")
# Everyone who looks; the peer answers and has no other role, the last two have none at all.
LOOKING = (
    grid.FACILITATOR, grid.MANAGER, grid.PARTICIPANT, grid.OBSERVER, grid.ADMINISTRATOR, "peer", grid.STRANGER,
    grid.ANONYMOUS,
)  # fmt: skip
MARK = re.compile(rb"qz-([a-z]+)-([a-z0-9-]+?)-" + SALT.encode())
Mark = tuple[str, str]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.django_db(transaction=True),
]


def mark(who: str, where: str) -> str:
    return f"qz-{who}-{where}-{SALT}"


def written(who: str) -> Written:
    return Written(
        me=Rated(mark(who, "me"), 1), around=Rated(mark(who, "around"), -1),
        intention=Intention(words=mark(who, "intention")), question=mark(who, "question"),
        barriers=tuple(RaisedBarrier(mark(who, f"barrier-{number}"), Level.ME) for number in (1, 2)),
    )  # fmt: skip


@dataclass
class Evening:
    """The round and who has answered in it; `read` are those whose turn was shown."""

    world: World
    round: Any
    state: str = "open"
    read: set[str] = field(default_factory=set)

    @property
    def about(self) -> dict[str, Any]:
        return {"project_id": self.world.project.pk, "round_id": self.round.pk}

    def do(self, verb: Callable[..., Any], by: str = grid.FACILITATOR, **more: Any) -> Any:
        with clock.at(self.round.seals_at + timedelta(hours=1)):
            made = verb(by=self.world.people[by], **self.about, **more)
        self.round.refresh_from_db()
        return made

    def invitation(self, who: str) -> Any:
        return queries.invitation_of(self.round, self.world.people[who])

    def may_find(self, role: str) -> set[Mark]:
        """The marks that someone in this role may find now: their own, and what is open to the room."""
        open_to_all = self.read if self.state == State.READING else self._all_open()
        found = {(who, where) for who in open_to_all for where in FIELDS if where != "second"}
        if self.state == State.CLOSED:
            found |= {(who, "second") for who in PEOPLE}
        return found | {(role, where) for where in FIELDS}

    def _all_open(self) -> set[str]:
        return set(PEOPLE) if self.round.is_all_open else set()


@pytest.fixture
def evening(smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture) -> Evening:
    caplog.set_level(logging.DEBUG)
    # At DEBUG it prints every variable that a template does not find: our own pages, and no sealed words.
    logging.getLogger("django.template").setLevel(logging.INFO)
    world = make_world()
    leader, project = world.facilitator, world.project
    projects.write_foreword(by=leader, project_id=project.pk, changes={"what_can_change": "The hours."})
    projects.share_foreword(by=leader, project_id=project.pk)
    group = people.add_group(by=leader, project_id=project.pk, name="Neighbours", kind="residents")
    seat: dict[str, Any] = {"by": leader, "project_id": project.pk, "main_group_id": group.pk}
    seats = [
        people.add_seat(**seat, person=world.participant),
        people.add_seat(**seat, person=world.manager),
        people.add_seat(**seat, name="Pat", email="pat@example.org"),
        people.add_seat(**seat, name="Len on paper"),
    ]
    world.people |= {"peer": seats[2].person, "paper": seats[3].person}
    projects.give_role(by=leader, project_id=project.pk, person=seats[2].person, role="participant")
    now = clock.now()
    opened = operations.draft_round(
        by=leader,
        project_id=project.pk,
        title="What would help?",
        opens_at=now,
        seals_at=now + timedelta(days=3),
    )
    evening = Evening(world, opened)
    operations.invite(by=leader, **evening.about, seat_ids=[one.pk for one in seats])
    operations.open_round(by=leader, **evening.about)
    for who in ("participant", "manager", "peer"):
        operations.answer_round(by=world.people[who], **evening.about, written=written(who))
    operations.answer_round(
        by=leader, **evening.about, written=written("paper"), channel="paper", read_back=True,
        invitation_id=evening.invitation("paper").pk,
    )  # fmt: skip
    opened.refresh_from_db()
    return evening


def states(evening: Evening) -> Iterator[str]:
    """Through the life of the round; gives back control in each state, with two of four turns read in the reading."""
    yield "open"
    evening.do(operations.seal_round, in_turns=True)
    yield "sealed"
    evening.do(operations.begin_reading)
    yield "reading, nobody yet"
    for _turn in range(2):
        shown = evening.do(operations.show_turn)
        evening.read |= {who for who in PEOPLE if evening.world.people[who].pk == shown.invitation.person_id}
        yield f"reading, {len(evening.read)} shown"
        evening.do(operations.end_turn)
    while evening.round.is_being_read:
        evening.do(operations.end_turn)
    yield "discussion"
    evening.do(operations.open_second_answers)
    for who in ("participant", "manager", "peer"):
        evening.do(operations.seal_second_answer, by=who, me_rating=1, words=mark(who, "second"))
    evening.do(
        operations.seal_second_answer, me_rating=1, words=mark("paper", "second"), read_back=True,
        invitation_id=evening.invitation("paper").pk,
    )  # fmt: skip
    yield "second answers"
    evening.do(operations.close_round)
    yield "closed"


def test_no_mark_is_found_before_its_turn_in_any_state(
    evening: Evening, smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    early: list[str] = []
    for name in states(evening):
        evening.state = evening.round.state
        # On PostgreSQL, whose row-level security is about rounds, only where rounds are shown: the pages are the same.
        everywhere = name in {"open", "reading, 2 shown"} and kind() == "sqlite"
        found = sweep(evening, everywhere=everywhere)
        early += [f"{name}: {place} shows {sorted(marks)}" for place, marks in too_early(evening, found)]
        sealed = all_marks() - evening.may_find("nobody")
        early += [f"{name}: {place}" for place in _elsewhere(evening, sealed, smtp_inbox, caplog, tmp_path)]
    assert not early, "\n".join(["", *early[:40]])
    # Without this, the sweep might look in the wrong places: once all is open, it finds every mark.
    assert set().union(*(marks for _role, _place, marks in found)) == all_marks()
    assert marks_in(b"".join(path.read_bytes() for path in all_files() if path.exists())) == all_marks()


def all_marks() -> set[Mark]:
    return {(who, where) for who in PEOPLE for where in FIELDS}


Found = list[tuple[str, str, set[Mark]]]


def too_early(evening: Evening, found: Found) -> list[tuple[str, set[Mark]]]:
    judged = [(place, marks - evening.may_find(role)) for role, place, marks in found]
    return [(place, marks) for place, marks in judged if marks]


def sweep(evening: Evening, *, everywhere: bool) -> Found:
    """Every address about this round (or all that we can name) × role × method: the marks in bodies and headers."""
    clients = {role: client_of(role, evening.world) for role in LOOKING}
    found: Found = []
    for place in addresses_of(evening, everywhere=everywhere):
        for role, client in clients.items():
            for method in methods(role):
                with checks.undone():
                    marks = _asked(client, method, place)
                found.append((role, f"{method} {place} as {role}", marks))
    return [one for one in found if one[2]]


def methods(role: str) -> tuple[str, ...]:
    return ("get", "post", "put", "head") if role in {grid.FACILITATOR, "peer"} else ("get",)


def _asked(client: Client, method: str, place: str) -> set[Mark]:
    response = getattr(client, method)(place)
    assert "ETag" not in response.headers
    page = checks.body(response)
    marks = marks_in(page) | marks_in(str(response.headers).encode())
    if method == "get":
        for more in ("?format=csv", "?format=xlsx"):
            if more[1:].encode() in page:
                marks |= marks_in(checks.body(client.get(place + more)))
    return marks


def addresses_of(evening: Evening, *, everywhere: bool) -> Iterator[str]:
    """From the resolver: whatever can be named with the ids of this evening."""
    known = _ids(evening)
    for name, route in grid.addresses():
        needed = re.findall(r"<(?:\w+:)?(\w+)>", route)
        about_it = "round_id" in needed or name.startswith(("live:", "exports:", "barriers:")) or not needed
        if route.startswith(tuple(grid.OUTSIDE)) or not set(needed) <= known.keys():
            continue
        if everywhere or about_it:
            yield from _spellings(name, needed, known)


def _spellings(name: str, needed: list[str], known: dict[str, list[Any]]) -> Iterator[str]:
    longest = max((len(known[one]) for one in needed), default=1)
    for number in range(longest):
        yield reverse(name, kwargs={one: known[one][number % len(known[one])] for one in needed})


def _ids(evening: Evening) -> dict[str, list[Any]]:
    invitations = list(queries.invitations_of(evening.round))
    known = {
        "project_id": [evening.world.project.pk], "round_id": [evening.round.pk],
        "invitation_id": [one.pk for one in invitations], "seat_id": [one.seat_id for one in invitations],
        "person_id": [one.person_id for one in invitations], "group_id": [invitations[0].group_id],
    }  # fmt: skip
    for module in pkgutil.iter_modules(tests.permissions.__path__):
        offered = getattr(importlib.import_module(f"tests.permissions.{module.name}"), "sentinel_ids", None)
        if offered:
            known |= {name: [value] for name, value in offered(evening.world, evening.round).items()}
    return known


def _elsewhere(
    evening: Evening, sealed: set[Mark], inbox: Inbox, caplog: pytest.LogCaptureFixture, folder: Path
) -> Iterator[str]:
    """The record, e-mails, the log at DEBUG, and the bytes of the database, its server's log and the data folder."""
    file = folder / "record.zip"
    export_record(evening.world.project.pk, file)
    places = {
        "the record": file.read_bytes(),
        "an e-mail": inbox.words().encode(),
        "the log": caplog.text.encode(),
    }
    places |= {str(path): path.read_bytes() for path in all_files() if path.exists()}
    for place, content in places.items():
        if marks_in(content) & sealed:
            yield f"{place} holds {sorted(marks_in(content) & sealed)}"


def marks_in(content: bytes) -> set[Mark]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return set().union(*(marks_in(packed.read(name)) for name in packed.namelist()))
    return {(who.decode(), where.decode()) for who, where in MARK.findall(content)}


# Errors


@pytest.mark.parametrize("fault", ["400", "403", "404", "405", "500"])
def test_no_error_page_and_no_log_repeats_what_was_sent(
    fault: str, evening: Evening, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=fault == "403")
    client.force_login(evening.world.people["peer"], backend="django.contrib.auth.backends.ModelBackend")
    place = reverse("rounds:answer", kwargs=evening.about)
    sent = {"me_words": mark("peer", "sent"), "channel": "online", "me_rating": "1", "around_rating": "1"}
    match fault:
        case "400":
            sent |= {f"more-{number}": mark("peer", "sent") for number in range(1_100)}
        case "404":
            place = place.replace(str(evening.round.pk), str(evening.world.project.pk))
        case "405":
            place = reverse("rounds:receipt", kwargs=evening.about)
        case "500":
            page = client.get(place).content.decode()
            sent |= _needed_by(page)

            def broken(*args: Any, **kwargs: Any) -> bytes:
                raise RuntimeError("the disk is full")

            monkeypatch.setattr(answering.sealing, "close", broken)
    caplog.clear()
    response = client.post(place, sent)
    assert response.status_code == int(fault)
    told = checks.body(response) + str(response.headers).encode() + caplog.text.encode()
    assert not marks_in(told)
    assert fault != "500" or "the disk is full" in caplog.text


def _needed_by(page: str) -> dict[str, str]:
    """What the form holds already, so that it is valid."""
    from bs4 import BeautifulSoup

    from .storm import _filled

    form = next(one for one in BeautifulSoup(page, "html.parser").find_all("form") if one.find("textarea"))
    return dict(_filled(form, mark("peer", "sent")))


# R24, I-12


def test_R24_the_facilitators_pages_are_the_same_to_the_byte_whatever_was_written(evening: Evening) -> None:
    """Two worlds with the same counts and other words, lengths, ratings and order of coming."""
    worlds = []
    for order, words in (
        (("participant", "manager", "peer"), "short"),
        (("peer", "participant", "manager"), "long " * 900),
    ):
        with checks.undone(), clock.at(clock.now() + timedelta(hours=1)):
            for who in order:
                changed = Written(me=Rated(words + who, 3 if words == "short" else -3), question=words * 2)
                operations.answer_round(by=evening.world.people[who], **evening.about, written=changed)
            worlds.append(_facilitators_pages(evening))
    first, second = worlds
    assert first.keys() == second.keys()
    assert not [place for place in first if first[place] != second[place]]
    assert len(first) > 20


def test_a_page_that_depends_on_the_words_would_be_noticed(evening: Evening) -> None:
    pages = _facilitators_pages(evening)
    evening.do(operations.seal_round)
    assert [place for place, page in _facilitators_pages(evening).items() if page != pages.get(place)]


def _facilitators_pages(evening: Evening) -> dict[str, bytes]:
    client = client_of(grid.FACILITATOR, evening.world)
    pages = {place: client.get(place) for place in addresses_of(evening, everywhere=False)}
    return {
        place: _without_lots(checks.comparable(page, place) + str(sorted(page.headers.items())).encode())
        for place, page in pages.items()
        if not page.streaming
    }


# The ledger's hashes and the keys of forms are drawn by lot; their number and their length are not.
_LOTS = re.compile(rb"\b[0-9a-f]{64}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


def _without_lots(page: bytes) -> bytes:
    return _LOTS.sub(b"LOT", page)
