"""Making and keeping results. The task worker does it; a page never computes."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from coproduce.capabilities.accounts.operations import task_worker
from coproduce.capabilities.voting import queries as voting
from coproduce.capabilities.voting.terms import Shown
from coproduce.core import clock
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Interim, Order, Result
from ..queries import Analysed

# So many ballots at one look; then other work has its turn.
AT_ONE_LOOK = 5


def follow() -> None:
    """The results that are due: of closed ballots at once, of open ones once a minute where votes came in."""
    for ballot in queries.waiting_for_final(AT_ONE_LOOK):
        make_final(ballot)
    for ballot in queries.open_to_follow(clock.now(), AT_ONE_LOOK):
        follow_open(ballot)


def make_final(ballot: Any) -> Result:
    """The result that a closed ballot rests on, made once."""
    made = queries.final_of(ballot) if ballot.is_closed else None
    if made is not None:
        return made
    # The work is done before the transaction, so that nobody waits for it.
    found = queries.analysed(ballot)
    try:
        return keep_final(ballot=ballot, found=found)
    except IntegrityError:
        # Another worker was sooner.
        return Result.objects.get(ballot=ballot)


@operation
def keep_final(*, ballot: Any, found: Analysed, key: UUID | None = None) -> Result:
    """Goes on the record: of which votes, with which settings, and the digest of the figures."""
    if not ballot.is_closed:
        raise ValueError("A final result is that of a closed ballot.")
    result = Result(ballot=ballot, **_kept(found))
    result.save(force_insert=True)
    Interim.objects.filter(ballot=ballot).delete()
    Order.objects.filter(ballot=ballot).delete()
    facts = ("ballot_id", "made_at", "voters", "votes", "settings", "digest")
    record(
        by=task_worker(), verb="insights.keep_result", thing=result, project_id=ballot.project_id,
        after={**{name: getattr(result, name) for name in facts}, "votes_digest": ballot.digest},
    )  # fmt: skip
    return result


def follow_open(ballot: Any) -> None:
    """The order of the statements, and the result if this ballot shows it while it is open."""
    votes = voting.votes_count(ballot)
    order = queries.order_of(ballot)
    if order is not None and order.votes == votes:
        Order.objects.filter(ballot=ballot).update(made_at=clock.now())
        return
    found = queries.analysed(ballot)
    with transaction.atomic():
        facts = {"made_at": clock.now(), "votes": votes, "statements": list(found.order)}
        Order.objects.update_or_create(ballot=ballot, defaults=facts)
        if ballot.shown == Shown.WHILE_OPEN and _is_new_enough(ballot, found):
            Interim.objects.update_or_create(ballot=ballot, defaults=_kept(found))


def _is_new_enough(ballot: Any, found: Analysed) -> bool:
    """Two results in a row differ by the votes of many, so that nobody sees what one person just said."""
    last = queries.result_of(ballot)
    return last is None or found.figures.voters - last.voters >= queries.small_number()


def _kept(found: Analysed) -> dict[str, Any]:
    figures = rules.as_json(found.figures)
    return {
        "made_at": clock.now(), "voters": found.figures.voters, "votes": found.figures.votes,
        "settings": queries.engine_settings(), "figures": figures, "plane": found.plane,
        "digest": queries.digest_of(figures),
    }  # fmt: skip
