"""The words of an independent round."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.terms import Intent
from coproduce.core.findings import Words

ROUND = "rounds.round"
COUNTS = "rounds.counts"
ANSWERS = "rounds.answers"

LOWEST_RATING, HIGHEST_RATING = -3, 3
MOST_INTENTS = 2
MOST_BARRIERS = 30
SMALL_GROUP = 3


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    SEALED = "sealed", _("Sealed")


class Level(IntegerChoices):
    ME = 1, _("Me")
    AROUND = 2, _("People around me")
    INTENTION = 3, _("Intention")


class Channel(TextChoices):
    ONLINE = "online", _("Online")
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Phone")
    IN_PERSON = "in person", _("In person")
    RECORDED_VOICE = "recorded voice", _("Recorded voice")
    EASY_READ = "supported easy read", _("Easy Read, with a supporter")


OWN_CHANNELS = (Channel.ONLINE, Channel.EASY_READ)
SCRIBED_CHANNELS = (
    Channel.PAPER, Channel.PHONE, Channel.IN_PERSON, Channel.RECORDED_VOICE, Channel.EASY_READ,
)  # fmt: skip


class Format(TextChoices):
    LARGE_PRINT = "large print", _("Large print")
    EASY_READ = "easy read", _("Easy Read")
    AUDIO = "audio", _("Audio")
    SIGN_LANGUAGE = "sign language", _("British Sign Language")
    OTHER_LANGUAGE = "other language", _("Another language")
    PAPER = "paper", _("Paper form")
    PHONE = "phone", _("By phone")


class Basis(TextChoices):
    """What makes someone say what they say."""

    OWN_EXPERIENCE = "own experience", _("It happened to me")
    SEEN = "seen it happen to others", _("I saw it happen to others")
    HEARD = "heard", _("I heard about it")
    EXPECT = "expect", _("I expect it")


class BuiltOn(TextChoices):
    """What a barrier is built on (domain.md C5)."""

    OWN_EXPERIENCE = "own experience", _("My own experience")
    SHARED_HISTORY = "shared history", _("What has happened here before")
    EXPECTED_REACTION = "expected reaction of others", _("How I think others will react")


RATING_WORDS: dict[int, Words] = {
    -3: _("−3: much worse"),
    -2: _("−2: worse"),
    -1: _("−1: a little worse"),
    0: _("0: no change"),
    1: _("+1: a little better"),
    2: _("+2: better"),
    3: _("+3: much better"),
}


def rating_shown(rating: int | None) -> str:
    """“+1”, “−2”, “0”, or that the question was skipped."""
    if rating is None:
        return str(_("skipped"))
    return f"+{rating}" if rating > 0 else f"−{-rating}" if rating else "0"


def mean_shown(number: float | None) -> str:
    """“+0.14”, “−0.55”, “0.00”, or a dash."""
    if number is None:
        return "–"
    text = f"{abs(number):.2f}"
    return text if float(text) == 0 else f"{'−' if number < 0 else '+'}{text}"


# In the order in which a round asks them; “barriers” goes with the three levels always.
QUESTIONS = ("level_1", "level_2", "level_3", "barriers")
FIRST_WORDING: dict[str, Words] = {
    "level_1": _("How would this change things for you: what gets better, worse or stays the same?"),
    "level_2": _(
        "How would it change things for people you work or live among? Who would find it easier or harder than you?"
    ),
    "level_3": _("Why do you think those leading this want it? What matters most to them?"),
    "barriers": _("What could get in the way or go wrong, and what makes you think so?"),
}


@dataclass(frozen=True)
class Rated:
    """Words with a rating from −3 to +3; no rating means that the question was skipped."""

    words: str = ""
    rating: int | None = None


@dataclass(frozen=True)
class Intention:
    """Why someone thinks the leaders want it: up to two intents, or “don't know”, or skipped."""

    picked: tuple[str, ...] = ()
    dont_know: bool = False
    words: str = ""

    @property
    def labels(self) -> list[Words]:
        """What was chosen, in words."""
        chosen: list[Words] = [Intent(intent).label for intent in self.picked]
        return [*chosen, _("I do not know")] if self.dont_know else chosen or [_("skipped")]


@dataclass(frozen=True)
class RaisedBarrier:
    """What could get in the way, in the words of the one who says so."""

    words: str
    level: int
    importance: int | None = None
    ease: int | None = None
    built_on: str = ""


@dataclass(frozen=True)
class Written:
    """Everything that one person answers in a round."""

    me: Rated = Rated()
    around: Rated = Rated()
    intention: Intention = Intention()
    basis: tuple[str, ...] = ()
    confidence: int | None = None
    question: str = ""
    barriers: tuple[RaisedBarrier, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The answer in JSON's own types: what the commitment covers and what is encrypted."""
        plain = asdict(self)
        plain["intention"]["picked"] = list(self.intention.picked)
        return plain | {"basis": list(self.basis), "barriers": [asdict(barrier) for barrier in self.barriers]}

    @classmethod
    def from_record(cls, plain: Mapping[str, Any]) -> "Written":
        intention = plain["intention"]
        return cls(
            me=Rated(**plain["me"]),
            around=Rated(**plain["around"]),
            intention=Intention(**(intention | {"picked": tuple(intention["picked"])})),
            basis=tuple(plain["basis"]),
            confidence=plain["confidence"],
            question=plain["question"],
            barriers=tuple(RaisedBarrier(**barrier) for barrier in plain["barriers"]),
        )
