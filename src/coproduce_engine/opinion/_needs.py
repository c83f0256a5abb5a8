"""What the optional part of the engine needs: asked for only when it is used, and missed in plain words."""

from importlib import import_module
from typing import Any


def needed(name: str) -> Any:
    """The module, or ImportError that says what to install."""
    try:
        return import_module(name)
    except ImportError as fault:
        raise ImportError(
            f"Votes past one machine need {name.split('.')[0]}: install it with pip install 'coproduce[cluster]'."
        ) from fault
