import re

import segno

from coproduce.ui.qr import qr_code


def test_the_picture_has_every_dark_square_of_the_code_and_words_beside_it() -> None:
    address = "https://example.org/projects/1/rounds/2/answer/"
    drawn = qr_code(address, "Opens the “form”")
    dark = sum(map(sum, segno.make(address, error="m", micro=False).matrix))
    assert len(re.findall(r"M\d+ \d+h1v1h-1z", drawn)) == dark > 200
    assert 'role="img" aria-label="Opens the “form”"' in drawn
    assert "style=" not in drawn


def test_words_cannot_break_out_of_the_picture() -> None:
    assert "<script" not in qr_code("x", '"><script>')
