"""The pictures of the summary, each with its sentence and its table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coproduce.core.findings import Words
from coproduce.ui.plots import Plot, dumbbell, heat_map
from coproduce.ui.plots_of_answers import MiddleWords, MoveWords, columns, marked_bars, ranges, slopes
from coproduce_engine.what_may_be_said import cell

from ..queries import GroupLine, GroupSpread, IntentLine, LevelSpread, Movement, Summary, saying
from ..terms import HIGHEST_RATING, LOWEST_RATING, Level, mean_shown, rating_shown

# Where a count from one to four is hidden, every such cell is drawn alike.
_HIDDEN = 2.5


@dataclass(frozen=True)
class Move:
    """One level of the second answers: its picture and its sentences."""

    title: Words
    lines: list[str]
    plot: Plot | None


def of_levels(found: Summary) -> dict[str, Plot | None]:
    """Means by group, then each rated level by itself."""
    me, around = found.spreads[Level.ME], found.spreads[Level.AROUND]
    return {
        "levels": _levels(found),
        "me": _columns(_("Level 1: how it changes things for me"), me),
        "me_by_group": _sides(me),
        "around": _columns(_("Level 2: how it changes things for people around me"), around),
        "around_by_group": _ranges(around),
    }


def of_intentions(found: Summary, may_read_answers: bool) -> dict[str, Plot | None]:
    """Who cannot read the answers themselves sees no count of a group from one to four either."""
    return {"intents": _intents(found), "intents_by_group": _intents_by_group(found, may_read_answers)}


def of_movements(found: Summary) -> list[Move]:
    return [_move(moved) for moved in found.movements.values()]


def _levels(found: Summary) -> Plot:
    sentence = _("On average people rate themselves %(me)s and people around them %(around)s.")
    values: list[tuple[Words, float | None, float | None]] = [
        (line.name, line.me, line.around) for line in found.groups
    ]
    return dumbbell(
        _("Me, and people around me"), sentence % {"me": mean_shown(found.me), "around": mean_shown(found.around)},
        [*values, (_("All"), found.me, found.around)],
        head=(_("Group"), _("Level 1 (me)"), _("Level 2 (around me)")), least=-3, most=3, show=mean_shown,
    )  # fmt: skip


# The distribution of a level


def _middle_words() -> MiddleWords:
    return MiddleWords(
        _("middle answer"),
        _("middle half"),
        lambda low, high: _("%(low)s to %(high)s") % {"low": low, "high": high},
    )


def _columns(title: Words, found: LevelSpread) -> Plot | None:
    everyone = found.everyone
    if everyone.middle is None or everyone.lower is None or everyone.upper is None:
        return None
    words = [saying.on_the_scale(everyone, found.level), saying.skipped(everyone)]
    return columns(
        title, " ".join(filter(None, words)), everyone.counts, head=(_("Rating"), _("People")),
        say=saying.point_shown, words=_middle_words(), middle=everyone.middle, half=(everyone.lower, everyone.upper),
    )  # fmt: skip


def _sides(found: LevelSpread) -> Plot | None:
    """Level 1 by group: three counts each, and none from one to four."""
    groups = [group for group in found.groups if group.sides.says_something]
    if not groups:
        return None
    rows: list[tuple[Words, list[float | None]]] = [
        (group.name, [_HIDDEN if count is None else count for count in group.sides.shown]) for group in groups
    ]
    return heat_map(
        _("Level 1 by group"), _("“1–4” stands for fewer than five people, so that nobody is pointed at."),
        [_("Worse"), _("No change"), _("Better")], rows, corner=_("Group"), show=_count_or_few,
    )  # fmt: skip


def _ranges(found: LevelSpread) -> Plot | None:
    if not found.has_groups:
        return None
    head = [_("Group"), _("Middle answer"), _("Middle half")]
    with_agreement = bool(found.agreements)
    return ranges(
        _("Level 2 inside each group"), _within(found), [(group.name, _quartiles(group)) for group in found.groups],
        head=[*head, _("Agreement"), _("95% interval")] if with_agreement else head,
        more=[saying.agreement_cells(group) for group in found.groups] if with_agreement else (),
        silence=_("fewer than five answers"), words=_middle_words(),
        least=LOWEST_RATING, most=HIGHEST_RATING, say=saying.point_shown,
    )  # fmt: skip


def _within(found: LevelSpread) -> str:
    if not found.agreements:
        return saying.no_agreement()
    return " ".join([*(saying.agreement(group) for group in found.agreements), saying.agreement_scale()])


def _quartiles(group: GroupSpread) -> tuple[float, float, float] | None:
    spread = group.spread
    if spread is None or spread.lower is None or spread.middle is None or spread.upper is None:
        return None
    return spread.lower, spread.middle, spread.upper


# What people think the leaders want


def _intents(found: Summary) -> Plot:
    words = _("%(part)s of %(whole)s people named something that the leaders state.")
    seen = max(found.seen_not_stated, key=lambda line: line.people, default=None)
    gap = saying.not_stated(seen.people, seen.intent) if seen else saying.not_stated(0, None)
    values: list[tuple[Words, int, bool]] = [
        (line.intent.label, line.people, line.is_stated) for line in found.intents
    ]
    return marked_bars(
        _("What people think the leaders want"),
        f"{words % {'part': found.match.part, 'whole': found.match.whole}} {gap}",
        [*values, (_("I do not know"), found.dont_know_people, False)],
        head=(_("Intention"), _("People"), _("Stated?")), marked=_("stated"), unmarked=_("not stated"),
    )  # fmt: skip


def _intent(line: IntentLine) -> str:
    words = _("%(intent)s (stated)") if line.is_stated else _("%(intent)s (not stated)")
    return words % {"intent": line.intent.label}


def _intents_by_group(found: Summary, may_read_answers: bool) -> Plot:
    sentence = _("Each number is how many people of a group named it.")
    if not may_read_answers:
        sentence += " " + _("“1–4” stands for fewer than five people, so that nobody is pointed at.")
    lines = [(_intent(line), line.by_group) for line in found.intents]
    lines.append((_("I do not know"), found.dont_know))
    rows: list[tuple[Words, list[float | None]]] = [
        (label, _by_group(found.groups, counts, may_read_answers)) for label, counts in lines
    ]
    return heat_map(
        _("Intention by group"), sentence, [group.code for group in found.groups], rows,
        corner=_("Intention"), show=_count_or_few,
    )  # fmt: skip


def _by_group(groups: list[GroupLine], counts: dict[str, int], all_shown: bool) -> list[float | None]:
    found = [counts.get(group.code, 0) for group in groups]
    return [count if all_shown or cell(count) is not None else _HIDDEN for count in found]


def _count_or_few(count: float) -> str:
    return "1–4" if count == _HIDDEN else f"{count:g}"


# Second answers


def _move(found: Movement) -> Move:
    title = {Level.ME: _("Level 1 (me)"), Level.AROUND: _("Level 2 (around me)")}[found.level]
    if not found.shift.moved:
        return Move(title, [saying.nobody_moved(found)], None)
    if found.could_be_recognised:
        return Move(title, [saying.too_few_to_draw()], None)
    says: list[Any] = [saying.mean_move, saying.closer, saying.leaning, saying.too_few]
    return Move(title, [line for line in (say(found) for say in says) if line], _slopes(found))


def _slopes(found: Movement) -> Plot:
    title = _("From first to second answer, level %(level)s") % {"level": int(found.level)}
    return slopes(
        title, saying.moved(found), [int(point) for point in found.transitions.scale], found.transitions.counts,
        corner=_("From the first answer (row) to the second (column)"), total=_("People"),
        ends=(_("First answer"), _("Second answer")),
        words=MoveWords(
            _("higher"), _("the same"), _("lower"),
            _("Each line is one person."), _("The thicker the line, the more people."),
        ),
        say=lambda point: rating_shown(int(point)),
    )  # fmt: skip
