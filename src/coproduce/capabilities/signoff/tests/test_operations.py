from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as drafting_queries
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.signoff import operations, queries
from coproduce.capabilities.signoff.models import SignOff
from coproduce.capabilities.signoff.terms import State
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Override, Refused
from coproduce.core.ids import uuid7
from coproduce.core.ledger.checking import verify_database
from coproduce.core.models import Entry

from .factories import AFTERNOON, DECIDED, REVIEW, Desk, a_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return a_desk()


@pytest.fixture(autouse=True)
def _on_the_day_of_the_decision() -> Iterator[None]:
    with clock.at(AFTERNOON):
        yield


def refusals(refused: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.subject) for finding in refused.value.findings}


def test_signing_makes_the_text_as_it_stands_the_approved_version(desk: Desk) -> None:
    desk.write()
    signed = desk.sign()
    assert signed.state == State.SIGNED
    assert (str(signed.version), signed.version.status, signed.version.day) == ("1.0", "signed_off", DECIDED)
    assert (signed.signed_by, signed.signed_at) == (desk.manager, AFTERNOON)
    assert verify_database(desk.id).whole


def test_R97_a_review_after_more_than_a_year_is_refused_and_a_year_is_saved(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.write(review_on=date(2026, 10, 20))
    assert refusals(refused) == {("R97", "review_on")}
    assert not SignOff.objects.exists()
    assert desk.write(review_on=REVIEW).review_on == REVIEW


def test_R97_without_a_review_date_nothing_is_signed(desk: Desk) -> None:
    desk.write(review_on=None)
    with pytest.raises(Refused) as refused:
        desk.sign()
    assert ("R97", "review_on") in refusals(refused)


def test_what_is_prepared_may_be_left_blank_and_what_is_signed_may_not(desk: Desk) -> None:
    desk.write(decision="", meeting="")
    with pytest.raises(Refused) as refused:
        desk.sign()
    assert refusals(refused) == {("C20", "decision"), ("C20", "meeting")}


def test_an_unanswered_suggestion_stops_the_signing(desk: Desk) -> None:
    desk.suggest()
    desk.write()
    with pytest.raises(Refused) as refused:
        desk.sign()
    assert refusals(refused) == {("C20", "suggestions")}


def test_R36_an_important_barrier_needs_a_person_and_a_date_and_is_listed_with_them(desk: Desk) -> None:
    barrier, minor = desk.barrier(), desk.barrier(importance=2)
    desk.write()
    with pytest.raises(Refused) as refused:
        desk.sign()
    assert refusals(refused) == {("R36", barrier.ref)}
    operations.look_after_barriers(
        by=desk.facilitator, project_id=desk.id, chosen={barrier.pk: (desk.manager, date(2026, 1, 31))}
    )
    signed = desk.sign()
    left = [(one.ref, one.person, one.due) for one in queries.left_barriers(signed)]
    assert left == [(barrier.ref, desk.manager, date(2026, 1, 31))]
    assert minor.ref not in {ref for ref, _person, _due in left}
    assert b"R36" in _payload_of(signed)


def test_R64_a_promise_that_nobody_carries_stops_the_signing_unless_a_named_person_gives_a_reason(
    desk: Desk,
) -> None:
    promise = desk.suggest(doing="promise", decided="accepted")
    desk.write()
    for override in (None, Override("  ")):
        with pytest.raises(Refused) as refused:
            desk.sign(override=override)
        assert refusals(refused) == {("R64", promise.ref)}
    signed = desk.sign(override=Override("The action starts in January."))
    assert signed.override_reason == "The action starts in January."
    assert b"The action starts in January." in _payload_of(signed)


def test_a_reason_does_not_help_against_what_is_refused(desk: Desk) -> None:
    desk.write(review_on=None)
    with pytest.raises(Refused):
        desk.sign(override=Override("It is urgent."))


def test_a_decision_of_tomorrow_cannot_be_signed(desk: Desk) -> None:
    desk.write()
    with clock.at(datetime(2025, 10, 14, 12, tzinfo=UTC)), pytest.raises(Refused) as refused:
        desk.sign()
    assert refusals(refused) == {("C20", "decided_on")}


def test_only_the_manager_signs(desk: Desk) -> None:
    desk.write()
    for person in (desk.facilitator, desk.carer):
        with pytest.raises(NotThere):
            desk.sign(by=person)


def test_the_owner_must_manage_the_project(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.write(owner_id=desk.carer.pk)
    assert refusals(refused) == {("C20", "owner")}


def test_those_who_take_part_do_not_prepare_it(desk: Desk) -> None:
    with pytest.raises(NotThere):
        desk.write(by=desk.carer)


def test_the_same_request_twice_signs_once(desk: Desk) -> None:
    desk.write()
    key = uuid7()
    first, second = desk.sign(key=key), desk.sign(key=key)
    assert first.pk == second.pk
    assert len(drafting_queries.versions_of(desk.document.pk)) == 2


def test_the_same_names_for_barriers_twice_are_written_once(desk: Desk) -> None:
    barrier, key = desk.barrier(), uuid7()
    for _ in range(2):
        operations.look_after_barriers(
            by=desk.facilitator, project_id=desk.id, chosen={barrier.pk: (desk.manager, REVIEW)}, key=key
        )
    assert Entry.objects.filter(object_id=str(barrier.pk), verb="barriers.respond").count() == 1


def test_a_whole_version_with_this_text_is_marked_and_not_numbered_anew(desk: Desk) -> None:
    approved = drafting.publish_version(
        by=desk.facilitator,
        project_id=desk.id,
        document_id=desk.document.pk,
        number=Number(1, 0),
        summary="Done",
    )
    desk.write()
    assert desk.sign().version == approved


def test_the_next_sign_off_is_the_next_whole_version(desk: Desk) -> None:
    desk.write()
    desk.sign()
    drafting.publish_version(
        by=desk.facilitator, project_id=desk.id, document_id=desk.document.pk, number=Number(1, 1),
        summary="After a year", skipped_because="",
    )  # fmt: skip
    with clock.at(datetime(2026, 10, 1, 12, tzinfo=UTC)):
        desk.write(decided_on=date(2026, 9, 30), review_on=date(2027, 9, 30))
        assert str(desk.sign().version) == "2.0"
    assert str(queries.latest(desk.id).version) == "2.0"


def test_what_was_refused_leaves_nothing(desk: Desk) -> None:
    desk.write(meeting="")
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        desk.sign()
    assert Entry.objects.count() == entries
    assert len(drafting_queries.versions_of(desk.document.pk)) == 1


def test_R80_each_who_decides_writes_their_own_and_nobody_else_does(desk: Desk) -> None:
    desk.write(makers=[desk.manager, desk.carer])
    desk.consider(desk.manager)
    with pytest.raises(Refused) as refused:
        desk.sign()
    assert refusals(refused) == {("R80", str(desk.carer.pk))}
    with pytest.raises(NotThere):
        desk.consider(desk.facilitator)
    written = desk.consider(desk.carer, "I thought about the nights.")
    assert (written.statement, written.stated_on) == ("I thought about the nights.", DECIDED)
    signed = desk.sign()
    assert [one.person for one in queries.makers_of(signed)] == [desk.carer, desk.manager]


def test_R80_without_anybody_who_decides_nothing_is_signed(desk: Desk) -> None:
    desk.write(makers=[])
    with pytest.raises(Refused) as refused:
        desk.sign()
    assert refusals(refused) == {("R80", "")}


def test_R80_a_statement_of_after_the_decision_is_a_warning_on_the_record(desk: Desk) -> None:
    desk.write(makers=[desk.manager])
    with clock.at(datetime(2025, 10, 16, 9, tzinfo=UTC)):
        desk.consider(desk.manager)
        signed = desk.sign()
    assert b"wrote it on 16 October 2025" in _payload_of(signed)


def test_R80_a_statement_and_its_name_stay_and_an_empty_one_is_refused(desk: Desk) -> None:
    desk.write(makers=[desk.manager, desk.carer])
    with pytest.raises(Refused):
        desk.consider(desk.manager, "   ")
    desk.consider(desk.manager)
    with pytest.raises(Refused) as refused:
        desk.write(makers=[desk.carer])
    assert refusals(refused) == {("R80", "makers")}
    desk.write(makers=[desk.manager])
    assert [one.person for one in queries.makers_of(queries.in_preparation(desk.id))] == [desk.manager]


def test_R80_after_the_signature_a_statement_does_not_change(desk: Desk) -> None:
    desk.write()
    desk.sign()
    with pytest.raises(NotThere):
        desk.consider(desk.manager, "I meant something else.")


def test_who_decides_must_be_in_the_project(desk: Desk) -> None:
    from coproduce.capabilities.accounts.operations import add_person

    with pytest.raises(NotThere):
        desk.write(makers=[add_person(by=desk.manager, name="Somebody Else")])


def test_R97_after_a_review_the_next_date_counts_and_is_within_a_year_of_it(desk: Desk) -> None:
    desk.write()
    signed = desk.sign()
    about = {"by": desk.manager, "project_id": desk.id, "sign_off_id": signed.pk}
    looked = date(2026, 10, 1)
    for wrong in (date(2027, 10, 2), looked):
        with pytest.raises(Refused, match="R97"):
            operations.move_review(**about, reviewed_on=looked, next_review_on=wrong)
    moved = operations.move_review(**about, reviewed_on=looked, next_review_on=date(2027, 10, 1))
    assert (moved.due_on, moved.review_on, moved.times_reviewed) == (date(2027, 10, 1), REVIEW, 1)
    assert queries.overdue([moved], date(2027, 10, 1)) == []
    assert [one.rule for one in queries.overdue([moved], date(2027, 10, 2))] == ["R100"]
    ended = operations.move_review(**about, reviewed_on=looked, next_review_on=None)
    assert ended.due_on is None
    assert queries.overdue([ended], date(2030, 1, 1)) == []


def test_R100_an_overdue_review_shows_on_the_overview_and_the_page(desk: Desk) -> None:
    from coproduce.capabilities.projects.queries import visit

    desk.write()
    signed = desk.sign()
    everyone = visit(desk.carer, desk.id, "projects.project", "read")
    assert "review on 15 October 2026" in str(queries.summary(everyone))
    assert queries.overdue([signed], REVIEW) == []
    with clock.at(datetime(2026, 10, 16, 12, tzinfo=UTC)):
        assert str(queries.summary(everyone)) == "Review overdue since 15 October 2026"
        assert [finding.rule for finding in queries.overdue([signed], clock.today())] == ["R100"]


def _payload_of(signed: SignOff) -> bytes:
    import json

    from coproduce.core.models import Payload

    payload = Payload.objects.get(entry__object_id=str(signed.pk), entry__verb="signoff.sign")
    return json.dumps(payload.content).encode()
