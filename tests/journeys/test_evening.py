"""An evening in the village hall: twenty-four people, each at a browser of their own or without one (domain.md §3).

Phones with and without JavaScript, desktops, paper, phone calls, a supporter, somebody blind, somebody late. The
answers are those of the demo's story, so the figures of §3.3 and §3.4 have to come out. Each step builds on the others.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from coproduce.config.demo.story import story
from tests.support import servers
from tests.support.browser import PHONE, Journeys, Watch, take_pictures

from .evening import (
    ANSWERS,
    BARRIERS,
    BLIND,
    BY_CODE,
    HELPED,
    LATE,
    LEADERS,
    ONLINE,
    SILENT,
    WITHOUT_A_PHONE,
    Evening,
    Guest,
    fill_answer,
    seen_in,
)  # fmt: skip
from .hands import Hands

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("evening"),
    pytest.mark.timeout(600),
]

SLEEP = """hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true})
                       document.dispatchEvent(new Event('visibilitychange')) }"""
ON_TIME = {code for code in ANSWERS if code != LATE}
PASSES, NEEDS_TIME = "P17", "P02"


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    server = servers.start("serve", tmp_path_factory.mktemp("evening") / "home")
    journeys = Journeys(browser, Watch())
    # What is tried and refused here, and the network that goes.
    for expected in (r"status of 422", r"ERR_INTERNET_DISCONNECTED", r"status of 404"):
        journeys.watch.allow(expected)
    # Thirty browsers share this machine's processors.
    expect.set_options(timeout=30_000)
    yield Evening(server.url, servers.run_beside(server, "tests.journeys.hall"), journeys)
    expect.set_options(timeout=5_000)
    journeys.close()
    server.stop()
    assert not journeys.watch.unexpected(), "\n".join(journeys.watch.unexpected())


def the_facilitator_opens_the_room(evening: Evening) -> None:
    leader = evening.leader
    leader.at(evening.sessions)
    leader.page.get_by_role("button", name="Plan a live session").click()
    leader.page.get_by_label("What is the session called?").fill("Evening in the village hall")
    leader.page.get_by_label(evening.given["round_title"]).check()
    leader.page.get_by_label("How many people do you expect?").fill("24")
    leader.page.get_by_role("button", name="Open the room").click()
    leader.page.wait_for_load_state()
    leader.console = leader.page.url
    evening.code = leader.page.locator(".app-console .app-code").inner_text()
    wall = leader.page.get_by_role("link", name="Room screen").get_attribute("href")
    evening.opens_the_wall(f"{evening.site}{wall}")
    expect(evening.wall.page.locator("main")).to_contain_text(evening.code)


def everyone_comes_in(evening: Evening) -> None:
    """Some press “Take my seat”, some join by the code and are recognised, some have no device at all."""
    for code in (*ONLINE, SILENT):
        guest = evening.comes(code)
        if code in BY_CODE:
            group = next(one.name for one in story().groups if one.code == guest.person.group)
            guest.join_by_code(evening.code, group)
        else:
            guest.sign_in(evening.given["people"][code])
            _take_seat(evening, guest)
        guest.sees("We have not started yet")
    for code, device in HELPED.items():
        evening.leader.sets_a_place(evening.name(code), device)
        if code != WITHOUT_A_PHONE:
            _follows_from_outside(evening, code)
    for code in BY_CODE:
        _is_recognised(evening, code)
    evening.leader.page.goto(evening.leader.console)
    evening.wall.sees("23 people are here")


def _take_seat(evening: Evening, guest: Guest) -> None:
    if guest.code != BLIND:
        guest.take_seat(evening.sessions)
        return
    hands = Hands(guest.page)
    hands.begin(evening.site + evening.sessions)
    hands.press("Take my seat")
    hands.is_at("You are in")
    hands.press("Go to the room")
    guest.watches = guest.page.url


def _follows_from_outside(evening: Evening, code: str) -> None:
    """Someone on paper or on the phone, who looks at the project's own pages at home."""
    guest = evening.comes(code)
    guest.sign_in(evening.given["people"][code])
    guest.watches = evening.site + evening.given["round"]
    guest.page.goto(guest.watches)


def _is_recognised(evening: Evening, code: str) -> None:
    name = evening.name(code)
    evening.leader.helps(f": {name.split()[0]}", "This is someone whom we expected")
    evening.leader.page.get_by_label(name).check()
    evening.leader.page.get_by_role("button", name="This is them").click()
    expect(evening.leader.page.locator("main table")).to_contain_text(name)


def everyone_writes_alone(evening: Evening) -> None:
    """R24: how many have answered is seen by all, what they answered by nobody."""
    evening.leader.step("Start writing")
    evening.leader.says().get_by_text("0 of 24").wait_for()
    for code in ONLINE:
        guest = evening.guests[code]
        guest.sees("Write what you think")
        WRITES.get(code, _writes)(evening, guest)
    for code, device in HELPED.items():
        evening.leader.enters(code, evening.name(code), device)
    evening.leader.page.goto(evening.leader.console)
    evening.leader.says().get_by_text("22 of 24").wait_for()
    evening.wall.sees("22 of 24 have answered")
    evening.nobody_sees(ON_TIME)
    page = evening.leader.at(evening.given["round"])
    for words in ("Online 13", "Paper 5", "Phone 3", "Easy Read, with a supporter 1"):
        expect(page.locator("main")).to_contain_text(words)


def _writes(_evening: Evening, guest: Guest) -> None:
    guest.write()
    guest.send()
    guest.sees("Your answer is sealed")


def _writes_by_keyboard(_evening: Evening, guest: Guest) -> None:
    """Grace sees nothing of the page: she goes by what each thing is called."""
    told, hands = ANSWERS[guest.code], Hands(guest.page)
    hands.press("Write my answer")
    hands.pick("−1: a little worse", "For me it would be")
    hands.unfold("Say more about yourself")
    hands.write("What it would change for you", told.me_words)
    hands.pick("−1: a little worse", "For people around me")
    hands.unfold("Say more about people around you")
    hands.write("What it would change for them", told.around_words)
    hands.tick("Save money")
    hands.unfold("Say why you think so")
    hands.write("Why you think so", told.intention_words)
    for before, barrier in enumerate(BARRIERS[guest.code]):
        if before:
            hands.press("Add another: Barrier")
        for _ in range(before):
            # Past the barriers that are written already.
            hands.reach("How easy is it to remove?", "select")
        hands.write("use your own words", barrier.words)
        hands.pick("Me" if barrier.level == 1 else "People around me", "Who is it about?")
        hands.unfold("Say more about this barrier")
        hands.select("How much does it matter?", str(barrier.importance))
        hands.select("How easy is it to remove?", str(barrier.ease))
    hands.press("Seal my answer")
    hands.is_at("Thank you. Your answer is sealed")
    hands.follow("Go on")


def _writes_without_network(_evening: Evening, guest: Guest) -> None:
    """The Wi-Fi goes while Kelly writes: what she typed stays on her phone, and is sent when it is back."""
    guest.write()
    guest.page.context.set_offline(True)
    guest.page.get_by_role("button", name="Seal my answer").click()
    expect(guest.page.get_by_text("not sent yet")).to_be_visible()
    guest.page.context.set_offline(False)
    expect(guest.page.get_by_role("heading", name="Thank you. Your answer is sealed")).to_be_visible(
        timeout=45_000
    )
    guest.page.get_by_role("link", name="Go on").click()


def _writes_and_sleeps(_evening: Evening, guest: Guest) -> None:
    _writes(_evening, guest)
    guest.page.evaluate(SLEEP, True)


WRITES: dict[str, Callable[[Evening, Guest], None]] = {
    BLIND: _writes_by_keyboard, "P16": _writes_without_network, PASSES: _writes_and_sleeps,
}  # fmt: skip


def the_answers_are_sealed(evening: Evening) -> None:
    """With a reason, since two have not answered; the root is the same on every screen."""
    evening.leader.step("Seal the answers", because="Two told us that they cannot be here in time.")
    evening.root = evening.leader.says().locator(".app-receipt").inner_text()
    evening.guests[PASSES].page.evaluate(SLEEP, False)
    evening.wall.sees(evening.root, "All answers are sealed")
    for guest in evening.in_the_room():
        guest.sees(evening.root)
    evening.nobody_sees(ON_TIME)
    _the_late_one_comes(evening)


def _the_late_one_comes(evening: Evening) -> None:
    guest = evening.comes(LATE)
    guest.sign_in(evening.given["people"][LATE])
    guest.take_seat(evening.sessions)
    guest.page.get_by_role("button", name="Send a late answer").click()
    fill_answer(guest.page, LATE)
    guest.page.get_by_role("button", name="Send my late answer").click()
    expect(guest.page.locator("main")).to_contain_text("marked as late and left out")
    guest.page.get_by_role("link", name="Go on").click()
    guest.sees(evening.root)


def more_time_is_asked_for(evening: Evening) -> None:
    """By the facilitator for Desmond, by Marcus for himself."""
    leader = evening.leader
    leader.page.goto(leader.console)
    leader.go("Who is in the room")
    leader.at_seat(evening.name(NEEDS_TIME)).get_by_role("button", name="Give them twice the time").click()
    expect(leader.says()).to_contain_text("Only you and they know")
    marcus = evening.guests["P23"]
    marcus.page.get_by_text("I need more time").click()
    marcus.page.get_by_role("button", name="Give me more time").click()


def each_answer_is_read_in_its_turn(evening: Evening) -> None:
    """R28, R29. Half-way the facilitator's laptop dies, and her colleague goes on at another."""
    evening.leader.step("Begin the reading")
    _nobody_comments_yet(evening)
    called: list[str] = []
    while (name := _called(evening)) and len(called) < 40:
        called.append(name)
        code = next(code for code in ANSWERS if evening.name(code) == name)
        if len(called) == 12:
            _the_laptop_dies(evening)
        _one_turn(evening, code, is_again=called.count(name) > 1)
    assert len(called) == 23, called
    assert called[-1] == evening.name(PASSES)
    assert not LEADERS & set(called[:2])
    assert set(called) == {evening.name(code) for code in ON_TIME}


def _called(evening: Evening) -> str:
    turn = evening.leader.page.locator(".app-turn-name")
    return turn.inner_text() if turn.count() else ""


def _nobody_comments_yet(evening: Evening) -> None:
    """R29: the form is not there, and a message that is sent all the same is refused and not kept."""
    guest = evening.guests["P22"]
    guest.sees("We only listen")
    token = next(one["value"] for one in guest.page.context.cookies() if one["name"] == "csrf")
    said = guest.page.context.request.post(
        f"{guest.watches}comment/", form={"csrfmiddlewaretoken": token, "words": "I disagree!"},
        headers={"Referer": guest.watches},
    )  # fmt: skip
    assert said.status == 422
    assert "Listen first" in said.text()


def _one_turn(evening: Evening, code: str, *, is_again: bool) -> None:
    leader, guest = evening.leader, evening.guests.get(code)
    first_places = len(evening.read) < 2
    evening.wall.sees(evening.name(code))
    if code in {NEEDS_TIME, "P23"}:
        assert _seconds(leader.page) == pytest.approx(90, abs=1)
    if code == PASSES and not is_again:
        assert guest
        guest.sees("It is your turn")
        guest.page.get_by_role("button", name="Pass for now").click()
        _has_gone_on(evening, code)
        return
    if code in ONLINE:
        assert guest
        _shows_own_words(guest)
    else:
        leader.step("Show their words")
    evening.read.append(code)
    evening.wall.sees(ANSWERS[code].me_words)
    _all_see_what_is_read(evening, everyone=first_places or len(evening.read) in {11, 22})
    if len(evening.read) % 2 and code in ONLINE and guest:
        guest.sees("I have read it")
        guest.page.get_by_role("button", name="I have read it").click()
    else:
        leader.step("Next person")
    _has_gone_on(evening, code)


def _shows_own_words(guest: Guest) -> None:
    if guest.code != BLIND:
        guest.shows_own_words()
        return
    guest.sees("It is your turn")
    Hands(guest.page).press("Show my words to all")


def _has_gone_on(evening: Evening, code: str) -> None:
    """The other open pages hear of it by themselves."""
    name, turn = evening.name(code), evening.leader.page.locator(".app-turn-name")
    if len(evening.read) < len(ON_TIME) - 1:
        expect(turn).not_to_have_text(name, timeout=20_000)
    else:
        evening.leader.page.goto(evening.leader.console)


def _seconds(page: Page) -> float:
    clock = page.locator(".app-console__main .app-turn-name + p app-clock")
    return float(
        clock.evaluate("one => (Date.parse(one.dataset.ends) - Date.parse(one.dataset.serverNow)) / 1000")
    )


def _all_see_what_is_read(evening: Evening, *, everyone: bool) -> None:
    """The words of this turn are on the screens, those of later turns in nobody's browser."""
    number = len(evening.read)
    guests = list(evening.guests.values())
    some = guests if everyone else guests[number % 5 :: 5]
    evening.nobody_sees(set(ANSWERS) - set(evening.read), among=some)
    for guest in some:
        if guest in evening.in_the_room():
            assert evening.read[-1] in seen_in(guest.fresh()), f"{guest.code} does not see what is read"


def _the_laptop_dies(evening: Evening) -> None:
    evening.leader.page.context.close()
    evening.journeys.pages.remove(evening.leader.page)
    evening.journeys.contexts.remove(evening.leader.page.context)
    other = evening.facilitator("F02")
    evening.leader = replace(other, console=evening.leader.console)
    evening.leader.page.goto(evening.leader.console)


def the_room_talks(evening: Evening) -> None:
    """The late answer is there too, marked; comments are open; somebody from next door looks in."""
    for guest in evening.in_the_room():
        guest.sees("Every turn is done")
    assert seen_in(evening.guests["P08"].fresh()) == set(ANSWERS)
    expect(evening.guests["P08"].page.locator("main")).to_contain_text("Late")
    for code, words in (
        ("P08", "I had not thought of the nights."),
        ("P14", "A card with pictures, Desmond."),
    ):
        guest = evening.guests[code]
        guest.page.get_by_label("What do you want to say?").fill(words)
        guest.page.get_by_role("button", name="Send to the room").click()
        guest.sees(words)
    evening.leader.helps(evening.name(WITHOUT_A_PHONE), "Write down what they say")
    evening.leader.page.get_by_label("What do you want to say?").fill("Ring me, do not write.")
    evening.leader.page.get_by_role("button", name="Save").click()
    evening.wall.sees("Ring me, do not write.", "I had not thought of the nights.")
    _a_neighbour_looks_in(evening)


def _a_neighbour_looks_in(evening: Evening) -> None:
    """Joins by the code after the seal: welcome, and in no figure."""
    page = evening.journeys.open(*PHONE, javascript=False)
    page.goto(f"{evening.site}/live/join/{evening.code}/")
    page.get_by_label("What should we call you?").fill("Nev from next door")
    page.get_by_label("Unpaid carers").check()
    page.get_by_role("button", name="Come in").click()
    page.get_by_role("button", name="Go to the room").click()
    expect(page.locator("main")).to_contain_text("Every turn is done")


def barriers_are_put_into_themes(evening: Evening) -> None:
    """By ten people, each on their own device; Grace by keyboard. Everybody's words stay as they are."""
    keyboard = Hands(evening.leader.page)
    evening.leader.page.goto(evening.leader.console)
    for theme in story().themes:
        keyboard.write("New theme", theme.name)
        keyboard.press("Add the theme")
    movers = ["P07", "P08", "P12", "P13", "P14", "P15", "P16", "P20", "P23", "P24"]
    for code, theme in zip(movers, story().themes, strict=True):
        _moves_one(evening.guests[code], theme.code, theme.name)
    page = evening.leader.at(f"{evening.given['project']}barriers/?q=T1")
    for theme in story().themes:
        assert theme.name in page.content()


def _moves_one(guest: Guest, theme: str, name: str) -> None:
    barrier = next(one for one in story().barriers if one.theme == theme and one.person in ON_TIME)
    if guest.code == BLIND:
        _moves_by_keyboard(guest, barrier.words, name)
    else:
        guest.look()
        guest.page.get_by_role("button", name="Put barriers into themes").click()
        card = guest.page.locator("section").filter(has_text=barrier.words)
        card.get_by_label("Theme").select_option(label=name)
        card.get_by_role("button", name="Move").click()
    moved = guest.page.locator("section").filter(has_text=barrier.words)
    expect(moved.get_by_label("Theme").locator("option:checked")).to_have_text(name)
    guest.page.get_by_role("link", name="Back to the room").click()


def _moves_by_keyboard(guest: Guest, words: str, theme: str) -> None:
    hands = Hands(guest.page)
    hands.press("Put barriers into themes")
    ref = guest.page.locator("section").filter(has_text=words).get_attribute("aria-label")
    assert ref
    hands.select(ref, theme)
    hands.press(f"Move {ref}")


def everyone_answers_again(evening: Evening) -> None:
    evening.leader.step("Ask for second answers")
    for code in ONLINE:
        evening.guests[code].sees("You have heard the others")
        evening.guests[code].answers_again()
    for code in HELPED:
        evening.leader.enters_again(code, evening.name(code))
    evening.leader.page.goto(evening.leader.console)
    evening.leader.says().get_by_text("22 second answers are in").wait_for()
    summary = evening.leader.at(f"{evening.given['round']}summary/")
    expect(summary.locator("main")).to_contain_text("Nobody has given a second answer yet")
    evening.leader.step("Close the round")
    for guest in evening.in_the_room():
        guest.sees("The round is closed. Thank you.")
    evening.wall.sees("Thank you")


def the_figures_come_out(evening: Evening) -> None:
    """domain.md §3.3."""
    page = evening.leader.at(f"{evening.given['round']}summary/")
    told = _plain(page)
    for words in (
        "22 of 24 answers were sealed on time: 91.7", "1 answer came late", "level 1 +0.14, level 2 −0.55",
        "lower than level 1 for 13 people, the same for 7 and higher for 2",
        "15 of 22 people named at least one thing that the leaders state: 68.2",
        "8 of 22 people moved at level 1: 6 up and 2 down",
        "from +0.14 to +0.32", "from 1.32 to 1.02", "0.23",
    ):  # fmt: skip
        assert words in told, f"{words} is not in {told}"
    means = {"G1": ("7", "0.00", "−1.00"), "G2": ("5", "−0.80", "−1.00"), "G3": ("5", "+0.20", "−0.40"),
             "G4": ("2", "+1.50", "+1.50"), "G5": ("3", "+1.00", "−0.33")}  # fmt: skip
    for group in story().groups:
        line = page.locator("main table").first.locator("tr").filter(has_text=group.name).inner_text()
        assert all(figure in line for figure in means[group.code]), line
    for intent, people in (("Save money", 10), ("Free capacity", 5), ("Better outcomes", 5), ("not know", 2)):
        assert re.search(rf"{intent}[^0-9]*{people}(?!\d)", told), f"{intent} {people} is not in {told}"


def the_barriers_add_up(evening: Evening) -> None:
    """domain.md §3.4: sixty, with those of the late answer."""
    page = evening.leader.at(f"{evening.given['project']}barriers/views/")
    told = _plain(page)
    for words in (
        "60 barriers in all", "On average they matter 4.13 and are 3.02 easy to remove",
        "33 are about the person, 21 about people around them, 6 about intentions",
    ):  # fmt: skip
        assert words in told, f"{words} is not in {told}"
    for group, people in zip(story().groups, (18, 14, 14, 5, 9), strict=True):
        assert re.search(rf"{group.name}[^0-9]*{people}(?!\d)", told), f"{group.name}: {people}"


def the_session_ends(evening: Evening) -> None:
    """The code opens nothing any more; what was said stays."""
    evening.leader.step("End the session")
    expect(evening.leader.says()).to_contain_text("This session has ended")
    page = evening.journeys.open(*PHONE)
    answer = page.goto(f"{evening.site}/live/join/{evening.code}/")
    assert answer
    assert answer.status == 404


def _plain(page: Page) -> str:
    """What stands there, tables in figures unfolded, in one line."""
    return " ".join(str(page.locator("main").evaluate("one => one.textContent")).split())


STEPS: dict[str, Callable[[Evening], None]] = {
    step.__name__: step
    for step in (
        the_facilitator_opens_the_room,
        everyone_comes_in,
        everyone_writes_alone,
        the_answers_are_sealed,
        more_time_is_asked_for,
        each_answer_is_read_in_its_turn,
        the_room_talks,
        barriers_are_put_into_themes,
        everyone_answers_again,
        the_figures_come_out,
        the_barriers_add_up,
        the_session_ends,
    )
}


@pytest.mark.parametrize("step", STEPS)
def test_the_evening(step: str, evening: Evening) -> None:
    assert not evening.broken, f"The evening broke before: {evening.broken}"
    for name, live in STEPS.items():
        if name not in evening.lived:
            _live(evening, name, live)
        if name == step:
            return


def _live(evening: Evening, name: str, live: Callable[[Evening], None]) -> None:
    try:
        live(evening)
    except BaseException:
        evening.broken = name
        take_pictures(evening.journeys, f"evening {name}")
        raise
    evening.lived.append(name)
