"""The form of a record pack: a zip file that for the same content has the same bytes, with no byte to spare.

Nothing is compressed, so that damage stays where it happened and every word can be found with any tool.
Standard library only: the verifier stands on this.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _MADE_ON_UNIX, _NAMES_IN_UTF8, _STORED = 20, 3 << 8 | 20, 0x800, 0
# The first day that a zip file can name: when a pack was made stands in its manifest.
_TIME, _DAY = 0, 0x21
_PLAIN_FILE = 0o100644 << 16
LARGEST = 2**32 - 1


class TooLarge(Exception):
    """A pack may have 4 GB and 65,535 files."""


class File(NamedTuple):
    name: str
    content: bytes


class Piece(NamedTuple):
    """Some bytes of the pack and what they belong to."""

    of: str
    what: str
    data: bytes


def pieces(files: Iterable[File]) -> Iterator[Piece]:
    """The bytes of the pack, in order."""
    directory: list[Piece] = []
    offset = 0
    for file in files:
        name, size = file.name.encode(), len(file.content)
        about = (_NAMES_IN_UTF8, _STORED, _TIME, _DAY, zlib.crc32(file.content), size, size, len(name), 0)
        if offset + size > LARGEST or len(directory) >= 0xFFFF:
            raise TooLarge
        entry = _CENTRAL.pack(_CENTRAL_MARK, _MADE_ON_UNIX, _VERSION, *about, 0, 0, 0, _PLAIN_FILE, offset)
        directory.append(Piece(file.name, "line in the directory at the end", entry + name))
        head = _LOCAL.pack(_LOCAL_MARK, _VERSION, *about) + name
        yield Piece(file.name, "heading", head)
        yield Piece(file.name, "content", file.content)
        offset += len(head) + size
    yield from directory
    count, length = len(directory), sum(len(piece.data) for piece in directory)
    yield Piece("the archive", "end", _END.pack(_END_MARK, 0, 0, count, count, length, offset, 0))


def files_in(data: bytes) -> list[File] | None:
    """The files of a pack, by their headings or, if those are damaged, by the directory at the end."""
    for read in (_by_headings, _by_directory):
        try:
            return list(read(data))
        except (struct.error, ValueError):
            continue
    return None


def _by_headings(data: bytes) -> Iterator[File]:
    offset = 0
    while data[offset : offset + 4] == _LOCAL_MARK:
        *_, size, length, extra = _LOCAL.unpack_from(data, offset)
        start = offset + _LOCAL.size
        offset = start + length + extra + size
        yield File(data[start : start + length].decode(), data[offset - size : offset])
    if data[offset : offset + 4] != _CENTRAL_MARK:
        raise ValueError("the headings lead nowhere")


def _by_directory(data: bytes) -> Iterator[File]:
    _, _, _, _, count, _, offset, _ = _END.unpack_from(data, len(data) - _END.size)
    room = len(data)
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, offset)
        size, length, start = fields[9], fields[10], fields[16]
        name = data[offset + _CENTRAL.size : offset + _CENTRAL.size + length]
        begin, room = start + _LOCAL.size + length, room - size
        if room < 0:
            raise ValueError("the files are larger than the pack")
        yield File(name.decode(), data[begin : begin + size])
        offset += _CENTRAL.size + length
