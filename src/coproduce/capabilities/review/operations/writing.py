"""What a review says, a piece at a time, and what those who took part say in it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries, rules
from ..models import Benefit, Review, Voice

FIELDS = (
    "still_needed", "needs_change", "did_not_work", "learned", "equality", "outcome", "outcome_why",
    "new_version_id", "celebration",
)  # fmt: skip
BENEFIT = ("indicator", "baseline", "target", "now", "note")


@operation
def write_review(
    *,
    by: Any,
    project_id: UUID,
    review_id: UUID,
    changes: Mapping[str, Any],
    benefits: Sequence[Mapping[str, str]] | None = None,
    key: UUID | None = None,
) -> Review:
    """Write any of FIELDS; `benefits`, if given, are all of them in their order, each with the names of BENEFIT."""
    queries.review_for(by, project_id, review_id, Purpose.RUN)
    projects.take_turns(project_id)
    review = queries.review_in(project_id, review_id)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"A review has no {', '.join(sorted(unknown))}.")
    known = {None, *(one.pk for one in queries.versions_since(review))}
    settle([
        *rules.it_is_still_open(closed=not review.is_open),
        *rules.the_version_is_of_this_document(known=changes.get("new_version_id") in known),
    ])  # fmt: skip
    before: dict[str, Any] = {name: getattr(review, name) for name in changes}
    after = {name: clean(value) if isinstance(value, str) else value for name, value in changes.items()}
    for name, value in after.items():
        setattr(review, name, value)
    review.save()
    if benefits is not None:
        before["benefits"] = [_facts(one) for one in queries.benefits_of(review)]
        after["benefits"] = _replace(review, benefits)
    record(by=by, verb="review.write_review", thing=review, project_id=project_id, before=before, after=after)
    return review


@operation
def say(
    *,
    by: Any,
    project_id: UUID,
    review_id: UUID,
    words: str,
    still_needed: str = "",
    on_behalf_of: Any = None,
    key: UUID | None = None,
) -> Voice:
    """Somebody who took part says how it is one year on; those who lead may write it down for them."""
    queries.review_for(by, project_id, review_id, Purpose.CONTRIBUTE)
    review = queries.review_in(project_id, review_id)
    person = by
    if on_behalf_of is not None and on_behalf_of.pk != by.pk:
        queries.visit(by, project_id, Purpose.RUN)
        person = projects.member(project_id, on_behalf_of.pk)
    settle([*rules.it_is_still_open(closed=not review.is_open), *rules.words_are_there(words)])
    voice = Voice(
        review=review, person=person, still_needed=still_needed, words=clean(words), entered_by=by,
        at=clock.now(),
    )  # fmt: skip
    voice.save(force_insert=True)
    record(
        by=by, verb="review.say", thing=voice, project_id=project_id,
        on_behalf_of=person if person.pk != by.pk else None,
        after={"still_needed": still_needed, "words": voice.words},
    )  # fmt: skip
    return voice


def _replace(review: Review, benefits: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    Benefit.objects.filter(review=review).delete()
    rows = [
        Benefit(review=review, position=position, **{name: clean(one.get(name, "")) for name in BENEFIT})
        for position, one in enumerate(benefits, 1)
    ]
    Benefit.objects.bulk_create(rows)
    return [_facts(row) for row in rows]


def _facts(benefit: Benefit) -> dict[str, str]:
    return {name: getattr(benefit, name) for name in BENEFIT}
