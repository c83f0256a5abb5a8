"""The words of the master copy: documents, versions, suggestions and decisions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DOCUMENT = "drafting.document"
SUGGESTION = "drafting.suggestion"
VERSION = "drafting.version"


class SuggestionKind(TextChoices):
    KEEP = "keep", _("Keep")
    ADD = "add", _("Add")
    CHANGE = "change", _("Change")
    REMOVE = "remove", _("Remove")
    ASK = "ask", _("Ask")


class Outcome(TextChoices):
    """A decision on a suggestion. R82: “noted” is no answer, so it is not among them."""

    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in_part", _("In part")
    DECLINED = "declined", _("Declined")
    PASSED_ON = "passed_on", _("Passed on")


class Status(TextChoices):
    """Where a suggestion stands: open, withdrawn, or its decision."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in_part", _("In part")
    DECLINED = "declined", _("Declined")
    PASSED_ON = "passed_on", _("Passed on")
    WITHDRAWN = "withdrawn", _("Withdrawn")


TAKEN_IN = frozenset({Outcome.ACCEPTED, Outcome.IN_PART})


class ReasonCode(TextChoices):
    """The standard reason for not fully accepting a suggestion."""

    COST = "COST", _("Cost")
    LAW = "LAW", _("Law")
    SAFE = "SAFE", _("Safety")
    EVIDENCE = "EVIDENCE", _("Evidence")
    SCOPE = "SCOPE", _("Outside this work")
    PARTNER = "PARTNER", _("For a partner to decide")
    CHARTER = "CHARTER", _("Against the charter")
    DUPLICATE = "DUPLICATE-ANSWERED", _("Answered with another suggestion")


class CostPeriod(TextChoices):
    ONCE = "once", _("once")
    A_YEAR = "a_year", _("a year")
    A_MONTH = "a_month", _("a month")
    A_WEEK = "a_week", _("a week")


class Doing(TextChoices):
    """Whether saying yes is a matter of wording, or something that somebody must do."""

    WORDING = "wording", _("Wording only")
    PROMISE = "promise", _("A promise: someone must do it")


class Channel(TextChoices):
    WEB = "web", _("Web")
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Phone")
    VISIT = "visit", _("Visit")
    SESSION = "session", _("Session")
    RECORDING = "recording", _("Recording")
    PARTNER = "partner", _("Through a partner")
    IMPORT = "import", _("Imported history")
    WORD = "word", _("Word file")


class VersionStatus(TextChoices):
    WORKING = "working", _("Working")
    SHARED = "shared", _("Shared")
    SIGNED_OFF = "signed_off", _("Signed off")
    SUPERSEDED = "superseded", _("Superseded")


class Saying(TextChoices):
    """The pages on which somebody writes a suggestion, so that a draft finds its way back."""

    CHANGE = "change", _("Change the words")
    AFTER = "after", _("Add a passage")
    KEEP = "keep", _("Keep it as it is")
    ASK = "ask", _("Ask a question")
    REMOVE = "remove", _("Take it out")
    WORDS = "words", _("In your own words")
    SUMMARY = "summary", _("The summary")


class Verdict(TextChoices):
    """What the suggester says of the answer."""

    SATISFIED = "satisfied", _("Satisfied")
    NOT = "not", _("Not satisfied")


class Way(TextChoices):
    """How somebody was told something."""

    PAGE = "page", _("On the page")
    EMAIL = "email", _("By e-mail")
    LETTER = "letter", _("By letter")
    PHONE = "phone", _("By phone")
    IN_PERSON = "in_person", _("In person")
