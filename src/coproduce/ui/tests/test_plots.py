"""No picture without its table and its sentence."""

import pytest
from bs4 import BeautifulSoup
from django.utils.safestring import SafeString

from coproduce.core.findings import Strength, all_rules
from coproduce.ui.plots import Plot, bars, dumbbell, heat_map
from coproduce.ui.templatetags.govuk import plot

SVG = SafeString("<svg></svg>")
HEAT = heat_map(
    "Themes <b>", "Carers most.", ["G1", "G2"], [("Left out", [5, None]), ("No one", [0, 2])], corner="T"
)
BARS = bars("Answers", "Four of five.", [("Carers", 4), ("Staff", 2)], head=("Group", "Answers"), most=5)
PAIRS = dumbbell(
    "Gap", "Widest.", [("Carers", 3, 7), ("Staff", None, 5.5)], head=("Group", "First", "Second")
)


@pytest.mark.parametrize(
    "sentence, head, rows", [("", ("A",), ((1,),)), (" ", ("A",), ((1,),)), ("S", (), ()), ("S", ("A",), ())]
)
def test_R107_a_plot_without_its_table_or_its_sentence_is_refused(
    sentence: str, head: tuple[str, ...], rows: tuple[tuple[int, ...], ...]
) -> None:
    with pytest.raises(ValueError, match="R107"):
        Plot("Title", sentence, head, rows, SVG)


def test_R107_is_among_the_rules_of_the_installation() -> None:
    assert [rule.strength for rule in all_rules() if rule.id == "R107"] == [Strength.REFUSE]


@pytest.mark.parametrize("picture", [HEAT, BARS, PAIRS], ids=["heat map", "bars", "dumbbell"])
def test_R107_every_number_of_the_picture_is_in_its_table(picture: Plot) -> None:
    page = BeautifulSoup(plot(picture), "html.parser")
    cells = {cell.text for cell in page.select("tbody td")}
    drawn = {text.text for text in page.select("svg text[font-weight]")} - {
        str(word) for word in picture.table_head
    }
    assert drawn
    assert drawn <= cells
    assert str(picture.sentence) in page.p.text  # type: ignore[union-attr]


@pytest.mark.parametrize("picture", [HEAT, BARS, PAIRS], ids=["heat map", "bars", "dumbbell"])
def test_a_picture_has_a_name_a_description_and_nothing_that_the_policy_forbids(picture: Plot) -> None:
    svg = BeautifulSoup(picture.svg, "html.parser").svg
    assert svg is not None
    assert svg["role"] == "img"
    ids = str(svg["aria-labelledby"]).split()
    named = [svg.find(id=each) for each in ids]
    assert [part.text for part in named if part] == [str(picture.title), str(picture.sentence)]
    assert "style=" not in picture.svg
    assert "<script" not in picture.svg
    assert "<b>" not in picture.svg


def test_two_pictures_on_a_page_do_not_share_ids() -> None:
    again = bars("Answers", "Four.", [("A", 1)], head=("Group", "Answers"))
    first, second = (BeautifulSoup(each.svg, "html.parser").title for each in (BARS, again))
    assert first is not None
    assert second is not None
    assert first["id"] != second["id"]


def test_where_there_is_no_number_a_dash_stands() -> None:
    assert list(HEAT.table_rows)[0] == ("Left out", "5", "–")
    assert list(PAIRS.table_rows)[1] == ("Staff", "–", "5.5")


def test_a_picture_of_nothing_but_noughts_can_be_drawn() -> None:
    assert "<svg" in bars("A", "S", [("x", 0)], head=("G", "N")).svg


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("value", [None, 0, 1, 2, 3, 4, 5, 9])
def test_the_number_can_be_read_on_every_shade(value: float | None) -> None:
    from coproduce.ui.plots import _shade

    assert contrast(*_shade(value, 5)) >= 4.5
