"""Runs beside a server: an open ballot with many voters who hold tokens; and afterwards, which votes are there."""

import json
import sys
from typing import Any

PEOPLE, STATEMENTS = 10_000, 30


def main() -> None:
    import django

    django.setup()
    json.dump(there() if sys.argv[1:] == ["there"] else prepare(), sys.stdout)


def prepare() -> dict[str, object]:
    """The addresses of the statements and the cookie of each voter."""
    from django.core import signing

    from coproduce.capabilities.accounts.operations import add_command_line
    from coproduce.capabilities.projects.operations import give_role, start_project
    from coproduce.capabilities.voting import operations, queries
    from coproduce.capabilities.voting.models import Voter
    from coproduce.capabilities.voting.operations import Draft
    from coproduce.core.access import Role

    machine = add_command_line()
    project = start_project(by=machine, title="A vote", summary="Measured.", role=Role.PROJECT_ADMINISTRATOR)
    give_role(by=machine, project_id=project.pk, person=machine, role=Role.FACILITATOR)
    lead: dict[str, Any] = {"by": machine, "project_id": project.pk}
    ballot = operations.make_ballot(**lead, title="What matters", who="link")
    drafts = [Draft(f"Statement {number} holds one idea.") for number in range(STATEMENTS)]
    operations.add_statements(**lead, ballot_id=ballot.pk, drafts=drafts)
    operations.open_ballot(**lead, ballot_id=ballot.pk)
    tokens = [f"token-{number}" for number in range(PEOPLE)]
    Voter.objects.bulk_create(
        [Voter(ballot=ballot, key=queries.key_of_cookie(ballot.pk, token)) for token in tokens],
        batch_size=2_000,
    )
    signer = signing.get_cookie_signer(salt=queries.cookie_name())
    return {
        "link": ballot.link,
        "statements": [str(one.pk) for one in queries.statements_to_vote_on(ballot)],
        "cookies": [f"{queries.cookie_name()}={signer.sign(token)}" for token in tokens],
    }


def there() -> list[tuple[int, int, int]]:
    """(voter, statement, value) of each vote in the table, by place."""
    from coproduce.capabilities.voting import queries
    from coproduce.capabilities.voting.models import Ballot, Statement, Vote, Voter

    ballot = Ballot.objects.get()
    keys = {queries.key_of_cookie(ballot.pk, f"token-{number}"): number for number in range(PEOPLE)}
    voters = {pk: keys[key] for pk, key in Voter.objects.values_list("pk", "key")}
    statements = {one.pk: at for at, one in enumerate(Statement.objects.order_by("number"))}
    rows = Vote.objects.values_list("voter_id", "statement_id", "value")
    return [(voters[who], statements[what], value) for who, what, value in rows]


if __name__ == "__main__":
    main()
