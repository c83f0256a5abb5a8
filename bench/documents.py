"""A document of 600 pages and 300,000 words with 10,000 open suggestions: what each step and each page costs.

Beside it, in the same run and on the same two texts: difflib, redlines and lxml's htmldiff. Word files: word.py.
"""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ._comparers import COMPARERS
from ._house import figure, processor_ms, set_up
from ._long_document import lightly_edited, long_document

SUGGESTIONS = 10_000
OPERATIONS = 100_000
GIVEN_UP_AFTER = int(os.environ.get("COPRODUCE_BENCH_SECONDS", "60"))  # of processor time, for the others
MOST = {"compare": 250, "conflicts": 100, "replay": 3_000, "page": 150, "memory": 300}


def main() -> None:
    set_up()
    from coproduce.capabilities.drafting.tests.factories import make_draft

    passages = long_document()
    text, edited = "".join(passages), lightly_edited(passages)
    draft = make_draft(text)
    print(f"  {len(text.split()):,} words, {len(passages):,} passages, {len(text) / 1e6:.2f} MB")
    asked = _questions(_client(draft), _chapter(draft))
    _suggest(draft)
    assert _questions(_client(draft), _chapter(draft)) == asked, (
        "the page asks more where there are suggestions"
    )
    _pages(draft)
    _conflicts(draft)
    _versions(draft, edited)
    _replay(draft)
    _memory()
    _the_others(text, edited)
    _one_passage(passages)


def _told(words: str, value: float, bar: str, unit: str = "ms") -> None:
    most = MOST[bar]
    figure(f"{words} (at most {most:,} {unit}){'' if value < most else '  TOO MUCH'}", value, unit)


def _suggest(draft: Any) -> None:
    """Written in one go: making them one by one is not what is measured."""
    from coproduce.capabilities.drafting import queries
    from coproduce.capabilities.drafting.models import SuggestedEdit, Suggestion
    from coproduce.core import clock

    dice, now = random.Random(9), clock.now()
    draft.document.refresh_from_db()
    state = queries.text_now(draft.document)
    blocks = [(id, block.text) for id, block in state.alive() if not block.text.startswith("#")]
    made, edits = [], []
    for number in range(1, SUGGESTIONS + 1):
        block, text = dice.choice(blocks)
        edit = one_edit(dice, block, text)
        made.append(
            Suggestion(
                project=draft.project, document=draft.document, number=number, kind="change",
                gist=f"“{edit.quote}” → “{edit.words}”", block=block, section=f"Section {block % 10}",
                base_seq=draft.document.seq, author=draft.citizen, entered_by=draft.citizen, said_on=now.date(),
                made_at=now,
            )
        )  # fmt: skip
        edits.append(SuggestedEdit(suggestion=made[-1], position=0, **edit._asdict()))
    Suggestion.objects.bulk_create(made, batch_size=500)
    SuggestedEdit.objects.bulk_create(edits, batch_size=500)


def one_edit(dice: random.Random, block: int, text: str) -> Any:
    """Another word for one to three words of a passage."""
    from coproduce.capabilities.drafting.rules.edits import Edit

    words = text.rstrip("\n").split(" ")
    at = dice.randrange(len(words))
    quote = " ".join(words[at : at + dice.randint(1, 3)])
    return Edit(
        "replace", block, len(" ".join([*words[:at], ""])) if at else 0, quote, dice.choice(words) + "x"
    )


def _pages(draft: Any) -> None:
    """As a participant opens them, with the number of questions that each asks the database."""
    from coproduce.capabilities.drafting import queries

    client, place = _client(draft), _place(draft)
    one = queries.suggestions_on(draft.document.pk)[0]
    _page(client, "one chapter with its suggestions", _chapter(draft), bar=True)
    for name, path in {
        "the list of suggestions, first page": f"{place}suggestions/",
        "the list of suggestions, last page": f"{place}suggestions/?page=200",
        "the list of suggestions, searched and filtered": f"{place}suggestions/?q=care&status=open",
        "one suggestion": f"/projects/{draft.project.pk}/suggestions/{one.pk}/",
        "who wrote this, one chapter": f"{place}words/?chapter=7",
    }.items():
        _page(client, name, path)


def _client(draft: Any) -> Any:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(draft.citizen, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _place(draft: Any) -> str:
    return f"/projects/{draft.project.pk}/documents/{draft.document.pk}/"


def _chapter(draft: Any) -> str:
    return f"{_place(draft)}?chapter=7"


def _page(client: Any, name: str, path: str, *, bar: bool = False) -> None:
    words = f"page: {name}, {_questions(client, path)} queries"
    taken = processor_ms(lambda: _open(client, path))
    _told(words, taken, "page") if bar else figure(words, taken)


def _questions(client: Any, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _open(client, path)
    with CaptureQueriesContext(connection) as asked:
        _open(client, path)
    return len(asked)


def _open(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _conflicts(draft: Any) -> None:
    from coproduce.capabilities.drafting import queries
    from coproduce.capabilities.drafting.models import SuggestedEdit
    from coproduce.capabilities.drafting.rules.edits import Edit

    rows: Any = SuggestedEdit.objects.values_list("suggestion_id", "kind", "block", "start", "quote", "words")
    placed = [(one, Edit(*edit)) for one, *edit in rows]
    words = f"conflicts among {SUGGESTIONS:,} open suggestions: {len(queries.clashes(placed)):,} pairs"
    _told(words, processor_ms(lambda: queries.clashes(placed)), "conflicts")
    figure("the same, read from the database", processor_ms(lambda: queries.overlaps(draft.document), 5))


def _versions(draft: Any, edited: str) -> None:
    """Two versions of the whole text, compared as the page does, and the steps that this is made of."""
    from coproduce.capabilities.drafting import queries
    from coproduce.capabilities.drafting.rules.compare import compare, stretches
    from coproduce.capabilities.drafting.rules.edits import edits_between, edits_to_block, ops_of

    old = queries.text_now(draft.document)
    older = _published(draft, 1)
    sources = [(id, block.text) for id, block in old.alive()]
    ops = ops_of(edits_between(sources, edited), old)
    newer = _written(draft, old, ops)
    new = queries.text_now(draft.document)
    assert new.text() == edited
    block, words = sources[5]
    typed = words.strip().replace("a", "o", 3)
    changed = f"{len(compare(old, ops).changed):,} passages changed"
    _told(f"compare two versions, {changed}", processor_ms(lambda: compare(old, ops), 5), "compare")
    _told("compare two texts without ids", processor_ms(lambda: edits_between(sources, edited), 5), "compare")
    steps: dict[str, Callable[[], object]] = {
        "compare two versions with every cause": lambda: queries.difference(draft.document, older, newer),
        "words typed in one passage become edits": lambda: edits_to_block(block, 4, words, typed),
        "whose words, every passage": lambda: [list(stretches(one)) for _id, one in new.alive()],
    }
    for name, step in steps.items():
        figure(name, processor_ms(step, 5))


def _published(draft: Any, minor: int) -> Any:
    from coproduce.capabilities.drafting import operations
    from coproduce.capabilities.drafting.rules.versions import Number

    return operations.publish_version(
        by=draft.facilitator, project_id=draft.project.pk, document_id=draft.document.pk, number=Number(0, minor),
        summary="For the measurement",
    )  # fmt: skip


def _written(draft: Any, state: Any, ops: list[Any]) -> Any:
    from django.db import transaction

    from coproduce.capabilities.drafting.operations.writing import append
    from coproduce.core import clock

    with transaction.atomic():
        append(draft.document, state, ((op, draft.citizen) for op in ops), day=clock.today())
    return _published(draft, 2)


def _replay(draft: Any) -> None:
    from coproduce.capabilities.drafting import queries
    from coproduce.capabilities.drafting.rules.replay import apply, replay

    document = draft.document
    document.refresh_from_db()
    ops: list[Any] = queries.ops_between(document.pk, 0, document.seq)
    state, dice = replay(ops), random.Random(10)
    ids = [id for id, block in state.alive() if not block.text.startswith("#")]
    while len(ops) < OPERATIONS:
        block = dice.choice(ids)
        op = _step(one_edit(dice, block, state.blocks[block].text), state.seq + 1)
        apply(state, op)
        ops.append(op)
    _told(
        f"replay {len(ops):,} operations to text and writers", processor_ms(lambda: replay(ops), 3), "replay"
    )


def _step(edit: Any, seq: int) -> Any:
    from coproduce.capabilities.drafting.rules.replay import Op

    return Op(seq, edit.kind, edit.block, 0, edit.start, edit.quote, edit.words)


def _memory() -> None:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _told("memory at the most, all of this in one process", most, "memory", "MiB")


def _the_others(text: str, edited: str) -> None:
    """Each in a process of its own, stopped when it has had its processor time."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("old", "new")]
        for file, words in zip(files, (text, edited), strict=True):
            file.write_text(words)
        for name in COMPARERS:
            _another(name, files)


def _another(name: str, files: list[Path]) -> None:
    def stop_after() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (GIVEN_UP_AFTER, GIVEN_UP_AFTER))

    words = [sys.executable, "-m", "bench._comparers", name, *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, preexec_fn=stop_after)
    if done.returncode:
        end = f"not finished in {GIVEN_UP_AFTER} s of processor time"
        print(f"  {f'{name}, the two whole texts':<70} {end}", flush=True)
    else:
        seconds, most = map(float, done.stdout.split())
        figure(f"{name}, the two whole texts ({most:,.0f} MiB)", seconds * 1000)


def _one_passage(passages: list[str]) -> None:
    """What they can do: one passage with three changes."""
    from coproduce.capabilities.drafting.rules.edits import hunks

    old = max(passages[:200], key=len)
    words = old.split(" ")
    words[3], words[20], words[40] = "one", "two", "three"
    new = " ".join(words)
    ways: dict[str, Callable[[str, str], object]] = {"ours": hunks, **COMPARERS}
    for name, way in ways.items():
        taken = processor_ms(partial(way, old, new), 25)
        figure(f"one passage of {len(words)} words, three changes: {name}", taken)


if __name__ == "__main__":
    main()
