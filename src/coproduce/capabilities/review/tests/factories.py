"""A project that was signed off a year ago, with people who asked to be invited and some who raised barriers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people import queries as people_queries
from coproduce.capabilities.review import operations
from coproduce.capabilities.review.models import Review
from coproduce.capabilities.signoff.tests.factories import AFTERNOON, REVIEW, Desk, a_desk
from coproduce.core import clock

OPENS = datetime(2026, 9, 15, 9, tzinfo=UTC)
DUE = REVIEW
LOOKED = datetime(2026, 10, 1, 12, tzinfo=UTC)
NEXT = date(2027, 10, 1)


@dataclass
class YearOn:
    """`carer` raised a barrier and has no e-mail; `guest` asked to be invited by e-mail; `quiet` did neither."""

    desk: Desk
    signed: Any
    guest: Any
    quiet: Any

    @property
    def id(self) -> Any:
        return self.desk.id

    @property
    def manager(self) -> Any:
        return self.desk.manager

    @property
    def facilitator(self) -> Any:
        return self.desk.facilitator

    @property
    def carer(self) -> Any:
        return self.desk.carer

    def open(self, by: Any = None) -> Review:
        return operations.open_review(
            by=by or self.facilitator, project_id=self.id, sign_off_id=self.signed.pk
        )

    def write(self, review: Review, **changed: Any) -> Review:
        changes = {
            "still_needed": "yes", "did_not_work": "The night line was busy.", "learned": "Ask sooner.",
            "outcome": "keep", "outcome_why": "It helps.", "celebration": "Tea in the hall.", **changed,
        }  # fmt: skip
        benefits = [{"indicator": "Knew who was coming", "baseline": "41%", "target": "85%", "now": "80%"}]
        return operations.write_review(
            by=self.facilitator, project_id=self.id, review_id=review.pk, changes=changes, benefits=benefits
        )

    def close(self, review: Review, **more: Any) -> Review:
        return operations.close_review(
            by=self.manager, project_id=self.id, review_id=review.pk, **{"next_review_on": NEXT, **more}
        )


def a_year_on() -> YearOn:
    desk = a_desk()
    group = people_queries.groups_of(desk.id).first()
    guest, quiet = (
        people.add_seat(
            by=desk.facilitator, project_id=desk.id, main_group_id=group.pk, name=name, email=email,
            wants_review=wants,
        ).person
        for name, email, wants in (
            ("Grace Adams", "grace@example.org", True),
            ("Tom Quiet", "tom@example.org", False),
        )
    )  # fmt: skip
    with clock.at(AFTERNOON):
        barrier = desk.barrier()
        from coproduce.capabilities.barriers import operations as barriers

        barriers.respond(
            by=desk.facilitator, project_id=desk.id, barrier_id=barrier.pk, response="reduce",
            response_words="Two workers know her.", lets_people="Ask by name.",
        )  # fmt: skip
        desk.write()
        signed = desk.sign()
    return YearOn(desk, signed, guest, quiet)
