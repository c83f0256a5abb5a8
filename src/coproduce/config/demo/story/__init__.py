"""The story that the demo tells: “Home After Hospital”, as plain data. NOTES.md says what was chosen and why."""

from .reading import story
from .rows import Story

__all__ = ["Story", "story"]
