"""The code on a paper form: the seat, and a letter that finds slips of the pen and forms of another round."""

import re
from dataclasses import dataclass

# Without letters that are read as a digit or as one another; 23 is prime, so that each slip changes the letter.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPACES = re.compile(r"[\s–—-]+")


@dataclass(frozen=True)
class PaperCode:
    """What was typed, taken apart."""

    seat: str
    letter: str


def check_letter(round_code: str, seat_code: str) -> str:
    """The letter for this seat in this round: one wrong digit, or two that changed places, give another."""
    values = [_VALUES.index(sign) for sign in (round_code + seat_code).upper() if sign in _VALUES]
    return _LETTERS[sum(place * value for place, value in enumerate(values[::-1], 1)) % len(_LETTERS)]


def paper_code(round_code: str, seat_code: str) -> str:
    """“P04-K”: what stands on the form of one person."""
    return f"{seat_code}-{check_letter(round_code, seat_code)}"


def read_code(typed: str) -> PaperCode | None:
    """“p04-k”, “P04 K” and “P04K” are the same; nothing where it is no code."""
    tight = _SPACES.sub("", typed).upper()
    if len(tight) < 2 or tight[-1] not in _LETTERS:
        return None
    return PaperCode(tight[:-1], tight[-1])


def fits(code: PaperCode, round_code: str) -> bool:
    return check_letter(round_code, code.seat) == code.letter
