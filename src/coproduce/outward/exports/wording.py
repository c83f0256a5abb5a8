"""Names of the data in words for people."""

import re

from django.utils.translation import gettext_lazy as _

HIDDEN = _("Hidden until the round is sealed")

_JOINED = {
    "signoff": "sign-off", "projectrole": "role of a person", "openedanswer": "opened answer",
    "handedon": "facilitation handed on", "agendaitem": "step of an agenda", "labdecision": "decision of a lab",
    "parkeditem": "parked item", "conflictnote": "note on a conflict",
    "forewordchange": "change of the foreword", "levelasked": "level that people are asked about",
    "decisionmaker": "person who decides",
    "yearletter": "letter of a review", "voice": "what somebody said at a review",
}  # fmt: skip


def in_words(name: str) -> str:
    """A verb, a column or a table as words: "share_foreword" as "Share foreword"."""
    words = re.sub(r"_(id|on|at)$", "", name).replace("_", " ")
    words = _JOINED.get(words, words)
    return words[:1].upper() + words[1:]
