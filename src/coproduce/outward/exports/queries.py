"""The ledger of a project as a list for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import ngettext

from coproduce.capabilities.accounts import queries as accounts
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core.findings import Words
from coproduce.core.ledger.chain import GENESIS
from coproduce.core.models import Chain, Entry


@dataclass(frozen=True)
class Head:
    """Where a chain ends: whoever knows this can tell a later change."""

    length: int
    hash: str


def head_of(project_id: UUID) -> Head:
    chain = Chain.objects.filter(pk=str(project_id)).first()
    return Head(chain.length, chain.head) if chain else Head(0, GENESIS)


def summary(visit: Visit) -> Words:
    length = head_of(visit.project.pk).length
    return ngettext("%(count)d entry in the ledger", "%(count)d entries in the ledger", length) % {
        "count": length
    }


def entries_of(project_id: UUID) -> QuerySet[Entry]:
    """Newest first."""
    return Entry.objects.filter(chain_id=str(project_id)).order_by("-seq")


def verbs_of(project_id: UUID) -> list[str]:
    """Everything that was ever done in a project, once each."""
    return sorted(entries_of(project_id).order_by().values_list("verb", flat=True).distinct())


def withheld_ids(project_id: UUID) -> frozenset[str]:
    """R24: the answers of which nobody may know before the seal who gave them, and when."""
    return frozenset(str(id) for id in rounds.unsealed_answer_ids(project_id))


def names_as_chosen(project_id: UUID) -> dict[UUID, str]:
    """What the ledger calls each person of the project; two queries."""
    held = {role.person_id: role.person.shown_name for role in projects.roles_in(project_id)}
    return held | people.credits_of(project_id)


def names_of(project_id: UUID, actors: Iterable[UUID]) -> dict[UUID, str]:
    """The same, and whoever acted from outside, such as the command line or an administrator."""
    known = names_as_chosen(project_id)
    others = accounts.people(id for id in actors if id not in known)
    return known | {id: person.shown_name for id, person in others.items()}
