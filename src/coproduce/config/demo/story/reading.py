"""From the tables and texts beside this module to the story."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from . import rows

Row = TypeVar("Row")

_READERS: dict[Any, Any] = {int: int, date: date.fromisoformat, bool: lambda word: word == "yes"}


@cache
def story() -> rows.Story:
    """The whole story, read once."""
    plan = _toml("actions")
    versions = _entries("versions", "version", rows.Version)
    return rows.Story(
        foreword=_made(rows.Foreword, _toml("foreword")),
        groups=_table("groups", rows.Group),
        people=_table("people", rows.Person),
        facilitators=_table("facilitators", rows.Facilitator),
        public=_table("public", rows.Outsider),
        access_needs=_table("access_needs", rows.AccessNeed),
        answers=_entries("answers", "answer", rows.Answer),
        themes=_table("themes", rows.Theme),
        theme_ratings=_theme_ratings(),
        barrier_ratings=_barrier_ratings(),
        barriers=_table("barriers", rows.Barrier),
        responses=_table("responses", rows.Response),
        unanswered=_table("unanswered_barriers", rows.Unanswered),
        pages=_table("pages", rows.Page),
        versions=versions,
        texts={version.number: _text(version.text) for version in versions if version.text},
        suggestions=_table("suggestions", rows.Suggestion),
        decisions=_entries("decisions", "decision", rows.Decision),
        editorial=_entries("editorial", "change", rows.Editorial),
        actions=tuple(_made(rows.Action, entry) for entry in plan["action"]),
        links_made=plan["links_made"],
        commitments=tuple(_made(rows.Commitment, entry) for entry in plan["commitment"]),
        plan_reviews=tuple(_made(rows.PlanReview, entry) for entry in plan["review"]),
        feedback=_made(rows.Feedback, _toml("statements")),
        sign_off=_made(rows.SignOff, _toml("signoff")),
        facilitation=_made(rows.Facilitation, _toml("labs")["facilitation"]),
        handed_on=_entries("labs", "handover", rows.HandedOn),
        labs=_entries("labs", "lab", rows.Lab),
        consultation=_made(rows.Consultation, _toml("consultation")),
    )


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(f"{name}.toml"))


def _csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(_text(f"{name}.csv"), newline=""), strict=True))


def _table(name: str, kind: type[Row]) -> tuple[Row, ...]:
    return tuple(_made(kind, row) for row in _csv(name))


def _entries(name: str, entry: str, kind: type[Row]) -> tuple[Row, ...]:
    return tuple(_made(kind, row) for row in _toml(name)[entry])


def _theme_ratings() -> dict[str, dict[str, int]]:
    return {
        row["person"]: {name: int(rating) for name, rating in row.items() if name.startswith("T")}
        for row in _csv("theme_ratings")
    }


def _barrier_ratings() -> dict[str, dict[str, rows.BarrierRating]]:
    """By person and barrier: “5/3” is importance and ease, a dash was left out, nothing is their own barrier."""
    found: dict[str, dict[str, rows.BarrierRating]] = {}
    for row in _csv("barrier_ratings"):
        for person, cell in row.items():
            if "/" in cell:
                importance, ease = map(int, cell.split("/"))
                found.setdefault(person, {})[row["ref"]] = rows.BarrierRating(importance, ease)
    return found


def _made(kind: type[Row], raw: Mapping[str, Any]) -> Row:
    hints = get_type_hints(kind)
    return kind(**{name: _as(hints[name], value) for name, value in raw.items()})


def _as(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        parts = value.split() if isinstance(value, str) else value
        return tuple(_as(get_args(hint)[0], part) for part in parts)
    if get_origin(hint) is UnionType:
        return _as(get_args(hint)[0], value)
    if is_dataclass(hint):
        return _made(hint, value)  # type: ignore[arg-type]
    return _READERS[hint](value) if isinstance(value, str) and hint in _READERS else value
