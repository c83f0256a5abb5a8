"""Lists: searched, filtered, sorted, paged; and safe as files."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import NullIf
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from coproduce.ui.sheets import guarded
from coproduce.ui.tables import Column, Filter, Table

ROWS = [
    SimpleNamespace(
        ref=f"A{number:02}",
        title=f"Action {number}",
        cost=Decimal(number * 10),
        state="open" if number % 2 else "done",
        owner=SimpleNamespace(name="Siân"),
        ends=date(2025, 9, 1),
    )
    for number in range(1, 121)
]


def table(**more: Any) -> Table:
    given: dict[str, Any] = {
        "rows": ROWS,
        "columns": [
            Column("ref", "Number", sort="ref", link=lambda row: f"/a/{row.ref}/"),
            Column("title", "Title"),
            Column("owner", "Owner", value="owner.name"),
            Column("cost", "Cost", sort="cost", numeric=True),
        ],
        "filters": [Filter("state", "State", [("open", "Open"), ("done", "Done")],
                           lambda rows, value: [row for row in rows if row.state == value])],
        "search": lambda rows, words: [row for row in rows if words in row.title],
        "caption": "Actions", "empty": "No actions yet", "name": "actions",
    }  # fmt: skip
    return Table(**(given | more))


def page(query: str = "", **more: Any) -> BeautifulSoup:
    shown = table(**more).page(QueryDict(query))
    return BeautifulSoup(render_to_string("ui/_table.html", {"table": shown}), "html.parser")


def refs(soup: BeautifulSoup) -> list[str]:
    return [cell.text.strip() for cell in soup.select("tbody th")]


def test_a_page_has_fifty_rows_and_says_how_many_there_are() -> None:
    soup = page()
    assert len(refs(soup)) == 50
    assert "120 in this list" in soup.text
    assert "Showing 1 to 50" in soup.text


def test_the_last_page_has_what_is_left_and_a_page_too_far_is_the_last() -> None:
    assert len(refs(page("page=3"))) == 20
    assert refs(page("page=99")) == refs(page("page=3"))
    assert len(refs(page("page=x"))) == 50


def test_headings_sort_and_say_which_way() -> None:
    soup = page("sort=-cost")
    heading = soup.find("th", {"aria-sort": "descending"})
    assert heading is not None
    assert heading.a["href"] == "?sort=cost"  # type: ignore[index]
    assert refs(soup)[0] == "A120"


def test_a_heading_that_does_not_sort_is_left_alone() -> None:
    assert refs(page("sort=password")) == refs(page())


def test_search_and_filter_work_together_and_stay_when_sorting() -> None:
    soup = page("q=Action+1&state=done&sort=ref")
    assert refs(soup)[:3] == ["A10", "A100", "A102"]
    assert all(int(ref[1:]) % 2 == 0 for ref in refs(soup))
    assert "q=Action+1" in str(soup.find("a", {"class": "app-sort"})["href"])  # type: ignore[index]


def test_a_value_that_no_filter_offers_is_left_alone() -> None:
    assert "120 in this list" in page("state=secret").text


def test_nothing_yet_is_not_nothing_found() -> None:
    assert "No actions yet" in page(rows=[]).text
    found = page("q=zzz")
    assert "Nothing matches" in found.text
    assert found.find("a", string=lambda words: bool(words and "Clear" in words))["href"] == "?"  # type: ignore[index]


def test_words_that_no_text_can_hold_are_not_asked_of_the_database() -> None:
    assert "120 in this list" in page("q=%00").text


@pytest.mark.django_db
@pytest.mark.parametrize("order, shown", [("day", ["a", "b", "–"]), ("-day", ["b", "a", "–"])])
def test_rows_without_a_value_come_last_in_both_directions(order: str, shown: list[str]) -> None:
    Group.objects.bulk_create(Group(name=name) for name in ("a", "none", "b"))
    rows = Group.objects.annotate(day=NullIf(F("name"), Value("none")))
    found = Table(rows, [Column("day", "Day", sort="day")]).page(QueryDict(f"sort={order}"))
    assert [strip_tags(str(cell.text)) for (cell,) in found.cells()] == shown


def test_headings_have_their_scope_and_the_table_its_caption() -> None:
    soup = page()
    assert {cell["scope"] for cell in soup.select("thead th")} == {"col"}
    assert {cell["scope"] for cell in soup.select("tbody th")} == {"row"}
    assert soup.caption.text == "Actions"  # type: ignore[union-attr]


def test_what_people_wrote_is_escaped() -> None:
    rows = [SimpleNamespace(ref="<b>", title="<script>", cost=1, owner=None)]
    assert "<script>" not in str(page(rows=rows, filters=(), search=None))


def file(kind: str, rows: list[Any], columns: list[Column]) -> bytes:
    request = RequestFactory().get("/", {"format": kind, "page": "2"})
    response = Table(rows, columns, name="actions").respond(request, "no-template.html")
    assert f"actions.{kind}" in response["Content-Disposition"]
    return response.content


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\ufeff=1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\r=1",
    "\n=1",
]


@pytest.mark.parametrize("text", RISKY)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "A", "a=b", "12 March", "Siân", "£5"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_a_csv_file_has_every_row_and_numbers_stay_numbers() -> None:
    content = file("csv", ROWS + [SimpleNamespace(ref="=2+3", cost=-5, ends=None)],
                   [Column("ref", "=Number"), Column("cost", "Cost"), Column("ends", "Ends")])  # fmt: skip
    assert content.startswith(b"\xef\xbb\xbf")
    read = lines(content)
    assert read[0] == ["'=Number", "Cost", "Ends"]
    assert len(read) == 122
    assert read[1] == ["A01", "10", "2025-09-01"]
    assert read[-1] == ["'=2+3", "-5", ""]


def test_an_excel_file_keeps_formulas_and_addresses_as_text() -> None:
    moment = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
    rows = [
        SimpleNamespace(
            a="=HYPERLINK(1)", b="https://x.example/", c=Decimal("1.5"), d=True, e=moment, f="7" * 40000
        )
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(file("xlsx", rows, [Column(key, key.upper()) for key in "abcdef"]))
    )
    cells = list(book.active.iter_rows(min_row=2))[0]
    assert [cell.data_type for cell in cells] == ["s", "s", "n", "s", "d", "s"]
    assert cells[0].value == "=HYPERLINK(1)"
    assert cells[1].hyperlink is None
    assert cells[3].value == "Yes"
    assert cells[4].value.isoformat() == "2025-07-01T00:30:00"
    assert len(cells[5].value) == 32_767


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [1, 120])
def test_a_list_from_the_database_asks_two_questions_however_long_it_is(how_many: int) -> None:
    Group.objects.bulk_create(Group(name=f"G{number:03}") for number in range(how_many))
    groups = Table(Group.objects.all(), [Column("name", "Name", sort="name")], order="-name",
                   search=lambda rows, words: rows.filter(name__icontains=words))  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as asked:
        html = render_to_string("ui/_table.html", {"table": groups.page(QueryDict("q=G"))})
    assert len(asked) == 2
    assert f"G{how_many - 1:03}" in html
