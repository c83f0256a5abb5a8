"""Rounds of each kind, through the real operations: premortem, barriers only, re-rating; extra questions; languages."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations, queries
from coproduce.capabilities.rounds.models import Answer, OpenedAnswer, OpenedBarrier, Round, Support
from coproduce.capabilities.rounds.terms import (
    FIRST_WORDINGS,
    QUESTIONS,
    Channel,
    Extra,
    Intention,
    Kind,
    RaisedBarrier,
    Rated,
    Written,
)
from coproduce.core import clock
from coproduce.core.access import NotThere, Role
from coproduce.core.findings import Refused
from coproduce.core.models import Entry

from . import factories
from .factories import DURING, LATE, OPENS, SEALED, Table, a_person, a_table, an_open_table, draft

pytestmark = pytest.mark.django_db

QUESTIONS_ASKED = [
    {"words": "How do you come?", "form": "one of", "options": ["By bus", "On foot"]},
    {"words": "Would you come again?", "form": "yes or no"},
    {"words": "What should we call it?", "form": "short text"},
]
WELSH = {part: f"Geiriau {part}" for part in QUESTIONS} | {
    "title": "Beth fyddai'n newid?",
    "questions": {"q1": {"words": "Sut fyddwch chi'n dod?", "options": ["Ar y bws", "Ar droed"]}},
}


def a_round_of(table: Table, kind: str, **more: Any) -> Table:
    """This round, in place of the table's own, with everyone invited."""
    with clock.at(OPENS):
        table.round = draft(table, kind=kind, **more)
    table.invite(table.seats)
    return table


def premortem() -> Table:
    table = a_round_of(a_table({"G1": 3, "G4": 1}), Kind.PREMORTEM)
    table.open()
    return table


def translate(table: Table, tag: str, words: Any = WELSH) -> None:
    operations.translate_round(
        by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk, language=tag, words=words
    )
    table.again()


@pytest.mark.parametrize("kind", [Kind.FOCUS_GROUP, Kind.PREMORTEM, Kind.BARRIERS_ONLY])
def test_a_kind_brings_its_own_wording(kind: Kind) -> None:
    table = a_round_of(a_table(), kind)
    assert table.round.wording == {name: str(words) for name, words in FIRST_WORDINGS[kind].items()}
    assert table.open().is_open


def test_premortem_reasons_become_barriers_at_their_level_with_what_they_weigh() -> None:
    table = premortem()
    reasons = tuple(
        RaisedBarrier(f"Reason {level}", level, likelihood="high", impact="medium", early_sign="Fewer calls")
        for level in (1, 2, 3)
    )
    table.answer("P01", Written(barriers=reasons))
    assert not OpenedBarrier.objects.exists()
    table.seal()
    opened = list(queries.opened_barriers(table.round))
    assert [(one.words, one.level) for one in opened] == [(f"Reason {level}", level) for level in (1, 2, 3)]
    assert {(one.likelihood, one.impact, one.early_sign) for one in opened} == {
        ("high", "medium", "Fewer calls")
    }
    assert {one.round.kind for one in opened} == {Kind.PREMORTEM}


def test_a_premortem_takes_no_ratings_and_a_focus_group_no_likelihood() -> None:
    with pytest.raises(Refused, match="barriers only"):
        premortem().answer("P01", Written(me=Rated("x", 1)))
    weighed = Written(barriers=(RaisedBarrier("x", 1, likelihood="high"),))
    with pytest.raises(Refused, match="Only a premortem"):
        an_open_table().answer("P01", weighed)


def test_R25_a_premortem_without_a_level_does_not_open() -> None:
    table = a_round_of(
        a_table(), Kind.PREMORTEM, wording={"level_1": "Why?", "level_3": "Why?", "barriers": "How?"}
    )
    with pytest.raises(Refused) as refused:
        table.open()
    assert {one.rule for one in refused.value.findings} == {"R25"}


def re_rating() -> tuple[Table, Any]:
    """A first round with three answers, one of them late; then a round in which people rate again."""
    table = an_open_table({"G1": 3, "G4": 1})
    first = table.round
    for code, me, around in (("P01", -2, 0), ("P02", 1, 1), ("P04", 2, 2)):
        table.answer(code, Written(me=Rated("then", me), around=Rated("then", around)))
    table.seal()
    table.answer("P03", Written(me=Rated("late", -3), around=Rated("late", -3)), at=LATE)
    with clock.at(LATE):
        table.round = draft(
            table, kind=Kind.RE_RATING, follows_id=first.pk, opens_at=LATE, seals_at=LATE.replace(year=2026)
        )
    table.invite(table.seats)
    table.open(at=LATE)
    return table, first


def test_a_re_rating_shows_ones_own_first_answer_and_how_all_rated() -> None:
    table, first = re_rating()
    shown = queries.before(table.round, table.person("P01"))
    assert shown is not None
    assert shown.first == first
    assert shown.own is not None
    assert shown.own.me_rating == -2
    counted = {rating: (me, around) for rating, me, around in shown.distribution}
    # The late answer is in none of the figures.
    assert counted == {
        "−3": (0, 0), "−2": (1, 0), "−1": (0, 0), "0": (0, 1), "+1": (1, 1), "+2": (1, 1), "+3": (0, 0),
    }  # fmt: skip
    nobody = queries.before(table.round, table.facilitator)
    assert nobody is not None
    assert nobody.own is None


def test_a_re_rating_is_stated_beside_the_first_round() -> None:
    table, first = re_rating()
    for code, me in (("P01", 0), ("P02", 1), ("P03", 3)):
        table.answer(code, Written(me=Rated("now", me), around=Rated("now", 0)), at=LATE)
    table.seal(at=LATE.replace(year=2027))
    since = queries.since(table.round)
    assert since is not None
    assert since.first == first
    assert since.me is not None
    # P03 was late in the first round and P04 is not in the second: two people are in both.
    assert (since.me.people, since.me.up, since.me.down) == (2, 1, 0)
    assert (since.me.mean_before, since.me.mean_after) == (-0.5, 0.5)
    assert queries.since(first) is None


def test_answers_of_a_re_rating_never_count_as_independent_of_the_first() -> None:
    table, _first = re_rating()
    assert table.answer("P01", Written(me=Rated("now", 0)), at=LATE).exposed
    assert not an_open_table().answer("P01", Written()).exposed


def test_a_re_rating_follows_only_an_opened_round_of_its_own_project() -> None:
    table = an_open_table()
    with pytest.raises(Refused, match="must be open"), clock.at(OPENS):
        draft(table, kind=Kind.RE_RATING, follows_id=table.round.pk)
    other = an_open_table()
    other.answer("P01", Written())
    other.seal()
    with pytest.raises(Refused, match="must be open"), clock.at(OPENS):
        draft(table, kind=Kind.RE_RATING, follows_id=other.round.pk)


def test_extra_answers_are_sealed_with_the_rest_and_counted_when_they_open() -> None:
    table = a_round_of(a_table(), Kind.FOCUS_GROUP, questions=QUESTIONS_ASKED)
    table.open()
    mine = (Extra("q1", ("By bus",)), Extra("q2", ("yes",)), Extra("q3", ("A marker name",)))
    sealed = table.answer("P01", Written(extra=mine))
    assert b"marker" not in bytes(Answer.objects.defer(None).get(pk=sealed.pk).ciphertext)
    table.answer("P02", Written(extra=(Extra("q1", ("By bus",)),)))
    with pytest.raises(NotThere):
        queries.asked(table.round)
    table.seal()
    table.answer("P03", Written(extra=(Extra("q1", ("On foot",)),)), at=LATE)
    assert OpenedAnswer.objects.get(answer=sealed).written.extra == mine
    by_bus, again, name = queries.asked(table.round).questions
    assert (by_bus.answered, by_bus.choices) == (2, [("By bus", 2), ("On foot", 0)])
    assert (again.answered, [count for _words, count in again.choices]) == (1, [1, 0])
    assert (name.answered, name.choices) == (1, [])


def test_an_extra_answer_that_was_not_asked_is_refused() -> None:
    with pytest.raises(Refused, match="does not ask"):
        an_open_table().answer("P01", Written(extra=(Extra("q1", ("yes",)),)))


def test_an_open_round_keeps_its_questions() -> None:
    table = an_open_table()
    with pytest.raises(Refused, match="stay as people saw them"):
        operations.edit_round(
            by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
            changes={"questions": QUESTIONS_ASKED},
        )  # fmt: skip
    with pytest.raises(Refused, match="stay as people saw them"):
        translate(table, "cy")


@pytest.mark.parametrize(
    "changes",
    [
        {"questions": QUESTIONS_ASKED},
        {"kind": Kind.PREMORTEM},
        {"translations": {"cy": WELSH}},
        {"wording": {}},
    ],
)
def test_the_database_itself_keeps_the_questions_of_an_open_round(changes: dict[str, Any]) -> None:
    table = an_open_table()
    with pytest.raises(IntegrityError, match="keeps its questions"), transaction.atomic():
        Round.objects.filter(pk=table.round.pk).update(**changes)
    assert Round.objects.filter(pk=table.round.pk).update(seals_at=LATE) == 1


def test_a_draft_is_written_in_welsh_and_the_language_of_an_answer_is_kept() -> None:
    table = a_round_of(a_table(), Kind.FOCUS_GROUP, questions=QUESTIONS_ASKED)
    translate(table, "CY")
    assert table.round.languages == ["cy"]
    table.open()
    table.answer("P01", Written(language="cy"))
    with pytest.raises(Refused, match="not asked in that language"):
        table.answer("P02", Written(language="pl"))
    table.seal()
    assert OpenedAnswer.objects.get().written.language == "cy"


def test_a_language_is_taken_out_again() -> None:
    table = a_table()
    translate(table, "cy")
    translate(table, "pl", WELSH)
    translate(table, "cy", None)
    assert table.round.languages == ["pl"]


def test_R25_a_language_that_leaves_out_a_level_keeps_the_round_shut() -> None:
    table = a_round_of(a_table(), Kind.FOCUS_GROUP)
    translate(table, "cy", {part: words for part, words in WELSH.items() if part != "level_3"})
    with pytest.raises(Refused, match="Cymraeg"):
        table.open()


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(Refused, match="language as a tag"):
        translate(a_table(), "not a language")


def a_supporter(table: Table, code: str) -> Any:
    person = a_person("Rosa Supporter")
    projects.give_role(
        by=table.facilitator, project_id=table.project.pk, person=person, role=Role.PARTICIPANT
    )
    operations.name_supporter(
        by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
        invitation_id=table.invitation(code).pk, person_id=person.pk,
    )  # fmt: skip
    return person


def _with(table: Table, supporter: Any, code: str, **more: Any) -> Answer:
    with clock.at(DURING):
        return operations.answer_round(
            by=supporter, project_id=table.project.pk, round_id=table.round.pk, written=Written(),
            channel=Channel.EASY_READ, invitation_id=table.invitation(code).pk, **more,
        )  # fmt: skip


def test_a_supporter_writes_the_answer_down_and_both_names_stay() -> None:
    table = an_open_table()
    rosa = a_supporter(table, "P01")
    answer = _with(table, rosa, "P01", read_back=True)
    assert (answer.entered_by, answer.channel, answer.read_back) == (rosa, Channel.EASY_READ, True)
    entry = Entry.objects.get(object_id=str(answer.pk))
    assert (entry.actor, entry.on_behalf_of) == (rosa.pk, table.person("P01").pk)
    assert queries.supported_by(rosa, table.round) == [table.invitation("P01")]


def test_R109_a_supporter_who_does_not_read_back_leaves_a_warning() -> None:
    table = an_open_table()
    answer = _with(table, a_supporter(table, "P01"), "P01")
    assert not answer.read_back


def test_a_supporter_helps_nobody_else_and_sees_nothing() -> None:
    table = an_open_table()
    rosa = a_supporter(table, "P01")
    with pytest.raises(NotThere):
        _with(table, rosa, "P02")
    with pytest.raises(NotThere):
        _with(table, table.person("P03"), "P01")
    table.answer("P01", Written(me=Rated("mine", 1)))
    assert queries.own_answer(table.round, table.invitation("P01"), rosa) is None
    with pytest.raises(Refused, match="answered themselves"):
        _with(table, rosa, "P01")


def test_nobody_supports_themselves_and_supporters_come_from_the_project() -> None:
    table = an_open_table()
    about = {
        "by": table.facilitator, "project_id": table.project.pk, "round_id": table.round.pk,
        "invitation_id": table.invitation("P01").pk,
    }  # fmt: skip
    with pytest.raises(Refused, match="do not support themselves"):
        operations.name_supporter(**about, person_id=table.person("P01").pk)
    with pytest.raises(NotThere):
        operations.name_supporter(**about, person_id=a_person("A Stranger").pk)
    with pytest.raises(NotThere):
        operations.name_supporter(**(about | {"by": table.person("P02")}), person_id=table.person("P02").pk)


def test_naming_a_supporter_twice_names_them_once_and_an_invitation_can_be_taken_back() -> None:
    table = a_table()
    table.invite(table.seats)
    rosa = a_supporter(table, "P01")
    operations.name_supporter(
        by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
        invitation_id=table.invitation("P01").pk, person_id=rosa.pk,
    )  # fmt: skip
    assert Support.objects.count() == 1
    table.invite(["P02"])
    assert not Support.objects.exists()


def test_a_paper_form_typed_in_after_the_seal_is_marked() -> None:
    table = an_open_table()
    table.answer("P01", Written())
    table.seal()
    typed = table.enter("P02", Written(), at=SEALED)
    assert (typed.is_late, typed.is_transcribed_late, typed.exposed) == (True, True, True)
    assert not table.answer("P03", Written(), at=SEALED).is_transcribed_late


def test_the_record_holds_what_was_asked_and_who_helped() -> None:
    table = a_round_of(a_table(), Kind.FOCUS_GROUP, questions=QUESTIONS_ASKED, reads_at=factories.READ)
    translate(table, "cy")
    table.open()
    a_supporter(table, "P01")
    rows = queries.rows_for_record(table.project.pk)
    mine = next(row for row in rows["rounds"] if row["id"] == table.round.pk)
    assert mine["reads_at"] == factories.READ
    assert mine["questions"][0]["id"] == "q1"
    assert mine["translations"]["cy"]["questions"]["q1"]["options"] == ["Ar y bws", "Ar droed"]
    assert len(rows["supporters"]) == 1


def test_intentions_are_asked_again_in_a_re_rating() -> None:
    table, _first = re_rating()
    answer = table.answer("P02", Written(intention=Intention(("save_money",))), at=LATE)
    assert not answer.is_late
