"""What a page does with a form that was sent."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from coproduce.core.findings import Refused

from .forms import Form

_HOUR = 3600


def posted(request: HttpRequest) -> Any:
    """Also a form in which nothing was typed was sent."""
    return request.POST if request.method == "POST" else None


def sent(request: HttpRequest, form: Form, change: Callable[[], object]) -> bool:
    """Whether the form was sent, was right, and the rules allowed what it asks for."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        change()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def too_many(request: HttpRequest, what: str, most: int) -> bool:
    """Counts what one address on the network sends within the hour: a plain means against floods.

    `what` is the same for all that counts together. Nothing of it is kept longer.
    """
    name = f"{what}-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(name, 0, _HOUR)
    # It may have run out between the two.
    with suppress(ValueError):
        return bool(cache.incr(name) > most)
    return False
