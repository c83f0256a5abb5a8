"""The foreword once people have read it: what changes is told, and it reads as Easy Read."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.operations import add_command_line
from coproduce.capabilities.projects import operations, queries
from coproduce.capabilities.projects.models import ForewordChange
from coproduce.capabilities.projects.templatetags.foreword import told
from coproduce.capabilities.projects.terms import Intent, OptionOutcome
from coproduce.core.findings import Refused
from tests.support import tagged

pytestmark = pytest.mark.django_db
WHY = "Five people saw it, and we had not said it."


@pytest.fixture
def here() -> dict[str, Any]:
    by = add_command_line()
    project = operations.start_project(by=by, title="Home", summary="Good care at home.")
    return {"by": by, "project_id": project.pk}


@pytest.fixture
def shared(here: dict[str, Any]) -> dict[str, Any]:
    changes = {"what_can_change": "Who visits. When they come.", "stated_intents": [Intent.BETTER_OUTCOMES]}
    operations.write_foreword(**here, changes=changes)
    operations.share_foreword(**here)
    return here


def page(here: dict[str, Any], name: str = "foreword") -> str:
    client = Client()
    client.force_login(here["by"])
    return client.get(reverse(f"projects:{name}", args=[here["project_id"]])).content.decode()


def test_before_it_is_shared_nothing_is_kept_of_what_it_said(here: dict[str, Any]) -> None:
    operations.write_foreword(**here, changes={"why_now": "A first try."})
    operations.write_option(**here, title="Do nothing")
    assert not queries.changes_since_shared(here["project_id"])


def test_a_shared_foreword_changes_only_with_its_reason(shared: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        operations.write_foreword(**shared, changes={"why_now": "The law."})
    assert [finding.subject for finding in refused.value.findings] == ["why_changed"]
    operations.write_foreword(**shared, changes={"why_now": "The law."}, why_changed=WHY)
    [change] = queries.changes_since_shared(shared["project_id"])
    assert (change.why, change.before, change.after) == (WHY, {"why_now": ""}, {"why_now": "The law."})
    with pytest.raises(IntegrityError), transaction.atomic():
        ForewordChange.objects.update(why="Another reason.")


def test_saving_it_again_as_it_is_needs_no_reason(shared: dict[str, Any]) -> None:
    operations.write_foreword(**shared, changes={"what_can_change": "Who visits. When they come."})
    assert not queries.changes_since_shared(shared["project_id"])


def test_everyone_reads_what_changed_when_by_whom_and_why(shared: dict[str, Any]) -> None:
    changes = {
        "stated_intents": [Intent.BETTER_OUTCOMES, Intent.SAVE_MONEY], "saving_is_aim": True,
        "saving_amount": Decimal(420_000), "saving_spent_on": "Home care.", "decision_date": date(2025, 10, 15),
        "summary": "Better care at home.",
    }  # fmt: skip
    operations.write_foreword(**shared, changes=changes, why_changed=WHY)
    [change] = queries.changes_since_shared(shared["project_id"])
    lines = {str(line.part): (str(line.was), str(line.now)) for line in told(change)}
    assert lines["What those who lead this want"] == (
        "Better outcomes for people", "Better outcomes for people; Save money",
    )  # fmt: skip
    assert lines["Amount to save in a year"] == ("Nothing", "£420,000")
    assert lines["Decision date"] == ("Nothing", "15 October 2025")
    assert lines["What it is for"] == ("Good care at home.", "Better care at home.")
    html = page(shared)
    assert "What changed since it was shared" in html
    assert WHY in html
    assert "It has changed once since." in html


def test_an_option_added_after_sharing_is_told_too(shared: dict[str, Any]) -> None:
    dropped = {"title": "A new ward", "outcome": OptionOutcome.DROPPED, "why": "Too far away."}
    with pytest.raises(Refused):
        operations.write_option(**shared, **dropped)
    operations.write_option(**shared, **dropped, why_changed="We had left it out.")
    [change] = queries.changes_since_shared(shared["project_id"])
    assert (change.option.title, change.before, change.after["why"]) == ("A new ward", {}, "Too far away.")


def test_the_page_shows_the_reading_age_and_who_answers_for_it(shared: dict[str, Any]) -> None:
    html = page(shared)
    assert "Reading age of this sentence: about 5." in html
    assert "Manager, who answers for it" in html


def test_R108_easy_read_is_a_sentence_a_line_and_warns_of_long_ones(shared: dict[str, Any]) -> None:
    long = "We want to know from each of you what would help you most in the first days at home."
    operations.write_foreword(**shared, changes={"why_now": long}, why_changed=WHY)
    html = page(shared, "easy_foreword")
    assert (
        '<p class="govuk-body" dir="auto">Who visits.</p><p class="govuk-body" dir="auto">When they come.</p>'
        in html
    )
    assert "This sentence has 19 words." in html


def test_a_summary_of_too_many_words_is_refused_and_the_old_one_stays(here: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="25 words"):
        operations.write_foreword(**here, changes={"summary": "word " * 26})
    assert queries.project(here["project_id"]).summary == "Good care at home."


def test_on_paper_it_says_the_same_in_word_and_as_tagged_pdf(shared: dict[str, Any], tmp_path: Path) -> None:
    operations.write_option(
        **shared, title="A new ward", outcome=OptionOutcome.DROPPED, why="Far.", why_changed=WHY
    )
    client, address = Client(), reverse("projects:foreword", args=[shared["project_id"]])
    client.force_login(shared["by"])
    word = client.get(f"{address}?format=docx").content
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        text = package.read("word/document.xml").decode()
    for words in ("Good care at home.", "Who visits.", "A new ward", WHY):
        assert words in text
    pdf = client.get(f"{address}?format=pdf")
    assert pdf["Content-Type"] == "application/pdf"
    file = tmp_path / "foreword.pdf"
    file.write_bytes(pdf.content)
    assert "What people can change" in str(tagged.check(file))
