"""What is done outside any page."""

from . import operations

# So many at one look; then other work has its turn.
AT_ONE_LOOK = 100


def measure() -> None:
    """Measure the projects that have changed, so that what is kept of them is never older than a minute or so."""
    operations.renew_changed(AT_ONE_LOOK)
