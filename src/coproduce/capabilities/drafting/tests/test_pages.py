"""The pages of the master copy, as a browser without JavaScript uses them."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.drafting import queries
from coproduce.capabilities.drafting.models import Document, Suggestion
from coproduce.capabilities.drafting.operations import FinalText
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.drafting.views.rendering import EMPTY, rendered
from coproduce.core.ids import uuid7

from .factories import CARER, TEXT, VISIT, Draft, make_draft

pytestmark = pytest.mark.django_db
THREE = "Care workers visit three times a day."


@pytest.fixture
def draft() -> Draft:
    return make_draft()


class Reader:
    """Opens the pages of one draft as one person."""

    def __init__(self, draft: Draft, person: Any) -> None:
        self.draft, self.client = draft, Client()
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def address(self, name: str, *more: Any, inside: bool = True) -> str:
        place = (self.draft.document.pk,) if inside else ()
        return reverse(f"drafting:{name}", args=(self.draft.project.pk, *place, *more))

    def get(self, name: str, *more: Any, inside: bool = True, **query: Any) -> str:
        answer = self.client.get(self.address(name, *more, inside=inside), query)
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    def post(self, name: str, *more: Any, inside: bool = True, **typed: Any) -> Any:
        data = {"request_key": str(uuid7()), **typed}
        return self.client.post(self.address(name, *more, inside=inside), data)


@pytest.fixture
def citizen(draft: Draft) -> Reader:
    return Reader(draft, draft.citizen)


@pytest.fixture
def manager(draft: Draft) -> Reader:
    return Reader(draft, draft.manager)


def shown(page: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_text_is_real_headings_lists_and_tables_with_an_id_each(citizen: Reader) -> None:
    page = citizen.get("document")

    assert '<h2 id="b1" class="govuk-heading-l">Home after hospital</h2>' in page
    assert '<li id="b4"><span dir="auto">Ask each carer</span>' in page
    assert '<tr id="b7" class="govuk-table__row"><td class="govuk-table__cell" dir="auto">Day 1</td>' in page
    assert page.count(">Suggest a change<") == len(queries.text_now(citizen.draft.document).order)


def test_a_citizen_types_new_words_and_sees_what_became_of_them(citizen: Reader) -> None:
    assert "Care workers visit twice a day.</textarea>" in citizen.get("suggest_change", VISIT)

    answer = citizen.post("suggest_change", VISIT, typed=THREE, reason="Twice is not enough", base_seq=7)

    suggestion = Suggestion.objects.get()
    assert answer.url == citizen.address("receipt", suggestion.pk, inside=False)
    assert "Thank you. Suggestion S01 is on the record." in citizen.get(
        "receipt", suggestion.pk, inside=False
    )
    page = citizen.get("suggestion", suggestion.pk, inside=False)
    assert "taken out: twice (end of words taken out) added: three times (end of added words)" in shown(page)
    assert "Twice is not enough" in page
    assert "1 suggestion<" in citizen.get("document")


def test_unchanged_words_are_sent_back_with_what_was_typed(citizen: Reader) -> None:
    answer = citizen.post(
        "suggest_change", VISIT, typed="Care workers visit twice a day.", reason="No reason", base_seq=7
    )

    page = answer.content.decode()
    assert "<title>Error:" in page
    assert "Change some words" in page
    assert "No reason</textarea>" in page
    assert not Suggestion.objects.exists()


def test_line_ends_of_the_browser_are_not_taken_for_a_change(draft: Draft) -> None:
    other = make_draft("One line\nand another.\n\nEnd.\n")
    reader = Reader(other, other.citizen)

    answer = reader.post("suggest_change", 1, typed="One line\r\nand a third.", base_seq=2)

    assert answer.status_code == 302
    (edit,) = queries.edits_of(Suggestion.objects.get().pk)
    assert (edit.quote, edit.words) == ("another", "a third")


def test_a_new_passage_stands_after_the_one_it_was_suggested_for(citizen: Reader, draft: Draft) -> None:
    citizen.post("suggest_after", VISIT, typed="They ring first.", base_seq=7)

    suggestion = Suggestion.objects.get()
    draft.decide(suggestion)
    assert "twice a day.\n\nThey ring first.\n\n## Carers" in draft.text()
    assert "They ring first." in citizen.get("suggestion", suggestion.pk, inside=False)


def test_a_suggestion_in_ones_own_words(citizen: Reader) -> None:
    answer = citizen.post("suggest_words", kind="ask", words="Who rings on day one?", section="Carers")
    assert answer.status_code == 302
    assert (Suggestion.objects.get().kind, Suggestion.objects.get().section) == ("ask", "Carers")


def test_the_facilitator_enters_what_someone_said_on_paper(draft: Draft) -> None:
    reader = Reader(draft, draft.facilitator)

    answer = reader.post(
        "suggest_on_behalf", author="other", new_name="Len", channel="paper", said_on="2025-05-20", kind="add",
        words="A number to ring",
    )  # fmt: skip

    assert answer.status_code == 302
    suggestion = Suggestion.objects.select_related("author", "entered_by").get()
    assert (suggestion.author.name, suggestion.said_on) == ("Len", date(2025, 5, 20))
    assert "Paper, entered by Fay" in shown(reader.get("suggestion", suggestion.pk, inside=False))


def test_the_list_is_searched_filtered_and_given_out(citizen: Reader, draft: Draft) -> None:
    draft.suggest(words="=1+1 night visits")
    draft.decide(draft.suggest(THREE))

    assert "night visits" in citizen.get("suggestions", q="night")
    assert "night visits" not in citizen.get("suggestions", status="accepted")
    assert "night visits" not in citizen.get("suggestions", block=VISIT)
    table = citizen.client.get(citizen.address("suggestions"), {"format": "csv"}).content.decode()
    assert "'=1+1 night visits" in table


def test_a_manager_answers_and_the_words_land(manager: Reader, draft: Draft) -> None:
    suggestion = draft.suggest(THREE)
    page = manager.get("decide", suggestion.pk, inside=False)
    assert f"{THREE}</textarea>" in page
    assert "noted" not in page.lower()

    answer = manager.post(
        "decide", suggestion.pk, inside=False, outcome="accepted", final_0=THREE, seen_seq=7
    )

    assert answer.status_code == 302
    assert "three times" in draft.text()
    assert "Accepted by Marta" in shown(manager.get("suggestion", suggestion.pk, inside=False))


def test_a_manager_writes_the_final_words(manager: Reader, draft: Draft) -> None:
    suggestion = draft.suggest(THREE)
    final = "Care workers visit three times on weekdays."

    manager.post(
        "decide", suggestion.pk, inside=False, outcome="in_part", final_0=final, seen_seq=7, reason_code="COST",
        reason="Weekends cost more.", cost_amount="£90,000", cost_period="a_year",
    )  # fmt: skip

    assert final in draft.text()
    assert "£90,000 a year" in shown(manager.get("suggestion", suggestion.pk, inside=False))


def test_R83_a_refusal_without_its_reason_comes_back_with_the_field_named(
    manager: Reader, draft: Draft
) -> None:
    suggestion = draft.suggest()
    answer = manager.post("decide", suggestion.pk, inside=False, outcome="declined", done_instead="A leaflet")

    page = unescape(answer.content.decode())
    assert "Choose the kind of reason. (rule R83)" in page
    assert "A leaflet</textarea>" in page


def test_a_place_is_chosen_in_the_text_for_a_suggestion_in_words(manager: Reader, draft: Draft) -> None:
    suggestion = draft.suggest(words="They ring first.")
    page = manager.get("document", **{"for": str(suggestion.pk)})
    there = manager.address("decide", suggestion.pk, inside=False) + f"?after={VISIT}"
    assert there in page

    answer = manager.client.post(
        there,
        {"outcome": "accepted", "final_0": "They ring first.", "request_key": str(uuid7()), "seen_seq": 7},
    )

    assert answer.status_code == 302
    assert "twice a day.\n\nThey ring first.\n\n## Carers" in draft.text()


def test_final_words_written_for_an_older_text_overwrite_nothing(manager: Reader, draft: Draft) -> None:
    first, second = draft.suggest(THREE), draft.suggest("Trained care workers visit twice a day.")
    draft.decide(first)

    answer = manager.post(
        "decide", second.pk, inside=False, outcome="accepted", seen_seq=7, final_0="Trained people come twice a day.",
    )  # fmt: skip

    assert "has changed at this place since" in unescape(answer.content.decode())
    assert "three times" in draft.text()


def test_a_conflict_is_shown_side_by_side_and_rivals_are_named(manager: Reader, draft: Draft) -> None:
    first, second = draft.suggest(THREE), draft.suggest("Care workers visit once a day.")
    assert second.ref in shown(manager.get("suggestion", first.pk, inside=False))
    draft.decide(first)

    page = shown(manager.get("decide", second.pk, inside=False))

    assert (
        "Other words have been accepted here since. The passage reads now: Care workers visit three times"
        in page
    )


def test_who_withdraws_is_the_author_and_nobody_else(citizen: Reader, draft: Draft) -> None:
    suggestion = draft.suggest()
    assert "Withdraw this suggestion" in citizen.get("suggestion", suggestion.pk, inside=False)

    citizen.post("withdraw", suggestion.pk, inside=False, reason="Changed my mind")

    page = shown(citizen.get("suggestion", suggestion.pk, inside=False))
    assert "and kept on the record. Changed my mind" in page


def two_versions(draft: Draft) -> None:
    draft.publish(Number(0, 1))
    draft.decide(draft.suggest(THREE))
    draft.publish(Number(0, 2), "Three visits")


def test_two_versions_compare_in_words_that_a_screen_reader_says(citizen: Reader, draft: Draft) -> None:
    two_versions(draft)

    page = shown(citizen.get("compare"))

    assert "What changed from 0.1 to 0.2" in page
    assert "S01 Priya" in page
    assert (
        "visit taken out by Priya, suggestion S01: twice (end of what was taken out) S01 "
        "added by Priya, suggestion S01: three times (end of addition) S01 a day." in page
    )
    assert "Changed twice to three times" in shown(citizen.get("compare", show="causes"))
    assert shown(citizen.get("compare", old="0.2", new="0.1")).count("What changed from 0.1 to 0.2")


def test_a_suggestion_leads_to_its_version_and_the_version_back_to_what_changed(
    citizen: Reader, draft: Draft
) -> None:
    two_versions(draft)
    first, second = queries.versions_of(draft.document.pk)
    suggestion = Suggestion.objects.get(status="accepted")

    assert citizen.address("version", second.pk, inside=False) in citizen.get(
        "suggestion", suggestion.pk, inside=False
    )

    assert "What changed since 0.1" in citizen.get("version", second.pk, inside=False)
    assert "What changed since" not in citizen.get("version", first.pk, inside=False)


def test_who_wrote_this_names_suggestion_decider_and_version(citizen: Reader, draft: Draft) -> None:
    two_versions(draft)

    assert re.search(
        r"S01 Priya ?, .* Accepted by Marta ?, .* First in version 0.2", shown(citizen.get("words"))
    )
    table = citizen.client.get(citizen.address("words"), {"format": "csv"}).content.decode()
    assert re.search(r"2,three times,S01,Priya,[^,]+,Marta,[^,]+,0.2", table)


def test_the_change_log_has_every_answer(citizen: Reader, draft: Draft) -> None:
    two_versions(draft)
    draft.decide(draft.suggest(), "declined", reason_code="LAW", reason="The law sets it.")

    page = shown(citizen.get("log"))

    assert "LAW: The law sets it." in page
    assert "0.2" in page


def test_a_version_is_published_and_its_text_is_given_out(draft: Draft) -> None:
    reader = Reader(draft, draft.facilitator)
    assert 'value="0.1"' in reader.get("publish")
    typed = {"number": "0.1", "summary": "", "day": "2025-05-12", "status": "shared"}
    assert "rule R81" in reader.post("publish", **typed).content.decode()

    reader.post("publish", **{**typed, "summary": "First words"})

    (version,) = queries.versions_of(draft.document.pk)
    text = reader.client.get(reader.address("version", version.pk, inside=False), {"format": "md"})
    assert text.content.decode() == TEXT
    assert "First words" in reader.get("versions")


def test_a_draft_is_opened_from_a_file_and_R01_asks_for_a_reason(draft: Draft) -> None:
    reader = Reader(draft, draft.facilitator)
    typed = {"title": "Annex", "request_key": str(uuid7())}

    def send(**more: Any) -> Any:
        file = SimpleUploadedFile("annex.md", b"# Annex\n\nWords\n")
        return reader.client.post(
            reader.address("new_document", inside=False), {**typed, "file": file, **more}
        )

    assert "rule R01" in send().content.decode()
    assert send(override_reason="The foreword is on paper.").status_code == 302
    document = Document.objects.get(title="Annex")
    assert queries.text_now(document).text() == "# Annex\n\nWords\n"


def test_a_pdf_named_docx_is_refused_and_writes_nothing(draft: Draft) -> None:
    reader = Reader(draft, draft.facilitator)
    file = SimpleUploadedFile("plan.docx", b"%PDF-1.7\nnothing")

    answer = reader.client.post(
        reader.address("new_document", inside=False),
        {"title": "Annex", "file": file, "request_key": str(uuid7())},
    )

    assert "This is a PDF" in answer.content.decode()
    assert Document.objects.count() == 1


def test_a_long_document_is_shown_a_chapter_at_a_time() -> None:
    chapter = "Words and words. " * 400
    draft = make_draft("".join(f"# Chapter {n}\n\n{chapter}\n\n" for n in range(1, 13)))
    reader = Reader(draft, draft.citizen)

    assert "Chapter 1 of 12" in reader.get("document")
    assert 'id="b6"' in reader.get("document", chapter=3)
    assert 'id="b6"' in reader.get("document", block=6)
    assert "Chapter 12 of 12" in reader.get("document", chapter=99)


@pytest.mark.parametrize("query", [{"block": "²"}, {"block": "9" * 40}, {"for": "x"}, {"chapter": "-1"}])
def test_odd_addresses_do_no_harm(manager: Reader, query: dict[str, str]) -> None:
    assert "Home after hospital" in manager.get("document", **query)
    manager.get("suggestions", **query)


def test_what_people_write_is_never_markup() -> None:
    source = '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick="x">b</b> ![p](https://e.org/a.png)\n'
    page = str(rendered([(1, source)], lambda block: EMPTY))

    assert "<script" not in page
    assert "<b " not in page
    assert "href" not in page
    assert "<img" not in page
    assert "[Picture: p]" in page


def test_every_block_can_be_reached_even_when_nothing_of_it_is_seen() -> None:
    blocks = [
        (1, "---\na: b\n---\n"),
        (2, "Text\n\n"),
        (3, "[x]: https://e.org\n\n"),
        (4, "<!-- hidden -->\n"),
    ]
    page = str(rendered(blocks, lambda block: EMPTY))

    assert sorted(re.findall(r'id="b(\d+)"', page)) == ["1", "2", "3", "4"]


def test_taking_a_block_out_is_a_suggestion_too(citizen: Reader, draft: Draft) -> None:
    citizen.post("suggest_change", CARER, typed="", base_seq=7)
    suggestion = Suggestion.objects.get()

    assert suggestion.kind == "remove"
    draft.decide(suggestion, final=[FinalText("* Ask every carer", block=CARER)])
    assert "* Ask every carer\n" in draft.text()


def test_an_answer_points_to_the_suggestion_it_was_given_with(manager: Reader, draft: Draft) -> None:
    first, second = draft.suggest(), draft.suggest()
    typed = {
        "outcome": "declined",
        "reason_code": "DUPLICATE-ANSWERED",
        "reason": "See there.",
        "seen_seq": 7,
    }
    assert "such as S07" in unescape(
        manager.post("decide", second.pk, inside=False, **typed, same_as="S99").content.decode()
    )

    manager.post("decide", second.pk, inside=False, **typed, same_as=first.ref)

    assert "See S01" in shown(manager.get("suggestion", second.pk, inside=False))


def test_the_figures_of_the_suggestions_have_their_tables(citizen: Reader, draft: Draft) -> None:
    assert "No suggestions yet" in citizen.get("figures")
    two_versions(draft)
    draft.decide(draft.suggest(kind="add"), "declined", reason_code="LAW", reason="The law sets it.")
    draft.suggest()

    page = shown(citizen.get("figures"))

    assert "Taken in: accepted or in part 1 of 3 (33.3%)" in page
    assert "Answered 2 of 3 (66.7%)" in page
    assert "The public (1/3)" in page
    assert "“Version 0.2” comes most often: 1 of 1." in page


def test_a_decided_suggestion_shows_what_it_did_to_the_text(
    manager: Reader, draft: Draft, django_assert_max_num_queries: Any
) -> None:
    suggestion = draft.suggest(THREE)
    final = FinalText("Care workers visit three times on weekdays.", block=VISIT)
    draft.decide(suggestion, "in_part", reason_code="SAFE", reason="Not at night.", final=[final])

    with django_assert_max_num_queries(15):
        page = shown(manager.get("suggestion", suggestion.pk, inside=False))

    assert "Changed twice a day to three times on weekdays" in page
