import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from coproduce.capabilities.labs import operations, queries
from coproduce.capabilities.labs.models import Lab, Turn
from coproduce.capabilities.people.terms import GroupKind
from coproduce.core import clock

from .factories import DAY, EVENING, House

PLAN = {
    "question": "How should it work?", "level": "co-design", "date": "2025-03-20", "starts_at": "2pm",
    "minutes": "120", "ways": ["in person", "phone"], "place": "Village hall", "pause_signal": "Red card",
    "ground_rules": "Be kind\n\n  Listen  \n", "safeguarding_name": "Una Price",
    "safeguarding_phone": "01632 960 001", "content_warning": "Loss",
}  # fmt: skip


class Browser:
    """One person's browser inside the project."""

    def __init__(self, house: House, person: Any) -> None:
        self.house, self.client = house, Client()
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, page: str, *things: Any, query: str = "") -> str:
        response = self.client.get(self.path(page, *things) + query)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, page: str, *things: Any, **data: Any) -> str:
        return self.client.post(self.path(page, *things), data, follow=True).content.decode()

    def path(self, page: str, *things: Any) -> str:
        return reverse(f"labs:{page}", args=[self.house.id, *(getattr(one, "pk", one) for one in things)])

    def rows(self, page: str, *things: Any) -> list[dict[str, str]]:
        text = self.client.get(self.path(page, *things) + "?format=csv").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def facilitator(house: House) -> Browser:
    return Browser(house, house.facilitator)


@pytest.fixture
def citizen(house: House) -> Browser:
    return Browser(house, house.maureen)


def test_a_lab_is_planned_with_everything_that_people_must_know(
    facilitator: Browser, citizen: Browser
) -> None:
    facilitator.post("new_lab", **PLAN)
    lab = Lab.objects.get()
    assert (f"{lab.starts_at:%H:%M}", lab.ground_rules) == ("14:00", ["Be kind", "Listen"])
    page = citizen.get("lab", lab)
    for words in (
        "Thursday 20 March 2025, 14:00 to 16:00", "Village hall", "In person, By phone", "Una Price",
        "01632 960 001", "Red card", "Loss", "Not held yet", "Co-design",
    ):  # fmt: skip
        assert words in page


def test_a_form_that_is_wrong_keeps_what_was_typed(facilitator: Browser) -> None:
    page = facilitator.post("new_lab", **PLAN | {"starts_at": "noonish", "question": ""})
    assert "Error: " in page
    assert "Enter a time, for example 14:00 or 2pm" in page
    assert 'value="noonish"' in page
    assert 'value="Village hall"' in page
    assert not Lab.objects.exists()


def test_an_empty_project_says_what_to_do_first(facilitator: Browser, citizen: Browser) -> None:
    assert "No lab is planned yet" in citizen.get("labs")
    assert "Plan a lab" in facilitator.get("labs")
    assert "Plan a lab" not in citizen.get("labs")
    for page, words in (
        ("ideas", "No ideas yet"), ("decisions", "No decisions yet"), ("parked", "Nothing is parked"),
        ("jargon", "The jar is empty"), ("prototypes", "Nothing is tried yet"),
        ("facilitation", "Not declared yet"),
    ):  # fmt: skip
        assert words in citizen.get(page)


def test_R104_the_page_says_where_to_declare_who_pays(house: House, facilitator: Browser) -> None:
    house.open_to_change()
    lab, seat = house.lab(), house.seats["Maureen Hallett"]
    page = facilitator.post("invite", lab, seats=[str(seat.pk)])
    assert "R104" in page
    assert "Declare it first" in page
    facilitator.post("edit_facilitation", paid_by="The council")
    facilitator.post("invite", lab, seats=[str(seat.pk)])
    assert "You are invited." in Browser(house, house.maureen).get("lab", lab)
    assert "You are invited." not in Browser(house, house.manager).get("lab", lab)


def invited_with_needs(house: House) -> Lab:
    house.need(share_with_venue=False)
    house.need("Colin Whitlock", "transport", kind="meeting")
    house.declare()
    lab = house.lab()
    operations.invite(**house.here, lab_id=lab.pk, seat_ids=[seat.pk for seat in house.seats.values()])
    return lab


def test_R15_the_access_plan_shows_needs_only_and_the_venue_what_is_shared(
    house: House, facilitator: Browser
) -> None:
    lab = invited_with_needs(house)
    page = BeautifulSoup(facilitator.get("access", lab), "html.parser")
    words = page.main.get_text() if page.main else ""
    assert "Urdu interpreter" in words
    assert "Maureen" not in words
    assert "R15" in words
    venue = page.find("h2", string="For the venue")
    assert venue is not None
    assert venue.find_next("ul").get_text(strip=True) == "transport"  # type: ignore[union-attr]


def test_R16_the_warning_is_for_the_facilitator_and_each_sees_their_own_need(
    house: House, facilitator: Browser, citizen: Browser
) -> None:
    lab = invited_with_needs(house)
    assert "2 access needs are not met, and the lab is in 10 days." in facilitator.get("lab", lab)
    page = citizen.get("lab", lab)
    assert "Urdu interpreter" in page
    assert "transport" not in page
    assert "R16" not in page
    manager = Browser(house, house.manager).get("lab", lab)
    assert "Urdu" not in manager
    for need in queries.access_plan(lab):
        facilitator.post("arrange", lab, need.id, state="arranged", arranged_by="Yvonne")
    assert "R16" not in facilitator.get("lab", lab)
    assert "Arranged" in citizen.get("lab", lab)


def test_the_agenda_has_times_and_warns_when_it_is_too_long(house: House, facilitator: Browser) -> None:
    lab = house.lab()
    for title, minutes in (("Write alone", 50), ("Talk", 80)):
        facilitator.post("agenda", lab, title=title, minutes=minutes, owner=str(house.facilitator.pk))
    page = facilitator.get("agenda", lab)
    assert "14:50" in page
    assert "The agenda takes 130 minutes, and the lab has 120." in page
    assert [(row["Time"], row["Minutes"], row["Who leads it"]) for row in facilitator.rows("agenda", lab)] == [
        ("14:00", "50", "Owen Pritchard"), ("14:50", "80", "Owen Pritchard"),
    ]  # fmt: skip
    item = queries.agenda_of(lab).first()
    facilitator.post("move_item", lab, item, to="down")
    facilitator.post("remove_item", lab, item)
    assert [one.title for one in queries.agenda_of(lab)] == ["Talk"]


def test_others_read_the_agenda_and_cannot_change_it(house: House, citizen: Browser) -> None:
    lab = house.lab()
    operations.add_agenda_item(**house.here, lab_id=lab.pk, title="Write alone", minutes=10)
    page = citizen.get("agenda", lab)
    assert "Write alone" in page
    assert "Add a step" not in page
    assert "Take out" not in page


def test_R51_the_label_is_on_every_copy(house: House, facilitator: Browser, citizen: Browser) -> None:
    lab = house.held(0, 0, 3, 2, 2)
    operations.add_idea(**house.here, lab_id=lab.pk, words="A card")
    operations.add_prototype(
        **house.here, lab_id=lab.pk, what="Card", begins=DAY, ends=DAY, expect="X", how_know="Y"
    )
    for page in ("lab", "record", "voices", "agenda"):
        assert "Collaboration" in citizen.get(page, lab)
    assert "Collaboration" in facilitator.get("sheet", lab)
    for page in ("labs", "ideas", "prototypes"):
        assert "Collaboration" in citizen.get(page)
        assert [row["Label"] for row in citizen.rows(page)] == ["Collaboration"]
    for page in ("voices", "agenda"):
        operations.add_agenda_item(**house.here, lab_id=lab.pk, title="Talk", minutes=10)
        assert {row["Label"] for row in citizen.rows(page, lab)} == {"Collaboration"}
    sheet = load_workbook(
        io.BytesIO(citizen.client.get(citizen.path("labs") + "?format=xlsx").content)
    ).active
    assert sheet is not None
    assert "Collaboration" in [cell.value for cell in sheet[2]]
    (row,) = queries.rows_for_record(house.id)["labs"]
    assert row["label"] == "Collaboration"


def test_who_came_is_written_and_corrected_on_the_page(house: House, facilitator: Browser) -> None:
    lab = house.lab()
    groups = {
        f"group_{group.pk}": count for group, count in zip(house.groups(), (5, 4, 4, 1, 2), strict=True)
    }
    assert "still to come" in facilitator.post("attendance", lab, **groups)
    with clock.at(EVENING):
        page = facilitator.post("attendance", lab, **groups)
        assert "16 people came, 9 of them citizens." in page
        first = f"group_{house.groups()[0].pk}"
        assert f'name="{first}"' in facilitator.get("attendance", lab)
        named = {**groups, first: 0, "seats": [str(house.seats["Maureen Hallett"].pk)]}
        page = facilitator.post("attendance", lab, **named)
        assert "you named more people than you counted" in page
        assert f'href="#id_{first}"' in page
    assert queries.figures(lab).attended == 16


# The tally, without any script


def test_the_tally_counts_says_what_it_counted_and_keeps_the_focus(
    house: House, facilitator: Browser
) -> None:
    lab, carers = house.held(5, 4, 4, 2, 2), house.group(GroupKind.CARERS)
    page = BeautifulSoup(facilitator.get("tally", lab), "html.parser")
    buttons = page.select("button.labs-tally__button")
    assert len(buttons) == 5
    keys = {field["value"] for field in page.select("input[name=request_key]")}
    assert len(keys) == 5
    page = BeautifulSoup(facilitator.post("press", lab, group=str(carers.pk)), "html.parser")
    said = page.select_one("[role=status].labs-said")
    assert said is not None
    assert said.get_text() == "Counted: Carers, now 1."
    assert [button["value"] for button in page.select("button[autofocus]")] == [str(carers.pk)]
    assert "Take the last one back: G2 (1)" in page.get_text()
    assert "The last one is taken back." in facilitator.post("undo", lab)
    assert queries.figures(lab).turns == 0


def test_a_press_for_no_group_is_not_there(house: House, facilitator: Browser) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    for group in ("", "nonsense", str(lab.pk)):
        assert facilitator.client.post(facilitator.path("press", lab), {"group": group}).status_code == 404
    assert facilitator.client.get(facilitator.path("tally", lab) + "?last=nonsense").status_code == 200
    assert not Turn.objects.exists()


def test_R54_a_paper_tally_gives_the_chart_the_table_and_the_warning(
    house: House, facilitator: Browser
) -> None:
    lab = house.held(5, 4, 4, 2, 2)
    numbers = (21, 18, 24, 22, 11)
    typed = {f"group_{group.pk}": count for group, count in zip(house.groups(), numbers, strict=True)}
    page = facilitator.post("paper_tally", lab, **typed)
    for words in ("R54", "voice ratio 1.95", "0.74", "0.80", "1.06", "0.97", "Far more than that: Leaders."):
        assert words in page
    assert [row["Voice ratio"] for row in facilitator.rows("voices", lab)] == [
        "0.74", "0.80", "1.06", "1.95", "0.97",
    ]  # fmt: skip
    assert "Enter at least one number" in facilitator.post("paper_tally", lab)


def test_R54_the_next_plan_shows_what_the_last_lab_showed(house: House, facilitator: Browser) -> None:
    house.held(5, 4, 4, 2, 2, turns=(21, 18, 24, 22, 11))
    after = house.lab(date=DAY + timedelta(days=14))
    assert "In L1 “Leaders” spoke far more than its share: voice ratio 1.95." in facilitator.get("lab", after)


# The record


def test_the_record_of_a_lab_has_what_came_of_it(
    house: House, facilitator: Browser, citizen: Browser
) -> None:
    lab = house.held(5, 4, 4, 2, 2, turns=(21, 18, 24, 22, 11))
    facilitator.post("add", lab, "ideas", words="A card", group=str(house.groups()[0].pk))
    facilitator.post("add", lab, "decisions", words="Try it", how="sponsor", dissent="Carers would wait")
    facilitator.post("add", lab, "parked", words="Parking fees", until="The next lab")
    facilitator.post("add", lab, "jargon", word="MDT", meaning="Who meets about you")
    facilitator.post(
        "add", lab, "prototypes", what="The card on ward 4", begins="2025-03-24", ends="2025-04-18",
        expect="Fewer calls", how_know="Count them",
    )  # fmt: skip
    facilitator.post(
        "session", lab, opening_write_done="yes", ground_rules_agreed="no", led_by_citizen="yes",
        facilitators=[str(house.facilitator.pk)], interruptions="6", energy_in_2="3", energy_out_4="3",
        debrief="Start with the map",
    )  # fmt: skip
    idea = queries.ideas_of(house.id).get()
    facilitator.post("elsewhere", lab, idea, elsewhere_by="The board", elsewhere_why="One for all")
    page = citizen.get("record", lab)
    for words in (
        "Co-production", "A card", "Try it", "Carers would wait", "Parking fees", "MDT", "The card on ward 4",
        "Owen Pritchard", "Start with the map", "Decided elsewhere by The board, because: One for all",
        "On average 2.0 of 5 at the start and 4.0 at the end.", "R55", "R54",
    ):  # fmt: skip
        assert words in page
    assert "Add an idea" not in page


def test_R55_who_without_why_is_told_beside_its_field(house: House, facilitator: Browser) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    idea = operations.add_idea(**house.here, lab_id=lab.pk, words="One record")
    page = facilitator.post("elsewhere", lab, idea, elsewhere_by="The board")
    assert "R55" in page
    assert 'href="#id_elsewhere_why"' in page


def test_a_prototype_gets_its_result(house: House, facilitator: Browser, citizen: Browser) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    trial = operations.add_prototype(
        **house.here, lab_id=lab.pk, what="The card", begins=DAY, ends=DAY, expect="X", how_know="Y"
    )
    assert "not begun" in facilitator.post("prototype", trial, result="Good", next_step="keep")
    with clock.at(datetime(2025, 4, 22, tzinfo=UTC)):
        assert "Tried, nobody has said what came of it" in citizen.get("prototypes")
        facilitator.post("prototype", trial, result="Eight of ten knew the name", next_step="keep")
        assert "Eight of ten knew the name" in citizen.get("prototype", trial)
        assert "Keep (1)" in citizen.get("prototypes")


# Facilitation


def test_the_neutrality_statement_begins_with_what_the_foreword_says(
    house: House, facilitator: Browser
) -> None:
    from coproduce.capabilities.projects import operations as projects

    projects.write_foreword(
        by=house.manager, project_id=house.id, changes={"facilitation_paid_by": "The change budget"}
    )
    assert 'value="The change budget"' in facilitator.get("edit_facilitation")
    facilitator.post(
        "edit_facilitation", paid_by="The change budget", interests="Works for the council",
        co_facilitator=str(house.maureen.pk), target_percent="50",
    )  # fmt: skip
    facilitator.post(
        "hand_on", from_person=str(house.facilitator.pk), to_person=str(house.maureen.pk), what="The opening"
    )
    page = Browser(house, house.observer).get("facilitation")
    for words in ("The change budget", "Works for the council", "Maureen Hallett", "50%", "The opening"):
        assert words in page
    assert "Change the statement" not in page


def test_R105_the_stage_strip_warns_and_says_what_is_not_reached(house: House, citizen: Browser) -> None:
    house.held(0, 0, 3, 2, 2)
    page = citizen.get("stages")
    assert "No citizens in this stage: Draft: the labs." in page
    assert "No records of this stage here yet" in page
    assert "Not reached yet" in page
    by_stage = {row["Stage"]: row for row in citizen.rows("stages")}
    assert (by_stage["Draft: the labs"]["Citizens"], by_stage["Draft: the labs"]["People"]) == ("0", "7")


def test_notes_on_conflicts_are_linked_only_for_those_who_may_read_them(
    house: House, citizen: Browser
) -> None:
    lab = house.held(1, 1, 1, 1, 1)
    manager = Browser(house, house.manager)
    manager.post("conflict", lab, words="Somebody shouted")
    assert "Somebody shouted" in manager.get("conflict", lab)
    assert "Notes on conflicts" in manager.get("lab", lab)
    assert "Notes on conflicts" not in citizen.get("lab", lab)


def test_the_attendance_sheet_has_who_is_invited_and_lines_for_others(
    house: House, facilitator: Browser
) -> None:
    lab = invited_with_needs(house)
    page = facilitator.get("sheet", lab)
    assert "Colin Whitlock" in page
    assert "transport" not in page
    assert page.count("☐") == 5 + 8
