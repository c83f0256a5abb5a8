"""Whether there are clear groups at all: “no clear groups” is an answer.

All of these must hold: people drawn again choose the same number of groups and fall into the same ones; the groups
separate better than the same cut through one crowd without groups would; and every group differs from the rest on some
statement that had no part in telling who belongs to it. The last is what votes without any structure cannot do.
"""

from .groups import Found
from .results import Stability

SAME_NUMBER, AGREEMENT, BEYOND_ONE_CROWD = 0.5, 0.6, 0.95

NONE, UNSTABLE, ONE_CROWD, NOTHING_HELD = "none", "unstable", "one crowd", "nothing held"


def stability_of(found: Found | None, resamples: int, *, tells_apart: bool) -> Stability:
    if found is None:
        return Stability(resamples, 0.0, 0.0, False, NONE)
    why = _why_not(found, tells_apart)
    return Stability(resamples, found.same_number, found.agreement, not why, why)


def _why_not(found: Found, tells_apart: bool) -> str:
    if found.same_number < SAME_NUMBER or found.agreement < AGREEMENT:
        return UNSTABLE
    if found.beyond_one_crowd < BEYOND_ONE_CROWD:
        return ONE_CROWD
    return "" if tells_apart else NOTHING_HELD
