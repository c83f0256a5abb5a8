"""A Word file of 600 pages with 1,000 changes by 120 people and 1,000 comments: out, in, and python-docx beside it."""

import io
import random
import resource
from typing import Any

from ._house import figure, processor_ms, set_up
from ._long_document import long_document

CHANGES, PEOPLE = 1_000, 120
BARS = {"Word out": 400.0, "Word in": 300.0}
WHEN = "2025-06-01T10:00:00Z"


def main() -> None:
    set_up()
    from coproduce.capabilities.drafting.rules.edits import edits_between, ops_of
    from coproduce.capabilities.drafting.rules.replay import State, replay
    from coproduce.capabilities.drafting.rules.word.finding import found_in
    from coproduce.capabilities.drafting.rules.word.parts import Para, Run
    from coproduce.capabilities.drafting.rules.word.planning import planned
    from coproduce.capabilities.drafting.rules.word.reading import read
    from coproduce.capabilities.drafting.rules.word.writing import written

    dice = random.Random(7)
    text = "".join(long_document())
    state = replay(ops_of(edits_between([], text), State()))
    said = _said(dice, state)
    plan = planned(state, said)
    content = _out(written, plan)
    tracked = sum(
        1 for unit in plan.flow if isinstance(unit, Para) and any(run.ins or run.gone for run in unit.runs)
    )
    print(f"  {len(text.split()):,} words, {len(plan.tracked):,} suggestions tracked in {tracked:,} paragraphs, "
          f"{len(plan.comments):,} comments, {len(content):,} bytes")  # fmt: skip

    back = read(content)
    para = next(unit for unit in back.flow if isinstance(unit, Para) and unit.block == 100)
    para.runs.append(Run(" A colleague wrote this.", ins=plan.tracked[0].mark._replace(author="Sam")))
    edited = _out(written, _with(plan, back))
    brought = found_in(read(edited), state, plan, said)
    assert [one.author for one in brought.found] == ["Sam"], brought.found
    assert brought.whole
    assert not brought.missing

    taken = {
        "Word out": processor_ms(lambda: _out(written, planned(state, said)), 5),
        "Word in": processor_ms(lambda: found_in(read(edited), state, plan, said), 5),
    }
    for name, ms in taken.items():
        figure(f"{name} (bar: {BARS[name]:.0f})", ms)
    figure("… of which reading the file", processor_ms(lambda: read(edited), 5))
    figure(
        "python-docx opens the same file and reads its words (without what is tracked)",
        _with_python_docx(edited),
    )
    figure("reading it in a process of its own, with the start of that process", _apart(edited))
    figure("most memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    missed = [name for name, ms in taken.items() if ms > BARS[name]]
    if missed:
        raise SystemExit(f"Slower than promised: {', '.join(missed)}")


def _said(dice: random.Random, state: Any) -> list[Any]:
    """Each suggestion changes one or two words of a passage of its own, and says why in a comment."""
    from coproduce.capabilities.drafting.rules.edits import edits_to_block
    from coproduce.capabilities.drafting.rules.word.board import Said
    from coproduce.capabilities.drafting.rules.word.parts import Mark

    made = []
    blocks = [id for id, block in state.alive() if not block.text.startswith("#")]
    for number, block in enumerate(dice.sample(blocks, CHANGES)):
        words = state.blocks[block].text.strip().split(" ")
        place = dice.randrange(1, len(words) - 2)
        words[place : place + 2] = ["gently", "and", "often"]
        edits = edits_to_block(block, 0, state.blocks[block].text, " ".join(words))
        mark = Mark(f"Person {number % PEOPLE}", f"2025-05-{1 + number % 28:02}T10:{number % 60:02}:00Z")
        made.append(
            Said(f"S{number:04}", mark, tuple(edits), "in full", f"Because of reason {number}.", block)
        )
    return made


def _out(written: Any, plan: Any) -> bytes:
    content: bytes = written(plan, title="The plan", when=WHEN, facts={"CoproduceVersion": "0.4"})
    return content


def _with(plan: Any, package: Any) -> Any:
    from dataclasses import replace

    return replace(plan, flow=package.flow, comments=package.comments)


def _with_python_docx(content: bytes) -> float:
    import docx

    return processor_ms(lambda: [para.text for para in docx.Document(io.BytesIO(content)).paragraphs], 3)


def _apart(content: bytes) -> float:
    """Processor time of the child as well."""
    from coproduce.capabilities.drafting.operations.word import read_word

    def spent() -> float:
        return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in
                   (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip

    before = spent()
    read_word("plan.docx", content)
    return (spent() - before) * 1000


if __name__ == "__main__":
    main()
