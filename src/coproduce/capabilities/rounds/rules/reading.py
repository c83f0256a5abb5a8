"""The order in which answers are read: drawn by lot from the seal, never by rank."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.core.findings import Finding, Strength, rule, show

FIRST_PLACES = 2


class IsRead(Protocol):
    @property
    def lot(self) -> str: ...
    @property
    def is_leader(self) -> bool: ...


R = TypeVar("R", bound=IsRead)


def reading_order(seed: bytes, readers: Iterable[R]) -> list[R]:
    """Sorted by SHA-256 of seed and lot; then the first two who are not leaders come first."""
    drawn = sorted(readers, key=lambda reader: sha256(seed + b"\x00" + reader.lot.encode()).digest())
    first = [reader for reader in drawn if not reader.is_leader][:FIRST_PLACES]
    return first + [reader for reader in drawn if reader not in first]


@rule("R28", when=gettext_lazy("Answers are put in an order for reading"), strength=Strength.SHOW)
def the_order_is_random(seed: bytes, order: Sequence[IsRead]) -> Iterator[Finding]:
    leads = any(reader.is_leader for reader in order[:FIRST_PLACES])
    if leads:
        yield show("R28", _("Only leaders answered, so a leader comes among the first two."), subject="order")
    else:
        yield show("R28", _("The order is random and no leader is in the first two places."), subject="order")
    yield show("R28", _("The seed is %(seed)s.") % {"seed": seed.hex()}, subject="seed")
