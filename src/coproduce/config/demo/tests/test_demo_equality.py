"""The equality impact assessment of the scenario (domain notes 3.8), as the product gives it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.barriers.terms import BARRIER
from coproduce.capabilities.equality import queries as equality
from coproduce.capabilities.equality.terms import Side
from coproduce.capabilities.signoff import queries as signoff
from coproduce.ui.onward import onward_from

pytestmark = pytest.mark.django_db

# Group: what people tell us, what it means, what we can do.
EXPECTED = {
    "Age": ("B01 B02 B22", "Positive, Negative", "A01 A05"),
    "Disability": ("B05 B10 B15 B36", "Negative", "A05 A10 A11"),
    "Gender reassignment": ("", "Not known yet", ""),
    "Pregnancy and maternity": ("", "None", ""),
    "Race": ("B18 B41", "Negative", "A10"),
    "Religion or belief": ("", "Negative", ""),
    "Sex": ("B20 B33", "Negative", "A09 S17"),
    "Sexual orientation": ("", "Not known yet", ""),
    "Marriage and civil partnership": ("", "None", ""),
    "Carers": ("B19 B20 B21 B22 B23 B24 B25 B26 B31", "Positive", "A03 A04 A07 A13"),
    "Socio-economic disadvantage": ("B07 B17 B20", "Negative", "A05 A06 S31"),
    "Care-experienced people": ("B26", "Positive", "A03"),
    "Armed forces community": ("", "None", ""),
    "Rural areas": ("B08 B50", "Negative", "A09"),
}


@pytest.fixture
def standing(demo: Any) -> Any:
    found = equality.standing_of(demo.pk)
    assert found
    return found


def refs(links: Any, row: Any, side: Side) -> str:
    return " ".join(sorted(one.ref for one in links.get(row.pk, {}).get(side, ())))


def test_fourteen_rows_with_their_links_and_impacts(standing: Any) -> None:
    links = equality.links_of(standing.assessment)
    found = {
        str(row.title): (refs(links, row, Side.TOLD), row.impact_labels, refs(links, row, Side.DO))
        for row in equality.rows_of(standing.assessment)
    }
    assert found == EXPECTED


def test_two_rows_are_not_known_yet_with_a_dated_plan_and_religion_has_its_words(standing: Any) -> None:
    rows = equality.rows_of(standing.assessment)
    unknown = {str(row.title): row.plan_by for row in rows if "unknown" in row.impacts}
    assert unknown == {"Gender reassignment": date(2025, 11, 30), "Sexual orientation": date(2025, 11, 30)}
    [religion] = (row for row in rows if row.characteristic == "religion")
    assert religion.can_do.startswith("Standing: ask")
    assert (religion.size, "71%" in rows[0].know, "31%" in rows[-1].know) == (1, True, True)


def test_screened_final_updated_read_and_published_on_their_days(standing: Any) -> None:
    found = standing.assessment
    assert (standing.begun_on, found.screened_on) == (date(2025, 1, 20), date(2025, 2, 7))
    assert standing.closed_on < found.after_consultation_on <= standing.final_on == date(2025, 10, 6)
    assert (found.conclusion, found.decision_maker.shown_name, standing.read_on) == (
        "adjust", "Graham Tully", date(2025, 10, 13),
    )  # fmt: skip
    assert found.published.number == 3
    assert [one.kind for one in equality.versions_of(found)] == ["final", "draft", "screening"]


def test_nothing_of_it_stood_in_the_way_of_the_signature(demo: Any, standing: Any) -> None:
    assert equality.findings_at_sign_off(demo.pk, date(2025, 10, 15)) == []
    assert equality.findings_so_far(standing) == []
    signed = signoff.latest(demo.pk)
    assert signed
    assert signed.equality_reference.endswith("version 3 of 6 October 2025. Conclusion: Adjust the plan.")


def test_a_barrier_leads_to_its_rows(demo: Any) -> None:
    barrier = barriers.barrier_by_ref(demo.pk, "B20")
    assert barrier
    titles = [
        one.ref for one in onward_from(BARRIER, demo.pk, barrier.pk) if str(one.label) == "Equality row"
    ]
    assert titles == ["Sex", "Carers", "Socio-economic disadvantage"]


def test_R95_the_24_have_no_table_but_a_sentence(demo: Any) -> None:
    survey = equality.survey_of(demo.pk)
    assert survey
    assert (equality.waiting(survey), list(equality.tables_of(survey))) == (24, [])
    page = Client().get(reverse("equality:tables", args=[survey.pk])).content.decode()
    assert "24 people were asked and 24 forms came back." in page
    assert "No table is shown" in page
    assert "<table" not in page


def test_the_public_page_names_what_people_said_by_number_only(demo: Any) -> None:
    page = Client().get(reverse("equality:public", args=[demo.pk])).content.decode()
    assert "B08, B50" in page
    barrier = barriers.barrier_by_ref(demo.pk, "B08")
    assert barrier
    assert barrier.statement not in page
    assert "Put one name and one number on every discharge card" in page
