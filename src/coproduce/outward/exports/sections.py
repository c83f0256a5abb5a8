"""What a record holds, capability by capability, in the order of the chain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

Row = Mapping[str, Any]
Rows = Callable[[UUID], Mapping[str, Sequence[Row]]]


@dataclass(frozen=True)
class Section:
    """One capability's part: `kinds` names the tables whose rows the ledger speaks of, and as what."""

    name: str
    title: Words
    rows: Rows
    kinds: Mapping[str, str] = field(default_factory=dict)


class Text(NamedTuple):
    """The words of one version, as one file of the pack."""

    path: str
    title: str
    content: bytes

    @property
    def words(self) -> str:
        return self.content.decode()


_TITLES = {
    "projects": _("The project and its foreword"),
    "people": _("People"),
    "rounds": _("Rounds of questions"),
    "barriers": _("Barriers"),
    "drafting": _("Master copy, suggestions and decisions"),
    "plans": _("Actions and standing commitments"),
    "feedback": _("You said, we did"),
    "signoff": _("Sign-off"),
}


def sections() -> list[Section]:
    found = []
    for name, title in _TITLES.items():
        try:
            queries = import_module(f"coproduce.capabilities.{name}.queries")
            found.append(Section(name, title, queries.rows_for_record))
        except (ImportError, AttributeError, RuntimeError):
            continue
    return found


def texts_of(project_id: UUID) -> list[Text]:
    return []
