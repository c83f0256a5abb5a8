from datetime import date
from types import SimpleNamespace

from coproduce.capabilities.barriers.terms import BARRIER
from coproduce.capabilities.plans import queries
from coproduce.capabilities.plans.terms import LinkedKind, LinkTo, Rag, Status
from coproduce.core.findings import Strength
from coproduce.core.ids import uuid7
from coproduce.ui.onward import onward_from

from .factories import Plan, a_plan


def test_counts_by_status_colour_and_kind_of_owner(plan: Plan) -> None:
    plan.status(plan.action(owner=plan.citizen, co_owners=[plan.worker]), "in_progress")
    plan.status(plan.action(), "done", measure_result="20", evidence="File")
    plan.action(owner=plan.worker, co_owners=[plan.partner])
    plan.action(end=date(2025, 10, 14), owner=plan.facilitator)
    found = queries.counts(plan.id)
    assert found.by_status == {Status.IN_PROGRESS: 1, Status.DONE: 1, Status.NOT_STARTED: 2}
    assert found.by_rag == {Rag.GREEN: 2, Rag.CLOSED: 1, Rag.RED: 1}
    assert (found.total, found.overdue, found.citizen_owned, found.partner_owned, found.moved) == (
        4,
        1,
        1,
        1,
        0,
    )


def test_what_is_done_late_is_not_overdue(plan: Plan) -> None:
    action = plan.action(end=date(2025, 10, 10))
    assert queries.counts(plan.id).overdue == 1
    plan.status(action, "done", measure_result="20", evidence="File")
    assert queries.counts(plan.id).overdue == 0


def test_refs_become_links_and_what_names_nothing_is_told(plan: Plan) -> None:
    barrier = plan.barrier()
    links, unknown = queries.find_links(plan.id, " b1, B01;B99 S01 X7 ")
    assert links == [LinkTo(LinkedKind.BARRIER, barrier.pk, "B01")]
    assert unknown == ["B99", "S01", "X7"]


def test_a_barrier_of_another_project_is_no_link(plan: Plan) -> None:
    a_plan().barrier()
    assert queries.find_links(plan.id, "B01") == ([], ["B01"])


def test_what_carries_a_barrier_is_found_from_both_ends(plan: Plan) -> None:
    barrier = plan.barrier()
    link = LinkTo(LinkedKind.BARRIER, barrier.pk, barrier.ref)
    action, commitment = plan.action(links=[link, link]), plan.commitment(links=[link])
    assert queries.links_to(LinkedKind.BARRIER, [barrier.pk]) == {barrier.pk: [action, commitment]}
    assert queries.refs_by_action(plan.id) == {action.pk: ["B01"]}
    assert queries.refs_by_commitment(plan.id) == {commitment.pk: ["B01"]}
    onward = onward_from(BARRIER, plan.id, barrier.pk)
    assert [(one.ref, one.words) for one in onward] == [("A01", action.what), ("C01", commitment.what)]


def test_R64_a_promise_is_carried_by_an_action_or_a_commitment(plan: Plan) -> None:
    promises = [SimpleNamespace(pk=uuid7(), ref=ref) for ref in ("S08", "S12", "S99")]
    plan.action(links=[LinkTo(LinkedKind.SUGGESTION, promises[0].pk, "S08")])
    plan.commitment(links=[LinkTo(LinkedKind.SUGGESTION, promises[1].pk, "S12")])
    (found,) = queries.promises_without_action(plan.id, promises)
    assert (found.subject, found.strength) == ("S99", Strength.WARN)
    (found,) = queries.promises_without_action(plan.id, promises, at_sign_off=True)
    assert found.strength == Strength.REFUSE_UNLESS_NAMED


def test_a_persons_own_list_comes_in_order_of_the_end(plan: Plan) -> None:
    late, soon = plan.action(end=date(2026, 1, 1)), plan.action(end=date(2025, 11, 1))
    shared = plan.action(owner=plan.citizen, co_owners=[plan.worker])
    assert list(queries.open_actions_of_person(plan.id, plan.worker)) == [soon, late]
    assert list(queries.shared_actions_of_person(plan.id, plan.worker)) == [shared]


def test_commitments_past_their_check_date_are_counted(plan: Plan) -> None:
    plan.commitment()
    plan.commitment(in_force_from=date(2025, 9, 1), check_date=date(2025, 10, 1))
    assert queries.commitment_counts(plan.id) == {"total": 2, "overdue": 1}


def test_the_record_holds_every_table_with_its_rows(plan: Plan) -> None:
    barrier = plan.barrier()
    link = LinkTo(LinkedKind.BARRIER, barrier.pk, barrier.ref)
    plan.move(plan.action(links=[link], co_owners=[plan.citizen]), date(2025, 12, 12))
    plan.commitment(links=[link])
    rows = queries.rows_for_record(plan.id)
    assert rows["actions"][0]["co_owner_ids"] == [plan.citizen.pk]
    filled = {name for name, table in rows.items() if table}
    assert filled == {"actions", "date_changes", "action_links", "commitments", "commitment_links"}
