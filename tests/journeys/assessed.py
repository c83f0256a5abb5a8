"""Runs beside a server: finishes the equality impact assessment of its only project, read by its manager.

How an assessment is made is walked in test_equality.py.
"""

import json
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    _finish()
    json.dump({}, sys.stdout)


def _finish() -> None:
    from coproduce.capabilities.equality.tests.factories import finished
    from coproduce.capabilities.projects.models import ProjectRole
    from coproduce.core.access import Role

    led = {row.role: row for row in ProjectRole.objects.select_related("person", "project")}
    facilitator, manager = led[Role.FACILITATOR], led[Role.MANAGER]
    finished(by=facilitator.person, reader=manager.person, project_id=manager.project_id)


if __name__ == "__main__":
    main()
