"""A row of named steps with what was planned and what was met."""

import re

import pytest

from coproduce.ui.plots_spectrum import OnSpectrum, Step, spectrum

STEPS = [Step("Inform", "For"), Step("Involve", "For"), Step("Co-design", "With")]
HEAD = ("Decision", "Planned", "Met")


def drawn(*rows: OnSpectrum) -> str:
    return str(spectrum("Levels", "All as planned.", STEPS, rows, head=HEAD, none="not asked").svg)


def test_the_table_says_what_the_picture_shows() -> None:
    plot = spectrum(
        "Levels",
        "One is lower.",
        STEPS,
        [OnSpectrum("Bins", 2, 1), OnSpectrum("Buses", 0)],
        head=HEAD,
        none="not asked",
    )
    assert plot.table_rows == [("Bins", "Co-design", "Involve"), ("Buses", "Inform", "not asked")]


def test_R107_without_a_sentence_or_a_row_there_is_no_plot() -> None:
    with pytest.raises(ValueError, match="R107"):
        spectrum("Levels", " ", STEPS, [OnSpectrum("Bins", 1)], head=HEAD, none="–")
    with pytest.raises(ValueError, match="R107"):
        spectrum("Levels", "None.", STEPS, [], head=HEAD, none="–")


def test_each_band_stands_once_over_its_steps() -> None:
    svg = drawn(OnSpectrum("Bins", 1))
    assert svg.count(">For<") == svg.count(">With<") == 1


def test_on_the_same_step_both_marks_can_be_seen() -> None:
    svg = drawn(OnSpectrum("Bins", 1, 1))
    circle = float(re.findall(r'<circle cx="([\d.]+)"', svg)[-1])
    square = float(re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="12"', svg)[-1]) + 6
    assert square - circle >= 14


def test_words_are_text_and_never_markup() -> None:
    assert "<b>" not in drawn(OnSpectrum("<b>Bins</b>", 1))
