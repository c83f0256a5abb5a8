"""Evidence beside a barrier, premortem, and the links to what carries it on."""

from typing import Any

import pytest
from django.urls import reverse

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import Evidence
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused

from .factories import Table
from .test_pages import Browser


def add(table: Table, barrier: Any, **facts: Any) -> Evidence:
    return operations.add_evidence(
        by=facts.pop("by", table.maureen), project_id=table.id, barrier_id=barrier.pk,
        **{"words": "The audit of May says so"} | facts,
    )  # fmt: skip


def words_of(table: Table, barrier: Any) -> list[str]:
    visit = queries.visit_register(table.facilitator, table.id, Purpose.READ)
    return [proof.evidence.words for proof in queries.proofs_of(visit, barrier)]


def test_evidence_stands_beside_the_barrier_with_its_address(table: Table) -> None:
    barrier = table.barrier()
    add(table, barrier, address="https://example.org/audit?year=2025")
    page = Browser(table, table.rob).get("barrier", barrier)
    assert 'href="https://example.org/audit?year=2025"' in page
    assert "The audit of May says so" in page


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "//example.org", "example.org", "https://",
     "https://a b", "JaVaScRiPt:https://example.org", "https://[broken"],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_refused(table: Table, address: str) -> None:
    with pytest.raises(Refused):
        add(table, table.barrier(), address=address)
    assert not Evidence.objects.exists()


def test_evidence_has_words_and_cites_only_what_is_here(table: Table) -> None:
    barrier = table.barrier()
    for facts in ({"words": "  "}, {"cited": "drafting.document:0197a3c5-0000-7000-8000-000000000001"}):
        with pytest.raises(Refused):
            add(table, barrier, **facts)


def test_who_put_it_there_and_the_facilitator_take_it_out_and_the_row_stays(table: Table) -> None:
    barrier = table.barrier()
    first, second = add(table, barrier), add(table, barrier, words="Second")
    about = {"project_id": table.id, "barrier_id": barrier.pk}
    with pytest.raises(NotThere):
        operations.take_out_evidence(by=table.rob, **about, evidence_id=first.pk)
    operations.take_out_evidence(by=table.maureen, **about, evidence_id=first.pk)
    assert words_of(table, barrier) == ["Second"]
    operations.take_out_evidence(by=table.facilitator, **about, evidence_id=second.pk)
    assert (words_of(table, barrier), Evidence.objects.count()) == ([], 2)
    assert len(queries.rows_for_record(table.id)["barrier_evidence"]) == 2
    with pytest.raises(NotThere):
        operations.take_out_evidence(by=table.facilitator, **about, evidence_id=second.pk)


def test_the_page_keeps_what_was_typed_when_the_address_is_wrong(table: Table) -> None:
    barrier, rob = table.barrier(), Browser(table, table.rob)
    page = rob.post("add_evidence", barrier, words="See here", address="javascript:alert(1)").content.decode()
    assert "Error: " in page
    assert "See here" in page
    rob.post("add_evidence", barrier, words="See here", address="http://example.org")
    assert words_of(table, barrier) == ["See here"]


def test_a_premortem_has_likelihood_impact_and_an_early_sign(table: Table) -> None:
    barrier = table.barrier(
        premortem=True, likelihood="high", impact="low", early_sign="Calls are not answered"
    )
    table.barrier("Another")
    rob = Browser(table, table.rob)
    page = rob.get("barrier", barrier)
    assert "Calls are not answered" in page
    listed = rob.get("barriers", query="?premortem=yes")
    assert "Nobody told me" in listed
    assert "Another" not in listed
    line = rob.get("barriers", query="?format=csv").splitlines()[1]
    assert "High" in line
    assert "Calls are not answered" in line


def test_a_premortem_is_tagged_when_sorting_and_when_adding(table: Table) -> None:
    barrier, owen = table.barrier(), Browser(table, table.facilitator)
    owen.post("sort", barrier, theme="", premortem="on", likelihood="medium", early_sign="Silence")
    found = table.again(barrier)
    assert (found.premortem, found.likelihood, found.impact, found.early_sign) == (
        True, "medium", "", "Silence",
    )  # fmt: skip
    owen.post("add_barrier", statement="It failed", level="1", premortem="on", impact="high")
    assert queries.barrier_by_ref(table.id, "B02").impact == "high"


@pytest.mark.parametrize("name", ["likelihood", "impact"])
def test_another_size_is_refused(table: Table, name: str) -> None:
    with pytest.raises(Refused):
        table.barrier(premortem=True, **{name: "huge"})
    with pytest.raises(Refused):
        operations.sort_barrier(
            by=table.facilitator, project_id=table.id, barrier_id=table.barrier().pk, changes={name: "huge"}
        )


def test_R37_the_test_is_asked_before_saving_and_its_warning_stays_on_the_page(table: Table) -> None:
    barrier, owen = table.barrier(), Browser(table, table.facilitator)
    assert "The ENABLE test" in owen.get("respond", barrier)
    table.respond(barrier, who_acts="people_affected")
    assert "R37" in owen.get("barrier", barrier)
    table.respond(barrier, who_acts="together")
    assert "R37" not in owen.get("barrier", barrier)


def test_a_raiser_has_no_form_for_evidence_of_another_project(table: Table) -> None:
    response = Browser(table, table.rob).client.get(
        reverse("barriers:add_evidence", args=[table.id, table.project.pk])
    )
    assert response.status_code == 404
