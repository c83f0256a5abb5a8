"""Reviews, measures, lists over all projects, the reason for a colour, and the plan on paper."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.operations import add_command_line
from coproduce.capabilities.plans import operations, queries, rules
from coproduce.capabilities.plans.models import PlanReview
from coproduce.capabilities.plans.terms import LinkedKind, LinkTo, Rhythm, Status
from coproduce.capabilities.plans.views.everywhere import NEXT_REVIEWS
from coproduce.capabilities.projects.operations import give_role
from coproduce.core import clock
from coproduce.core.access import NotThere, Role
from coproduce.core.findings import Refused
from coproduce.core.models import Entry
from tests.support import tagged
from tests.support.office import Office

from .factories import TODAY, Plan, a_plan


def facts(**more: Any) -> Any:
    usual = {
        "status": Status.IN_PROGRESS,
        "end": TODAY + timedelta(days=30),
        "times_moved": 0,
        "reached": None,
    }
    return SimpleNamespace(**usual | more)


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (facts(), "on track"),
        (facts(status=Status.DONE), ""),
        (facts(times_moved=1), "end moved once"),
        (facts(times_moved=2), "end moved 2 times"),
        (facts(end=TODAY - timedelta(days=1)), "1 day late"),
        (facts(end=TODAY - timedelta(days=3), times_moved=2), "3 days late and end moved 2 times"),
        (facts(end=TODAY + timedelta(days=5), reached=49), "5 days left and not half way"),
        (facts(end=TODAY + timedelta(days=5), reached=50), "on track"),
    ],
)
def test_the_reason_for_the_colour_is_said_in_words(action: Any, why: str) -> None:
    assert rules.why_this_rag(action, TODAY) == why


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def review(plan: Plan, **more: Any) -> PlanReview:
    usual = {
        "by": plan.manager,
        "rhythm": "monthly",
        "words": "Two are late.",
        "next_on": TODAY + timedelta(days=31),
    }
    return operations.review_plan(project_id=plan.id, **usual | more)


def test_a_review_keeps_how_the_plan_stood_and_sets_the_next(plan: Plan) -> None:
    done = plan.action(end=date(2025, 10, 10))
    plan.action(end=date(2025, 10, 14))
    plan.status(done, "done", measure_result="50 of 50", evidence="Audit")
    assert queries.review_date(plan.id) == date(2026, 1, 15)
    made = review(plan)
    assert made.stood == {
        "total": 2, "done": 1, "in_progress": 0, "not_started": 1, "overdue": 1, "moved": 0, "red": 1,
    }  # fmt: skip
    assert queries.review_date(plan.id) == date(2025, 11, 15)
    assert Entry.objects.get(object_id=str(made.pk)).verb == "plans.review_plan"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"words": " "}, "words"),
        ({"rhythm": "yearly"}, "rhythm"),
        ({"next_on": None}, "next_on"),
        ({"next_on": TODAY}, "next_on"),
        ({"next_on": TODAY + timedelta(days=40)}, "next_on"),
        ({"next_on": TODAY + timedelta(days=120), "rhythm": Rhythm.QUARTERLY}, "next_on"),
    ],
)
def test_a_review_without_words_or_with_a_date_beyond_its_rhythm_is_refused(
    plan: Plan, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        review(plan, **facts)
    assert {finding.subject for finding in refused.value.findings} == {field}
    assert not PlanReview.objects.exists()


def test_only_the_manager_reviews(plan: Plan) -> None:
    for person in (plan.facilitator, plan.worker, plan.observer):
        with pytest.raises(NotThere):
            review(plan, by=person)


def test_the_measures_count_what_happened_and_show_their_rows(plan: Plan) -> None:
    timely, late, moved, shared = (
        plan.action("Print"), plan.action("Ring", end=date(2025, 10, 1)), plan.action("Ask"),
        plan.action("Meet", owner=plan.citizen, co_owners=[plan.partner]),
    )  # fmt: skip
    plan.status(timely, "done", measure_result="50 of 50", evidence="Audit")
    plan.status(late, "done", measure_result="9 of 9", evidence="List")
    for to in (date(2025, 12, 8), date(2025, 12, 18)):
        plan.move(moved, to)
    found = {one.key: one for one in queries.measures(plan.id)}
    assert {key: (one.part, one.whole) for key, one in found.items()} == {
        "on_time": (1, 2), "late": (1, 4), "moved": (1, 4), "proved": (2, 2), "citizens": (1, 4), "partners": (1, 4),
        "promises": (0, 0),
    }  # fmt: skip
    assert [row.ref for row in found["late"].rows] == [late.ref]
    assert "20" in str(found["moved"].more)
    assert (found["on_time"].share, found["promises"].share) == (50.0, None)
    assert [row.ref for row in found["citizens"].rows] == [shared.ref]


def test_my_list_holds_my_actions_checks_and_reviews_over_all_projects(plan: Plan) -> None:
    other = a_plan_with(plan.worker)
    here = plan.action("Here", end=date(2025, 11, 20))
    there = other.action("There", end=date(2025, 10, 20), owner=other.citizen, co_owners=[plan.worker])
    other.commitment(checker=plan.worker, check_date=date(2025, 11, 1), in_force_from=TODAY)
    things = queries.things_of(plan.worker)
    assert [(thing.kind, thing.ref, thing.owned) for thing in things] == [
        ("action", there.ref, False), ("check", "C01", True), ("action", here.ref, True),
    ]  # fmt: skip
    assert [thing.kind for thing in queries.things_of(plan.manager)] == ["review"]
    plan.status(here, "done", measure_result="1", evidence="x")
    assert [thing.ref for thing in queries.things_of(plan.worker)] == [there.ref, "C01"]


def a_plan_with(person: Any) -> Plan:
    """Another project, with this person in it."""
    from coproduce.capabilities.accounts.operations import command_line
    from coproduce.capabilities.projects.operations import give_role
    from coproduce.core.access import Role

    other = a_plan()
    give_role(by=command_line(), project_id=other.id, person=person, role=Role.PARTICIPANT)
    return other


def test_whoever_left_a_project_sees_nothing_of_it(plan: Plan) -> None:
    from coproduce.capabilities.projects.models import ProjectRole

    plan.action()
    ProjectRole.objects.filter(person=plan.worker).delete()
    assert queries.things_of(plan.worker) == []


def test_a_manager_sees_who_carries_how_much_in_their_projects_and_no_others(plan: Plan) -> None:
    other = a_plan_with(plan.worker)
    other.action("Secret of another project")
    twice = plan.action("Print", end=date(2025, 10, 20))
    for to in (date(2025, 10, 21), date(2025, 10, 25)):
        plan.move(twice, to)
    plan.action("Ring", end=date(2025, 10, 1))
    plan.commitment(check_date=date(2025, 10, 20))
    (load,) = queries.managed_by(plan.manager).loads
    assert (load.person, load.open, load.late, load.moved_twice, load.soon, load.checks_due, load.checks_late) == (
        plan.worker, 2, 1, 1, 1, 1, 0,
    )  # fmt: skip
    page = client_of(plan.manager).get(reverse("plans:person", args=[plan.worker.pk])).content.decode()
    assert "Print" in page
    assert "Secret of another project" not in page
    assert client_of(plan.facilitator).get(reverse("plans:person", args=[plan.worker.pk])).status_code == 404


def test_the_list_goes_out_as_a_file(plan: Plan) -> None:
    plan.action("=1+1")
    content = client_of(plan.worker).get(reverse("plans:my_list") + "?format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["What"], row["Kind"], row["How it stands"]) == ("A01 =1+1", "Action", "Green: on track")


@pytest.fixture
def busy(plan: Plan) -> Plan:
    barrier = plan.barrier()
    moved = plan.action("Print the card", links=[LinkTo(LinkedKind.BARRIER, barrier.pk, barrier.ref)])
    plan.move(moved, date(2025, 12, 8))
    plan.action("Ring ŵ #eval", measure="50 of 50")
    plan.commitment()
    review(plan)
    return plan


def test_the_plan_as_pdf_is_tagged_and_complete(busy: Plan, tmp_path: Path) -> None:
    answer = client_of(busy.worker).get(reverse("plans:actions", args=[busy.id]) + "?format=pdf")
    assert answer["Content-Type"] == "application/pdf"
    path = tmp_path / "plan.pdf"
    path.write_bytes(answer.content)
    spoken = tagged.check(path)
    assert spoken.title == "Action plan: Home"
    assert [words for kind, words in spoken.headings if kind == "H1"] == [
        "Actions", "Standing commitments", "Reviews",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_plan_as_word_opens_in_libreoffice(busy: Plan, tmp_path: Path, office: Office) -> None:
    answer = client_of(busy.worker).get(reverse("plans:actions", args=[busy.id]) + "?format=docx")
    path = tmp_path / "plan.docx"
    path.write_bytes(answer.content)
    office.open(path)
    texts = office.do("texts")
    assert texts[0] == "Action plan: Home"
    row = next(row for row in texts if row[0] == "A01" and len(row) == 8)
    assert row[1:] == [
        "Print the card", "Ruth Llewellyn", "1 September 2025", "8 December 2025", "Not started",
        "Amber: end moved once", "B01",
    ]  # fmt: skip


def test_the_picture_has_every_action_former_end_and_reason_in_its_table(busy: Plan) -> None:
    page = client_of(busy.worker).get(reverse("plans:actions", args=[busy.id])).content.decode()
    assert "2 actions from 1 Sep 2025 to 8 Dec 2025; 0 late, 1 moved." in page
    assert "28 Nov 2025" in page
    assert "Amber: end moved once" in page


def test_time_moves_and_a_plan_nobody_reviewed_is_late(plan: Plan) -> None:
    plan.action()
    with clock.at(datetime(2026, 1, 16, 9, tzinfo=UTC)):
        for name in ("plans:managed", "plans:to_review"):
            page = client_of(plan.manager).get(reverse(name)).content.decode()
            assert "1 day late" in page


def test_a_manager_of_many_plans_sees_the_next_ten_and_finds_every_one(plan: Plan) -> None:
    for _ in range(NEXT_REVIEWS):
        another = a_plan()
        give_role(by=add_command_line(), project_id=another.id, person=plan.manager, role=Role.MANAGER)
        another.action()
    plan.action()
    client = client_of(plan.manager)
    page = client.get(reverse("plans:managed")).content.decode()
    assert page.count('/reviews/"><bdi>') == NEXT_REVIEWS
    assert f"All {NEXT_REVIEWS + 1} plans to review" in page
    everyone = client.get(reverse("plans:to_review")).content.decode()
    assert everyone.count(reverse("plans:reviews", args=[plan.id])) == 1
    assert f"{NEXT_REVIEWS + 1} in this list" in everyone
    assert "Nothing matches" in client.get(reverse("plans:to_review"), {"q": "no such"}).content.decode()
