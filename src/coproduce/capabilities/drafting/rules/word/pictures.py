"""Pictures in a text: what kind they are, how large, and one to stand in where there is none."""

import re
import struct
import zlib
from collections.abc import Collection, Iterator

TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
_ENDING = {"png": "png", "jpeg": "jpg", "gif": "gif"}
_ENDINGS = {"png", "jpg", "jpeg", "gif"}
LARGEST_SIDE = 20_000


def type_of(content: bytes) -> str:
    """“png”, “jpeg” or “gif” by the first bytes; empty for everything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    return "gif" if content[:6] in (b"GIF87a", b"GIF89a") else ""


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; a stamp's size where they cannot be read."""
    sides = (0, 0)
    kind = type_of(content)
    if kind == "png" and len(content) >= 24:
        sides = struct.unpack(">II", content[16:24])
    elif kind == "gif" and len(content) >= 10:
        sides = struct.unpack("<HH", content[6:10])
    elif kind == "jpeg":
        sides = next(_frames(content), (0, 0))
    wide, high = sides
    return (wide, high) if 0 < wide <= LARGEST_SIDE and 0 < high <= LARGEST_SIDE else (120, 90)


def _frames(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", content[at + 5 : at + 9])
            yield wide, high
        at += 2 + max(length, 2)


def own_name(name: str, target: str, content: bytes, taken: Collection[str]) -> str:
    """A short name without signs that mean something in Markdown, with its ending, and nobody else's."""
    base = re.sub(r"[^A-Za-z0-9_.-]+", "-", name or target.rsplit("/", 1)[-1]).strip("-.")[:80] or "picture"
    stem, dot, ending = base.rpartition(".")
    stem, ending = (
        (stem, ending) if dot and ending.lower() in _ENDINGS else (base, _ENDING.get(type_of(content), ""))
    )
    made = f"{stem}.{ending}" if ending else stem
    number = 2
    while made in taken:
        made = f"{stem}-{number}.{ending}" if ending else f"{stem}-{number}"
        number += 1
    return made


def stand_in() -> bytes:
    """A grey PNG, for a picture that is only known by its name."""
    line = b"\x00" + b"\xdd" * 120
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 120, 90, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(line * 90)) + _chunk(b"IEND", b"")
    )  # fmt: skip


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
