"""The picture of flows keeps the same promises as the others."""

import re

import pytest
from bs4 import BeautifulSoup

from coproduce.ui.plots_flow import MOST, FlowWords, flow
from coproduce.ui.templatetags.govuk import plot

WORDS = FlowWords("From", "To", "All", "Others")


def parsed(counts: list[list[int]], sentence: str = "Most came in.") -> BeautifulSoup:
    sources = [f"Group <{at}>" for at in range(len(counts))]
    targets = [f"Version {at}" for at in range(len(counts[0]))]
    made = flow("Flows <b>", sentence, sources, targets, counts, words=WORDS)
    return BeautifulSoup(plot(made), "html.parser")


def test_R107_every_number_of_the_picture_is_in_its_table() -> None:
    page = parsed([[3, 0, 2], [0, 4, 0]])
    cells = [[cell.text for cell in row.select("td")] for row in page.select("tbody tr")]
    assert cells == [["3", "0", "2", "5"], ["0", "4", "0", "4"], ["3", "4", "2", "9"]]
    drawn = {text.text for text in page.select("svg text[font-weight]")} - {"From", "To"}
    assert drawn == {"5", "4", "3", "2"}


def test_R107_no_flow_without_its_sentence() -> None:
    with pytest.raises(ValueError, match="R107"):
        parsed([[1]], sentence=" ")


def test_a_band_is_as_wide_as_what_flows_and_nothing_makes_none() -> None:
    page = parsed([[3, 0], [1, 2]])
    widths = [float(str(band["stroke-width"])) for band in page.select("svg path")]
    assert len(widths) == 3
    assert widths[0] == 3 * widths[1]
    assert widths[2] == 2 * widths[1]


def test_bands_end_where_their_bars_do() -> None:
    """What leaves a bar is as wide as the bar, and nothing is drawn outside."""
    page = parsed([[30, 10], [20, 40]])
    height = float(str(page.svg["viewbox"]).split()[3])  # type: ignore[index]
    bars = [(float(str(bar["y"])), float(str(bar["height"]))) for bar in page.select("svg rect")]
    assert all(top >= 0 and top + tall <= height for top, tall in bars)
    assert bars[0][1] == pytest.approx(40 / 60 * bars[1][1], abs=0.2)


def test_the_smaller_ones_are_drawn_together_and_the_table_has_them_all() -> None:
    page = parsed([[at + 1, 1] for at in range(MOST + 5)])
    assert len(page.select("tbody tr")) == MOST + 6
    labels = [text.text.strip() for text in page.select("svg text:not([font-weight])")]
    assert len(labels) == MOST + 2
    assert "Others" in labels


def test_it_holds_nothing_that_the_policy_forbids() -> None:
    html = str(parsed([[1, 2]]).svg)
    assert "<script" not in html
    assert not re.search(r"\sstyle=|\son\w+=", html)
    assert 'role="img"' in html
