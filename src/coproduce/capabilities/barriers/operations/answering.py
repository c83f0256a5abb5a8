"""What is done about a barrier, and what those who raised it say of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import BarrierCheckedBack, BarrierResponded
from ..models import Asking, Barrier, Said

ANSWERED_WITH = ("response", "response_words", "lets_people", "who_acts", "owner_id", "due")


@operation
def respond(
    *,
    by: Any,
    project_id: UUID,
    barrier_id: UUID,
    response: str,
    response_words: str = "",
    lets_people: str = "",
    who_acts: str = "",
    owner: Any = None,
    due: date | None = None,
    key: UUID | None = None,
) -> Barrier:
    """Say what will be done, what it lets people do, who sees to it and by when. “None yet” may have both, too."""
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.DECIDE)
    owner_id = queries.member(project_id, owner.pk).pk if owner else None
    kept = settle(
        [
            *rules.a_response_is_known(response),
            *rules.a_response_is_explained(response, response_words),
            *rules.a_response_enables_people(
                response, who_acts=who_acts, lets_people=lets_people, owner=owner_id,
                raisers=queries.raisers_of(barrier),
            ),
        ]
    )  # fmt: skip
    before = _answer(barrier)
    barrier.response, barrier.response_words, barrier.lets_people = response, response_words, lets_people
    barrier.who_acts, barrier.owner_id, barrier.due = who_acts, owner_id, due
    barrier.save(update_fields=list(ANSWERED_WITH))
    record(
        by=by, verb="barriers.respond", thing=barrier, project_id=project_id,
        before=before, after=_answer(barrier), findings=kept,
    )  # fmt: skip
    post(BarrierResponded(project_id, barrier.pk, response))
    return barrier


@operation
def check_back(
    *,
    by: Any,
    project_id: UUID,
    barrier_id: UUID,
    said: str,
    words: str = "",
    on_behalf_of: Any = None,
    on: date | None = None,
    key: UUID | None = None,
) -> Said:
    """The raiser, or their group, says whether it is gone, smaller, the same or worse."""
    _visit, barrier, raisers = queries.barrier_to_check_back(by, project_id, barrier_id)
    person = by
    if on_behalf_of is not None and on_behalf_of.pk != by.pk:
        queries.visit_register(by, project_id, Purpose.RUN)
        person = queries.member(project_id, on_behalf_of.pk)
    groups = queries.group_ids_of(person, project_id)
    kept = settle(
        [
            *rules.a_check_back_is_known(said),
            *rules.only_raisers_say_gone(said, person=person.pk, groups=groups, raisers=raisers),
        ]
    )
    row = Said(
        barrier=barrier, said=said, words=words, person=person, entered_by=by,
        on=on or clock.today(), at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    barrier.checked_back, barrier.checked_back_on, barrier.gone_proposed_on = said, row.on, None
    barrier.save(update_fields=["checked_back", "checked_back_on", "gone_proposed_on"])
    record(
        by=by, verb="barriers.check_back", thing=row, project_id=project_id, findings=kept,
        on_behalf_of=person if person.pk != by.pk else None,
        after={"barrier": barrier.ref, "said": said, "words": words, "on": row.on},
    )  # fmt: skip
    post(BarrierCheckedBack(project_id, barrier.pk, said))
    return row


@dataclass(frozen=True)
class Answer:
    """What somebody says has become of a barrier."""

    said: str
    words: str = ""


def check_back_all(
    *,
    by: Any,
    project_id: UUID,
    answers: Mapping[UUID, Answer],
    on_behalf_of: Any = None,
    key: UUID | None = None,
) -> None:
    """Check back on several barriers, by their ids; all of them or none."""
    with transaction.atomic():
        for barrier_id, answer in answers.items():
            check_back(
                by=by, project_id=project_id, barrier_id=barrier_id, said=answer.said, words=answer.words,
                on_behalf_of=on_behalf_of, key=uuid5(key, str(barrier_id)) if key else None,
            )  # fmt: skip


@operation
def ask_raiser(*, by: Any, project_id: UUID, person_id: UUID, key: UUID | None = None) -> Asking:
    """Write down that somebody was asked today what has become of their barriers."""
    queries.visit_register(by, project_id, Purpose.RUN)
    return _ask(by, project_id, queries.member(project_id, person_id))


@operation
def ask_at_review(*, by: Any, project_id: UUID, person_id: UUID, key: UUID | None = None) -> Asking:
    """R99: the annual review asked somebody; those who lead write it down, or the task worker that wrote to them."""
    queries.visit_to_ask(by, project_id)
    return _ask(by, project_id, queries.raiser(project_id, person_id))


def _ask(by: Any, project_id: UUID, person: Any) -> Asking:
    settle(rules.somebody_has_barriers(queries.barriers_of(project_id).filter(raised_by=person).count()))
    asking = Asking(project_id=project_id, person=person, on=clock.today(), by=by, at=clock.now())
    asking.save(force_insert=True)
    record(
        by=by, verb="barriers.ask_raiser", thing=asking, project_id=project_id,
        after={"person": person.pk, "on": asking.on},
    )  # fmt: skip
    return asking


@operation
def propose_gone(*, by: Any, project_id: UUID, barrier_id: UUID, key: UUID | None = None) -> Barrier:
    """R35: the project may propose that a barrier has gone; the raiser says whether it has."""
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.DECIDE)
    before, barrier.gone_proposed_on = barrier.gone_proposed_on, clock.today()
    barrier.save(update_fields=["gone_proposed_on"])
    record(
        by=by, verb="barriers.propose_gone", thing=barrier, project_id=project_id,
        before={"gone_proposed_on": before}, after={"gone_proposed_on": barrier.gone_proposed_on},
    )  # fmt: skip
    return barrier


def _answer(barrier: Barrier) -> dict[str, Any]:
    return {name: getattr(barrier, name) for name in ANSWERED_WITH}
