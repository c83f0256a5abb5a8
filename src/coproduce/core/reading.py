"""How hard a text is to read: its sentences, its words, and the age at which most people can follow it."""

import re

_ENDS = re.compile(r"(?<=[.!?؟。…:])\s+|\n+")
_WORD = re.compile(r"\w[\w'’-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^l]e)$")
# Flesch and Kincaid's school grade; a child is about five years older than the number of its class.
_PER_WORD, _PER_SYLLABLE, _LESS, _YEARS = 0.39, 11.8, 15.59, 5
YOUNGEST, OLDEST = 5, 20


def sentences(text: str) -> list[str]:
    """The text, a sentence at a time."""
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def words_in(sentence: str) -> int:
    return len(_WORD.findall(sentence))


def reading_age(text: str) -> int | None:
    """The age at which most people can follow this English text; nothing for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return None
    each = len(words) / max(len(sentences(text)), 1)
    syllables = sum(map(_syllables, words)) / len(words)
    age = round(_PER_WORD * each + _PER_SYLLABLE * syllables - _LESS + _YEARS)
    return min(max(YOUNGEST, age), OLDEST)


def _syllables(word: str) -> int:
    lower = word.lower()
    return max(1, len(_VOWELS.findall(_SILENT.sub(lambda end: end[0][:1], lower))))
