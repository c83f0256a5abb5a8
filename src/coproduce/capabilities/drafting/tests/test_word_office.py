"""Word files in a real LibreOffice: what it makes of ours, and what a colleague does there comes back."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coproduce.capabilities.drafting import queries
from coproduce.capabilities.drafting.models import Suggestion
from coproduce.capabilities.drafting.rules.edits import Edit, ops_of
from coproduce.capabilities.drafting.rules.replay import replay
from coproduce.capabilities.drafting.rules.word.finding import Brought, found_in
from coproduce.capabilities.drafting.rules.word.reading import read
from coproduce.capabilities.drafting.rules.word.writing import written
from coproduce.core.findings import Override
from tests.support.office import Office

from .factories import Draft, make_draft
from .test_word_pages import browser, fields
from .test_word_rules import in_places, shown_texts

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TEXT = """\
# Home after hospital

Care workers visit twice a day. See **the plan** of the ward.[^1]

* Ask each carer
* Write it *down*
  1. On paper
  2. By phone

Nobody goes home alone, and nobody waits longer than a day.

| When | What |
|------|------|
| Day 1 | A call |
| Day 2 | A visit |

[^1]: From the ward book.
"""
VISIT, ASK, NOBODY, DAY_2 = 2, 3, 7, 10


@dataclass
class Desk:
    """A draft with suggestions by two people, its file, and LibreOffice."""

    draft: Draft
    sheet: Any
    path: Path
    office: Office

    def sits_down(self, author: str, *, tracking: bool = True) -> None:
        self.office.open(self.path, author)
        assert self.office.do("is_protected")
        self.office.do("track", on=tracking)

    def hands_back(self) -> Brought:
        content = self.office.save(self.path.with_name("back.docx"))
        return found_in(read(content), self.sheet.state, self.sheet.plan, self.sheet.said)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    draft = make_draft(TEXT)
    paper = TEXT.split("\n")[2]
    draft.suggest(paper.replace("twice", "three times"), block=VISIT, reason="Twice is not enough")
    draft.suggest(paper.replace("twice", "once"), block=VISIT, by=draft.manager)
    draft.suggest(paper.replace("the plan", "the whole plan"), block=VISIT, by=draft.manager)
    draft.suggest("", block=ASK)
    draft.suggest("| Day 2 | A long visit |", block=DAY_2)
    asked = draft.suggest(None, words="Say who the ward book is for")
    draft.decide(asked, "declined", reason_code="LAW", reason="The law forbids it.")
    sheet = queries.sheet_of(draft.document)
    path = tmp_path / "plan.docx"
    path.write_bytes(written(sheet.plan, title="Plan", when="2025-06-01T10:00:00Z", facts=sheet.facts))
    return Desk(draft, sheet, path, office)


def lines(texts: list[Any]) -> list[str]:
    """Paragraphs and rows as LibreOffice sees them, footnote numbers left out."""
    made = [" ".join(" ".join(one).split()) if isinstance(one, list) else one for one in texts]
    return [line.removesuffix("1") for line in made]


def lines_of(state: Any) -> list[str]:
    return [" ".join(line.split()).removesuffix("\ufffc") for line in shown_texts(state)]


def test_reject_all_is_the_text_and_accept_all_has_every_suggestion_that_fits(desk: Desk) -> None:
    desk.office.open(desk.path)
    desk.office.do("all", what="Reject")
    # The words of the footnote stand at the foot of the page.
    assert lines(desk.office.do("texts")) == lines_of(desk.sheet.state)
    assert [words.strip() for words in desk.office.do("footnotes")] == ["From the ward book."]
    desk.office.open(desk.path)
    desk.office.do("all", what="Accept")
    edits = in_places([edit for one in desk.sheet.plan.tracked for edit in one.edits])
    after = replay(ops_of(edits, desk.sheet.state), desk.sheet.state)
    assert lines(desk.office.do("texts")) == lines_of(after)
    assert "three times" in after.text()
    assert "Ask each carer" not in after.text()


def test_each_change_and_comment_has_its_author_and_date(desk: Desk) -> None:
    desk.office.open(desk.path)
    changes = desk.office.do("changes")
    marks = {(one.mark.author, one.mark.when[:16].replace("T", " ")) for one in desk.sheet.plan.tracked}
    assert {(author, when) for _kind, author, when in changes} == marks
    assert {kind for kind, _author, _when in changes} == {"Insert", "Delete"}
    assert {author for _kind, author, _when in changes} == {"Priya", "Marta"}
    comments = {(author, resolved): words for author, words, resolved in desk.office.do("comments")}
    assert "“twice” → “once”" in comments["Marta", False]
    assert "Why: Twice is not enough" in comments["Priya", False]
    assert "The law forbids it." in comments["Marta", True]
    assert "Say who the ward book is for" in comments["Priya", True]


def test_headings_lists_and_rows_are_real_ones(desk: Desk) -> None:
    desk.office.open(desk.path)
    desk.office.do("all", what="Reject")
    assert desk.office.do("styles") == [
        ["Heading 1", -1], ["Standard", -1], ["List Paragraph", 0], ["List Paragraph", 0], ["List Paragraph", 1],
        ["List Paragraph", 1], ["Standard", -1],
    ]  # fmt: skip


def test_a_file_that_was_only_opened_and_saved_says_nothing_new(desk: Desk) -> None:
    desk.sits_down("Sam Lee")
    brought = desk.hands_back()
    assert (brought.found, brought.missing, brought.whole) == ([], [], True)


def work_offline(office: Office) -> None:
    office.do("replace", words="waits", new="stays")
    office.do("item", after="By phone", words="By letter")
    office.do("split", after="Nobody goes home alone,")
    office.do("replace", words="A call", new="A long call")
    office.do("remove_paragraph", words="On paper")


WORKED = """\
# Home after hospital

Care workers visit twice a day. See **the plan** of the ward.[^1]

* Ask each carer
* Write it *down*
  1. By phone
  2. By letter

Nobody goes home alone,

and nobody stays longer than a day.

| When | What |
|------|------|
| Day 1 | A long call |
| Day 2 | A visit |

[^1]: From the ward book.
"""


def carried_out(desk: Desk, brought: Brought) -> list[str]:
    edits: list[Edit] = in_places([edit for one in brought.found for edit in one.edits])
    return lines_of(replay(ops_of(edits, desk.sheet.state), desk.sheet.state))


def worked() -> list[str]:
    return lines_of(queries.text_now(make_draft(WORKED).document))


def test_tracked_work_offline_comes_back_complete(desk: Desk) -> None:
    desk.sits_down("Sam Lee")
    work_offline(desk.office)
    desk.office.do("replace", words="three", new="")
    desk.office.do("comment", on="Home after", words="Whose home?")
    brought = desk.hands_back()
    assert brought.whole
    assert carried_out(desk, brought) == worked()
    assert {one.author for one in brought.found} == {"Sam Lee"}
    objection = next(one for one in brought.found if one.what == "objection")
    assert (objection.words, objection.about) == ("three", "S01")
    comment = next(one for one in brought.found if one.what == "comment")
    assert (comment.words, comment.block) == ("Whose home?", 1)
    assert brought.missing == []


def test_untracked_work_offline_comes_back_complete_and_is_flagged(desk: Desk) -> None:
    desk.sits_down("Sam Lee", tracking=False)
    work_offline(desk.office)
    brought = desk.hands_back()
    assert not brought.whole
    assert carried_out(desk, brought) == worked()
    assert {one.what for one in brought.found} == {"untracked"}
    assert brought.missing == []


def test_what_was_accepted_there_is_known_and_nothing_is_suggested_twice(desk: Desk) -> None:
    desk.office.open(desk.path)
    desk.office.do("all", what="Accept")
    brought = desk.hands_back()
    assert brought.found == []
    assert brought.same == [one.ref for one in desk.sheet.plan.tracked]


def test_what_was_rejected_there_stays_as_it_is_here(desk: Desk) -> None:
    desk.office.open(desk.path)
    desk.office.do("all", what="Reject")
    brought = desk.hands_back()
    assert brought.found == []
    assert brought.missing == [one.ref for one in desk.sheet.plan.tracked]


@pytest.mark.parametrize("ending", [".docx", ".odt", ".html"])
def test_a_text_survives_the_way_out_and_in_through_libreoffice(desk: Desk, ending: str) -> None:
    """Tables, nested lists, footnotes, bold and italic words: out, saved there in another form, and in again."""
    from coproduce.capabilities.drafting import operations

    plain = queries.sheet_of(desk.draft.document, with_suggestions=False)
    desk.path.write_bytes(written(plain.plan, title="Plan", when="2025-06-01T10:00:00Z", facts=plain.facts))
    desk.office.open(desk.path)
    content = desk.office.save(desk.path.with_name(f"saved{ending}"))
    made = operations.read_upload(f"saved{ending}", content)
    if ending == ".html":
        # In a web page a footnote is a link to the end.
        assert "| Day 1 | A call |" in made.text
        assert "  1. On paper" in made.text
        return
    wanted = TEXT.replace("|------|------|", "|---|---|").replace(
        "longer than a day.\n", "longer than a day.\n"
    )
    assert made.text == wanted
    again = operations.start_document(
        by=desk.draft.facilitator, project_id=desk.draft.project.pk, title="Again", text=made.text,
        override=Override("A test."),
    )  # fmt: skip
    assert lines_of(queries.text_now(again)) == lines_of(plain.state)


def test_from_the_download_to_the_text_by_way_of_libreoffice(desk: Desk) -> None:
    """A colleague's evening: download, work in LibreOffice, upload, confirm; the manager accepts it."""
    client = browser(desk.draft.facilitator)
    place = f"/projects/{desk.draft.project.pk}/documents/{desk.draft.document.pk}/"
    desk.path.write_bytes(client.get(f"{place}word/").content)
    desk.sits_down("Sam Lee")
    work_offline(desk.office)
    content = desk.office.save(desk.path.with_name("back.docx"))
    page = client.post(
        f"{place}word/in/", {"file": SimpleUploadedFile("back.docx", content)}
    ).content.decode()
    client.post(f"{place}word/in/", fields(page))
    made = list(Suggestion.objects.filter(channel="word").order_by("number"))
    assert {one.author.name for one in made} == {"Sam Lee"}
    for one in made:
        desk.draft.decide(one)
    desk.draft.document.refresh_from_db()
    assert lines_of(queries.text_now(desk.draft.document)) == worked()
