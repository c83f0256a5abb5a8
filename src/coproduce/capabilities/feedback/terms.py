"""The words for what goes back to people: statements, their parts, and the three heading styles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.drafting.terms import Status
from coproduce.core.findings import Words

STATEMENT = "feedback.statement"
PUBLICATION = "feedback.publication"
LETTER = "feedback.letter"


class Style(TextChoices):
    YOU_SAID = "you_said", _("You said, we did")
    WE_ASKED = "we_asked", _("We asked, you said, we did")
    TOGETHER = "together", _("We talked, we did together")


@dataclass(frozen=True)
class Headings:
    """What stands over each part of a statement."""

    said: Words
    did: Words
    will: Words
    could_not: Words


_WE = Headings(_("You said"), _("We did"), _("We will"), _("We could not"))
HEADINGS = {
    Style.YOU_SAID: _WE,
    Style.WE_ASKED: _WE,
    Style.TOGETHER: Headings(
        _("We talked about"), _("We did together"), _("We will do together"), _("We could not")
    ),
}


@dataclass(frozen=True)
class Counts:
    """How many suggestions were answered how; those withdrawn are not counted."""

    accepted: int = 0
    in_part: int = 0
    declined: int = 0
    passed_on: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        return self.accepted + self.in_part + self.declined + self.passed_on + self.open


def counts_of(statuses: Iterable[str]) -> Counts:
    found = Counter(Status(status) for status in statuses)
    return Counts(
        found[Status.ACCEPTED], found[Status.IN_PART], found[Status.DECLINED], found[Status.PASSED_ON],
        found[Status.OPEN],
    )  # fmt: skip


class Progress(TextChoices):
    """What an update says of a promise."""

    GOING_ON = "going_on", _("Under way")
    MOVED = "moved", _("Under way, with a new date")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("We could not do it")


CLOSING = frozenset({Progress.DONE, Progress.STOPPED})


class LetterKind(TextChoices):
    """The first layer is thanks and a receipt; the second what became of each point, and how the work goes on."""

    THANKS = "thanks", _("Thanks and receipt")
    ANSWERS = "answers", _("What became of each point")


class Route(TextChoices):
    EMAIL = "email", _("E-mail")
    PRINT = "print", _("On paper")


class LetterState(TextChoices):
    WAITING = "waiting", _("Not sent yet")
    # Taken up and not heard of again: it may have arrived, so nobody sends it a second time unasked.
    ON_ITS_WAY = "on_its_way", _("Not known whether it arrived")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    REPLACED = "replaced", _("Replaced by a newer letter")


class Size(TextChoices):
    A4 = "a4", _("A4")
    A3 = "a3", _("A3")
