"""The words of an independent round."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.terms import Intent
from coproduce.core.findings import Words

from . import wordings
from .languages import (
    EASY_READ,
    FIRST_LANGUAGE,
    Wording,
    canonical_tag,
    direction,
    in_language,
    is_a_tag,
    own_name,
)
from .questions import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    SHORT_TEXT,
    Extra,
    Question,
    QuestionForm,
    answer_shown,
    numbered,
)

__all__ = [
    "EASY_READ",
    "FEWEST_OPTIONS",
    "FIRST_LANGUAGE",
    "MOST_OPTIONS",
    "MOST_QUESTIONS",
    "SHORT_TEXT",
    "Extra",
    "Question",
    "QuestionForm",
    "Wording",
    "answer_shown",
    "canonical_tag",
    "direction",
    "in_language",
    "is_a_tag",
    "numbered",
    "own_name",
]

ROUND = "rounds.round"
COUNTS = "rounds.counts"
ANSWERS = "rounds.answers"

LOWEST_RATING, HIGHEST_RATING = -3, 3
MOST_INTENTS = 2
MOST_BARRIERS = 30
SMALL_GROUP = 3


class State(TextChoices):
    """In the order of a round's life. A round that is opened all at once may stay at “sealed”."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    SEALED = "sealed", _("Sealed")
    READING = "reading", _("Reading")
    DISCUSSION = "discussion", _("Discussion")
    SECOND = "second answer", _("Second answers")
    CLOSED = "closed", _("Closed")


class Kind(TextChoices):
    """What a round is for. All three levels are asked in each, and barriers with them (R25)."""

    FOCUS_GROUP = "focus group", _("Focus group: three levels and barriers")
    PREMORTEM = "premortem", _("Premortem: why it failed, a year from now")
    BARRIERS_ONLY = "barriers only", _("Barriers only, at three levels")
    RE_RATING = "re-rating", _("Rating again, after an earlier round")

    @property
    def asks_ratings(self) -> bool:
        """Whether people rate levels 1 and 2 and choose intents; the others ask for barriers at each level."""
        return self in {Kind.FOCUS_GROUP, Kind.RE_RATING}


class Size(TextChoices):
    """How likely a premortem reason is, and how much it would do."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


BEFORE_THE_SEAL = frozenset({State.DRAFT, State.OPEN})
AFTER_THE_READING = frozenset({State.DISCUSSION, State.SECOND, State.CLOSED})
NEXT_STATES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.SEALED}),
    State.SEALED: frozenset({State.READING}),
    State.READING: frozenset({State.DISCUSSION}),
    State.DISCUSSION: frozenset({State.SECOND, State.CLOSED}),
    State.SECOND: frozenset({State.CLOSED}),
}


def words_are_open(state: str, in_turns: bool) -> bool:
    """Whether all first answers are open to all: at the seal, or where they are read in turns, after the last turn."""
    return state in AFTER_THE_READING or (state == State.SEALED and not in_turns)


class Part(IntegerChoices):
    FIRST = 1, _("First answer")
    SECOND = 2, _("Second answer")


class TurnState(TextChoices):
    """One person's turn: called, then shown (and read) or passed; who passed once is called again at the end."""

    WAITING = "waiting", _("Waiting")
    CALLED = "called", _("Called")
    SHOWN = "shown", _("Being read")
    READ = "read", _("Read")
    PASSED = "passed", _("Passed")


TURN_SECONDS = 45
SHORTEST_TURN, LONGEST_TURN = 15, 600


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
FIRST_WORDINGS: dict[str, dict[str, Words]] = {
    Kind.FOCUS_GROUP: wordings.FOCUS_GROUP, Kind.PREMORTEM: wordings.PREMORTEM,
    Kind.BARRIERS_ONLY: wordings.BARRIERS_ONLY, Kind.RE_RATING: wordings.RE_RATING,
}  # fmt: skip
FIRST_WORDING = wordings.FOCUS_GROUP


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
    # Of a premortem reason.
    likelihood: str = ""
    impact: str = ""
    early_sign: str = ""


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
    extra: tuple[Extra, ...] = ()
    # The tag of the language in which the questions were read; empty where it was the first.
    language: str = ""

    def as_record(self) -> dict[str, Any]:
        """The answer in JSON's own types: what the commitment covers and what is encrypted."""
        # `vars` and not `asdict`, which copies every word once more.
        return vars(self) | {
            "me": dict(vars(self.me)), "around": dict(vars(self.around)),
            "intention": vars(self.intention) | {"picked": list(self.intention.picked)},
            "basis": list(self.basis), "barriers": [dict(vars(barrier)) for barrier in self.barriers],
            "extra": [one.as_record() for one in self.extra],
        }  # fmt: skip

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
            # Answers that were sealed before there were such questions have neither.
            extra=tuple(Extra.from_record(one) for one in plain.get("extra", ())),
            language=plain.get("language", ""),
        )

    def given(self, question: Question) -> str:
        """What was answered to an extra question, in words; nothing where it was skipped."""
        found = next((one.given for one in self.extra if one.question == question.id), ())
        return answer_shown(question, found) if found else ""
