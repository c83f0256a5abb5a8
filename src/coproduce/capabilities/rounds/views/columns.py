"""The columns of the answers, for the file that is given out."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from coproduce.ui.tables import Column

from ..models import Round
from ..queries import Reader
from ..terms import Basis, BuiltOn, Level, Question, RaisedBarrier, Size, own_name


def answer_columns(the_round: Round) -> list[Column]:
    """Everything that was answered, a column each; the round's own questions have theirs."""
    return [
        *_who(),
        *(_ratings() if the_round.asks_ratings else []),
        Column("barriers", _("Barriers"), value=_of(_barriers)),
        Column("question", _("Question"), value=_of(lambda one: one.opened.written.question)),
        *(_extra(question) for question in the_round.asked),
        Column("basis", _("What makes them say this"), value=_of(_bases)),
        Column("confidence", _("How sure (1 to 5)"), value=_of(_confidence), numeric=True),
        *_how(),
        *_second_answers(),
    ]


def _of(read: Callable[[Reader], Any]) -> Callable[[Any], Any]:
    return lambda row: read(row[1])


def _who() -> list[Column]:
    return [
        Column("place", _("Place in the reading"), value=lambda row: row[0], numeric=True),
        Column("person", _("Person"), value=_of(lambda one: one.invitation.person.shown_name)),
        Column("group", _("Group"), value=_of(lambda one: one.invitation.group_name)),
        Column("late", _("Late"), value=_of(lambda one: one.opened.is_late)),
    ]


def _ratings() -> list[Column]:
    return [
        Column("me", _("Level 1 rating"), value=_of(lambda one: one.opened.me_rating), numeric=True),
        Column("me_words", _("Level 1 words"), value=_of(lambda one: one.opened.written.me.words)),
        Column("around", _("Level 2 rating"), value=_of(lambda one: one.opened.around_rating), numeric=True),
        Column("around_words", _("Level 2 words"), value=_of(lambda one: one.opened.written.around.words)),
        Column("intents", _("Intention"), value=_of(_picked)),
        Column("intention_words", _("Level 3 words"), value=_of(lambda one: one.opened.written.intention.words)),
    ]  # fmt: skip


def _how() -> list[Column]:
    return [
        Column("language", _("Language"), value=_of(_language)),
        Column("channel", _("Channel"), value=_of(lambda one: one.opened.answer.get_channel_display())),
        Column("entered_by", _("Entered by"), value=_of(_scribe)),
        Column("read_back", _("Read back"), value=_of(_read_back)),
        Column("transcribed_late", _("Typed in late"), value=_of(lambda one: one.opened.answer.is_transcribed_late)),
        Column("submitted_at", _("Sent"), value=_of(lambda one: one.opened.answer.submitted_at)),
        Column("receipt", _("Receipt"), value=_of(lambda one: one.opened.answer.receipt)),
    ]  # fmt: skip


def _second_answers() -> list[Column]:
    return [
        Column("second_me", _("Second level 1 rating"), value=_of(_second("me_rating")), numeric=True),
        Column(
            "second_around", _("Second level 2 rating"), value=_of(_second("around_rating")), numeric=True
        ),
        Column("second_words", _("Second words"), value=_of(_second("words"))),
    ]


def _extra(question: Question) -> Column:
    return Column(
        f"extra_{question.id}", question.words, value=_of(lambda one: one.opened.written.given(question))
    )


def _picked(one: Reader) -> str:
    return "; ".join(str(label) for label in one.opened.written.intention.labels)


def _bases(one: Reader) -> str:
    return "; ".join(str(Basis(value).label) for value in one.opened.written.basis)


def _confidence(one: Reader) -> int | None:
    return one.opened.written.confidence


def _barriers(one: Reader) -> str:
    return "\n".join(map(barrier_line, one.opened.written.barriers))


def barrier_line(barrier: RaisedBarrier) -> str:
    """One barrier with everything that was said of it, on one line."""
    parts = [str(Level(barrier.level).label)]
    if barrier.importance:
        parts.append(_("matters %(number)s of 5") % {"number": barrier.importance})
    if barrier.ease:
        parts.append(_("easy to remove %(number)s of 5") % {"number": barrier.ease})
    if barrier.built_on:
        parts.append(str(BuiltOn(barrier.built_on).label))
    if barrier.likelihood:
        parts.append(_("likely: %(size)s") % {"size": Size(barrier.likelihood).label})
    if barrier.impact:
        parts.append(_("harm: %(size)s") % {"size": Size(barrier.impact).label})
    if barrier.early_sign:
        parts.append(_("early sign: %(sign)s") % {"sign": barrier.early_sign})
    return f"{barrier.words} ({'; '.join(parts)})"


def _language(one: Reader) -> str:
    tag = one.opened.written.language
    return own_name(tag) if tag else ""


def _scribe(one: Reader) -> str:
    scribe = one.opened.answer.entered_by
    return scribe.shown_name if scribe else ""


def _read_back(one: Reader) -> bool | None:
    answer = one.opened.answer
    return answer.read_back if answer.entered_by_id else None


def _second(name: str) -> Callable[[Reader], Any]:
    return lambda one: getattr(one.second, name, None)
