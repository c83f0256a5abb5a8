import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from coproduce.capabilities.projects.models import ProjectRole
from coproduce.capabilities.review import queries
from coproduce.core import clock
from tests.support import tagged

from .factories import DUE, LOOKED, OPENS, YearOn, a_year_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(db: None) -> YearOn:
    return a_year_on()


@pytest.fixture(autouse=True)
def _thirty_days_before() -> Iterator[None]:
    with clock.at(OPENS):
        yield


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_from_opening_by_hand_to_the_public_report(year: YearOn) -> None:
    manager, carer = client_of(year.manager), client_of(year.carer)
    at = [year.id]
    page = text_of(manager.get(reverse("review:reviews", args=at)))
    assert "The review opens by itself on 15 September 2026" in page
    opened = manager.post(reverse("review:open", args=[*at, year.signed.pk]), follow=True)
    assert "The review is open" in text_of(opened)
    review = queries.open_review(year.id)
    assert review is not None
    one = [*at, review.pk]
    said = carer.post(
        reverse("review:say", args=one),
        {"words": "I know who comes now.", "still_needed": "yes"},
        follow=True,
    )
    assert "I know who comes now." in text_of(said)
    written = {
        "still_needed": "in_part", "did_not_work": "The night line.", "learned": "Ask sooner.", "outcome": "change",
        "outcome_why": "Nights need two lines.", "benefits-count": "1", "benefits-0-indicator": "Knew who was coming",
        "benefits-0-baseline": "41%", "benefits-0-now": "80%", "benefits-0-target": "85%",
    }  # fmt: skip
    assert "The review is saved" in text_of(
        manager.post(reverse("review:write", args=one), written, follow=True)
    )
    assert Client().get(reverse("review:public", args=one)).status_code == 404
    late = {"next_review_on": "2027-10-20"}
    with clock.at(LOOKED):
        assert "R97" in text_of(manager.post(reverse("review:close", args=one), late))
        closed = manager.post(
            reverse("review:close", args=one), {"next_review_on": "2027-10-01"}, follow=True
        )
    assert "The review is closed" in text_of(closed)
    public = text_of(Client().get(reverse("review:public", args=one)))
    for words in (
        "Change it",
        "Nights need two lines.",
        "41%",
        "80%",
        "1 October 2027",
        "1 barriers that have",
    ):
        assert words in public
    assert "I know who comes now." not in public
    assert "Aisha" not in public


def test_the_report_is_there_as_lines_as_word_and_as_a_tagged_pdf(year: YearOn, tmp_path: Path) -> None:
    review = year.write(year.open())
    with clock.at(LOOKED):
        year.close(review)
    address = reverse("review:public", args=[year.id, review.pk])
    rows = list(csv.reader(io.StringIO(Client().get(f"{address}?format=csv").content.decode("utf-8-sig"))))
    assert ["Benefit", "Knew who was coming: Now", "80%"] in rows
    assert ["What raisers say of their barriers", "Gone", "0"] in rows
    file = tmp_path / "review.pdf"
    file.write_bytes(Client().get(f"{address}?format=pdf").content)
    tagged.check(file)
    assert Client().get(f"{address}?format=docx").content[:2] == b"PK"


def test_each_letter_on_paper_lists_the_persons_own_barriers_with_boxes(year: YearOn) -> None:
    review = year.open()
    page = client_of(year.facilitator).get(reverse("review:print_letters", args=[year.id, review.pk]))
    (letter,) = BeautifulSoup(page.content, "html.parser").select("article")
    words = " ".join(letter.get_text(" ").split())
    assert "Aisha Khan" in words
    assert "Nobody asked me." in words
    assert "Two workers know her." in words
    assert [word for word in ("Gone", "Smaller", "The same", "Worse") if f"☐ {word}" in words] == [
        "Gone", "Smaller", "The same", "Worse",
    ]  # fmt: skip


def test_R100_overdue_is_public_from_the_day_after_without_any_job(year: YearOn) -> None:
    document = reverse("drafting:document", args=[year.id, year.desk.document.pk])
    member = client_of(year.carer)
    with clock.at(datetime(2026, 10, 15, 22, tzinfo=UTC)):
        assert "Overdue" not in text_of(member.get(document))
    with clock.at(datetime(2026, 10, 15, 23, 30, tzinfo=UTC)):  # half past midnight in London
        assert "Overdue: this should have been looked at again by 15 October 2026." in text_of(
            member.get(document)
        )
        assert "Overdue" in text_of(member.get(reverse("signoff:sign_off", args=[year.id])))
        assert "Overdue" in text_of(member.get(reverse("review:reviews", args=[year.id])))


def test_R98_the_calendar_has_the_review_for_both_and_a_review_moves_it(year: YearOn) -> None:
    address = reverse("calendar:sign_off", args=[year.id])

    def entries() -> dict[str, tuple[Any, int]]:
        file = Calendar.from_ical(client_of(year.manager).get(address).content)
        return {str(e["uid"]): (e["dtstart"].dt, int(e["sequence"])) for e in file.walk("VEVENT")}

    before = entries()
    assert list(before.values()) == [(DUE, 0), (DUE, 0)]
    review = year.write(year.open())
    with clock.at(LOOKED):
        year.close(review)
    after = entries()
    assert set(after) == set(before)
    assert {day.isoformat() for day, _n in after.values()} == {"2027-10-01"}
    assert {sequence for _day, sequence in after.values()} == {1}


def test_one_page_of_a_sign_off_is_there_as_word_and_as_a_tagged_pdf(year: YearOn, tmp_path: Path) -> None:
    address = reverse("signoff:signed", args=[year.id, year.signed.pk])
    file = tmp_path / "sign-off.pdf"
    file.write_bytes(client_of(year.carer).get(f"{address}?format=pdf").content)
    tagged.check(file)
    assert client_of(year.carer).get(f"{address}?format=docx").content[:2] == b"PK"


def test_what_somebody_says_on_the_phone_is_written_down_from_their_letter(year: YearOn) -> None:
    review = year.open()
    letter = next(one for one in queries.letters_of(review) if one.person_id == year.carer.pk)
    facilitator = client_of(year.facilitator)
    page = BeautifulSoup(
        facilitator.get(reverse("review:letter", args=[year.id, letter.pk])).content, "html.parser"
    )
    links = {link.get_text(strip=True): str(link["href"]) for link in page.select("main a")}
    form = BeautifulSoup(facilitator.get(links["Write down what they say"]).content, "html.parser")
    [chosen] = form.select("select[name=person] option[selected]")
    assert chosen["value"] == str(year.carer.pk)
    said = {"person": chosen["value"], "words": "She knows who comes now.", "still_needed": "yes"}
    answer = facilitator.post(reverse("review:say", args=[year.id, review.pk]), said, follow=True)
    assert "She knows who comes now." in text_of(answer)
    [voice] = queries.voices_of(review)
    assert (voice.person, voice.entered_by) == (year.carer, year.facilitator)
    barriers = facilitator.get(links["Write down what has become of their barriers"])
    assert barriers.status_code == 200
    assert year.carer.shown_name in text_of(barriers)


def test_nobody_else_is_asked_whose_words_they_are_and_the_answer_is_not_read(year: YearOn) -> None:
    review = year.open()
    address, guest = reverse("review:say", args=[year.id, review.pk]), client_of(year.guest)
    assert guest.get(address, {"for": str(year.carer.pk)}).status_code == 404
    assert "Whose words are these?" not in text_of(guest.get(address))
    guest.post(address, {"person": str(year.carer.pk), "words": "It is better."})
    [voice] = queries.voices_of(review)
    assert voice.person == year.guest


def test_whoever_has_left_is_not_written_for_and_nobody_is_taken_in_their_place(year: YearOn) -> None:
    review = year.open()
    letter = next(one for one in queries.letters_of(review) if one.person_id == year.carer.pk)
    ProjectRole.objects.filter(project_id=year.id, person=year.carer).delete()
    facilitator = client_of(year.facilitator)
    page = text_of(facilitator.get(reverse("review:letter", args=[year.id, letter.pk])))
    assert "Write down what they say" not in page
    address = reverse("review:say", args=[year.id, review.pk])
    for asked in (str(year.carer.pk), "nobody"):
        assert facilitator.get(address, {"for": asked}).status_code == 404
