"""QR codes, drawn on the server: a picture that comes with the address in words beside it."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str, title: str) -> SafeString:
    """The code of an address as SVG that grows with its place; error correction for a wrinkled poster."""
    drawn = segno.make_qr(address, error="m").svg_inline(
        border=2, omitsize=True, title=title, svgclass="app-qr"
    )
    return mark_safe(drawn)  # noqa: S308
