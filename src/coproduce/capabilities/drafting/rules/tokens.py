"""Words, gaps and signs: the smallest pieces that a suggestion can change."""

from collections.abc import Sequence

import regex  # type: ignore[import-untyped]

# These scripts put no spaces between words, so each character stands alone.
_SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# A line end is a token of its own, so that the gap after a block never melts into its last word.
# \X (one whole visible character) comes last and matches anything, so no text is lost.
_TOKEN = regex.compile(
    rf"(?V1)[{_SPACELESS}]\p{{M}}*|[[\w\p{{M}}]--[{_SPACELESS}]]+|\r\n|\r|\n|[^\S\r\n]+|\X"
)
_WORD = regex.compile(r"\w")


def tokens(text: str) -> list[str]:
    """The text in pieces; joined, they are the text again, character for character."""
    pieces: list[str] = _TOKEN.findall(text)
    return pieces


def count_words(pieces: Sequence[str]) -> int:
    """How many of the pieces are words, leaving out gaps and punctuation."""
    return sum(1 for piece in pieces if _WORD.match(piece))
