"""Writing the set: all of it, or no trace of it. Counts add up, because they are counted from the votes written."""

import csv
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from .conversation import NO_GROUP, Conversation
from .results import NOT_PLACED, Analysis
from .votes import Votes

Line = Sequence[str | int | float]


def write(
    folder: Path, conversation: Conversation, analysis: Analysis | None = None, *, stamp: int = 0
) -> None:
    """The five files into a folder that does not exist yet, or is empty.

    Votes are written person by person and all with the time `stamp` (milliseconds): the order and the hour of single
    votes are nobody's business. With an analysis, its opinion groups and its group-aware figures are written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is there already and is not empty.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, lines in _files(_numbered(conversation), analysis, stamp):
            _save(half / name, lines)
        half.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise


def _save(path: Path, lines: Iterator[Line]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        # With both characters as the end of a line, a text that holds either is put in quotes.
        csv.writer(file, lineterminator="\r\n").writerows(lines)


def _numbered(conversation: Conversation) -> Conversation:
    """People and statements under numbers. Where one has another kind of id, all of its kind get new numbers."""
    people = _numbers(conversation.people)
    statements = _numbers([one.id for one in conversation.statements])
    own = dict(zip(conversation.people, people, strict=True))
    is_new = people != conversation.people
    return replace(
        conversation,
        people=people,
        statements=tuple(
            replace(one, id=number, author=own.get(one.author, "") if is_new else one.author)
            for one, number in zip(conversation.statements, statements, strict=True)
        ),
    )


def _numbers(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(ids) if all(one.isdecimal() for one in ids) else tuple(map(str, range(len(ids))))


def _files(
    conversation: Conversation, analysis: Analysis | None, stamp: int
) -> Iterator[tuple[str, Iterator[Line]]]:
    groups = _opinion_groups(conversation, analysis)
    yield "comments.csv", _comments(conversation, analysis)
    yield "votes.csv", _votes(conversation, stamp)
    yield "participants-votes.csv", _participants(conversation, groups)
    yield "summary.csv", _summary(conversation, groups)
    yield "groups.csv", _groups(conversation)


def _opinion_groups(conversation: Conversation, analysis: Analysis | None) -> Sequence[int | None]:
    if analysis is None:
        return conversation.opinion_group_of or [None] * len(conversation.people)
    return [None if group == NOT_PLACED else group for group in analysis.group_of.tolist()]


def _comments(conversation: Conversation, analysis: Analysis | None) -> Iterator[Line]:
    yield (
        "timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "is-meta", "is-seed",
        "group-informed-consensus", "comment-body",
    )  # fmt: skip
    left_out = set(analysis.left_out if analysis else ())
    for place, (one, (agree, disagree, _passed)) in enumerate(
        zip(conversation.statements, tallies(conversation.votes), strict=True)
    ):
        figure = one.group_informed if analysis is None else float(analysis.group_aware[place])
        unknown = figure is None or place in left_out or not np.isfinite(figure)
        yield (
            "" if one.made is None else one.made, one.id, one.author, agree, disagree, one.moderated,
            str(one.is_meta).lower(), str(one.is_seed).lower(), "" if unknown else repr(figure), one.text,
        )  # fmt: skip


def _votes(conversation: Conversation, stamp: int) -> Iterator[Line]:
    yield "timestamp", "comment-id", "voter-id", "vote"
    for person, own in _by_person(conversation):
        for place, value in own:
            yield stamp, conversation.statements[place].id, person, value


def _by_person(conversation: Conversation) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    votes = conversation.votes
    for place, person in enumerate(conversation.people):
        own = slice(votes.indptr[place], votes.indptr[place + 1])
        yield person, list(zip(votes.statement[own].tolist(), votes.value[own].tolist(), strict=True))


def _participants(conversation: Conversation, groups: Sequence[int | None]) -> Iterator[Line]:
    """A person's own votes; how many statements are theirs counts only what names them as its author."""
    ids = [one.id for one in conversation.statements]
    written = Counter(one.author for one in conversation.statements)
    yield "participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *ids
    for (person, own), group in zip(_by_person(conversation), groups, strict=True):
        cells: list[str | int] = [""] * len(ids)
        for place, value in own:
            cells[place] = value
        values = [value for _place, value in own]
        counts = (len(values), values.count(1), values.count(-1))
        yield person, "" if group is None else group, written[person], *counts, *cells


def _summary(conversation: Conversation, groups: Sequence[int | None]) -> Iterator[Line]:
    own = np.diff(conversation.votes.indptr)
    yield "topic", conversation.topic
    yield "url", conversation.url
    yield "views", "" if conversation.views is None else conversation.views
    yield "voters", int((own > 0).sum())
    yield "voters-in-conv", len(conversation.people)
    yield "commenters", len({one.author for one in conversation.statements if one.author})
    yield "comments", len(conversation.statements)
    yield "groups", len({group for group in groups if group is not None})
    yield "conversation-description", conversation.description
    if conversation.attribution:
        yield "attribution", conversation.attribution


def _groups(conversation: Conversation) -> Iterator[Line]:
    yield "participant", "group"
    for person, group in zip(conversation.people, conversation.group_of, strict=False):
        if group != NO_GROUP:
            yield person, conversation.groups[group]


def tallies(votes: Votes) -> list[tuple[int, int, int]]:
    """For each statement: how many agree, disagree and pass."""
    by_value = [
        np.bincount(votes.statement[votes.value == value], minlength=votes.statements).tolist()
        for value in (1, -1, 0)
    ]
    return list(zip(*by_value, strict=True))
