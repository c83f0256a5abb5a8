"""From a suggestion to the barriers that it is about, and back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.barriers.terms import BARRIER
from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import BarrierLink
from coproduce.core.access import NotThere
from coproduce.core.findings import Override
from coproduce.core.models import Entry, Payload
from coproduce.ui.citing import cited_as, sources_of
from coproduce.ui.onward import onward_from, onward_from_many
from tests.permissions.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def document(world: World) -> Any:
    return operations.start_document(
        by=world.facilitator, project_id=world.project.pk, title="The clinic", text="Open twice a week.\n",
        override=Override("A test."),
    )  # fmt: skip


@pytest.fixture
def suggestion(world: World, document: Any) -> Any:
    return operations.suggest(
        by=world.participant, project_id=world.project.pk, document_id=document.pk, words="Open daily"
    )


def a_barrier(world: World, words: str = "It is never open") -> Any:
    return barriers.add_barrier(by=world.participant, project_id=world.project.pk, statement=words, level=1)


def link(world: World, suggestion: Any, *found: Any) -> Any:
    return operations.link_barriers(
        by=world.manager, project_id=world.project.pk, suggestion_id=suggestion.pk,
        barrier_ids=[one.pk for one in found],
    )  # fmt: skip


def test_the_links_show_on_both_pages_with_how_the_suggestion_stands(world: World, suggestion: Any) -> None:
    barrier, other = a_barrier(world), a_barrier(world, "Too far")
    link(world, suggestion, barrier)
    (onward,) = onward_from(BARRIER, world.project.pk, barrier.pk)
    assert (onward.ref, str(onward.state)) == ("S01", "Open")
    assert onward_from(BARRIER, world.project.pk, other.pk) == []
    assert [one.ref for one in queries.linked_barriers(suggestion)] == ["B01"]
    operations.decide(
        by=world.manager, project_id=world.project.pk, suggestion_id=suggestion.pk, outcome="declined",
        reason_code="LAW", reason="Not lawful.",
    )  # fmt: skip
    (onward,) = onward_from(BARRIER, world.project.pk, barrier.pk)
    assert str(onward.state) == "Declined"


def test_what_is_named_no_more_is_linked_no_more_and_the_ledger_has_both(
    world: World, suggestion: Any
) -> None:
    first, second = a_barrier(world), a_barrier(world, "Too far")
    link(world, suggestion, first, second)
    link(world, suggestion, second)
    assert [one.ref for one in queries.linked_barriers(suggestion)] == ["B02"]
    entry = Entry.objects.filter(verb="drafting.link_barriers").order_by("-seq")[0]
    content = Payload.objects.get(pk=entry.pk).content
    assert (content["before"], content["after"]) == (
        {"barriers": ["B01", "B02"]}, {"barriers": ["B02"]},
    )  # fmt: skip


def test_only_those_who_lead_link_and_only_to_what_is_here(world: World, suggestion: Any) -> None:
    elsewhere = barriers.add_barrier(
        by=world.stranger, project_id=world.elsewhere.pk, statement="No bus", level=1
    )
    with pytest.raises(NotThere):
        link(world, suggestion, elsewhere)
    with pytest.raises(NotThere):
        operations.link_barriers(
            by=world.participant, project_id=world.project.pk, suggestion_id=suggestion.pk, barrier_ids=[]
        )
    assert not BarrierLink.objects.exists()


def test_the_page_takes_numbers_and_says_which_it_does_not_know(world: World, suggestion: Any) -> None:
    a_barrier(world)
    client = Client()
    client.force_login(world.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("drafting:link_barriers", args=[world.project.pk, suggestion.pk])
    refused = client.post(page, {"barriers": "b1, B77 nonsense"}).content.decode()
    assert "Nothing here is called B77, nonsense." in refused
    assert not BarrierLink.objects.exists()
    after = client.post(page, {"barriers": "b1"}, follow=True).content.decode()
    assert "It is never open" in after


def test_many_barriers_cost_as_many_queries_as_one(
    world: World, suggestion: Any, django_assert_num_queries: Any
) -> None:
    found = [a_barrier(world, f"Barrier {i}") for i in range(5)]
    link(world, suggestion, *found)
    # Suggestions, actions with their commitments, the equality assessment and results of votes: one each.
    with django_assert_num_queries(4):
        links = onward_from_many(BARRIER, world.project.pk, [one.pk for one in found])
    assert [len(links[one.pk]) for one in found] == [1] * 5


def test_a_document_can_be_cited_as_evidence_here_and_not_elsewhere(world: World, document: Any) -> None:
    (source,) = sources_of(world.project.pk)
    assert cited_as(source.value, world.project.pk) == source
    assert cited_as(source.value, world.elsewhere.pk) is None
    barrier = a_barrier(world)
    proof = barriers.add_evidence(
        by=world.participant, project_id=world.project.pk, barrier_id=barrier.pk, words="Page 2",
        cited=source.value,
    )  # fmt: skip
    assert (proof.cited_kind, proof.cited_id, proof.cited_ref) == (
        "drafting.document", document.pk, document.code,
    )  # fmt: skip
    client = Client()
    client.force_login(world.participant, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("barriers:barrier", args=[world.project.pk, barrier.pk])).content.decode()
    assert source.href in page
