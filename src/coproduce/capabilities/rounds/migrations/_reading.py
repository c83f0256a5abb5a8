"""The seal and the reading in turns, kept by the database itself; stands in place of `_seal`."""

from django.db.migrations import RunPython

from ._seal import Refusals, refusing

_OF_ROUND = "(SELECT {column} FROM rounds_round WHERE id = NEW.round_id)"
_STATE = _OF_ROUND.format(column="state")
_IN_TURNS = _OF_ROUND.format(column="in_turns")
_STEPS = " OR ".join(
    f"(OLD.state = '{was}' AND NEW.state = '{then}')"
    for was, then in (
        ("draft", "open"), ("open", "sealed"), ("sealed", "reading"), ("reading", "discussion"),
        ("discussion", "second answer"), ("discussion", "closed"), ("second answer", "closed"),
    )
)  # fmt: skip
# What people answered to, and what the root fixes: these stay as they were at the seal.
_STAYS = " OR ".join(
    f"OLD.{column} <> NEW.{column}" for column in ("root", "in_turns", "title", "sealed_at", "opened_at")
)
_WORDS_MAY_OPEN = (
    f"({_STATE} IN ('reading', 'discussion', 'second answer', 'closed') OR ({_STATE} = 'sealed' AND NOT {_IN_TURNS}))"
)
_REFUSALS: Refusals = {
    "rounds_forward_only": (
        "UPDATE", "rounds_round", f"NOT (OLD.state = NEW.state OR {_STEPS})",
        "a round goes forward only, one step at a time",
    ),
    "rounds_sealed_stays": (
        "UPDATE", "rounds_round",
        f"OLD.state = 'closed' OR (OLD.state NOT IN ('draft', 'open') AND ({_STAYS}))",
        "a sealed round does not change",
    ),
    "rounds_no_seal_without_root": (
        "UPDATE", "rounds_round", "OLD.state = 'open' AND NEW.state = 'sealed' AND NEW.root = ''",
        "a seal has its root",
    ),
    "rounds_read_in_turns": (
        "UPDATE", "rounds_round", "NEW.state = 'reading' AND NOT NEW.in_turns",
        "what was opened all at once is not read in turns",
    ),
    "rounds_answers_while_open": (
        "INSERT", "rounds_answer",
        f"(NEW.part = 1 AND ({_STATE} = 'draft' OR (NOT NEW.is_late AND {_STATE} <> 'open')))"
        f" OR (NEW.part = 2 AND {_STATE} <> 'second answer')",
        "only an open round takes answers that are on time",
    ),
    "rounds_opened_after_seal": (
        "INSERT", "rounds_openedanswer", f"NOT {_WORDS_MAY_OPEN}", "answers open with the seal",
    ),
    "rounds_opened_at_its_turn": (
        "INSERT", "rounds_openedanswer",
        f"{_STATE} = 'reading' AND NOT EXISTS (SELECT 1 FROM rounds_turn"
        " WHERE answer_id = NEW.answer_id AND state IN ('shown', 'read'))",
        "an answer opens at its turn",
    ),
    "rounds_barriers_after_seal": (
        "INSERT", "rounds_openedbarrier", f"NOT {_WORDS_MAY_OPEN}", "answers open with the seal",
    ),
    "rounds_second_after_seal": (
        "INSERT", "rounds_secondanswer",
        f"NOT ({_STATE} = 'closed' OR ({_STATE} = 'sealed' AND NOT {_IN_TURNS}))",
        "second answers follow the seal",
    ),
    "rounds_comments_after_turns": (
        "INSERT", "rounds_comment", f"{_STATE} NOT IN ('sealed', 'discussion', 'second answer', 'closed')"
        f" OR ({_STATE} = 'sealed' AND {_IN_TURNS})",
        "comments wait until every turn is done or passed",
    ),
}  # fmt: skip


def the_reading() -> RunPython:
    return refusing(_REFUSALS)
