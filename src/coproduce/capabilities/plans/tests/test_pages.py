import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.plans import operations, queries
from coproduce.capabilities.plans.models import Action, StandingCommitment

from .factories import Plan

TYPED = {
    "what": "Trial the first visit", "measure": "85% in each zone", "links": "B01",
    "start_day": "3", "start_month": "11", "start_year": "2025",
}  # fmt: skip


class Browser:
    """One person's browser inside the project of the plan."""

    def __init__(self, plan: Plan, person: Any) -> None:
        self.plan, self.client = plan, Client()
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, page: str, thing: Any = None, query: str = "") -> str:
        response = self.client.get(self.path(page, thing) + query)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, page: str, thing: Any = None, **data: Any) -> str:
        return self.client.post(self.path(page, thing), data, follow=True).content.decode()

    def path(self, page: str, thing: Any = None) -> str:
        return reverse(f"plans:{page}", args=[self.plan.id, *([thing.pk] if thing else [])])


@pytest.fixture
def facilitator(plan: Plan) -> Browser:
    plan.barrier("Villages lose out")
    return Browser(plan, plan.facilitator)


@pytest.fixture
def worker(plan: Plan) -> Browser:
    return Browser(plan, plan.worker)


def typed(plan: Plan, **more: str) -> dict[str, str]:
    end = {"end_day": "27", "end_month": "2", "end_year": "2026"}
    return TYPED | end | {"owner": str(plan.worker.pk)} | more


def test_an_action_is_written_with_its_owner_dates_and_links(plan: Plan, facilitator: Browser) -> None:
    page = facilitator.post("new_action", **typed(plan, co_owners=str(plan.citizen.pk)))
    for words in (
        "Trial the first visit",
        "Ruth Llewellyn",
        "Joyce Penhale",
        "27 February 2026",
        "Barrier B01",
    ):
        assert words in page
    assert queries.refs_by_action(plan.id) == {Action.objects.get().pk: ["B01"]}


@pytest.mark.parametrize("day", ["ongoing", "Ongoing", "TBC", "when funding comes", ""])
def test_R60_ongoing_is_refused_keeps_what_was_typed_and_offers_a_commitment(
    plan: Plan, facilitator: Browser, day: str
) -> None:
    page = facilitator.post("new_action", **typed(plan, end_day=day, end_month="", end_year=""))
    assert "Error: " in page
    assert "R60" in page
    assert f'value="{day}"' in page or not day
    assert 'value="Trial the first visit"' in page
    assert "Make it a standing commitment instead" in page
    assert not Action.objects.exists()


@pytest.mark.parametrize("year", ["2099", "2024"])
def test_R60_an_end_too_far_or_before_the_start_is_refused_on_the_page(
    plan: Plan, facilitator: Browser, year: str
) -> None:
    assert "R60" in facilitator.post("new_action", **typed(plan, end_year=year))
    assert not Action.objects.exists()


def test_R60_the_offer_takes_what_was_typed_to_the_commitment(plan: Plan, facilitator: Browser) -> None:
    page = facilitator.post("new_commitment", **typed(plan, end_day="ongoing", from_action="1"))
    assert "Trial the first visit" in page
    assert 'value="B01"' in page
    assert "Error: " not in page
    assert not StandingCommitment.objects.exists()
    facilitator.post(
        "new_commitment", what="Trial the first visit", links="B01", checker=str(plan.worker.pk),
        in_force_from="2025-11-03", check_date="2026-04-15",
    )  # fmt: skip
    assert StandingCommitment.objects.get().check_date == date(2026, 4, 15)


def test_R63_an_action_without_an_owner_is_refused_beside_its_field(plan: Plan, facilitator: Browser) -> None:
    page = facilitator.post("new_action", **typed(plan, owner=""))
    assert "R63" in page
    assert 'href="#id_owner"' in page


def test_everything_that_is_wrong_is_told_at_once(facilitator: Browser) -> None:
    page = facilitator.post("new_action", what="")
    for words in ("R60", "R63", "Enter the date on which this starts", "What will be done"):
        assert words in page


def test_a_ref_that_names_nothing_is_told(plan: Plan, facilitator: Browser) -> None:
    page = facilitator.post("new_action", **typed(plan, links="B01, B77"))
    assert "Nothing here is called B77" in page
    assert not Action.objects.exists()


def test_the_plan_in_numbers(plan: Plan, facilitator: Browser) -> None:
    plan.action(owner=plan.citizen)
    plan.status(plan.action(co_owners=[plan.partner]), "in_progress")
    page = facilitator.get("actions")
    assert "0 done, 1 in progress, 1 not started, 0 overdue." in page
    assert "Citizens or carers own or share 1; partners 1." in page


def test_the_list_is_narrowed_by_status_owner_colour_and_words(plan: Plan, facilitator: Browser) -> None:
    plan.status(plan.action("Open the line", owner=plan.citizen), "in_progress", by=plan.citizen)
    plan.action("Print the card", end=date(2025, 10, 1))
    for query in (
        "?status=in_progress",
        f"?owner={plan.citizen.pk}",
        "?rag=green",
        "?q=line",
        "?q=a01",
        "?q=penhale",
    ):
        page = facilitator.get("actions", query=query)
        assert "Open the line" in page, query
        assert "Print the card" not in page, query
    assert "Print the card" in facilitator.get("actions", query="?rag=red")


def test_the_file_of_the_plan_has_everything(plan: Plan, facilitator: Browser) -> None:
    plan.action("Print the card", measure="50 of 50")
    rows = list(csv.reader(io.StringIO(facilitator.get("actions", query="?format=csv").lstrip("\ufeff"))))
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["Number"], line["Measure"], line["On track?"]) == ("A01", "50 of 50", "Green")


def test_R61_the_page_does_not_offer_ongoing(plan: Plan, worker: Browser) -> None:
    assert "ongoing" not in worker.get("status", plan.action()).lower()


def test_R65_done_without_proof_is_refused_and_keeps_what_was_typed(plan: Plan, worker: Browser) -> None:
    action = plan.action()
    page = worker.post("status", action, status="done", measure_result="20 of 20 sampled", evidence="")
    assert "R65" in page
    assert "20 of 20 sampled" in page
    assert plan.again(action).status == "not_started"
    page = worker.post(
        "status", action, status="done", measure_result="20 of 20", evidence="Sample of 29 September"
    )
    assert "Sample of 29 September" in page
    assert plan.again(action).status == "done"


def test_R62_two_moves_show_three_dates_who_and_why_in_red(plan: Plan, worker: Browser) -> None:
    action = plan.action(end=date(2025, 11, 28))
    worker.post("move", action, which="end", end="2025-12-12", why="Printer late")
    page = worker.post("move", action, which="end", end="2026-01-16", why="Printer lost")
    for words in (
        "28 November 2025",
        "12 December 2025",
        "16 January 2026",
        "Printer late",
        "Ruth Llewellyn",
    ):
        assert words in page
    assert "Red: end moved 2 times" in page
    assert "R62" in page
    assert "has moved 2 times" in Browser(plan, plan.manager).get("actions")


def test_R60_a_move_to_ongoing_is_refused(plan: Plan, worker: Browser) -> None:
    action = plan.action()
    page = worker.post("move", action, which="end", end_day="ongoing", why="Unsure")
    assert "R60" in page
    assert 'value="ongoing"' in page
    assert plan.again(action).times_moved == 0


def test_R66_all_actions_are_handed_over_and_both_see_it(plan: Plan, worker: Browser) -> None:
    first, second = plan.action("One"), plan.action("Two")
    giver = plan.worker
    page = worker.post(
        "hand_over",
        giver,
        actions=[str(first.pk), str(second.pk)],
        to=str(plan.partner.pk),
        note="Ward 4 knows",
    )
    assert "2 actions are handed over." in page
    for person in (plan.worker, plan.partner):
        assert "Ward 4 knows" in Browser(plan, person).get("mine")
    assert "Earlier owners" in worker.get("action", first)


def test_R66_a_handover_without_a_note_says_so(plan: Plan, worker: Browser) -> None:
    action = plan.action()
    page = worker.post("hand_over", plan.worker, actions=[str(action.pk)], to=str(plan.partner.pk), note="")
    assert "R66" in page
    assert plan.again(action).owner == plan.worker


def test_nobody_hands_over_for_another_participant(plan: Plan) -> None:
    plan.action()
    citizen = Browser(plan, plan.citizen)
    assert citizen.client.get(citizen.path("hand_over", plan.worker)).status_code == 404


def test_an_observer_reads_and_finds_no_button(plan: Plan) -> None:
    action = plan.action()
    observer = Browser(plan, plan.observer)
    page = observer.get("action", action)
    for name in ("status", "move", "note", "edit_action"):
        assert observer.path(name, action) not in page


def test_the_words_are_changed_without_touching_dates_or_owner(plan: Plan, facilitator: Browser) -> None:
    action = plan.action("Print the card", co_owners=[plan.citizen])
    page = facilitator.get("edit_action", action)
    assert 'name="end_day"' not in page
    assert 'name="owner"' not in page
    facilitator.post(
        "edit_action", action, what="Print every card", end="2030-01-01", links="B01", depends_on=""
    )
    kept = plan.again(action)
    assert (kept.what, kept.end, list(kept.co_owners.all())) == ("Print every card", action.end, [])


def test_my_actions_shows_mine_and_what_i_share_and_check(plan: Plan) -> None:
    plan.action("I own this", owner=plan.citizen)
    plan.action("I share this", co_owners=[plan.citizen])
    plan.action("Somebody else's")
    plan.commitment("I check this", checker=plan.citizen)
    page = Browser(plan, plan.citizen).get("mine")
    for words in ("I own this", "I share this", "I check this"):
        assert words in page
    assert "Somebody else" not in page


def test_a_check_is_written_down(plan: Plan, worker: Browser) -> None:
    commitment = plan.commitment()
    page = worker.post("check", commitment, result="partly", words="Two of three", next_check="2026-04-30")
    assert "Two of three" in page
    assert "R60" in worker.post("check", commitment, result="kept", words="Yes", next_check_day="ongoing")


def test_markup_in_an_action_is_shown_as_text(plan: Plan, facilitator: Browser) -> None:
    action = plan.action("<b>bold</b>", specific="<img src=x>")
    plan.move(action, date(2025, 12, 12), why="<i>why</i>")
    for page in (facilitator.get("action", action), facilitator.get("actions"), facilitator.get("mine")):
        assert "<b>bold" not in page
        assert "<img src=x" not in page
        assert "<i>why" not in page


def test_a_barriers_page_leads_to_the_action_that_carries_it_on(plan: Plan, facilitator: Browser) -> None:
    facilitator.post("new_action", **typed(plan))
    action = Action.objects.get()
    links = queries.links_of(action)
    page = facilitator.client.get(
        reverse("barriers:barrier", args=[plan.id, links[0].linked_id])
    ).content.decode()
    assert facilitator.path("action", action) in page


def test_the_same_form_sent_twice_writes_one_action(plan: Plan, facilitator: Browser) -> None:
    key = "0193f1c2-7b7a-7000-8000-000000000001"
    for _time in range(3):
        facilitator.post("new_action", **typed(plan, request_key=key))
    assert Action.objects.count() == 1


def test_operations_and_pages_refuse_alike(plan: Plan) -> None:
    with pytest.raises(Exception, match="R60"):
        operations.add_action(
            by=plan.facilitator,
            project_id=plan.id,
            what="X",
            owner=plan.worker,
            start="2025-11-03",
            end="ongoing",
        )
