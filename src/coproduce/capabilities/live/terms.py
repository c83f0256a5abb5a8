"""The words of a live session: a round that people hold together in one room, on phones and on paper."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.rounds.terms import State
from coproduce.core.findings import Words

SESSION = "live.session"
PLACES = "live.places"

# Without the letters and digits that look like others: 28 to the sixth are 480 million codes.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ34679"
CODE_LENGTH = 6
PHRASE_WORDS = 4
LEAST_ANONYMOUS = 4
MOST_PLACES = 2000
TRIES, TRIES_SECONDS = 10, 60
MOST_TRIES_OF_ALL = 300
TIME_TO_WRITE = timedelta(hours=4)
# Where the room stood on the page of a button that does not say so: fits no place of the script.
UNSEEN = "?"


class Device(TextChoices):
    """How someone takes part in the room."""

    PHONE = "phone", _("Phone, tablet or computer")
    PAPER = "paper", _("Paper")
    CALL = "call", _("By phone call")
    SUPPORTED = "supported", _("With a supporter")


@dataclass(frozen=True)
class Step:
    """One step of the script: what the facilitator says, and how long it usually takes."""

    state: str
    title: Words
    say: tuple[Words, ...]
    minutes: int
    go_on: Words

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


LOBBY, WRITING = State.DRAFT, State.OPEN
SCRIPT = (
    Step(
        LOBBY, _("Come in"),
        (
            _("Welcome. Please join with the code on the screen, or take a paper form."),
            _("Nobody has to give a reason for passing or leaving. The agreed signal to pause is always fine."),
            _("Each of us will write alone first. Please do not talk about the question yet."),
        ),
        10, _("Start writing"),
    ),
    Step(
        WRITING, _("Write alone"),
        (
            _("Write what you think yourself. There is no right answer."),
            _("Nobody can read it before it is read out: not your neighbours, not me."),
            _("On paper: put your form in the envelope when you are done."),
        ),
        15, _("Seal the answers"),
    ),
    Step(
        State.SEALED, _("Sealed"),
        (
            _("All answers are sealed. Nobody can change one now, and nobody has read one."),
            _("The short code on the screen fixes them. You may write it down."),
            _("The order of reading is drawn by lot from that code. Nobody can choose it."),
        ),
        3, _("Begin the reading"),
    ),
    Step(
        State.READING, _("Read in turn"),
        (
            _("Each person reads, or has their answer read. Everyone has the same time."),
            _("We only listen. Comments come when every turn is done."),
            _("You may pass. We ask you once more at the end."),
        ),
        25, _("Next person"),
    ),
    Step(
        State.DISCUSSION, _("Talk about it"),
        (
            _("What surprised you? Where do people near you stand differently from you?"),
            _("Let us put what gets in the way into themes. Everybody's words stay as they are."),
            _("Who has not spoken yet and would like to?"),
        ),
        30, _("Ask for second answers"),
    ),
    Step(
        State.SECOND, _("Answer again, alone"),
        (
            _("Please answer once more on your own. You may stay with what you said."),
            _("The first answer stays as it is. The second stands beside it."),
        ),
        5, _("Close the round"),
    ),
    Step(
        State.CLOSED, _("Close"),
        (
            _("Thank you. What you said is on the record, with what becomes of it."),
            _("Here is when you will hear from us."),
        ),
        5, _("End the session"),
    ),
)  # fmt: skip


def step_of(state: str) -> Step:
    """The step of the script that belongs to this state of the round."""
    return next(step for step in SCRIPT if step.state == state)


_WORDS = """
acorn amber anchor apple autumn badge baker basket beacon berry bicycle blanket blossom boat bonnet bramble
bread breeze brick bridge brook butter button cabin candle canvas carpet castle cedar cherry chestnut chimney
circle clover coast cobalt comet copper coral cotton cricket crystal daisy dawn dolphin drum eagle ember
fabric falcon feather fennel fern ferry fiddle field finch flint forest fountain fox garden ginger glacier
granite grape hammer harbour harvest hazel heather hedge heron hill holly honey island ivory jacket juniper
kettle kitchen ladder lantern lark lavender lemon lilac linen maple marble meadow mint mirror moss mountain
needle nettle nutmeg oak oat olive onion orchard otter paddle paper parsley pebble pepper pigeon pillow pine
plum pocket pond poppy quilt rabbit rain raspberry ribbon river robin rope saddle sand
"""
PHRASE_LIST = tuple(_WORDS.split())
