"""Makes “Home After Hospital” through the real operations, each on its own day."""

from .making import make

__all__ = ["make"]
