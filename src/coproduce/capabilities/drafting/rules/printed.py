"""The codes on a printed copy: which text it is, and which passage, with letters that catch a slip of the pen."""

import re
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from .replay import State

# No digit, which would read as one more of the number; no I, L and O, which look like digits on paper.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE = re.compile(r"([A-Z]{1,4}\d{1,4})[-–. /]+(\d{1,9})[-–. /]+([A-Z]{2})", re.ASCII)
_NUMBER = re.compile(r"(\d{1,6})[-–. ]*([A-Z])", re.ASCII)


class Printed(NamedTuple):
    """What a code says: the document's own code, and the moment of its text."""

    document: str
    seq: int


def code_of(project_id: UUID, document: str, seq: int) -> str:
    """Such as D1-96-KR: document, moment of the text, two letters that only these give."""
    return f"{document}-{seq}-{_letters(2, project_id, document, seq)}"


def number_of(project_id: UUID, document: str, seq: int, place: int) -> str:
    """The number of one passage with its letter, such as 12K."""
    return f"{place}{_letters(1, project_id, document, seq, place)}"


def read_code(project_id: UUID, typed: str) -> Printed | None:
    """What was copied from paper, in capitals or small, with dashes or gaps; None when it is no code of ours."""
    found = _CODE.fullmatch(typed.strip().upper())
    if found is None:
        return None
    read = Printed(found[1], int(found[2]))
    return read if code_of(project_id, *read).endswith(f"-{found[3]}") else None


def read_number(project_id: UUID, printed: Printed, typed: str) -> int | None:
    """The place of the passage; None when number and letter do not belong together on this copy."""
    found = _NUMBER.fullmatch(typed.strip().upper())
    if found is None:
        return None
    place = int(found[1])
    return place if number_of(project_id, *printed, place) == f"{place}{found[2]}" else None


def numbered(state: State) -> list[int]:
    """The passages in the order of their numbers: every block that has words."""
    return [id for id, block in state.alive() if block.text.strip()]


def passage(state: State, place: int) -> int | None:
    """The block with this number."""
    blocks: Sequence[int] = numbered(state)
    return blocks[place - 1] if 0 < place <= len(blocks) else None


def _letters(many: int, *facts: object) -> str:
    number = int.from_bytes(sha256("|".join(map(str, facts)).encode()).digest()[:8])
    return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(many))
