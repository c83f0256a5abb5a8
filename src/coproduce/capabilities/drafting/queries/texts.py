"""The text of a document at any moment, and what each operation did."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from coproduce.core.access import NotThere

from ..models import Decision, Document, Op, Snapshot, SuggestedEdit, Suggestion, Version
from ..rules import replay
from ..rules.edits import Edit, edits_to_block, new_block
from ..rules.mapping import Place, place_of
from ..rules.outline import above, in_its_line_ends
from ..rules.replay import OpKind, State

STEP = ("seq", "kind", "block", "after", "start", "removed", "inserted", "runs")


def text_now(document: Document) -> State:
    """The master copy as it stands; one query."""
    snapshot = Snapshot.objects.filter(document=document, version=None).first()
    return replay.from_snapshot(snapshot.seq, snapshot.blocks) if snapshot else State()


def text_at(document: Document, seq: int) -> State:
    """The text after operation `seq`: from the newest snapshot before it; two queries."""
    rows = Snapshot.objects.filter(document=document, seq__lte=seq).order_by("-seq")
    snapshot = rows.first()
    start = replay.from_snapshot(snapshot.seq, snapshot.blocks) if snapshot else State()
    return start if start.seq == seq else replay.replay(ops_between(document.pk, start.seq, seq), start)


def replayed(document_id: UUID, seq: int) -> State:
    """The same from the operations alone, trusting no snapshot."""
    return replay.replay(ops_between(document_id, 0, seq))


def ops_between(document_id: UUID, after: int, until: int) -> list[replay.Op]:
    """The operations after one moment, up to and with another one."""
    if after >= until:
        return []
    return [replay.Op(*row) for row in steps_between(document_id, after, until).values_list(*STEP)]


def steps_between(document_id: UUID, after: int, until: int) -> QuerySet[Op]:
    return Op.objects.filter(document_id=document_id, seq__gt=after, seq__lte=until).order_by("seq")


def steps_of(decision: Decision) -> list[replay.Op]:
    """The operations that carried out an acceptance and still count."""
    rows = Op.objects.filter(decision=decision).order_by("seq")
    return [replay.Op(*row) for row in rows.values_list(*STEP)]


def moment_before(decision: Decision, document: Document) -> int | None:
    """Where the text stood before this acceptance, as long as it can be taken back; two queries.

    Not once the text has changed since, and not once a version holds it: people have read it there.
    """
    steps = steps_of(decision)
    if not steps:
        return document.seq
    version = last_version(document.pk)
    is_read = version is not None and version.at_seq >= steps[-1].seq
    return steps[0].seq - 1 if steps[-1].seq == document.seq and not is_read else None


def text_hash(text: str) -> str:
    """The fingerprint that a version keeps of its text."""
    return sha256(text.encode()).hexdigest()


def versions_of(document_id: UUID) -> list[Version]:
    """Every version, oldest first."""
    rows = Version.objects.filter(document_id=document_id).select_related("author")
    return list(rows.order_by("major", "minor"))


def last_version(document_id: UUID) -> Version | None:
    return Version.objects.filter(document_id=document_id).order_by("-major", "-minor").first()


def landing_versions(document_ids: Iterable[UUID]) -> dict[UUID, list[Version]]:
    """The versions of each document, oldest first, for finding where things landed; one query."""
    found: dict[UUID, list[Version]] = {}
    for version in Version.objects.filter(document_id__in=list(document_ids)).order_by("major", "minor"):
        found.setdefault(version.document_id, []).append(version)
    return found


def landed_in(seq: int | None, versions: Iterable[Version]) -> Version | None:
    """The first version that has operation `seq`; None while it waits for the next one."""
    return next((version for version in versions if seq is not None and version.at_seq >= seq), None)


def edits_of(suggestion_id: UUID) -> list[Edit]:
    """What a suggestion changes, in the text that it was made on."""
    rows = SuggestedEdit.objects.filter(suggestion_id=suggestion_id).order_by("position")
    return [Edit(*row) for row in rows.values_list("kind", "block", "start", "quote", "words")]


def places_of(document: Document, base_seq: int, edits: Iterable[Edit], state: State) -> list[Place]:
    """Where edits made on an earlier text stand in today's."""
    edits = list(edits)
    since = ops_between(document.pk, base_seq, document.seq) if edits else []
    insertions = {edit.block for edit in edits if edit.kind == OpKind.REPLACE and not edit.quote}
    touched = insertions & {op.block for op in since}
    asked_at = _asked_at(document.pk, base_seq, touched) if touched else {}
    return [place_of(edit, base_seq, since, state, asked_at) for edit in edits]


def _asked_at(document_id: UUID, base_seq: int, blocks: Iterable[int]) -> dict[int, int]:
    """Where words that were only put into these blocks were asked for, by operation; two queries."""
    asked = {"suggestion__document_id": document_id, "suggestion__base_seq": base_seq, "block__in": blocks}
    starts: dict[tuple[Any, ...], list[int]] = {}
    edits = SuggestedEdit.objects.filter(kind=OpKind.REPLACE, quote="", **asked).order_by("-start")
    for start, *key in edits.values_list("start", "suggestion_id", "block", "words"):
        starts.setdefault(tuple(key), []).append(start)
    ops = Op.objects.filter(kind=OpKind.REPLACE, removed="", **asked).order_by("seq")
    found = [(seq, tuple(key)) for seq, *key in ops.values_list("seq", "suggestion_id", "block", "inserted")]
    return {seq: starts[key].pop() for seq, key in found if starts.get(key)}


def version_at(document_id: UUID, seq: int) -> Version | None:
    """The newest version that somebody who saw operation `seq` could have in hand."""
    rows = Version.objects.filter(document_id=document_id, at_seq__lte=seq)
    return rows.order_by("-at_seq", "-major", "-minor").first()


def next_number(project_id: UUID) -> int:
    """The number of the next suggestion in a project; hold its documents while you use it."""
    last = Suggestion.objects.filter(project_id=project_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def typed_edits(document: Document, base_seq: int, block: int, typed: str) -> list[Edit]:
    """What somebody who saw the text at `base_seq` changed in a block."""
    state = text_at(document, base_seq)
    standing = state.blocks.get(block)
    if standing is None or not standing.alive:
        raise NotThere
    words = in_its_line_ends(typed, standing.text)
    return edits_to_block(block, above(state, block), standing.text, words)


def new_passage(document: Document, base_seq: int, after: int, typed: str) -> list[Edit]:
    """The edits that put a new passage after a block of the text at `base_seq`; 0 is the top."""
    state = text_at(document, base_seq)
    standing = state.blocks.get(after)
    if after and (standing is None or not standing.alive):
        raise NotThere
    source = standing.text if standing else ""
    return new_block(after, source, in_its_line_ends(typed, source)) if typed.strip() else []
