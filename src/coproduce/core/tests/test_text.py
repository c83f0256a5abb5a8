import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.core.text import BadText, clean, clean_name


@given(st.text())
def test_text_is_refused_or_kept_and_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        kept = clean(text)
    except BadText:
        return
    assert clean(kept) == kept
    assert "\x00" not in kept


def test_an_accent_typed_in_two_strokes_is_the_same_letter() -> None:
    assert clean("cafe\u0301") == "café"


@pytest.mark.parametrize("bad", ["a\x00b", "\x1b[31m", "\ud800"])
def test_control_characters_are_refused(bad: str) -> None:
    with pytest.raises(BadText):
        clean(bad)


@pytest.mark.parametrize("bad", ["Anna\u202egnp.exe", "Ma\u200bureen", "\ufeffLen", "To\u2066m"])
def test_a_name_that_hides_how_it_reads_is_refused(bad: str) -> None:
    with pytest.raises(BadText):
        clean_name(bad)


def test_a_name_stands_on_one_line() -> None:
    assert clean_name("  Siân \n  Ddu  ") == "Siân Ddu"
