"""Drafting, inviting, opening, giving more time, sealing."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.utils.translation import gettext as _

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects import rules as project_rules
from coproduce.capabilities.questions import queries as questions
from coproduce.capabilities.questions.terms import Stage
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, Override, Refused, refuse, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import AnswersOpened, RoundOpened, RoundSealed
from ..models import Answer, Invitation, OpenedAnswer, OpenedBarrier, Round, Support
from ..queries import sealed
from ..rules import sealing
from ..terms import FIRST_WORDING, FIRST_WORDINGS, QUESTIONS, ROUND, Kind, State, numbered

FIELDS = (
    "title", "proposal", "kind", "follows_id", "wording", "questions", "formats", "opens_at", "seals_at", "reads_at",
)  # fmt: skip


@operation
def draft_round(
    *,
    by: Any,
    project_id: UUID,
    title: str,
    opens_at: datetime,
    seals_at: datetime,
    proposal: str = "",
    wording: Mapping[str, str] | None = None,
    formats: Collection[str] = (),
    kind: str = Kind.FOCUS_GROUP,
    follows_id: UUID | None = None,
    questions: Iterable[Mapping[str, Any]] = (),
    reads_at: datetime | None = None,
    key: UUID | None = None,
) -> Round:
    """Prepare a round; nobody but the facilitators sees it before it opens."""
    projects.visit(by, project_id, ROUND, Purpose.RUN)
    projects.take_turns(project_id)
    the_round = Round(
        project_id=project_id, code=queries.next_code(project_id), title=title, proposal=proposal, kind=kind,
        follows_id=follows_id, wording=_wording(wording, kind), questions=_questions(questions),
        formats=list(formats), opens_at=opens_at, seals_at=seals_at, reads_at=reads_at,
    )  # fmt: skip
    the_round.wrapped_key = _new_wrapped_key(the_round)
    settle(_drafting(the_round))
    the_round.save(force_insert=True)
    record(by=by, verb="rounds.draft_round", thing=the_round, project_id=project_id, after=_facts(the_round))
    return the_round


@operation
def edit_round(
    *, by: Any, project_id: UUID, round_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> Round:
    """Change a draft; `changes` holds any of FIELDS."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round = locked(round_id)
    before = _facts(the_round)
    for name, value in changes.items():
        if name not in FIELDS:
            raise TypeError(f"A round has no {name}.")
        setattr(the_round, name, _questions(value) if name == "questions" else value)
    settle([*rules.only_a_draft_is_changed(the_round.state), *_drafting(the_round)])
    the_round.save()
    record(
        by=by, verb="rounds.edit_round", thing=the_round, project_id=project_id, before=before,
        after=_facts(the_round),
    )  # fmt: skip
    return the_round


@operation
def invite(
    *, by: Any, project_id: UUID, round_id: UUID, seat_ids: Collection[UUID], key: UUID | None = None
) -> Round:
    """Invite exactly these seats to answer; once the round is open, invitations are only added."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round = locked(round_id)
    seats = _chosen(project_id, set(seat_ids))
    before = {one.seat_id: one for one in queries.invitations_of(the_round)}
    new = [invitation_for(the_round, seat) for seat in seats if seat.pk not in before]
    gone = [one for seat_id, one in before.items() if seat_id not in set(seat_ids)]
    kept = settle(_inviting(the_round, seats, taken_back=len(gone)))
    Support.objects.filter(invitation__in=gone).delete()
    Invitation.objects.filter(pk__in=[one.pk for one in gone]).delete()
    Invitation.objects.bulk_create(new)
    record(
        by=by, verb="rounds.invite", thing=the_round, project_id=project_id, findings=kept,
        before={"people": _people(before.values())},
        after={"people": _people(one for one in [*before.values(), *new] if one not in gone)},
    )  # fmt: skip
    return the_round


@operation
def open_round(*, by: Any, project_id: UUID, round_id: UUID, key: UUID | None = None) -> Round:
    """Let the invited people answer, from this moment."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round, now = locked(round_id), clock.now()
    kept = settle([*rules.only_a_draft_opens(the_round.state), *what_opening_finds(the_round, now)])
    the_round.state, the_round.opened_at = State.OPEN, now
    the_round.stated_intents = sorted(projects.stated_intents(project_id))
    the_round.save(update_fields=["state", "opened_at", "stated_intents"])
    record(
        by=by, verb="rounds.open_round", thing=the_round, project_id=project_id, before={"state": State.DRAFT},
        after={
            "state": State.OPEN, "opened_at": now, "seals_at": the_round.seals_at,
            "stated_intents": the_round.stated_intents,
        },
        findings=kept,
    )  # fmt: skip
    post(RoundOpened(project_id, round_id))
    return the_round


@operation
def give_more_time(
    *, by: Any, project_id: UUID, round_id: UUID, seals_at: datetime, key: UUID | None = None
) -> Round:
    """Move the sealing time of an open round; the old time stays on the record."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round, now = locked(round_id), clock.now()
    old = the_round.seals_at
    settle([
        *rules.only_an_open_round_is_extended(the_round.state),
        *rules.more_time_is_later(old, seals_at),
        *rules.the_sealing_time_is_ahead(seals_at, now),
    ])  # fmt: skip
    the_round.seals_at = seals_at
    the_round.save(update_fields=["seals_at"])
    record(
        by=by, verb="rounds.give_more_time", thing=the_round, project_id=project_id, before={"seals_at": old},
        after={"seals_at": seals_at},
    )  # fmt: skip
    return the_round


@operation
def seal_round(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    in_turns: bool = False,
    override: Override | None = None,
    key: UUID | None = None,
) -> Round:
    """First answers stay as they are; all open at the same moment for all, or each at its reading turn."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round, now = locked(round_id), clock.now()
    kept = settle(what_sealing_finds(the_round, now, in_turns=in_turns), override)
    answers = sealed.last_revisions(the_round)
    the_round.state, the_round.sealed_at, the_round.sealed_by = State.SEALED, now, by
    the_round.in_turns = in_turns
    the_round.root = sealing.root(bytes.fromhex(answer.commitment) for answer in answers).hex()
    the_round.save(update_fields=["state", "sealed_at", "sealed_by", "root", "in_turns"])
    if not in_turns:
        write_opened(the_round, answers, now)
    record(
        by=by, verb="rounds.seal_round", thing=the_round, project_id=project_id, before={"state": State.OPEN},
        after={
            "state": State.SEALED, "sealed_at": now, "root": the_round.root, "answers": len(answers),
            "in_turns": in_turns, "key_opened": not in_turns,
        },
        findings=kept, override=override.reason if override else "",
    )  # fmt: skip
    post(RoundSealed(project_id, round_id, by.pk))
    if not in_turns:
        post(AnswersOpened(project_id, round_id, by.pk))
    return the_round


def what_opening_finds(the_round: Round, now: datetime) -> list[Finding]:
    """What stands in the way of opening, and what will be kept on its record."""
    invited = list(queries.invitations_of(the_round))
    return [
        *rules.all_levels_are_asked(the_round),
        *rules.every_language_asks_all_levels(the_round),
        *rules.someone_is_invited(invited),
        *rules.the_sealing_time_is_ahead(the_round.seals_at, now),
        *rules.leaders_answer_too(invited, leaders_seated=queries.leaders_seated(the_round.project_id)),
        *questions.findings_at(the_round.project_id, Stage.ROUND),
    ]


def what_sealing_finds(the_round: Round, now: datetime, *, in_turns: bool = False) -> list[Finding]:
    """What stands in the way of sealing at this moment."""
    missing = queries.counts(the_round).missing
    # The room itself seals in turns: it need not be asked whether it holds the round.
    held = not in_turns and queries.is_held_in_a_room(the_round.pk)
    return [
        *rules.only_an_open_round_is_sealed(the_round.state),
        *rules.a_round_in_a_room_is_sealed_there(is_held=held, in_turns=in_turns),
        *rules.a_seal_waits_for_its_time(now=now, seals_at=the_round.seals_at, missing=missing),
    ]


def locked(round_id: UUID) -> Round:
    """The round for as long as the transaction lasts: an answer and the seal take turns on this row."""
    # Not the key: whoever writes a row that points at the round checks it last, with the ledger already locked.
    return Round.objects.select_for_update(no_key=True).get(pk=round_id)


def write_opened(the_round: Round, answers: Iterable[Answer], now: datetime) -> list[OpenedAnswer]:
    """Write the plain rows of these answers; one that does not fit its commitment stops everything."""
    key = sealed.data_key(the_round)
    bodies = sealed.with_bodies(the_round, list(answers))
    opened = [_opened(the_round, answer, key, now) for answer in bodies]
    OpenedAnswer.objects.bulk_create(opened)
    OpenedBarrier.objects.bulk_create(barrier for one in opened for barrier in _barriers(one))
    return opened


def _opened(the_round: Round, answer: Answer, key: bytes, now: datetime) -> OpenedAnswer:
    content, nonce = checked(the_round, answer, key)
    return OpenedAnswer(
        round=the_round, invitation_id=answer.invitation_id, answer=answer, content=content, nonce=nonce.hex(),
        me_rating=content["me"]["rating"], around_rating=content["around"]["rating"], is_late=answer.is_late,
        opened_at=now,
    )  # fmt: skip


def checked(the_round: Round, answer: Answer, key: bytes) -> tuple[dict[str, Any], bytes]:
    """The plain record and nonce of an answer, which must fit its commitment."""
    place = queries.place_of(the_round, answer.invitation_id, answer.revision, answer.part)
    try:
        content, nonce = sealed.reopened(answer, key)
    except InvalidTag:
        raise _broken(answer) from None
    if sealing.commitment(place, nonce, content).hex() != answer.commitment:
        raise _broken(answer)
    return content, nonce


def _broken(answer: Answer) -> Refused:
    words = _("The answer with the receipt %(receipt)s was changed in the database. Ask your administrator.")
    return Refused(refuse("seal", words % {"receipt": answer.receipt}))


def _barriers(one: OpenedAnswer) -> list[OpenedBarrier]:
    return [
        OpenedBarrier(
            round_id=one.round_id, opened=one, place=place, words=barrier.words, level=barrier.level,
            importance=barrier.importance, ease=barrier.ease, built_on=barrier.built_on,
            likelihood=barrier.likelihood, impact=barrier.impact, early_sign=barrier.early_sign,
        )
        for place, barrier in enumerate(one.written.barriers, 1)
    ]  # fmt: skip


def _drafting(the_round: Round) -> list[Finding]:
    return [
        *rules.a_round_has_its_question(the_round.title),
        *rules.a_round_seals_after_it_opens(the_round),
        *rules.a_round_is_of_a_known_kind(the_round.kind),
        *rules.a_re_rating_follows_an_opened_round(
            the_round, follows_is_open=queries.may_be_followed(the_round.project_id, the_round.follows_id)
        ),
        *rules.extra_questions_are_in_order(the_round.asked),
    ]


def _inviting(the_round: Round, seats: Collection[Any], *, taken_back: int) -> list[Finding]:
    project_id = the_round.project_id
    facilitators = {person.pk for person in projects.facilitators_of(project_id)}
    chosen = [invitation_for(the_round, seat) for seat in seats]
    return [
        *project_rules.what_can_change_is_said_before_inviting(projects.foreword_of(project_id)),
        *rules.invitations_only_grow_while_open(the_round.state, taken_back=taken_back),
        *rules.facilitators_stay_neutral(
            facilitators_chosen=sum(one.person_id in facilitators for one in seats)
        ),
        *rules.leaders_answer_too(chosen, leaders_seated=queries.leaders_seated(project_id)),
    ]


def _chosen(project_id: UUID, seat_ids: set[UUID]) -> list[Any]:
    seats = [seat for seat in people.seats_of(project_id) if seat.pk in seat_ids]
    if len(seats) < len(seat_ids):
        raise NotThere
    return seats


def invitation_for(the_round: Round, seat: Any) -> Invitation:
    group = seat.main_group
    return Invitation(
        round=the_round, seat=seat, person_id=seat.person_id, group=group, group_code=group.code,
        group_name=group.name, group_kind=group.kind, invited_at=clock.now(),
    )  # fmt: skip


def _people(invitations: Iterable[Invitation]) -> list[UUID]:
    return sorted(one.person_id for one in invitations)


def _wording(given: Mapping[str, str] | None, kind: str) -> dict[str, str]:
    first = FIRST_WORDINGS.get(kind, FIRST_WORDING)
    return {name: str(given.get(name, "") if given is not None else first[name]) for name in QUESTIONS}


def _questions(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [question.as_record() for question in numbered(given)]


def _new_wrapped_key(the_round: Round) -> bytes:
    return sealing.wrap(
        secrets.token_bytes(sealing.KEY_BYTES), installation_key=settings.COPRODUCE_SEAL_KEY,
        round_id=str(the_round.pk), salt=secrets.token_bytes(sealing.SALT_BYTES),
    )  # fmt: skip


def _facts(the_round: Round) -> dict[str, Any]:
    return {name: getattr(the_round, name) for name in FIELDS}
