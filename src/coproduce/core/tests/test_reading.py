"""How hard a text is to read."""

import pytest

from coproduce.core.reading import OLDEST, YOUNGEST, reading_age, sentences, words_in

PLAIN = "The cat sat on the mat. It was wet. The cat went home."
COUNCIL = (
    "The reconfiguration of commissioning arrangements necessitates consideration of interdependencies "
    "between organisational stakeholders."
)


def test_a_text_is_told_sentence_by_sentence() -> None:
    assert sentences("We ask you. Do you agree?\nSay why!") == ["We ask you.", "Do you agree?", "Say why!"]
    assert sentences("  ") == []
    assert words_in("We don’t know.") == 3


def test_harder_words_and_longer_sentences_need_older_readers() -> None:
    plain, council = reading_age(PLAIN), reading_age(COUNCIL)
    assert plain == YOUNGEST
    assert council == OLDEST
    one, two = "We ask you what you need and we write it down", "We ask you what you need. We write it down"
    assert (reading_age(one) or 0) > (reading_age(two) or 0)


def test_a_usual_sentence_lies_between() -> None:
    age = reading_age(
        "Change how home care starts when people leave hospital, so that they know who is coming."
    )
    assert age is not None
    assert 9 <= age <= 13


@pytest.mark.parametrize("text", ["", " … ", "—"])
def test_without_words_there_is_no_age(text: str) -> None:
    assert reading_age(text) is None
