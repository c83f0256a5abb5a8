"""Before and at sending: drafts, suggestions without a name, support, and the receipt."""

import hmac
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import (
    Decision,
    Draft,
    Receipt,
    Suggestion,
    Support,
    Unnamed,
)
from coproduce.capabilities.people.operations import add_group, add_seat
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry, Payload
from coproduce.outward.exports.record import export_record
from tests.support.mail import Inbox

from .factories import VISIT, about, another, decline, fresh, make_draft
from .factories import Draft as Scene

pytestmark = pytest.mark.django_db
THREE = "Care workers visit three times a day."
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def scene() -> Scene:
    return make_draft()


# Drafts


def keep(scene: Scene, id: Any = None, **typed: str) -> Draft:
    return operations.keep_draft(
        by=scene.citizen, project_id=scene.project.pk, document_id=scene.document.pk, draft_id=id or uuid7(),
        saying="change", block=VISIT, typed=typed,
    )  # fmt: skip


def test_a_draft_is_its_authors_alone_and_leaves_no_trace_for_others(scene: Scene) -> None:
    entries = Entry.objects.count()

    draft = keep(scene, typed="Care workers visit thr")

    assert [one.pk for one in queries.drafts_of(scene.citizen, scene.project.pk)] == [draft.pk]
    assert Entry.objects.count() == entries
    for other in (scene.facilitator, scene.manager):
        assert not queries.drafts_of(other, scene.project.pk).exists()
        with pytest.raises(NotThere):
            queries.draft_of(other, scene.project.pk, draft.pk)
    assert not queries.totals(scene.project.pk)
    assert "drafts" not in queries.rows_for_record(scene.project.pk)


def test_a_draft_kept_again_is_the_same_draft_and_nobody_else_can_write_over_it(scene: Scene) -> None:
    id = uuid7()
    keep(scene, id, typed="one")
    keep(scene, id, typed="two")
    assert Draft.objects.get().typed == {"typed": "two"}
    with pytest.raises(NotThere):
        operations.keep_draft(
            by=another(scene), project_id=scene.project.pk, document_id=scene.document.pk, draft_id=id,
            saying="words", block=None, typed={"words": "mine now"},
        )  # fmt: skip
    operations.drop_draft(by=scene.manager, project_id=scene.project.pk, draft_id=id)
    assert Draft.objects.exists()
    operations.drop_draft(by=scene.citizen, project_id=scene.project.pk, draft_id=id)
    assert not Draft.objects.exists()


# Without a name


def unnamed(scene: Scene, **more: Any) -> Suggestion:
    facts = {"by": scene.citizen, "project_id": scene.project.pk, "document_id": scene.document.pk}
    return operations.suggest_unnamed(**{**facts, "words": "Listen to us", "kind": "ask", **more})


def test_who_gives_no_name_is_shown_as_the_group_only(scene: Scene) -> None:
    group = add_group(by=scene.facilitator, project_id=scene.project.pk, name="Carers", kind="carers")
    add_seat(by=scene.facilitator, project_id=scene.project.pk, main_group_id=group.pk, person=scene.citizen)

    suggestion = unnamed(scene, quote_consent=True)

    assert (suggestion.author.name, suggestion.group) == ("No name given", group)
    assert suggestion.entered_by == suggestion.author
    assert not suggestion.quote_consent
    entry = Entry.objects.get(verb="drafting.suggest")
    assert entry.actor == suggestion.author_id != scene.citizen.pk
    assert str(scene.citizen.pk) not in str(Payload.objects.get(entry=entry).content)


def test_the_person_themself_still_finds_it_and_the_ledger_can_prove_it(scene: Scene) -> None:
    suggestion = unnamed(scene)

    assert [one.pk for one in queries.own_suggestions(scene.citizen, scene.project.pk)] == [suggestion.pk]
    assert not queries.own_suggestions(scene.facilitator, scene.project.pk)
    row = Unnamed.objects.get()
    told = Payload.objects.get(entry__verb="drafting.suggest").content["after"]["sealed_author"]
    assert told == hmac.new(bytes(row.seal_key), scene.citizen.pk.bytes, "sha256").hexdigest()
    assert told != operations.mark_of(bytes(row.seal_key), scene.manager.pk)


def test_words_without_a_name_carry_none_into_text_record_or_file(scene: Scene, tmp_path: Any) -> None:
    person = another(scene, "Quentin Zyzzyva")
    suggestion = unnamed(scene, by=person, words="", kind="", edits=queries.typed_edits(
        scene.document, scene.document.seq, VISIT, THREE))  # fmt: skip
    scene.decide(suggestion)
    operations.react(
        **about(scene, suggestion, person), decision_id=Decision.objects.get().pk, verdict="satisfied"
    )

    found = queries.blame(scene.document, queries.text_now(scene.document), [VISIT])[VISIT]
    assert [one.cause.author.name for one in found if "three" in one.text] == ["No name given"]
    written = [row for rows in queries.rows_for_record(scene.project.pk).values() for row in rows]
    assert str(person.pk) not in str(written)
    export_record(scene.project.pk, tmp_path / "record.zip")
    acts = Entry.objects.filter(object_id=str(suggestion.pk))
    assert {entry.actor for entry in acts} == {suggestion.author_id}


def test_the_same_request_without_a_name_is_one_suggestion(scene: Scene) -> None:
    key = uuid7()
    assert unnamed(scene, key=key).pk == unnamed(scene, key=key).pk
    assert Suggestion.objects.count() == 1


def test_who_gave_no_name_withdraws_and_nobody_else_does(scene: Scene) -> None:
    suggestion = unnamed(scene)
    with pytest.raises(NotThere):
        operations.withdraw(**about(scene, suggestion, another(scene)), reason="I want it gone")
    operations.withdraw(**about(scene, suggestion), reason="I changed my mind")
    assert fresh(suggestion).status == "withdrawn"
    assert Entry.objects.get(verb="drafting.withdraw").actor == suggestion.author_id


def test_staff_enter_a_paper_without_a_name_in_their_own(scene: Scene) -> None:
    suggestion = unnamed(scene, by=scene.facilitator, entered=True, channel="paper")
    assert (suggestion.author.name, suggestion.entered_by) == ("No name given", scene.facilitator)
    with pytest.raises(NotThere):
        unnamed(scene, entered=True)


# Keep, remove, support


def test_keeping_a_passage_needs_no_words_and_says_which(scene: Scene) -> None:
    facts = {
        "by": scene.citizen,
        "project_id": scene.project.pk,
        "document_id": scene.document.pk,
        "block": VISIT,
    }
    kept = operations.suggest(**facts, kind="keep")
    assert (kept.kind, kept.words, kept.gist) == ("keep", "", "“Care workers visit twice a day.”")
    with pytest.raises(Refused):
        operations.suggest(**facts, kind="ask")


def test_support_is_counted_once_by_group_and_can_be_taken_back(scene: Scene) -> None:
    suggestion, len_ = scene.suggest(THREE), another(scene)
    first = operations.support_suggestion(**about(scene, suggestion, len_), why="My mother fell")
    assert operations.support_suggestion(**about(scene, suggestion, len_)).pk == first.pk

    backing = queries.backing_of([suggestion.pk])[suggestion.pk]
    assert (backing.total, backing.reasons) == (1, ["My mother fell"])
    with pytest.raises(Refused, match="your own"):
        operations.support_suggestion(**about(scene, suggestion))
    with pytest.raises(NotThere):
        operations.take_back_support(by=scene.citizen, project_id=scene.project.pk, support_id=first.pk)
    operations.take_back_support(by=len_, project_id=scene.project.pk, support_id=first.pk)
    assert not queries.backing_of([suggestion.pk])
    assert Support.objects.count() == 1


def test_who_made_it_without_a_name_cannot_support_it_either(scene: Scene) -> None:
    with pytest.raises(Refused, match="your own"):
        operations.support_suggestion(**about(scene, unnamed(scene)))


def test_a_passage_is_supported_as_it_reads(scene: Scene) -> None:
    facts = {"project_id": scene.project.pk, "document_id": scene.document.pk, "block": VISIT}
    operations.support_passage(by=scene.citizen, **facts)
    operations.support_passage(by=scene.citizen, **facts)
    assert queries.backing_of_passage(scene.document.pk, VISIT).total == 1
    assert Support.objects.get().base_seq == scene.document.seq
    with pytest.raises(Refused):
        operations.support_passage(by=scene.citizen, **{**facts, "block": 99})


def test_support_of_what_is_answered_is_refused(scene: Scene) -> None:
    suggestion = scene.suggest(THREE)
    decline(scene, suggestion)
    with pytest.raises(Refused, match="answered"):
        operations.support_suggestion(**about(scene, suggestion, another(scene)))


# Receipts and being told


def test_a_receipt_goes_out_at_once_without_anybodys_words(scene: Scene, smtp_inbox: Inbox) -> None:
    scene.citizen.email = "priya@example.org"
    scene.citizen.save()
    suggestion = scene.suggest(words="A saltimbocca in the subject", kind="ask")

    operations.send_receipt(**about(scene, suggestion), link="https://example.org/x/")

    (message,) = smtp_inbox.to("priya@example.org")
    assert message["Subject"] == "Your suggestion S01"
    assert "saltimbocca" not in smtp_inbox.words()
    assert "https://example.org/x/" in smtp_inbox.words()
    assert Receipt.objects.get().way == "page"


def test_an_unnamed_suggester_has_mail_too_and_the_mail_names_nobody(scene: Scene, smtp_inbox: Inbox) -> None:
    scene.citizen.email = "priya@example.org"
    scene.citizen.save()
    suggestion = unnamed(scene)
    decline(scene, suggestion)

    assert operations.tell_by_email(**about(scene, suggestion, scene.manager), link="https://example.org/y/")

    assert len(smtp_inbox.to("priya@example.org")) == 1
    assert "Priya" not in smtp_inbox.words()
    assert Decision.objects.get().told_how == "By e-mail"


def test_a_mail_server_that_is_down_undoes_nothing(scene: Scene, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    scene.citizen.email = "priya@example.org"
    scene.citizen.save()
    suggestion = scene.suggest(THREE)
    operations.send_receipt(**about(scene, suggestion), link="https://example.org/")
    decline(scene, suggestion)
    assert not operations.tell_by_email(
        **about(scene, suggestion, scene.manager), link="https://example.org/"
    )
    assert Receipt.objects.get().way == "page"
    assert Decision.objects.get().told_on is None


def test_who_has_no_address_is_given_a_receipt_by_hand(scene: Scene) -> None:
    len_ = add_person(by=scene.facilitator, name="Len")
    suggestion = scene.suggest(by=scene.facilitator, author=len_, channel="paper")
    assert operations.send_receipt(**about(scene, suggestion, scene.facilitator), link="x") is None
    assert queries.queue_on(scene.document.pk).filter(queries.waiting_for("receipt")).count() == 1
    operations.note_receipt(**about(scene, suggestion, scene.facilitator), way="letter", on=date(2025, 5, 20))
    operations.note_receipt(**about(scene, suggestion, scene.facilitator), way="phone", on=date(2025, 6, 20))
    assert (Receipt.objects.get().way, Receipt.objects.get().on) == ("letter", date(2025, 5, 20))
    with pytest.raises(NotThere):
        operations.note_receipt(**about(scene, suggestion, another(scene, "Mo")), way="letter")
