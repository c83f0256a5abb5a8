import pytest
from hypothesis import example, given, settings

from coproduce.capabilities.drafting.rules.blocks import (
    body,
    heading_of,
    kind_of,
    line_count,
    parts,
    split,
)
from coproduce.capabilities.drafting.rules.tokens import count_words, tokens

from .texts import documents

MARKDOWN = """\
---
title: Plan
---
# Home after hospital

Why we do this,
in two lines.
* One
  goes on
* Two

  1. Nested
> Said by Len,
> aged 86

| Who | When |
|-----|------|
| P01 | now |
```sh
# not a heading

ls
```
Carers
------
***
<div>
kept</div>

Last words"""


@settings(max_examples=300)
@given(documents)
@example("\ufeff# Plan\r\n\r\n")
@example("---\nnever closed")
@example("```\nnever closed\n\n")
@example("\r\r\n\n\x0b\x1c")
def test_blocks_joined_are_the_text(text: str) -> None:
    blocks = split(text)

    assert "".join(blocks) == text
    assert all(blocks)
    assert sum(map(line_count, blocks)) == line_count(text)


@given(documents)
def test_a_block_is_its_words_between_its_separators(text: str) -> None:
    for block in split(text):
        head, words, tail = parts(block)
        assert head + words + tail == block
        assert not (head + tail).strip("\ufeff\r\n\t ")
        assert not words.endswith(("\r", "\n"))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Twice a day.", ["Twice", " ", "a", " ", "day", "."]),
        ("日本語 ok", ["日", "本", "語", " ", "ok"]),
        ("नमस्ते", ["नमस्ते"]),
        ("a\r\n\nb", ["a", "\r\n", "\n", "b"]),
        ("👩‍👩‍👧!", ["👩‍👩‍👧", "!"]),
    ],
)
def test_words_gaps_and_signs_are_tokens(text: str, pieces: list[str]) -> None:
    assert tokens(text) == pieces


def test_only_words_are_counted() -> None:
    assert count_words(tokens("Twice a day, at most!")) == 5


def test_each_kind_of_block_is_known() -> None:
    kinds = " ".join(kind_of(block) for block in split(MARKDOWN))

    assert kinds == (
        "front_matter heading paragraph list_item list_item list_item quote table_row table_row code "
        "heading rule html paragraph"
    )


def test_the_empty_lines_after_a_block_belong_to_it() -> None:
    assert split("One\n\n\nTwo") == ["One\n\n\n", "Two"]
    assert body("One\n\n\n") == "One"


@pytest.mark.parametrize(
    ("source", "heading"),
    [
        ("## Carers ##\n\n", (2, "Carers")),
        ("Carers\n===\n", (1, "Carers")),
        ("Our\ncarers\n---\n", (2, "Our carers")),
        ("#\n", (1, "")),
        ("#Carers\n", None),
        ("C#\n", None),
    ],
)
def test_a_heading_has_a_level_and_words(source: str, heading: tuple[int, str] | None) -> None:
    assert heading_of(source) == heading
