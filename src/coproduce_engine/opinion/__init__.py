"""What people agree on: votes on short statements, opinion groups and common ground. Numbers only.

What is named here loads when it is used, so that a page that only reads a kept result, or places one person, loads no
SciPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .estimator import OpinionMap
    from .results import Analysis
    from .votes import Votes

__all__ = ["Analysis", "OpinionMap", "Votes"]

_HOMES = {"Analysis": "results", "OpinionMap": "estimator", "Votes": "votes"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
