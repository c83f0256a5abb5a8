"""Runs in a process of its own beside a server: a planned evening, or what is there of it.

Reads `{"plan": true}` or the keys of interest from standard input; prints what it made or found as JSON.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    given = json.load(sys.stdin)
    json.dump(plan() if given.get("plan") else found(set(given["firsts"]), set(given["seconds"])), sys.stdout)


def plan() -> dict[str, Any]:
    from coproduce.capabilities.accounts.operations import add_command_line, add_person
    from coproduce.capabilities.live import operations as live
    from coproduce.capabilities.people import operations as people
    from coproduce.capabilities.projects import operations as projects
    from coproduce.capabilities.rounds import operations as rounds
    from coproduce.core import clock
    from coproduce.core.access import Role

    from .round_of_200 import session_of

    machine = add_command_line()
    project = projects.start_project(by=machine, title="Bins on Mondays", summary="When bins are emptied.")
    leader = add_person(by=None, name="Ada Facilitator", email="ada@example.org")
    projects.give_role(by=machine, project_id=project.pk, person=leader, role=Role.FACILITATOR)
    projects.write_foreword(by=leader, project_id=project.pk, changes={"what_can_change": "The day."})
    projects.share_foreword(by=leader, project_id=project.pk)
    group = people.add_group(by=leader, project_id=project.pk, name="Neighbours", kind="residents")
    now = clock.now()
    the_round = rounds.draft_round(
        by=leader, project_id=project.pk, title="Which day?", opens_at=now, seals_at=now + timedelta(days=5)
    )
    session = live.plan_session(
        by=leader, project_id=project.pk, round_id=the_round.pk, title="An evening in the village hall"
    )
    rounds_at = f"/projects/{project.pk}/rounds/{the_round.pk}/"
    return {
        "code": session.join_code, "group": str(group.pk), "leader": session_of(leader),
        "console": f"/projects/{project.pk}/live/{session.pk}/console/",
        "answer": f"{rounds_at}answer/", "second": f"{rounds_at}second/",
    }  # fmt: skip


def found(firsts: set[str], seconds: set[str]) -> dict[str, Any]:
    from coproduce.capabilities.live.models import Place, Session
    from coproduce.capabilities.rounds.models import Answer, OpenedAnswer, SecondAnswer, Turn
    from coproduce.core.models import Entry

    from . import judge

    told = Entry.objects.filter(verb="rounds.seal_second_answer")
    by_key = {str(key): thing for key, thing in told.values_list("request_key", "object_id")}
    answers = Answer.objects.filter(part=2)
    there = {str(pk) for pk in answers.values_list("pk", flat=True)}
    session = Session.objects.select_related("round").get()
    return {
        **_whole(judge.found(firsts)),
        "firsts": Answer.objects.filter(part=1).count(),
        "first_entries": Entry.objects.filter(verb="rounds.answer_round").count(),
        "second_missing": sorted(key for key in seconds if by_key.get(key) not in there),
        "seconds": answers.count(),
        "second_entries": told.count(),
        "state": session.round.state, "seq": session.seq,
        "places": Place.objects.filter(removed_at__isnull=True).count(),
        "opened": OpenedAnswer.objects.count(),
        "shown": Turn.objects.filter(shown_at__isnull=False).count(),
        "seconds_opened": SecondAnswer.objects.count(),
        "steps": list(Entry.objects.filter(verb__startswith="live.").values_list("verb", flat=True)),
    }  # fmt: skip


def _whole(judged: dict[str, Any]) -> dict[str, Any]:
    from coproduce.config.health import UNDER_ONE_ENTRY
    from coproduce.core.ledger import checking

    names = ("missing", "ledger_faults", "entries_without_answer")
    elsewhere = [
        *checking.entries_without_object(),
        *checking.objects_without_entry(together=UNDER_ONE_ENTRY),
    ]
    return {**{name: judged[name] for name in names}, "elsewhere": [str(one) for one in elsewhere]}


if __name__ == "__main__":
    main()
