"""In which order somebody sees the statements: those that need votes sooner, and each in its turn for everybody."""

from collections.abc import Collection
from random import Random
from typing import Any

from .results import order_of


def drawn_order(ballot: Any, seen: Collection[str], seed: str) -> list[str] | None:
    """The ids of the statements not seen yet, drawn for this voter; None before there is an order.

    The one that needs votes most comes first most often, never always: so nobody reads the counts from the order,
    and no statement waits for ever. One query.
    """
    found = order_of(ballot)
    return None if found is None else draw([one for one in found.statements if one not in seen], seed)


def draw(by_need: list[str], seed: str) -> list[str]:
    """A lottery without replacement in which the n-th in need has 1/n of the first one's chance."""
    chance = Random(seed)  # noqa: S311
    # With u drawn evenly, the order of u^(1/weight) is that of drawing by weight.
    ticket = {one: chance.random() ** rank for rank, one in enumerate(by_need, 1)}
    return sorted(by_need, key=lambda one: (-ticket[one], one))
