"""The words of a consultation: asking people outside about a draft, before a decision that others keep."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.drafting.terms import Channel as SuggestionChannel
from coproduce.capabilities.drafting.terms import SuggestionKind

CONSULTATION = "consultation.consultation"
REPLIES = "consultation.replies"
CODING = "consultation.coding"

USUAL_DAYS = 84
LEAST_DAYS = 14
LEAD_DAYS = 28  # one to three months between telling people and opening is realistic
LEAST_COMPARED = 8  # below this many replies that two people coded, no figure of agreement is given
USUAL_SHARE = 20  # percent of the replies that a second person codes

REPLIES_AN_HOUR = 30  # from one address on the network: a library or a hall shares one
MAILS_AN_HOUR = 6


class Stage(TextChoices):
    DRAFT = "draft", _("Being prepared")
    WAITING = "waiting", _("Announced")
    OPEN = "open", _("Open")
    ENDED = "ended", _("Over, not closed yet")
    CLOSED = "closed", _("Closed")


class Channel(TextChoices):
    """How a reply can come in. The values are those of suggestions, so that one can become the other."""

    WEB = "web", _("Online form")
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Phone")
    VISIT = "visit", _("Visit at home or at work")
    SESSION = "session", _("Session or drop-in")
    RECORDING = "recording", _("Recording: sound, film or sign language")
    PARTNER = "partner", _("Run by a partner")


assert {channel.value for channel in Channel} <= {channel.value for channel in SuggestionChannel}


class FormatKind(TextChoices):
    EASY_READ = "easy_read", _("Easy Read")
    LARGE_PRINT = "large_print", _("Large print")
    BSL = "bsl", _("British Sign Language")
    AUDIO = "audio", _("Audio")
    BRAILLE = "braille", _("Braille")
    LANGUAGE = "language", _("Another language")


class QuestionKind(TextChoices):
    WORDS = "words", _("Their own words")
    ONE_OF = "one_of", _("One of several answers")


class PeriodKind(TextChoices):
    SCHOOL_HOLIDAY = "school_holiday", _("School holiday")
    PRE_ELECTION = "pre_election", _("Pre-election period")
    OTHER = "other", _("Other time to avoid")


class Way(TextChoices):
    """How somebody was told of the consultation."""

    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    VISIT = "visit", _("Visit")
    SESSION = "session", _("Meeting or drop-in")
    POSTER = "poster", _("Poster or leaflet")
    MEDIA = "media", _("Radio, newspaper or social media")
    PARTNER = "partner", _("Through a partner")


class Characteristic(TextChoices):
    """Whom a sub-code is about, so that effects on equality are not hidden in a general code."""

    AGE = "age", _("Age")
    DISABILITY = "disability", _("Disability")
    GENDER = "gender", _("Gender reassignment")
    PREGNANCY = "pregnancy", _("Pregnancy and maternity")
    RACE = "race", _("Race")
    RELIGION = "religion", _("Religion or belief")
    SEX = "sex", _("Sex")
    ORIENTATION = "orientation", _("Sexual orientation")
    CARERS = "carers", _("Carers")
    MONEY = "money", _("Low income")
    RURAL = "rural", _("Rural area")
    OTHER = "other", _("Other")


# What a reply can say of a passage; a suggestion of the same kind is made of it.
PASSAGE_KINDS = [
    (SuggestionKind.CHANGE.value, _("Change it")),
    (SuggestionKind.ADD.value, _("Add something here")),
    (SuggestionKind.REMOVE.value, _("Take it out")),
    (SuggestionKind.KEEP.value, _("Keep it as it is")),
    (SuggestionKind.ASK.value, _("I have a question about it")),
]
