"""The rows behind each commitment, made of what other capabilities keep. They hold no words of people."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coproduce.capabilities.drafting.terms import Outcome, ReasonCode, Status
from coproduce.capabilities.feedback import queries as feedback
from coproduce.capabilities.feedback.terms import LetterState
from coproduce.capabilities.projects.terms import Intent
from coproduce.core.clock import day_of

from ..terms import Commitment, Miss, Point, PointKind
from .gathering import Gathered
from .reviewing import review_points


def evidence(gathered: Gathered) -> dict[Commitment, list[Point]]:
    """The rows behind all eight."""
    return {commitment: evidence_of(gathered, commitment) for commitment in Commitment}


def evidence_of(gathered: Gathered, commitment: Commitment) -> list[Point]:
    """The rows behind one; asks only for what these rows are made of."""
    return list(_MAKERS[commitment](gathered))


def _missing(**found: bool) -> tuple[Miss, ...]:
    return tuple(Miss(name) for name, is_missing in found.items() if is_missing)


# 1. Share early, be open and honest


def _early(gathered: Gathered) -> Iterator[Point]:
    foreword, versions = gathered.foreword, gathered.versions
    if foreword.shared_at is None and not versions:
        return
    started = day_of(foreword.project.started_at)
    shared = day_of(foreword.shared_at) if foreword.shared_at else None
    yield Point(
        PointKind.FOREWORD,
        "",
        _("The foreword is shared"),
        started,
        shared,
        _missing(not_shared=shared is None),
    )
    if versions:
        first = min((version for _document, version in versions), key=lambda one: one.published_at)
        early = foreword.shared_at is None or first.published_at < foreword.shared_at
        misses = _missing(before_foreword=early)
        yield Point(PointKind.DRAFT, str(first), _("The first version is shared"), shared, first.day, misses)
    yield from _aims(foreword)


def _aims(foreword: Any) -> Iterator[Point]:
    if not foreword.stated_intents:
        yield Point(PointKind.AIM, "", _("The aims are stated"), misses=(Miss.NOT_SAID,))
    for intent in foreword.intents:
        yield Point(PointKind.AIM, "", intent)
    if foreword.saving_is_aim or Intent.SAVE_MONEY in foreword.stated_intents:
        told = foreword.saving_is_aim and foreword.saving_amount and foreword.saving_spent_on.strip()
        yield Point(
            PointKind.AIM, "", _("How much is to be saved, and for what"), misses=_missing(not_said=not told)
        )


# 2. Keep all partners told, with start and finish dates


def _informed(gathered: Gathered) -> Iterator[Point]:
    started = day_of(gathered.foreword.project.started_at)
    yield _part("", _("The whole project, to its decision"), started, gathered.foreword.decision_date)
    for one in gathered.rounds:
        yield _part(one.code, _("Independent round"), day_of(one.opens_at), day_of(one.seals_at))
    for lab in gathered.labs:
        yield _part(lab.code, _("Co-production lab"), lab.date, lab.date)
    for consultation in gathered.consultations:
        yield _part("", consultation.title, consultation.opens_on, consultation.closes_on)
    for action in gathered.actions:
        yield _part(action.ref, _("Action"), action.start, action.end)
    yield from _updates(gathered)


def _part(ref: str, what: str, first: date | None, second: date | None) -> Point:
    return Point(PointKind.PART, ref, what, first, second, _missing(no_dates=not (first and second)))


def _updates(gathered: Gathered) -> Iterator[Point]:
    """Planned and sent: the letters that were made, and the news of promises that was announced for a day."""
    for letter in gathered.letters:
        sent = letter.state == LetterState.SENT
        yield Point(
            PointKind.UPDATE, "", _("A letter to somebody who took part"), None, letter.sent_on,
            _missing(not_sent=not sent),
        )  # fmt: skip
    for promise in gathered.promises:
        for news in promise.news:
            yield Point(PointKind.UPDATE, promise.card.ref, _("News of a promise"), None, news.on)
        announced = promise.standing.next_on if promise.standing.is_open else None
        if announced and announced < gathered.today:
            yield Point(
                PointKind.UPDATE, promise.card.ref, _("News of a promise"), announced, None, (Miss.NOT_SENT,)
            )


# 3. Who is facilitator, who is manager


def _owned(gathered: Gathered) -> Iterator[Point]:
    for role, people in (
        (_("Facilitator"), gathered.visit.facilitators), (_("Manager"), gathered.visit.managers),
    ):  # fmt: skip
        names = ", ".join(person.shown_name for person in people)
        yield Point(PointKind.PERSON, role, names or _("Nobody"), misses=_missing(nobody=not people))


# 4. Versions and actions


def _tracked(gathered: Gathered) -> Iterator[Point]:
    for document, version in gathered.versions:
        misses = _missing(no_summary=not (version.author_id and version.summary.strip()))
        yield Point(PointKind.VERSION, str(version), document.title, version.day, None, misses, version.pk)
    for action in gathered.actions:
        misses = _missing(no_dates=not (action.start and action.end))
        yield Point(PointKind.ACTION, action.ref, _("Action"), action.start, action.end, misses, action.pk)


# 5, 6 and 7: what becomes of suggestions


def _considered(gathered: Gathered) -> Iterator[Point]:
    for one in gathered.suggestions:
        # Who made it without a name did so by choice; a machine that brought it in did not.
        misses = _missing(
            no_name=one.author.is_machine and one.group_id is None,
            no_place=not (one.block or one.section or one.page),
        )
        yield _suggestion(one, one.said_on, None, misses)


def _answered(gathered: Gathered) -> Iterator[Point]:
    for one in gathered.suggestions:
        decision = None if one.status == Status.OPEN else gathered.decisions.get(one.pk)
        due = (decision.due_on if decision else None) or one.due_on
        yield _suggestion(
            one, due, decision.decided_on if decision else None, _faults(decision, due, gathered.today)
        )


def _faults(decision: Any, due: date | None, today: date) -> tuple[Miss, ...]:
    if decision is None:
        return (Miss.NO_ANSWER, Miss.LATE) if due and due < today else ()
    not_a_yes = decision.outcome != Outcome.ACCEPTED
    costs = not_a_yes and decision.reason_code == ReasonCode.COST
    return _missing(
        late=bool(due and decision.decided_on > due),
        no_reason=not_a_yes and not (decision.reason.strip() and decision.reason_code),
        no_figures=costs and decision.cost_amount is None,
    )


def _thanked(gathered: Gathered) -> Iterator[Point]:
    """Once something is published: before that nobody was promised to find their answer there."""
    if not gathered.publications or not gathered.suggestions:
        return
    published = min(day_of(one.published_at) for one in gathered.publications)
    thanked = _thanks(gathered)
    for one in gathered.suggestions:
        misses = _missing(
            not_covered=str(one.pk) not in gathered.covered,
            not_thanked=thanked.get(one.pk, published) is None,
        )
        yield _suggestion(one, thanked.get(one.pk), published, misses)


def _thanks(gathered: Gathered) -> dict[Any, date | None]:
    """The day on which each author was thanked; whoever gave no name, or is only in an import, is not there."""
    return {one.pk: one.thanked_on for one in feedback.arrivals(gathered.suggestions, gathered.letters)}


def _suggestion(one: Any, first: date | None, second: date | None, misses: Iterable[Miss]) -> Point:
    what = one.section or _("The whole text")
    return Point(PointKind.SUGGESTION, one.ref, what, first, second, tuple(misses), one.pk)


_MAKERS: dict[Commitment, Callable[[Gathered], Iterable[Point]]] = {
    Commitment.EARLY: _early, Commitment.INFORMED: _informed, Commitment.OWNED: _owned,
    Commitment.TRACKED: _tracked, Commitment.CONSIDERED: _considered, Commitment.ANSWERED: _answered,
    Commitment.THANKED: _thanked, Commitment.REVIEWED: review_points,
}  # fmt: skip
