"""The worked round of domain.md §3.1–3.3: 24 invited, 22 on time, one late, one missing, 8 who moved."""

from datetime import datetime

from coproduce.capabilities.rounds import operations
from coproduce.capabilities.rounds.terms import Channel, Intention, RaisedBarrier, Rated, Written
from coproduce.core import clock
from coproduce.core.clock import LONDON

from . import factories
from .factories import Table

GROUPS = {"G1": 7, "G2": 5, "G3": 5, "G4": 3, "G5": 4}
SAVE, BEDS, CARE, DONT_KNOW = "save_money", "free_capacity", "better_outcomes", ""
# person: level 1, level 2, perceived intention, channel when not online
ON_TIME = {
    "P01": (1, -1, SAVE, Channel.PAPER), "P02": (0, -1, BEDS, Channel.PAPER), "P03": (-1, -2, SAVE, Channel.PHONE),
    "P04": (-2, -2, SAVE, Channel.PAPER), "P05": (1, 0, CARE, Channel.EASY_READ), "P06": (2, 0, BEDS, ""),
    "P07": (-1, -1, SAVE, Channel.PHONE), "P08": (-2, -1, SAVE, ""), "P09": (-2, -2, BEDS, Channel.PHONE),
    "P10": (-1, 0, SAVE, ""), "P11": (0, -1, DONT_KNOW, Channel.PAPER), "P12": (1, -1, CARE, Channel.PAPER),
    "P13": (-1, -2, SAVE, ""), "P14": (2, 1, CARE, ""), "P15": (1, 1, BEDS, ""), "P16": (-1, -1, DONT_KNOW, ""),
    "P17": (0, -1, SAVE, ""), "P18": (2, 2, CARE, ""), "P20": (1, 1, SAVE, ""), "P22": (0, -1, SAVE, ""),
    "P23": (1, -1, CARE, ""), "P24": (2, 1, BEDS, ""),
}  # fmt: skip
LATE = ("P21", (-1, -1, SAVE))
MOVED = {"P02": 1, "P04": 1, "P08": 1, "P09": 1, "P13": 1, "P22": 1, "P14": -1, "P18": -1}


def _at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=LONDON)


def written(code: str, me: int, around: int, intent: str) -> Written:
    return Written(
        me=Rated(f"What {code} says about level 1.", me),
        around=Rated(f"What {code} says about level 2.", around),
        intention=Intention((intent,) if intent else (), not intent, f"What {code} says about level 3."),
        basis=("own experience",),
        confidence=4,
        barriers=(RaisedBarrier(f"A barrier in the words of {code}", 1, 5, 2, "own experience"),),
    )


def worked_round() -> Table:
    """From the invitation of all 24 to the seal, the late answer and the second answers."""
    table = factories.a_table(GROUPS)
    table.invite(table.seats)
    table.open()
    for code, (me, around, intent, channel) in ON_TIME.items():
        if channel:
            table.enter(code, written(code, me, around, intent), channel=channel)
        else:
            table.answer(code, written(code, me, around, intent))
    table.seal(at=_at(3, 8))
    late, answer = LATE
    table.answer(late, written(late, *answer), at=_at(4, 8))
    _second_answers(table)
    return table


def _second_answers(table: Table) -> None:
    for code, (me, around, _intent, _channel) in ON_TIME.items():
        with clock.at(_at(6, 17)):
            operations.give_second_answer(
                by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk,
                invitation_id=table.invitation(code).pk, me_rating=me + MOVED.get(code, 0), around_rating=around,
            )  # fmt: skip
