"""All results for other programs. `docs/how-to/analyse-votes.md` says what each name means; a test holds it to that."""

from typing import Any

from coproduce_engine.opinion.picture import spots
from coproduce_engine.opinion.results import NOT_PLACED, Divided, Held, Shared, Side, Tally

from .found import Found, interval

FORMAT = "coproduce-votes-1"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def as_data(found: Found) -> dict[str, Any]:
    """Plain lists and numbers. What nobody's votes can fix is null."""
    conversation, analysis = found.conversation, found.analysis
    return {
        "format": FORMAT,
        "made_by": f"coproduce {found.version}",
        "made_at": found.made_at.isoformat(timespec="seconds"),
        "method": found.method,
        "seed": found.seed,
        "small_number": found.small_number,
        "topic": conversation.topic,
        "attribution": conversation.attribution,
        "people": analysis.people,
        "placed": analysis.placed,
        "votes": analysis.votes,
        "notes": list(conversation.notes),
        "advice": found.advice,
        "statements": [_statement(found, place) for place in range(analysis.statements)],
        "given_groups": _given(found),
        "common_ground": [_shared(found, one) for one in found.shared],
        "divides": [_divided(found, one) for one in analysis.given.divided] if analysis.given else [],
        "splits": [_split(found, one.statement, one.least) for one in found.split],
        "opinion_groups": _opinion_groups(found),
        "stability": {
            "resamples": analysis.stability.resamples,
            "same_number": _number(analysis.stability.same_number),
            "agreement": _number(analysis.stability.agreement),
            "is_clear": bool(analysis.stability.is_clear),
            "why_not": analysis.stability.why_not,
        },
        "plane": {
            "explained": [_number(part) for part in analysis.explained],
            "components": [[_number(cell) for cell in row] for row in analysis.components.tolist()],
            "means": [_number(mean) for mean in analysis.means.tolist()],
        },
        "map": [
            {"x": spot.x, "y": spot.y, "people": spot.people, "group": _letter(spot.group)}
            for spot in spots(analysis)
        ],
        "voters": _voters(found),
    }


def _number(value: float) -> float | None:
    return float(value) if value == value and abs(value) != float("inf") else None


def _letter(group: int) -> str | None:
    return None if group == NOT_PLACED else LETTERS[group % len(LETTERS)]


def _tally(tally: Tally | None) -> dict[str, int] | None:
    return None if tally is None else {"agree": tally.agree, "disagree": tally.disagree, "pass": tally.passed}


def _statement(found: Found, place: int) -> dict[str, Any]:
    tally, is_counted = found.analysis.everybody[place], place not in found.analysis.left_out
    ranges = {side: interval(tally, side) for side in Side}
    return {
        "id": found.number(place),
        "text": found.text(place),
        "is_counted": is_counted,
        **(_tally(tally) or {}),
        **{f"{side}_range": None if ends is None else [ends.low, ends.high] for side, ends in ranges.items()},
        "group_aware": _number(float(found.analysis.group_aware[place])) if is_counted else None,
        "routing": _number(float(found.analysis.routing[place])) if is_counted else None,
        "by_group": _by_group(found, [tallies[place] for tallies in found.by_group]),
    }


def _by_group(found: Found, tallies: list[Tally | None]) -> dict[str, Any]:
    return {name: _tally(tally) for name, tally in zip(found.conversation.groups, tallies, strict=True)}


def _given(found: Found) -> list[dict[str, Any]]:
    given = found.analysis.given
    if given is None:
        return []
    return [
        {"name": name, "people": int(people), "is_too_small": place in given.too_small}
        for place, (name, people) in enumerate(zip(given.names, given.people, strict=True))
    ]


def _shared(found: Found, one: Shared) -> dict[str, Any]:
    given = found.analysis.given
    return {
        "id": found.number(one.statement),
        "side": str(one.side),
        "at_least": one.least,
        "lowest_group": given.names[one.lowest_group] if given else None,
        "equal_weight": _number(one.equal_weight),
        "one_person_one_vote": _number(one.one_person_one_vote),
    }


def _divided(found: Found, one: Divided) -> dict[str, Any]:
    names = found.conversation.groups
    return {
        "id": found.number(one.statement),
        "highest_group": names[one.highest_group],
        "lowest_group": names[one.lowest_group],
        "difference": one.difference,
        "range": [_number(one.interval.low), _number(one.interval.high)],
    }


def _split(found: Found, place: int, least: float) -> dict[str, Any]:
    return {"id": found.number(place), "smaller_side_at_least": least}


def _opinion_groups(found: Found) -> list[dict[str, Any]]:
    return [
        {
            "letter": _letter(group.number),
            "people": group.people,
            "centre": [float(group.centre[0]), float(group.centre[1])],
            "holds": [_held(found, held) for held in group.held],
        }
        for group in found.analysis.groups
    ]


def _held(found: Found, held: Held) -> dict[str, Any]:
    return {
        "id": found.number(held.statement),
        "side": str(held.side),
        "inside": _tally(held.inside),
        "outside": _tally(held.outside),
        "p_value": _number(held.p_value),
    }


def _voters(found: Found) -> list[dict[str, Any]]:
    """Under the numbers that the files have: whoever has this file has those."""
    own = (found.conversation.votes.indptr[1:] - found.conversation.votes.indptr[:-1]).tolist()
    places, groups = found.analysis.positions.tolist(), found.analysis.group_of.tolist()
    return [
        {"id": person, "votes": votes, "x": _number(x), "y": _number(y), "group": _letter(group)}
        for person, votes, (x, y), group in zip(found.conversation.people, own, places, groups, strict=True)
    ]
