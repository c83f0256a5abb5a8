"""Points in four zones, and groups that stand apart: no picture without its table and its sentence."""

import pytest
from bs4 import BeautifulSoup

from coproduce.ui.plots import Plot
from coproduce.ui.plots_scatter import Point, Row, apart, scatter
from coproduce.ui.templatetags.govuk import plot

CORNERS = ["Plan", "Do now", "Watch", "Tidy"]
HEAD = ["Barrier", "Easy", "Matters"]
POINTS: list[Point] = [("B01", 4, 5), ("B02", 2, 4), ("B03", 2, 4), ("B04", 3.5, 3.5), ("B05", 5, 1)]
GROUPS = apart(
    "Gap <b>", "One is contested.",
    [Row("Left out", {"G1": 5, "G2": 2, "G3": None}, ("3", "Contested")), Row("Late", {"G1": 4, "G2": 4})],
    corner="Theme", more=("Gap", "In a word"),
)  # fmt: skip


def plane(points: list[Point] = POINTS, cut: float = 3.5) -> Plot:
    return scatter("Zones <i>", "Most wait.", points, head=HEAD, corners=CORNERS, cut=cut)


def texts(picture: Plot) -> list[str]:
    return [text.text for text in BeautifulSoup(picture.svg, "html.parser").select("text")]


def test_R107_every_point_is_in_the_picture_and_in_its_table() -> None:
    page = BeautifulSoup(plot(plane()), "html.parser")
    assert [cell.text for cell in page.select("tbody th")] == ["B01", "B02", "B03", "B04", "B05"]
    assert {"B01", "B02", "B03", "B04", "B05"} <= set(texts(plane()))
    assert "Most wait." in page.get_text()


def test_R107_a_plane_without_points_is_refused() -> None:
    with pytest.raises(ValueError, match="R107"):
        plane([])


def test_points_at_one_place_share_a_circle_with_their_count() -> None:
    drawn = BeautifulSoup(plane().svg, "html.parser")
    assert len(drawn.select("circle")) == 4
    assert "2" in texts(plane())


def test_no_names_lie_on_one_another_however_many_share_a_place() -> None:
    crowd: list[Point] = [(f"B{i:02}", 2, 4) for i in range(1, 61)] + [("B61", 2, 3)]
    drawn = BeautifulSoup(plane(crowd).svg, "html.parser")
    places = [(text["x"], text["y"]) for text in drawn.select("text")]
    assert len(places) == len(set(places))
    assert "+46" in texts(plane(crowd))
    assert len(plane(crowd).table_rows) == 61


def test_long_names_stand_one_below_the_other() -> None:
    drawn = BeautifulSoup(plane([("B101", 1, 1), ("B102", 1, 1)]).svg, "html.parser")
    named = [text for text in drawn.select("text") if text.text in {"B101", "B102"}]
    assert len({text["x"] for text in named}) == 1
    assert len({text["y"] for text in named}) == 2


@pytest.mark.parametrize("point,column", [((4, 4), 1), ((3.5, 5), 0), ((3, 1), 0), ((4, 2), 1)])
def test_a_point_lies_in_the_zone_that_the_cut_gives_it(point: tuple[float, float], column: int) -> None:
    drawn = BeautifulSoup(plane([("B01", *point)]).svg, "html.parser")
    circle = drawn.select_one("circle")
    assert circle is not None
    inside = [
        (i % 2, i // 2)
        for i, box in enumerate(drawn.select("rect"))
        if float(box["x"]) < float(circle["cx"]) < float(box["x"]) + float(box["width"])
        and float(box["y"]) < float(circle["cy"]) < float(box["y"]) + float(box["height"])
    ]
    assert inside == [(column, 0 if point[1] > 3.5 else 1)]


def test_groups_that_stand_apart_are_named_at_their_ends() -> None:
    assert {"G1", "G2", "G1 G2"} <= set(texts(GROUPS))
    assert list(GROUPS.table_head) == ["Theme", "G1", "G2", "G3", "Gap", "In a word"]
    assert list(GROUPS.table_rows[0]) == ["Left out", "5", "2", "–", "3", "Contested"]


@pytest.mark.parametrize("picture", [plane(), GROUPS], ids=["plane", "apart"])
def test_names_are_escaped_and_the_picture_has_a_name_and_a_description(picture: Plot) -> None:
    assert "<i>" not in picture.svg
    assert "<b>" not in picture.svg
    svg = BeautifulSoup(picture.svg, "html.parser").svg
    assert svg is not None
    assert svg.title is not None
    assert svg.find("desc") is not None
    assert "style=" not in picture.svg
