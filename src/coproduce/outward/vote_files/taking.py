"""The votes of a closed ballot as a set of files: numbers that name nobody, no hour, no group that is too small."""

import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from coproduce.capabilities.voting import queries as voting
from coproduce.core.access import NotThere
from coproduce_engine.opinion.conversation import NO_GROUP, Conversation, SaidStatement
from coproduce_engine.opinion.estimator import OpinionMap
from coproduce_engine.opinion.polis_files import write

_FILES = ("comments.csv", "votes.csv", "participants-votes.csv", "summary.csv", "groups.csv")
# The first moment that a zip file can name: when it was made is nobody's business.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def conversation_of(ballot: Any) -> Conversation:
    """People are counted off in the order of numbers that were drawn. No statement names who wrote it.

    A facilitator may know who wrote a statement; an author's number among the voters would give their votes away.
    """
    found = voting.votes_of(ballot)
    shown = _large_enough(found.group_of_person.tolist(), len(found.group_names), voting.smallest_group())
    names = [found.group_names[group] for group in shown]
    at = {group: place for place, group in enumerate(shown)}
    return Conversation(
        topic=ballot.title,
        description=ballot.intro,
        people=tuple(map(str, range(found.votes.people))),
        statements=tuple(
            SaidStatement(str(one.number), one.text, moderated=1, made=_milliseconds(ballot.opened_at))
            for one in found.statements
        ),
        votes=found.votes,
        groups=tuple(names),
        group_of=tuple(at.get(group, NO_GROUP) for group in found.group_of_person.tolist()),
    )


def _large_enough(group_of: Sequence[int], groups: int, least: int) -> list[int]:
    """The groups to name. Those without a name are none at all, or so many that they are no small group either."""
    sizes = {group: group_of.count(group) for group in range(groups)}
    shown = sorted((group for group in sizes if sizes[group] >= least), key=lambda group: sizes[group])
    nameless = len(group_of) - sum(sizes[group] for group in shown)
    while shown and 0 < nameless < least:
        nameless += sizes[shown.pop(0)]
    return sorted(shown)


def write_votes(project_id: UUID, ballot_id: UUID, folder: Path) -> Iterable[Path]:
    """All files of a closed ballot, with the opinion groups that are found in it, into a new folder."""
    ballot = voting.ballot_in(project_id, ballot_id)
    if not ballot.is_closed:
        raise NotThere
    conversation = conversation_of(ballot)
    analysis = OpinionMap().fit(conversation.votes).analysis_ if conversation.votes.count else None
    write(folder, conversation, analysis, stamp=_milliseconds(ballot.closed_at))
    return [folder / name for name in _FILES]


def pack_votes(ballot: Any, out: IO[bytes]) -> None:
    """The same as one zip file, without opinion groups: finding them takes too long for a page."""
    with tempfile.TemporaryDirectory() as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        folder = Path(made) / "votes"
        write(folder, conversation_of(ballot), stamp=_milliseconds(ballot.closed_at))
        for name in _FILES:
            about = zipfile.ZipInfo(name, _NO_TIME)
            about.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(about, (folder / name).read_bytes())


def _milliseconds(moment: datetime | None) -> int:
    return int(moment.timestamp() * 1000) if moment else 0
