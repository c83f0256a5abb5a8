"""How often each statement of an open ballot should be seen: by its place in the order of need, and by nothing else."""

from typing import Any

from .results import order_of


def weights(ballot: Any) -> dict[int, float]:
    """By the statement's number: the n-th in need is drawn as if it had one n-th of the first one's tickets.

    So nobody reads a count from what they are shown, and no statement waits for ever. One query.
    """
    found = order_of(ballot)
    return {number: 1 / rank for rank, number in enumerate(found.statements, 1)} if found else {}
