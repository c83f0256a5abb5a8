"""Everything that a record tells, read at one moment and put into JSON's own types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core.ledger import chain
from coproduce.core.ledger.checking import entries_of
from coproduce.core.ledger.writing import plain

from . import agreement, queries
from .sections import SECTIONS, Row, Section, Text, texts_of


@dataclass(frozen=True)
class Table:
    name: str
    kind: str
    rows: list[dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(key for row in self.rows for key in row))

    def as_data(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "rows": self.rows}


@dataclass(frozen=True)
class Part:
    section: Section
    tables: list[Table]


@dataclass(frozen=True)
class Contents:
    project: Any
    chain: str
    parts: list[Part]
    texts: list[Text]
    names: Mapping[str, str]
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def head(self) -> str:
        return str(self.entries[-1]["hash"]) if self.entries else chain.GENESIS

    @property
    def tables(self) -> list[Table]:
        return [table for part in self.parts for table in part.tables]

    @cached_property
    def rows(self) -> dict[str, tuple[Table, dict[str, Any]]]:
        """Every row that has an identifier, by it."""
        return {row["id"]: (table, row) for table in self.tables for row in table.rows if row.get("id")}

    def as_data(self) -> dict[str, Any]:
        told = [
            {"name": part.section.name, "tables": [table.as_data() for table in part.tables]}
            for part in self.parts
        ]
        # An operation that changed a row without saying so in the ledger: said openly, and for the verifier.
        noted = [list(one) for one in agreement.differences(self.entries, told)]
        return {"project": str(self.project.pk), "sections": told, "differences": noted}


def contents_of(project_id: UUID) -> Contents:
    hidden = queries.withheld_ids(project_id)
    entries = [
        chain.withheld(entry) if entry["object_id"] in hidden else entry
        for entry in entries_of(str(project_id))
    ]
    actors = {UUID(entry["actor"]) for entry in entries if "actor" in entry}
    return Contents(
        project=projects.project(project_id),
        chain=str(project_id),
        parts=[_part(section, project_id) for section in SECTIONS],
        texts=list(texts_of(project_id)),
        names={str(id): name for id, name in queries.names_of(project_id, actors).items()},
        entries=entries,
    )


def _part(section: Section, project_id: UUID) -> Part:
    told = section.rows(project_id)
    return Part(section, [Table(name, section.kinds.get(name, ""), _plain(told[name])) for name in told])


def _plain(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [{str(key): plain(value) for key, value in row.items()} for row in rows]
