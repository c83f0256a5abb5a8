"""The pages for Word files: downloads, the list of what is in a file, and what is stored when it is confirmed."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coproduce.capabilities.accounts.models import Person
from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import Suggestion, WordOrigin, WordUpload
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.drafting.rules.word.parts import Comment, Mark, Run
from coproduce.capabilities.drafting.rules.word.reading import read
from coproduce.capabilities.drafting.rules.word.writing import written
from coproduce.capabilities.people.tests.factories import a_group, a_seat
from coproduce.core.ledger.checking import verify_database
from coproduce.core.models import Entry

from .factories import VISIT, Draft, make_draft

pytestmark = pytest.mark.django_db
SAM = Mark("Sam Lee", "2025-05-21T09:15:00Z")


@pytest.fixture
def draft() -> Draft:
    return make_draft()


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def place(draft: Draft) -> str:
    return f"/projects/{draft.project.pk}/documents/{draft.document.pk}/"


def downloaded(draft: Draft, more: str = "") -> bytes:
    answer = browser(draft.citizen).get(f"{place(draft)}word/{more}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="D1.docx"'
    return answer.content


def edited(draft: Draft, tracked: Mark | None = SAM) -> bytes:
    """The file with one word changed, one paragraph put in, and a comment, by Sam Lee."""
    sheet = queries.sheet_of(draft.document, with_suggestions=False)
    plan = sheet.plan
    para = plan.flow[1]
    head, _, tail = para.runs[0].text.partition("twice")
    gone = [Run("twice", gone=tracked)] if tracked else []
    para.runs = [Run(head), *gone, Run("often", ins=tracked), Run(tail), *para.runs[1:]]
    new = type(para)(runs=[Run("A new passage.", ins=tracked)], ins=tracked)
    plan.flow.insert(1, new)
    plan.comments.append(Comment("Sam Lee", SAM.when, "Who visits?", None, False, VISIT))
    return written(plan, title="Plan", when="2025-06-01T10:00:00Z", facts=sheet.facts)


def upload(client: Client, draft: Draft, content: bytes, name: str = "plan.docx") -> Any:
    return client.post(f"{place(draft)}word/in/", {"file": SimpleUploadedFile(name, content)})


def fields(page: str) -> dict[str, Any]:
    """What the browser would send of the form as it stands."""
    sent: dict[str, Any] = {"take": re.findall(r'name="take"[^>]*value="(\d+)"[^>]*checked', page)}
    sent |= dict(re.findall(r'<input type="hidden" name="(token|request_key)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="(who_\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name in re.findall(r'name="(name_\d+)"', page):
        value = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
        sent[name] = value[1] if value else ""
    return sent


def nothing_is_stored(draft: Draft) -> bool:
    return not (WordUpload.objects.exists() or Suggestion.objects.filter(channel="word").exists())


def test_the_download_holds_the_text_its_suggestions_and_its_own_facts(draft: Draft) -> None:
    draft.suggest("Care workers visit three times a day.", reason="Twice is not enough")
    package = read(downloaded(draft))
    marks = {
        run.ins.author for unit in package.flow if not hasattr(unit, "cells") for run in unit.runs if run.ins
    }
    assert marks == {"Priya"}
    assert package.comments[0].text.endswith("Why: Twice is not enough")
    assert package.properties["CoproduceDocument"] == str(draft.document.pk)
    assert package.properties["CoproduceBase"] == queries.text_hash(draft.text())
    assert not any(
        run.ins for unit in read(downloaded(draft, "?plain=yes")).flow for run in getattr(unit, "runs", ())
    )


def test_a_version_can_be_downloaded_with_what_was_said_of_it_and_the_answers(draft: Draft) -> None:
    version = draft.publish(Number(0, 1))
    draft.decide(draft.suggest("Care workers visit three times a day."))
    said = draft.suggest("Care workers visit twice a day, gently.", base_seq=version.at_seq)
    draft.decide(said, "declined", reason_code="SAFE", reason="Nobody can be sure of it.")
    answer = browser(draft.citizen).get(f"/projects/{draft.project.pk}/versions/{version.pk}/word/")
    assert answer["Content-Disposition"] == 'attachment; filename="D1-0.1.docx"'
    package = read(answer.content)
    words = "".join(run.text for run in package.flow[1].runs if run.ins)
    assert words == "three times, gently"
    assert [one.author for one in package.comments] == ["Priya", "Marta", "Priya", "Marta"]
    assert all(one.resolved for one in package.comments)
    assert "Nobody can be sure of it." in package.comments[3].text


def test_what_was_asked_again_is_an_open_change_again(draft: Draft) -> None:
    said = draft.suggest("Care workers visit twice a day, gently.")
    answer = draft.decide(said, "declined", reason_code="SAFE", reason="Nobody can be sure of it.")
    assert not any(run.ins for run in read(downloaded(draft)).flow[1].runs)
    operations.react(
        by=draft.citizen, project_id=draft.project.pk, suggestion_id=said.pk, decision_id=answer.pk,
        verdict="not", words="Then say who can be.", asks_again=True,
    )  # fmt: skip
    package = read(downloaded(draft))
    assert "".join(run.text for run in package.flow[1].runs if run.ins) == ", gently"
    assert not any(one.resolved for one in package.comments)


def test_people_are_named_as_they_chose_and_no_address_is_in_the_file(draft: Draft) -> None:
    group = a_group(draft.facilitator, draft.project)
    maureen = a_seat(
        draft.facilitator, draft.project, group, "Maureen Hill", acknowledgement="first name"
    ).person
    quiet = a_seat(draft.facilitator, draft.project, group, "Nora Quiet", acknowledgement="anonymous").person
    Person.objects.filter(pk=draft.manager.pk).update(display_name="marta@example.org")
    Person.objects.filter(pk=maureen.pk).update(email="maureen@example.org")
    draft.suggest("Care workers visit three times a day.", by=maureen)
    draft.suggest("Care workers visit twice a day, gently.", by=quiet)
    draft.suggest("Care workers visit once a day.", by=draft.manager)
    content = downloaded(draft)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    assert "Quiet" not in everything
    assert "Hill" not in everything
    assert "example.org" not in everything
    assert 'w:author="Maureen"' in everything
    assert 'w:author="Anonymous"' in everything
    assert 'w:author="Someone"' in everything


def test_everything_is_shown_before_anything_is_stored(draft: Draft) -> None:
    draft.suggest("Care workers visit three times a day.")
    page = upload(browser(draft.facilitator), draft, edited(draft)).content.decode()
    assert "Sam Lee, 21 May 2025, in “Home after hospital”: adds the passage “A new passage.”" in page
    assert "“twice” becomes “often”" in page
    assert "says “Who visits?”" in page
    assert "In the file: “Sam Lee”. Who is that?" in page
    assert nothing_is_stored(draft)


def test_what_is_confirmed_becomes_suggestions_at_once(draft: Draft) -> None:
    client = browser(draft.facilitator)
    sent = fields(upload(client, draft, edited(draft)).content.decode())
    assert (sent["who_0"], sent["name_0"]) == ("other", "Sam Lee")
    answer = client.post(f"{place(draft)}word/in/", sent, follow=True)
    assert "3 suggestions from a Word file" in answer.content.decode()
    made = list(Suggestion.objects.filter(channel="word").order_by("number"))
    assert {(one.author.name, one.entered_by.name, str(one.said_on)) for one in made} == {
        ("Sam Lee", "Fay", "2025-05-21")
    }
    assert [one.kind for one in made] == ["add", "change", "ask"]
    assert made[2].words == "Who visits?"
    assert [one.name_in_file for one in WordOrigin.objects.all()] == ["Sam Lee"] * 3
    draft.document.refresh_from_db()
    draft.decide(made[0])
    draft.decide(made[1])
    assert "# Home after hospital\n\nA new passage.\n\nCare workers visit often a day." in draft.text()
    assert verify_database(draft.project.pk).whole


def test_a_confirmation_sent_twice_stores_once(draft: Draft) -> None:
    client = browser(draft.facilitator)
    sent = fields(upload(client, draft, edited(draft)).content.decode())
    for _ in range(2):
        assert client.post(f"{place(draft)}word/in/", sent).status_code == 302
    assert Suggestion.objects.filter(channel="word").count() == 3
    assert WordUpload.objects.count() == 1
    assert Person.objects.filter(name="Sam Lee").count() == 1


def test_the_form_keeps_what_was_chosen_when_something_is_missing(draft: Draft) -> None:
    client = browser(draft.facilitator)
    sent = fields(upload(client, draft, edited(draft)).content.decode())
    page = client.post(f"{place(draft)}word/in/", sent | {"take": ["1"], "name_0": ""}).content.decode()
    assert "Enter the person" in page
    assert fields(page)["take"] == ["1"]
    assert fields(page)["who_0"] == "other"
    assert nothing_is_stored(draft)
    page = client.post(f"{place(draft)}word/in/", sent | {"take": []}).content.decode()
    assert "Choose at least one change." in page
    assert nothing_is_stored(draft)


def test_what_is_left_out_is_not_stored(draft: Draft) -> None:
    client = browser(draft.facilitator)
    sent = fields(upload(client, draft, edited(draft)).content.decode())
    client.post(f"{place(draft)}word/in/", sent | {"take": ["2"], "who_0": "me"})
    assert [one.words for one in Suggestion.objects.filter(channel="word")] == ["Who visits?"]
    before = Entry.objects.count()
    page = client.post(
        f"{place(draft)}word/in/", fields(upload(client, draft, edited(draft)).content.decode()) | {"who_0": "nobody"}
    )  # fmt: skip
    assert "Choose at least one change." in page.content.decode()
    assert Entry.objects.count() == before


def test_a_participant_speaks_only_for_themselves(draft: Draft) -> None:
    client = browser(draft.citizen)
    page = upload(client, draft, edited(draft)).content.decode()
    sent = fields(page)
    assert "Someone else" not in page
    assert sent["who_0"] == ""
    refused = client.post(f"{place(draft)}word/in/", sent | {"who_0": str(draft.manager.pk)})
    assert nothing_is_stored(draft)
    assert refused.status_code == 200
    client.post(f"{place(draft)}word/in/", sent | {"who_0": "me"})
    assert {one.author for one in Suggestion.objects.filter(channel="word")} == {draft.citizen}


def test_untracked_changes_are_flagged_and_belong_to_whom_the_person_says(draft: Draft) -> None:
    client = browser(draft.facilitator)
    page = upload(client, draft, edited(draft, tracked=None)).content.decode()
    assert "Some changes in this file were made while tracking was off." in page
    assert "Changes without a name, because tracking was off: whose are they?" in page
    sent = fields(page)
    client.post(f"{place(draft)}word/in/", sent)
    origins = WordOrigin.objects.filter(tracked=False).select_related("suggestion__author")
    assert {one.suggestion.author.name for one in origins} == {"Fay"}
    assert len(origins) == 2


def test_the_base_is_found_though_the_text_moved_on(draft: Draft) -> None:
    content = edited(draft)
    draft.decide(draft.suggest("Care workers visit twice a day, gently."))
    draft.publish(Number(0, 1))
    page = upload(browser(draft.facilitator), draft, content).content.decode()
    assert "It was made from the text as it stood then." in page
    assert "“twice” becomes “often”" in page
    assert "gently" not in page


def test_a_file_without_its_facts_is_matched_by_its_words(draft: Draft) -> None:
    sheet = queries.sheet_of(draft.document)
    sheet.plan.flow[1].runs.append(Run(" And at night.", ins=SAM))
    content = written(sheet.plan, title="x", when="2025-06-01T10:00:00Z", facts={})
    page = upload(browser(draft.facilitator), draft, content).content.decode()
    assert "It does not say from which text it was made" in page
    assert "adds “And at night.”" in page


def test_a_file_of_another_document_is_refused(draft: Draft) -> None:
    other = make_draft("# Something else\n\nQuite different words stand here.\n")
    content = edited(draft)
    page = upload(browser(other.facilitator), other, content).content.decode()
    assert "This file was not made from this document" in page
    assert nothing_is_stored(draft)


def test_a_file_that_says_nothing_new_says_so(draft: Draft) -> None:
    draft.suggest("Care workers visit three times a day.", reason="Why not")
    page = upload(browser(draft.facilitator), draft, downloaded(draft)).content.decode()
    assert "There is nothing new in this file." in page


def test_a_form_that_we_did_not_make_is_not_found(draft: Draft) -> None:
    sent = fields(upload(browser(draft.facilitator), draft, edited(draft)).content.decode())
    forged = sent | {"token": sent["token"][:-4] + "AAAA"}
    assert browser(draft.facilitator).post(f"{place(draft)}word/in/", forged).status_code == 404
    other = make_draft()
    assert browser(other.facilitator).post(f"{place(other)}word/in/", sent).status_code == 404
