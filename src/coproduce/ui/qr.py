"""An address as a picture that a phone reads; always beside the address in letters."""

from collections.abc import Iterator, Sequence

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

_QUIET = 4


def qr_code(address: str, words: str) -> SafeString:
    """The address as a QR code, drawn inline; `words` say what it opens."""
    matrix = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    size = len(matrix) + 2 * _QUIET
    return format_html(
        '<svg class="app-qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="132" height="132">'
        '<rect width="100%" height="100%" fill="#fff"></rect><path fill="#000" d="{}"></path></svg>',
        words, size, size, " ".join(_squares(matrix)),
    )  # fmt: skip


def _squares(matrix: Sequence[bytes]) -> Iterator[str]:
    for y, row in enumerate(matrix, _QUIET):
        for x, dark in enumerate(row, _QUIET):
            if dark:
                yield f"M{x} {y}h1v1h-1z"
