"""Every change to a project, its foreword, its roles and its invitations."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from coproduce.capabilities.accounts import queries as accounts
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose, Role
from coproduce.core.findings import Finding, settle
from coproduce.core.operations import operation, record

from . import queries, rules
from .models import Foreword, ForewordChange, Invitation, Option, Project, ProjectRole
from .terms import FOREWORD, ROLES, Jurisdiction, OptionOutcome

INVITATION_LASTS = timedelta(days=14)

FOREWORD_FIELDS = (
    "trigger", "why_now", "if_nothing_changes", "stated_intents", "intent_words", "saving_is_aim", "saving_amount",
    "saving_by", "saving_spent_on", "what_can_change", "what_cannot_change", "who_decides", "decision_meeting",
    "decision_date", "involvement_ends", "decision_taken", "commissioner", "facilitation_paid_by", "people_band",
    "money_band", "is_statutory", "legal_risk",
)  # fmt: skip
PROJECT_FIELDS = ("title", "summary", "service_area", "jurisdiction")


@operation
def start_project(
    *,
    by: Any,
    title: str,
    summary: str,
    service_area: str = "",
    jurisdiction: str = Jurisdiction.ENGLAND,
    role: Role = Role.FACILITATOR,
    imported_from: str | None = None,
    key: UUID | None = None,
) -> Project:
    """Start a project with an empty foreword; whoever starts it leads it."""
    if not queries.may_start_project(by):
        raise NotThere
    settle(rules.the_summary_is_short(summary))
    project = Project(
        title=title, summary=summary, service_area=service_area, jurisdiction=jurisdiction,
        imported_from=imported_from, started_at=clock.now(),
    )  # fmt: skip
    project.save(force_insert=True)
    Foreword.objects.create(project=project)
    record(
        by=by, verb="projects.start_project", thing=project, project_id=project.pk,
        after={"title": title, "summary": summary, "jurisdiction": jurisdiction},
    )  # fmt: skip
    _give(by, project.pk, by, role)
    return project


@operation
def write_foreword(
    *, by: Any, project_id: UUID, changes: Mapping[str, Any], why_changed: str = "", key: UUID | None = None
) -> Foreword:
    """Change the foreword; `changes` holds any of FOREWORD_FIELDS and PROJECT_FIELDS.

    Once it is shared it says why, and what it said before stays readable.
    """
    queries.visit(by, project_id, FOREWORD, Purpose.RUN)
    foreword = _locked_foreword(project_id)
    unknown = set(changes) - {*FOREWORD_FIELDS, *PROJECT_FIELDS}
    if unknown:
        raise TypeError(f"A foreword has no {', '.join(sorted(unknown))}.")
    before = {name: getattr(_holder(foreword, name), name) for name in changes}
    for name, value in changes.items():
        setattr(_holder(foreword, name), name, value)
    foreword.tier = rules.tier_of(
        people=foreword.people_band, money=foreword.money_band, statutory=foreword.is_statutory,
        legal_risk=foreword.legal_risk,
    )  # fmt: skip
    turned = {name: value for name, value in changes.items() if value != before[name]}
    shared = foreword.shared_at is not None
    kept = settle([
        *(rules.the_summary_is_short(foreword.project.summary) if "summary" in turned else ()),
        *rules.a_saving_has_its_amount_and_use(foreword),
        *rules.the_decision_follows_involvement(foreword),
        *rules.a_shared_foreword_says_why(why_changed, shared=shared, changed=bool(turned)),
    ])  # fmt: skip
    foreword.save()
    record(
        by=by, verb="projects.write_foreword", thing=foreword, project_id=project_id,
        before=_of_foreword(before), after=_of_foreword(changes), findings=kept,
    )  # fmt: skip
    _describe(by, foreword.project, before, turned)
    if shared and turned:
        _keep_change(by, project_id, why_changed, {name: before[name] for name in turned}, turned)
    return foreword


@operation
def share_foreword(*, by: Any, project_id: UUID, key: UUID | None = None) -> Foreword:
    """Show the foreword to everyone in the project, from this day on."""
    queries.visit(by, project_id, FOREWORD, Purpose.RUN)
    foreword = _locked_foreword(project_id)
    kept = settle(what_sharing_finds(foreword))
    before, foreword.shared_at = foreword.shared_at, foreword.shared_at or clock.now()
    foreword.save(update_fields=["shared_at"])
    record(
        by=by, verb="projects.share_foreword", thing=foreword, project_id=project_id,
        before={"shared_at": before}, after={"shared_at": foreword.shared_at}, findings=kept,
    )  # fmt: skip
    return foreword


def what_sharing_finds(foreword: Foreword) -> list[Finding]:
    """What stands in the way of sharing the foreword, and what will be kept on its record."""
    return [
        *rules.a_saving_has_its_amount_and_use(foreword),
        *rules.dropped_options_are_listed(queries.options_of(foreword.pk)),
        *rules.what_can_change_is_said_before_inviting(foreword),
        *rules.the_decision_follows_involvement(foreword),
        *rules.a_decision_already_taken_is_shown(foreword),
        *rules.the_public_can_read_it([foreword.project.summary]),
        *queries.foreword_gate(foreword.pk),
    ]


@operation
def write_option(
    *,
    by: Any,
    project_id: UUID,
    title: str,
    option_id: UUID | None = None,
    is_do_nothing: bool = False,
    outcome: str = OptionOutcome.UNDECIDED,
    why: str = "",
    decided_by: str = "",
    decided_on: date | None = None,
    why_changed: str = "",
    key: UUID | None = None,
) -> Option:
    """Add an option that was looked at, or change one; once the foreword is shared, say why."""
    queries.visit(by, project_id, FOREWORD, Purpose.RUN)
    shared = queries.foreword_is_shared(project_id)
    option = queries.option_of(project_id, option_id) if option_id else Option(project_id=project_id)
    before = _option_facts(option) if option_id else None
    option.title, option.is_do_nothing, option.outcome, option.why = title, is_do_nothing, outcome, why
    option.decided_by, option.decided_on = decided_by, decided_on
    turned = {
        name: value for name, value in _option_facts(option).items() if value != (before or {}).get(name)
    }
    settle(rules.a_shared_foreword_says_why(why_changed, shared=shared, changed=bool(turned)))
    option.save()
    record(
        by=by, verb="projects.write_option", thing=option, project_id=project_id,
        before=before, after=_option_facts(option),
    )  # fmt: skip
    if shared and turned:
        was = {name: before[name] for name in turned} if before else {}
        _keep_change(by, project_id, why_changed, was, turned, option)
    return option


@operation
def give_role(*, by: Any, project_id: UUID, person: Any, role: Role, key: UUID | None = None) -> ProjectRole:
    """Give someone a role in the project; having it already changes nothing but the ledger."""
    queries.visit(by, project_id, ROLES, Purpose.ADMINISTER)
    return _give(by, project_id, person, role)


def admit(*, by: Any, project_id: UUID, person: Any) -> ProjectRole:
    """Make someone a participant, for a capability that keeps a door of its own, such as a join code."""
    return _give(by, project_id, person, Role.PARTICIPANT)


@operation
def take_role(*, by: Any, project_id: UUID, person: Any, role: Role, key: UUID | None = None) -> Project:
    """Take a role away; it stops at the next request."""
    visit = queries.visit(by, project_id, ROLES, Purpose.ADMINISTER)
    held = ProjectRole.objects.filter(project_id=project_id)
    mine = held.filter(person=person, role=role)
    if not mine.exists():
        raise NotThere
    settle(rules.someone_keeps_the_roles(Role(row.role) for row in held.exclude(pk__in=mine)))
    mine.delete()
    record(
        by=by, verb="projects.take_role", thing=visit.project, project_id=project_id,
        before={"person": person.pk, "role": role}, after=None,
    )  # fmt: skip
    return visit.project


def new_token() -> str:
    """The secret of a personal link; only its hash is kept."""
    return secrets.token_urlsafe(24)


@operation
def invite(*, by: Any, project_id: UUID, person: Any, token: str, key: UUID | None = None) -> Invitation:
    """Make a personal link for someone in the project; the links they had before stop working."""
    queries.visit(by, project_id, ROLES, Purpose.ADMINISTER)
    settle(rules.what_can_change_is_said_before_inviting(queries.foreword_of(project_id)))
    if not ProjectRole.objects.filter(project_id=project_id, person=person).exists():
        raise NotThere
    now = clock.now()
    Invitation.objects.filter(project_id=project_id, person=person, used_at__isnull=True).update(
        expires_at=now
    )
    invitation = Invitation(
        project_id=project_id, person=person, token_hash=queries.token_hash(token),
        made_at=now, expires_at=now + INVITATION_LASTS,
    )  # fmt: skip
    invitation.save(force_insert=True)
    record(
        by=by, verb="projects.invite", thing=invitation, project_id=project_id,
        after={"person": person.pk, "expires_at": invitation.expires_at},
    )  # fmt: skip
    return invitation


@operation
def use_invitation(*, by: Any, token: str, key: UUID | None = None) -> Invitation:
    """Use up a personal link: `by` is the person whose link it is."""
    invitation = queries.invitation_for(token, clock.now())
    if invitation.person_id != by.pk or not link_signs_in(invitation.person):
        raise NotThere
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=clock.now())
    if not used:
        raise NotThere
    record(
        by=by, verb="projects.use_invitation", thing=invitation, project_id=invitation.project_id,
        after={"person": by.pk},
    )  # fmt: skip
    return invitation


def link_signs_in(person: Any) -> bool:
    """Someone with an e-mail address signs in with it; a link made by others must not take its place."""
    return person.is_active and not person.email and not person.is_installation_administrator


def _give(by: Any, project_id: UUID, person: Any, role: Role) -> ProjectRole:
    held, _made = ProjectRole.objects.get_or_create(
        project_id=project_id,
        person=accounts.person(person.pk),
        role=role,
        defaults={"given_at": clock.now()},
    )
    record(
        by=by, verb="projects.give_role", thing=held, project_id=project_id,
        after={"person": person.pk, "role": role},
    )  # fmt: skip
    return held


def _locked_foreword(project_id: UUID) -> Foreword:
    return Foreword.objects.select_for_update(no_key=True).get(pk=project_id)


def _holder(foreword: Foreword, name: str) -> Any:
    return foreword.project if name in PROJECT_FIELDS else foreword


def _of_foreword(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in PROJECT_FIELDS}


def _describe(by: Any, project: Project, before: Mapping[str, Any], turned: Mapping[str, Any]) -> None:
    """Name and summary stand with the project, so it has an entry of its own."""
    own = {name: value for name, value in turned.items() if name in PROJECT_FIELDS}
    if own:
        project.save(update_fields=list(own))
        record(
            by=by, verb="projects.describe", thing=project, project_id=project.pk,
            before={name: before[name] for name in own}, after=own,
        )  # fmt: skip


def _keep_change(
    by: Any,
    project_id: UUID,
    why: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    option: Option | None = None,
) -> None:
    was, now = ({name: _plain(value) for name, value in facts.items()} for facts in (before, after))
    change = ForewordChange(
        project_id=project_id,
        option=option,
        by=accounts.person(by.pk),
        at=clock.now(),
        why=why,
        before=was,
        after=now,
    )
    change.save(force_insert=True)
    record(
        by=by, verb="projects.say_why", thing=change, project_id=project_id,
        after={"why": why, "before": was, "after": now},
    )  # fmt: skip


def _plain(value: Any) -> Any:
    """In JSON's own types."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return list(value) if isinstance(value, list | tuple) else value


def _option_facts(option: Option) -> dict[str, Any]:
    names = ("title", "is_do_nothing", "outcome", "why", "decided_by", "decided_on")
    return {name: getattr(option, name) for name in names}
