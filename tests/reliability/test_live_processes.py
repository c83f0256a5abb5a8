"""With PostgreSQL two servers hold one room: a step on one is heard on the other, and a place is good for both."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support import databases, servers
from tests.support.databases import EmptyDatabases
from tests.support.servers import Server

from .phones import Guest, Phone, listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("any_database"),
    pytest.mark.skipif(databases.kind() != "postgresql", reason="needs a database that two servers share"),
]


@dataclass
class Pair:
    one: Server
    other: Server
    plan: dict[str, Any]


@pytest.fixture
def pair(tmp_path: Path, any_database: EmptyDatabases) -> Iterator[Pair]:
    """Two processes with one data folder, as they share the keys and the database."""
    address = any_database.create(f"pair_{uuid4().hex[:8]}")
    assert address
    home = tmp_path / "home"
    one = servers.start("serve", home, DATABASE_URL=address)
    other = servers.start("serve", home, DATABASE_URL=address)
    plan = servers.run_beside(one, "tests.reliability.live_evening", {"plan": True}, DATABASE_URL=address)
    yield Pair(one, other, plan)
    one.stop()
    other.stop()


def test_a_step_on_one_server_is_heard_on_the_other(pair: Pair) -> None:
    plan = pair.plan
    leader = Phone(pair.one.url, {"session": plan["leader"]})
    guest = Guest(pair.one.url).join(plan["code"], "Maureen", plan["group"])
    there = Guest(pair.other.url, guest.cookies, room=guest.room)
    assert there.sees() == guest.sees()
    with listening(pair.other.url, there.stream) as ear, listening(pair.one.url, guest.stream) as near:
        ear.until(lambda heard: bool(heard))
        near.until(lambda heard: bool(heard))
        assert leader.press(plan["console"], action="start", seen="draft") == 302
        seq = there.state()
        ear.until(lambda heard: heard[-1:] == [seq])
        near.until(lambda heard: heard[-1:] == [seq])
        assert "Write what you think" in there.sees()
        values = {"me_rating": "1", "around_rating": "skip", "intents": "fairness", "channel": "online",
                  "barriers-count": "0"}  # fmt: skip
        assert there.press(plan["answer"], **values) == 302
        assert "Your answer is sealed" in guest.sees()
        elsewhere = Phone(pair.other.url, {"session": plan["leader"]})
        assert elsewhere.press(plan["console"], action="seal", seen="open") == 302
        seq = guest.state()
        near.until(lambda heard: heard[-1:] == [seq])
        ear.until(lambda heard: heard[-1:] == [seq])
    assert guest.sees() == there.sees()
