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
