from collections.abc import Mapping
from itertools import count
from typing import Any

from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import Document
from coproduce.capabilities.drafting.operations import Taken
from coproduce.capabilities.drafting.rules.edits import Edit
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.drafting.rules.word.found import Found
from coproduce.capabilities.drafting.rules.word.parts import Picture
from coproduce.capabilities.drafting.rules.word.pictures import stand_in
from coproduce.core.findings import Override
from coproduce.core.ids import uuid7

from .grid import FACILITATOR, IN_PROJECT, LEADING, MANAGER, PARTICIPANT, Row
from .world import World

TEXT = "# The clinic\n\nOpen twice a week.\n\n* Bus stop\n* Ramp\n"
SUGGESTING = {FACILITATOR, MANAGER, PARTICIPANT}


def _document(world: World) -> Document:
    found = queries.documents_of(world.project.pk).first()
    return found or operations.start_document(
        by=world.facilitator,
        project_id=world.project.pk,
        title="The clinic",
        text=TEXT,
        override=Override("A test."),
    )


def a_document(world: World) -> Mapping[str, Any]:
    return {"project_id": world.project.pk, "document_id": _document(world).pk}


def another_document(world: World) -> None:
    operations.start_document(
        by=world.facilitator,
        project_id=world.project.pk,
        title="Annex",
        text=TEXT,
        override=Override("A test."),
    )


def a_block(world: World) -> Mapping[str, Any]:
    return {**a_document(world), "block": 2}


def _suggest(world: World) -> Any:
    document = _document(world)
    edits = queries.typed_edits(
        document, document.seq, 2, f"Open {queries.next_number(world.project.pk)} times a week."
    )
    return operations.suggest(
        by=world.participant, project_id=world.project.pk, document_id=document.pk, edits=edits
    )


def a_suggestion(world: World) -> Mapping[str, Any]:
    return {"project_id": world.project.pk, "suggestion_id": _suggest(world).pk}


def a_version(world: World) -> Mapping[str, Any]:
    return {"project_id": world.project.pk, "version_id": _publish(world).pk}


def _publish(world: World) -> Any:
    document = _document(world)
    last = queries.last_version(document.pk)
    number = last.number.following[0] if last else Number(0, 1)
    return operations.publish_version(
        by=world.facilitator,
        project_id=world.project.pk,
        document_id=document.pk,
        number=number,
        summary="New",
    )


def an_answer(world: World) -> None:
    operations.decide(
        by=world.manager, project_id=world.project.pk, suggestion_id=_suggest(world).pk, outcome="declined",
        reason_code="LAW", reason="Not lawful.",
    )  # fmt: skip


def a_change(world: World) -> None:
    """One more accepted suggestion in one more version."""
    if queries.last_version(_document(world).pk) is None:
        _publish(world)
    operations.decide(
        by=world.manager, project_id=world.project.pk, suggestion_id=_suggest(world).pk, outcome="accepted"
    )
    _publish(world)


def _changed(world: World) -> Mapping[str, Any]:
    a_change(world)
    return a_document(world)


def a_saying(world: World) -> Mapping[str, Any]:
    return {**a_block(world), "saying": "keep"}


def a_draft(world: World) -> Mapping[str, Any]:
    document, id = _document(world), uuid7()
    operations.keep_draft(
        by=world.participant, project_id=world.project.pk, document_id=document.pk, draft_id=id, saying="words",
        block=None, typed={"words": "Not finished"},
    )  # fmt: skip
    return {"project_id": world.project.pk, "draft_id": id}


def an_own_draft(world: World) -> None:
    a_draft(world)


def a_passed_on(world: World) -> Mapping[str, Any]:
    suggestion = _suggest(world)
    operations.decide(
        by=world.manager, project_id=world.project.pk, suggestion_id=suggestion.pk, outcome="passed_on",
        reason_code="PARTNER", reason="The hospital decides this.", sent_to="The hospital",
    )  # fmt: skip
    return {"project_id": world.project.pk, "suggestion_id": suggestion.pk}


def alike(world: World) -> list[Any]:
    """Two people who say the same in their own words."""
    document, words = _document(world), f"Number {next(_number)}: please open on one more evening every week"
    return [
        operations.suggest(
            by=world.participant, project_id=world.project.pk, document_id=document.pk, kind="change",
            words=words + end,
        )
        for end in ("", " too")
    ]  # fmt: skip


def two_alike(world: World) -> Mapping[str, Any]:
    first, second = alike(world)
    return {"lead": str(first.pk), "with": str(second.pk)}


def rivals(world: World) -> None:
    _suggest(world)
    _suggest(world)


def a_bundle(world: World) -> Mapping[str, Any]:
    first, second = alike(world)
    made = operations.bundle(
        by=world.facilitator, project_id=world.project.pk, document_id=first.document_id, lead_id=first.pk,
        suggestion_ids=[second.pk],
    )  # fmt: skip
    return {"project_id": world.project.pk, "bundle_id": made.pk}


def with_a_summary(world: World) -> Mapping[str, Any]:
    operations.write_summary(
        by=world.facilitator, project_id=world.project.pk, document_id=_document(world).pk, points=["Open twice."]
    )  # fmt: skip
    return a_document(world)


_number = count(1)


def a_picture(world: World) -> Mapping[str, Any]:
    """A document that came with a picture; it is opened once for all."""
    picture = Picture("map.png", "The way", stand_in())
    name = "With a picture"
    found = queries.documents_of(world.project.pk).filter(title=name).first() or operations.start_document(
        by=world.facilitator, project_id=world.project.pk, title=name, text="![The way](map.png)\n",
        pictures=[picture], override=Override("A test."),
    )  # fmt: skip
    return {"project_id": world.project.pk, "document_id": found.pk, "name": "map.png"}


def _taken(world: World, number: int) -> Taken:
    edit = Edit("insert_block", 2, words=f"And on day {number}.\n\n")
    return Taken(Found("change", "Sam", "2025-06-01T10:00:00Z", 2, (edit,)), world.participant.pk)


def an_upload(world: World) -> Mapping[str, Any]:
    document = _document(world)
    many = queries.next_number(world.project.pk) + 1
    made = operations.bring_in_word(
        by=world.facilitator, project_id=world.project.pk, document_id=document.pk, base_seq=document.seq,
        sha256="0" * 64, taken=[_taken(world, number) for number in range(1, many)],
    )  # fmt: skip
    return {**a_document(world), "upload_id": made.pk}


ROWS = [
    Row("drafting:word", kwargs=a_document, allowed=IN_PROJECT, grow=_suggest),
    Row("drafting:word", kwargs=a_document, allowed=IN_PROJECT, query="?plain=yes"),
    Row("drafting:version_word", kwargs=a_version, allowed=IN_PROJECT, grow=a_change),
    Row("drafting:word_in", kwargs=a_document, allowed=IN_PROJECT),
    Row("drafting:word_in", kwargs=a_document, allowed=SUGGESTING, method="POST"),
    Row("drafting:word_upload", kwargs=an_upload, allowed=IN_PROJECT, grow=_suggest),
    Row("drafting:picture", kwargs=a_picture, allowed=IN_PROJECT),
    Row("drafting:documents", allowed=IN_PROJECT),
    Row("drafting:new_document", allowed=LEADING),
    Row("drafting:new_document", allowed=LEADING, method="POST"),
    Row("drafting:document", kwargs=a_document, allowed=IN_PROJECT, grow=_suggest),
    Row("drafting:words", kwargs=a_document, allowed=IN_PROJECT, grow=a_change),
    Row("drafting:words", kwargs=a_document, allowed=IN_PROJECT, query="?format=csv"),
    Row("drafting:suggest_change", kwargs=a_block, allowed=SUGGESTING),
    Row("drafting:suggest_change", kwargs=a_block, allowed=SUGGESTING, method="POST"),
    Row("drafting:suggest_after", kwargs=a_block, allowed=SUGGESTING),
    Row("drafting:suggest_after", kwargs=a_block, allowed=SUGGESTING, method="POST"),
    Row("drafting:suggest_words", kwargs=a_document, allowed=SUGGESTING),
    Row("drafting:suggest_words", kwargs=a_document, allowed=SUGGESTING, method="POST"),
    Row("drafting:suggest_on_behalf", kwargs=a_document, allowed=LEADING),
    Row("drafting:suggest_on_behalf", kwargs=a_document, allowed=LEADING, method="POST"),
    Row("drafting:suggestions", kwargs=a_document, allowed=IN_PROJECT, grow=_suggest),
    Row("drafting:suggestions", kwargs=a_document, allowed=IN_PROJECT, query="?format=xlsx"),
    Row("drafting:figures", kwargs=a_document, allowed=IN_PROJECT, grow=an_answer),
    Row("drafting:fairness", kwargs=a_document, allowed=IN_PROJECT, grow=an_answer),
    Row("drafting:fairness", kwargs=a_document, allowed=IN_PROJECT, query="?format=csv"),
    Row("drafting:behind", kwargs=a_document, allowed=IN_PROJECT, grow=an_answer),
    Row("drafting:behind", kwargs=_changed, allowed=IN_PROJECT, query="?old=0.1&new=now", grow=a_change),
    Row("drafting:behind", kwargs=a_document, allowed=IN_PROJECT, query="?format=csv"),
    Row("drafting:suggestion", kwargs=a_suggestion, allowed=IN_PROJECT, grow=_suggest, most_queries=15),
    Row("drafting:link_barriers", kwargs=a_suggestion, allowed=LEADING),
    Row("drafting:link_barriers", kwargs=a_suggestion, allowed=LEADING, method="POST"),
    Row("drafting:decide", kwargs=a_suggestion, allowed=LEADING),
    Row("drafting:decide", kwargs=a_suggestion, allowed=LEADING, method="POST"),
    Row("drafting:withdraw", kwargs=a_suggestion, allowed=SUGGESTING),  # the participant's own
    Row("drafting:withdraw", kwargs=a_suggestion, allowed=SUGGESTING, method="POST"),
    Row("drafting:versions", kwargs=a_document, allowed=IN_PROJECT, grow=a_change),
    Row("drafting:version", kwargs=a_version, allowed=IN_PROJECT, grow=a_change),
    Row("drafting:version", kwargs=a_version, allowed=IN_PROJECT, query="?format=md"),
    Row("drafting:publish", kwargs=a_document, allowed=LEADING),
    Row("drafting:publish", kwargs=a_document, allowed=LEADING, method="POST"),
    Row("drafting:compare", kwargs=_changed, allowed=IN_PROJECT, grow=a_change),
    Row(
        "drafting:compare",
        kwargs=_changed,
        allowed=IN_PROJECT,
        query="?show=sides&old=0.1&new=now",
        grow=a_change,
    ),
    Row("drafting:compare", kwargs=_changed, allowed=IN_PROJECT, query="?show=sentences", grow=a_change),
    Row("drafting:compare", kwargs=_changed, allowed=IN_PROJECT, query="?show=causes", grow=a_change),
    Row("drafting:compare", kwargs=_changed, allowed=IN_PROJECT, query="?format=csv"),
    Row("drafting:lineage", kwargs=a_document, allowed=IN_PROJECT, grow=a_change),
    Row("drafting:log", kwargs=a_document, allowed=IN_PROJECT, grow=an_answer),
    Row("drafting:log", kwargs=a_document, allowed=IN_PROJECT, query="?format=csv"),
    Row("drafting:passage", kwargs=a_block, allowed=IN_PROJECT, grow=_suggest),
    Row("drafting:say", kwargs=a_saying, allowed=SUGGESTING),
    Row("drafting:say", kwargs=a_saying, allowed=SUGGESTING, method="POST"),
    Row("drafting:support_passage", kwargs=a_block, allowed=SUGGESTING),
    Row("drafting:support_passage", kwargs=a_block, allowed=SUGGESTING, method="POST"),
    Row("drafting:support", kwargs=a_suggestion, allowed=SUGGESTING),
    Row("drafting:support", kwargs=a_suggestion, allowed=SUGGESTING, method="POST"),
    Row("drafting:summary", kwargs=with_a_summary, allowed=IN_PROJECT),
    Row("drafting:summary", kwargs=with_a_summary, allowed=SUGGESTING, method="POST"),
    Row("drafting:write_summary", kwargs=a_document, allowed=LEADING),
    Row("drafting:write_summary", kwargs=a_document, allowed=LEADING, method="POST"),
    Row("drafting:printed", kwargs=a_document, allowed=IN_PROJECT, grow=another_document),
    Row("drafting:from_paper", allowed=LEADING),
    Row("drafting:from_paper", allowed=LEADING, method="POST"),
    Row("drafting:mine", allowed=IN_PROJECT, grow=_suggest),
    Row("drafting:drop_draft", kwargs=a_draft, allowed={PARTICIPANT}),  # the participant's own
    Row("drafting:drop_draft", kwargs=a_draft, allowed={PARTICIPANT}, method="POST"),
    Row("drafting:queue", kwargs=a_document, allowed=LEADING, grow=_suggest),
    Row("drafting:queue", kwargs=a_document, allowed=LEADING, query="?format=csv"),
    Row("drafting:alike", kwargs=a_document, allowed=LEADING, grow=alike),
    Row("drafting:alike", kwargs=a_document, allowed=LEADING, method="POST", data=two_alike),
    Row("drafting:bundle", kwargs=a_bundle, allowed=LEADING, grow=alike),
    Row("drafting:bundle", kwargs=a_bundle, allowed=LEADING, method="POST"),
    Row("drafting:decide_bundle", kwargs=a_bundle, allowed=LEADING),
    Row("drafting:decide_bundle", kwargs=a_bundle, allowed=LEADING, method="POST"),
    Row("drafting:alternatives", kwargs=a_document, allowed=IN_PROJECT, grow=rivals),
    Row("drafting:passed_on", kwargs=a_document, allowed=IN_PROJECT, grow=a_passed_on),
    Row("drafting:passed_on", kwargs=a_document, allowed=IN_PROJECT, query="?format=xlsx"),
    Row("drafting:receipt", kwargs=a_suggestion, allowed=SUGGESTING),  # the participant's own
    Row("drafting:tell", kwargs=a_suggestion, allowed=LEADING),
    Row("drafting:tell", kwargs=a_suggestion, allowed=LEADING, method="POST"),
    Row("drafting:react", kwargs=a_passed_on, allowed=SUGGESTING),  # the participant's own
    Row("drafting:react", kwargs=a_passed_on, allowed=SUGGESTING, method="POST"),
    Row("drafting:reply", kwargs=a_passed_on, allowed=LEADING),
    Row("drafting:reply", kwargs=a_passed_on, allowed=LEADING, method="POST"),
    Row("drafting:redact", kwargs=a_suggestion, allowed=LEADING),
    Row("drafting:redact", kwargs=a_suggestion, allowed=LEADING, method="POST"),
]
