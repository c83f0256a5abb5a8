"""Runs in a process of its own beside a server: makes what some rows of the permission grid are about.

Reads names of addresses from standard input; prints for each the path, and the session of someone who may open it.
"""

import json
import os
import sys
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump([place for name in json.load(sys.stdin) for place in places(name)], sys.stdout)


def places(name: str) -> list[dict[str, str]]:
    from tests.permissions import grid

    rows = [row for row in grid.rows() if row.url == name and row.method == "GET" and not row.query]
    return [place(row) for row in rows if row.may]


def place(row: Any) -> dict[str, str]:
    from django.urls import reverse

    from tests.permissions.grid import ANONYMOUS
    from tests.permissions.world import make_world
    from tests.reliability.round_of_200 import session_of

    world = make_world()
    who = sorted(row.may - {ANONYMOUS})[0]
    path = reverse(row.url, kwargs=dict(row.kwargs(world)))
    return {"path": path, "session": "" if row.public else session_of(world.people[who])}


if __name__ == "__main__":
    main()
