"""Word files as values: what goes out is the text and its suggestions, and what comes back is what people did."""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from coproduce.capabilities.drafting.rules.edits import Edit, edits_between, edits_to_block, new_block, ops_of
from coproduce.capabilities.drafting.rules.outline import above
from coproduce.capabilities.drafting.rules.replay import State, replay
from coproduce.capabilities.drafting.rules.word.board import Said
from coproduce.capabilities.drafting.rules.word.finding import found_in
from coproduce.capabilities.drafting.rules.word.packing import packed, unpacked
from coproduce.capabilities.drafting.rules.word.parts import Mark, Para, Run
from coproduce.capabilities.drafting.rules.word.planning import Plan, planned
from coproduce.capabilities.drafting.rules.word.reading import read
from coproduce.capabilities.drafting.rules.word.showing import layout, show
from coproduce.capabilities.drafting.rules.word.source import splice
from coproduce.capabilities.drafting.rules.word.writing import written

from .texts import documents, words
from .word_oracle import squeezed, texts

WHEN = "2025-06-01T10:00:00Z"
NAMES = ["Amina", "José Álvarez", 'Dora "D" <b>', "Bob O'Neil"]


def state_of(text: str) -> State:
    return replay(ops_of(edits_between([], text), State()))


def file_of(plan: Plan) -> bytes:
    return written(plan, title="A plan", when=WHEN, facts={})


def shown_texts(state: State) -> list[str]:
    """The paragraphs that a reader of this text sees."""
    return texts(file_of(planned(state, [])))


@dataclass(frozen=True)
class Typed:
    """What somebody typed: in place of a block, behind one, or nothing at all."""

    block: int
    words: str
    behind: bool


def suggested(state: State, typed: list[Typed]) -> list[Said]:
    alive = [id for id, _ in state.alive()]
    made = []
    for number, one in enumerate(typed, 1):
        if not alive:
            return []
        block = alive[one.block % len(alive)]
        text = state.blocks[block].text
        edits = new_block(block, text, one.words) if one.behind else (
            edits_to_block(block, above(state, block), text, one.words))  # fmt: skip
        mark = Mark(NAMES[number % len(NAMES)], f"2025-05-20T10:{number:02}:00Z")
        if edits:
            made.append(Said(f"S{number:02}", mark, tuple(edits), f"S{number:02} in full", "", block))
    return made


typings = st.lists(st.builds(Typed, st.integers(0, 20), words, st.booleans()), max_size=6)
PLAN = """\
# Home after hospital

Care workers visit twice a day. See **the plan** and [here](https://example.org/x).[^1]

* Ask each carer
* Write it *down*
  1. On paper

| When | What |
|------|------|
| Day 1 | A call ![Map](map.png) |

[^1]: From the ward book.
"""


@settings(max_examples=300)
@given(documents, typings)
@example(PLAN, [Typed(1, "Care workers visit often.[^1]", False), Typed(1, "Care[^1]", False)])
@example(PLAN, [Typed(2, "1. Ask each carer", False), Typed(2, "* And ask again", True), Typed(7, "", False)])
@example("| \ufeff ", [])
@example("a | b\n--|--\nc | d\n", [Typed(0, "", False), Typed(1, "c | e", False)])
def test_invariant_10_reject_all_is_the_base_accept_all_has_the_tracked_ones_and_the_rest_are_comments(
    text: str, typed: list[Typed]
) -> None:
    state = state_of(text)
    said = suggested(state, typed)
    plan = planned(state, said)
    content = file_of(plan)
    assert texts(content, take=False) == shown_texts(state)
    edits = [edit for one in plan.tracked for edit in one.edits]
    assert texts(content, take=True) == shown_texts(replay(ops_of(in_places(edits), state), state))
    commented = {one.ref for one in plan.comments}
    assert {one.ref for one in said} == commented | {one.ref for one in plan.tracked}
    assert not commented & {one.ref for one in plan.tracked}


def in_places(edits: list[Edit]) -> list[Edit]:
    """Edits of one block by place; what is put in behind a block keeps its order."""
    return sorted(edits, key=lambda edit: (edit.kind == "insert_block", edit.start, edit.end))


@settings(max_examples=300)
@given(documents, typings)
@example(PLAN, [Typed(1, "Care workers visit often.[^1]", False), Typed(1, "Care[^1]", False)])
def test_invariant_11_a_file_that_comes_back_unchanged_says_nothing_new(
    text: str, typed: list[Typed]
) -> None:
    state = state_of(text)
    said = suggested(state, typed)
    plan = planned(state, said)
    package = unpacked(packed(read(file_of(plan))))
    brought = found_in(package, state, plan, said)
    assert (brought.found, brought.same, brought.missing, brought.whole) == ([], [], [], True)


@settings(max_examples=300)
@given(documents, st.integers(0, 20), st.integers(0, 60), st.integers(0, 20), words)
def test_words_changed_in_a_block_are_changed_in_its_source_and_nowhere_else(
    text: str, place: int, start: int, length: int, new: str
) -> None:
    blocks = list(layout([(id, block.text) for id, block in state_of(text).alive()]))
    if not blocks:
        return
    _id, source, shown = blocks[place % len(blocks)]
    start = start % (len(shown.text) + 1)
    end = min(start + length, len(shown.text))
    new = "".join(sign for sign in new if sign == "\t" or sign >= " ").replace("\u200f", "")
    made = splice(source, shown, start, end, [Run(new)] if new else [])
    if made:
        after = show(source[: made.start] + made.words + source[made.end :], in_table=shown.kind == "row")
        wanted = shown.text[:start] + new + shown.text[end:]
        assert [one.strip() for one in (after.text if after else "").split("\x07")] == [
            one.strip() for one in wanted.split("\x07")
        ]


SAM = Mark("Sam Lee", "2025-06-02T09:15:00Z")
PROSE = st.lists(
    st.lists(st.sampled_from(["care", "home", "twice", "a", "day", "visit", "**now**"]), min_size=2, max_size=8)
    .map(" ".join), min_size=2, max_size=6,
).map(lambda lines: "\n\n".join(lines) + "\n")  # fmt: skip


@st.composite
def offline(draw: Any) -> tuple[str, list[Any], bool]:
    """A text, what Sam does to it paragraph by paragraph, and whether tracking is on."""
    text = draw(PROSE)
    steps = st.sampled_from(["leave", "change", "write", "cut", "split", "behind", "remove"])
    count = text.count("\n\n") + 1
    done = [
        (draw(steps), draw(st.integers(1, 30)), draw(st.sampled_from(["new", "said Sam", "x"])))
        for _ in range(count)
    ]
    return text, done, draw(st.booleans())


def edited(para: Para, step: str, at: int, new: str, mark: Mark | None) -> list[Para]:
    """The paragraph as Word leaves it after one thing that somebody did; without a mark, untracked."""
    words = "".join(run.text for run in para.runs)
    at = 1 + at % max(1, len(words) - 1)
    head, tail = [Run(words[:at])], [Run(words[at:])]
    gone = [run._replace(gone=mark) for run in tail] if mark else []
    come = [Run(new, ins=mark)]
    match step:
        case "change":
            return [replace(para, runs=[*head, *gone, *come])]
        case "write":
            return [replace(para, runs=[*head, *come, *tail])]
        case "cut":
            return [replace(para, runs=[*head, *gone])]
        case "split":
            return [replace(para, runs=head, ins=mark), replace(para, runs=tail, block=0)]
        case "behind":
            return [replace(para, runs=[*head, *tail], ins=mark), replace(para, runs=come, block=0)]
        case "remove":
            runs = [run._replace(gone=mark) for run in [*head, *tail]]
            return [replace(para, runs=runs, gone=mark)] if mark else []
    return [para]


@settings(max_examples=400)
@given(offline())
def test_whatever_somebody_does_to_the_file_comes_back_complete(done: tuple[str, list[Any], bool]) -> None:
    text, steps, tracked = done
    state = state_of(text)
    plan = planned(state, [])
    base = planned(state, [])
    flow = [one for para, step in zip(plan.flow, steps, strict=True) for one in
            edited(para, *step, SAM if tracked else None)]  # fmt: skip
    content = file_of(replace(plan, flow=flow))
    brought = found_in(read(content), state, base)
    assert all(one.edits for one in brought.found)
    edits = in_places([edit for one in brought.found for edit in one.edits])
    wanted = [line.strip() for line in texts(content, take=True) if line.strip()]
    made = [line.strip() for line in shown_texts(replay(ops_of(edits, state), state)) if line.strip()]
    assert made == wanted
    assert {one.author for one in brought.found} <= {"Sam Lee" if tracked else ""}
    assert brought.whole is (tracked or not brought.found)


def test_squeezing_leaves_words_without_bars_alone() -> None:
    assert squeezed("a  b") == "a  b"
    assert squeezed("a | b") == squeezed("a|b") == "a b"
