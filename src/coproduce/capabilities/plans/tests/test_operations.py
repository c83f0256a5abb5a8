from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.plans import operations, queries
from coproduce.capabilities.plans.models import Action, Check, DateChange, Handover
from coproduce.capabilities.plans.terms import Rag
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Payload

from .factories import TODAY, Plan, a_plan


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule for finding in refused.value.findings}


def content() -> dict:
    return Payload.objects.order_by("-entry__seq").first().content


def rag(plan: Plan, action: Action) -> Rag:
    (line,) = queries.lines([plan.again(action)])
    return line.rag


def test_actions_are_numbered_and_keep_what_was_written(plan: Plan) -> None:
    first, second = plan.action(measure="50 of 50 cards", co_owners=[plan.citizen]), plan.action()
    assert [first.ref, second.ref] == ["A01", "A02"]
    kept = plan.again(first)
    assert (kept.measure, kept.status, list(kept.co_owners.all())) == (
        "50 of 50 cards",
        "not_started",
        [plan.citizen],
    )


@pytest.mark.parametrize(
    "end", ["ongoing", "TBC", "", None, date(2099, 1, 1), "2099-01-01", date(2025, 8, 1)]
)
def test_R60_an_end_that_is_no_real_date_writes_nothing(plan: Plan, end: object) -> None:
    with pytest.raises(Refused) as refused:
        plan.action(end=end)
    assert rules_of(refused) == {"R60"}
    assert not Action.objects.exists()


def test_R60_text_that_is_a_date_is_a_date(plan: Plan) -> None:
    assert plan.action(start="2025-09-01", end="2026-01-30").end == date(2026, 1, 30)


def test_R63_no_owner_a_group_or_a_team_is_refused(plan: Plan) -> None:
    group = people.groups_of(plan.id).first()
    for owner in (None, group, "The discharge team"):
        with pytest.raises(Refused) as refused:
            plan.action(owner=owner)
        assert rules_of(refused) == {"R63"}


def test_an_owner_is_somebody_of_the_project(plan: Plan) -> None:
    stranger = a_plan().worker
    with pytest.raises(NotThere):
        plan.action(owner=stranger)
    with pytest.raises(NotThere):
        plan.action(co_owners=[stranger])


def test_only_those_who_lead_write_actions(plan: Plan) -> None:
    for person in (plan.worker, plan.citizen, plan.observer):
        with pytest.raises(NotThere):
            operations.add_action(
                by=person, project_id=plan.id, what="X", owner=plan.worker, start=TODAY, end=TODAY
            )


def test_the_same_request_twice_writes_one_action(plan: Plan) -> None:
    key = uuid7()
    assert plan.action(key=key) == plan.action(key=key)
    assert Action.objects.count() == 1


def test_the_words_change_and_the_ledger_keeps_the_old_ones(plan: Plan) -> None:
    action = plan.action(measure="Some cards")
    operations.change_action(
        by=plan.facilitator, project_id=plan.id, action_id=action.pk, changes={"measure": "50 of 50"}
    )
    assert plan.again(action).measure == "50 of 50"
    assert (content()["before"]["measure"], content()["after"]["measure"]) == ("Some cards", "50 of 50")


@pytest.mark.parametrize("name", ["end", "owner", "status", "times_moved"])
def test_dates_owner_and_status_have_their_own_operations(plan: Plan, name: str) -> None:
    with pytest.raises(TypeError):
        operations.change_action(
            by=plan.facilitator, project_id=plan.id, action_id=plan.action().pk, changes={name: None}
        )


def test_R61_ongoing_is_no_status(plan: Plan) -> None:
    action = plan.action()
    with pytest.raises(Refused) as refused:
        plan.status(action, "ongoing")
    assert rules_of(refused) == {"R61"}
    assert plan.again(action).status == "not_started"


def test_R65_done_without_measure_or_evidence_is_refused(plan: Plan) -> None:
    action = plan.action()
    for facts in ({}, {"measure_result": "20 of 20"}, {"evidence": "File"}):
        with pytest.raises(Refused) as refused:
            plan.status(action, "done", **facts)
        assert rules_of(refused) == {"R65"}
    plan.status(action, "done", measure_result="20 of 20", evidence="Case sample of 29 September")
    done = plan.again(action)
    assert (done.status, done.closed_on) == ("done", TODAY)


def test_R65_the_database_keeps_it_too(plan: Plan) -> None:
    action = plan.action()
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(status="done")


def test_stopped_says_why_and_can_start_again(plan: Plan) -> None:
    action = plan.action()
    with pytest.raises(Refused):
        plan.status(action, "stopped")
    plan.status(action, "stopped", why="The pilot lost its money")
    plan.status(action, "in_progress", reached=20)
    assert (plan.again(action).closed_on, plan.again(action).reached) == (None, 20)


def test_owner_and_co_owner_work_on_it_and_nobody_else(plan: Plan) -> None:
    action = plan.action(owner=plan.worker, co_owners=[plan.citizen])
    for person in (plan.worker, plan.citizen, plan.manager, plan.facilitator):
        plan.status(action, "in_progress", by=person)
    for person in (plan.partner, plan.observer):
        with pytest.raises(NotThere):
            plan.status(action, "in_progress", by=person)
        with pytest.raises(NotThere):
            plan.move(action, date(2025, 12, 1), by=person)


def test_R62_two_moves_make_it_red_and_all_three_dates_stay(plan: Plan) -> None:
    action = plan.action(end=date(2025, 11, 28))
    assert rag(plan, action) == Rag.GREEN
    plan.move(action, date(2025, 12, 12), why="Printer late")
    assert rag(plan, action) == Rag.AMBER
    plan.move(action, date(2026, 1, 16), why="Printer lost", by=plan.manager)
    assert rag(plan, action) == Rag.RED
    history = [(row.was, row.now, row.by, row.why) for row in queries.date_changes_of(action)]
    assert history == [
        (date(2025, 11, 28), date(2025, 12, 12), plan.worker, "Printer late"),
        (date(2025, 12, 12), date(2026, 1, 16), plan.manager, "Printer lost"),
    ]
    assert {finding["rule"] for finding in content()["findings"]} == {"R62"}
    assert [finding.rule for finding in queries.moved_findings([plan.again(action)])] == ["R62"]


def test_R62_a_move_without_reason_moves_nothing(plan: Plan) -> None:
    action = plan.action()
    with pytest.raises(Refused) as refused:
        plan.move(action, date(2025, 12, 12), why=" ")
    assert rules_of(refused) == {"R62"}
    assert not DateChange.objects.exists()


@pytest.mark.parametrize("to", ["ongoing", "", None, date(2099, 1, 1), date(2025, 8, 1)])
def test_R60_holds_for_a_move_too(plan: Plan, to: object) -> None:
    action = plan.action()
    with pytest.raises(Refused) as refused:
        plan.move(action, to)
    assert rules_of(refused) == {"R60"}
    assert plan.again(action).times_moved == 0


def test_moving_the_start_is_kept_and_does_not_count_as_a_move_of_the_end(plan: Plan) -> None:
    action = plan.action()
    plan.move(action, date(2025, 9, 15), which="start")
    assert (plan.again(action).start, plan.again(action).times_moved) == (date(2025, 9, 15), 0)
    with pytest.raises(Refused):
        plan.move(action, date(2026, 9, 15), which="start")


def test_R62_the_date_history_cannot_be_rewritten(plan: Plan) -> None:
    plan.move(plan.action(), date(2025, 12, 12))
    for rewrite in (lambda: DateChange.objects.update(why="x"), lambda: DateChange.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite()


def hand_over(
    plan: Plan, by: object = None, to: object = None, note: str = "Ward 4 knows", **more: object
) -> Handover:
    return operations.hand_over(
        by=by or plan.worker,
        project_id=plan.id,
        from_person=plan.worker,
        to_person=to or plan.partner,
        note=note,
        **more,
    )


def test_R66_all_open_actions_go_to_the_other_and_history_stays(plan: Plan) -> None:
    first, second, done = (
        plan.action("One"),
        plan.action("Two", co_owners=[plan.partner]),
        plan.action("Three"),
    )
    plan.status(done, "done", measure_result="All", evidence="File")
    plan.move(first, date(2025, 12, 12))
    handover = hand_over(plan)
    assert [plan.again(action).owner for action in (first, second, done)] == [
        plan.partner,
        plan.partner,
        plan.worker,
    ]
    assert not plan.again(second).co_owners.exists()
    assert queries.handovers_of(first) == [handover]
    assert queries.date_changes_of(first).count() == 1


def test_R66_both_are_told_on_their_own_list(plan: Plan) -> None:
    first = plan.action("One")
    handover = hand_over(plan)
    for person in (plan.worker, plan.partner):
        assert list(queries.handovers_touching(plan.id, person)) == [handover]
    assert queries.handed_over_in([handover]) == {handover.pk: [first]}
    assert not queries.handovers_touching(plan.id, plan.citizen)


def test_R66_one_action_alone_can_be_passed(plan: Plan) -> None:
    first, second = plan.action("One"), plan.action("Two")
    hand_over(plan, action_ids=[second.pk])
    assert (plan.again(first).owner, plan.again(second).owner) == (plan.worker, plan.partner)


@pytest.mark.parametrize("wrong", ["note", "same", "nothing"])
def test_R66_a_handover_without_note_other_person_or_action_is_refused(plan: Plan, wrong: str) -> None:
    plan.action()
    facts = {"note": {"note": ""}, "same": {"to": plan.worker}, "nothing": {"action_ids": []}}[wrong]
    with pytest.raises(Refused) as refused:
        hand_over(plan, **facts)
    assert rules_of(refused) == {"R66"}


def test_R63_nothing_is_handed_to_a_team(plan: Plan) -> None:
    plan.action()
    with pytest.raises(Refused) as refused:
        hand_over(plan, to=people.groups_of(plan.id).first())
    assert rules_of(refused) == {"R63"}


def test_nobody_hands_over_what_others_own(plan: Plan) -> None:
    plan.action()
    with pytest.raises(NotThere):
        hand_over(plan, by=plan.citizen)
    hand_over(plan, by=plan.manager)


def test_a_standing_commitment_has_dates_and_a_checker(plan: Plan) -> None:
    commitment = plan.commitment()
    assert (commitment.ref, commitment.checker, commitment.check_date) == (
        "C01",
        plan.worker,
        date(2026, 4, 15),
    )


def test_R60_a_commitment_is_checked_within_twelve_months(plan: Plan) -> None:
    for check_date in (date(2026, 10, 16), "ongoing", None):
        with pytest.raises(Refused) as refused:
            plan.commitment(check_date=check_date)
        assert rules_of(refused) == {"R60"}


def test_R63_a_team_does_not_check(plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        plan.commitment(checker=None)
    assert rules_of(refused) == {"R63"}


def test_a_check_says_what_was_found_and_sets_the_next(plan: Plan) -> None:
    commitment = plan.commitment()
    operations.check_commitment(
        by=plan.worker, project_id=plan.id, commitment_id=commitment.pk, result="partly", words="Two of three",
        next_check=date(2026, 4, 30),
    )  # fmt: skip
    kept = queries.commitment_in(plan.id, commitment.pk)
    assert (kept.last_result, kept.last_checked_on, kept.check_date) == ("partly", TODAY, date(2026, 4, 30))
    assert Check.objects.get().words == "Two of three"


@pytest.mark.parametrize(
    "facts", [{"result": ""}, {"words": " "}, {"next_check": "later"}, {"next_check": date(2027, 1, 1)}]
)
def test_a_check_without_its_facts_is_refused(plan: Plan, facts: dict[str, object]) -> None:
    usual = {"result": "kept", "words": "Yes", "next_check": date(2026, 4, 30)}
    with pytest.raises(Refused):
        operations.check_commitment(
            by=plan.worker, project_id=plan.id, commitment_id=plan.commitment().pk, **usual | facts
        )


def test_only_the_checker_and_those_who_lead_check(plan: Plan) -> None:
    usual = {"result": "kept", "words": "Yes", "next_check": date(2026, 4, 30)}
    with pytest.raises(NotThere):
        operations.check_commitment(
            by=plan.citizen, project_id=plan.id, commitment_id=plan.commitment().pk, **usual
        )


def test_notes_are_added_by_who_works_on_it(plan: Plan) -> None:
    action = plan.action()
    operations.note_action(by=plan.worker, project_id=plan.id, action_id=action.pk, words="Cards printed")
    assert [note.words for note in queries.notes_of(action)] == ["Cards printed"]
    with pytest.raises(NotThere):
        operations.note_action(by=plan.observer, project_id=plan.id, action_id=action.pk, words="x")


def test_an_action_depends_only_on_others_of_its_project(plan: Plan) -> None:
    theirs, first = a_plan().action(), plan.action()
    second = plan.action(depends_on=[first, theirs])
    assert list(second.depends_on.all()) == [first]
