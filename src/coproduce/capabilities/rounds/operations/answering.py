"""First answers, sealed; second answers, beside them."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.core import clock
from coproduce.core.events import post
from coproduce.core.findings import Refused, refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.prepared import PreparedInsert, in_one_go
from coproduce.core.text import BadText, clean

from .. import queries, rules
from ..events import LateAnswerOpened
from ..models import Answer, Invitation, Round, SecondAnswer
from ..queries import sealed
from ..rules import sealing
from ..terms import Channel, Written
from .running import locked, write_opened


@operation
@in_one_go()
def answer_round(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    written: Written,
    channel: str = Channel.ONLINE,
    invitation_id: UUID | None = None,
    read_back: bool = False,
    key: UUID | None = None,
) -> Answer:
    """Seal one's own answer, or as facilitator or supporter that of the invited person; the last one counts.

    After the seal an answer is late: it is kept, marked and open at once.
    """
    invitation = whose(by, project_id, round_id, invitation_id)
    the_round, now = invitation.round, clock.now()
    (last, last_entered_by), for_someone = queries.last_place(invitation), invitation.person_id != by.pk
    written = _cleaned(written)
    kept = settle([
        *rules.a_round_takes_answers(the_round),
        *rules.first_answers_stay(the_round, now, answered=last > 0),
        *rules.own_answers_are_not_replaced_by_others(
            for_someone=for_someone, answered_themselves=last > 0 and last_entered_by is None
        ),
        *rules.an_answer_is_in_order(written),
        *rules.an_answer_fits_the_kind(written, the_round.kind),
        *rules.extra_answers_fit_their_questions(written, the_round.asked),
        *rules.an_answer_names_a_language_of_the_round(written, the_round.languages),
        *rules.what_is_entered_is_read_back(for_someone=for_someone, read_back=read_back),
        *rules.late_answers_are_marked(the_round, now),
    ])  # fmt: skip
    answer = Answer(
        round=the_round, invitation=invitation, revision=last + 1, submitted_at=now,
        channel=Channel(channel), entered_by=by if for_someone else None, read_back=for_someone and read_back,
        is_late=not rules.is_on_time(the_round, now), exposed=queries.words_were_open(the_round),
    )  # fmt: skip
    close(answer, written.as_record())
    keep(answer, by)
    # The commitment only: whatever else is written here could be read before the seal.
    record(
        by=by, verb="rounds.answer_round", thing=answer, project_id=project_id, findings=kept,
        on_behalf_of=invitation.person if for_someone else None,
        after={"round": round_id, "commitment": answer.commitment, "late": answer.is_late},
    )  # fmt: skip
    if the_round.is_all_open:
        _open_late(by, the_round, answer, now)
    return answer


@operation
def give_second_answer(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    me_rating: int | None,
    around_rating: int | None = None,
    words: str = "",
    invitation_id: UUID | None = None,
    key: UUID | None = None,
) -> SecondAnswer:
    """Write down someone's view after the reading, beside the first answer."""
    invitation = whose(by, project_id, round_id, invitation_id)
    the_round = invitation.round
    settle([
        *rules.second_answers_follow_the_reading(the_round.state, the_round.in_turns),
        *rules.a_second_answer_keeps_to_its_scale(me_rating, around_rating),
    ])  # fmt: skip
    if the_round.in_turns:
        raise TypeError("Second answers of a round that was read in turns are sealed: seal_second_answer.")
    last = queries.second_answer_of(invitation)
    second = SecondAnswer(
        round=the_round, invitation=invitation, revision=last.revision + 1 if last else 1, me_rating=me_rating,
        around_rating=around_rating, words=cleaned(words), given_at=clock.now(),
        entered_by=by if invitation.person_id != by.pk else None,
    )  # fmt: skip
    second.save(force_insert=True)
    record(
        by=by, verb="rounds.give_second_answer", thing=second, project_id=project_id,
        on_behalf_of=invitation.person if second.entered_by else None,
        before=_second_facts(last) if last else None, after=_second_facts(second),
    )  # fmt: skip
    return second


def whose(by: Any, project_id: UUID, round_id: UUID, invitation_id: UUID | None) -> Invitation:
    """One's own invitation, or for a facilitator or that person's supporter the one that is named.

    Its round is locked: an answer and the seal take turns on it.
    """
    if invitation_id is None:
        return queries.own_invitation_to_answer(by, project_id, round_id)
    *_door, invitation = queries.for_someone(by, project_id, round_id, invitation_id)
    invitation.round = locked(round_id)
    return invitation


def close(answer: Answer, content: Mapping[str, Any]) -> None:
    """Put the answer into the row as ciphertext and commitment."""
    place = queries.place_of(answer.round, answer.invitation_id, answer.revision, answer.part)
    nonce = secrets.token_bytes(sealing.NONCE_BYTES)
    try:
        answer.ciphertext = sealing.close(
            content, nonce, data_key=sealed.data_key(answer.round), place=place,
            salt=secrets.token_bytes(sealing.SALT_BYTES),
        )  # fmt: skip
    except sealing.TooLong:
        raise Refused(refuse("answer", _("The answer is too long. Make it shorter."))) from None
    answer.commitment = sealing.commitment(place, nonce, content).hex()


def keep(answer: Answer, by: Any) -> None:
    """Write a new revision in the name of whoever enters it."""
    with sealed.in_the_name_of(by.pk):
        _answers.write(answer)


_answers = PreparedInsert(Answer)


def _open_late(by: Any, the_round: Round, answer: Answer, now: datetime) -> None:
    [opened] = write_opened(the_round, [answer], now)
    record(
        by=by, verb="rounds.open_late_answer", thing=opened, project_id=the_round.project_id,
        after={"round": the_round.pk, "answer": answer.pk, "key_opened": True},
    )  # fmt: skip
    post(LateAnswerOpened(the_round.project_id, the_round.pk, opened.pk, by.pk))


def _cleaned(written: Written) -> Written:
    return replace(
        written,
        me=replace(written.me, words=cleaned(written.me.words)),
        around=replace(written.around, words=cleaned(written.around.words)),
        intention=replace(written.intention, words=cleaned(written.intention.words)),
        question=cleaned(written.question),
        barriers=tuple(
            replace(barrier, words=cleaned(barrier.words), early_sign=cleaned(barrier.early_sign))
            for barrier in written.barriers
        ),
        extra=tuple(replace(one, given=tuple(map(cleaned, one.given))) for one in written.extra),
    )


def cleaned(text: str) -> str:
    try:
        return clean(text)
    except BadText as bad:
        raise Refused(refuse("text", bad.args[0])) from None


def _second_facts(second: SecondAnswer) -> dict[str, Any]:
    return {"me_rating": second.me_rating, "around_rating": second.around_rating, "words": second.words}
