"""Runs in a process of its own, so that its memory and its processor time are its own: one other way to compare.

python -m bench._comparers NAME OLD NEW prints the seconds of processor time and the mebibytes at the most.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from coproduce.capabilities.drafting.rules.tokens import tokens


def _difflib(old: str, new: str) -> object:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, tokens(old), tokens(new), autojunk=False).get_opcodes()


def _redlines(old: str, new: str) -> object:
    from redlines import Redlines

    return Redlines(old, new).output_markdown


def _htmldiff(old: str, new: str) -> object:
    from lxml.html.diff import htmldiff

    return htmldiff(_html(old), _html(new))


def _html(text: str) -> str:
    return "".join(f"<p>{passage}</p>" for passage in text.split("\n\n"))


COMPARERS: dict[str, Callable[[str, str], object]] = {
    "difflib": _difflib,
    "redlines": _redlines,
    "lxml htmldiff": _htmldiff,
}


def main(name: str, old: str, new: str) -> None:
    texts = [Path(file).read_text() for file in (old, new)]
    started = time.process_time()
    COMPARERS[name](*texts)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time() - started, most)


if __name__ == "__main__":
    main(*sys.argv[1:])
