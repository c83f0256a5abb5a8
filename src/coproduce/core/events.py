"""What has happened, told to those above after the transaction is safe."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")

_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def listens_to(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        _listeners[kind].append(listener)
        return listener

    return register


def post(event: object) -> None:
    """Deliver after commit, so that nobody hears of what was rolled back."""
    for listener in _listeners[type(event)]:
        transaction.on_commit(partial(listener, event), robust=True)
