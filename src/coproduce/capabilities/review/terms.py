"""The words of the annual review: a dated look-back, with those who took part invited."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

REVIEW = "review.review"
LETTER = "review.letter"


class State(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Needed(TextChoices):
    YES = "yes", _("Yes")
    IN_PART = "in_part", _("In part")
    NO = "no", _("No")


class Outcome(TextChoices):
    """What is decided at a review."""

    KEEP = "keep", _("Keep it as it is")
    CHANGE = "change", _("Change it")
    STOP = "stop", _("Stop it")


class LetterKind(TextChoices):
    """The first layer opens the review; the second tells everyone what came of it."""

    OPENING = "opening", _("Invitation to the review")
    YEAR_ON = "year_on", _("One year on")


class Route(TextChoices):
    EMAIL = "email", _("E-mail")
    PRINT = "print", _("On paper, or read out on the phone")


class LetterState(TextChoices):
    WAITING = "waiting", _("Not sent yet")
    # Taken up and not heard of again: it may have arrived, so nobody sends it a second time unasked.
    ON_ITS_WAY = "on_its_way", _("Not known whether it arrived")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Not wanted any more")


NOT_SENT = (LetterState.WAITING, LetterState.ON_ITS_WAY, LetterState.FAILED)


@dataclass(frozen=True)
class Told:
    """One section of a review: its figures as a sentence, and the same as lines."""

    title: Words
    sentence: Words
    rows: Sequence[tuple[Words, Words]] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        """As it was on the day of closing, in words."""
        rows = [[str(label), str(figure)] for label, figure in self.rows]
        return asdict(self) | {"title": str(self.title), "sentence": str(self.sentence), "rows": rows}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Told":
        return cls(kept["title"], kept["sentence"], tuple((label, figure) for label, figure in kept["rows"]))
