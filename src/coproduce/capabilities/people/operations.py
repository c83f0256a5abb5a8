"""Every change to groups, seats, consents and access needs."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.accounts import queries as accounts_queries
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.projects import queries as projects_queries
from coproduce.core import clock
from coproduce.core.access import Purpose, Role
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from . import queries, rules
from .events import QuoteConsentWithdrawn, SeatAdded
from .models import AccessNeed, Group, Seat
from .terms import GROUP, SEAT, Acknowledgement, Capacity, ContactRoute

GROUP_FIELDS = ("name", "kind", "why", "how_affected", "influence", "places_wanted", "missing", "route")
# What whoever runs the project keeps, and what each person decides for themselves.
SEAT_FIELDS = ("about", "capacity", "organisation", "contact_route")
CHOICES = ("about", "organisation", "acknowledgement", "wants_outcomes", "wants_review", "supporter")


@operation
def add_group(
    *,
    by: Any,
    project_id: UUID,
    name: str,
    kind: str,
    why: str = "",
    how_affected: int | None = None,
    influence: int | None = None,
    places_wanted: int = 0,
    missing: str = "",
    route: str = "",
    code: str = "",
    key: UUID | None = None,
) -> Group:
    """Add a stakeholder group; without a code it gets the next one, such as G3."""
    projects_queries.visit(by, project_id, GROUP, Purpose.RUN)
    group = Group(
        project_id=project_id, code=code or _next_code(Group, "G%d", project_id), name=name, kind=kind,
        why=why, how_affected=how_affected, influence=influence, places_wanted=places_wanted,
        missing=missing, route=route,
    )  # fmt: skip
    group.save(force_insert=True)
    record(
        by=by, verb="people.add_group", thing=group, project_id=project_id, after=_facts(group, GROUP_FIELDS)
    )
    return group


@operation
def change_group(
    *, by: Any, project_id: UUID, group_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> Group:
    """Change a group; `changes` holds any of GROUP_FIELDS."""
    _visit, group = queries.group_for(by, project_id, group_id, Purpose.RUN)
    before = _change(group, changes, GROUP_FIELDS)
    group.save()
    record(
        by=by, verb="people.change_group", thing=group, project_id=project_id,
        before=before, after=_facts(group, changes),
    )  # fmt: skip
    return group


@operation
def add_seat(
    *,
    by: Any,
    project_id: UUID,
    main_group_id: UUID,
    other_group_ids: Collection[UUID] = (),
    person: Any = None,
    name: str = "",
    email: str | None = None,
    about: str = "",
    capacity: str = Capacity.PERSONAL,
    organisation: str = "",
    contact_route: str = ContactRoute.EMAIL,
    supporter: str = "",
    acknowledgement: str = Acknowledgement.ANONYMOUS,
    wants_outcomes: bool = False,
    wants_review: bool = False,
    quotes_agreed: bool = False,
    code: str = "",
    key: UUID | None = None,
) -> Seat:
    """Seat `person`, or who has this e-mail address, or someone new; they get the role of a participant."""
    projects_queries.visit(by, project_id, SEAT, Purpose.RUN)
    groups = _groups(project_id, [main_group_id, *other_group_ids])
    person = person or _found_or_added(by, name, email)
    seat = Seat(
        project_id=project_id, person=person, code=code or _next_code(Seat, "P%02d", project_id),
        main_group=groups[main_group_id], about=about, capacity=capacity, organisation=organisation,
        contact_route=contact_route, supporter=supporter, acknowledgement=acknowledgement,
        wants_outcomes=wants_outcomes, wants_review=wants_review,
        quotes_agreed_on=clock.today() if quotes_agreed else None, added_at=clock.now(),
    )  # fmt: skip
    taken = queries.seat_of(person, project_id) is not None
    settle([*rules.one_seat_each(taken=taken), *rules.credit_needs_its_organisation(seat)])
    seat.save(force_insert=True)
    seat.other_groups.set(_others(groups, main_group_id))
    record(by=by, verb="people.add_seat", thing=seat, project_id=project_id, after=_seat_facts(seat))
    projects.give_role(by=by, project_id=project_id, person=person, role=Role.PARTICIPANT)
    post(SeatAdded(project_id, seat.pk, person.pk))
    return seat


@operation
def seat_by_code(*, by: Any, project_id: UUID, main_group_id: UUID, key: UUID | None = None) -> Seat:
    """Seat someone who came in by a join code; whoever calls this has seen the code."""
    projects_queries.take_turns(project_id)
    group = queries.group_in(project_id, main_group_id)
    settle(rules.one_seat_each(taken=queries.seat_of(by, project_id) is not None))
    seat = Seat(
        project_id=project_id, person=by, code=_next_code(Seat, "P%02d", project_id), main_group=group,
        added_at=clock.now(),
    )  # fmt: skip
    seat.save(force_insert=True)
    record(by=by, verb="people.seat_by_code", thing=seat, project_id=project_id, after=_seat_facts(seat))
    projects.admit(by=by, project_id=project_id, person=by)
    post(SeatAdded(project_id, seat.pk, by.pk))
    return seat


@operation
def unseat(*, by: Any, project_id: UUID, seat_id: UUID, why: str, key: UUID | None = None) -> Group:
    """Take back a seat that should not be: a double, or somebody who strayed in. The ledger keeps that it was."""
    projects_queries.visit(by, project_id, SEAT, Purpose.RUN)
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    group, before = seat.main_group, _seat_facts(seat)
    record(
        by=by, verb="people.unseat", thing=seat, project_id=project_id, before=before, after={"why": why},
    )  # fmt: skip
    seat.other_groups.clear()
    seat.delete()
    projects.take_role(by=by, project_id=project_id, person=seat.person, role=Role.PARTICIPANT)
    return group


@operation
def change_seat(
    *,
    by: Any,
    project_id: UUID,
    seat_id: UUID,
    main_group_id: UUID,
    other_group_ids: Collection[UUID],
    changes: Mapping[str, Any],
    key: UUID | None = None,
) -> Seat:
    """Change what whoever runs the project keeps about a seat; `changes` holds any of SEAT_FIELDS."""
    projects_queries.visit(by, project_id, SEAT, Purpose.RUN)
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    groups = _groups(project_id, [main_group_id, *other_group_ids])
    before = _seat_facts(seat)
    _change(seat, changes, SEAT_FIELDS)
    settle(rules.credit_needs_its_organisation(seat))
    seat.main_group = groups[main_group_id]
    seat.save()
    seat.other_groups.set(_others(groups, main_group_id))
    record(
        by=by,
        verb="people.change_seat",
        thing=seat,
        project_id=project_id,
        before=before,
        after=_seat_facts(seat),
    )
    return seat


@operation
def choose(
    *, by: Any, project_id: UUID, seat_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> Seat:
    """Say how one is credited and what one wants to hear; `changes` holds any of CHOICES."""
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    before = _change(seat, changes, CHOICES)
    settle(rules.credit_needs_its_organisation(seat))
    seat.save()
    record(
        by=by, verb="people.choose", thing=seat, project_id=project_id, on_behalf_of=_not_self(by, seat),
        before=_without_names(before), after=_without_names(_facts(seat, changes)),
    )  # fmt: skip
    return seat


@operation
def agree_to_quotes(*, by: Any, project_id: UUID, seat_id: UUID, key: UUID | None = None) -> Seat:
    """From today the person's words may be shown in public."""
    return _set_quotes(
        by, project_id, seat_id, "people.agree_to_quotes", agreed=clock.today(), withdrawn=None
    )


@operation
def withdraw_quotes(*, by: Any, project_id: UUID, seat_id: UUID, key: UUID | None = None) -> Seat:
    """R20: from this moment the person's words are on no public page."""
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    post(QuoteConsentWithdrawn(project_id, seat.pk, seat.person_id))
    return _set_quotes(
        by,
        project_id,
        seat_id,
        "people.withdraw_quotes",
        agreed=seat.quotes_agreed_on,
        withdrawn=clock.today(),
    )


@operation
def add_need(
    *,
    by: Any,
    project_id: UUID,
    seat_id: UUID,
    kind: str,
    need: str,
    share_with_venue: bool = False,
    key: UUID | None = None,
) -> AccessNeed:
    """Record what someone needs in order to take part: the need, not the reason."""
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    added = AccessNeed(
        seat=seat, kind=kind, need=need, share_with_venue=share_with_venue, recorded_on=clock.today()
    )
    added.save(force_insert=True)
    _record_need(by, seat, added, "people.add_need", after={"share_with_venue": share_with_venue})
    return added


@operation
def share_need(
    *,
    by: Any,
    project_id: UUID,
    seat_id: UUID,
    need_id: UUID,
    share_with_venue: bool,
    key: UUID | None = None,
) -> AccessNeed:
    """Agree that a venue hears of the need, or take that back; it counts as asked afresh today."""
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    need = queries.need_in(seat, need_id)
    before = need.share_with_venue
    need.share_with_venue, need.recorded_on = share_with_venue, clock.today()
    need.save(update_fields=["share_with_venue", "recorded_on"])
    _record_need(
        by, seat, need, "people.share_need",
        before={"share_with_venue": before}, after={"share_with_venue": share_with_venue},
    )  # fmt: skip
    return need


@operation
def remove_need(*, by: Any, project_id: UUID, seat_id: UUID, need_id: UUID, key: UUID | None = None) -> Seat:
    """Take a need away for good; that there was one stays on the record, what it was does not."""
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    queries.need_in(seat, need_id).delete()
    record(
        by=by, verb="people.remove_need", thing=seat, project_id=project_id, on_behalf_of=_not_self(by, seat),
        before={"need": need_id},
    )  # fmt: skip
    return seat


def _set_quotes(by: Any, project_id: UUID, seat_id: UUID, verb: str, *, agreed: Any, withdrawn: Any) -> Seat:
    _visit, seat = queries.seat_to_change(by, project_id, seat_id)
    names = ("quotes_agreed_on", "quotes_withdrawn_on")
    before = _facts(seat, names)
    seat.quotes_agreed_on, seat.quotes_withdrawn_on = agreed, withdrawn
    seat.save(update_fields=names)
    record(
        by=by, verb=verb, thing=seat, project_id=project_id, on_behalf_of=_not_self(by, seat),
        before=before, after=_facts(seat, names),
    )  # fmt: skip
    return seat


def _record_need(by: Any, seat: Seat, need: AccessNeed, verb: str, **what: Any) -> None:
    # The words of a need stay out of the ledger, which more people read than may see them (R15).
    record(by=by, verb=verb, thing=need, project_id=seat.project_id, on_behalf_of=_not_self(by, seat), **what)


def _found_or_added(by: Any, name: str, email: str | None) -> Any:
    known = accounts_queries.person_by_email(email.strip()) if email and email.strip() else None
    return known or accounts.add_person(by=by, name=name, email=email)


def _groups(project_id: UUID, ids: Collection[UUID]) -> dict[UUID, Group]:
    groups = {group.pk: group for group in queries.groups_of(project_id)}
    return {id: groups[id] if id in groups else queries.group_in(project_id, id) for id in ids}


def _others(groups: Mapping[UUID, Group], main_group_id: UUID) -> list[Group]:
    return [group for id, group in groups.items() if id != main_group_id]


def _next_code(table: type[Group] | type[Seat], pattern: str, project_id: UUID) -> str:
    projects_queries.take_turns(project_id)
    codes = table._default_manager.filter(project_id=project_id).values_list("code", flat=True)
    return pattern % (max((int(code[1:]) for code in codes if code[1:].isdecimal()), default=0) + 1)


def _change(row: Group | Seat, changes: Mapping[str, Any], allowed: Collection[str]) -> dict[str, Any]:
    """Set the new values and give back the old ones."""
    unknown = set(changes) - set(allowed)
    if unknown:
        raise TypeError(f"This operation does not change {', '.join(sorted(unknown))}.")
    before = _facts(row, changes)
    for name, value in changes.items():
        setattr(row, name, value)
    return before


def _facts(row: Group | Seat, names: Collection[str]) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in names}
    return {"code": row.code, **facts}


def _seat_facts(seat: Seat) -> dict[str, Any]:
    others = sorted(group.code for group in seat.other_groups.all())
    facts = _facts(seat, ("capacity", "organisation", "contact_route", "acknowledgement", "quotes_agreed_on"))
    return facts | {"person": seat.person_id, "main_group": seat.main_group.code, "other_groups": others}


def _without_names(facts: dict[str, Any]) -> dict[str, Any]:
    """The supporter is a person who agreed to nothing here: only whether there is one."""
    return facts | {"supporter": bool(facts["supporter"])} if "supporter" in facts else facts


def _not_self(by: Any, seat: Seat) -> Any:
    return None if seat.person_id == by.pk else seat.person
