"""Makes the two static cuts for PDFs from the variable fonts: pip install fonttools brotli, then run this here."""

import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

UI = Path(__file__).parents[1] / "src/coproduce/ui"
FROM, TO = UI / "static/ui/fonts", UI / "documents/fonts"
FAMILY = "Atkinson Hyperlegible Next"


def cut(part: str, weight: int, folder: Path) -> str:
    font = TTFont(FROM / f"atkinson-hyperlegible-next-{part}-wght-normal.woff2")
    font.flavor = None
    made = instancer.instantiateVariableFont(font, {"wght": weight})
    if part == "latin-ext":
        for table in ("STAT", "GSUB", "GDEF", "GPOS"):
            if table in made:
                del made[table]
    path = folder / f"{part}-{weight}.ttf"
    made.save(path)
    return str(path)


def make(style: str, weight: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        font = Merger().merge([cut(part, weight, Path(folder)) for part in ("latin", "latin-ext")])
    for record in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=record)
    names = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"AtkinsonHyperlegibleNext-{style}"}
    for record, words in names.items():
        font["name"].setName(words, record, 3, 1, 0x409)
    bold = weight == 700
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)
    TO.mkdir(exist_ok=True)
    font.save(TO / f"AtkinsonHyperlegibleNext-{style}.ttf")


make("Regular", 400)
make("Bold", 700)
