"""10,000 people and 200 statements, three in ten seen: the result that the engine makes, and what its pages cost.

The task worker works the result out once; the pages read it. Each page asks the database the same number of questions
for 200 people as for 10,000.
"""

import random
from typing import Any

from ._house import figure, processor_ms, set_up

FEW, PEOPLE, STATEMENTS = 200, 10_000, 200
SEEN = 60
MOST = 300
DICE = random.Random(6)  # noqa: S311


def main() -> None:
    set_up()
    project, reader, groups = _house()
    pages = {}
    for people in (FEW, PEOPLE):
        ballot = _voted(project, reader, groups, people)
        figure(f"making the result of {people:,} people (once, by the task worker)", _made(ballot))
        pages[people] = _addresses(ballot)
    for name, few in pages[FEW].items():
        many = pages[PEOPLE][name]
        asked, before = _questions(reader, many), _questions(reader, few)
        assert asked == before, f"{name} asks {before} questions for {FEW} people and {asked} for {PEOPLE}"
        taken = processor_ms(lambda address=many: _client(reader).get(address))  # type: ignore[misc]
        figure(f"{name}: {asked} questions (at most {MOST} ms){'' if taken < MOST else '  TOO MUCH'}", taken)


def _house() -> tuple[Any, Any, list[Any]]:
    from coproduce.capabilities.accounts.operations import add_command_line, add_person
    from coproduce.capabilities.people.operations import add_group
    from coproduce.capabilities.people.terms import GroupKind
    from coproduce.capabilities.projects.operations import give_role, start_project
    from coproduce.core.access import Role

    machine = add_command_line()
    reader = add_person(by=None, name="Reader", email="reader@example.org")
    project = start_project(by=machine, title="Measured", summary="One.", role=Role.PROJECT_ADMINISTRATOR)
    give_role(by=machine, project_id=project.pk, person=reader, role=Role.FACILITATOR)
    kinds = (GroupKind.CITIZENS, GroupKind.CARERS, GroupKind.FRONTLINE, GroupKind.LEADERS, GroupKind.PARTNER)
    lead: dict[str, Any] = {"by": reader, "project_id": project.pk}
    return project, reader, [add_group(**lead, name=str(kind.label), kind=kind) for kind in kinds]


def _voted(project: Any, reader: Any, groups: list[Any], people: int) -> Any:
    """Written in one go, by two camps; then closed as anybody closes a ballot. The reader has voted, too."""
    from coproduce.capabilities.voting.models import Statement, Vote
    from coproduce.capabilities.voting.operations import close_ballot
    from coproduce.capabilities.voting.queries import ballot_in
    from coproduce.capabilities.voting.tests import factories

    texts = [f"Statement {n} of those that people vote on, as long as most are." for n in range(STATEMENTS)]
    ballot = factories.a_ballot(project, reader, texts, title=f"{people} people")
    leans = [[DICE.random() for _ in range(STATEMENTS)] for _camp in range(2)]
    rows = [_row(leans[person % 2]) for person in range(people)]
    factories.votes(ballot, rows, groups)
    own = factories.a_voter(ballot, reader, groups[0])
    Vote.objects.bulk_create(
        Vote(voter=own, statement=one, value=1) for one in Statement.objects.filter(ballot=ballot)
    )
    close_ballot(by=reader, project_id=project.pk, ballot_id=ballot.pk)
    return ballot_in(project.pk, ballot.pk)


def _row(lean: list[float]) -> list[int | None]:
    row: list[int | None] = [None] * STATEMENTS
    for place in DICE.sample(range(STATEMENTS), SEEN):
        row[place] = 1 if DICE.random() < lean[place] else -1
    return row


def _made(ballot: Any) -> float:
    import time

    from coproduce.capabilities.insights.operations import make_final

    started = time.process_time()
    make_final(ballot)
    return (time.process_time() - started) * 1000


def _addresses(ballot: Any) -> dict[str, str]:
    from django.urls import reverse

    from coproduce.capabilities.voting.queries import counted_statements

    here = [ballot.project_id, ballot.pk]
    first = counted_statements(ballot).first()
    return {
        "results": reverse("insights:result", args=here),
        "every statement": reverse("insights:statements", args=here),
        "every statement, as CSV": reverse("insights:statements", args=here) + "?format=csv",
        "where a group stands": reverse("insights:group", args=[*here, 0]),
        "where am I": reverse("insights:where_am_i", args=here),
        "one statement": reverse("insights:statement", args=[*here, first.pk]),
        "all results of the project": reverse("insights:results", args=here[:1]),
    }


_clients: dict[Any, Any] = {}


def _client(person: Any) -> Any:
    """The same browser each time: signing in is not what is measured."""
    from django.test import Client

    if person.pk not in _clients:
        _clients[person.pk] = Client(headers={"host": "localhost"})
        _clients[person.pk].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return _clients[person.pk]


def _questions(person: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(person)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(asked)


if __name__ == "__main__":
    main()
