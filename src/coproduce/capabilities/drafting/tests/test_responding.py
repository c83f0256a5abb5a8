"""From a suggestion to the answer that satisfies, or does not: every operation after sending."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import (
    BundleVoice,
    Decision,
    PassedOn,
    SuggestedEdit,
    Suggestion,
)
from coproduce.capabilities.drafting.operations import FinalText, Said
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry, Payload
from coproduce.outward.exports.record import export_record

from .factories import TEXT, VISIT, about, another, decline, fresh, make_draft
from .factories import Draft as Scene

pytestmark = pytest.mark.django_db
THREE = "Care workers visit three times a day."
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def scene() -> Scene:
    return make_draft()


def unnamed(scene: Scene, **more: Any) -> Suggestion:
    facts = {"by": scene.citizen, "project_id": scene.project.pk, "document_id": scene.document.pk}
    return operations.suggest_unnamed(**{**facts, "words": "Listen to us", "kind": "ask", **more})


# Satisfied, not, and asking again


def at(*when: int) -> Any:
    return clock.at(datetime(*when, 12, tzinfo=LONDON))  # type: ignore[misc, arg-type]


def test_asking_again_opens_it_with_a_new_day_and_keeps_the_first_answer(scene: Scene) -> None:
    with at(2025, 6, 2):
        suggestion = scene.suggest(THREE)
        first = decline(scene, suggestion)
    with at(2025, 8, 4):
        operations.react(
            **about(scene, suggestion),
            decision_id=first.pk,
            verdict="not",
            words="What of nights?",
            asks_again=True,
        )
    asked = fresh(suggestion)
    assert (asked.status, asked.due_on) == ("open", date(2025, 9, 2))
    assert Decision.objects.get(pk=first.pk).due_on == date(2025, 6, 30)

    second = scene.decide(suggestion, instead_of=first.pk)

    assert [one.pk for one in queries.decisions_of(suggestion.pk)] == [second.pk, first.pk]
    assert second.supersedes_id == first.pk
    with pytest.raises(Refused, match="once"):
        operations.react(
            **about(scene, suggestion), decision_id=second.pk, verdict="not", words="More", asks_again=True
        )
    operations.react(**about(scene, suggestion), decision_id=second.pk, verdict="satisfied")
    assert fresh(suggestion).status == "accepted"


def test_whoever_decides_an_asked_again_suggestion_has_read_the_first_answer(scene: Scene) -> None:
    suggestion = scene.suggest(THREE)
    first = decline(scene, suggestion)
    operations.react(
        **about(scene, suggestion), decision_id=first.pk, verdict="not", words="Why?", asks_again=True
    )
    with pytest.raises(Refused, match="newer answer"):
        scene.decide(suggestion)


def test_an_answer_in_part_that_is_asked_again_may_be_confirmed_or_widened_but_not_unsaid(
    scene: Scene,
) -> None:
    suggestion = scene.suggest(THREE)
    first = scene.decide(
        suggestion, "in_part", reason_code="SAFE", reason="On weekdays only.",
        final=[FinalText("Care workers visit three times on weekdays.", block=VISIT)],
    )  # fmt: skip
    text = scene.text()
    operations.react(
        **about(scene, suggestion), decision_id=first.pk, verdict="not", words="Sundays?", asks_again=True
    )
    with pytest.raises(Refused, match="in the text"):
        decline(scene, suggestion, instead_of=first.pk)

    second = scene.decide(
        suggestion, "in_part", reason_code="SAFE", reason="It stays like this.", instead_of=first.pk
    )

    assert scene.text() == text
    assert second.landed_seq == first.landed_seq


def test_only_the_suggester_or_who_runs_it_for_them_says_whether_it_satisfies(scene: Scene) -> None:
    suggestion = scene.suggest(THREE)
    answer = decline(scene, suggestion)
    with pytest.raises(NotThere):
        operations.react(
            **about(scene, suggestion, another(scene)), decision_id=answer.pk, verdict="satisfied"
        )
    operations.react(
        **about(scene, suggestion, scene.facilitator), decision_id=answer.pk, verdict="satisfied"
    )
    entry = Entry.objects.get(verb="drafting.react")
    assert (entry.actor, entry.on_behalf_of) == (scene.facilitator.pk, scene.citizen.pk)
    with pytest.raises(Refused, match="already"):
        operations.react(**about(scene, suggestion), decision_id=answer.pk, verdict="not")


def test_the_figures_count_an_asked_again_suggestion_as_open(scene: Scene) -> None:
    suggestion = scene.suggest(THREE)
    answer = decline(scene, suggestion)
    assert queries.figures(scene.document, "england", "Public").outcomes == {"declined": 1}
    operations.react(
        **about(scene, suggestion), decision_id=answer.pk, verdict="not", words="Why?", asks_again=True
    )
    assert queries.figures(scene.document, "england", "Public").outcomes == {}


# Passed on


def pass_on(scene: Scene, suggestion: Any, **more: Any) -> Decision:
    return scene.decide(
        suggestion, "passed_on", reason_code="PARTNER", reason="The hospital decides.", sent_to="The hospital",
        **more,
    )  # fmt: skip


def test_what_was_passed_on_waits_until_the_reply_is_here(scene: Scene) -> None:
    suggestion = scene.suggest(words="A shared record")
    with at(2025, 8, 4):
        pass_on(scene, suggestion)
    waiting = PassedOn.objects.get()
    assert (waiting.to, waiting.sent_on, waiting.remind_on) == (
        "The hospital", date(2025, 8, 4), date(2025, 9, 2),
    )  # fmt: skip
    with at(2025, 9, 3):
        rows = queries.queue_on(scene.document.pk)
        assert queries.queue_counts(rows, clock.today(), "england")["remind"] == 1
        operations.note_reminder(**about(scene, suggestion, scene.facilitator))
        assert queries.queue_counts(rows, clock.today(), "england")["remind"] == 0
    with at(2025, 9, 10):
        facts = about(scene, suggestion, scene.facilitator)
        with pytest.raises(Refused):
            operations.record_reply(**facts, reply=" ", replied_on=None)
        operations.record_reply(**facts, reply="From spring", replied_on=date(2025, 9, 9))
        with pytest.raises(Refused, match="already"):
            operations.record_reply(**facts, reply="Again", replied_on=date(2025, 9, 9))
    found = PassedOn.objects.get()
    assert (found.reply, found.replied_on, found.reminders) == ("From spring", date(2025, 9, 9), 1)
    assert not queries.queue_on(scene.document.pk).filter(queries.waiting_for("reply"))


def test_nobody_reminds_about_what_was_not_passed_on(scene: Scene) -> None:
    suggestion = scene.suggest(words="A shared record")
    decline(scene, suggestion)
    with pytest.raises(NotThere):
        operations.note_reminder(**about(scene, suggestion, scene.facilitator))


# Those that say the same


def voices(scene: Scene, *words: str) -> list[Suggestion]:
    return [
        scene.suggest(by=another(scene, f"Voice {number}"), words=said, kind="change")
        for number, said in enumerate(words)
    ]


def bundle(scene: Scene, lead: Any, *others: Any, **more: Any) -> Any:
    return operations.bundle(
        by=scene.facilitator, project_id=scene.project.pk, document_id=scene.document.pk, lead_id=lead.pk,
        suggestion_ids=[one.pk for one in others], **more,
    )  # fmt: skip


NIGHT = "Keep the night bus from the hospital to the villages"


def test_near_copies_are_proposed_and_nothing_happens_until_a_person_confirms(scene: Scene) -> None:
    first, second, alone = voices(scene, NIGHT, NIGHT + " please", "Give carers a key")
    (found,) = queries.alike(scene.document.pk)
    assert found.first == first.pk
    (proposal,) = queries.proposals([found])
    assert [one.suggestion for one in proposal.others] == [second]
    assert (proposal.others[0].likeness, proposal.others[0].only_here) == (95, ["please"])
    assert not BundleVoice.objects.exists()
    made = bundle(scene, first, second)
    assert [(one.suggestion, one.likeness) for one in queries.voices_in(made.pk)] == [
        (first, 100),
        (second, 95),
    ]
    assert not queries.alike(scene.document.pk)
    assert alone.is_open


def test_the_same_edit_of_the_same_passage_is_alike_and_of_another_is_not(scene: Scene) -> None:
    scene.suggest(THREE)
    scene.suggest(THREE, by=another(scene))
    scene.suggest("* Ask each carer three times", block=4)
    (found,) = queries.alike(scene.document.pk)
    assert len(found.others) == 1


def test_one_answer_goes_to_each_voice_and_all_are_credited(scene: Scene) -> None:
    first, second, third = (scene.suggest(THREE, by=another(scene, f"V{n}")) for n in range(3))
    made = bundle(scene, first, second, third)
    with pytest.raises(Refused, match="R84"):
        operations.answer_bundle(
            by=scene.manager, project_id=scene.project.pk, bundle_id=made.pk, outcome="declined",
            reason_code="COST", reason="Too dear.",
        )  # fmt: skip
    assert not Decision.objects.exists()
    operations.withdraw(**about(scene, third, third.author), reason="No longer")

    operations.answer_bundle(
        by=scene.manager, project_id=scene.project.pk, bundle_id=made.pk, outcome="accepted"
    )

    assert scene.text() == TEXT.replace("twice", "three times")
    decisions = queries.current_decisions([first.pk, second.pk])
    assert {one.outcome for one in decisions.values()} == {"accepted"}
    assert decisions[second.pk].same_as_id == first.pk
    assert decisions[second.pk].landed_seq == decisions[first.pk].landed_seq
    assert fresh(third).status == "withdrawn"
    assert [one.ref for one in queries.voices_with([first.pk])[first.pk]] == ["S02", "S03"]


def test_a_reply_from_others_reaches_every_voice(scene: Scene) -> None:
    first, second = voices(scene, NIGHT, NIGHT + " please")
    made = bundle(scene, first, second)
    operations.answer_bundle(
        by=scene.manager, project_id=scene.project.pk, bundle_id=made.pk, outcome="passed_on",
        reason_code="PARTNER", reason="The bus company decides.", sent_to="The bus company",
    )  # fmt: skip
    operations.record_reply(**about(scene, first, scene.manager), reply="Yes", replied_on=clock.today())
    assert set(PassedOn.objects.values_list("reply", flat=True)) == {"Yes"}


def test_who_says_something_else_is_taken_out_and_a_bundle_of_one_is_none(scene: Scene) -> None:
    first, second, third = voices(scene, NIGHT, NIGHT + " please", "Do not " + NIGHT)
    made = bundle(scene, first, second, third)
    about_it = {"by": scene.facilitator, "project_id": scene.project.pk, "bundle_id": made.pk}
    operations.unbundle(**about_it, suggestion_id=third.pk)
    assert [one.suggestion.ref for one in queries.voices_in(made.pk)] == ["S01", "S02"]
    operations.unbundle(**about_it, suggestion_id=second.pk)
    assert not BundleVoice.objects.exists()
    assert all(one.is_open for one in (fresh(first), fresh(second), fresh(third)))


def test_only_what_waits_and_belongs_nowhere_else_is_put_together(scene: Scene) -> None:
    first, second, third = voices(scene, NIGHT, NIGHT + " please", NIGHT + " now")
    with pytest.raises(Refused, match="at least one"):
        bundle(scene, first)
    bundle(scene, first, second)
    with pytest.raises(Refused, match="another bundle"):
        bundle(scene, third, second)
    decline(scene, third)
    with pytest.raises(Refused, match="S03"):
        bundle(scene, first, third)


# Alternatives


def test_wordings_that_exclude_each_other_stand_side_by_side_with_their_support(scene: Scene) -> None:
    three, once = scene.suggest(THREE), scene.suggest("Care workers visit once a day.")
    scene.suggest("* Ask each carer twice", block=4)
    operations.support_suggestion(**about(scene, once, another(scene)))
    scene.document.refresh_from_db()
    board = queries.board_of(scene.document)
    assert board.rivals == [[three.pk, once.pk]]
    left, right = queries.alternatives(board, board.rivals[0])
    assert (left.backing.total, right.backing.total) == (0, 1)
    assert [piece.text for piece in right.passages[0] if piece.mark == "added"] == ["once"]

    scene.decide(three)

    scene.document.refresh_from_db()
    board = queries.board_of(scene.document)
    assert board.rivals == []
    (seq,) = board.overtaken.values()
    assert queries.overtakers(scene.document.pk, [seq])[seq] == three
    assert fresh(once).is_open


# Taking words out


def test_R86_words_are_taken_out_with_a_reason_and_the_suggestion_stays(scene: Scene) -> None:
    suggestion = scene.suggest(
        "Ring Mr Smith on 01234, who visits three times.", reason="Mr Smith knows", quote_consent=True
    )
    with pytest.raises(Refused, match="R86"):
        operations.redact(**about(scene, suggestion, scene.manager), reason=" ", passage="Mr Smith")

    operations.redact(
        **about(scene, suggestion, scene.manager), reason="It names a neighbour", passage="Mr Smith"
    )

    kept = fresh(suggestion)
    texts = [kept.words, kept.gist, kept.reason, *SuggestedEdit.objects.values_list("words", flat=True)]
    assert "Mr Smith" not in " ".join(texts)
    assert kept.reason == "[…] knows"
    assert not kept.quote_consent
    assert kept.is_open
    assert not Payload.objects.filter(entry__verb="drafting.suggest").exists()
    (row,) = queries.redactions_of(suggestion.pk)
    assert (row.reason, row.by) == ("It names a neighbour", scene.manager)
    with pytest.raises(NotThere):
        operations.redact(**about(scene, suggestion), reason="I want it gone")


def test_R86_all_words_can_go_and_the_record_is_still_whole(scene: Scene, tmp_path: Any) -> None:
    from coproduce.outward.exports.verify import run_verify

    suggestion = scene.suggest(words="A libel about quincunx")
    operations.redact(**about(scene, suggestion, scene.manager), reason="It is a libel")
    assert fresh(suggestion).words == "[…]"
    export_record(scene.project.pk, tmp_path / "record.zip")
    report = run_verify(tmp_path / "record.zip")
    assert report.exit_code == 0, report
    assert b"quincunx" not in (tmp_path / "record.zip").read_bytes()


def test_R86_without_a_redaction_the_database_lets_nobody_touch_what_was_suggested(scene: Scene) -> None:
    scene.suggest(THREE)
    for change in ({"words": "x"}, {"quote": "x"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            SuggestedEdit.objects.update(**change)
    operations.redact(**about(scene, Suggestion.objects.get(), scene.manager), reason="Names somebody")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SuggestedEdit.objects.update(quote="x")


@pytest.mark.parametrize("table", ["redaction", "reaction", "receipt", "unnamed", "passedon", "support"])
def test_R86_what_followed_is_not_deleted_either(scene: Scene, table: str) -> None:
    from django.db import connection

    suggestion = unnamed(scene)
    operations.note_receipt(**about(scene, suggestion), way="page")
    operations.support_suggestion(**about(scene, suggestion, another(scene)))
    answer = pass_on(scene, suggestion)
    operations.react(**about(scene, suggestion), decision_id=answer.pk, verdict="satisfied")
    operations.redact(**about(scene, suggestion, scene.manager), reason="Names somebody")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM drafting_{table}")  # noqa: S608


def test_asking_again_twice_is_refused_by_the_database_too(scene: Scene) -> None:
    from coproduce.capabilities.drafting.models import Reaction

    suggestion = scene.suggest(THREE)
    first = decline(scene, suggestion)
    second = decline(scene, suggestion, instead_of=first.pk)
    facts = {"suggestion": suggestion, "verdict": "not", "asks_again": True, "entered_by": scene.citizen}
    Reaction.objects.create(decision=first, at=clock.now(), **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(decision=second, at=clock.now(), **facts)


# The short summary


def test_answers_on_the_summary_become_suggestions_of_their_own(scene: Scene) -> None:
    facts = {"project_id": scene.project.pk, "document_id": scene.document.pk}
    operations.write_summary(by=scene.facilitator, **facts, points=["Two visits a day.", "Carers are asked."])
    one, two = queries.summary_points(scene.document.pk)
    said = [Said(one, "change", "Three visits."), Said(two, "keep", ""), Said(None, "add", "What of nights?")]
    key = uuid7()

    made = operations.answer_summary(by=scene.citizen, **facts, said=said, key=key)
    again = operations.answer_summary(by=scene.citizen, **facts, said=said, key=key)

    assert [one.pk for one in made] == [one.pk for one in again]
    assert [(one.kind, one.words, one.section) for one in made] == [
        ("change", "Three visits.", "Summary: Two visits a day."), ("keep", "", "Summary: Carers are asked."),
        ("add", "What of nights?", "Summary"),
    ]  # fmt: skip
    assert made[1].gist == "Summary: Carers are asked."
    with pytest.raises(Refused, match="at least one"):
        operations.answer_summary(by=scene.citizen, **facts, said=[Said(one, "", "")], key=uuid7())


def test_a_reworded_point_leaves_and_the_others_stay(scene: Scene) -> None:
    facts = {"by": scene.facilitator, "project_id": scene.project.pk, "document_id": scene.document.pk}
    operations.write_summary(**facts, points=["One.", "Two."])
    before = {point.words: point.pk for point in queries.summary_points(scene.document.pk)}
    operations.write_summary(**facts, points=["Two.", "Three."])
    after = queries.summary_points(scene.document.pk)
    assert [point.words for point in after] == ["Two.", "Three."]
    assert after[0].pk == before["Two."]
    with pytest.raises(NotThere):
        operations.write_summary(**{**facts, "by": scene.citizen}, points=["Mine."])
