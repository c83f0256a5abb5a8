from collections.abc import Mapping
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
    Row("drafting:suggestion", kwargs=a_suggestion, allowed=IN_PROJECT, grow=_suggest),
    Row("drafting:link_barriers", kwargs=a_suggestion, allowed=LEADING),
    Row("drafting:link_barriers", kwargs=a_suggestion, allowed=LEADING, method="POST"),
    Row("drafting:decide", kwargs=a_suggestion, allowed=LEADING),
    Row("drafting:decide", kwargs=a_suggestion, allowed=LEADING, method="POST"),
    Row("drafting:withdraw", kwargs=a_suggestion, allowed=SUGGESTING),  # the participant's own
    Row("drafting:withdraw", kwargs=a_suggestion, allowed=SUGGESTING, method="POST"),
    Row("drafting:versions", kwargs=a_document, allowed=IN_PROJECT, grow=_publish),
    Row("drafting:version", kwargs=a_version, allowed=IN_PROJECT, grow=a_change),
    Row("drafting:version", kwargs=a_version, allowed=IN_PROJECT, query="?format=md"),
    Row("drafting:publish", kwargs=a_document, allowed=LEADING),
    Row("drafting:publish", kwargs=a_document, allowed=LEADING, method="POST"),
    Row("drafting:compare", kwargs=_changed, allowed=IN_PROJECT, grow=a_change),
    Row("drafting:log", kwargs=a_document, allowed=IN_PROJECT, grow=an_answer),
    Row("drafting:log", kwargs=a_document, allowed=IN_PROJECT, query="?format=csv"),
]
