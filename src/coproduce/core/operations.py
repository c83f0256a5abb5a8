"""One verb, one function, one transaction; a repeat of the same request writes nothing new."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from .access import NotThere
from .findings import Finding, Refused, Strength
from .ledger import writing
from .models import Entry
from .prepared import Prepared

P = ParamSpec("P")
Made = TypeVar("Made", bound=models.Model)


@dataclass
class _Running:
    key: UUID | None
    recorded: int = 0


_running: ContextVar[_Running | None] = ContextVar("running_operation", default=None)


class NothingRecorded(RuntimeError):
    """An operation changed the world and told the ledger nothing."""


def operation(function: Callable[P, Made]) -> Callable[P, Made]:
    """Run in one transaction; a second call with the same `key` gives back what the first one made.

    Each operation names `key: UUID | None = None` among its own arguments, so that callers see it and types
    check it; its value stops here.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> Made:
        key: Any = kwargs.pop("key", None)
        actor: Any = kwargs.get("by")
        try:
            with transaction.atomic():
                made: Made | None = _made_before(key, actor)
                return made or _run_once(function, key, *args, **kwargs)
        except (IntegrityError, Refused):
            # Two identical requests at the same moment: the unique key, or a rule that what the first one did
            # stands against, let one through; give its result.
            with transaction.atomic():
                made = _made_before(key, actor)
            if made is None:
                raise
            return made

    return run


def record(
    *,
    by: Any,
    verb: str,
    thing: models.Model,
    project_id: UUID | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    on_behalf_of: Any = None,
    findings: Iterable[Finding] = (),
    override: str = "",
) -> Entry:
    """Append this change to the project's chain (the installation's when there is no project)."""
    running = _running.get()
    payload: dict[str, Any] = {"before": before, "after": after}
    kept = [finding.as_record() for finding in findings if finding.strength is not Strength.SHOW]
    if kept:
        payload["findings"] = kept
    if override:
        payload["override"] = override
    entry = writing.append(
        chain=str(project_id) if project_id else writing.INSTALLATION, actor=by.pk, verb=verb, thing=thing,
        payload=payload, on_behalf_of=on_behalf_of.pk if on_behalf_of else None,
        request_key=running.key if running and not running.recorded else None,
    )  # fmt: skip
    if running:
        running.recorded += 1
    return entry


def _run_once(function: Callable[P, Made], key: UUID | None, /, *args: P.args, **kwargs: P.kwargs) -> Made:
    outer = _running.get()
    running = _Running(key if outer is None else None)
    token = _running.set(running)
    try:
        made = function(*args, **kwargs)
    finally:
        _running.reset(token)
    if not running.recorded:
        raise NothingRecorded(function.__qualname__)
    return made


def _entry_of(key: UUID) -> models.QuerySet[Any, Any]:
    return Entry.objects.filter(request_key=key).values_list("actor", "object_kind", "object_id")


_entries = Prepared(_entry_of)


def _made_before(key: UUID | None, actor: Any) -> Any:
    if key is None:
        return None
    for who, kind, id in _entries.rows(key=key):
        if actor is None or who != actor.pk:
            raise NotThere
        return apps.get_model(kind).objects.get(pk=id)
    return None
