"""What is nobody else's: rare words in a draft, and a rare name behind a suggestion without one, are nowhere."""

import io
import logging
import secrets
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.drafting import operations
from coproduce.capabilities.projects.operations import give_role
from coproduce.core.access import NotThere, Role
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.outward.exports.record import export_record
from tests.permissions import checks, grid
from tests.permissions.drafting import a_document
from tests.permissions.test_grid import client_of
from tests.permissions.world import World, make_world
from tests.support.mail import Inbox

DRAFTED = f"saltimbocca{secrets.token_hex(4)}"
NAMED, ROLED = f"Zyzzyva{secrets.token_hex(4)}", f"Quincunx{secrets.token_hex(4)}"
SAID = f"borborygmus{secrets.token_hex(4)}"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.django_db(transaction=True)]


@dataclass
class Planted:
    """A draft of the participant's, and two suggestions without a name: entered on paper, and by `author`."""

    world: World
    author: Any
    suggestions: list[Any]
    draft_id: Any


@pytest.fixture
def planted(smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture) -> Planted:
    caplog.set_level(logging.INFO)
    world = make_world()
    about = {**a_document(world)}
    author = add_person(by=world.facilitator, name=ROLED, email=f"{ROLED}@example.org")
    give_role(by=world.facilitator, project_id=world.project.pk, person=author, role=Role.PARTICIPANT)
    neighbour = add_person(by=world.facilitator, name=NAMED, email=f"{NAMED}@example.org")
    id = uuid7()
    typed = {name: f"A {DRAFTED} of {name}" for name in ("typed", "words", "reason", "section")}
    operations.keep_draft(by=world.participant, **about, draft_id=id, saying="words", block=None, typed=typed)
    said = {"kind": "ask", "words": f"What of the {SAID}?", **about}
    made = [
        operations.suggest_unnamed(by=author, **said),
        operations.suggest_unnamed(
            by=world.facilitator, author=neighbour, entered=True, channel="paper", **said
        ),
    ]
    for one in made:
        place = {"by": world.manager, "project_id": world.project.pk, "suggestion_id": one.pk}
        operations.decide(**place, outcome="declined", reason_code="LAW", reason="Not lawful.")
        operations.tell_by_email(**place, link="https://example.org/")
    return Planted(world, author, made, id)


def test_drafts_and_hidden_names_are_nowhere(
    planted: Planted, smtp_inbox: Inbox, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    faults = _pages(planted, "", (DRAFTED, NAMED), but=("participant",))
    # Everybody in the project may be named as a helper on the form of a statement, so that one is left out.
    for about in ("drafting:", "feedback:page", "feedback:statements", "feedback:preview"):
        faults += _pages(planted, about, (ROLED,))
    faults += ["the record"] * _has(_record(planted, tmp_path), (DRAFTED, NAMED))
    letters = [str(message.get_content()) for message in smtp_inbox.messages]
    assert len(letters) == 2
    faults += ["an e-mail"] * _has("".join(letters).encode(), (DRAFTED, NAMED, ROLED, SAID))
    faults += ["the log"] * _has(caplog.text.encode(), (DRAFTED, NAMED, SAID))
    assert not faults, "\n".join(["", *faults])


def test_the_same_search_finds_what_is_sent_and_shows_the_author_their_own(
    planted: Planted, tmp_path: Path
) -> None:
    """Without this, the test above might look in the wrong places."""
    assert _pages(planted, "drafting:suggestions", (SAID,))
    assert _has(_record(planted, tmp_path), (SAID,))
    client = Client()
    client.force_login(planted.author, backend="django.contrib.auth.backends.ModelBackend")
    mine = reverse("drafting:mine", args=[planted.world.project.pk])
    assert SAID in client.get(mine).content.decode()
    own = client_of("participant", planted.world)
    assert DRAFTED in own.get(mine).content.decode()


def test_nobody_else_opens_or_drops_a_draft_by_its_address(planted: Planted) -> None:
    project = planted.world.project.pk
    drop = reverse("drafting:drop_draft", args=[project, planted.draft_id])
    document = a_document(planted.world)["document_id"]
    write = reverse("drafting:suggest_words", args=[project, document]) + f"?draft={planted.draft_id}"
    for role in sorted(grid.EVERYONE - {"participant", "anonymous"}):
        client = client_of(role, planted.world)
        assert [client.get(drop).status_code, client.post(drop).status_code] == [404, 404]
        assert client.get(write).status_code == 404


def _pages(planted: Planted, about: str, words: tuple[str, ...], but: tuple[str, ...] = ()) -> list[str]:
    """Every GET of the grid, by every role, as a page, a table and a search for the words."""
    roles = sorted(grid.EVERYONE - set(but))
    clients = {role: client_of(role, planted.world) for role in roles}
    rows = [row for row in grid.rows() if row.method == "GET" and not row.query and row.url.startswith(about)]
    return [
        f"{row} as {role}: {place}"
        for row in rows
        for place in _addresses(row, planted)
        for role, client in clients.items()
        if _shows(client, place, words)
    ]


def _addresses(row: grid.Row, planted: Planted) -> list[str]:
    with checks.undone():
        try:
            with transaction.atomic():
                made = dict(row.kwargs(planted.world))
        except (Refused, NotThere, LookupError, ValueError):
            made = dict(row.kwargs(make_world()))
        ours = (
            [{**made, "suggestion_id": one.pk} for one in planted.suggestions]
            if "suggestion_id" in made
            else []
        )
        return [reverse(row.url, kwargs=kwargs) for kwargs in [made, *ours]]


def _shows(client: Client, place: str, words: tuple[str, ...]) -> bool:
    with checks.undone():
        page = checks.body(client.get(place))
        files = [more for more in ("?format=csv", "?format=xlsx") if more[1:].encode() in page]
        found = _has(page, words) or any(_has(checks.body(client.get(place + more)), words) for more in files)
        if not found and b'name="q"' in page:
            found = any(_is_found(client, place, word) for word in words)
        return found


def _is_found(client: Client, place: str, word: str) -> bool:
    """A search that finds rows by a word that it must not know."""
    page = checks.body(client.get(f"{place}?q={word}"))
    return any(one in page for one in (SAID.encode(), b"No name given"))


def _record(planted: Planted, folder: Path) -> bytes:
    file = folder / f"{secrets.token_hex(4)}.zip"
    export_record(planted.world.project.pk, file)
    return file.read_bytes()


def _has(content: bytes, words: tuple[str, ...]) -> bool:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(_has(packed.read(name), words) for name in packed.namelist())
    lower = content.lower()
    return any(word.lower().encode() in lower for word in words)
