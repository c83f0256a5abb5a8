"""Runs in a process of its own beside the demo: a ballot on which forty people and Maureen have voted, still open."""

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

    from coproduce.capabilities.accounts.models import Person
    from coproduce.capabilities.insights.tests import factories
    from coproduce.capabilities.people.queries import groups_of
    from coproduce.capabilities.projects.queries import facilitators_of, first_project
    from coproduce.capabilities.voting.models import Statement, Vote
    from coproduce.capabilities.voting.tests import factories as voting

    project = first_project()
    assert project
    ballot = factories.a_ballot(
        project, facilitators_of(project.pk)[0], title="What matters in the first week"
    )
    citizens, carers, frontline, leaders, *_rest = groups_of(project.pk)
    voting.votes(ballot, factories.rows(80), [citizens, frontline, carers, leaders])
    maureen = voting.a_voter(ballot, Person.objects.get(name="Maureen Hallett"), citizens)
    statements = Statement.objects.filter(ballot=ballot)
    Vote.objects.bulk_create(Vote(voter=maureen, statement=one, value=1) for one in statements)
    return {
        "ballot": reverse("voting:ballot", args=[project.pk, ballot.pk]),
        "result": reverse("insights:result", args=[project.pk, ballot.pk]),
        "title": ballot.title,
    }


if __name__ == "__main__":
    main()
