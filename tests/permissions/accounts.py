from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from .grid import NOBODY, SIGNED_IN, Row, nothing
from .world import World


def _a_wrong_token(world: World) -> Mapping[str, Any]:
    """The installation is claimed already: its page is gone for everyone."""
    Path(settings.COPRODUCE_HOME, "claim.token").unlink(missing_ok=True)
    return {"token": "guessed"}


ROWS = [
    Row("accounts:details", kwargs=nothing, allowed=SIGNED_IN),
    Row("accounts:details", kwargs=nothing, allowed=SIGNED_IN, method="POST"),
    Row("accounts:claim", kwargs=_a_wrong_token, allowed=NOBODY, hidden=True),
    Row("accounts:claim", kwargs=_a_wrong_token, allowed=NOBODY, hidden=True, method="POST"),
]
