"""The summary of a round says what its figures can carry, and is silent where they would mislead."""

import re
import subprocess
import sys
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.models import Person
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import queries
from coproduce.capabilities.rounds.queries import saying
from coproduce.capabilities.rounds.terms import Level
from coproduce.core.access import Role
from tests.permissions.checks import listening

from .factories import Table, a_person, an_open_table, words
from .worked import worked_round

pytestmark = pytest.mark.django_db


def visitor(table: Table, who: Person) -> tuple[Client, str]:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client, reverse(
        "rounds:summary", kwargs={"project_id": table.project.pk, "round_id": table.round.pk}
    )


def page_of(table: Table, who: Person) -> BeautifulSoup:
    client, place = visitor(table, who)
    response = client.get(place)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(table: Table, who: Person | None = None) -> str:
    return " ".join(page_of(table, who or table.person("P01")).get_text(" ").split())


def sealed(groups: dict[str, int], answers: dict[str, Any], second: dict[str, int] | None = None) -> Table:
    """Answers by code as (level 1, level 2, intent), then second ratings of level 1."""
    table = an_open_table(groups)
    for code, (me, around, intent) in answers.items():
        table.answer(code, words(code, me, around, intent))
    table.seal()
    for code, me in (second or {}).items():
        table.second(code, me)
    return table


def codes(count: int) -> list[str]:
    return [f"P{number:02}" for number in range(1, count + 1)]


@pytest.fixture
def worked() -> Table:
    return worked_round()


# The worked round


def test_each_level_of_the_worked_round_lies_where_its_answers_lie(worked: Table) -> None:
    found = queries.summary(worked.round)
    me, around = found.spreads[Level.ME].everyone, found.spreads[Level.AROUND].everyone
    assert me.counts == {-3: 0, -2: 3, -1: 5, 0: 4, 1: 6, 2: 4, 3: 0}
    assert (me.lower, me.middle, me.upper) == (-1, 0, 1)
    assert around.counts == {-3: 0, -2: 4, -1: 10, 0: 3, 1: 4, 2: 1, 3: 0}
    assert (around.lower, around.middle, around.upper) == (-1, -1, 0)


def test_the_moves_of_the_worked_round(worked: Table) -> None:
    moved = queries.summary(worked.round).movements[Level.ME]
    assert (moved.transitions.people, moved.transitions.moved) == (22, 8)
    counts = {
        (first - 3, second - 3): count
        for first, row in enumerate(moved.transitions.counts)
        for second, count in enumerate(row)
    }
    assert {pair: count for pair, count in counts.items() if count} == {
        (-2, -1): 3, (-1, -1): 4, (-1, 0): 1, (0, 0): 2, (0, 1): 2, (1, 1): 6, (2, 1): 2, (2, 2): 2,
    }  # fmt: skip
    assert round(moved.mean.mean, 2) == 0.18
    assert round(1 - moved.spread.ratio, 2) == 0.23
    assert 0.02 < moved.spread.p < 0.05
    assert moved.spread.interval.high < 1
    assert 0.25 < moved.mean.p < 0.33
    assert moved.mean.interval.low < 0 < moved.mean.interval.high
    assert (moved.polarisation.leaning, round(moved.polarisation.away, 2)) == (1, 0.18)


def test_the_page_of_the_worked_round_says_it_in_sentences(worked: Table) -> None:
    shown = text_of(worked)
    for sentence in (
        "This comes from the record: each was sealed before the round showed anyone another answer.",
        "The middle answer is 0. The middle half lies from −1 to +1. Each person speaks of their own life, so this "
        "spread is information, not error.",
        "The middle answer is −1. The middle half lies from −1 to 0. Each group speaks of its own people",
        "No group has 8 answers or more. Below that we show where answers lie, and no figure of agreement.",
        "5 people see “Free capacity, such as beds or time”, which the leaders do not state.",
        "Take any two of the 20 people who named something: 34% of the pairs have one in common (65 of 190).",
        "Fewer than 5 leaders answered. So their own answers are not set apart here.",
        "On average people moved by +0.18 (95% interval −0.10 to +0.44; p = 0.28). Chance alone could do this",
        "Views came closer together. That alone does not make them right",
        "The spread is 0.77 times what it was (95% interval 0.64 to 0.95; p = 0.03). Chance alone would seldom",
        "At first the mean leaned to the “better” side. It then moved further that way, by 0.18. It is the same move",
        "All 22 people who answered twice gave the same rating again.",
    ):
        assert sentence in shown, sentence


def test_the_page_never_claims_more_than_it_can(worked: Table) -> None:
    shown = text_of(worked).lower()
    for word in (
        "improve",
        "worsen",
        "significant",
        "noise",
        "bias",
        "consensus",
        "reliab",
        "proves",
        "correlat",
    ):
        assert word not in shown, word


def test_the_same_figures_come_each_time(worked: Table) -> None:
    one, again = text_of(worked), text_of(worked)
    assert one == again
    assert "begins at the number 1 in every round" in one


def test_the_summary_asks_few_questions_of_the_database(worked: Table) -> None:
    with listening() as asked:
        queries.summary(worked.round)
    assert asked.count() == 3
    client, place = visitor(worked, worked.person("P01"))
    with listening() as asked:
        assert client.get(place).status_code == 200
    assert asked.count() <= 12


def test_someone_who_may_not_read_answers_sees_no_small_count_of_a_group(worked: Table) -> None:
    observer = a_person("Olu Observer")
    projects.give_role(
        by=worked.facilitator, project_id=worked.project.pk, person=observer, role=Role.OBSERVER
    )
    hidden, open_ = (group_table(page_of(worked, who)) for who in (observer, worked.person("P01")))
    assert set(hidden) == {"0", "1–4"}
    assert all(one.isdigit() for one in open_)
    assert "4" in open_
    assert [cell == "0" for cell in hidden] == [cell == "0" for cell in open_]


def test_hidden_counts_are_drawn_alike(worked: Table) -> None:
    observer = a_person("Olu Observer")
    projects.give_role(
        by=worked.facilitator, project_id=worked.project.pk, person=observer, role=Role.OBSERVER
    )
    figure = figure_of(page_of(worked, observer), "Intention by group")
    fills = {
        before["fill"]
        for words_ in figure.select("svg text")
        if words_.text == "1–4" and (before := words_.find_previous("rect"))
    }
    assert len(fills) == 1


def figure_of(page: BeautifulSoup, title: str) -> Any:
    [found] = [figure for figure in page.select("figure") if figure.figcaption.text == title]
    return found


def group_table(page: BeautifulSoup) -> list[str]:
    return [cell.text for cell in figure_of(page, "Intention by group").select("tbody td")]


# Silence


def test_below_eight_people_the_picture_only() -> None:
    seven = codes(7)
    table = sealed(
        {"G1": 7},
        {code: (i % 4 - 2, -1, "save_money") for i, code in enumerate(seven)},
        dict.fromkeys(seven, 0),
    )
    found = queries.summary(table.round)
    moved = found.movements[Level.ME]
    assert (moved.mean, moved.spread) == (None, None)
    assert found.spreads[Level.AROUND].agreements == []
    assert found.shared.pairs is None
    shown = text_of(table)
    assert "Fewer than 8 people answered twice. So we show who moved, and no test." in shown
    assert "From first to second answer, level 1" in shown
    before_the_help = shown.split("How to read these figures")[0]
    assert not re.search(r"interval|\bp =|agreement is", before_the_help)


def test_from_eight_people_on_each_estimate_has_its_interval() -> None:
    eight = codes(8)
    firsts = [-3, 3, -2, 2, -3, 3, -1, 1]
    table = sealed(
        {"G1": 8},
        {code: (me, me // 2, "save_money") for code, me in zip(eight, firsts, strict=True)},
        {code: me // 3 for code, me in zip(eight, firsts, strict=True)},
    )
    moved = queries.summary(table.round).movements[Level.ME]
    assert moved.spread.is_exact
    shown = text_of(table)
    assert re.search(r"The spread is 0\.\d\d times what it was \(95% interval 0\.\d\d to ", shown)
    assert re.search(r"In “Group G1” agreement is −?\d\.\d\d \(95% interval ", shown)
    assert "1 means all alike. 0 means as if each chose by chance. It does not say who is right." in shown


def test_level_one_has_no_agreement_at_any_size() -> None:
    table = sealed({"G1": 9}, dict.fromkeys(codes(9), (1, 1, "")))
    spreads = queries.summary(table.round).spreads
    assert spreads[Level.ME].agreements == []
    assert len(spreads[Level.AROUND].agreements) == 1


def test_a_group_that_is_split_is_called_split() -> None:
    table = sealed({"G1": 8}, {code: (0, 3 if i % 2 else -3, "") for i, code in enumerate(codes(8))})
    shown = text_of(table)
    assert "“Group G1” is split into camps: agreement is −1.57" in shown


def test_level_one_by_group_is_shown_only_where_a_count_reaches_five() -> None:
    rated = {code: (-1 if i < 5 else 1, 0, "") for i, code in enumerate(codes(7))}
    figure = figure_of(page_of(table := sealed({"G1": 7}, rated), table.person("P01")), "Level 1 by group")
    assert [cell.text for cell in figure.select("tbody td")] == ["5", "0", "1–4"]
    small = sealed({"G1": 4}, dict.fromkeys(codes(4), (-1, 0, "")))
    assert "Level 1 by group" not in text_of(small)


def test_R31_the_moves_of_two_people_are_not_drawn() -> None:
    table = sealed({"G1": 3}, dict.fromkeys(codes(3), (0, 0, "")), {"P01": 2, "P02": -1})
    shown = text_of(table)
    assert "Fewer than three people answered twice. A picture would point at them, so there is none." in shown
    assert "From first to second answer" not in shown


def test_leaders_are_set_apart_from_five_on_and_only_where_no_count_points_at_people() -> None:
    save, care = "save_money", "better_outcomes"
    leaders = dict.fromkeys(codes(11)[6:], (0, 0, care))
    table = sealed({"G1": 6, "G4": 5}, dict.fromkeys(codes(6), (0, 0, save)) | leaders)
    gap = queries.summary(table.round).shared.gap
    assert (gap.leaders.part, gap.leaders.whole, gap.others.part, gap.others.whole) in {
        (0, 5, 6, 6),
        (5, 5, 0, 6),
    }
    assert "leaders named it in their own sealed answers" in text_of(table)
    mixed = {code: (0, 0, save if i % 2 else care) for i, code in enumerate(codes(11))}
    assert queries.summary(sealed({"G1": 6, "G4": 5}, mixed).round).shared.gap is None


def test_skipped_ratings_are_counted_as_skipped_and_nowhere_else() -> None:
    answers = dict.fromkeys(codes(2), (None, 1, "")) | {"P03": (1, 1, "")}
    shown = text_of(sealed({"G1": 3}, answers))
    assert "1 person rated this. Each person speaks" in shown
    assert "2 people skipped this question." in shown


def test_a_round_in_which_all_skipped_has_no_picture_of_a_level() -> None:
    shown = text_of(sealed({"G1": 3}, dict.fromkeys(codes(3), (None, None, ""))))
    assert "Level 1: how it changes things for me" not in shown
    assert "Nobody has given a second answer yet." in shown
    assert "Nobody named anything that the leaders do not state." in shown


def test_a_round_that_nobody_answered_is_shown() -> None:
    table = an_open_table({"G1": 3})
    table.seal()
    assert "0 of 3 answers were sealed on time" in text_of(table)


# How figures are said


@pytest.mark.parametrize(
    "p,said", [(0.0001, "less than 0.001"), (0.0042, "0.004"), (0.0334, "0.03"), (1.0, "1.00")]
)
def test_p_has_no_more_digits_than_it_can_carry(p: float, said: str) -> None:
    assert saying._p(p) == said


@pytest.mark.parametrize("value,said", [(0, "0"), (1, "+1"), (-2, "−2"), (0.5, "+0.5"), (-0.25, "−0.25")])
def test_a_point_of_the_scale(value: float, said: str) -> None:
    assert saying.point_shown(value) == said


def test_the_server_starts_without_numpy_and_scipy() -> None:
    """Together they take about a hundred megabytes; a small server loads them only for a page that needs them."""
    code = (
        "import sys; import coproduce.config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns; "
        "sys.exit(str([name for name in ('numpy', 'scipy') if name in sys.modules]) if "
        "{'numpy', 'scipy'} & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
