"""Comparing, attributing and counting on the pages: the same people for the same words everywhere."""

import csv
import io
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from coproduce.capabilities.drafting import queries
from coproduce.capabilities.drafting.operations import FinalText
from coproduce.capabilities.drafting.rules.compare import Comparison, Mark, Piece
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.drafting.views.marking import Where
from coproduce.capabilities.drafting.views.sentences import lines
from coproduce.capabilities.people.operations import add_group, add_seat
from coproduce.capabilities.people.terms import Acknowledgement, GroupKind

from .factories import CARER, VISIT, Draft, make_draft
from .test_pages import THREE, Reader, shown

pytestmark = pytest.mark.django_db

ROW = 7
HIDDEN = re.compile(r"(?:added|taken out) by (.+?)(?:, suggestion (S\d+))?:")


@pytest.fixture
def draft() -> Draft:
    """Priya, who has a seat and goes by her first name, suggests; Marta decides; Ann has chosen no name."""
    draft = make_draft()
    draft.citizen.name = "Priya Nair"
    draft.citizen.save()
    seat(draft, draft.citizen, Acknowledgement.FIRST_NAME)
    return draft


def seat(draft: Draft, person: Any, acknowledgement: str) -> None:
    groups = queries.counting.people.groups_of(draft.project.pk)
    group = groups.first() or add_group(
        by=draft.facilitator, project_id=draft.project.pk, name="Carers", kind=GroupKind.CARERS, code="G1"
    )
    add_seat(
        by=draft.facilitator, project_id=draft.project.pk, main_group_id=group.pk, person=person,
        acknowledgement=acknowledgement,
    )  # fmt: skip


@pytest.fixture
def told(draft: Draft) -> Draft:
    """From 0.1 to 0.2: words changed, in part by the decider; a passage new, one gone; a row of the table changed."""
    draft.publish(Number(0, 1))
    final = FinalText("Care workers visit three times on weekdays.", block=VISIT)
    draft.decide(
        draft.suggest(THREE, reason="Twice is not enough"), "in_part", reason_code="SAFE", reason="Not at night.",
        final=[final],
    )  # fmt: skip
    draft.decide(draft.suggest("| Day 1 | A call & a visit |", block=ROW))
    draft.decide(draft.suggest("", block=CARER, reason="Nobody <asks>"))
    edits = queries.new_passage(draft.document, draft.document.seq, VISIT, "They ring first.")
    draft.document.refresh_from_db()
    draft.decide(draft.suggest(edits=edits, base_seq=draft.document.seq, words=""))
    draft.publish(Number(0, 2), "Three visits")
    return draft


@pytest.fixture
def citizen(told: Draft) -> Reader:
    return Reader(told, told.citizen)


def soup(reader: Reader, **query: Any) -> BeautifulSoup:
    page = BeautifulSoup(reader.client.get(reader.address("compare"), query).content, "html.parser")
    for gone in page.select(".drafting-blame__ref"):
        gone.decompose()
    return page


def said_by(page: BeautifulSoup) -> set[tuple[str, str, str, str]]:
    """(what happened, the words, by whom, the suggestion) of every stretch that is marked."""
    return {_stretch(tag) for tag in page.select("ins, del")}


def _stretch(tag: Tag) -> tuple[str, str, str, str]:
    found = HIDDEN.search(tag.text)
    assert found, tag.text
    for hidden in tag.select(".govuk-visually-hidden"):
        hidden.decompose()
    words = tag.text
    return tag.name, " ".join(words.replace("|", " ").split()), found[1], found[2] or ""


def rows(reader: Reader, **query: Any) -> list[dict[str, str]]:
    answer = reader.client.get(reader.address("compare"), {**query, "format": "csv"})
    return list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


def in_file(row: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """What one row of the file says, as the page says it."""
    found = set()
    ways = (("del", row["Words taken out"]), ("ins", row["Words put in"]))
    for way, words in ways:
        if words and way == "ins" and ": " in row["Written by"]:
            parts = dict(part.split(": ", 1)[::-1] for part in row["Written by"].split("; "))
            found |= {(way, text, name, row["Suggestion"]) for text, name in parts.items()}
        elif words:
            name = row["Written by"] if way == "ins" or not row["Words put in"] else row["Suggested by"]
            found.add((way, " ".join(words.replace("|", " ").split()), name, row["Suggestion"]))
    return found


def test_invariant_15_the_page_both_ways_and_the_file_name_the_same_people_for_the_same_words(
    citizen: Reader,
) -> None:
    page, sides = said_by(soup(citizen)), said_by(soup(citizen, show="sides"))
    file = set().union(*map(in_file, rows(citizen)))

    assert ("del", "twice a day", "Priya", "S01") in page
    assert ("ins", "three times", "Priya", "S01") in page
    assert ("ins", "on weekdays", "Marta", "S01") in page
    assert ("ins", "They ring first.", "Priya", "S04") in page
    assert ("del", "Ask each carer", "Priya", "S03") in page
    assert page == sides
    assert page == file


def test_every_sentence_of_the_list_is_in_the_file_and_names_place_person_and_day(citizen: Reader) -> None:
    page = soup(citizen, show="sentences")
    sentences = [" ".join(item.select("p")[0].text.split()) for item in page.select(".drafting-lines > li")]

    assert sentences == [row["In a sentence"] for row in rows(citizen)]
    day = sentences[0].split(" on ")[-1]
    assert sentences == [
        f"In “Home after hospital”, paragraph 1, Priya’s suggestion S01 replaced “twice a day” by "
        f"“three times on weekdays” on {day}",
        f"In “Home after hospital”, paragraph 2 is new: Priya’s suggestion S04 added “They ring first.” on {day}",
        f"In “Carers”, list item 1 is gone: Priya’s suggestion S03 took out “Ask each carer” on {day}",
        f"In “Carers”, table row 1, Priya’s suggestion S02 added “& a visit” on {day}",
    ]
    first = shown(str(page.select(".drafting-lines > li")[0]))
    assert "Words written by Priya: three times; Marta: on weekdays." in first
    assert "In part by Marta" in first
    assert "Not at night." in first


def test_whoever_chose_no_name_is_named_nowhere(told: Draft) -> None:
    ann = make_person(told, "Ann Secret", Acknowledgement.ANONYMOUS)
    told.decide(told.suggest("## Carers and friends", block=3, by=ann))
    reader = Reader(told, told.citizen)

    for show in ("marked", "sides", "sentences", "causes"):
        page = shown(reader.get("compare", old="0.2", new="now", show=show))
        assert "Secret" not in page
        assert "S05" in page
    sentences = soup(reader, old="0.2", new="now", show="sentences").text
    assert "suggestion S05 (no name given) added “and friends”" in sentences
    for name in ("words", "log", "lineage", "fairness", "behind", "versions"):
        assert "Secret" not in reader.get(name)
        assert "Secret" not in reader.client.get(reader.address(name), {"format": "csv"}).content.decode()


def make_person(draft: Draft, name: str, acknowledgement: str) -> Any:
    from coproduce.capabilities.accounts.operations import add_person

    person = add_person(by=draft.facilitator, name=name)
    seat(draft, person, acknowledgement)
    return person


def test_a_version_is_compared_with_the_text_as_it_stands(told: Draft, citizen: Reader) -> None:
    assert "The two texts are the same." in shown(citizen.get("compare", old="0.2", new="now"))
    told.decide(told.suggest("Carers ring first.", block=edited(told, "They ring")))

    page = shown(citizen.get("compare", old="0.2", new="now"))

    assert "What changed from 0.2 to the text as it stands" in page
    assert "In no version yet." in page
    assert shown(citizen.get("compare", old="now", new="0.2")).count("to the text as it stands")


def edited(draft: Draft, words: str) -> int:
    return next(id for id, block in queries.text_now(draft.document).alive() if words in block.text)


def test_one_version_is_compared_with_the_text_and_none_with_nothing(draft: Draft) -> None:
    reader = Reader(draft, draft.citizen)
    assert "Nothing to compare yet" in reader.get("compare")
    draft.publish(Number(0, 1))
    draft.decide(draft.suggest(THREE))
    assert "What changed from 0.1 to the text as it stands" in shown(reader.get("compare"))


def test_the_whole_text_shows_what_did_not_change_too(citizen: Reader) -> None:
    assert "Write the answer down" not in citizen.get("compare")
    for show in ("marked", "sides"):
        assert "Write the answer down" in citizen.get("compare", all=1, show=show)


@pytest.mark.parametrize("query", [{"old": "9.9"}, {"new": "x", "show": "upside"}, {"page": "-3"}])
def test_odd_questions_get_the_last_two_versions(citizen: Reader, query: dict[str, str]) -> None:
    assert "What changed from 0.1 to 0.2" in shown(citizen.get("compare", **query))


def test_what_people_wrote_is_never_markup(citizen: Reader) -> None:
    answer = citizen.client.get(citizen.address("words")).content.decode()
    assert "Nobody &lt;asks&gt;" in answer
    assert "Nobody <asks>" not in answer
    assert rows(citizen)[3]["Words put in"] == "& a visit"


def test_each_passage_says_because_of_what_it_changed_with_both_reasons(citizen: Reader) -> None:
    page = BeautifulSoup(citizen.get("words"), "html.parser")
    passage = shown(str(page.select_one(f"#b{VISIT}")))

    assert "This passage changed because of:" in passage
    assert "Why it was asked for: “Twice is not enough”" in passage
    assert "In part by Marta" in passage
    assert "Why not in full: Not at night." in passage
    assert "Final words by Marta." in passage
    assert "written by Priya, suggestion S01: three times (end)" in passage
    assert "written by Marta, suggestion S01: on weekdays (end)" in passage
    gone = shown(str(page.select_one(f"#b{CARER}")))
    assert "A passage that was taken out here: Ask each carer" in gone
    assert "This passage was taken out because of: S03 Priya" in gone


def test_the_attributed_master_names_each_word_as_its_operation_does(citizen: Reader, told: Draft) -> None:
    """Every stretch of the file is in the text, in order, and all of the text is there."""
    answer = citizen.client.get(citizen.address("words"), {"format": "csv"}).content.decode()
    found = list(csv.DictReader(io.StringIO(answer.removeprefix("\ufeff"))))
    told_words = "".join("".join(row["Words"].split()) for row in found)
    assert told_words.replace("'", "") == "".join(told.text().split())
    by = {row["Words"]: (row["Written by"], row["Suggested by"], row["Answer"]) for row in found}
    assert by["on weekdays"] == ("Marta", "Priya", "In part")
    assert by["three times"] == ("Priya", "Priya", "In part")


def test_every_number_opens_as_many_suggestions_as_it_counts(told: Draft, citizen: Reader) -> None:
    told.decide(told.suggest(kind="ask"), "declined", reason_code="LAW", reason="The law sets it.")
    told.suggest()
    met = 0
    for name in ("figures", "fairness", "lineage", "versions", "compare"):
        page = BeautifulSoup(citizen.get(name), "html.parser")
        for link in page.select('a[href*="/suggestions/behind/"]'):
            number = re.match(r"\d+", " ".join(link.text.split()))
            if number and "sort=" not in str(link["href"]) and "." not in link.text:
                answer = citizen.client.get(str(link["href"])).content.decode()
                total = re.search(r"(\d+) suggestions?</h1>", answer)
                assert total, link["href"]
                assert (name, total[1]) == (name, number[0]), link["href"]
                met += 1
    assert met > 20


def test_the_list_behind_a_number_says_what_it_holds(told: Draft, citizen: Reader) -> None:
    page = shown(citizen.get("behind", answer="in_part", reason="SAFE", group="Carers", version="0.2"))
    assert "1 suggestion" in page
    for words in (
        "were accepted in part",
        "have the reason “Safety”",
        "came from “Carers”",
        "are in version 0.2",
    ):
        assert words in page
    assert "changed the text between 0.1 and 0.2" in shown(citizen.get("behind", old="0.1", new="0.2"))
    assert "No suggestion is counted here" in citizen.get("behind", group="Nobody")


def test_the_fairness_table_is_silent_where_numbers_are_small(told: Draft, citizen: Reader) -> None:
    page = shown(citizen.get("fairness"))
    assert "4 of 4 suggestions were taken in: accepted, or in part." in page
    assert "fewer than five suggestions" in page
    assert "groups cannot be compared" in page
    for _ in range(5):
        told.suggest()
    page = shown(citizen.get("fairness"))
    assert "5 wait for an answer and count as not taken in." in page
    assert "44.4%" in page
    assert "19% to 73%" in page


def test_where_suggestions_went_is_told_in_a_sentence_and_a_table(told: Draft, citizen: Reader) -> None:
    told.decide(told.suggest(), "declined", reason_code="LAW", reason="The law sets it.")
    page = shown(citizen.get("lineage"))
    assert "Of 5 suggestions, 4 went to “Version 0.2”, 1 went to “Declined”." in page


def test_a_passage_that_moved_is_one_sentence(told: Draft) -> None:
    """A block that moved stands twice in a comparison; the one with a minus is where it was."""
    old, new = queries.versions_of(told.document.pk)
    real = queries.difference(told.document, old, new)
    seq = next(piece.seq for piece in real.comparison.changed[VISIT] if piece.mark is not Mark.KEPT)
    words = real.new.blocks[VISIT].text
    moved = {VISIT: [Piece(Mark.ADDED, words, seq)], -VISIT: [Piece(Mark.REMOVED, words, seq)]}
    difference = queries.Difference(real.old, real.new, Comparison([-VISIT, 1, VISIT], moved), real.causes)
    names = queries.Names({}, queries.counting.people.voices_of(told.project.pk))

    (line,) = lines(
        difference, told.document, Where(difference), lambda one: queries.credit_of(real.causes[one], names)
    )

    assert re.fullmatch(
        r"From Home after hospital, paragraph 1, Priya’s suggestion S01 moved “Care workers .*” to "
        r"Home after hospital, paragraph 1 on .*",
        str(line),
    )
