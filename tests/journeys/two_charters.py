"""Runs in a process of its own beside a server: a project with a public charter, and a second one of its manager.

Prints the path of the public page, the manager's session, and the titles.
"""

import json
import os
import sys
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(prepare(), sys.stdout)


def prepare() -> dict[str, Any]:
    from django.urls import reverse

    from coproduce.capabilities.charter import operations
    from tests.permissions.charter import one_more_project, public
    from tests.permissions.world import make_world
    from tests.reliability.round_of_200 import session_of

    world = make_world()
    public(world)
    one_more_project(world)
    operations.renew_changed()
    return {
        "public": reverse("charter:charter", args=[world.project.pk]), "session": session_of(world.manager),
        "title": world.project.title, "manager": world.manager.shown_name,
    }  # fmt: skip


if __name__ == "__main__":
    main()
