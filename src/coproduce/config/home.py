"""The data folder: database, keys and uploads of one installation."""

import os
import secrets
from pathlib import Path


def home_folder() -> Path:
    """COPRODUCE_HOME, or a folder of its own in the user's home."""
    return Path(os.environ.get("COPRODUCE_HOME") or Path.home() / ".coproduce").absolute()


def secret(home: Path, name: str) -> str:
    """A secret of this installation, made at first use, readable by its owner only."""
    file = home / f"{name}.key"
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        pass
    home.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(48)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(made)
    except FileExistsError:  # another process was first
        return file.read_text().strip()
    return made
