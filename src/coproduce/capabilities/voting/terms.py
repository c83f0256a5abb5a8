"""The words of voting: a ballot of short statements that people agree with, disagree with, or pass."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

BALLOT = "voting.ballot"
STATEMENT = "voting.statement"
# Under which whoever makes files of a closed ballot registers them (ui/onward.py).
BALLOT_FILES = "voting.ballot.files"
# How the ledger, the record and links name where a statement comes from; the same as the access grid's names.
FROM_BARRIER, FROM_SUGGESTION = "barriers.barrier", "drafting.suggestion"

LONG_FROM = 140
MOST_LETTERS = 280
MOST_STATEMENTS = 2000
# Two statements this alike, of a hundred, are shown to the moderator as nearly the same.
ALIKE_FROM = 82
MOST_NEW_VOTERS_AN_HOUR = 600
MOST_STATEMENTS_AN_HOUR = 20
MOST_PAPERS = 500
BY_DATE = "voting.by_date"


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Who(TextChoices):
    """Who may vote on a ballot."""

    PROJECT = "project", _("People of the project")
    LINK = "link", _("Anyone with the link")


class Shown(TextChoices):
    """When the results of a ballot are shown."""

    AFTER_CLOSE = "after close", _("After it closes")
    WHILE_OPEN = "while open", _("While it is open, to whoever has voted")


class Checking(TextChoices):
    """What happens to a statement that a voter adds."""

    FIRST = "first", _("A facilitator reads it first")
    AT_ONCE = "at once", _("It is shown at once")


class Standing(TextChoices):
    """How a statement stands."""

    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REPLACED = "replaced", _("Replaced")


VOTED_ON = frozenset({Standing.ACCEPTED})
# Whose votes are counted; a replaced one keeps the votes that it has.
COUNTED = (Standing.ACCEPTED, Standing.REPLACED)


class Reason(TextChoices):
    """Why a statement was declined, so that the policy is the same for everybody."""

    DUPLICATE = "duplicate", _("Another statement says the same")
    SEVERAL_IDEAS = "several ideas", _("It holds more than one idea")
    UNCLEAR = "unclear", _("It is hard to understand")
    OFF_TOPIC = "off topic", _("It is about something else")
    ABOUT_SOMEBODY = "about somebody", _("It tells who somebody is")
    HURTFUL = "hurtful", _("It hurts or threatens people")
    OTHER = "other", _("Another reason")


class Channel(TextChoices):
    """How the votes of somebody came in."""

    WEB = "web", _("On this website")
    PAPER = "paper", _("On paper")
    PHONE = "phone", _("By phone")
    FILE = "file", _("From a file")


class Value(IntegerChoices):
    AGREE = 1, _("Agree")
    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass")


def ballot_ref(number: int) -> str:
    """The short name of a ballot: V1."""
    return f"V{number}"
