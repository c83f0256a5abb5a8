"""The words of choosing an approach: the kind of challenge, and how far power is shared, decision by decision."""

from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

DECISION = "approach.decision"


class Said(TextChoices):
    """What somebody answers to a question about complexity."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NOT_SURE = "not_sure", _("Not sure")


class Complexity(TextChoices):
    SIMPLE = "simple", _("Simple")
    COMPLICATED = "complicated", _("Complicated")
    COMPLEX = "complex", _("Complex")
    CHAOTIC = "chaotic", _("Chaotic")
    NOT_SURE = "not_sure", _("Not sure yet")


class Band(TextChoices):
    TO = "to", _("Doing to")
    FOR = "for", _("Doing for")
    WITH = "with", _("Doing with")
    BEYOND = "beyond", _("Beyond")


class Level(TextChoices):
    """The spectrum, from left to right. No place on it is always the best one."""

    PROTECT = "protect", _("Protect or coerce")
    EDUCATE = "educate", _("Educate")
    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    INVOLVE = "involve", _("Involve")
    CO_DESIGN = "co_design", _("Co-design")
    CO_PRODUCE = "co_produce", _("Co-produce")
    CITIZEN_LED = "citizen_led", _("Citizen-led")

    @property
    def place(self) -> int:
        return list(Level).index(self)

    @property
    def asks_people(self) -> bool:
        """Consult and above: people could still change something."""
        return self.place >= Level.CONSULT.place

    @property
    def band(self) -> Band:
        if self == Level.CITIZEN_LED:
            return Band.BEYOND
        if self.place >= Level.CO_DESIGN.place:
            return Band.WITH
        return Band.FOR if self.place >= Level.INFORM.place else Band.TO


class Dial(IntegerChoices):
    """Who holds the decision, and who has the power to act."""

    ORGANISATION = 0, _("0: the organisation alone")
    MOSTLY_ORGANISATION = 1, _("1: mostly the organisation")
    SHARED = 2, _("2: shared equally")
    MOSTLY_CITIZENS = 3, _("3: mostly citizens")
    CITIZENS = 4, _("4: citizens alone")


# Our own questions; asked of every decision, and on the public page.
QUESTIONS: dict[str, Words] = {
    "known_method": _("Is there already a way of doing this that works nearly every time?"),
    "specialist": _("Could a specialist work out the answer, given enough time?"),
    "daily_lives": _("Does the result depend on people’s relationships, habits or daily lives?"),
    "differs": _("Has the same answer worked well in one place and badly in another?"),
    "too_fast": _("Are things changing so fast that you must act before you understand?"),
}
PROMISES: dict[str, Words] = {
    Level.PROTECT: _("We act to keep people safe. We tell you what we do and why, and how to complain."),
    Level.EDUCATE: _("We explain what we know, so that you can decide for yourself what to do."),
    Level.INFORM: _("We tell you what is decided, why, and what it means for you."),
    Level.CONSULT: _("We ask you before we decide. We decide, and we say how your words counted."),
    Level.INVOLVE: _(
        "We work through it with you several times. We decide, and your views shape what we do."
    ),
    Level.CO_DESIGN: _("We design it together with you. What we design together is what we build."),
    Level.CO_PRODUCE: _("We decide together and do it together, from the beginning to the check at the end."),
    Level.CITIZEN_LED: _("You decide and you do it. We help when you ask us to."),
}


@dataclass(frozen=True)
class Pairing:
    """How other schemes call a level; the pairing is ours, each scheme keeps its own words."""

    level: Level
    tlap: Words
    arnstein: Words
    iap2: Words
    nhs: Words


_NONE, _TOKEN = _("none"), _("tokenism")
_POWER = _("citizen power (partnership)")
CROSSWALK = (
    Pairing(Level.PROTECT, "Coercion", _("non-participation"), _NONE, _NONE),
    Pairing(Level.EDUCATE, "Educating", _("non-participation"), _NONE, _NONE),
    Pairing(Level.INFORM, "Informing", _TOKEN, "Inform", "Inform"),
    Pairing(Level.CONSULT, "Consultation", _TOKEN, "Consult", "Consult"),
    Pairing(Level.INVOLVE, "Engagement", _TOKEN, "Involve", "Engage"),
    Pairing(Level.CO_DESIGN, "Co-design", _POWER, "Collaborate", "Co-design"),
    Pairing(Level.CO_PRODUCE, "Co-production", _POWER, "Collaborate", "Co-production"),
    Pairing(Level.CITIZEN_LED, _NONE, _("citizen power (control)"), "Empower", _NONE),
)


@dataclass(frozen=True)
class Advice:
    """What a kind of challenge asks for: whether to co-produce it, and what to do next."""

    headline: Words
    answer: Words
    next: tuple[Words, ...]


ADVICE: dict[str, Advice] = {
    Complexity.SIMPLE: Advice(
        _("Probably not: there is a way that works"),
        _("This looks simple. Use the way that works, and tell people what will happen."),
        (
            _("Use the method that is known, and check that it still works."),
            _("Tell people early what happens, when, and whom to ask."),
            _("Ask people who use the service whether the information makes sense to them."),
        ),
    ),
    Complexity.COMPLICATED: Advice(
        _("Not all of it: ask a specialist, and ask people what they need"),
        _("This looks complicated. Specialists can work it out, if they know what people need."),
        (
            _("Ask people what they need before the specialists begin: consult or involve them."),
            _("Let the specialists do the technical part."),
            _("Show people what came of it, and why."),
        ),
    ),
    Complexity.COMPLEX: Advice(
        _("Yes: co-produce it"),
        _("This looks complex. No one person has the answer, so those who live with it must be in the room."),
        (
            _("Bring together people who use the service, carers, frontline workers and leaders."),
            _("Ask everyone for their own view first, before anybody speaks in the group."),
            _("Say openly what can change and what cannot. Then try small things together and learn."),
        ),
    ),
    Complexity.CHAOTIC: Advice(
        _("Not now: act first, then come back"),
        _("This looks chaotic. Keep people safe first. Work with them once things are steadier."),
        (
            _("Do what keeps people safe, and say what you are doing."),
            _("Give people in each place the freedom to act on what they see."),
            _("Set a day to ask these questions again, with the people it touched."),
        ),
    ),
    Complexity.NOT_SURE: Advice(
        _("You do not know enough yet to say"),
        _("The answers do not point one way. Find out more before you choose."),
        (
            _("Ask these five questions again together with two people who use the service."),
            _("Look at what the organisation knows already."),
            _("Try one small thing, and see what happens."),
        ),
    ),
}


@dataclass(frozen=True)
class Suggestion:
    """What the answers suggest, with the reasons in words. A person always confirms."""

    complexity: Complexity
    reasons: tuple[Words, ...]

    @property
    def advice(self) -> Any:
        return ADVICE[self.complexity]
