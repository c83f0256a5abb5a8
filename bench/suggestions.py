"""Ten thousand suggestions on one document, and a document of 600 pages: what each page and each step costs."""

import random
from collections.abc import Callable
from typing import Any

from ._house import figure, processor_ms, set_up

SUGGESTIONS = 10_000
PAGES = 600
WORDS = ["care", "visit", "carer", "ward", "night", "plan", "twice", "home", "nurse", "number", "ring", "ask"]


def main() -> None:
    set_up()
    from coproduce.capabilities.drafting.tests.factories import make_draft

    dice = random.Random(7)
    _lists(make_draft(_text(dice, 120)), dice)
    _long_document(dice)


def _text(dice: random.Random, passages: int) -> str:
    def passage(number: int) -> str:
        words = " ".join(dice.choices(WORDS, k=68))
        return f"## Section {number}\n\n{words}.\n\n" if number % 12 == 0 else f"{words}.\n\n"

    return "".join(passage(number) for number in range(passages))


def _lists(draft: Any, dice: random.Random) -> None:
    """The pages of one document with ten thousand suggestions, as a participant opens them."""
    from django.test import Client

    from coproduce.capabilities.drafting import queries

    _suggest(draft, dice)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(draft.citizen, backend="django.contrib.auth.backends.ModelBackend")
    place = f"/projects/{draft.project.pk}/documents/{draft.document.pk}/"
    one = queries.suggestions_on(draft.document.pk)[0]
    for name, path in {
        "the document": place,
        "the list of suggestions, first page": f"{place}suggestions/",
        "the list of suggestions, last page": f"{place}suggestions/?page=200",
        "the list of suggestions, searched and filtered": f"{place}suggestions/?q=night&status=open",
        "one suggestion": f"/projects/{draft.project.pk}/suggestions/{one.pk}/",
        "who wrote this": f"{place}words/",
    }.items():
        figure(f"{name}, {SUGGESTIONS:,} suggestions", processor_ms(lambda path=path: _opened(client, path)))


def _opened(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _suggest(draft: Any, dice: random.Random) -> None:
    """Written in one go: making them one by one is not what is measured."""
    from coproduce.capabilities.drafting import queries
    from coproduce.capabilities.drafting.models import SuggestedEdit, Suggestion
    from coproduce.core import clock

    state, now = queries.text_now(draft.document), clock.now()
    blocks = [id for id, _block in state.alive()]
    made, edits = [], []
    for number in range(1, SUGGESTIONS + 1):
        block = dice.choice(blocks)
        edit = _one_edit(dice, block, state.blocks[block].text)
        made.append(
            Suggestion(
                project=draft.project, document=draft.document, number=number, kind="change",
                gist=f"“{edit.quote}” → “{edit.words}”", block=block, section=f"Section {block % 10}",
                base_seq=draft.document.seq, author=draft.citizen, entered_by=draft.citizen,
                said_on=now.date(), made_at=now, status=dice.choice(["open", "declined"]),
            )
        )  # fmt: skip
        edits.append(SuggestedEdit(suggestion=made[-1], position=0, **edit._asdict()))
    Suggestion.objects.bulk_create(made, batch_size=500)
    SuggestedEdit.objects.bulk_create(edits, batch_size=500)


def _one_edit(dice: random.Random, block: int, text: str) -> Any:
    from coproduce.capabilities.drafting.rules.edits import Edit

    start = text.index(" ", dice.randrange(0, max(1, len(text) - 40))) + 1 if " " in text.strip() else 0
    end = text.find(" ", start)
    return Edit("replace", block, start, text[start : end if end > 0 else start], dice.choice(WORDS))


def _long_document(dice: random.Random) -> None:
    """The steps that pages are made of, on 600 pages, without a database."""
    from coproduce.capabilities.drafting.rules.compare import compare, stretches
    from coproduce.capabilities.drafting.rules.edits import edits_between, edits_to_block, ops_of
    from coproduce.capabilities.drafting.rules.mapping import place_of, rivals
    from coproduce.capabilities.drafting.rules.replay import State, replay

    text = _text(dice, PAGES * 7)
    first = ops_of(edits_between([], text), State())
    base = replay(first)
    sources = [(id, block.text) for id, block in base.alive()]
    edits = [_one_edit(dice, *dice.choice(sources)) for _ in range(SUGGESTIONS)]
    light = ops_of(_apart(edits)[:800], base)
    after = replay(light, base)
    block, old = sources[5]
    typed = old.strip().replace("care", "support", 3)
    steps: dict[str, Callable[[], object]] = {
        "words typed in one block become edits": lambda: edits_to_block(block, 4, old, typed),
        "replay the whole text": lambda: replay(first),
        "compare two versions, 800 changes": lambda: compare(base, light),
        "compare two whole texts without ids": lambda: edits_between(sources, after.text()),
        "whose words, every block": lambda: [list(stretches(block)) for _id, block in after.alive()],
        f"conflicts among {SUGGESTIONS:,} open suggestions": lambda: list(rivals(enumerate(edits))),
        f"move {SUGGESTIONS:,} suggestions past 20 accepted ones": lambda: [
            place_of(edit, base.seq, light[:20], after) for edit in edits
        ],
    }
    print(f"  Without a database, on {len(text.split()):,} words in {len(sources):,} blocks:")
    for name, step in steps.items():
        figure(name, processor_ms(step, 5))


def _apart(edits: list[Any]) -> list[Any]:
    """One edit a block."""
    return list({edit.block: edit for edit in edits}.values())


if __name__ == "__main__":
    main()
