"""How the whole work is going: the third layer of what goes back to people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..terms import Counts, Progress
from .cards import Dressed


@dataclass(frozen=True)
class Going:
    """What people said in all, how much of it was taken in, and how the promises stand."""

    counts: Counts
    people: int
    done: int
    open: int
    overdue: int
    stopped: int
    next_on: date | None

    @property
    def promises(self) -> int:
        return self.done + self.open + self.stopped

    @property
    def taken_in(self) -> int:
        return self.counts.accepted + self.counts.in_part

    @property
    def taken_in_share(self) -> str:
        return f"{self.taken_in / self.counts.total:.1%}" if self.counts.total else ""


def going(statements: Iterable[Dressed], counts: Counts, people: int, today: date) -> Going:
    standings = [one.standing for one in statements if one.standing]
    closed = [one.closed for one in standings if one.closed]
    still = [one for one in standings if one.is_open]
    return Going(
        counts=counts,
        people=people,
        done=closed.count(Progress.DONE),
        open=len(still),
        overdue=sum(one.overdue(today) for one in still),
        stopped=closed.count(Progress.STOPPED),
        next_on=min((one.next_on for one in still if one.next_on), default=None),
    )
