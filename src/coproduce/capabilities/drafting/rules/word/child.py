"""Reads a stranger's file in a process of its own, with little memory and little time.

`python -m … child word` gives all that a .docx says, `child first NAME` its text for a first import. The file comes
in by the standard input; the answer goes out by the standard output, with one letter before it: “=” or “!”.
"""

import json
import sys

from .first import first_reading
from .opening import CannotRead
from .packing import packed, packed_text
from .reading import read

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 20  # of processor time


def main(words: list[str]) -> int:
    _limit()
    content = sys.stdin.buffer.read()
    try:
        made = packed(read(content)) if words[0] == "word" else packed_text(first_reading(words[1], content))
    except CannotRead as cannot:
        sys.stdout.buffer.write(b"!" + json.dumps(cannot.code).encode())
        return 0
    sys.stdout.buffer.write(b"=" + made)
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is kept by the parent there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
