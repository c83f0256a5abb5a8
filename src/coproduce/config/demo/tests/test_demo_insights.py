"""What the example's votes say, held to figures that are worked out here from the votes themselves."""

from collections import Counter
from math import sqrt
from typing import Any

import pytest

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import SUGGESTION
from coproduce.capabilities.insights import queries
from coproduce.capabilities.people.queries import groups_of
from coproduce.capabilities.voting.models import Vote
from coproduce.capabilities.voting.queries import project_ballots
from coproduce.ui.onward import onward_from

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# 95 %, as the product has it.
_Z = 1.959964
CITIZENS, PROFESSIONALS = ("G1", "G2"), ("G3", "G4", "G5")


@pytest.fixture
def result(demo: Any) -> Any:
    [ballot] = project_ballots(demo.pk)
    return queries.final_of(ballot)


def counted(result: Any) -> dict[tuple[int, tuple[str, ...]], Counter[int]]:
    """The votes by statement number and side, by nothing but reading them."""
    found: dict[tuple[int, tuple[str, ...]], Counter[int]] = {}
    rows = Vote.objects.filter(voter__ballot_id=result.ballot_id)
    for number, code, value in rows.values_list("statement__number", "voter__group__code", "value"):
        side = CITIZENS if code in CITIZENS else PROFESSIONALS
        found.setdefault((number, side), Counter())[value] += 1
    return found


def lower(part: int, whole: int) -> float:
    """Wilson's lower bound, written out."""
    share = part / whole
    middle = share + _Z**2 / (2 * whole)
    reach = _Z * sqrt(share * (1 - share) / whole + _Z**2 / (4 * whole**2))
    return (middle - reach) / (1 + _Z**2 / whole)


def test_five_small_groups_are_shown_as_two_of_twelve(demo: Any, result: Any) -> None:
    figures = result.read()
    names = {group.code: group.name for group in groups_of(demo.pk)}
    assert [group.names for group in figures.groups] == [
        tuple(names[code] for code in CITIZENS), tuple(names[code] for code in PROFESSIONALS)
    ]  # fmt: skip
    assert [group.people for group in figures.groups] == [12, 12]
    assert (figures.voters, figures.unshown_people, figures.silence) == (24, 0, "")


def test_each_tally_is_that_of_the_votes_or_hidden(result: Any) -> None:
    votes = counted(result)
    hidden = 0
    for one in result.read().statements:
        sides = [votes.get((one.number, side), Counter()) for side in (CITIZENS, PROFESSIONALS)]
        both = sides[0] + sides[1]
        if both.total() < 10:
            assert one.everybody is None
            continue
        assert one.everybody == (both[1], both[-1], both[0])
        for side, cell in zip(sides, one.groups, strict=True):
            hidden += cell is None
            assert cell is None or cell == (side[1], side[-1], side[0])
        shown = [cell for cell in one.groups if cell]
        assert both.total() - sum(sum(cell) for cell in shown) == 0 or not shown or len(shown) == 1
    assert hidden


def test_common_ground_is_the_lower_of_the_two_bounds(result: Any) -> None:
    votes, figures = counted(result), result.read()
    assert figures.common
    for one in figures.common:
        number, side = figures.statements[one.statement].number, 1 if one.agree else -1
        tallies = [votes[number, group] for group in (CITIZENS, PROFESSIONALS)]
        bounds = [lower(tally[side], tally.total()) for tally in tallies]
        assert one.least == pytest.approx(min(bounds), abs=2e-4)
        shares = [tally[side] / tally.total() for tally in tallies]
        assert one.equal_weight == pytest.approx(sum(shares) / 2, abs=1e-4)
    assert [one.least for one in figures.common] == sorted(
        (one.least for one in figures.common), reverse=True
    )


def test_all_agree_to_know_who_comes_first(result: Any) -> None:
    figures = result.read()
    strongest = [figures.statements[one.statement].number for one in figures.common if one.least >= 0.5]
    assert {1, 5} <= set(strongest)
    assert 8 not in strongest


def test_one_result_is_evidence_for_a_suggestion(demo: Any, result: Any) -> None:
    suggestion = drafting.suggestion_by_ref(demo.pk, "S24")
    assert suggestion
    [link] = [one for one in onward_from(SUGGESTION, demo.pk, suggestion.pk) if one.ref == "V1.5"]
    tallies = [counted(result)[5, group] for group in (CITIZENS, PROFESSIONALS)]
    agree, seen = sum(tally[1] for tally in tallies), sum(tally.total() for tally in tallies)
    assert str(link.state).startswith(f"{agree} of {seen} agree")
    assert str(link.state).endswith(", 2 May 2025")
