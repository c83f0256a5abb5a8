"""January to October 2025: the charter is signed, people say how it was kept, one promise is missed and answered."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from coproduce.capabilities.charter import operations as charters
from coproduce.capabilities.charter.terms import VIEW_ANSWERS, Commitment, view_question_id
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.terms import Channel, Extra, Written

from ...serving import DEMO_DAY
from ..story import promises
from .calendar import Happening, at, moment
from .cast import Cast

_FACTS = ("title", "scope", "citizens_do", "staff_do", "incentives", "conflict", "response_time")


def signing(cast: Cast) -> Iterator[Happening]:
    """Signed in January by six, and made public by the manager."""
    told = cast.story.charter
    yield Happening(moment(told.first_signed, 11), partial(_write, cast, told))
    publish = partial(charters.publish_charter, by=cast.manager, project_id=cast.project_id)
    yield Happening(moment(told.first_signed, 12), publish)


def affirm(cast: Cast) -> Iterator[Happening]:
    """Looked at again with the sign-off, and affirmed for another year."""
    told = cast.story.charter
    yield Happening(moment(told.affirmed, 20), partial(_affirm, cast, told.review))
    publish = partial(charters.publish_charter, by=cast.manager, project_id=cast.project_id)
    yield Happening(moment(told.affirmed, 21), publish)


def view(cast: Cast) -> Iterator[Happening]:
    """Twenty of the table rate the eight commitments unseen, each by their own way of answering."""
    told = cast.story.charter.view
    yield Happening(moment(told.drafted, 10), partial(_draft, cast, told))
    yield Happening(moment(told.opens, 9), partial(_open, cast))
    yield Happening(moment(told.opens, 15), partial(_answer_all, cast, told))
    yield Happening(moment(told.seals, 20), partial(_seal, cast))


def missed(cast: Cast) -> Iterator[Happening]:
    for told in cast.story.charter.missed:
        said: dict[str, Any] = {}
        yield Happening(moment(told.on, 18), partial(_tell, cast, told, said))
        yield Happening(moment(told.answered, 10), partial(_answer, cast, told, said))


def measure() -> None:
    """What is kept of the figures, as on the day on which the demo opens."""
    with at(DEMO_DAY):
        charters.renew_changed()


def _write(cast: Cast, told: promises.Charter) -> None:
    charters.write_charter(
        by=cast.facilitator, project_id=cast.project_id,
        changes={name: getattr(told, name) for name in _FACTS} | {"review_on": told.first_review},
        signatories=[
            {"organisation": one.organisation, "person": cast[one.person].name, "role": one.role,
             "signed_on": one.on}
            for one in told.signatory
        ],
    )  # fmt: skip


def _affirm(cast: Cast, review: date) -> None:
    charters.write_charter(by=cast.facilitator, project_id=cast.project_id, changes={"review_on": review})


def _draft(cast: Cast, told: promises.CharterView) -> None:
    cast.view = charters.start_view(
        by=cast.facilitator, project_id=cast.project_id, opens_at=moment(told.opens, 9),
        seals_at=moment(told.seals, 20),
    )  # fmt: skip
    rounds.invite(
        by=cast.facilitator, project_id=cast.project_id, round_id=cast.view.round_id,
        seat_ids=[seat.pk for seat in cast.seats.values()],
    )  # fmt: skip


def _open(cast: Cast) -> None:
    rounds.open_round(by=cast.facilitator, project_id=cast.project_id, round_id=cast.view.round_id)


def _answer_all(cast: Cast, told: promises.CharterView) -> None:
    the_round = round_queries.round_of_event(cast.view.round_id)
    invitations = {one.person_id: one.pk for one in round_queries.invitations_of(the_round)}
    ways = {one.person: one for one in cast.story.answers}
    for code, marks in told.answers.items():
        way = ways[code]
        for_someone = bool(way.entered_by)
        rounds.answer_round(
            by=cast[way.entered_by or code], project_id=cast.project_id, round_id=the_round.pk,
            written=_written(marks), channel=Channel(way.channel), read_back=for_someone,
            invitation_id=invitations[cast[code].pk] if for_someone else None,
        )  # fmt: skip


def _written(marks: str) -> Written:
    pairs = zip(Commitment, marks, strict=True)
    return Written(extra=tuple(_extra(commitment, int(mark)) for commitment, mark in pairs))


def _extra(commitment: Commitment, mark: int) -> Extra:
    return Extra(view_question_id(commitment), (str(VIEW_ANSWERS[mark]),))


def _seal(cast: Cast) -> None:
    rounds.seal_round(by=cast.facilitator, project_id=cast.project_id, round_id=cast.view.round_id)


def _tell(cast: Cast, told: promises.Missed, said: dict[str, Any]) -> None:
    said["breach"] = charters.report_breach(
        project_id=cast.project_id, words=told.words, key=uuid4(), commitment=told.commitment,
        may_show_words=told.show,
    )  # fmt: skip


def _answer(cast: Cast, told: promises.Missed, said: dict[str, Any]) -> None:
    charters.answer_breach(
        by=cast[told.by], project_id=cast.project_id, breach_id=said["breach"].pk, verdict=told.verdict,
        answer=told.answer,
    )  # fmt: skip
