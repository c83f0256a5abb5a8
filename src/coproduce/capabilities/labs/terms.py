"""The words of labs and of facilitation."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

LAB = "labs.lab"
ACCESS = "labs.access"
CONFLICT = "labs.conflict"
FACILITATION = "labs.facilitation"

USUAL_MINUTES = 120
SESSION_IS_NEAR_DAYS = 10
LOUD, QUIET = 1.5, 0.5
ENERGY_LEVELS = (1, 2, 3, 4, 5)


class DecisionLevel(TextChoices):
    """The words of the spectrum: what taking part in this lab can do to the decision."""

    INFORM = "inform", _("Inform: we tell you what is decided")
    CONSULT = "consult", _("Consult: we ask you, then we decide")
    INVOLVE = "involve", _("Involve: we work with your concerns, then we decide")
    CO_DESIGN = "co-design", _("Co-design: we design it together")
    CO_PRODUCE = "co-produce", _("Co-produce: we design, decide and do it together")
    CITIZEN_LED = "citizen-led", _("Citizen-led: citizens decide, services help")


class Way(TextChoices):
    IN_PERSON = "in person", _("In person")
    ONLINE = "online", _("Online")
    PHONE = "phone", _("By phone")


class Met(TextChoices):
    """How far an access need is looked after for one lab."""

    NOT_YET = "not yet", _("Not yet")
    ARRANGED = "arranged", _("Arranged")
    MET = "met", _("Met")


class How(TextChoices):
    """How a lab came to a decision."""

    CONSENT = "consent", _("Consent: nobody had a strong reason against it")
    VOTE = "vote", _("Vote")
    SPONSOR = "sponsor", _("The sponsor decided")


class Next(TextChoices):
    """What becomes of a prototype after it was tried."""

    KEEP = "keep", _("Keep")
    CHANGE = "change", _("Change")
    STOP = "stop", _("Stop")


class Trial(TextChoices):
    """Where a prototype stands on the board."""

    TO_COME = "to come", _("To come")
    RUNNING = "running", _("Being tried")
    WAITING = "waiting", _("Tried, nobody has said what came of it")
    KEEP = "keep", _("Keep")
    CHANGE = "change", _("Change")
    STOP = "stop", _("Stop")


class Stage(TextChoices):
    """The stages of a project, in the order in which citizens should be found in them (R105)."""

    FOREWORD = "foreword", _("Foreword")
    CUPBOARDS = "cupboards", _("Cupboards")
    RESEARCH = "research", _("Research")
    ROUND = "round", _("Independent round")
    DRAFT = "draft", _("Draft: the labs")
    CONSULTATION = "consultation", _("Consultation")
    DECISION = "decision", _("Decision")
    REVIEW = "review", _("Review")


FIRST_GROUND_RULES: tuple[Words, ...] = (
    _("One person speaks at a time. Everyone else listens."),
    _("Speak for yourself. Say “I”, not “they”."),
    _("Every kind of knowing counts: living it, working in it, running it."),
    _("Plain words. Anyone may say “jargon”, and the word goes into the jar."),
    _("Disagree with the idea, never with the person."),
    _("What people tell about their lives stays in this room."),
    _("Take a break, or leave, whenever you need to. You owe nobody a reason."),
)

# Culture shock, C23: what is hard to hear for each side when they begin to work together.
PROMPTS_FOR_CITIZENS: tuple[Words, ...] = (
    _("Who is “they” when I say that they ought to do something? What could “we” do?"),
    _("What do I know that nobody who works here can know?"),
    _("What have I already done to get by? Could others use it?"),
    _("What would I do first if it were my job and my budget?"),
    _("What would I have to hear from staff to believe that this time is different?"),
)
PROMPTS_FOR_STAFF: tuple[Words, ...] = (
    _("What limits us here: a law, the money, a rule that we made, or a habit?"),
    _("Which of those could we change ourselves, this month?"),
    _("When did I last change my mind because of what a citizen told me?"),
    _("What am I afraid will happen if I do not have the answer?"),
    _("Which word did I use today that only we understand?"),
)


def lab_code(number: int) -> str:
    """The short name that people use: L1."""
    return f"L{number}"


def prototype_ref(number: int) -> str:
    return f"TR{number}"


def mean_energy(people: Sequence[int]) -> float | None:
    """The mean level of as many people as said one; `people` counts them from level 1 to level 5."""
    heard = sum(people)
    return (
        sum(level * count for level, count in zip(ENERGY_LEVELS, people, strict=False)) / heard
        if heard
        else None
    )


def ratio_shown(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"
