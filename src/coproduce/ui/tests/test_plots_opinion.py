"""Pictures of opinion: none without its table and sentence, no group told by colour alone, no person drawn."""

import re

import pytest
from bs4 import BeautifulSoup

from coproduce.ui.plots import Plot
from coproduce.ui.plots_opinion import (
    ApartRow,
    ApartWords,
    GroundRow,
    GroundWords,
    MapGroup,
    MapWords,
    common_ground_plot,
    cut_down,
    dividing_plot,
    opinion_map,
)
from coproduce.ui.templatetags.govuk import plot
from coproduce_engine.opinion.picture import Spot
from coproduce_engine.opinion.results import NOT_PLACED

LONG = "Nobody should be sent home before somebody has looked at the stairs, the bath and the bed. " * 3
WORDS = MapWords(
    "Group", "People", "Share", "Everybody", "In no group", "You are here", "Near means alike.", "A line."
)
GROUPS = [MapGroup("A", "people who <i>", 30, -2, 0), MapGroup("B", "people who not", 12, 3, 1)]
SPOTS = [Spot(-2, 0, 20, 0), Spot(-3, 1, 10, 0), Spot(3, 1, 12, 1), Spot(0, -4, 3, NOT_PLACED)]
GROUND = GroundWords("Statement", "Side", "At least", "Lowest group", "Other groups", "At least so many.")
APART = ApartWords("Statement", "Apart", "Most", "Least", "Ends", "Others", "So far apart.")
STAKEHOLDERS = ["Patients <b>", "Carers", "Managers"]


def per_cent(share: float) -> str:
    return f"{100 * share:.0f}%"


def a_map(
    spots: list[Spot] = SPOTS, groups: list[MapGroup] = GROUPS, you: tuple[float, float] | None = None
) -> Plot:
    return opinion_map(
        "Map <b>", "Two groups.", spots, groups, words=WORDS, say_share=per_cent, you=you
    )  # fmt: skip


COMMON = common_ground_plot(
    "Common <b>", "One is shared.", STAKEHOLDERS,
    [GroundRow(LONG, "agree", (0.9, 0.72, None), 0.61, 1), GroundRow("公車 <i>", "disagree", (0.5, 0.5, 0.5), 0.3, 2)],
    words=GROUND, say_share=per_cent,
)  # fmt: skip
DIVIDES = dividing_plot(
    "Apart <b>", "One divides.", STAKEHOLDERS, [ApartRow("Beds", (0.2, 0.95, 0.6), 0.75, 1, 0)],
    words=APART, say_share=per_cent,
)  # fmt: skip
CLOUD = a_map([Spot(0, 0, 5, NOT_PLACED), Spot(1, 0, 2, NOT_PLACED)], [])
ALL = pytest.mark.parametrize(
    "picture",
    [a_map(), a_map(you=(9, 9)), CLOUD, COMMON, DIVIDES],
    ids=["map", "you", "cloud", "common", "apart"],
)


@ALL
def test_R107_every_number_of_the_picture_is_in_its_table(picture: Plot) -> None:
    page = BeautifulSoup(plot(picture), "html.parser")
    cells = {
        part for cell in page.select("tbody td, tbody th") for part in (cell.text, *cell.text.split(" · "))
    }
    drawn = {text.text for text in page.select("svg text[font-weight]")}
    assert drawn
    assert drawn <= cells
    assert str(picture.sentence) in page.p.text  # type: ignore[union-attr]
    assert len({len(row) for row in picture.table_rows} | {len(picture.table_head)}) == 1


def test_R107_no_map_without_its_sentence_and_no_common_ground_without_a_statement() -> None:
    with pytest.raises(ValueError, match="R107"):
        opinion_map("Map", " ", SPOTS, GROUPS, words=WORDS, say_share=per_cent)
    with pytest.raises(ValueError, match="R107"):
        common_ground_plot("Common", "None.", STAKEHOLDERS, [], words=GROUND, say_share=per_cent)


@ALL
def test_a_picture_is_named_and_holds_nothing_that_the_policy_forbids(picture: Plot) -> None:
    svg = BeautifulSoup(picture.svg, "html.parser").svg
    assert svg is not None
    assert svg["role"] == "img"
    assert svg.title is not None
    assert svg.find("desc") is not None
    for forbidden in ("style=", "<script", "<b>", "<i>"):
        assert forbidden not in picture.svg


@ALL
def test_nothing_is_drawn_outside_the_picture(picture: Plot) -> None:
    svg = BeautifulSoup(picture.svg, "html.parser").svg
    assert svg is not None
    _x, _y, wide, high = map(float, str(svg["viewbox"]).split())
    for circle in svg.select("circle"):
        x, y, r = (float(str(circle[side])) for side in ("cx", "cy", "r"))
        assert r <= x <= wide - r
        assert r <= y <= high - r
    for shape in svg.select("polygon"):
        for pair in str(shape["points"]).split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= wide
            assert 0 <= y <= high
    for words in svg.select("text"):
        assert 0 <= float(str(words["x"])) <= wide
        assert 0 <= float(str(words["y"])) <= high


def test_a_group_has_a_line_a_letter_and_a_shape_of_its_own() -> None:
    five = [MapGroup(letter, "x", 1, i, 0) for i, letter in enumerate("ABCDE")]
    svg = BeautifulSoup(a_map([Spot(i, 0, 1, i) for i in range(5)], five).svg, "html.parser")
    lines = svg.select("polygon")
    assert len({line.get("stroke-dasharray") for line in lines}) == 5
    assert {"A", "B", "C", "D", "E"} <= {text.text for text in svg.select("text[font-weight]")}
    shapes = [
        re.sub(r"[\d.-]+", "", str(path["d"])) + str(path["fill"] == "#fff") for path in svg.select("path")
    ]
    assert len(set(shapes)) == 4  # and the filled circle of A


def test_the_line_goes_round_the_four_fifths_nearest_to_the_middle() -> None:
    group = [MapGroup("A", "x", 10, 0, 0)]
    far = [Spot(0, 0, 8, 0), Spot(10, 0, 2, 0), Spot(-10, 0, 0, 0)]
    line = BeautifulSoup(a_map(far, group).svg, "html.parser").select("polygon")[0]
    xs = [float(pair.split(",")[0]) for pair in str(line["points"]).split()]
    assert max(xs) - min(xs) < 30


def test_without_groups_there_is_one_cloud_and_its_table_counts_everybody() -> None:
    assert list(CLOUD.table_rows) == [("Everybody", 7, "100%")]
    assert "<polygon" not in CLOUD.svg
    assert "A line." not in CLOUD.svg


def test_the_table_of_the_map_counts_groups_and_those_in_none() -> None:
    assert [row[1:] for row in a_map().table_rows] == [(30, "67%"), (12, "27%"), (3, "7%")]
    assert a_map().table_rows[2][0] == "In no group"


def test_you_are_here_is_a_star_that_is_named() -> None:
    assert "You are here" not in a_map().svg
    shown = a_map(you=(0, 0))
    assert "You are here" in shown.svg
    assert str(shown.svg).count('fill="#ffdd00"') == 2  # in the plane and in the key


def test_one_person_alone_has_a_map() -> None:
    assert "<circle" in a_map([Spot(1, 1, 1, NOT_PLACED)], []).svg


def test_each_statement_has_a_point_for_each_group_that_voted_and_the_lowest_is_marked() -> None:
    svg = BeautifulSoup(COMMON.svg, "html.parser")
    assert len(svg.select("circle")) == 1 + 1 + 2  # the key, and the others of each row
    assert str(COMMON.svg).count("l9 9l-9 9") == 1 + 2
    assert list(COMMON.table_rows[0]) == [LONG, "agree", "61%", "Carers", "90%", "72%", "–"]


def test_the_bar_begins_at_the_lower_bound_and_ends_at_the_lowest_share() -> None:
    begin, end = re.findall(r'd="M([\d.]+) [\d.]+v14M[\d.]+ [\d.]+H([\d.]+)"', str(COMMON.svg))[0]
    assert float(begin) == pytest.approx(14 + 258 * 0.61, abs=0.1)
    assert float(end) == pytest.approx(14 + 258 * 0.72, abs=0.1)


def test_a_long_statement_is_cut_in_the_picture_and_whole_in_the_table() -> None:
    assert "…" in COMMON.svg
    assert COMMON.table_rows[0][0] == LONG
    assert "公車" in COMMON.svg


@ALL
def test_no_words_lie_on_one_another(picture: Plot) -> None:
    """Points at one place have their numbers side by side."""
    places = [
        (float(str(text["x"])), float(str(text["y"])))
        for text in BeautifulSoup(picture.svg, "html.parser").select("text")
    ]
    assert len(places) == len(set(places))
    for x, y in places:
        assert not [other for other in places if other[1] == y and 0 < abs(other[0] - x) < 13]


def test_what_divides_joins_the_lowest_to_the_highest() -> None:
    begin, end = re.findall(r'd="M([\d.]+) [\d.]+v14M[\d.]+ [\d.]+H([\d.]+)"', str(DIVIDES.svg))[0]
    assert (float(begin), float(end)) == pytest.approx((14 + 258 * 0.2, 14 + 258 * 0.95), abs=0.1)
    assert list(DIVIDES.table_rows[0]) == ["Beds", "75%", "Carers", "Patients <b>", "20%", "95%", "60%"]


@pytest.mark.parametrize(
    "bound, said", [(0.596, 0.59), (0.6, 0.6), (0.29, 0.29), (0.9999, 0.99), (1.0, 1.0), (0.0, 0.0)]
)
def test_a_lower_bound_is_cut_down_and_never_rounded_up(bound: float, said: float) -> None:
    assert cut_down(bound) == said
