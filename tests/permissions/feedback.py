from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as documents
from coproduce.capabilities.feedback import operations, queries
from coproduce.core import clock
from coproduce.core.findings import Override

from .grid import IN_PROJECT, LEADING, MANAGER, NOBODY, Row
from .world import World

_number = count(1)


def a_document(world: World) -> Mapping[str, Any]:
    known = documents.documents_of(world.project.pk).first()
    document = known or drafting.start_document(
        by=world.facilitator, project_id=world.project.pk, title="The plan", text="# The plan\n\nOne.\n",
        override=Override("A test."),
    )  # fmt: skip
    return {"project_id": world.project.pk, "document_id": document.pk}


def a_statement(world: World, **more: Any) -> Mapping[str, Any]:
    """Over one answered suggestion, so that it can be published."""
    place = a_document(world)
    suggestion = drafting.suggest(by=world.participant, **place, words=f"Idea {next(_number)}")
    drafting.decide(
        by=world.manager, project_id=world.project.pk, suggestion_id=suggestion.pk, outcome="accepted",
        place="Section 1",
    )  # fmt: skip
    statement = operations.write_statement(
        by=world.facilitator, **place, suggestion_ids=[suggestion.pk], responsible_id=world.manager.pk,
        together_ids=[world.participant.pk],
        facts={"heading": "Buses", "said": "You asked for buses.", "did": "Buses run.", **more},
    )  # fmt: skip
    return {"project_id": world.project.pk, "statement_id": statement.pk}


def written(world: World) -> Mapping[str, Any]:
    a_statement(world)
    return a_document(world)


def published(world: World) -> Mapping[str, Any]:
    operations.publish(by=world.manager, **written(world))
    return {"project_id": world.project.pk}


def promised(world: World) -> Mapping[str, Any]:
    """A statement whose promise everyone can read."""
    place = a_statement(world, will="Buses run on Sundays.", will_by=clock.today() + timedelta(days=5))
    operations.publish(by=world.manager, **a_document(world))
    return place


def in_promised(world: World) -> Mapping[str, Any]:
    promised(world)
    return {"project_id": world.project.pk}


def told(world: World) -> Mapping[str, Any]:
    """Published, with letters by both ways: the author has an address; who was asked by phone has none."""
    at = written(world)
    person = add_person(by=None, name=f"Someone by phone {next(_number)}")
    suggestion = drafting.suggest(
        by=world.facilitator, author=person, **at, words="By phone", channel="phone"
    )
    drafting.decide(
        by=world.manager, project_id=world.project.pk, suggestion_id=suggestion.pk, outcome="accepted",
        place="Section 1",
    )  # fmt: skip
    operations.write_statement(
        by=world.facilitator, **at, suggestion_ids=[suggestion.pk],
        facts={"heading": "Phones", "said": "You rang.", "did": "We rang back."},
    )  # fmt: skip
    operations.publish(by=world.manager, **at)
    for kind in ("thanks", "answers"):
        operations.make_letters(by=world.facilitator, **at, kind=kind)
    return at


def a_letter(world: World) -> Mapping[str, Any]:
    at = told(world)
    letter = queries.prints_waiting(at["document_id"])[0]
    return {"project_id": world.project.pk, "letter_id": letter.pk}


def republished(world: World) -> None:
    published(world)


ROWS = [
    Row("feedback:statements", allowed=IN_PROJECT, grow=a_statement),
    Row("feedback:statements", kwargs=in_promised, allowed=IN_PROJECT, grow=promised),
    Row("feedback:statements", allowed=IN_PROJECT, query="?format=csv", grow=a_statement),
    Row("feedback:statements", allowed=IN_PROJECT, query="?q=buses&part=did&sort=-heading&format=xlsx"),
    Row("feedback:new_statement", kwargs=a_document, allowed=LEADING, grow=a_statement),
    Row("feedback:new_statement", kwargs=a_document, allowed=LEADING, method="POST"),
    Row(
        "feedback:new_statement",
        kwargs=a_document,
        allowed=LEADING,
        method="POST",
        data=lambda world: {"look": "1", "find": "S01"},
    ),
    Row("feedback:edit_statement", kwargs=a_statement, allowed=LEADING),
    Row("feedback:edit_statement", kwargs=a_statement, allowed=LEADING, method="POST"),
    Row("feedback:remove_statement", kwargs=a_statement, allowed=LEADING, method="POST"),
    Row("feedback:settings", kwargs=a_document, allowed=LEADING),
    Row("feedback:settings", kwargs=a_document, allowed=LEADING, method="POST"),
    Row("feedback:preview", kwargs=written, allowed=IN_PROJECT, grow=a_statement),
    Row("feedback:publish", kwargs=written, allowed={MANAGER}, grow=a_statement),
    Row("feedback:publish", kwargs=written, allowed={MANAGER}, method="POST"),
    Row("feedback:page", kwargs=published, public=True, grow=republished),
    Row("feedback:page", allowed=IN_PROJECT, hidden=True),
    Row("feedback:csv", kwargs=published, public=True, grow=republished),
    Row("feedback:page", kwargs=published, public=True, query="?style=together"),
    Row("feedback:json", kwargs=published, public=True),
    Row("feedback:easy_read", kwargs=published, public=True, grow=republished),
    Row("feedback:easy_read", allowed=NOBODY, hidden=True),
    Row("feedback:poster", kwargs=published, public=True, grow=republished),
    Row("feedback:poster", kwargs=published, public=True, query="?size=a3&style=we_asked"),
    Row("feedback:embed", kwargs=published, public=True, framed=True, grow=republished),
    Row("feedback:add_update", kwargs=promised, allowed=LEADING),
    Row("feedback:add_update", kwargs=promised, allowed=LEADING, method="POST"),
    Row(
        "feedback:add_update",
        kwargs=promised,
        allowed=LEADING,
        method="POST",
        data=lambda world: {"progress": "done", "words": "They run."},
    ),
    Row("feedback:letters", kwargs=told, allowed=LEADING, grow=told),
    Row("feedback:letters", kwargs=told, allowed=LEADING, query="?state=waiting&kind=answers&format=csv"),
    Row(
        "feedback:send_letters",
        kwargs=written,
        allowed=LEADING,
        method="POST",
        data=lambda world: {"kind": "thanks"},
    ),
    Row("feedback:print_letters", kwargs=told, allowed=LEADING, grow=told),
    Row("feedback:hand_over", kwargs=told, allowed=LEADING, method="POST"),
    Row(
        "feedback:hand_over",
        kwargs=told,
        allowed=LEADING,
        method="POST",
        data=lambda world: {"how": "by letter", "letter": str(world.project.pk)},
    ),
    Row("feedback:letter", kwargs=a_letter, allowed=LEADING),
    Row("feedback:letter", kwargs=a_letter, allowed=LEADING, query="?look=large"),
    Row(
        "feedback:letter_again",
        kwargs=a_letter,
        allowed=LEADING,
        method="POST",
        data=lambda world: {"route": "print"},
    ),
    Row("feedback:my_letter", kwargs=published, allowed=IN_PROJECT, grow=told),
    Row("feedback:my_letter", allowed=IN_PROJECT),
]
