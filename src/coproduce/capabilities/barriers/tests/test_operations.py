from datetime import date

import pytest
from django.db import IntegrityError, transaction

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import Barrier, Said, ThemeRating
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry, Payload

from .factories import Table


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule for finding in refused.value.findings}


def content() -> dict:
    return Payload.objects.order_by("-entry__seq").first().content


def test_barriers_are_numbered_in_the_order_in_which_they_come(table: Table) -> None:
    assert [table.barrier("One").ref, table.barrier("Two").ref] == ["B01", "B02"]


def test_a_barrier_keeps_its_words_raiser_group_and_level(table: Table) -> None:
    words = "I  went home\nnot knowing who was coming"
    barrier = table.again(table.barrier(words, level=2, importance=5, ease=4))
    assert (barrier.statement, barrier.raised_by, barrier.group) == (words, table.maureen, table.g1)
    assert (barrier.level, barrier.importance, barrier.ease, barrier.response) == (2, 5, 4, "none_yet")


def test_an_empty_barrier_is_refused(table: Table) -> None:
    with pytest.raises(Refused):
        table.barrier("  ")
    assert not Barrier.objects.exists()


def test_the_facilitator_writes_down_what_somebody_else_says(table: Table) -> None:
    barrier = table.barrier(by=table.facilitator, raised_by=table.desmond)
    assert (barrier.raised_by, barrier.added_by) == (table.desmond, table.facilitator)
    assert Entry.objects.filter(verb="barriers.add_barrier").get().on_behalf_of == table.desmond.pk


def test_a_participant_may_not_speak_for_another(table: Table) -> None:
    with pytest.raises(NotThere):
        table.barrier(by=table.maureen, raised_by=table.rob)


def test_a_barrier_is_raised_by_somebody_of_the_project(table: Table) -> None:
    stranger = table.maureen.__class__.objects.create(name="Stranger", added_at=table.project.started_at)
    with pytest.raises(NotThere):
        table.barrier(by=table.facilitator, raised_by=stranger)


def test_the_same_request_twice_writes_one_barrier(table: Table) -> None:
    key = uuid7()
    assert table.barrier(key=key) == table.barrier(key=key)
    assert Barrier.objects.count() == 1


def test_R32_nobody_rewords_a_barrier(table: Table) -> None:
    barrier = table.barrier("This looks like getting us out")
    for person in (table.maureen, table.facilitator, table.manager):
        with pytest.raises(Refused) as refused:
            operations.reword(by=person, project_id=table.id, barrier_id=barrier.pk, statement="Perceived as")
        assert rules_of(refused) == {"R32"}
    assert table.again(barrier).statement == "This looks like getting us out"


def test_R32_the_database_keeps_the_words_too(table: Table) -> None:
    barrier = table.barrier()
    with pytest.raises(IntegrityError), transaction.atomic():
        Barrier.objects.filter(pk=barrier.pk).update(statement="Softer words")
    Barrier.objects.filter(pk=barrier.pk).update(felt_by="Everyone on the ward")


def test_R32_the_facilitator_adds_a_note_instead(table: Table) -> None:
    barrier = table.barrier()
    operations.note(by=table.facilitator, project_id=table.id, barrier_id=barrier.pk, words="Said twice")
    assert [note.words for note in queries.notes_of(barrier)] == ["Said twice"]


@pytest.mark.parametrize("who", ["maureen", "manager"])
def test_only_the_facilitator_curates(table: Table, who: str) -> None:
    barrier, other, person = table.barrier(), table.barrier(), getattr(table, who)
    with pytest.raises(NotThere):
        operations.note(by=person, project_id=table.id, barrier_id=barrier.pk, words="x")
    with pytest.raises(NotThere):
        operations.merge(by=person, project_id=table.id, barrier_id=barrier.pk, into_id=other.pk)
    with pytest.raises(NotThere):
        operations.sort_barrier(
            by=person, project_id=table.id, barrier_id=barrier.pk, changes={"lens": "risk"}
        )


def test_sorting_sets_theme_lens_and_com_b_and_tells_the_ledger(table: Table) -> None:
    barrier, theme = table.barrier(), table.theme()
    changes = {"theme_id": theme.pk, "com_b": "PsC", "lens": "support", "built_on": "own experience"}
    operations.sort_barrier(by=table.facilitator, project_id=table.id, barrier_id=barrier.pk, changes=changes)
    assert table.again(barrier).theme == theme
    assert content()["before"]["com_b"] == ""
    assert content()["after"]["com_b"] == "PsC"


def test_a_theme_of_another_project_is_not_there(table: Table) -> None:
    from .factories import a_table

    theirs, barrier = a_table().theme(), table.barrier()
    with pytest.raises(NotThere):
        operations.sort_barrier(
            by=table.facilitator, project_id=table.id, barrier_id=barrier.pk, changes={"theme_id": theirs.pk}
        )


def test_R33_a_merge_keeps_both_raisers_and_both_words(table: Table) -> None:
    first, second, third = (
        table.barrier("A"),
        table.barrier("B", by=table.rob),
        table.barrier("C", by=table.desmond),
    )
    table.merge(third, second)
    table.merge(second, first)
    raisers = queries.raisers_of(table.again(first))
    assert raisers.people == {table.maureen.pk, table.rob.pk, table.desmond.pk}
    assert [barrier.statement for barrier in queries.merged_in(first)] == ["B", "C"]
    assert queries.root_of(table.again(third)) == first


def test_R33_undoing_a_merge_leaves_it_in_the_history(table: Table) -> None:
    first, second = table.barrier("A"), table.barrier("B", by=table.rob)
    table.merge(second, first)
    operations.unmerge(by=table.facilitator, project_id=table.id, barrier_id=second.pk)
    assert table.again(second).merged_into is None
    (row,) = queries.merges_of(first)
    assert (row.barrier, row.undone_by) == (second, table.facilitator)
    table.merge(second, first)
    assert len(queries.merges_of(first)) == 2


def test_R33_no_merge_into_itself_or_twice_or_into_what_is_merged(table: Table) -> None:
    first, second, third = table.barrier(), table.barrier(), table.barrier()
    table.merge(second, first)
    for barrier, into in ((first, first), (second, third), (third, second)):
        with pytest.raises(Refused) as refused:
            table.merge(barrier, into)
        assert rules_of(refused) == {"R33"}


def test_undoing_what_was_never_merged_is_not_there(table: Table) -> None:
    with pytest.raises(NotThere):
        operations.unmerge(by=table.facilitator, project_id=table.id, barrier_id=table.barrier().pk)


def test_a_response_has_words_owner_and_date(table: Table) -> None:
    barrier = table.respond(table.barrier(), owner=table.rob, due=date(2025, 12, 1))
    barrier = table.again(barrier)
    assert (barrier.response, barrier.owner, barrier.due) == ("reduce", table.rob, date(2025, 12, 1))


def test_to_accept_without_saying_why_is_refused(table: Table) -> None:
    barrier = table.barrier()
    with pytest.raises(Refused):
        table.respond(barrier, "accept", response_words="")
    assert table.again(barrier).response == "none_yet"


def test_a_response_that_is_not_on_the_list_is_refused(table: Table) -> None:
    with pytest.raises(Refused):
        table.respond(table.barrier(), "noted")


def test_participants_do_not_respond(table: Table) -> None:
    barrier = table.barrier()
    with pytest.raises(NotThere):
        operations.respond(by=table.maureen, project_id=table.id, barrier_id=barrier.pk, response="accept")


def test_R37_the_warning_stays_on_the_record(table: Table) -> None:
    table.respond(table.barrier(), who_acts="people_affected")
    assert [finding["rule"] for finding in content()["findings"]] == ["R37"]


def said(table: Table, barrier: Barrier, by: object, what: str = "gone", **more: object) -> Said:
    return operations.check_back(by=by, project_id=table.id, barrier_id=barrier.pk, said=what, **more)


def test_R35_the_raiser_or_their_group_says_gone(table: Table) -> None:
    barrier = table.barrier()
    said(table, barrier, table.maureen, "smaller", words="They ring now")
    said(table, barrier, table.desmond)
    assert table.again(barrier).checked_back == "gone"
    assert [row.said for row in queries.said_of(barrier)] == ["smaller", "gone"]


def test_R35_the_facilitator_may_not_say_gone_but_may_write_it_down_for_the_raiser(table: Table) -> None:
    barrier = table.barrier()
    with pytest.raises(Refused) as refused:
        said(table, barrier, table.facilitator)
    assert rules_of(refused) == {"R35"}
    row = said(table, barrier, table.facilitator, on_behalf_of=table.maureen)
    assert (row.person, row.entered_by) == (table.maureen, table.facilitator)


def test_R35_writing_it_down_for_somebody_else_does_not_help(table: Table) -> None:
    with pytest.raises(Refused):
        said(table, table.barrier(), table.facilitator, on_behalf_of=table.rob)


def test_R35_the_raiser_of_a_merged_barrier_speaks_too(table: Table) -> None:
    first, second = table.barrier(), table.barrier(by=table.rob)
    table.merge(second, first)
    assert said(table, first, table.rob).said == "gone"


def test_nobody_else_checks_back(table: Table) -> None:
    barrier = table.barrier()
    for person in (table.rob, table.manager):
        with pytest.raises(NotThere):
            said(table, barrier, person, "smaller")


def test_R35_the_project_may_propose_and_the_raiser_answers(table: Table) -> None:
    barrier = table.barrier()
    operations.propose_gone(by=table.manager, project_id=table.id, barrier_id=barrier.pk)
    assert table.again(barrier).gone_proposed_on is not None
    assert table.again(barrier).checked_back == ""
    said(table, barrier, table.maureen, "same")
    assert table.again(barrier).gone_proposed_on is None


def rate(table: Table, by: object, *numbers: int, **more: object) -> ThemeRating:
    ratings = dict(zip([theme.pk for theme in queries.themes_of(table.id)], numbers, strict=False))
    return operations.rate_themes(by=by, project_id=table.id, ratings=ratings, **more)


def test_a_person_rates_once_and_may_think_again(table: Table) -> None:
    table.theme("A"), table.theme("B")
    rate(table, table.maureen, 5, 3)
    rate(table, table.maureen, 4, 3)
    assert sorted(ThemeRating.objects.values_list("theme__number", "importance")) == [(1, 4), (2, 3)]


def test_paper_ratings_are_entered_for_the_person(table: Table) -> None:
    table.theme("A")
    assert rate(table, table.facilitator, 5, on_behalf_of=table.rob).group == table.g2


@pytest.mark.parametrize("numbers", [(), (0,), (6,)])
def test_a_rating_is_from_1_to_5(table: Table, numbers: tuple[int, ...]) -> None:
    table.theme("A")
    with pytest.raises(Refused):
        rate(table, table.maureen, *numbers)


def test_who_sits_in_no_group_does_not_rate(table: Table) -> None:
    table.theme("A")
    with pytest.raises(Refused):
        rate(table, table.facilitator, 5)


def test_someone_of_another_project_reaches_nothing(table: Table) -> None:
    from .factories import a_table

    stranger, barrier = a_table().facilitator, table.barrier()
    with pytest.raises(NotThere):
        operations.note(by=stranger, project_id=table.id, barrier_id=barrier.pk, words="x")
