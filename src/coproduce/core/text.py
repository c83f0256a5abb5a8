"""What may be written down: one spelling for each character, nothing invisible that misleads."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

# Tab and the line ends are the only control characters that people type on purpose.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Directional overrides and isolates, marks, zero-width characters and the byte order mark.
_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")


class BadText(ValueError):
    """The text cannot be kept; the message says why in plain words."""


def clean(text: str) -> str:
    """The text in Unicode normal form C with plain line ends; refuses control characters."""
    found = _CONTROL.search(text)
    if found:
        raise BadText(
            _("The text has a character that cannot be kept. Type it again, or paste it as plain text.")
        )
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_name(text: str) -> str:
    """A name on one line; refuses the invisible characters that can make one name look like another."""
    if _INVISIBLE.search(text):
        raise BadText(_("The name has hidden characters that change how it reads. Type it again by hand."))
    return _SPACES.sub(" ", clean(text)).strip()
