"""A rare word in each field of each answer in a live room: nobody else finds it before its turn, by any way there is.

The addresses come from the resolver, so a new one is swept by itself.
"""

import io
import logging
import os
import re
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.terms import Intention, Level, RaisedBarrier, Rated, State, Written
from coproduce.core import live
from coproduce.core.access import Purpose, Role
from coproduce.core.findings import Override
from coproduce.core.ids import uuid7
from coproduce.core.live import stream_token
from coproduce.outward.exports.record import export_record
from tests.permissions import checks, grid
from tests.permissions.live import a_lobby, a_writing_room
from tests.permissions.test_grid import client_of
from tests.permissions.world import World, make_world
from tests.support.databases import kind
from tests.support.mail import Inbox
from tests.support.run_folder import run_folder

from .hub_in_a_thread import OpenPage, hub_in_a_thread

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.django_db(transaction=True),
]
# On PostgreSQL, whose row-level security is about rounds, only where rounds are shown: the pages are the same.
ALL_ADDRESSES = kind() == "sqlite"
FIELDS = ("me", "around", "intention", "question", "barrier", "second_barrier", "again")
WHY = Override("Everyone in the room is done.")
GUESTS = ("Maureen", "Priya", "Len")
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass
class Seat:
    """One person in the room: their browser, and a rare word for each field."""

    place: Any
    client: Client
    words: dict[str, str] = field(
        default_factory=lambda: {name: f"{name.replace('_', '')}{secrets.token_hex(6)}" for name in FIELDS}
    )

    @property
    def first(self) -> Written:
        w = self.words
        return Written(
            me=Rated(w["me"], 2), around=Rated(w["around"], -1), intention=Intention(words=w["intention"]),
            question=w["question"],
            barriers=(
                RaisedBarrier(w["barrier"], Level.ME, 5, 2),
                RaisedBarrier(w["second_barrier"], Level.AROUND),
            ),
        )  # fmt: skip

    def markers(self, *, second: bool) -> set[str]:
        return {word for name, word in self.words.items() if (name == "again") == second}


@dataclass
class Hall:
    """A room in a world: everyone's browser, and whose words may be seen by now."""

    world: World
    session: Any
    seats: dict[str, Seat]
    clients: dict[str, Client]
    shown: set[str] = field(default_factory=set)

    @property
    def about(self) -> dict[str, Any]:
        return {"project_id": self.session.project_id, "session_id": self.session.pk}

    def again(self) -> Any:
        self.session.refresh_from_db()
        self.session.round.refresh_from_db()
        return self.session

    def lead(self, verb: Any, **more: Any) -> None:
        verb(by=self.world.facilitator, **self.about, **more)
        self.again()

    def answer(self, name: str) -> None:
        seat = self.seats[name]
        rounds.answer_round(by=seat.place.person, **self._round, written=seat.first)

    def answer_again(self, name: str) -> None:
        seat = self.seats[name]
        rounds.seal_second_answer(by=seat.place.person, **self._round, me_rating=1, words=seat.words["again"])

    @property
    def _round(self) -> dict[str, Any]:
        return {"project_id": self.session.project_id, "round_id": self.session.round_id}

    def forbidden(self, viewer: str) -> dict[str, str]:
        """Each word that this viewer must not find now, and whose it is."""
        return {
            word: f"{name}'s {kind}"
            for name, seat in self.seats.items()
            for kind, word in seat.words.items()
            if name != viewer and word not in self.shown
        }

    def kwargs(self) -> dict[str, Any]:
        """Ours for each kind of thing that an address names; the place and the invitation are Maureen's."""
        place = self.seats["Maureen"].place
        return {
            **self._round, "session_id": self.session.pk, "place_id": place.pk, "code": self.session.join_code,
            "invitation_id": place.invitation_id, "person_id": place.person_id,
            "seat_id": place.invitation.seat_id,
        }  # fmt: skip


@pytest.fixture
def hall(smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture) -> Iterator[Hall]:
    # More than an installation logs (WARNING); at DEBUG, Django itself prints every template's variables.
    caplog.set_level(logging.INFO)
    cache.clear()
    world = make_world()
    room, other = a_lobby(world), a_writing_room(world)
    _visit, session = queries.session_for(world.facilitator, **room, purpose=Purpose.RUN)
    clients = {role: client_of(role, world) for role in sorted(grid.EVERYONE)}
    seats = {name: _joined(session, name) for name in GUESTS}
    clients |= {name: seat.client for name, seat in seats.items()}
    _visit, elsewhere = queries.session_for(world.facilitator, **other, purpose=Purpose.RUN)
    clients["a place in another room"] = _joined(elsewhere, "Neighbour").client
    gone = _joined(session, "Stray")
    clients["a place that was taken back"] = gone.client
    made = Hall(world, session, seats, clients)
    made.lead(operations.show_out, place_id=gone.place.pk, why="Nobody knows them.")
    yield made
    cache.clear()


def _joined(session: Any, name: str) -> Seat:
    client = Client()
    group = queries.groups_to_choose(session)[0]
    form = {"name": name, "group": str(group.pk), "request_key": str(uuid4())}
    answer = client.post(reverse("live:join", args=[session.join_code]), form)
    assert answer.status_code == 302, answer.content
    return Seat(queries.place_held_by(client.cookies["place"].value, session.pk), client)


# The sweep


def sweep(hall: Hall, *, everywhere: bool) -> list[str]:
    """Who found what at which address. Not `everywhere`: the addresses of rounds and of the room alone."""
    found = []
    for name, route in grid.addresses():
        if not everywhere and not name.startswith(("live:", "rounds:")):
            continue
        # Signing out would leave a viewer who finds nothing any more.
        place = _address(name, route, hall) if "logout" not in route else None
        if place:
            found += [fault for viewer in hall.clients for fault in _visit(hall, viewer, name, place)]
    cache.clear()
    return found


def _address(name: str, route: str, hall: Hall) -> str | None:
    ours = hall.kwargs()
    names = {part: kind for kind, part in _PART.findall(route)}
    kwargs = {part: ours.get(part, uuid7() if kind == "uuid" else "1") for part, kind in names.items()}
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        assert not name.startswith(("live:", "rounds:", "projects:", "people:", "barriers:")), name
        return None


def _visit(hall: Hall, viewer: str, name: str, place: str) -> list[str]:
    client = hall.clients[viewer]
    methods = ["get", "post"]
    # For most there is nothing behind these; two who have much to see stand for all.
    if viewer in {"Priya", Role.FACILITATOR}:
        methods += ["head", "options"]
    found = []
    for method in methods:
        for answer in _answers(client, method, place):
            seen = seen_in(answer, hall.forbidden(viewer))
            found += [f"{method.upper()} {name} as {viewer}: {what}" for what in seen]
    return found


def _answers(client: Client, method: str, place: str) -> Iterator[Any]:
    """The page; as a part; the tables that it offers; what its search finds."""
    with checks.undone():
        answer = getattr(client, method)(place)
        yield answer
        if method != "get" or answer.status_code != 200:
            return
        page = checks.body(answer)
        if b"app-live" in page:
            yield client.get(place, headers={"X-Part": "live"})
        for more in ("?format=csv", "?format=xlsx"):
            if more[1:].encode() in page:
                yield client.get(place + more)


def seen_in(answer: Any, words: dict[str, str]) -> list[str]:
    content = checks.body(answer)
    headers = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return find(content + headers.encode() + cookies.encode(), words)


def find(content: bytes, words: dict[str, str]) -> list[str]:
    """Any of the words, also inside a zipped file."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return [one for name in packed.namelist() for one in find(packed.read(name), words)]
    lower = content.lower()
    return [whose for word, whose in words.items() if word.encode() in lower]


def besides(hall: Hall, folder: Path, inbox: Inbox, log: str) -> list[str]:
    """The record, e-mails and the log: nobody there is the author."""
    words = hall.forbidden("")
    file = folder / f"{uuid4()}.zip"
    export_record(hall.session.project_id, file)
    found = [f"the record: {one}" for one in find(file.read_bytes(), words)]
    found += [f"an e-mail: {one}" for one in find(inbox.words().encode(), words)]
    return found + [f"the log: {one}" for one in find(log.encode(), words)]


def in_the_files(words: dict[str, str]) -> list[str]:
    """The bytes of the database and of everything beside it, whatever SQL may show."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        files = list(name.parent.glob(f"{name.name}*"))
    else:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        files = [path for path in (run_folder() / "postgresql").rglob("*") if path.is_file()]
    files += [path for path in Path(os.environ["COPRODUCE_HOME"]).rglob("*") if path.is_file()]
    assert files
    return [f"{path}: {one}" for path in files if path.exists() for one in find(path.read_bytes(), words)]


# The evening


def test_nobody_finds_a_word_of_another_before_its_turn(
    hall: Hall, smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def nothing(*, everywhere: bool = False) -> None:
        faults = [
            *sweep(hall, everywhere=everywhere and ALL_ADDRESSES),
            *besides(hall, tmp_path, smtp_inbox, caplog.text),
        ]
        assert not faults, "\n".join([hall.session.round.state, *faults[:40]])

    with hub_in_a_thread() as hub, OpenPage(hub, stream_token(hall.session.topic)) as page:
        live.carry(hub.publish)
        try:
            hall.lead(operations.start_writing)
            for name in GUESTS:
                hall.answer(name)
            _the_author_sees_their_own(hall)
            nothing(everywhere=True)
            assert not in_the_files(hall.forbidden(""))
            hall.lead(operations.seal, override=WHY)
            nothing()
            assert not in_the_files(hall.forbidden(""))
            hall.lead(operations.begin_reading)
            nothing()
            while hall.session.round.is_being_read:
                _next_turn(hall, nothing)
            hall.lead(operations.open_second_answers)
            for name in GUESTS:
                hall.answer_again(name)
            assert not in_the_files(hall.forbidden(""))
            nothing(everywhere=True)
            hall.lead(operations.close)
            page.until(hall.session.seq)
        finally:
            live.stop_carrying(hub.publish)
    assert re.fullmatch(r"(retry: \d+\n|id: \d+\n|data: \d+\n|:\n|\n)+", page.everything), page.everything
    _after_the_close_they_are_found(hall)


def _the_author_sees_their_own(hall: Hall) -> None:
    about = {"project_id": hall.session.project_id, "round_id": hall.session.round_id}
    for seat in hall.seats.values():
        page = seat.client.get(reverse("rounds:answer", kwargs=about)).content
        own = {
            word: word for name, word in seat.words.items() if name in {"me", "around", "question", "barrier"}
        }
        assert set(find(page, own)) == set(own)


def _next_turn(hall: Hall, nothing: Any) -> None:
    """Nothing before it is shown, every word of this one after it, and of no other."""
    reader = round_queries.current_turn(hall.session.round).answer.invitation_id
    name = next(name for name, seat in hall.seats.items() if seat.place.invitation_id == reader)
    seat = hall.seats[name]
    hall.lead(operations.show_turn)
    found, other = sweep(hall, everywhere=False), next(one for one in GUESTS if one != name)
    # The search finds them from this moment, so it would have found them before.
    assert any(f"as {other}: {name}'s me" in one for one in found)
    assert any(f"as {Role.FACILITATOR}: {name}'s barrier" in one for one in found)
    assert not [one for one in found if f": {name}'s " not in one]
    hall.shown |= seat.markers(second=False)
    hall.lead(operations.end_turn)
    if hall.session.round.is_being_read:
        nothing()


def _after_the_close_they_are_found(hall: Hall) -> None:
    about = {"project_id": hall.session.project_id, "round_id": hall.session.round_id}
    page = hall.clients[Role.FACILITATOR].get(reverse("rounds:answers", kwargs=about)).content
    every = {word: word for seat in hall.seats.values() for word in seat.words.values()}
    seen = set(find(page, every))
    for seat in hall.seats.values():
        assert seat.words["again"] in seen
        assert seat.words["me"] in seen
    assert in_the_files({seat.words["again"]: "second" for seat in hall.seats.values()})
    assert in_the_files({seat.words["barrier"]: "barrier" for seat in hall.seats.values()})


@pytest.mark.parametrize(
    "broken",
    [
        "coproduce.capabilities.live.views.room.news", "coproduce.capabilities.live.views.console.news",
        "coproduce.capabilities.live.views.screen.news", "coproduce.capabilities.rounds.views.answering.page",
        "coproduce.capabilities.rounds.operations.answering.record",
    ],
)  # fmt: skip
def test_an_error_page_and_its_log_line_tell_nothing(
    hall: Hall, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    hall.lead(operations.start_writing)
    for name in GUESTS:
        hall.answer(name)
    maureen = hall.seats["Maureen"]
    about = {"project_id": hall.session.project_id, "round_id": hall.session.round_id}
    mine = {
        "me_rating": "1", "me_words": maureen.words["me"], "around_rating": "skip", "intents": "fairness",
        "question": maureen.words["question"], "channel": "online", "barriers-count": "0",
    }  # fmt: skip
    with patch(broken, side_effect=RuntimeError("forced")):
        answers = []
        for client in (maureen.client, hall.clients[Role.FACILITATOR]):
            client.raise_request_exception = False
            answers += [
                client.get(reverse("live:room", args=[hall.session.pk])),
                client.get(reverse("live:console", kwargs=hall.about)),
                client.get(reverse("live:screen", kwargs=hall.about)),
                client.get(reverse("rounds:answer", kwargs=about)),
                client.post(reverse("rounds:answer", kwargs=about), mine),
            ]
    assert 500 in {answer.status_code for answer in answers}
    everyone = hall.forbidden("")
    for answer in answers:
        if answer.status_code == 500:
            assert not seen_in(answer, everyone)
    assert "RuntimeError" in caplog.text
    assert not find(caplog.text.encode(), everyone)
    assert not in_the_files(everyone)


@pytest.mark.parametrize("state", [State.OPEN, State.SEALED])
def test_sealed_pages_are_kept_nowhere_and_name_no_version(hall: Hall, state: str) -> None:
    hall.lead(operations.start_writing)
    hall.answer("Maureen")
    if state == State.SEALED:
        hall.lead(operations.seal, override=WHY)
    for name, route in grid.addresses():
        place = _address(name, route, hall) if name.startswith(("live:", "rounds:")) else None
        for viewer in ("Maureen", "Priya", Role.FACILITATOR, grid.ANONYMOUS) if place else ():
            with checks.undone():
                answer = hall.clients[viewer].get(place)
            assert "no-store" in answer.headers["Cache-Control"], (name, viewer)
            assert not {"ETag", "Last-Modified"} & set(answer.headers), (name, viewer)
