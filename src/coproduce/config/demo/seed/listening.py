"""February and March 2025: the independent round, the reading, the barriers."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.barriers import queries as register
from coproduce.capabilities.barriers.terms import Given, Lens, Response, WhoActs
from coproduce.capabilities.projects.terms import Intent
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.terms import Channel, Format, Intention, RaisedBarrier, Rated, Written

from ..story import rows
from .calendar import Happening, at, moment, on
from .cast import Cast
from .evening import hold_reading

OPENS, SEALS = moment(date(2025, 2, 17), 9), moment(date(2025, 3, 2), 20)
SORTING = date(2025, 3, 17)
RATING = date(2025, 3, 20)

PROPOSAL = (
    "From April 2026 one home-start team, shared by the council and the hospital, would look after each person "
    "from the ward to the end of the first weeks at home."
)
LENSES = {"support needed": Lens.SUPPORT, "appetite for new things": Lens.APPETITE}
CITIZEN_GROUPS = ("G1", "G2")


def hold_round(cast: Cast) -> None:
    """Everyone answers unseen; the seal fixes all answers; each is read in its turn. Barriers keep numbers."""
    the_round = _open_round(cast)
    invitations = {one.person_id: one.pk for one in round_queries.invitations_of(the_round)}
    told = sorted(cast.story.answers, key=lambda answer: answer.submitted)
    for answer in (answer for answer in told if not _is_late(answer)):
        with at(answer.submitted.replace(tzinfo=SEALS.tzinfo)):
            _answer(cast, the_round, answer, invitations)
    with at(SEALS):
        rounds.seal_round(
            by=cast.facilitator, project_id=cast.project_id, round_id=the_round.pk, in_turns=True
        )
    for answer in filter(_is_late, told):
        with at(answer.submitted.replace(tzinfo=SEALS.tzinfo)):
            _answer(cast, the_round, answer, invitations)
    hold_reading(cast, the_round, when_open=partial(_bring_in, cast, the_round))


def sort_barriers(cast: Cast) -> None:
    """Each barrier gets its theme; then each person rates the themes."""
    with on(SORTING):
        themes = {
            theme.code: barriers.add_theme(
                by=cast.facilitator, project_id=cast.project_id, name=theme.name
            ).pk
            for theme in cast.story.themes
        }
        known = {barrier.ref: barrier for barrier in register.barriers_of(cast.project_id)}
        for told in cast.story.barriers:
            cast.barriers[told.ref] = barriers.sort_barrier(
                by=cast.facilitator, project_id=cast.project_id, barrier_id=known[told.ref].pk,
                changes={
                    "theme_id": themes[told.theme], "com_b": told.com_b,
                    "lens": LENSES.get(told.lens) or Lens(told.lens),
                },
            )  # fmt: skip
    with on(RATING, 16):
        for code, ratings in cast.story.theme_ratings.items():
            barriers.rate_themes(
                by=cast[code], project_id=cast.project_id,
                ratings={themes[theme]: rating for theme, rating in ratings.items()},
            )  # fmt: skip


def rate_barriers(cast: Cast) -> None:
    """Each person rates the barriers of the others unseen; papers and calls are typed in; what is left stays out."""
    entered_by = {answer.person: answer.entered_by for answer in cast.story.answers if answer.entered_by}
    with on(RATING, 17):
        for code, told in cast.story.barrier_ratings.items():
            about = {
                "by": cast[entered_by.get(code, code)], "project_id": cast.project_id, "on_behalf_of": cast[code]
            }  # fmt: skip
            ratings = {cast.barriers[ref].pk: Given(one.importance, one.ease) for ref, one in told.items()}
            barriers.rate_barriers(**about, ratings=ratings)
            if register.not_rated_by(cast[code], cast.project_id):
                barriers.leave_out_the_rest(**about)


def responses(cast: Cast) -> Iterator[Happening]:
    for told in cast.story.responses:
        yield Happening(moment(told.recorded, 15, 30), partial(_respond, cast, told))


def returns_to_the_rest(cast: Cast, day: date) -> Iterator[Happening]:
    """R36: each important barrier without a response has a person and a date before sign-off."""
    for told in cast.story.unanswered:
        yield Happening(moment(day, 11), partial(_return_to, cast, told))


def _return_to(cast: Cast, told: rows.Unanswered) -> None:
    barrier_id = cast.barriers[told.ref].pk
    barriers.respond(
        by=cast.manager, project_id=cast.project_id, barrier_id=barrier_id, response=Response.NONE_YET,
        owner=cast[told.person], due=told.due,
    )  # fmt: skip
    barriers.note(by=cast.facilitator, project_id=cast.project_id, barrier_id=barrier_id, words=told.note)


def _respond(cast: Cast, told: rows.Response) -> None:
    kind = next(barrier.response for barrier in cast.story.barriers if barrier.ref == told.ref)
    barriers.respond(
        by=cast.manager, project_id=cast.project_id, barrier_id=cast.barriers[told.ref].pk,
        response=Response(kind), response_words=told.what_we_will_do, lets_people=told.what_it_lets_people_do,
        who_acts=_who_acts(cast, told.owner), owner=cast[told.owner], due=told.due,
    )  # fmt: skip


def _open_round(cast: Cast) -> Any:
    project_id = cast.project_id
    with on(date(2025, 2, 12)):
        the_round = rounds.draft_round(
            by=cast.facilitator, project_id=project_id, title="What would one home-start team change for you?",
            proposal=PROPOSAL, opens_at=OPENS, seals_at=SEALS,
            formats=[one.value for one in Format],
        )  # fmt: skip
        rounds.invite(
            by=cast.facilitator, project_id=project_id, round_id=the_round.pk,
            seat_ids=[seat.pk for seat in cast.seats.values()],
        )  # fmt: skip
    with at(OPENS):
        return rounds.open_round(by=cast.facilitator, project_id=project_id, round_id=the_round.pk)


def _is_late(answer: rows.Answer) -> bool:
    return answer.submitted > SEALS.replace(tzinfo=None)


def _answer(cast: Cast, the_round: Any, told: rows.Answer, invitations: dict[Any, Any]) -> None:
    for_someone = bool(told.entered_by)
    rounds.answer_round(
        by=cast[told.entered_by or told.person], project_id=cast.project_id, round_id=the_round.pk,
        written=_written(cast, told), channel=Channel(told.channel), read_back=for_someone,
        invitation_id=invitations[cast[told.person].pk] if for_someone else None,
    )  # fmt: skip


def _written(cast: Cast, told: rows.Answer) -> Written:
    dont_know = told.intention == "dont_know"
    return Written(
        me=Rated(told.me_words, told.me),
        around=Rated(told.around_words, told.around),
        intention=Intention(() if dont_know else (Intent(told.intention),), dont_know, told.intention_words),
        basis=(told.basis,),
        confidence=told.confidence,
        question=told.question,
        barriers=tuple(
            RaisedBarrier(one.words, one.level, one.importance, one.ease, one.built_on)
            for one in cast.story.barriers
            if one.person == told.person
        ),
    )


def _bring_in(cast: Cast, the_round: Any) -> None:
    """At once, with the numbers of the story, before the register gives its own after the commit."""
    numbers = {told.words: int(told.ref[1:]) for told in cast.story.barriers}
    the_round.refresh_from_db()
    opened = round_queries.opened_barriers(the_round)
    barriers.bring_in_from_round(
        by=cast.facilitator, project_id=cast.project_id, round_id=the_round.pk,
        numbers={one.pk: numbers[one.words] for one in opened},
    )  # fmt: skip


def _who_acts(cast: Cast, owner: str) -> WhoActs:
    group = next(person.group for person in cast.story.people if person.code == owner)
    return WhoActs.TOGETHER if group in CITIZEN_GROUPS else WhoActs.SERVICES
