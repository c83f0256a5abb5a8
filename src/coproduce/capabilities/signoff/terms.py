"""The words of signing off."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, Words

SIGN_OFF = "signoff.sign_off"

REVIEW_WITHIN_MONTHS = 12
INVITE_DAYS_BEFORE = 30
# When the manager and the facilitator are written to: as invitations go out, and on the day.
REMIND_DAYS_BEFORE = (INVITE_DAYS_BEFORE, 0)


class State(TextChoices):
    DRAFT = "draft", _("Being prepared")
    SIGNED = "signed", _("Signed off")


class Part(TextChoices):
    """The parts of the readiness page, in their order."""

    REFUSE = "refuse", _("Put this right first")
    NAMED = "named", _("A named person must give a reason")
    WARN = "warn", _("Look at this before you sign")
    DONE = "done", _("Done")


PART_OF = {
    Strength.REFUSE: Part.REFUSE,
    Strength.REFUSE_UNLESS_NAMED: Part.NAMED,
    Strength.WARN: Part.WARN,
    Strength.SHOW: Part.DONE,
}


@dataclass(frozen=True)
class Line:
    """One thing on the readiness page: what it is, who can mend it, and a link to where."""

    about: Words
    finding: Finding
    who: Words = ""
    href: str = ""

    @property
    def part(self) -> Part:
        return PART_OF[self.finding.strength]


class ReminderState(TextChoices):
    # Taken up and not heard of again: it may have arrived, so it is not sent a second time.
    ON_ITS_WAY = "on_its_way", _("Not known whether it arrived")
    SENT = "sent", _("Sent by e-mail")
    FAILED = "failed", _("Failed")
    # Nobody has an address, or this installation sends nothing: the page and the calendar remind.
    ON_PAGE = "on_page", _("Shown here only")


def given(day: date | None) -> date:
    """The day, where the rules have made sure that there is one."""
    if day is None:
        raise ValueError("A sign-off without its dates")
    return day
