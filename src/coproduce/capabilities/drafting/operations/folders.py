"""Folders of texts that people wrote elsewhere: read whole and checked before anything is written."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from coproduce.capabilities.accounts import operations as accounts
from coproduce.core.text import BadText, clean_name

LARGEST_FILE = 5_000_000
LONGEST_NAME = 200


class BadFolder(Exception):
    """Something in the folder is damaged; the message says where and what. Nothing was imported."""


class Files:
    """The files of one folder and nothing outside it, each with its fingerprint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.seen: dict[str, str] = {}
        if not self.folder.is_dir():
            raise BadFolder(f"{folder} is not a folder.")

    def text(self, name: str, *, optional: bool = False) -> str:
        """The exact text of a file; line ends are kept as they are."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder):
            raise BadFolder(f"{name}: this file is outside the folder.")
        if not path.is_file():
            if optional:
                return ""
            raise BadFolder(f"{name}: there is no such file.")
        if path.stat().st_size > LARGEST_FILE:
            raise BadFolder(f"{name}: the file is larger than {LARGEST_FILE:,} bytes.")
        content = path.read_bytes()
        self.seen[name] = sha256(content).hexdigest()
        return _decoded(name, content)

    def fingerprint(self) -> str:
        listing = "\n".join(f"{name} {digest}" for name, digest in sorted(self.seen.items()))
        return sha256(listing.encode()).hexdigest()


def _decoded(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise BadFolder(f"{name}: byte {wrong.start + 1} is not UTF-8 text.") from None
    if "\x00" in text:
        raise BadFolder(f"{name}: there is a NUL character in it.")
    return text


def person_named(where: str, name: str) -> str:
    try:
        return clean_name(name)
    except BadText as wrong:
        raise BadFolder(f"{where}: {wrong}") from None


def moment_of(words: str) -> datetime:
    moment = datetime.fromisoformat(words)
    if moment.tzinfo is None:
        raise ValueError(words)
    return moment


class People:
    """The contributors, each made once, by the name that the folder gives."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.known: dict[str, Any] = {}

    def named(self, name: str) -> Any:
        if name not in self.known:
            self.known[name] = accounts.add_person(by=self.by, name=name)
        return self.known[name]
