"""The whole chain, from the first evening to a record that anyone can check, with the keyboard alone.

Nothing is clicked and nothing is filled from outside: focus moves by Tab and the arrows, and whatever has it must
show it. The steps build on each other, so each test first lives through those before it that were not lived yet.
"""

import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Journeys, Watch, take_pictures
from tests.support.mail import Inbox
from tests.support.postgres import free_port

from .hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chain")]

PROJECT = "Home by the weekend"
DRAFT = """# Going home

## Before you leave

The ward tells you when you go home.

## The first days

Somebody visits you soon.
"""


def today() -> date:
    """What people type is the day of the machine they sit at, also when a journey runs past midnight."""
    return date.today()  # noqa: DTZ011


@dataclass
class Story:
    """Where the chain stands: the server, who sits at which browser, and the steps lived so far."""

    server: servers.Server
    inbox: Inbox
    journeys: Journeys
    folder: Path
    lived: list[str] = field(default_factory=list)
    broken: str = ""
    ada: Hands = field(init=False)
    bea: Hands = field(init=False)
    cyn: Hands = field(init=False)
    cyns_link: str = ""

    def __post_init__(self) -> None:
        self.ada, self.bea = (Hands(self.journeys.open(*DESKTOP)) for _ in range(2))
        self.cyn = Hands(self.journeys.open(*PHONE, javascript=False))

    def live_through(self, last: str) -> None:
        assert not self.broken, f"The chain broke before: {self.broken}"
        for name, step in STEPS.items():
            if name not in self.lived:
                self._live(name, step)
            if name == last:
                return

    def _live(self, name: str, step: Callable[["Story"], None]) -> None:
        try:
            step(self)
        except BaseException:
            self.broken = name
            take_pictures(self.journeys, f"chain {name}")
            raise
        self.lived.append(name)

    def at_home(self, person: Hands, *names: str) -> None:
        """From the front page into the project, and on by these links."""
        person.begin(self.server.url)
        person.go(PROJECT, *names)


@pytest.fixture(scope="module")
def story(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("chain")
    inbox, post = _letterbox()
    server = servers.start(
        "serve", folder / "home", COPRODUCE_SMTP_HOST="127.0.0.1", COPRODUCE_SMTP_PORT=str(inbox.port)
    )
    journeys = Journeys(browser, Watch())
    yield Story(server, inbox, journeys, folder)
    journeys.close()
    server.stop()
    post.stop()
    assert not journeys.watch.unexpected(), "\n".join(journeys.watch.unexpected())


def _letterbox() -> tuple[Inbox, Any]:
    from aiosmtpd.controller import Controller

    inbox = Inbox()
    inbox.port = free_port()
    post = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    post.start()
    return inbox, post


def the_installation_is_claimed(story: Story) -> None:
    link = re.search(r"http://\S+/claim/\S+/", story.server.log.read_text())
    assert link, story.server.log.read_text()
    ada = story.ada
    ada.begin(link[0])
    ada.skips_to_the_content()
    ada.write("Your name", "Ada Keeper")
    ada.write("Your e-mail address", "ada@example.org")
    ada.press("Claim")
    ada.is_at("Your projects")


def a_project_is_started(story: Story) -> None:
    ada = story.ada
    ada.press("Start a project")
    ada.write("Name of the project", PROJECT)
    ada.write("What is it for", "Nobody waits for care at home after a stay in hospital.")
    ada.select("Where is it?", "England")
    ada.press("Start the project")
    ada.is_at("Foreword")
    story.at_home(ada, "Roles in this project")
    ada.write("E-mail address", "bea@example.org")
    ada.write("Name", "Bea Manager")
    ada.pick("Manager", "Role")
    ada.press("Give the role")
    ada.reads("Bea Manager")


def the_foreword_is_written_and_shared(story: Story) -> None:
    """R02: with money as an aim it is not saved before it says how much, and what for."""
    ada = story.ada
    story.at_home(ada, "Foreword", "Change the foreword")
    ada.write("Why now?", "People wait four days for the first visit.")
    ada.tick("Better outcomes for people")
    ada.tick("Save money")
    ada.pick("Yes", "Is saving money an aim?")
    ada.write("What can people change?", "How and when the first visits happen.")
    ada.write("Who decides?", "The Cabinet")
    ada.date("On what date?", today() + timedelta(days=90))
    ada.pick("Fewer than 100 people")
    ada.pick("Less than £25,000")
    ada.press("Save the foreword")
    ada.is_told("enter how much", "R02")
    assert ada.typed("Why now?") == "People wait four days for the first visit."
    ada.write("How much, in pounds a year?", "£420,000")
    ada.write("What will the money be used for?", "More visits.")
    ada.press("Save the foreword")
    ada.reads("The foreword is saved", "£420,000 a year")
    _two_options(ada)
    ada.press("Share the foreword")
    ada.reads("Everyone in the project can read the foreword now", "Dropped", "Shared on")


def _two_options(ada: Hands) -> None:
    ada.follow("Add an option")
    ada.write("The option", "Close the night team")
    ada.pick("No", "doing nothing")
    ada.pick("Dropped")
    ada.write("Why?", "Nobody could call for help at night.")
    ada.press("Save the option")
    ada.follow("Add an option")
    ada.write("The option", "Leave it as it is")
    ada.pick("Yes", "doing nothing")
    ada.pick("Dropped")
    ada.write("Why?", "People wait too long.")
    ada.press("Save the option")


def people_come_to_the_table(story: Story) -> None:
    """R12: without citizens it is collaboration, and every page says so; with them it is co-production."""
    ada = story.ada
    story.at_home(ada, "People")
    for name, kind in (("Users", "Citizens who use it"), ("Heads", "Leaders"), ("Crew", "Frontline workers")):
        ada.go("The groups", "Add a group")
        ada.write("Name of the group", name)
        ada.pick(kind, "Kind of group")
        ada.write("Places wanted", "1")
        ada.press("Save the group")
        ada.follow("People")
    _seat(ada, "Lee Head", "Heads")
    _seat(ada, "Fay Worker", "Crew")
    ada.reads_above("This is collaboration, not co-production yet")
    _seat(ada, "Cyn Walker", "Users")
    ada.does_not_read("not co-production yet")
    story.at_home(ada, "People")
    ada.reads("Co-production")
    ada.reads_above("Facilitator: Ada Keeper", "Manager: Bea Manager")


def _seat(ada: Hands, name: str, group: str) -> None:
    """Nobody here has an e-mail address."""
    ada.go("People", "Add a person")
    ada.write("Name (", name)
    ada.pick(group, "Main group")
    ada.pick("First name only", "How should they be named in public?")
    ada.pick("Yes", "Do they want to hear what came of it?")
    ada.pick("No", "annual review?")
    ada.press("Add the person")
    ada.is_at(name)


def a_round_opens(story: Story) -> None:
    ada = story.ada
    story.at_home(ada, "Rounds", "Prepare a round")
    ada.write("What is the round about?", "What if the first visit came within a day?")
    ada.date("Planned opening date", today())
    ada.date("Sealing date", today() + timedelta(days=14))
    ada.press("Save and choose people")
    for name in ("Cyn Walker", "Lee Head", "Fay Worker"):
        ada.tick(name)
    ada.press("Save the invitations")
    ada.go("Open the round")
    ada.reads("3 people are invited")
    ada.press("Open the round")
    ada.reads("The round is open", "0 of 3 people have answered")


def an_answer_comes_from_a_phone(story: Story) -> None:
    """By a personal link, without e-mail, without JavaScript, 360 pixels wide."""
    story.at_home(story.ada, "People", "Cyn Walker", "Make a personal link")
    story.cyns_link = story.ada.page.locator(".govuk-inset-text").inner_text().strip()
    cyn = story.cyn
    cyn.begin(story.cyns_link)
    cyn.reads(PROJECT, "Cyn Walker")
    cyn.press("Yes, that is me")
    cyn.go("Rounds", "What if the first visit", "Answer the round")
    _answer(cyn, "I would not sit in a cold house.", "No bus runs after six.")
    cyn.press("Seal my answer")
    cyn.reads("Your answer is sealed", "Receipt:")


def _answer(hands: Hands, words: str, barrier: str) -> None:
    hands.pick("+2: better", "For me it would be")
    hands.unfold("Say more about yourself")
    hands.write("What it would change for you", words)
    hands.pick("0: no change", "For people around me")
    hands.tick("Save money")
    hands.write("use your own words", barrier)
    hands.pick("Me", "Who is it about?")
    hands.unfold("Say more about this barrier")
    hands.select("How much does it matter?", "5")
    hands.select("How easy is it to remove?", "2")


def paper_is_entered_and_the_round_is_sealed(story: Story) -> None:
    """R24: before the seal the facilitator sees how many, never what."""
    ada = story.ada
    story.at_home(ada, "Rounds", "What if the first visit", "Enter an answer for someone", "Fay Worker")
    _answer(ada, "Fewer angry calls.", "Travel time is not in the rota.")
    ada.pick("Paper", "How did the answer come in?")
    ada.tick("I have read the answer back")
    ada.press("Seal this answer")
    ada.reads("The answer is entered")
    story.at_home(ada, "Rounds", "What if the first visit")
    ada.reads("2 of 3 people have answered")
    ada.does_not_read("cold house", "Travel time")
    ada.press("Seal the round")
    ada.reads("1 person has not answered")
    ada.write("write your reason", "Lee is ill and asked us to go on.")
    ada.press("Seal the round")
    ada.reads("The round is sealed")
    ada.follow("Summary of the round")
    ada.reads("2 of 3 answers were sealed on time: 66.7%", "level 1 +2.00")


def barriers_get_a_response(story: Story) -> None:
    ada = story.ada
    story.at_home(ada, "Barriers")
    ada.reads("No bus runs after six.", "Travel time is not in the rota.", "2 in this list")
    ada.follow("B01")
    ada.reads("Nobody can change these words")
    ada.follow("Write the response")
    ada.pick("Reduce it")
    ada.write("What exactly?", "The first visit ends before six.")
    ada.select("Who sees to it?", "Lee")
    ada.date("By when?", today() + timedelta(days=60))
    ada.press("Save the response")
    ada.reads("Reduce it", "Lee Head")
    story.at_home(ada, "Barriers", "What they add up to")
    ada.reads("2 important barriers")


def a_draft_is_opened(story: Story) -> None:
    ada = story.ada
    story.at_home(ada, "Master copy", "Open a draft")
    ada.write("Title", "Going home")
    ada.write("Or paste the text", DRAFT)
    ada.press("Open the draft")
    ada.reads("The ward tells you when you go home.")
    _publish(ada, "0.1")


def _publish(ada: Hands, number: str) -> None:
    ada.go("Versions", "Publish a version")
    ada.write("Number", number)
    ada.write("What is new in this version?", f"Here begins version {number}.")
    ada.press("Publish the version")
    ada.is_at("Versions")
    ada.reads(number, "Ada Keeper")


def a_suggestion_is_made_and_answered(story: Story) -> None:
    """R83: anything but “accepted” needs its kind of reason and the reason in plain words."""
    cyn, ada = story.cyn, story.ada
    story.at_home(cyn, "Master copy", "Going home")
    cyn.follow(": Somebody visits you soon.")
    cyn.write("The words as they should be", "Somebody visits you within two hours.")
    cyn.write("Why?", "I sat in the cold until nine.")
    cyn.tick("My words may be quoted in public")
    cyn.press("Send the suggestion")
    cyn.is_at("Thank you. Suggestion S01 is on the record.")
    cyn.follow("See the suggestion")
    cyn.reads("S01", "Open")
    story.at_home(ada, "Master copy", "Going home", "Suggestions", "S01", "Answer it")
    ada.pick("In part")
    ada.write("Final words", "Somebody visits you within four hours.")
    ada.press("Save the answer")
    ada.is_told("Choose the kind of reason", "R83")
    ada.select("Kind of reason", "Safety")
    ada.write("Reason in plain words", "Two hours is not safe to promise yet.")
    ada.press("Save the answer")
    ada.reads("In part", "Two hours is not safe to promise yet.")


def versions_are_compared_and_words_traced(story: Story) -> None:
    ada = story.ada
    story.at_home(ada, "Master copy", "Going home")
    _publish(ada, "0.2")
    ada.follow("Compare")
    ada.is_at("What changed from 0.1 to 0.2")
    # Cyn chose to be named by her first name.
    ada.reads("because of 1 suggestion", "S01 Cyn,", "Ada Keeper")
    ada.does_not_read("Cyn Walker")
    ada.follow("Who wrote this")
    ada.reads("written by Ada Keeper, suggestion S01: four", "S01 Cyn,")


def actions_and_commitments_are_made(story: Story) -> None:
    """R60: “ongoing” is no end date; what never ends is a standing commitment with a day to check it."""
    ada = story.ada
    story.at_home(ada, "=Actions", "Add an action")
    ada.write("What will be done?", "Plan the first visits before the ward calls")
    ada.write("Who does it, for whom", "Fay, for everyone who goes home from ward 3")
    ada.write("How will you know", "9 of 10 visits within four hours")
    ada.write("What is the number now?", "1 of 10")
    ada.write("What should it be?", "9 of 10")
    ada.pick("Yes", "in place?")
    ada.write("What does it serve?", "Nobody waits in the cold.")
    ada.write("carry on?", "S01, B01")
    ada.select("Who owns it?", "Fay")
    ada.date("Start date", today())
    ada.date("End date", ("ongoing", "", ""))
    ada.press("Add the action")
    ada.is_told("R60")
    assert ada.typed("What should it be?") == "9 of 10"
    ada.date("End date", today() + timedelta(days=100))
    ada.press("Add the action")
    ada.is_at("Plan the first visits")
    ada.reads("Suggestion S01", "Barrier B01", "Fay Worker")
    ada.go("=Actions", "Standing commitments", "Add a standing commitment")
    ada.write("What do you promise?", "Every visit begins with a name.")
    ada.date("In force from", today())
    ada.date("When will someone check it?", today() + timedelta(days=180))
    ada.select("Who checks it?", "Lee")
    ada.press("Make the commitment")
    ada.reads("Every visit begins with a name.")


def the_manager_signs_in(story: Story) -> None:
    """With a code by e-mail, typed by hand."""
    bea = story.bea
    bea.begin(f"{story.server.url}/account/login/")
    bea.write("mail", "bea@example.org")
    bea.follow("Send")
    bea.write("code", _code(story.inbox))
    bea.press("Continue")
    bea.is_at("Your projects")


def _code(inbox: Inbox) -> str:
    letter = inbox.to("bea@example.org")[-1]
    code = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", letter.get_content(), re.MULTILINE)
    assert code, letter.get_content()
    return code[1]


def you_said_we_did_is_published(story: Story) -> None:
    """R87: not while a suggestion is in no statement."""
    ada, bea = story.ada, story.bea
    story.at_home(bea, "You said, we did", "Sign and publish")
    bea.press("Publish for everyone")
    bea.is_told("In no statement yet: S01", "R87")
    story.at_home(ada, "You said, we did", "Write a statement")
    ada.write("Heading", "The first visit")
    ada.write("What was said", "People sat in the cold.")
    ada.tick("S01")
    ada.write("We did", "Somebody visits within four hours.")
    ada.press("Save the statement")
    ada.reads("1 of 1 suggestions are in a statement")
    story.at_home(bea, "You said, we did", "Sign and publish")
    bea.press("Publish for everyone")
    bea.reads("The first visit", "Somebody visits within four hours.")
    visitor = Hands(story.journeys.open(*PHONE, javascript=False))
    visitor.begin(bea.page.url)
    visitor.reads("People sat in the cold.", "Published on")
    visitor.does_not_read("Cyn Walker")


def it_is_signed_off(story: Story) -> None:
    """R97: looked at again within twelve months; both leads get it in their calendars."""
    ada, bea = story.ada, story.bea
    _look_after_what_is_left(story)
    servers.run_beside(story.server, "tests.journeys.assessed")
    story.at_home(ada, "Sign-off", "Prepare the sign-off")
    ada.write("Title", "Going home")
    ada.write("What was decided?", "We do it.")
    ada.date("Date of the decision", today())
    ada.write("Which meeting decided?", "Cabinet")
    ada.select("Owner", "Bea")
    ada.select("Facilitator", "Ada")
    ada.tick("Bea Manager")
    ada.date("When is this looked at again?", today() + timedelta(days=400))
    ada.press("Save")
    ada.is_told("R97")
    ada.date("When is this looked at again?", today() + timedelta(days=360))
    ada.press("Save")
    story.at_home(bea, "Sign-off", "Write how I considered it")
    bea.write("How did you take into account", "I read every suggestion before I decided.")
    bea.press("Save in my name")
    story.at_home(bea, "Sign-off", "Go on to sign")
    bea.press("Sign")
    bea.is_told("R38")
    bea.write("To go on despite this", "We ask the hard questions at the review.")
    bea.press("Sign")
    bea.reads("Signed by Bea Manager", "We ask the hard questions at the review.")
    _both_are_reminded(bea, story.folder / "review.ics")


def _look_after_what_is_left(story: Story) -> None:
    """R36: every important barrier without a response has a person and a date."""
    ada = story.ada
    story.at_home(ada, "Sign-off")
    story.at_home(ada, "Barriers", "B02", "Write the response")
    ada.pick("None yet")
    ada.write("What exactly?", "We ask the bus company.")
    ada.select("Who sees to it?", "Fay")
    ada.date("By when?", today() + timedelta(days=60))
    ada.press("Save the response")


def _both_are_reminded(bea: Hands, file: Path) -> None:
    with bea.takes("Put both reminders into a calendar", file):
        events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {event.decoded("dtstart") for event in events} == {today() + timedelta(days=360)}
    titles = " ".join(str(event["summary"]) + str(event["description"]) for event in events)
    assert "Bea Manager" in titles
    assert "Ada Keeper" in titles


def the_record_is_whole(story: Story) -> None:
    """Any byte that is changed shows, and the command line says where."""
    story.at_home(story.ada, "Record")
    story.ada.reads("coproduce verify", "The head of the ledger")
    file = story.folder / "record.zip"
    with story.ada.takes("Download the record", file):
        assert zipfile.is_zipfile(file)
    told = _verify(file)
    assert told.returncode == 0, told.stdout
    assert json.loads(told.stdout)["problems"] == []
    _spoil(file)
    assert _verify(file).returncode == 1


def _verify(file: Path) -> "subprocess.CompletedProcess[str]":
    words = servers.command("verify", str(file), "--json")
    return subprocess.run(words, capture_output=True, text=True, env=servers.environment())


def _spoil(file: Path) -> None:
    """One word of one entry is another word."""
    with zipfile.ZipFile(file) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    parts["ledger.json"] = parts["ledger.json"].replace(b"Going home", b"Going Home", 1)
    with zipfile.ZipFile(file, "w") as pack:
        for name, data in parts.items():
            pack.writestr(name, data)


STEPS: dict[str, Callable[[Story], None]] = {
    step.__name__: step
    for step in (
        the_installation_is_claimed,
        a_project_is_started,
        the_foreword_is_written_and_shared,
        people_come_to_the_table,
        a_round_opens,
        an_answer_comes_from_a_phone,
        paper_is_entered_and_the_round_is_sealed,
        barriers_get_a_response,
        a_draft_is_opened,
        a_suggestion_is_made_and_answered,
        versions_are_compared_and_words_traced,
        actions_and_commitments_are_made,
        the_manager_signs_in,
        you_said_we_did_is_published,
        it_is_signed_off,
        the_record_is_whole,
    )
}


@pytest.mark.parametrize("step", STEPS)
def test_by_keyboard_alone(step: str, story: Story) -> None:
    story.live_through(step)
