"""From the outline of January to the version that Cabinet agreed: 40 suggestions, their answers, seven versions."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as master
from coproduce.capabilities.drafting.operations import FinalText
from coproduce.capabilities.drafting.rules.blocks import body
from coproduce.capabilities.drafting.rules.edits import Edit, new_block
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.drafting.terms import CostPeriod, Doing, Outcome

from ..story import rows
from . import consulting
from .calendar import Happening, moment, on
from .cast import Cast

ANSWERS_BY = date(2025, 9, 2)
OUTCOMES = {"in part": Outcome.IN_PART, "passed on": Outcome.PASSED_ON}
PERIODS = {"a year": CostPeriod.A_YEAR, "once": CostPeriod.ONCE}
TOLD_BY = {
    "email": "by e-mail", "text": "by text message", "phone": "by phone", "post": "by letter",
    "supporter": "through their supporter",
}  # fmt: skip


def write_outline(cast: Cast, version: rows.Version) -> None:
    """Version 0.1: one page, on the day when the foreword is shared."""
    with on(version.on):
        cast.document = drafting.start_document(
            by=cast[version.author], project_id=cast.project_id, title=cast.story.foreword.title,
            text=cast.story.texts[version.number],
        )  # fmt: skip
        _publish(cast, version)


def write_anew(cast: Cast, version: rows.Version) -> None:
    """Versions 0.2 and 0.3: a new text, before anybody has made a suggestion."""
    with on(version.on):
        cast.document = drafting.revise_document(
            by=cast[version.author], project_id=cast.project_id, document_id=cast.document.pk,
            text=cast.story.texts[version.number], why=version.summary,
        )  # fmt: skip
        _publish(cast, version)


def open_for_suggestions(cast: Cast, day: date) -> None:
    """Version 0.3 is out, and an answer is promised."""
    with on(day, 11):
        drafting.promise_answers(
            by=cast.facilitator,
            project_id=cast.project_id,
            document_id=cast.document.pk,
            answers_by=ANSWERS_BY,
        )
    state = master.text_now(cast.document)
    cast.sections = {
        int(words.split(".")[0]): words
        for words in (body(block.text).removeprefix("## ") for _id, block in state.alive())
        if words[:2].rstrip(".").isdigit()
    }


def suggestions(cast: Cast) -> Iterator[Happening]:
    for told in cast.story.suggestions:
        # The public replies to the consultation, and its words become suggestions.
        make = _suggest if told.author in cast.seats else consulting.public_reply
        yield Happening(moment(told.made_on, 14), partial(make, cast, told))


def answers(cast: Cast) -> Iterator[Happening]:
    for told in cast.story.decisions:
        yield Happening(moment(told.on, 15), partial(_decide, cast, told))


def versions(cast: Cast) -> Iterator[Happening]:
    """0.4 to 0.9, and the last small changes before 1.0, which the sign-off makes."""
    for version in cast.story.versions:
        if not version.text:
            yield Happening(moment(version.on, 17), partial(_finish, cast, version))


def _suggest(cast: Cast, told: rows.Suggestion) -> None:
    state, author = master.text_now(cast.document), cast[told.author]
    block = next(id for id, block in state.alive() if told.anchor in block.text)
    decision = next(one for one in cast.story.decisions if one.suggestion == told.ref)
    cast.suggestions[told.ref] = drafting.suggest(
        by=cast[told.entered_by] if told.entered_by else author,
        author=author, project_id=cast.project_id, document_id=cast.document.pk, words=told.words,
        reason=told.reason, kind=told.kind, block=block, section=cast.sections[told.section],
        page=str(told.page), channel=told.channel, said_on=told.made_on, quote_consent=True,
        edits=list(_edits(cast, decision.change)) if decision.outcome == Outcome.ACCEPTED else (),
    )  # fmt: skip


def _edits(cast: Cast, changes: Iterable[rows.Change]) -> Iterator[Edit]:
    """The words that the suggester proposes; what is taken in part is written by whoever decides."""
    state = master.text_now(cast.document)
    for change in changes:
        id, text = next((id, block.text) for id, block in state.alive() if change.find in block.text)
        if change.add:
            yield from new_block(id, text, change.add)
        else:
            typed = body(text).replace(change.find, change.put)
            yield from master.typed_edits(cast.document, cast.document.seq, id, typed)


def _decide(cast: Cast, told: rows.Decision) -> None:
    suggestion = cast.suggestions[told.suggestion]
    cast.document.refresh_from_db()
    drafting.decide(
        by=cast[told.by], project_id=cast.project_id, suggestion_id=suggestion.pk,
        outcome=OUTCOMES.get(told.outcome) or Outcome(told.outcome), doing=_doing(told),
        final=list(_final(cast, told.change)) if told.outcome == "in part" else (), reason=told.words,
        reason_code=told.reason, cost_amount=Decimal(told.cost) if told.cost else None,
        cost_period=PERIODS.get(told.cost_period, ""), cost_note=told.cost_words, sent_to=told.sent_to,
        done_instead=told.instead,
    )  # fmt: skip
    drafting.tell(
        by=cast.facilitator, project_id=cast.project_id, suggestion_id=suggestion.pk, how=_told_by(cast, told)
    )


def _final(cast: Cast, changes: Iterable[rows.Change]) -> Iterator[FinalText]:
    state = master.text_now(cast.document)
    for change in changes:
        id, text = next((id, block.text) for id, block in state.alive() if change.find in block.text)
        yield FinalText(body(text).replace(change.find, change.put), block=id)


def _finish(cast: Cast, version: rows.Version) -> None:
    cast.document.refresh_from_db()
    for edit in cast.story.editorial:
        if edit.version == version.number:
            cast.document = drafting.revise_document(
                by=cast[edit.author], project_id=cast.project_id, document_id=cast.document.pk,
                text=edit.change.applied_to(master.text_now(cast.document).text()), why=edit.reason,
            )  # fmt: skip
    if version.number != cast.story.sign_off.version:
        _publish(cast, version)


def _publish(cast: Cast, version: rows.Version) -> None:
    major, minor = version.number.split(".")
    cast.versions[version.number] = drafting.publish_version(
        by=cast[version.author], project_id=cast.project_id, document_id=cast.document.pk,
        number=Number(int(major), int(minor)), summary=version.summary, skipped_because=version.skipped_because,
    )  # fmt: skip


def _doing(told: rows.Decision) -> str:
    if told.promise is None:
        return ""
    return Doing.PROMISE if told.promise else Doing.WORDING


def _told_by(cast: Cast, told: rows.Decision) -> str:
    author = next(one.author for one in cast.story.suggestions if one.ref == told.suggestion)
    if author == consulting.ANONYMOUS:
        return "on the project's page, as the writer gave no name"
    contact = next((person.contact for person in cast.story.people if person.code == author), "post")
    return TOLD_BY[contact]
