"""What a round may ask: its kind, the questions beside the three levels, and its wording in other languages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse

from ..terms import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    QUESTIONS,
    SHORT_TEXT,
    Extra,
    Kind,
    Question,
    QuestionForm,
    Size,
    Written,
    is_a_tag,
    own_name,
)


class HasKind(Protocol):
    kind: str
    follows_id: Any


class HasTranslations(Protocol):
    translations: Mapping[str, Mapping[str, Any]]


def a_round_is_of_a_known_kind(kind: str) -> Iterator[Finding]:
    if kind not in set(Kind):
        yield refuse("round", _("Choose what kind of round it is."), subject="kind")


def a_re_rating_follows_an_opened_round(the_round: HasKind, *, follows_is_open: bool) -> Iterator[Finding]:
    if the_round.kind == Kind.RE_RATING and not (the_round.follows_id and follows_is_open):
        words = _("Choose the earlier round whose people rate again. Its answers must be open.")
        yield refuse("round", words, subject="follows")
    if the_round.kind != Kind.RE_RATING and the_round.follows_id:
        yield refuse(
            "round", _("Only a round in which people rate again follows another."), subject="follows"
        )


def extra_questions_are_in_order(questions: Sequence[Question]) -> Iterator[Finding]:
    if len(questions) > MOST_QUESTIONS:
        yield refuse("round", _("Ask no more than 20 questions beside the three levels."))
    if len({one.id for one in questions}) < len(questions):
        yield refuse("round", _("Two of the questions have the same name."))
    for question in questions:
        yield from _one_question(question)


def _one_question(question: Question) -> Iterator[Finding]:
    if not question.words.strip():
        yield refuse("round", _("Write each question in words."))
    if question.form not in set(QuestionForm):
        yield refuse("round", _("Choose how each question is answered."))
    elif question.kind.has_options and not FEWEST_OPTIONS <= len(question.options) <= MOST_OPTIONS:
        words = _("Give between 2 and 12 answers to choose from for “%(question)s”.")
        yield refuse("round", words % {"question": question.words})
    elif question.kind.has_options and len(set(question.options)) < len(question.options):
        words = _("Two of the answers to “%(question)s” are the same.")
        yield refuse("round", words % {"question": question.words})


def a_language_has_its_tag(tag: str) -> Iterator[Finding]:
    if not is_a_tag(tag):
        words = _(
            "Write the language as a tag, for example cy for Welsh or pa-Arab for Panjabi in Arabic letters."
        )
        yield refuse("round", words, subject="language")


def every_language_asks_all_levels(asks: HasTranslations) -> Iterator[Finding]:
    """R25 for those who read the round in another language."""
    for tag, words in asks.translations.items():
        missing = [part for part in QUESTIONS if not str(words.get(part, "")).strip()]
        if missing:
            said = _(
                "The wording in %(language)s is not whole: all three levels and the barriers must be asked."
            )
            yield refuse("R25", said % {"language": own_name(tag)}, subject="languages")


def extra_answers_fit_their_questions(written: Written, questions: Iterable[Question]) -> Iterator[Finding]:
    asked = {question.id: question for question in questions}
    if len({one.question for one in written.extra}) < len(written.extra):
        yield refuse("answer", _("A question was answered twice."))
    for one in written.extra:
        if one.question not in asked:
            yield refuse("answer", _("This round does not ask one of the questions that was answered."))
        else:
            yield from _one_answer(one, asked[one.question])


def _one_answer(one: Extra, question: Question) -> Iterator[Finding]:
    subject = f"extra_{question.id}"
    several = question.kind == QuestionForm.SOME
    if not one.given or (len(one.given) > 1 and not several) or len(set(one.given)) < len(one.given):
        yield refuse("answer", _("Give one answer to each question, or skip it."), subject=subject)
    elif question.kind.is_text:
        if question.kind == QuestionForm.SHORT and len(one.given[0]) > SHORT_TEXT:
            yield refuse("answer", _("Make this answer shorter: 200 letters at most."), subject=subject)
    elif not set(one.given) <= {value for value, _words in question.choices}:
        yield refuse("answer", _("Choose from the list."), subject=subject)


def an_answer_fits_the_kind(written: Written, kind: str) -> Iterator[Finding]:
    rated = written.me.rating is not None or written.around.rating is not None
    if not Kind(kind).asks_ratings and (rated or written.intention.picked):
        yield refuse("answer", _("This round asks for barriers only, not for ratings."))
    for barrier in written.barriers:
        if not {barrier.likelihood, barrier.impact} <= {"", *Size}:
            yield refuse(
                "answer", _("Say how likely it is and how much harm it would do: low, medium or high.")
            )
        if kind != Kind.PREMORTEM and (barrier.likelihood or barrier.impact or barrier.early_sign):
            yield refuse("answer", _("Only a premortem asks how likely a barrier is."))


def an_answer_names_a_language_of_the_round(written: Written, languages: Iterable[str]) -> Iterator[Finding]:
    if written.language and written.language not in set(languages):
        yield refuse("answer", _("This round is not asked in that language."))
