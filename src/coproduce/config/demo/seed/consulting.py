"""May to October 2025: the draft goes out to everyone for twelve weeks, and what people said is sorted and answered."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.consultation import operations as asking
from coproduce.capabilities.consultation import queries as asked
from coproduce.capabilities.consultation.operations import From, Words
from coproduce.capabilities.people import queries as people

from ..story import rows
from .calendar import Happening, moment, on
from .cast import Cast

ANONYMOUS = "X2"
TOLD_AT = 11
_FACTS = (
    "what_we_ask", "cost", "negative_effects", "mitigation", "channels", "how_to_reply", "answers_by",
    "gunning_open", "gunning_information", "gunning_time", "late_until",
)  # fmt: skip


def open_it(cast: Cast) -> None:
    """The calendar has its periods; the consultation is planned on draft 0.3 and opened the same day."""
    told = cast.story.consultation
    with on(told.told, 9):
        for period in told.period:
            asking.add_period(
                by=accounts.command_line(), kind=period.kind, name=period.name, starts_on=period.from_day,
                ends_on=period.to_day,
            )  # fmt: skip
    with on(told.opens, TOLD_AT, 30):
        cast.consultation = asking.plan(
            by=cast.facilitator, project_id=cast.project_id, version_id=cast.versions["0.3"].pk,
            title=told.title, opens_on=told.opens, closes_on=told.closes,
            changes={name: getattr(told, name) for name in _FACTS} | {
                "told_on": told.told, "publishes_on": told.publishes, "reviews_on": told.review,
                "offers_outcomes": True,
            },
        )  # fmt: skip
        _prepare(cast)
    with on(told.opens, TOLD_AT, 45):
        asking.open_consultation(**_leads(cast))


def public_reply(cast: Cast, told: rows.Suggestion) -> None:
    """Three of the public reply: two online without an account, one on paper that a facilitator types in."""
    consultation = asked.public_consultation(cast.consultation.pk)
    outsider = next(one for one in cast.story.public if one.code == told.author)
    said = [*_answers(cast, told.author), _passage(consultation, told)]
    sender = From(name=outsider.name, named=outsider.named == "named", quote_consent=told.author != ANONYMOUS)
    who = cast[told.entered_by] if told.entered_by else cast.facilitator
    if told.entered_by:
        reply = asking.enter_reply(
            **_leads(cast, who), said=said, sender=sender, channel=told.channel, said_on=told.made_on,
            paper_code=consultation.short_code, read_back=True,
        )  # fmt: skip
    else:
        reply = asking.reply_online(consultation_id=consultation.pk, said=said, sender=sender, key=uuid4())
    cast.people[told.author] = reply.person
    asking.take_in(**_leads(cast, who))
    made = asked.suggestions_by_said(asked.said_by([reply])[reply.pk])
    [cast.suggestions[told.ref]] = made.values()


def close_and_sort(cast: Cast) -> Iterator[Happening]:
    """Closed once the last paper is in; one facilitator codes everything, the other a share of it by lot."""
    told = cast.story.consultation
    second = cast[told.second_coder]
    yield Happening(moment(told.closed, 9), partial(asking.close, **_leads(cast)))
    yield Happening(moment(told.coded_on, 9), partial(_add_codes, cast))
    yield Happening(moment(told.coded_on, 10), partial(_code_all, cast))
    draw = partial(
        asking.draw_second_coding, **_leads(cast), coder_id=second.pk, share=told.share, seed=told.lot
    )
    yield Happening(moment(told.second_on, 9), draw)
    yield Happening(moment(told.second_on, 10), partial(_code_again, cast, second))


def report_and_decide(cast: Cast) -> Iterator[Happening]:
    """The report comes out with “You said, we did”; Cabinet says how it considered it before it decides."""
    told = cast.story.consultation
    words = {name: getattr(told, name) for name in ("said_words", "decided_words", "connect_words")}
    yield Happening(moment(told.publishes, 9), partial(asking.write_report, **_leads(cast), **words))
    yield Happening(moment(told.publishes, 10), partial(asking.publish_report, **_leads(cast, cast.manager)))
    consider = partial(asking.consider, **_leads(cast, cast[told.decider]), statement=told.considered)
    yield Happening(moment(told.considered_on, 16), consider)
    decide = partial(asking.mark_decided, **_leads(cast), decision=told.decision, decided_on=told.decided_on)
    yield Happening(moment(told.decided_on, 20), decide)


def _leads(cast: Cast, who: Any = None) -> dict[str, Any]:
    return {
        "by": who or cast.facilitator, "project_id": cast.project_id, "consultation_id": cast.consultation.pk,
    }  # fmt: skip


def _prepare(cast: Cast) -> None:
    told, groups = cast.story.consultation, {one.code: one.pk for one in people.groups_of(cast.project_id)}
    asking.set_questions(
        **_leads(cast), questions=[{"words": one.words, "answers": one.answers} for one in told.question]
    )
    asking.set_formats(
        **_leads(cast),
        formats=[{"kind": one.kind, "detail": one.detail, "ready_on": one.ready, "where": one.where}
                 for one in told.format],
    )  # fmt: skip
    asking.set_consultees(
        **_leads(cast),
        consultees=[{"who": one.who, "way": one.way, "reached_on": one.day, "people": one.people,
                     "note": one.note, "group_id": groups.get(one.group)} for one in told.consultee],
    )  # fmt: skip
    asking.set_decision_makers(**_leads(cast), person_ids=[cast[told.decider].pk])


def _answers(cast: Cast, author: str) -> list[Words]:
    questions = asked.questions_of(cast.consultation)
    told = cast.story.consultation.question
    return [
        Words(one.said[author], question=question.pk)
        for one, question in zip(told, questions, strict=True)
        if author in one.said
    ]


def _passage(consultation: Any, told: rows.Suggestion) -> Words:
    passage = next(one for one in asked.passages_of(consultation) if told.anchor in one.words)
    return Words(told.words, block=passage.block, kind=told.kind, reason=told.reason, page=str(told.page))


def _add_codes(cast: Cast) -> None:
    for number, code in enumerate(cast.story.consultation.code, 1):
        parent = cast.codes[code.parent].pk if code.parent else None
        cast.codes[f"K{number}"] = asking.add_code(
            **_leads(cast),
            name=code.name,
            definition=code.definition,
            parent_id=parent,
            characteristic=code.about,
        )


def _code_all(cast: Cast) -> None:
    for reply in asked.replies_of(asked.public_consultation(cast.consultation.pk)):
        _code(cast, reply, cast.facilitator, {})


def _code_again(cast: Cast, second: Any) -> None:
    consultation = asked.public_consultation(cast.consultation.pk)
    readings = asked.readings_of(consultation)
    for reply in asked.replies_of(consultation):
        if any(one.is_second for one in readings[reply.pk]):
            _code(cast, reply, second, cast.story.consultation.differs)


def _code(cast: Cast, reply: Any, coder: Any, differs: dict[str, str]) -> None:
    about = {**_leads(cast, coder), "reply_id": reply.pk}
    said = asked.said_by([reply])[reply.pk]
    made = asked.suggestions_by_said(said)
    for one in said:
        for code in _codes_on(cast, made[one.pk].ref, differs) if one.pk in made else ():
            stretch = [(one.pk, 0, len(one.words))]
            asking.put_code(**about, code_id=cast.codes[code].pk, stretches=stretch)
    asking.finish_reading(**about)


def _codes_on(cast: Cast, ref: str, differs: dict[str, str]) -> list[str]:
    if ref in differs:
        return [differs[ref]]
    codes = enumerate(cast.story.consultation.code, 1)
    return [f"K{number}" for number, code in codes if ref in code.suggestions]
