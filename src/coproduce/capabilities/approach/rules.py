"""Which approach a decision calls for, and what may be promised about it: R06–R10."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects import rules as foreword
from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, Words, refuse, rule, show, warn

from .terms import DECISION, PROMISES, QUESTIONS, Complexity, Dial, Level, Said, Suggestion

grid(
    DECISION,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.RUN: {Role.FACILITATOR, Role.MANAGER},
    },
)

_POINTS = {Said.YES: 2, Said.PARTLY: 1, Said.NO: 0, Said.NOT_SURE: 0}
_MANY_NOT_SURE = 3
FEWEST_MET = 3


class HasLevel(Protocol):
    level: str


def suggested(answers: Mapping[str, str]) -> Suggestion:
    """The kind of challenge that five answers point to; pure, the same for everyone."""
    said = {name: Said(answers.get(name) or Said.NOT_SURE) for name in QUESTIONS}
    unsure = sum(one == Said.NOT_SURE for one in said.values())
    people = _POINTS[said["daily_lives"]] + _POINTS[said["differs"]]
    known, specialist = _POINTS[said["known_method"]], _POINTS[said["specialist"]]
    if said["too_fast"] == Said.YES:
        return _because(
            Complexity.CHAOTIC, _("Things change so fast that acting comes before understanding.")
        )
    if unsure >= _MANY_NOT_SURE:
        return _because(Complexity.NOT_SURE, _("Three or more of the five answers are “not sure”."))
    if people >= _POINTS[Said.YES]:
        return _of_people(said, contradicted=known == _POINTS[Said.YES])
    if known == _POINTS[Said.YES]:
        words = (_("There is a way that works nearly every time."), _DEPENDS_LITTLE)
        return _because(Complexity.SIMPLE, *words)
    if specialist:
        return _because(Complexity.COMPLICATED, _("A specialist could work out the answer."), _DEPENDS_LITTLE)
    return _because(Complexity.NOT_SURE, _("No answer points clearly to one kind of challenge."))


_DEPENDS_LITTLE = _("The result depends little on people’s daily lives.")


def _of_people(said: Mapping[str, Said], *, contradicted: bool) -> Suggestion:
    reasons: list[Words] = []
    if said["daily_lives"] in {Said.YES, Said.PARTLY}:
        reasons.append(_("The result depends on people’s relationships, habits or daily lives."))
    if said["differs"] in {Said.YES, Said.PARTLY}:
        reasons.append(_("The same answer has worked differently in different places."))
    if contradicted:
        against = _("But you also say that one way works nearly every time: both cannot be so.")
        return _because(Complexity.NOT_SURE, *reasons, against)
    return _because(Complexity.COMPLEX, *reasons)


def _because(complexity: Complexity, *reasons: Words) -> Suggestion:
    return Suggestion(complexity, reasons)


def a_decision_is_in_order(words: str, answers: Mapping[str, str]) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("approach", _("Say in a few words what is to be decided."), subject="words")
    for name in QUESTIONS:
        if answers.get(name) not in set(Said):
            yield refuse("approach", _("Choose an answer; “not sure” is one too."), subject=name)


def a_level_is_in_order(level: str, decides: int | None, acts: int | None) -> Iterator[Finding]:
    if level not in set(Level):
        yield refuse("approach", _("Choose a place on the spectrum."), subject="level")
    for name, dial in (("decides", decides), ("acts", acts)):
        if dial not in set(Dial):
            yield refuse("approach", _("Choose a number from 0 to 4."), subject=name)


def a_level_follows_the_complexity(*, confirmed: bool) -> Iterator[Finding]:
    if not confirmed:
        words = _("First say which kind of challenge it is: a person confirms what the answers suggest.")
        yield refuse("approach", words, subject="level")


def what_is_decided_is_only_told(written: foreword.HasForeword, level: str) -> Iterator[Finding]:
    """R06 blocks “consult” and above."""
    if level in set(Level) and Level(level).asks_people:
        yield from foreword.only_informing_is_honest(written, subject="level")


_PROTESTS: dict[tuple[str, str], Words] = {
    (Complexity.SIMPLE, Level.CO_PRODUCE): _("It looks simple, and you choose to co-produce it. Say why."),
    (Complexity.CHAOTIC, Level.CO_PRODUCE): _("It looks chaotic, and you choose to co-produce it. Say why."),
    (Complexity.COMPLEX, Level.INFORM): _("It looks complex, and you choose only to inform. Say why."),
}


@rule("R07", when=_("The level does not fit the kind of challenge"), strength=Strength.WARN)
def the_level_fits_the_challenge(complexities: Collection[str], level: str) -> Iterator[Finding]:
    """Of what the answers suggest and of what a person confirmed, each for itself."""
    found = (_PROTESTS.get((complexity, level)) for complexity in dict.fromkeys(complexities))
    for words in [words for words in found if words][:1]:
        yield warn("R07", words, subject="reason")


def an_odd_choice_has_its_reason(protests: Sequence[Finding], reason: str) -> Iterator[Finding]:
    """R07 asks for a reason; with one, the warning alone stays."""
    if protests and not reason.strip():
        yield refuse("approach", protests[0].message, subject="reason")


@rule("R08", when=_("One level is given for the whole project"), strength=Strength.WARN)
def each_decision_has_a_level_of_its_own(decisions: Iterable[HasLevel]) -> Iterator[Finding]:
    if len([one for one in decisions if one.level]) == 1:
        words = _(
            "Only one decision has a level. Do not label the whole project: set a level for each decision."
        )
        yield warn("R08", words, subject="decisions")


@rule(
    "R09",
    when=_("The level is co-produce and citizens hold less than half of the decision"),
    strength=Strength.WARN,
)
def co_production_shares_the_decision(level: str, decides: int | None) -> Iterator[Finding]:
    if level == Level.CO_PRODUCE and decides is not None and decides < Dial.SHARED:
        words = _(
            "Citizens hold less than half of this decision. That is to involve people, not to co-produce."
        )
        yield warn("R09", words, subject="decides")


@rule("R10", when=_("A level is chosen, and when people say what they met"), strength=Strength.SHOW)
def the_promise_is_shown(level: str, promise: str, met: Sequence[Level]) -> Iterator[Finding]:
    if level:
        words = _("Our promise: %(promise)s")
        yield show("R10", words % {"promise": promise or PROMISES[level]}, subject="level")
        if len(met) >= FEWEST_MET:
            yield show("R10", compared(Level(level), met), subject="level")


def middle_of(met: Sequence[Level]) -> Level | None:
    """The middle of what people say they met, the lower of two; nothing below three answers."""
    if len(met) < FEWEST_MET:
        return None
    return sorted(met, key=lambda level: level.place)[(len(met) - 1) // 2]


def compared(planned: Level, met: Sequence[Level]) -> Words:
    """Planned beside met, in one sentence."""
    middle = middle_of(met)
    if middle is None:
        return _("Fewer than three people have said what they met, so it is not shown.")
    as_much = sum(level.place >= planned.place for level in met)
    facts = {
        "planned": planned.label, "middle": middle.label, "as_much": as_much, "all": len(met),
    }  # fmt: skip
    if middle.place < planned.place:
        words = _(
            "Planned: %(planned)s. The middle of what people met: %(middle)s, less than was promised. "
            "%(as_much)s of %(all)s people met as much as was promised, or more."
        )
    elif middle.place == planned.place:
        words = _(
            "Planned: %(planned)s. The middle of what people met is the same. "
            "%(as_much)s of %(all)s people met as much as was promised, or more."
        )
    else:
        words = _(
            "Planned: %(planned)s. The middle of what people met: %(middle)s, more than was promised. "
            "%(as_much)s of %(all)s people met as much as was promised, or more."
        )
    return words % facts
