"""Before it opens: ways to reply, formats, promises, and the first three Gunning tests: R77, R78, R79."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects import rules as foreword
from coproduce.core.findings import Finding, Strength, refuse, refuse_unless_named, rule, warn

from ..terms import Channel


class HasFormat(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def ready_on(self) -> date | None: ...


class HasPromises(Protocol):
    @property
    def publishes_on(self) -> date | None: ...
    @property
    def reviews_on(self) -> date | None: ...
    @property
    def offers_outcomes(self) -> bool: ...


class HasFacts(Protocol):
    @property
    def what_we_ask(self) -> str: ...
    @property
    def can_change(self) -> str: ...
    @property
    def cannot_change(self) -> str: ...
    @property
    def who_decides(self) -> str: ...
    @property
    def decides_on(self) -> date | None: ...
    @property
    def cost(self) -> str: ...
    @property
    def negative_effects(self) -> str: ...
    @property
    def answers_by(self) -> date | None: ...


class HasGunning(Protocol):
    @property
    def gunning_open(self) -> str: ...
    @property
    def gunning_information(self) -> str: ...
    @property
    def gunning_time(self) -> str: ...


@rule("R77", when=_("People can reply online only"), strength=Strength.REFUSE_UNLESS_NAMED)
def nobody_is_asked_online_only(channels: Collection[str]) -> Iterator[Finding]:
    """Many people seldom or never go online."""
    if not set(channels) - {Channel.WEB}:
        message = _("Offer another way beside the online form: many people seldom or never go online.")
        yield refuse_unless_named("R77", message, "channels")


@rule("R78", when=_("A format that was asked for is not ready at the opening"), strength=Strength.WARN)
def formats_are_ready(formats: Iterable[HasFormat], opens_on: date) -> Iterator[Finding]:
    """Whoever asked for it has as many days as everyone else, counted from the day when it is ready."""
    for one in formats:
        if one.ready_on is None or one.ready_on > opens_on:
            message = _(
                "%(format)s is not ready when it opens. Time for those who asked begins when it is ready."
            )
            yield warn("R78", message % {"format": one.name}, "formats")


@rule(
    "R79",
    when=_("The date of publication or review is missing, or people cannot ask to hear what happened"),
    strength=Strength.REFUSE,
)
def people_hear_what_happened(consultation: HasPromises) -> Iterator[Finding]:
    if consultation.publishes_on is None:
        yield refuse("R79", _("Say when the report will be published."), "publishes_on")
    if consultation.reviews_on is None:
        yield refuse("R79", _("Say when the result will be reviewed."), "reviews_on")
    if not consultation.offers_outcomes:
        yield refuse("R79", _("Offer people a way to hear what happened."), "offers_outcomes")


def what_is_decided_is_not_asked(written: foreword.HasForeword) -> Iterator[Finding]:
    """R06: the first Gunning test fails before anyone has replied."""
    yield from foreword.only_informing_is_honest(written, subject="foreword")


def dropped_options_are_listed(options: Iterable[foreword.HasOption]) -> Iterator[Finding]:
    """R03 warns on the foreword; from here on somebody must answer for it by name."""
    for found in foreword.dropped_options_are_listed(options):
        yield refuse_unless_named("R03", found.message, "options")


def a_consultation_says_what_it_must(consultation: HasFacts, questions: int) -> Iterator[Finding]:
    """C16: what is asked, what can change, who decides when, what it costs and whom it may harm."""
    for name, message in _MUST_SAY.items():
        value = getattr(consultation, name)
        if value is None or not str(value).strip():
            yield refuse("C16", message, name)
    if not questions:
        yield refuse("C16", _("Ask at least one question."), "questions")


_MUST_SAY = {
    "what_we_ask": _("Say what you ask people."),
    "can_change": _("Say what people can change."),
    "cannot_change": _("Say what cannot change, and why."),
    "who_decides": _("Say who decides."),
    "decides_on": _("Say when it will be decided."),
    "cost": _("Say plainly what it costs."),
    "negative_effects": _("Say plainly whom it may harm, and how."),
    "answers_by": _("Say by when people get an answer."),
}


def the_first_three_gunning_tests_are_met(consultation: HasGunning) -> Iterator[Finding]:
    """C16: still open, enough information, enough time; each with its evidence. The fourth comes after the close."""
    for name, message in _GUNNING.items():
        if not getattr(consultation, name).strip():
            yield refuse("C16", message, name)


_GUNNING = {
    "gunning_open": _("Gunning 1: write down what shows that nothing is decided yet."),
    "gunning_information": _("Gunning 2: write down what shows that people have enough information."),
    "gunning_time": _("Gunning 3: write down what shows that people have enough time."),
}
