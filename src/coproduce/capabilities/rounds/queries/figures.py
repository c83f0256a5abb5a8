"""The figures of a sealed round (domain.md C4), computed by the engine from the answers sealed on time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects.terms import Intent
from coproduce.core.findings import Finding
from coproduce_engine import three_levels as engine
from coproduce_engine.three_levels import Contrast, Share, Shift

from .. import rules
from ..models import Invitation, OpenedAnswer, Round, SecondAnswer
from ..terms import Level, Written
from .doors import invitations_of
from .intention import Named, SharedView, shared_view
from .levels import LevelSpread, level_spread
from .movement import Movement, movement
from .opened import opened_answers, second_answers

RATED = (Level.ME, Level.AROUND)
# Where a figure needs chance it begins here, in every round: so nobody can pick a beginning that suits them.
SEED = 1


@dataclass(frozen=True)
class GroupLine:
    """One group: who answered on time, and what they think on average at levels 1 and 2."""

    code: str
    name: str
    response: Share
    me: float | None
    around: float | None


@dataclass(frozen=True)
class IntentLine:
    """One intent: how many people of each group named it, beside whether the leaders state it."""

    intent: Intent
    by_group: dict[str, int]
    is_stated: bool

    @property
    def people(self) -> int:
        return sum(self.by_group.values())


@dataclass(frozen=True)
class Summary:
    """All measures of one round. `late` answers are kept and counted in none of the others."""

    independence: Share
    late: int
    groups: list[GroupLine]
    me: float | None
    around: float | None
    contrast: Contrast
    intents: list[IntentLine]
    dont_know: dict[str, int]
    match: Share
    shared: SharedView
    spreads: dict[Level, LevelSpread]
    movements: dict[Level, Movement]
    findings: list[Finding]
    seed: int

    @property
    def shift(self) -> Shift | None:
        """How level 1 moved."""
        found = self.movements.get(Level.ME)
        return found.shift if found else None

    @property
    def dont_know_people(self) -> int:
        return sum(self.dont_know.values())

    @property
    def seen_not_stated(self) -> list[IntentLine]:
        """Intents that people see and the leaders do not state."""
        return [line for line in self.intents if line.people and not line.is_stated]


def summary(the_round: Round) -> Summary:
    """Every figure of the round; raises NotThere before the seal. Three queries."""
    opened = list(opened_answers(the_round))
    invited = [one for one in invitations_of(the_round) if not one.came_late]
    on_time = [one for one in opened if not one.is_late]
    picked = [(_group(one), one.written) for one in on_time]
    groups = _groups(invited, on_time)
    return Summary(
        independence=engine.independence(sealed_on_time=len(on_time), invited=len(invited)),
        late=len(opened) - len(on_time),
        groups=groups,
        me=engine.mean(one.me_rating for one in on_time),
        around=engine.mean(one.around_rating for one in on_time),
        contrast=engine.level_contrast((one.me_rating, one.around_rating) for one in on_time),
        intents=_intents(the_round, picked),
        dont_know=_dont_know(picked),
        match=engine.match(
            [written.intention.picked for _code, written in picked],
            the_round.stated_intents,
        ),
        shared=shared_view([_named(one) for one in on_time]),
        spreads={level: _spread(level, groups, on_time) for level in RATED},
        movements=_movements(the_round, on_time),
        findings=list(rules.small_groups_could_be_recognised({g.name: g.response.part for g in groups})),
        seed=SEED,
    )


def _group(one: OpenedAnswer) -> str:
    return one.invitation.group_code


def _groups(invited: Sequence[Invitation], on_time: Sequence[OpenedAnswer]) -> list[GroupLine]:
    names = {one.group_code: one.group_name for one in invited}
    response = engine.response_by_group([one.group_code for one in invited], map(_group, on_time))
    me = engine.means_by_group((_group(one), one.me_rating) for one in on_time)
    around = engine.means_by_group((_group(one), one.around_rating) for one in on_time)
    return [
        GroupLine(code, names[code], response[code], me.get(code), around.get(code))
        for code in sorted(names, key=lambda code: (len(code), code))
    ]


def _intents(the_round: Round, picked: Iterable[tuple[str, Written]]) -> list[IntentLine]:
    """Stated intents first, then the others that somebody named, most often named first."""
    stated = the_round.stated_intents
    table = engine.intention_table((code, written.intention.picked) for code, written in picked)
    lines = [IntentLine(intent, table.get(intent, {}), intent in stated) for intent in Intent]
    shown = [line for line in lines if line.people or line.is_stated]
    return sorted(shown, key=lambda line: (not line.is_stated, -line.people))


def _dont_know(picked: Iterable[tuple[str, Written]]) -> dict[str, int]:
    table = engine.intention_table(
        (code, ["?"] if written.intention.dont_know else []) for code, written in picked
    )
    return table.get("?", {})


def _named(one: OpenedAnswer) -> Named:
    leads = one.invitation.group_kind == GroupKind.LEADERS
    return Named(frozenset(one.written.intention.picked), leads)


def _rating(one: OpenedAnswer | SecondAnswer, level: Level) -> int | None:
    return one.me_rating if level == Level.ME else one.around_rating


def _spread(level: Level, groups: Sequence[GroupLine], on_time: Sequence[OpenedAnswer]) -> LevelSpread:
    given: dict[str, list[int | None]] = {}
    for one in on_time:
        given.setdefault(_group(one), []).append(_rating(one, level))
    return level_spread(level, given, {group.code: group.name for group in groups}, seed=SEED)


def _movements(the_round: Round, on_time: Sequence[OpenedAnswer]) -> dict[Level, Movement]:
    second = second_answers(the_round)
    both = [(one, second[one.invitation_id]) for one in on_time if one.invitation_id in second]
    found = {
        level: movement(level, [(_rating(one, level), _rating(two, level)) for one, two in both], seed=SEED)
        for level in RATED
    }
    return {level: moved for level, moved in found.items() if moved}


def contrast_words(found: Contrast) -> Any:
    """What the comparison of the levels says in one sentence."""
    if found.lower > found.higher:
        return _("More people fear for others than for themselves.")
    if found.higher > found.lower:
        return _("More people hope for others than for themselves.")
    return _("As many people rate others lower than themselves as higher.")
