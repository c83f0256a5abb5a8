"""What is wrong is said plainly, what was typed stays, and nothing is written."""

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.support import servers
from tests.support.browser import DESKTOP, Journeys, Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("bad input")]

FORMULA = '=HYPERLINK("http://evil.example","Groups")'
LONG = (
    "Nobody waits for care at home after a stay in hospital, says everyone here. " * 2 + "\n"
) * 67_000  # 10 MB
FOREIGN = {"django_session"}  # who is signed in; written by reading


@dataclass
class House:
    """An installation with one project, its facilitator at a browser, and its database in sight."""

    server: servers.Server
    page: Page
    project: str = ""

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.project}{path}")
        return self.page

    def rows(self) -> dict[str, int]:
        """How many rows each table has; the ledger is one of them."""
        with closing(sqlite3.connect(self.server.home / "coproduce.sqlite3")) as database:
            names = [
                name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            return {
                name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for name in names
                if name not in FOREIGN
            }

    def browserless(self) -> httpx.Client:
        """The same person with a program in the browser's place."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies()}
        return httpx.Client(
            base_url=self.server.url, cookies=cookies, headers={"Referer": self.server.url}, timeout=60
        )

    def token(self) -> str:
        return next(one["value"] for one in self.page.context.cookies() if one["name"] == "csrf")


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    # Without the task worker: its own rows come at any moment, and here each row is counted.
    server = servers.start("serve", tmp_path_factory.mktemp("bad") / "home", COPRODUCE_WORKER="off")
    journeys = Journeys(browser, Watch())
    found = House(server, journeys.open(*DESKTOP))
    _claim(found)
    _start(found)
    yield found
    journeys.close()
    server.stop()


def _claim(house: House) -> None:
    link = re.search(r"http://\S+/claim/\S+/", house.server.log.read_text())
    assert link
    page = house.page
    page.goto(link[0])
    page.get_by_label("Your name").fill("Ada Keeper")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Claim").click()


def _start(house: House) -> None:
    """A project with a shared foreword and one group, whose name a spreadsheet would run."""
    page = house.page
    page.goto(f"{house.server.url}/projects/new/")
    page.get_by_label("Name of the project").fill("Home by the weekend")
    page.get_by_label("What is it for").fill("Nobody waits for care at home.")
    page.get_by_role("button", name="Start the project").click()
    house.project = page.url.removesuffix("foreword/")
    page.get_by_role("button", name="Share the foreword").click()
    house.open("people/groups/new/")
    page.get_by_label("Name of the group").fill(FORMULA)
    page.get_by_label("Citizens who use it").check()
    page.get_by_label("Places wanted").fill("1")
    page.get_by_role("button", name="Save the group").click()
    expect(page.get_by_text("The group is added.")).to_be_visible()


@pytest.fixture
def writes_nothing(house: House) -> Iterator[None]:
    before = house.rows()
    assert before["core_entry"] > 0
    yield
    assert house.rows() == before


def _is_told(page: Page, words: str) -> None:
    expect(page.locator(".govuk-error-summary")).to_contain_text(words)
    expect(page).to_have_title(re.compile("^Error: "))


# Files


def _upload(house: House, name: str, content: bytes) -> Page:
    page = house.open("documents/new/")
    page.get_by_label("Title").fill("Going home")
    page.get_by_label("Upload a Word document").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Open the draft").click()
    return page


def _bomb() -> bytes:
    """Some kilobytes that unpack to 100 megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"<w:p/>" * 100 + bytes(100 * 1024 * 1024))
    return out.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("plan.docx", _bomb, "unpacks to far more than a document needs"),
    "a PDF by a Word name": ("plan.docx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "This is a PDF"),
    "a table with formulas": ("plan.csv", lambda: f"Name,Cost\n{FORMULA},1\n".encode(), "This is a table"),
    "an Excel file": ("plan.xlsx", lambda: _workbook(), "not a Word document"),
    "a picture": ("plan.md", lambda: b"\x89PNG\r\n\x1a\n\x00\x00", "not a Word document"),
}


def _workbook() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active
    book.active.append([FORMULA])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_document_is_refused(what: str, house: House, writes_nothing: None) -> None:
    name, content, words = FILES[what]
    page = _upload(house, name, content())
    _is_told(page, words)
    assert page.get_by_label("Title").input_value() == "Going home"


# Words


def test_ten_megabytes_of_text_are_refused_and_kept(house: House, writes_nothing: None) -> None:
    """Posted without a browser, which would take half a minute to draw them."""
    typed = {"why_now": LONG, "who_decides": "The Cabinet", "csrfmiddlewaretoken": house.token()}
    with house.browserless() as client:
        page = BeautifulSoup(client.post(f"{house.project}foreword/edit/", data=typed).text, "html.parser")
    told, box = page.select_one(".govuk-error-summary"), page.select_one("#id_why_now")
    assert told
    assert "“Why now?” must be 10,000 characters or fewer" in told.get_text()
    assert box
    assert box.get_text().strip() == LONG.strip()
    assert page.select_one("#id_who_decides[value='The Cabinet']")


def test_more_than_a_form_can_carry_is_refused_with_the_reason(house: House, writes_nothing: None) -> None:
    with house.browserless() as client:
        answer = client.post(
            f"{house.project}foreword/edit/", data={"why_now": LONG * 2, "csrfmiddlewaretoken": house.token()}
        )
    assert answer.status_code == 400
    assert "too much at once" in answer.text
    assert "Nothing was saved" in answer.text


NAMES = {
    "a person": ("people/add/", "Name (", "Add the person"),
    "a manager": ("roles/", "Name", "Give the role"),
}


@pytest.mark.parametrize("whose", NAMES)
@pytest.mark.parametrize(
    "name", ["Ada \u202eyluJ", "Ada\u200b July", "\u2066Ada"], ids=["turned", "split", "led"]
)
def test_a_name_that_misleads_the_eye_is_refused(
    name: str, whose: str, house: House, writes_nothing: None
) -> None:
    path, label, button = NAMES[whose]
    page = house.open(path)
    page.get_by_label(label, exact=label == "Name").fill(name)
    if whose == "a person":
        page.get_by_role("group", name="Main group").get_by_role("radio").first.check()
        page.get_by_role("group", name="hear what came").get_by_label("Yes").check()
        page.get_by_role("group", name="annual review").get_by_label("Yes").check()
    else:
        page.get_by_label("E-mail address").fill("july@example.org")
        page.get_by_label("Manager").check()
    page.get_by_role("button", name=button).click()
    _is_told(page, "hidden characters")
    assert page.get_by_label(label, exact=label == "Name").input_value() == name


def test_nobody_gives_themselves_such_a_name(house: House, writes_nothing: None) -> None:
    page = house.page
    page.goto(f"{house.server.url}/me/")
    page.get_by_label("The name others see").fill("Ada \u202eyluJ")
    page.get_by_role("button", name="Save").click()
    _is_told(page, "hidden characters")
    assert page.get_by_label("The name others see").input_value() == "Ada \u202eyluJ"


def test_R60_an_end_of_ongoing_is_refused(house: House, writes_nothing: None) -> None:
    page = house.open("actions/new/")
    page.get_by_label("What will be done?").fill("Print the cards")
    page.get_by_label("Who owns it?").select_option(label="Ada Keeper")
    end = page.get_by_role("group", name="End date")
    end.get_by_label("Day").fill("ongoing")
    page.get_by_role("button", name="Add the action").click()
    _is_told(page, "R60")
    assert page.get_by_label("What will be done?").input_value() == "Print the cards"
    assert end.get_by_label("Day").input_value() == "ongoing"


def test_a_nul_character_is_refused(house: House, writes_nothing: None) -> None:
    page = house.open("barriers/new/")
    box = page.get_by_label("What could get in the way")
    box.evaluate("box => { box.value = 'No bus\\u0000 runs' }")
    page.get_by_label("Me", exact=True).check()
    page.get_by_role("button", name="Add the barrier").click()
    _is_told(page, "a character that cannot be kept")
    assert box.input_value().startswith("No bus")


@pytest.mark.parametrize(
    "question", ["q=%00", "page=99999999999999999999", "order=%00", "format=%00", "q=%ff"]
)
def test_nonsense_in_an_address_breaks_nothing(question: str, house: House, writes_nothing: None) -> None:
    with house.browserless() as client:
        for path in ("barriers/", "people/", "actions/", "rounds/", "record/"):
            answer = client.get(f"{house.project}{path}?{question}")
            assert answer.status_code in {200, 400, 404}, path
            assert "Coproduce" in answer.text


# What goes out


def test_a_formula_leaves_as_text(house: House, tmp_path: Path) -> None:
    with house.browserless() as client:
        csv = client.get(f"{house.project}people/groups/?format=csv")
        excel = client.get(f"{house.project}people/groups/?format=xlsx")
    assert "\"'=HYPERLINK(" in csv.text
    book = openpyxl.load_workbook(io.BytesIO(excel.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert [cell.data_type for cell in cells] == ["s"]


# The same again, and from elsewhere


def _new_group(house: House, key: str, token: str | None) -> dict[str, str]:
    typed = {"name": "Carers", "kind": "carers", "places_wanted": "3", "request_key": key}
    return typed | ({"csrfmiddlewaretoken": token} if token else {})


def test_the_same_post_five_times_writes_once(house: House) -> None:
    before = house.rows()
    typed = _new_group(house, str(uuid4()), house.token())
    with house.browserless() as client, ThreadPoolExecutor(5) as pool:
        posts = [pool.submit(client.post, f"{house.project}people/groups/new/", data=typed) for _ in range(5)]
        answers = [post.result() for post in posts]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    after = house.rows()
    assert {name: after[name] - before[name] for name in ("people_group", "core_entry")} == {
        "people_group": 1, "core_entry": 1,
    }  # fmt: skip


@pytest.mark.parametrize("token", [None, "x" * 32], ids=["none", "wrong"])
def test_a_post_without_its_token_is_refused_on_our_own_page(
    token: str | None, house: House, writes_nothing: None
) -> None:
    with house.browserless() as client:
        answer = client.post(
            f"{house.project}people/groups/new/", data=_new_group(house, str(uuid4()), token)
        )
    assert answer.status_code == 403
    assert "Please send it again" in answer.text
    assert "Nothing was saved" in answer.text
    assert "Coproduce" in answer.text
