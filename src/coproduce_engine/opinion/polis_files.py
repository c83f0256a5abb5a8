"""The set of CSV files in which conversations are handed on (Polis's), and `groups.csv`, which that set lacks.

`comments.csv`, `votes.csv` (a log: the last vote of a person on a statement counts), `participants-votes.csv` (the same
as a table) and `summary.csv`. The files are data for programs: words are kept to the letter, also those that a
spreadsheet would take for a formula.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from .conversation import NO_GROUP, Conversation, SaidStatement, in_order_of_number
from .polis_rows import BadFile, Row, pairs, rows
from .polis_writing import tallies, write
from .votes import Votes

__all__ = ["BadFile", "read", "read_groups", "write"]

_OWN = {"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}


@dataclass
class _Ballots:
    """Votes as they are read: places of people and statements, values, times; and what was left aside."""

    people: dict[str, int]
    statements: Mapping[str, int]
    who: "array[int]" = field(default_factory=lambda: array("i"))
    what: "array[int]" = field(default_factory=lambda: array("i"))
    value: "array[int]" = field(default_factory=lambda: array("b"))
    when: "array[int]" = field(default_factory=lambda: array("q"))
    unknown: dict[str, int] = field(default_factory=dict)

    def add(self, person: str, statement: str, vote: int, when: int = 0) -> None:
        place = self.statements.get(statement)
        who = self.people.setdefault(person, len(self.people))
        if place is None:
            self.unknown[statement] = self.unknown.get(statement, 0) + 1
            return
        self.who.append(who)
        self.what.append(place)
        self.value.append(vote)
        self.when.append(when)

    def votes(self) -> Votes:
        """The last in time counts; of votes at the same time, the last in the file."""
        order = np.argsort(np.array(self.when, dtype=np.int64), kind="stable")
        who, what = np.array(self.who, dtype=np.int64)[order], np.array(self.what, dtype=np.int64)[order]
        value = np.array(self.value, dtype=np.int64)[order]
        return Votes.from_log(who, what, value, people=len(self.people), statements=len(self.statements))


def read(folder: Path, *, groups: Path | None = None) -> Conversation:
    """The conversation in a folder, or BadFile. `groups` names a file to use in place of the folder's `groups.csv`."""
    if not folder.is_dir():
        raise BadFile(f"{folder} is not a folder.")
    statements = _statements(folder / "comments.csv")
    has_log, has_table = ((folder / name).exists() for name in ("votes.csv", "participants-votes.csv"))
    if not has_log and not has_table:
        raise BadFile("There are no votes: the folder needs votes.csv or participants-votes.csv.")
    places = {one.id: place for place, one in enumerate(statements)}
    table, log = _Ballots({}, places), None
    found = _table(folder / "participants-votes.csv", table) if has_table else {}
    in_table = len(table.people)
    if has_log:
        log = _Ballots(table.people, places)
        _log(folder / "votes.csv", log)
    made = Conversation(
        topic="", people=tuple(table.people), statements=tuple(statements), votes=(log or table).votes(),
        opinion_group_of=tuple(found.get(person) for person in table.people) if found else (),
        notes=tuple(_notes_on_votes(table, log, in_table if has_table else None)),
    )  # fmt: skip
    made = _with_summary(made, folder / "summary.csv")
    made = replace(made, notes=(*made.notes, *_notes_on_counts(made, folder / "comments.csv")))
    named = groups or (folder / "groups.csv")
    return read_groups(made, named) if groups or named.exists() else made


def read_groups(conversation: Conversation, path: Path) -> Conversation:
    """The same conversation with the stakeholder groups of a file `participant,group`. Later rows count."""
    places = {person: place for place, person in enumerate(conversation.people)}
    named: dict[int, str] = {}
    strangers = 0
    for row in rows(path, ["participant", "group"]):
        person, group = row.named("participant"), row.get("group").strip()
        if person not in places:
            strangers += 1
        elif group:
            named[places[person]] = group
    names = tuple(sorted(set(named.values())))
    of = {name: place for place, name in enumerate(names)}
    group_of = tuple(of[named[i]] if i in named else NO_GROUP for i in range(len(places)))
    notes = [*conversation.notes]
    if strangers:
        notes.append(f"{path.name} names people who are in no other file: {strangers}. They count nowhere.")
    if names and len(named) < len(places):
        notes.append(f"People without a group in {path.name}: {len(places) - len(named)}.")
    return replace(conversation, groups=names, group_of=group_of, notes=tuple(notes))


def _statements(path: Path) -> list[SaidStatement]:
    found: dict[str, SaidStatement] = {}
    for row in rows(path, ["comment-id", "comment-body"]):
        number = row.named("comment-id")
        if number in found:
            raise row.fault(f"the statement {number} is there a second time.")
        found[number] = _statement(row, number)
    return [found[number] for number in in_order_of_number(list(found))]


def _statement(row: Row, number: str) -> SaidStatement:
    moderated = row.whole("moderated")
    if moderated not in (-1, 0, 1):
        raise row.fault(f"moderated is {moderated}; it must be 1 (in), 0 (not looked at) or -1 (out).")
    return SaidStatement(
        id=number,
        text=row.get("comment-body"),
        author=row.get("author-id").strip(),
        moderated=moderated,
        is_meta=row.yes("is-meta"),
        is_seed=row.yes("is-seed"),
        made=row.whole("timestamp") if row.get("timestamp").strip() else None,
        group_informed=row.fraction("group-informed-consensus"),
    )


def _log(path: Path, log: _Ballots) -> None:
    for row in rows(path, ["comment-id", "voter-id", "vote"]):
        person, statement = row.named("voter-id"), row.named("comment-id")
        log.add(person, statement, row.vote(row.get("vote")), row.whole("timestamp"))


def _table(path: Path, table: _Ballots) -> dict[str, int | None]:
    """Votes of the table into `table`; for each person the opinion group that it names."""
    found: dict[str, int | None] = {}
    columns: list[tuple[str, int]] = []
    for row in rows(path, ["participant"]):
        columns = columns or [(name, place) for name, place in row.head.items() if name not in _OWN]
        person = row.named("participant")
        if person in found:
            raise row.fault(f"the participant {person} is there a second time.")
        found[person] = row.whole("group-id") if row.get("group-id").strip() else None
        table.people.setdefault(person, len(table.people))
        for statement, place in columns:
            if row.cells[place]:
                table.add(person, statement, row.vote(row.cells[place]))
    return found


def _with_summary(conversation: Conversation, path: Path) -> Conversation:
    if not path.exists():
        note = "There is no summary.csv, so the conversation has no title."
        return replace(conversation, notes=(*conversation.notes, note))
    said = dict(pairs(path))
    views = said.get("views", "").strip()
    return replace(
        conversation, topic=said.get("topic", ""), url=said.get("url", "").strip(),
        description=said.get("conversation-description", ""), attribution=said.get("attribution", "").strip(),
        views=int(views) if views.isdecimal() else None,
    )  # fmt: skip


def _notes_on_votes(table: _Ballots, log: _Ballots | None, in_table: int | None) -> Iterator[str]:
    used = log or table
    if used.unknown:
        yield (
            f"Votes on statements that are not in comments.csv: {sum(used.unknown.values())} "
            f"(statements: {len(used.unknown)}). They count nowhere."
        )
    if log is None:
        yield "There is no votes.csv: the votes are those of participants-votes.csv."
        return
    changed = len(log.who) - log.votes().count
    if changed:
        yield f"Votes that people gave again later: {changed}. The last one counts."
    if in_table is None:
        return
    if len(table.people) > in_table:
        yield f"People who are only in votes.csv: {len(table.people) - in_table}. They count."
    if different := _different(table.votes(), log.votes()):
        yield f"Votes on which votes.csv and participants-votes.csv differ: {different}. votes.csv counts."


def _different(one: Votes, other: Votes) -> int:
    """On how many pairs of person and statement the two do not say the same."""
    cells = [
        np.stack([votes.voter_of_each().astype(np.int64), votes.statement, votes.value], axis=1)
        for votes in (one, other)
    ]
    sets = [{(who, what): value for who, what, value in found.tolist()} for found in cells]
    return sum(sets[0].get(key) != sets[1].get(key) for key in sets[0].keys() | sets[1].keys())


def _notes_on_counts(conversation: Conversation, path: Path) -> Iterator[str]:
    """Where `comments.csv` counts other than the votes do: known to happen, and worth a word."""
    counts = tallies(conversation.votes)
    places = {one.id: place for place, one in enumerate(conversation.statements)}
    wrong = straight = turned = 0
    for row in rows(path, ["comment-id"]):
        if row.get("agrees").strip() and row.get("disagrees").strip():
            agree, disagree, _passed = counts[places[row.named("comment-id")]]
            said = row.whole("agrees"), row.whole("disagrees")
            wrong += said != (agree, disagree)
            straight += abs(said[0] - agree) + abs(said[1] - disagree)
            turned += abs(said[0] - disagree) + abs(said[1] - agree)
    if wrong:
        yield f"Statements whose counts in comments.csv are not those of the votes: {wrong}. The votes count."
    if turned * 2 < straight:
        yield "The counts fit far better with agree and disagree exchanged: look whether 1 means agree here."
