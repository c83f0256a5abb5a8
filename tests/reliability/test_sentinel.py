"""Three rare words in a sealed answer: before the seal they are nowhere, after it they are in the reading."""

import io
import logging
import os
import secrets
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.people import operations as people
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries
from coproduce.capabilities.rounds.terms import (
    QUESTIONS,
    Extra,
    Intention,
    Kind,
    Level,
    RaisedBarrier,
    Rated,
    Written,
)
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.outward.exports.record import export_record
from tests.permissions import checks, grid
from tests.permissions.test_grid import client_of
from tests.permissions.world import World, make_world
from tests.support.mail import Inbox
from tests.support.run_folder import run_folder

# New for each worker: all of them share one PostgreSQL, and one may open its round while another looks for its words.
WORDS = tuple(f"{word}{secrets.token_hex(4)}" for word in ("quincunx", "zyzzyva", "saltimbocca"))
SENTENCE = "The {} by the {} is {}.".format(*WORDS)
AUTHOR, PEER = "the author", "a peer"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.django_db(transaction=True)]


@dataclass
class Sealed:
    """A world with two open rounds in which one person has answered with the three words everywhere."""

    world: World
    round: Any
    premortem: Any
    seat: Any

    @property
    def about(self) -> dict[str, Any]:
        return {"project_id": self.world.project.pk, "round_id": self.round.pk}

    @property
    def ids(self) -> list[dict[str, Any]]:
        """Ours for each kind of thing that an address names: the author's seat, invitation and person."""
        mine = {"seat_id": self.seat.pk, "person_id": self.seat.person_id}
        answering = {
            one.pk: queries.invitations_of(one).get(seat=self.seat).pk for one in (self.round, self.premortem)
        }
        return [self.about | mine | {"round_id": one, "invitation_id": of} for one, of in answering.items()]


@pytest.fixture
def planted(smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture) -> Sealed:
    # More than an installation logs (WARNING); at DEBUG, Django itself prints every template's variables.
    caplog.set_level(logging.INFO)
    world = make_world()
    leader, project = world.facilitator, world.project
    projects.write_foreword(by=leader, project_id=project.pk, changes={"what_can_change": "The hours."})
    projects.share_foreword(by=leader, project_id=project.pk)
    group = people.add_group(by=leader, project_id=project.pk, name="Neighbours", kind="residents")
    # Two more people: the grid seats its own as it needs them.
    seats = [_seat(world, group, name=name, email=f"{name[-4:]}@example.org") for name in (AUTHOR, PEER)]
    world.people |= {AUTHOR: seats[0].person, PEER: seats[1].person}
    now = clock.now()
    facts = {"by": leader, "project_id": project.pk, "opens_at": now, "seals_at": now + timedelta(days=3)}
    asked = [{"words": "Anything else?", "form": "long text"}]
    opened = rounds.draft_round(**facts, title="What would help?", questions=asked)
    premortem = rounds.draft_round(**facts, title="It has failed", kind=Kind.PREMORTEM, questions=asked)
    planted = Sealed(world, opened, premortem, seats[0])
    welsh = dict.fromkeys(QUESTIONS, "Geiriau")
    for one, written in ((opened, everything(SENTENCE)), (premortem, every_reason(SENTENCE))):
        about = {"project_id": project.pk, "round_id": one.pk}
        rounds.translate_round(by=leader, **about, language="cy", words=welsh)
        rounds.invite(by=leader, **about, seat_ids=[seat.pk for seat in seats])
        rounds.open_round(by=leader, **about)
        rounds.answer_round(by=world.people[AUTHOR], **about, written=written)
    return planted


def _seat(world: World, group: Any, **who: Any) -> Any:
    return people.add_seat(by=world.facilitator, project_id=world.project.pk, main_group_id=group.pk, **who)


def everything(words: str) -> Written:
    return Written(
        me=Rated(words, 2), around=Rated(words, -1), intention=Intention(words=words), question=words,
        barriers=(RaisedBarrier(words, Level.ME),), extra=(Extra("q1", (words,)),), language="cy",
    )  # fmt: skip


def every_reason(words: str) -> Written:
    """A premortem has fields of its own."""
    reasons = (
        RaisedBarrier(words, level, likelihood="high", impact="low", early_sign=words) for level in Level
    )
    return Written(question=words, barriers=tuple(reasons), extra=(Extra("q1", (words,)),), language="cy")


def test_the_words_are_nowhere_before_the_seal(
    planted: Sealed, smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    places = [*_pages(planted), *_record(planted, tmp_path), *_files()]
    places += ["an e-mail"] if _has_words(smtp_inbox.words().encode()) else []
    places += [f"the log: {line}" for line in caplog.text.splitlines() if _has_words(line.encode())]
    assert not places, "\n".join(["", *places])


def test_the_search_finds_them_once_the_round_is_sealed(planted: Sealed, tmp_path: Path) -> None:
    """Without this, the test above might look in the wrong places."""
    rounds.answer_round(
        by=planted.world.people[PEER], **planted.about, written=everything("It would help me.")
    )
    with clock.at(clock.now() + timedelta(days=4)):
        rounds.seal_round(by=planted.world.facilitator, **planted.about)
        assert _pages(planted, about="rounds:")
        assert _record(planted, tmp_path)
        assert _files()


def _pages(planted: Sealed, about: str = "") -> list[str]:
    """Every GET of the grid, by every role but the author's own, as a page, a table and a search."""
    clients = {role: client_of(role, planted.world) for role in sorted({*grid.EVERYONE, PEER})}
    rows = [row for row in grid.rows() if row.method == "GET" and not row.query and row.url.startswith(about)]
    return [found for row in rows for found in _shown_at(row, planted, clients)]


def _shown_at(row: grid.Row, planted: Sealed, clients: dict[str, Client]) -> list[str]:
    with checks.undone():
        return [
            f"{row} as {role}"
            for place in _addresses(row, planted)
            for role, client in clients.items()
            if _shows(client, place)
        ]


def _shows(client: Client, place: str) -> bool:
    """On the page, in the tables that it offers, or in what its search finds."""
    page = checks.body(client.get(place))
    tables = [more for more in ("?format=csv", "?format=xlsx") if more[1:].encode() in page]
    searches = [f"?q={WORDS[0]}"] if b'name="q"' in page else []
    return (
        _has_words(page)
        or any(_has_words(checks.body(client.get(place + more))) for more in tables)
        or any(_has_words(checks.body(client.get(place + more)), searched=True) for more in searches)
    )


def _addresses(row: grid.Row, planted: Sealed) -> list[str]:
    """The address in the grid; and where it is about a round or its people, the same of ours."""
    made = _made(row, planted)
    ours = [{**made, **{name: value for name, value in ids.items() if name in made}} for ids in planted.ids]
    kinds = [made, *(one for place, one in enumerate(ours) if one != made and one not in ours[:place])]
    return [reverse(row.url, kwargs=kwargs) + row.query.partition("?")[0] for kwargs in kinds]


def _made(row: grid.Row, planted: Sealed) -> dict[str, Any]:
    """What the row is about, made in our world; or in a new one, where ours has been lived in already."""
    try:
        with transaction.atomic():
            return dict(row.kwargs(planted.world))
    except (Refused, NotThere, LookupError, ValueError):
        return dict(row.kwargs(make_world()))


def _record(planted: Sealed, folder: Path) -> list[str]:
    file = folder / "record.zip"
    export_record(planted.world.project.pk, file)
    return ["the record"] if _has_words(file.read_bytes()) else []


def _files() -> list[str]:
    return [str(path) for path in all_files() if path.exists() and _has_words(path.read_bytes())]


def all_files() -> list[Path]:
    """The database, its server's log and everything beside it, whatever SQL may show."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        files = list(name.parent.glob(f"{name.name}*"))
    else:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        files = [path for path in (run_folder() / "postgresql").rglob("*") if path.is_file()]
    files += [path for path in Path(os.environ["COPRODUCE_HOME"]).rglob("*") if path.is_file()]
    assert files
    return files


def _has_words(content: bytes, *, searched: bool = False) -> bool:
    """Any of the words, also inside a zipped file; a page that repeats the search shows the first by right."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(_has_words(packed.read(name)) for name in packed.namelist())
    lower = content.lower()
    return any(word.encode() in lower for word in WORDS[1 if searched else 0 :])
