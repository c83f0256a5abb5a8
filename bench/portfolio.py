"""2,000 projects with 40,000 actions and 60,000 suggestions: what the pages over all of them cost.

The portfolio of a manager of all of them, the charter of the organisation, and one person's own actions. Each asks
the database the same number of questions for 200 projects and for 2,000.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from ._house import figure, processor_ms, set_up

FEW, PROJECTS = 200, 2_000
ACTIONS, SUGGESTIONS = 20, 30
OWNERS = 400
MOST = 200
DICE = random.Random(5)  # noqa: S311


def main() -> None:
    set_up()
    people = _people()
    _make(people, 0, FEW)
    _measure("measuring %s projects from nothing", FEW)
    few = {name: _questions(people[who], address) for name, who, address in _addresses()}
    _make(people, FEW, PROJECTS)
    _measure("measuring %s projects from nothing", PROJECTS - FEW)
    _told_sizes()
    for name, who, address in _addresses():
        asked = _questions(people[who], address)
        assert asked == few[name], (
            f"{name} asks {few[name]} questions of {FEW} projects and {asked} of {PROJECTS}"
        )
        taken = processor_ms(lambda who=who, address=address: _client(people[who]).get(address))  # type: ignore[misc]
        over = "" if taken < MOST else "  TOO MUCH"
        figure(f"{name}: {asked} questions (at most {MOST} ms){over}", taken)
    _one_change()


def _addresses() -> list[tuple[str, str, str]]:
    """Each page, and who opens it."""
    from django.urls import reverse

    portfolio, charters = reverse("portfolio:portfolio"), reverse("charter:organisation")
    return [
        ("portfolio, the first page", "manager", portfolio),
        ("portfolio, sorted and filtered", "manager", f"{portfolio}?late=any&sort=-next&citizens=absent"),
        ("charter of the organisation", "manager", charters),
        ("charter of the organisation, filtered", "manager", f"{charters}?not_met=6&sort=-met&q=17"),
        ("own actions, of somebody with a hundred", "owner", reverse("plans:my_list")),
        ("own actions, of the manager", "manager", reverse("plans:my_list")),
        ("people and actions, of the manager", "manager", reverse("plans:managed")),
        ("plans to review, of the manager", "manager", reverse("plans:to_review")),
    ]


def _people() -> dict[str, Any]:
    from coproduce.capabilities.accounts.operations import add_command_line, add_person

    add_command_line()
    named = {
        name: add_person(by=None, name=name, email=f"{name}@example.org")
        for name in ("manager", "facilitator")
    }
    owners = [add_person(by=None, name=f"Owner {n}", email=f"o{n}@example.org") for n in range(OWNERS)]
    return {**named, "owners": owners, "owner": owners[1]}


def _make(people: dict[str, Any], start: int, end: int) -> None:
    """Written in one go: making them one by one is not what is measured."""
    from coproduce.capabilities.projects.models import Foreword, Project, ProjectRole
    from coproduce.core import clock
    from coproduce.core.models import Chain

    now = clock.now()
    projects = [
        Project(title=f"Project {n}", summary="One of many.", started_at=now - timedelta(days=300))
        for n in range(start, end)
    ]
    _keep(Project, projects)
    _keep(Chain, [Chain(name=str(one.pk), length=1, head=f"{n:064x}") for n, one in enumerate(projects)])
    _keep(Foreword, [
        Foreword(project=one, stated_intents=["better_outcomes"], shared_at=now - timedelta(days=290),
                 decision_date=clock.today() + timedelta(days=DICE.randint(-30, 90)))
        for one in projects
    ])  # fmt: skip
    roles = [("manager", people["manager"]), ("facilitator", people["facilitator"])]
    _keep(ProjectRole, [
        ProjectRole(project=one, person=person, role=role, given_at=now)
        for one in projects for role, person in [*roles, *(("participant", owner) for owner in _owners(people, one))]
    ])  # fmt: skip
    for one in range(0, len(projects), 200):
        _fill(people, projects[one : one + 200], clock.today())
    _charters(people, projects)


def _owners(people: dict[str, Any], project: Any) -> list[Any]:
    """Three in each project, so that each has some fifteen projects and a hundred actions; the manager owns none."""
    place = int(project.title.split()[1])
    return [people["owners"][(place + step) % OWNERS] for step in (0, 133, 266)]


def _fill(people: dict[str, Any], projects: Sequence[Any], today: date) -> None:
    from coproduce.capabilities.people.models import Group, Seat
    from coproduce.capabilities.plans.models import Action
    from coproduce.core import clock

    now, owners = clock.now(), people["owners"]
    groups = [Group(project=one, code="G1", name="Users", kind="citizens") for one in projects]
    _keep(Group, groups)
    _keep(Seat, [
        Seat(project=group.project, person=owners[n], code=f"P{n:02}", main_group=group, added_at=now)
        for group in groups for n in range(5)
    ])  # fmt: skip
    _keep(Action, [
        Action(project=one, number=n, what=f"Do thing {n}", start=today - timedelta(days=90),
               end=today + timedelta(days=DICE.randint(-20, 200)), owner=DICE.choice(_owners(people, one)),
               status=DICE.choice(("not_started", "in_progress", "in_progress", "stopped")),
               added_by=people["manager"], added_at=now)
        for one in projects for n in range(1, ACTIONS + 1)
    ])  # fmt: skip
    _drafts(people, projects, today)


def _drafts(people: dict[str, Any], projects: Sequence[Any], today: date) -> None:
    from coproduce.capabilities.drafting.models import Decision, Document, Suggestion, Version
    from coproduce.core import clock

    now = clock.now()
    leads = {"started_by": people["facilitator"], "started_at": now - timedelta(days=200)}
    documents = [Document(project=one, code="D1", title="The plan", **leads) for one in projects]
    _keep(Document, documents)
    _keep(Version, [
        Version(document=one, major=0, minor=1, day=today - timedelta(days=190), author=people["facilitator"],
                summary="First words", at_seq=0, text_sha256="0" * 64, published_at=now - timedelta(days=190))
        for one in documents
    ])  # fmt: skip
    suggestions = [
        Suggestion(
            project=one.project, document=one, number=n, kind="change", words="A bench, please.", gist="A bench",
            section="Stops", base_seq=0, author=people["owners"][n], entered_by=people["owners"][n],
            said_on=today - timedelta(days=100), due_on=today - timedelta(days=60), made_at=now - timedelta(days=100),
            status="accepted" if n % 15 else "open",
        )
        for one in documents for n in range(1, SUGGESTIONS + 1)
    ]  # fmt: skip
    _keep(Suggestion, suggestions)
    _keep(Decision, [
        Decision(suggestion=one, outcome="accepted", decided_by=people["manager"], place="Stops",
                 decided_on=today - timedelta(days=DICE.choice((70, 65, 61, 50) if one.number == 1 else (70, 65))),
                 decided_at=now - timedelta(days=60))
        for one in suggestions if one.status == "accepted"
    ])  # fmt: skip


def _charters(people: dict[str, Any], projects: Sequence[Any]) -> None:
    from coproduce.capabilities.charter.models import Charter
    from coproduce.core import clock

    now = clock.now()
    _keep(Charter, [
        Charter(project=one, title="Charter", scope="All.", review_on=clock.today() + timedelta(days=200),
                written_at=now, published_at=now, published_by=people["manager"])
        for one in projects
    ])  # fmt: skip


def _keep(model: Any, rows: Iterable[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=500)


def _measure(words: str, count: int) -> None:
    import time

    from coproduce.capabilities.charter.operations import renew_changed

    started = time.process_time()
    assert renew_changed() == count
    figure(words % f"{count:,}", time.process_time() - started, "s")
    figure("  each", (time.process_time() - started) * 1000 / count)


def _told_sizes() -> None:
    from coproduce.capabilities.drafting.models import Suggestion
    from coproduce.capabilities.plans.models import Action
    from coproduce.capabilities.projects.models import Project

    counts = [model.objects.count() for model in (Project, Action, Suggestion)]
    assert counts == [PROJECTS, PROJECTS * ACTIONS, PROJECTS * SUGGESTIONS]
    print("  {:,} projects, {:,} actions, {:,} suggestions".format(*counts))


_clients: dict[Any, Any] = {}


def _client(person: Any) -> Any:
    """The same browser each time: signing in is not what is measured."""
    from django.test import Client

    if person.pk not in _clients:
        _clients[person.pk] = Client(HTTP_HOST="localhost")
        _clients[person.pk].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return _clients[person.pk]


def _questions(person: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(person)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def _one_change() -> None:
    """What the task worker does when one project has changed: find it among all, measure it, keep it."""
    from coproduce.capabilities.charter import operations, queries
    from coproduce.capabilities.projects.models import Project
    from coproduce.core import clock
    from coproduce.core.models import Chain

    figure(
        "finding what has changed among 2,000 projects",
        processor_ms(lambda: queries.changed_since(clock.today())),
    )
    name = str(Project.objects.values_list("pk", flat=True)[0])
    heads = iter(range(10**6, 10**7))

    def change() -> None:
        Chain.objects.filter(name=name).update(head=f"{next(heads):064x}")
        assert operations.renew_changed() == 1

    figure("finding it, and measuring the one that has", processor_ms(change))


if __name__ == "__main__":
    main()
