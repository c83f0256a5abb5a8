"""With what somebody comes back to their votes. The tables keep a keyed digest, from which nobody finds the person."""

import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings

_LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ346789"
_CODE_LETTERS = 4


def cookie_name() -> str:
    """Of the cookie that holds a browser's token."""
    return "__Host-voter" if settings.SESSION_COOKIE_SECURE else "voter"


def key_of_person(ballot_id: UUID, person_id: UUID) -> str:
    return _keyed("person", ballot_id, str(person_id))


def key_of_cookie(ballot_id: UUID, token: str) -> str:
    return _keyed("cookie", ballot_id, token)


def key_of_paper(ballot_id: UUID, code: str) -> str:
    return _keyed("paper", ballot_id, code)


def author_key(ballot_id: UUID, token: str) -> str:
    """Finds the statements that somebody added, and fits no voter."""
    return _keyed("author", ballot_id, token)


def paper_code(ballot_id: UUID, number: int) -> str:
    """The code on a ballot paper: its number, and four letters that keep slips of the pen from finding another."""
    drawn = bytes.fromhex(_keyed("code", ballot_id, str(number)))
    letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in drawn[:_CODE_LETTERS])
    return f"{number:03d}-{letters}"


def paper_code_typed(ballot_id: UUID, typed: str) -> str | None:
    """“12 kqfx” is 012-KQFX; None where no paper of this ballot has the code."""
    plain = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    digits, letters = plain[:-_CODE_LETTERS], plain[-_CODE_LETTERS:]
    if not (digits.isdigit() and len(digits) < 7):
        return None
    code = paper_code(ballot_id, int(digits))
    return code if hmac.compare_digest(code[-_CODE_LETTERS:], letters) else None


def seed_of(ballot_id: UUID, key: str) -> str:
    """Draws the order in which this voter sees the statements."""
    return _keyed("order", ballot_id, key)


def _keyed(use: str, ballot_id: UUID, words: str) -> str:
    secret = sha256(f"coproduce/voting/{use}|{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(secret, f"{ballot_id}|{words}".encode(), sha256).hexdigest()
