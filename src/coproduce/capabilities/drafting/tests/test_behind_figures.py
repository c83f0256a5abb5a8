"""Each figure and the suggestions behind it, the streams to the versions, and the shares of the groups."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.capabilities.drafting.rules.behind import (
    ANSWERED,
    IN_TIME,
    LATE,
    NEXT,
    TAKEN_IN,
    WAITING,
    WITHDRAWN,
    Selection,
    behind,
)
from coproduce.capabilities.drafting.rules.fairness import fairness_of
from coproduce.capabilities.drafting.rules.figures import Fact, figures_of
from coproduce.capabilities.drafting.rules.lineage import End, end_of, landed, lineage_of
from coproduce.capabilities.drafting.terms import Outcome

PROMISED = date(2025, 9, 2)
GROUPS = ["Carers", "Staff", "Public"]


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    outcome = draw(st.sampled_from(["", *Outcome.values]))
    taken = outcome in (Outcome.ACCEPTED, Outcome.IN_PART)
    return Fact(
        draw(st.sampled_from(["add", "change"])), draw(st.sampled_from(["1. Why", "2. How", ""])),
        draw(st.sampled_from(GROUPS)), draw(st.integers(1, 6)), date(2025, 8, 4),
        draw(st.sampled_from([PROMISED, None])), outcome,
        draw(st.sampled_from(["COST", "LAW"])) if outcome not in ("", Outcome.ACCEPTED) else "",
        PROMISED + timedelta(draw(st.integers(-2, 2))) if outcome else None,
        draw(st.sampled_from(["0.9", "0.10", ""])) if taken else "",
        is_withdrawn=not outcome and draw(st.booleans()),
    )  # fmt: skip


many = st.lists(facts(), max_size=30)


def count(found: list[Fact], **asked: str) -> int:
    return len(behind(found, Selection(**asked)))


@given(many)
def test_each_figure_counts_exactly_the_suggestions_behind_it(found: list[Fact]) -> None:
    figures = figures_of(found, GROUPS, "england")

    assert count(found) == figures.total
    assert count(found, answer=ANSWERED) == sum(figures.outcomes.values())
    assert count(found, answer=TAKEN_IN) == figures.taken_in.part
    assert count(found, time=IN_TIME) == figures.on_time.part
    assert count(found, time=IN_TIME) + count(found, time=LATE) == figures.on_time.whole
    for share in figures.by_group:
        assert count(found, group=share.name) == share.whole
        assert count(found, group=share.name, answer=TAKEN_IN) == share.part
    for asked, counts in {
        "answer": figures.outcomes.items(), "reason": figures.reasons, "kind": figures.kinds.items(),
        "section": figures.sections, "version": figures.versions,
    }.items():  # fmt: skip
        for value, number in counts:
            if value:
                assert count(found, **{asked: value}) == number


@given(many)
def test_every_suggestion_is_in_exactly_one_stream(found: list[Fact]) -> None:
    streams = lineage_of(found, GROUPS)

    assert streams.total == len(found)
    asked = {"next_version": NEXT, "waiting": WAITING, "withdrawn": WITHDRAWN}
    for stream in streams.streams:
        answer = TAKEN_IN if stream.end.version else asked.get(stream.end.answer, stream.end.answer)
        version = {"version": stream.end.version} if stream.end.version else {}
        assert count(found, group=stream.group, answer=answer, **version) == stream.size
    assert sum(landed(found).values()) == sum(stream.size for stream in streams.streams if stream.end.version)


@given(many)
def test_the_shares_of_the_groups_add_up_to_those_of_everyone(found: list[Fact]) -> None:
    fairness = fairness_of(found, GROUPS)

    assert sum(line.made for line in fairness.groups) == fairness.everyone.made
    assert sum(line.taken_in for line in fairness.groups) == fairness.everyone.taken_in
    assert fairness.everyone.people == len({fact.author for fact in found})
    for line in fairness.groups:
        assert (line.percent is None) is (line.made < 5)
        assert (line.interval is None) is (line.made < 8)
        assert line.interval is None or line.taken_in / line.made in line.interval


def fact(group: str, outcome: str = "accepted", version: str = "0.4", **more: object) -> Fact:
    plain = Fact(
        "add", "", group, object(), PROMISED, None, outcome, "", PROMISED, version if outcome else ""
    )
    return plain._replace(**more)  # type: ignore[arg-type]


def test_ends_are_the_versions_by_their_numbers_and_then_the_other_answers() -> None:
    found = [
        fact("Staff", version="0.10"), fact("Carers", version="0.9"), fact("Carers", "declined", ""),
        fact("Carers", "", ""), fact("Staff", version=""), fact("Staff", "", "", is_withdrawn=True),
    ]  # fmt: skip
    streams = lineage_of(found, GROUPS)
    assert streams.groups == ["Carers", "Staff"]
    assert streams.ends == [
        End("0.9"), End("0.10"), End(answer="next_version"), End(answer="declined"), End(answer="waiting"),
        End(answer="withdrawn"),
    ]  # fmt: skip
    assert streams.of("Staff", End("0.10")) == 1
    assert Counter(map(end_of, found)).total() == 6


def test_groups_that_differ_as_chance_would_seldom_have_it_are_told_from_those_that_do_not() -> None:
    alike = [fact(group, outcome) for group in GROUPS for outcome in ["accepted"] * 4 + ["declined"] * 4]
    unlike = [fact("Staff")] * 10 + [fact("Carers", "declined", "")] * 10
    assert (fairness_of(alike, GROUPS).p or 0) > 0.9
    assert (fairness_of(unlike, GROUPS).p or 1) < 0.001


@pytest.mark.parametrize("found", [[], [fact("Staff")] * 20, [fact("Staff"), *[fact("Carers")] * 3]])
def test_one_group_or_few_suggestions_are_not_compared(found: list[Fact]) -> None:
    assert fairness_of(found, GROUPS).p is None


def test_an_unknown_question_finds_nothing() -> None:
    found = [fact("Staff")]
    assert not behind(found, Selection(answer="noted"))
    assert not behind(found, Selection(time="soon"))
