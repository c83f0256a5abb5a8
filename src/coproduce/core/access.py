"""Who may do what, as data: role × object kind × purpose. What is not in the grid is not allowed."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from .findings import Words


class Role(StrEnum):
    FACILITATOR = "facilitator"
    MANAGER = "manager"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    PROJECT_ADMINISTRATOR = "administrator"
    INSTALLATION_ADMINISTRATOR = "installation_administrator"


ROLE_WORDS: dict[Role, Words] = {
    Role.FACILITATOR: _("Facilitator"),
    Role.MANAGER: _("Manager"),
    Role.PARTICIPANT: _("Participant"),
    Role.OBSERVER: _("Observer"),
    Role.PROJECT_ADMINISTRATOR: _("Administrator of the project"),
    Role.INSTALLATION_ADMINISTRATOR: _("Administrator of the installation"),
}


class Purpose(StrEnum):
    READ = "read"
    CONTRIBUTE = "contribute"
    RUN = "run"
    DECIDE = "decide"
    SIGN = "sign"
    ADMINISTER = "administer"


# The administrator of the installation keeps the machine, not the content, so is not among these.
EVERYONE_IN_PROJECT = frozenset(
    {Role.FACILITATOR, Role.MANAGER, Role.PARTICIPANT, Role.OBSERVER, Role.PROJECT_ADMINISTRATOR}
)

Grid = Mapping[Purpose, Iterable[Role]]
_grids: dict[str, dict[Purpose, frozenset[Role]]] = {}


class NotThere(Http404):
    """Refused and absent look the same from outside."""


def grid(kind: str, allowed: Grid) -> None:
    """Declare who may do what with one kind of object, such as "rounds.round"."""
    _grids[kind] = {purpose: frozenset(roles) for purpose, roles in allowed.items()}


def may(roles: Iterable[Role], kind: str, purpose: Purpose) -> bool:
    return not _grids.get(kind, {}).get(purpose, frozenset()).isdisjoint(roles)


def whole_grid() -> dict[str, dict[Purpose, frozenset[Role]]]:
    """The grid of every kind, for the tests that walk it."""
    return dict(_grids)
