"""Reading in a vote that was held somewhere else: one closed ballot, whole or not at all, and only once."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people import queries as people_queries
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.projects import queries as project_queries
from coproduce.capabilities.voting import operations as voting
from coproduce.capabilities.voting.terms import MOST_LETTERS
from coproduce_engine.opinion.conversation import NO_GROUP, Conversation
from coproduce_engine.opinion.polis_files import BadFile, read

_LONGEST_TITLE = 200


@dataclass(frozen=True)
class Brought:
    """Where the votes are now, and what was odd in the files."""

    project_id: UUID
    ballot_id: UUID
    notes: tuple[str, ...]


def import_votes(
    *, by: Any, folder: Path, project_id: UUID | None = None, groups: Path | None = None
) -> Brought:
    """Bring the votes in `folder` into a project, or into one of their own. The same votes once more write nothing."""
    conversation = read(folder, groups=groups)
    _fits(conversation)
    mark = _mark(conversation)
    title = (conversation.topic.strip() or folder.resolve().name)[:_LONGEST_TITLE]
    with transaction.atomic():
        into = project_id or _project_of(by, title, mark)
        brought = voting.BroughtIn(
            title=title,
            intro=conversation.description,
            statements=[one.text for one in conversation.statements],
            declined=conversation.left_out,
            people=len(conversation.people),
            votes=list(_votes(conversation)),
            groups=_groups(by, into, conversation),
        )
        key = uuid5(NAMESPACE_URL, f"votes in {into} {mark}")
        ballot = voting.bring_in_votes(by=by, project_id=into, brought=brought, key=key)
    return Brought(into, ballot.pk, conversation.notes)


def _fits(conversation: Conversation) -> None:
    """People voted on these words, so none of them is cut."""
    if not conversation.votes.count:
        raise BadFile("There is not one vote in these files.")
    for one in conversation.statements:
        if not one.text.strip():
            raise BadFile(f"comments.csv: the statement {one.id} has no words.")
        if len(one.text) > MOST_LETTERS:
            raise BadFile(
                f"comments.csv: the statement {one.id} has {len(one.text)} letters; a ballot takes {MOST_LETTERS}."
            )


def _mark(conversation: Conversation) -> str:
    """The same for the same votes on the same words, whatever the files looked like."""
    votes = conversation.votes
    seen = sha256()
    for one in conversation.statements:
        seen.update(f"{one.id}\n{one.text}\n{one.moderated}{one.is_meta}\n".encode())
    for row in (votes.indptr.astype("<i8"), votes.statement.astype("<i4"), votes.value):
        seen.update(row.tobytes())
    named = (conversation.groups[group] if group >= 0 else "" for group in conversation.group_of)
    seen.update("\n".join((conversation.topic, *named)).encode())
    return seen.hexdigest()


def _project_of(by: Any, title: str, mark: str) -> UUID:
    """The project of these votes: made by the first import, found by later ones."""
    known = project_queries.project_imported_from(mark)
    if known is None:
        known = projects.start_project(
            by=by, title=title, imported_from=mark, summary=_("Votes that people gave elsewhere.")
        )
    return UUID(str(known.pk))


def _groups(by: Any, project_id: UUID, conversation: Conversation) -> dict[int, UUID]:
    """The project's groups by their names; those that it lacks are added."""
    known = {group.name: group.pk for group in people_queries.groups_of(project_id)}
    for name in conversation.groups:
        if name not in known:
            group = people.add_group(by=by, project_id=project_id, name=name, kind=GroupKind.OTHER)
            known[name] = group.pk
    return {
        place: known[conversation.groups[group]]
        for place, group in enumerate(conversation.group_of)
        if group != NO_GROUP
    }


def _votes(conversation: Conversation) -> Iterator[tuple[int, int, int]]:
    votes = conversation.votes
    rows = (votes.voter_of_each(), votes.statement, votes.value)
    return zip(*(row.tolist() for row in rows), strict=True)
