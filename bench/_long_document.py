"""A document of 600 pages and 300,000 words, always the same, and a light edit of it; no database."""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

WORDS = 303_000
PASSAGES = 4_200
CHAPTERS = 30
# As in light editing: this many passages with a few words changed, put in, taken out, moved.
EDITED, PUT_IN, TAKEN_OUT, MOVED = 827, 20, 20, 10
_SYLLABLES = (
    "ca",
    "re",
    "vi",
    "sit",
    "ho",
    "me",
    "wa",
    "rd",
    "ni",
    "ght",
    "pla",
    "nt",
    "wi",
    "ce",
    "nur",
    "se",
    "ri",
)


class Writer:
    """Words as frequent as in real prose: the nth word comes a nth as often as the first."""

    def __init__(self, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        made = dict.fromkeys(
            "".join(self.dice.choices(_SYLLABLES, k=self.dice.randint(1, 4))) for _ in range(12_000)
        )
        self.words = list(made)
        self.weights = list(accumulate(1 / n for n in range(1, len(self.words) + 1)))

    def word(self) -> str:
        return self.words[bisect(self.weights, self.dice.random() * self.weights[-1])]

    def sentence_words(self, count: int) -> str:
        return " ".join(self.word() for _ in range(count))

    def passage(self, count: int) -> str:
        left, sentences = count, []
        while left > 0:
            length = min(left, self.dice.randint(6, 24))
            sentences.append(self.sentence_words(length).capitalize() + ".")
            left -= length
        return " ".join(sentences) + "\n\n"


def long_document() -> list[str]:
    """The passages, chapter headings among them."""
    writer = Writer()
    return list(_passages(writer))


def _passages(writer: Writer) -> Iterator[str]:
    a_chapter = PASSAGES // CHAPTERS
    for number in range(PASSAGES):
        if number % a_chapter == 0:
            yield f"# Chapter {number // a_chapter + 1}\n\n"
        elif number % 25 == 0:
            yield f"## {writer.sentence_words(4)}\n\n"
        else:
            yield writer.passage(WORDS * 104 // (PASSAGES * 100))


def lightly_edited(passages: list[str]) -> str:
    """Another version of it."""
    writer, made = Writer(8), list(passages)
    plain = [place for place, text in enumerate(passages) if not text.startswith("#")]
    writer.dice.shuffle(plain)
    for place in plain[:EDITED]:
        made[place] = _reworded(writer, made[place])
    for place in plain[EDITED : EDITED + TAKEN_OUT]:
        made[place] = ""
    for place in plain[EDITED + TAKEN_OUT :][:PUT_IN]:
        made[place] += writer.passage(60)
    for one, other in zip(plain[-MOVED:], plain[-2 * MOVED : -MOVED], strict=True):
        made[other], made[one] = made[other] + made[one], ""
    return "".join(made)


def _reworded(writer: Writer, text: str) -> str:
    words = text.rstrip("\n").split(" ")
    for _ in range(3):
        at = writer.dice.randrange(len(words))
        words[at : at + writer.dice.randint(0, 2)] = writer.sentence_words(writer.dice.randint(1, 2)).split(
            " "
        )
    return " ".join(words) + "\n\n"
