"""Pictures of answers keep the same promises as the others."""

import re

import pytest
from bs4 import BeautifulSoup

from coproduce.ui.plots import Plot
from coproduce.ui.plots_of_answers import MiddleWords, MoveWords, columns, marked_bars, ranges, slopes
from coproduce.ui.templatetags.govuk import plot

MIDDLE = MiddleWords("middle answer", "middle half", lambda low, high: f"{low} to {high}")
MOVE = MoveWords("higher", "the same", "lower", "One person.", "Many people.")
POINTS = (-1, 0, 1)


def say(value: float) -> str:
    return f"{value:+g}"


def moved(counts: list[list[int]]) -> Plot:
    return slopes(
        "Moves <b>", "Some moved.", POINTS, counts,
        corner="From", total="People", ends=("First", "Second"), words=MOVE, say=say,
    )  # fmt: skip


COLUMNS = columns(
    "Level <b>", "In the middle.", {-1: 2, 0: 5, 1: 0}, head=("Rating", "People"), say=say, words=MIDDLE, middle=0,
    half=(-1, 0.5),
)  # fmt: skip
RANGES = ranges(
    "Groups <b>", "Carers lower.", [("Carers", (-1.0, -0.5, 0.0)), ("Leaders", None)],
    head=("Group", "Middle", "Half", "Agreement"), more=[("0.50",), ("–",)], silence="fewer than five", words=MIDDLE,
    least=-1, most=1, say=say,
)  # fmt: skip
SLOPES = moved([[1, 2, 0], [0, 3, 0], [1, 0, 2]])
MARKED = marked_bars(
    "Named <b>", "Three.", [("Care", 3, True), ("Beds", 2, False), ("Law", 0, False)],
    head=("What", "People", "Stated?"), marked="stated", unmarked="not stated",
)  # fmt: skip
ALL = pytest.mark.parametrize(
    "picture", [COLUMNS, RANGES, SLOPES, MARKED], ids=["columns", "ranges", "slopes", "marked"]
)


@ALL
def test_R107_every_number_of_the_picture_is_in_its_table(picture: Plot) -> None:
    page = BeautifulSoup(plot(picture), "html.parser")
    cells = {cell.text for cell in page.select("tbody td")}
    drawn = {text.text for text in page.select("svg text[font-weight]")}
    assert drawn
    assert drawn <= cells
    assert str(picture.sentence) in page.p.text  # type: ignore[union-attr]
    widths = {len(row) for row in picture.table_rows} | {len(picture.table_head)}
    assert len(widths) == 1


@ALL
def test_a_picture_is_named_and_holds_nothing_that_the_policy_forbids(picture: Plot) -> None:
    svg = BeautifulSoup(picture.svg, "html.parser").svg
    assert svg is not None
    assert svg["role"] == "img"
    assert "style=" not in picture.svg
    assert "<script" not in picture.svg
    assert "<b>" not in picture.svg


@ALL
def test_nothing_is_drawn_outside_the_picture(picture: Plot) -> None:
    svg = BeautifulSoup(picture.svg, "html.parser").svg
    assert svg is not None
    _x, _y, wide, high = map(float, str(svg["viewbox"]).split())
    for box in svg.select("rect"):
        left, top, width, height = (float(str(box[side])) for side in ("x", "y", "width", "height"))
        assert 0 <= left <= left + width <= wide
        assert 0 <= top <= top + height <= high
    for words in svg.select("text"):
        assert float(str(words["y"])) <= high


def lines(picture: Plot) -> list[str]:
    return re.findall(r'<path d="M100 [^"]*L240 [^"]*"[^>]*>', str(picture.svg))


def test_there_is_a_line_for_each_person_and_its_way_shows_without_colour() -> None:
    found = lines(SLOPES)
    assert len(found) == 9
    assert sum("dasharray" in line for line in found) == 1
    assert sum('stroke-width="3.0"' in line for line in found) == 3
    assert sum('stroke-width="1.2"' in line for line in found) == 6


def test_a_line_begins_and_ends_within_the_bars_of_its_points() -> None:
    """No two lines share a beginning or an end."""
    found = [re.findall(r"M100 ([\d.]+)L240 ([\d.]+)", line)[0] for line in lines(SLOPES)]
    assert len({start for start, _end in found}) == len({end for _start, end in found}) == 9


def test_hundreds_of_people_become_bands() -> None:
    picture = moved([[100, 50, 0], [0, 300, 0], [0, 20, 130]])
    assert len(lines(picture)) == 5
    assert "Many people." in picture.svg
    assert "One person." not in picture.svg


def test_the_table_of_moves_counts_each_pair_and_leaves_out_points_that_nobody_chose() -> None:
    picture = moved([[0, 0, 0], [0, 3, 1], [0, 0, 2]])
    assert list(picture.table_head) == ["From", "+0", "+1", "People"]
    assert list(picture.table_rows) == [("+0", 3, 1, 4), ("+1", 0, 2, 2), ("People", 3, 3, 6)]


def test_a_group_that_is_too_small_shows_its_silence() -> None:
    assert list(RANGES.table_rows)[1] == ("Leaders", "fewer than five", "fewer than five", "–")
    assert "fewer than five" in RANGES.svg
    assert str(RANGES.svg).count("9l") == 0
    assert str(RANGES.svg).count("l8 8l-8 8") == 2  # one in the key, one for the carers


def test_what_is_marked_is_filled_and_ticked_and_what_is_not_is_an_empty_frame() -> None:
    svg = str(MARKED.svg)
    assert svg.count("l5 5l9 -11") == 2  # key and Care
    assert svg.count("stroke-dasharray") == 2  # key and Beds; nobody named Law
    assert [row[2] for row in MARKED.table_rows] == ["stated", "not stated", "not stated"]


def test_columns_without_answers_draw_no_middle() -> None:
    picture = columns("T", "S", {0: 0, 1: 0}, head=("R", "P"), say=say, words=MIDDLE)
    assert "middle answer" not in picture.svg
    assert len(picture.table_rows) == 2
