"""What the task worker does: results follow the votes."""

from . import operations


def follow() -> None:
    """The result of each ballot that has closed, and of one that is open with new votes, a few at each look."""
    operations.follow()
