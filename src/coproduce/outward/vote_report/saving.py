"""A file is written whole or not at all, and never over another one unless somebody says so."""

import os
from pathlib import Path


class IsThere(Exception):
    """Something has this name already."""


def look(file: Path, *, may_replace: bool) -> None:
    """Before the work is done: whether it could be kept."""
    if file.exists() and not may_replace:
        raise IsThere(f"{file} is there already. Say --overwrite to write over it.")
    if not file.absolute().parent.is_dir():
        raise IsThere(f"There is no folder {file.absolute().parent} to write {file.name} to.")


def save(file: Path, text: str) -> None:
    half = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with half.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
        os.replace(half, file)
    finally:
        half.unlink(missing_ok=True)
