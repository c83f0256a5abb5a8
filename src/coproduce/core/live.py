"""Pages that stand open are told that something is new: a topic's sequence number, never its content.

What is new, each page asks for by an ordinary request that the access door sees.
"""

import logging
from collections.abc import Callable
from functools import partial

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction

HOURS_OF_A_TOKEN = 12
_SALT = "coproduce.live.stream"

Transport = Callable[[str, int], None]
_transports: list[Transport] = []
_log = logging.getLogger(__name__)


def carry(transport: Transport) -> None:
    """From now on `transport` gets each announcement; without one, as on the command line, nobody is told."""
    if transport not in _transports:
        _transports.append(transport)


def stop_carrying(transport: Transport) -> None:
    if transport in _transports:
        _transports.remove(transport)


def announce(topic: str, seq: int) -> None:
    """Tell the open pages of `topic` that it stands at `seq`, once the transaction is safe."""
    transaction.on_commit(partial(_deliver, topic, seq), robust=True)


def stream_token(topic: str) -> str:
    """The right to hear a topic's numbers for twelve hours: signed, so that no session or database is asked."""
    return TimestampSigner(salt=_SALT).sign(topic)


def topic_of(token: str) -> str | None:
    """The topic of a token that is whole and not too old."""
    try:
        return TimestampSigner(salt=_SALT).unsign(token, max_age=HOURS_OF_A_TOKEN * 3600)
    except (BadSignature, ValueError):
        return None


def _deliver(topic: str, seq: int) -> None:
    for transport in list(_transports):
        try:
            transport(topic, seq)
        except Exception:
            # The change is on record; pages that were not told ask for the state themselves.
            _log.exception("An announcement of %s was not carried.", topic)
