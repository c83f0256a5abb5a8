"""Who gets the credit for words that one person suggested and another one edited."""

from .edits import Credited, matching
from .tokens import count_words, tokens

WORDS_IN_COMMON = 2  # for a suggestion in free words: fewer in a row can be chance


def credit(final: str, suggested: str, least: int = 1) -> list[Credited]:
    """The final words in stretches, each the suggester's own or the decider's.

    A stretch that both have is the suggester's when it holds at least `least` words.
    """
    pieces = tokens(final)
    own = [False] * len(pieces)
    for _, at, length in matching(tokens(suggested), pieces):
        if count_words(pieces[at : at + length]) >= least:
            own[at : at + length] = [True] * length
    return _stretches(pieces, own)


def _stretches(pieces: list[str], own: list[bool]) -> list[Credited]:
    """Gaps and signs go with the word before them, so that a stretch changes hands only at a word."""
    made: list[Credited] = []
    for piece, mine in zip(pieces, own, strict=True):
        if made and (made[-1][1] == mine or not count_words([piece])):
            made[-1] = (made[-1][0] + piece, made[-1][1])
        else:
            made.append((piece, mine))
    return made
