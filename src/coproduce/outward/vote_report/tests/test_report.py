"""The page says everything once, common ground first; it opens anywhere and names nobody."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from coproduce.outward.vote_report import as_json, summary, wording
from coproduce.outward.vote_report.found import Found, find
from coproduce.outward.vote_report.page import as_html
from coproduce_engine.opinion.cluster import switch_advice

from .conversations import GROUPS, a_conversation

HOW_TO = Path(__file__).parents[5] / "docs/how-to/analyse-votes.md"


def found(**facts: object) -> Found:
    return find(a_conversation(**facts), method="available-case", seed=0, small_number=10)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def with_groups() -> Found:
    return found()


@pytest.fixture(scope="module")
def without() -> Found:
    return found(groups=False)


def page_of(one: Found) -> BeautifulSoup:
    return BeautifulSoup(as_html(one), "html.parser")


def test_common_ground_comes_first_and_then_what_divides(with_groups: Found) -> None:
    heads = [head.text for head in page_of(with_groups).select("h2")]
    assert heads == [
        "In short", "Common ground", "What divides", "Opinion groups", "Where each group stands",
        "Every statement", "What the figures cannot say", "How this was made",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["with_groups", "without"])
def test_the_page_is_one_file_without_scripts_and_without_addresses(
    name: str, request: pytest.FixtureRequest
) -> None:
    html = as_html(request.getfixturevalue(name))
    page = BeautifulSoup(html, "html.parser")
    assert not page.select("script, link, img, iframe, [style], [onclick]")
    assert page.html is not None
    assert page.html["lang"] == "en"
    targets = {a["href"] for a in page.select("a")}
    assert all(str(target).startswith("#") and page.find(id=str(target)[1:]) for target in targets)
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", html)


def test_words_of_people_are_shown_as_words(with_groups: Found) -> None:
    html = as_html(with_groups)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; beds 0" in html
    assert "用路人的安全最重要 2" in html


def test_every_table_has_a_caption_and_every_picture_its_numbers(with_groups: Found) -> None:
    page = page_of(with_groups)
    assert all(table.caption and table.caption.text.strip() for table in page.select("table"))
    assert len(page.select("figure")) == len(page.select("details[open] table")) == 3
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_every_statement_that_counts_has_its_tally_and_one_that_moderation_took_out_is_not_shown(
    with_groups: Found,
) -> None:
    page = page_of(with_groups)
    rows = page.select("#tallies tbody tr")
    assert len(rows) == 19
    for row, place in zip(rows, range(19), strict=True):
        tally = with_groups.analysis.everybody[place]
        cells = [cell.text for cell in row.select("td")]
        assert cells[:4] == [
            str(number) for number in (tally.agree, tally.disagree, tally.passed, tally.seen)
        ]
    assert "19. Plain words 19" not in page.text


def test_a_group_that_is_too_small_is_named_and_nothing_of_it_is_shown(with_groups: Found) -> None:
    page = page_of(with_groups)
    assert [cell.text for cell in page.select("#who tr")[-1].select("th, td")] == ["Porters", "fewer than 10"]
    assert "Porters" not in [head.text for head in page.select("#by-group thead th")]
    assert with_groups.by_group[3] == [None] * 20


def test_no_row_of_the_page_is_a_person(with_groups: Found) -> None:
    """A row for each of 120 people would be more rows than all tables have."""
    assert len(page_of(with_groups).select("tr")) < 120


def test_without_given_groups_everybody_counts_as_one(without: Found) -> None:
    page = page_of(without)
    assert "No groups were given" in page.text
    assert without.common
    assert all(one.least > 0.5 for one in without.common)
    assert {one.statement % 4 for one in without.common[:3]} == {0}


def test_without_clear_groups_the_page_says_so() -> None:
    cloud = found(camps=0, seed=5)
    assert cloud.analysis.groups == ()
    page = page_of(cloud)
    assert "There are no clear opinion groups" in page.text
    assert "There are no clear opinion groups" in "\n".join(summary.lines(cloud))


def test_the_summary_names_people_votes_common_ground_and_groups(with_groups: Found) -> None:
    said = "\n".join(summary.lines(with_groups))
    votes = f"{with_groups.conversation.votes.count - sum(_of_last(with_groups)):,}"
    assert f"People: 120. Votes: {votes}. Statements: 19, taken out: 1." in said or "Statements: 19" in said
    for head in ("COMMON GROUND", "WHAT DIVIDES", "OPINION GROUPS", "ODD IN THE FILES"):
        assert head in said
    assert "Data by somebody" in said


def _of_last(one: Found) -> tuple[int, int, int]:
    tally = one.analysis.everybody[19]
    return tally.agree, tally.disagree, tally.passed


@pytest.mark.parametrize("name", ["with_groups", "without"])
def test_the_json_has_every_result_without_a_number_that_json_cannot_hold(
    name: str, request: pytest.FixtureRequest
) -> None:
    one: Found = request.getfixturevalue(name)
    data = json.loads(json.dumps(as_json.as_data(one), allow_nan=False))
    assert data["format"] == "coproduce-votes-1"
    assert len(data["voters"]) == 120
    assert [row["id"] for row in data["statements"]] == [str(i) for i in range(20)]
    assert data["statements"][19]["is_counted"] is False
    assert sum(group["people"] for group in data["opinion_groups"]) == sum(
        voter["group"] is not None for voter in data["voters"]
    )


def test_the_how_to_explains_every_name_in_the_json(with_groups: Found) -> None:
    explained = set(re.findall(r"`([^`\n]+)`", HOW_TO.read_text().split("## The JSON")[1]))
    assert not names_in(as_json.as_data(with_groups)) - explained - {"low", "high"}


def names_in(value: object) -> set[str]:
    if isinstance(value, list):
        return {name for one in value[:1] for name in names_in(one)}
    if not isinstance(value, dict):
        return set()
    inside = {name for one in value.values() for name in names_in(one)}
    return {*inside, *value} - set(GROUPS)


def test_a_share_of_some_is_never_said_as_none_or_all() -> None:
    shares = (0.0, 0.001, 0.125, 0.994, 0.999, 1.0)
    assert [wording.per_cent(share) for share in shares] == ["0%", "1%", "12%", "99%", "99%", "100%"]


def test_what_is_too_large_for_one_machine_is_said(with_groups: Found) -> None:
    assert with_groups.advice is None
    large = replace(with_groups, advice=switch_advice(10**9, 10**9))
    assert "more than one machine should hold" in "\n".join(summary.lines(large))
    assert "more than one machine should hold" in as_html(large)


def test_the_same_files_method_and_seed_give_the_same_figures() -> None:
    first, second = (as_json.as_data(found()) for _ in range(2))
    assert {**first, "made_at": ""} == {**second, "made_at": ""}
