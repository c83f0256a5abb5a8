"""In a lab and after it: what it may be called, whose voice was heard, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.people.terms import Label, Mix
from coproduce.core.findings import Finding, Strength, refuse, rule, show, warn

from ..terms import LOUD, QUIET, How, Next, ratio_shown


class HasVoice(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def voice(self) -> float | None: ...


class DecidedElsewhere(Protocol):
    @property
    def elsewhere_by(self) -> str: ...
    @property
    def elsewhere_why(self) -> str: ...
    @property
    def elsewhere_on(self) -> date | None: ...


@rule("R51", when=_("A lab was held"), strength=Strength.SHOW)
def the_label_is_shown(mix: Mix) -> Iterator[Finding]:
    """Who came decides what it was, and nobody chooses."""
    if mix.label is Label.COLLABORATION:
        yield show("R51", _("No citizens were there, so this was collaboration and not co-production."))
    elif mix.label is Label.COMMUNITY_LED:
        yield show("R51", _("No professionals were there, so this was community-led action."))
    elif mix.label is Label.CO_PRODUCTION:
        yield show("R51", _("Citizens and professionals were there, so this was a co-production lab."))


@rule("R54", when=_("A voice ratio is over 1.5 or under 0.5"), strength=Strength.WARN)
def voices_out_of_balance_warn(
    lines: Iterable[HasVoice], *, lab: str, ahead: bool = False
) -> Iterator[Finding]:
    """On the lab itself, and on the plan of the next one (`ahead`), which can do something about it."""
    for line in lines:
        if line.voice is None or QUIET <= line.voice <= LOUD:
            continue
        facts = {"group": line.name, "lab": lab, "ratio": ratio_shown(line.voice)}
        if line.voice > LOUD:
            words = (
                _PLAN_LOUD
                if ahead
                else _("“%(group)s” spoke far more than its share: voice ratio %(ratio)s.")
            )
        else:
            words = _PLAN_QUIET if ahead else _("“%(group)s” was hardly heard: voice ratio %(ratio)s.")
        yield warn("R54", words % facts)


_PLAN_LOUD = _(
    "In %(lab)s “%(group)s” spoke far more than its share: voice ratio %(ratio)s. Plan how others get their turn."
)
_PLAN_QUIET = _(
    "In %(lab)s “%(group)s” was hardly heard: voice ratio %(ratio)s. Plan how its people get their turn."
)


@rule("R55", when=_("An idea of a lab was decided elsewhere"), strength=Strength.SHOW)
def an_idea_decided_elsewhere_is_shown(idea: DecidedElsewhere) -> Iterator[Finding]:
    """Taken away and settled elsewhere is participation, not co-production: say who and why."""
    if idea.elsewhere_by:
        facts = {"who": idea.elsewhere_by, "why": idea.elsewhere_why}
        yield show("R55", _("Decided elsewhere by %(who)s, because: %(why)s") % facts)
    if bool(idea.elsewhere_by.strip()) != bool(idea.elsewhere_why.strip()):
        missing = "elsewhere_why" if idea.elsewhere_by.strip() else "elsewhere_by"
        yield refuse("R55", _("Say who decided it, and why."), subject=missing)


def turns_stay_countable(*, now: int, added: int) -> Iterator[Finding]:
    if not added:
        yield refuse("C10", _("Enter how many turns."), subject="turns")
    if now + added < 0:
        yield refuse("C10", _("A group cannot have fewer than no turns."), subject="turns")


def the_day_has_come(day: date, *, today: date) -> Iterator[Finding]:
    if today < day:
        yield refuse("C10", _("The lab is still to come. Write down who came once it has begun."))


def the_count_holds_the_seats(
    counts: Mapping[str, int], named: Mapping[str, int], names: Mapping[str, str]
) -> Iterator[Finding]:
    """`named` are the people known by name in each group: never more than were counted."""
    for group, count in counts.items():
        if count < 0:
            yield refuse("C10", _("Enter 0 or more."), subject=f"group_{group}")
        elif named.get(group, 0) > count:
            message = _("%(group)s: you named more people than you counted.") % {
                "group": names.get(group, "")
            }
            yield refuse("C10", message, subject=f"group_{group}")


def dissent_is_told_of_a_sponsor(how: str, dissent: str) -> Iterator[Finding]:
    """C10: when the sponsor decides alone, who saw it differently stands beside it, or that nobody did."""
    if how == How.SPONSOR and not dissent.strip():
        yield refuse("C10", _("Say who saw it differently, or that nobody did."), subject="dissent")


def a_prototype_is_told(what: str, expect: str, how_know: str, begins: date, ends: date) -> Iterator[Finding]:
    if not what.strip():
        yield refuse("C10", _("Say what you will try."), subject="what")
    if not expect.strip():
        yield refuse("C10", _("Say what you expect."), subject="expect")
    if not how_know.strip():
        yield refuse("C10", _("Say how you will know."), subject="how_know")
    if ends < begins:
        yield refuse("C10", _("The last day is before the first."), subject="ends")


def a_result_follows_the_trial(
    result: str, next_step: str, *, begins: date, today: date
) -> Iterator[Finding]:
    if not result.strip():
        yield refuse("C10", _("Say what you found."), subject="result")
    if next_step not in Next.values:
        yield refuse("C10", _("Say whether you keep it, change it or stop it."), subject="next_step")
    if today < begins:
        yield refuse("C10", _("It has not begun yet."), subject="result")
