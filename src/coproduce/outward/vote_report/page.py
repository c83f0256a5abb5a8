"""The report: one file that opens in any browser, without a network and without a script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from coproduce_engine.opinion.results import Held, Side, Tally

from . import pictures, wording
from .as_json import LETTERS
from .found import Found, interval


@dataclass(frozen=True)
class Table:
    id: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Opinion:
    """One opinion group as it is told."""

    letter: str
    people: str
    share: str
    table: Table | None


def as_html(found: Found) -> str:
    """The page as text. It holds no person's row, only counts."""
    css = (Path(__file__).parent / "report.css").read_text()
    return render_to_string("vote_report/report.html", {"css": css, **_context(found)})


def _context(found: Found) -> dict[str, Any]:
    analysis = found.analysis
    return {
        "found": found,
        "conversation": found.conversation,
        "title": found.conversation.topic or _("A conversation without a title"),
        "facts": [
            (_("People whose votes count"), wording.number(analysis.people)),
            (_("Votes"), wording.number(analysis.votes)),
            (_("Statements that count"), wording.number(len(found.counted))),
            (_("Statements taken out by moderation"), wording.number(len(analysis.left_out))),
        ],
        "short": [
            wording.of_common_ground(found), wording.of_what_divides(found),
            wording.of_opinion_groups(found),
        ],
        "common": pictures.of_common_ground(found),
        "common_rest": _rest_of_common(found),
        "divides": pictures.of_what_divides(found),
        "no_division": wording.of_what_divides(found),
        "opinions": [_opinion(found, place) for place in range(len(analysis.groups))],
        "no_groups": wording.of_opinion_groups(found),
        "stability": wording.of_stability(found),
        "map": pictures.of_opinions(found),
        "by_group": _by_group(found),
        "given": _given(found),
        "tallies": _tallies(found),
        "limits": list(wording.limits(found)),
    }  # fmt: skip


def _rest_of_common(found: Found) -> Table | None:
    rest = found.common[pictures.MOST_ROWS :]
    if not rest:
        return None
    rows = [
        [_numbered(found, one.statement), wording.side(one.side), wording.at_least(one.least)] for one in rest
    ]
    return Table(
        "more-common-ground", _("More common ground"), (_("Statement"), _("Side"), _("At least")), rows
    )


def _numbered(found: Found, statement: int) -> str:
    return f"{found.number(statement)}. {found.text(statement)}"


def _opinion(found: Found, place: int) -> Opinion:
    group = found.analysis.groups[place]
    letter = LETTERS[group.number]
    caption = _("What group %(letter)s holds more than the others") % {"letter": letter}
    head = (_("Statement"), _("Side"), _("Group %(letter)s") % {"letter": letter}, _("The others"))
    rows = [_held(found, held) for held in group.held]
    return Opinion(
        letter, wording.number(group.people), wording.per_cent(group.people / (found.analysis.placed or 1)),
        Table(f"group-{letter}", caption, head, rows) if rows else None,
    )  # fmt: skip


def _held(found: Found, held: Held) -> list[str]:
    shares = (tally.share(held.side) for tally in (held.inside, held.outside))
    return [
        _numbered(found, held.statement),
        wording.side(held.side),
        *("–" if share is None else wording.per_cent(share) for share in shares),
    ]


def _given(found: Found) -> Table | None:
    given = found.analysis.given
    if given is None:
        return None
    fewer = _("fewer than %(least)s") % {"least": found.small_number}
    rows = [
        [name, fewer if place in given.too_small else wording.number(int(people))]
        for place, (name, people) in enumerate(zip(given.names, given.people, strict=True))
    ]
    return Table("who", _("Who voted, by group"), (_("Group"), _("People")), rows)


def _by_group(found: Found) -> Table | None:
    given = found.analysis.given
    if given is None:
        return None
    shown = [place for place in range(len(given.names)) if place not in given.too_small]
    rows = [
        [_numbered(found, one), *(_agree_of(found.by_group[place][one]) for place in shown)]
        for one in found.counted
    ]
    caption = _("Of those who saw a statement: how many agree, and how many disagree")
    return Table("by-group", caption, (_("Statement"), *(given.names[place] for place in shown)), rows)


def _agree_of(tally: Tally | None) -> str:
    if tally is None:
        return "–"
    return f"{_say(tally.share(Side.AGREE))} / {_say(tally.share(Side.DISAGREE))}"


def _say(share: float | None) -> str:
    return "–" if share is None else wording.per_cent(share)


def _tallies(found: Found) -> Table:
    head = (
        _("Statement"), _("Agree"), _("Disagree"), _("Pass"), _("Saw it"), _("Share who agree"),
        _("Range"), _("Group-aware"),
    )  # fmt: skip
    return Table("tallies", _("How everybody voted"), head, list(_tally_rows(found)))


def _tally_rows(found: Found) -> Iterator[Sequence[str]]:
    for place in found.counted:
        tally = found.analysis.everybody[place]
        ends = interval(tally, Side.AGREE)
        yield (
            _numbered(found, place), *map(wording.number, (tally.agree, tally.disagree, tally.passed, tally.seen)),
            _say(tally.share(Side.AGREE)),
            "–" if ends is None else f"{wording.per_cent(ends.low)} – {wording.per_cent(ends.high)}",
            f"{found.analysis.group_aware[place]:.2f}" if found.analysis.groups else "–",
        )  # fmt: skip
