"""One sheet, however many statements: in whole, by first sentences, or by headings."""

from hypothesis import given
from hypothesis import strategies as st

from coproduce.capabilities.feedback.rules import Detail, Sheet, first_sentence, sheet_for
from coproduce.capabilities.feedback.terms import Size

SHORT = ["Night visits", "Nights are in."]
LONG = ["Night visits", "Nights are in. " * 12, "We count them. " * 12, "Not everywhere. " * 12]


def test_a_few_statements_stand_in_whole() -> None:
    assert sheet_for([SHORT] * 4, Size.A4) == Sheet(Detail.WHOLE, 4)
    assert sheet_for([LONG] * 2, Size.A4).detail is Detail.WHOLE


def test_more_than_fit_are_cut_to_their_first_sentences() -> None:
    assert sheet_for([LONG] * 9, Size.A4).detail is Detail.FIRST_SENTENCES


def test_a_larger_sheet_holds_more() -> None:
    assert sheet_for([LONG] * 8, Size.A3).detail > sheet_for([LONG] * 8, Size.A4).detail


def test_of_hundreds_the_headings_stand_there_and_the_rest_is_counted() -> None:
    sheet = sheet_for([LONG] * 400, Size.A4)
    assert sheet.detail is Detail.HEADINGS
    assert 20 < sheet.shown < 400


def test_the_first_sentence_ends_where_a_sentence_ends() -> None:
    assert first_sentence("It costs £1.9 million a year. We have less.") == "It costs £1.9 million a year."
    assert first_sentence("No full stop") == "No full stop"


@given(st.lists(st.lists(st.text(max_size=400), min_size=1, max_size=4), max_size=60), st.sampled_from(Size))
def test_never_more_is_shown_than_there_is(statements: list[list[str]], size: Size) -> None:
    sheet = sheet_for(statements, size)
    assert 0 <= sheet.shown <= len(statements)
    assert sheet.shown == len(statements) or sheet.detail is Detail.HEADINGS
