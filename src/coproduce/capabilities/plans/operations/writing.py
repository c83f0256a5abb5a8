"""Writing the plan: a new action, its words, and what it carries on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import ActionAdded
from ..models import Action, ActionNote, Link, StandingCommitment
from ..terms import LinkTo, as_date, settled_date

WORDS = ("what", "specific", "measure", "baseline", "target", "achievable", "achievable_note", "result", "cost",
         "review_date")  # fmt: skip


@operation
def add_action(
    *,
    by: Any,
    project_id: UUID,
    what: str,
    owner: Any,
    start: date | str | None,
    end: date | str | None,
    specific: str = "",
    measure: str = "",
    baseline: str = "",
    target: str = "",
    achievable: bool | None = None,
    achievable_note: str = "",
    result: str = "",
    co_owners: Sequence[Any] = (),
    cost: Decimal | None = None,
    depends_on: Sequence[Action] = (),
    links: Sequence[LinkTo] = (),
    review_date: date | None = None,
    number: int | None = None,
    key: UUID | None = None,
) -> Action:
    """Add an action. Dates may come as text, so that “ongoing” is refused by its rule and not by a type."""
    queries.visit_plan(by, project_id, Purpose.RUN)
    today = clock.today()
    kept = settle(
        [
            *rules.it_says_what(what),
            *rules.one_person_owns_it(name_of(owner), is_group=is_group(owner)),
            *rules.a_start_is_given(start),
            *rules.the_end_is_a_real_date(end, start=as_date(start), today=today),
        ]
    )
    members_only(project_id, [owner, *co_owners])
    projects.take_turns(project_id)
    action = Action(
        project_id=project_id, number=number or queries.next_action_number(project_id), what=what,
        specific=specific, measure=measure, baseline=baseline, target=target, achievable=achievable,
        achievable_note=achievable_note, result=result, start=settled_date(start), end=settled_date(end), owner=owner,
        cost=cost, review_date=review_date, added_by=by, added_at=clock.now(),
    )  # fmt: skip
    action.save(force_insert=True)
    _set_around(action, co_owners, depends_on, links)
    record(
        by=by,
        verb="plans.add_action",
        thing=action,
        project_id=project_id,
        findings=kept,
        after=_facts(action),
    )
    post(ActionAdded(project_id, action.pk))
    return action


@operation
def change_action(
    *,
    by: Any,
    project_id: UUID,
    action_id: UUID,
    changes: Mapping[str, Any],
    co_owners: Sequence[Any] | None = None,
    depends_on: Sequence[Action] | None = None,
    links: Sequence[LinkTo] | None = None,
    key: UUID | None = None,
) -> Action:
    """Change the words; `changes` holds any of WORDS. Dates move by `move_date`, owners by `hand_over`."""
    _visit, action = queries.action_for(by, project_id, action_id, Purpose.RUN)
    unknown = set(changes) - set(WORDS)
    if unknown:
        raise TypeError(f"This operation does not change {', '.join(sorted(unknown))}.")
    before = _facts(action)
    for name, value in changes.items():
        setattr(action, name, value)
    kept = settle(rules.it_says_what(action.what))
    members_only(project_id, co_owners or ())
    if changes:
        action.save(update_fields=list(changes))
    _set_around(action, co_owners, depends_on, links)
    record(
        by=by, verb="plans.change_action", thing=action, project_id=project_id, findings=kept,
        before=before, after=_facts(queries.action_in(project_id, action_id)),
    )  # fmt: skip
    return action


@operation
def note_action(
    *, by: Any, project_id: UUID, action_id: UUID, words: str, key: UUID | None = None
) -> ActionNote:
    """Add to the note log."""
    _visit, action = queries.action_to_work_on(by, project_id, action_id)
    settle(rules.a_note_has_words(words))
    note = ActionNote(action=action, words=words, by=by, at=clock.now())
    note.save(force_insert=True)
    record(
        by=by, verb="plans.note_action", thing=note, project_id=project_id,
        after={"action": action.ref, "words": words},
    )  # fmt: skip
    return note


def name_of(owner: Any) -> str | None:
    """The words by which an owner is known: imports may give text, or nothing."""
    return owner if isinstance(owner, str) or owner is None else getattr(owner, "name", None)


def is_group(owner: Any) -> bool:
    label = getattr(getattr(owner, "_meta", None), "label_lower", "")
    return label == "people.group"


def members_only(project_id: UUID, people: Iterable[Any]) -> None:
    """Only people of the project own anything in it."""
    known = queries.members_by_id(project_id)
    if any(getattr(person, "pk", None) not in known for person in people):
        raise NotThere


def link(
    links: Iterable[LinkTo], *, action: Action | None = None, commitment: StandingCommitment | None = None
) -> None:
    Link.objects.bulk_create(
        Link(action=action, commitment=commitment, linked_kind=to.kind, linked_id=to.id, linked_ref=to.ref)
        for to in dict.fromkeys(links)
    )


def _set_around(
    action: Action,
    co_owners: Sequence[Any] | None,
    depends_on: Sequence[Action] | None,
    links: Sequence[LinkTo] | None,
) -> None:
    if co_owners is not None:
        action.co_owners.set([person for person in co_owners if person.pk != action.owner_id])
    if depends_on is not None:
        here = {other.pk for other in queries.actions_of(action.project_id)}
        action.depends_on.set([other for other in depends_on if other.pk in here - {action.pk}])
    if links is not None:
        queries.links_of(action).delete()
        link(links, action=action)


def _facts(action: Action) -> dict[str, Any]:
    names = (*WORDS, "start", "end", "owner_id", "status")
    return {name: getattr(action, name) for name in names} | {
        "ref": action.ref,
        "co_owners": sorted(str(person.pk) for person in action.co_owners.all()),
        "depends_on": sorted(other.ref for other in action.depends_on.all()),
        "links": [row.linked_ref for row in queries.links_of(action)],
    }
